import type { Text } from '../text/say.ts';
import type { Paste } from './paste.ts';

/** What there is to say about a failure, in a log, in an annotation, and in a job summary. */
export type Message = {
  /** The name of its section in messages.md. */
  readonly name: string;
  /**
   * What happened: one sentence, without its period. It is the headline, the first sentence, and
   * what the output `reason` begins with.
   */
  readonly line: Text;
  /**
   * What is known about the command, if this message knows more than the state says, or if its line
   * has said it: then it is empty.
   */
  readonly outcome: Text | undefined;
  /**
   * The error as a service or program worded it, and request IDs, on separate lines. Untrusted
   * text.
   */
  readonly errorText: string;
  /** What the user can do next. Empty if there is nothing. */
  readonly remedy: readonly Block[];
  /** The anchor in docs/TROUBLESHOOTING.md where more is said. */
  readonly anchor: string | undefined;
};

/** A paragraph, the items of a list, or lines to paste. */
export type Block = Text | { readonly kind: 'items'; readonly items: readonly Text[] } | Paste;
