import type { Text } from '../text/say.ts';
import type { Paste } from './paste.ts';

/** What there is to say about a failure, in a log, in an annotation, and in a job summary. */
export type Message = {
  /** The failure's code, or the name of the row that explains it better. */
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
  readonly outcome?: Text | undefined;
  /**
   * The error as a service or program worded it, and request IDs, on separate lines. Foreign text.
   */
  readonly errorText: string;
  /** What the user can do next. Empty if there is nothing. */
  readonly remedy: readonly Block[];
  /** The anchor of the section of docs/TROUBLESHOOTING.md that says more. */
  readonly section?: string | undefined;
};

/** A paragraph, the items of a list, or lines to paste. */
export type Block = Text | { readonly kind: 'items'; readonly items: readonly Text[] } | Paste;

/** What to do next. A block that does not apply is false or undefined. */
export type Remedy = readonly (Block | false | undefined)[];

/** A message as the catalogue writes it. */
export type Content = Pick<Message, 'line' | 'outcome' | 'section'> & {
  /** If it is a row's. */
  readonly name?: string;
  readonly remedy?: Remedy;
};

/** A message, named by the failure's code or by its row, without the blocks that do not apply. */
export function toMessage(
  code: string,
  { name = code, remedy = [], ...content }: Content,
  errorText = '',
): Message {
  const blocks: Block[] = [];
  for (const block of remedy) {
    if (block === undefined || block === false) continue;
    const last = blocks.at(-1);
    // Commands to run one after the other are one block.
    if (block.kind === 'sh' && last?.kind === 'sh') {
      blocks[blocks.length - 1] = { kind: 'sh', lines: [...last.lines, ...block.lines] };
    } else {
      blocks.push(block);
    }
  }
  return { name, ...content, errorText, remedy: blocks };
}
