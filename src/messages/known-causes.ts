import type { Situation } from './values.ts';
import type { Choice, Values } from './writer.ts';

/** What a failure can be looked up by. */
export type Signs = {
  /** A service's code, or an exit code. */
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number | undefined;
  /** The service's message, or one line of the output. Untrusted text. */
  readonly text?: string | undefined;
};

/** The named groups of a pattern that matched. Untrusted text. */
export type Captured = Readonly<Record<string, string | undefined>>;

/**
 * A cause that only the words of a service or a program show. It is the cause of a failure if all
 * that is given matches.
 */
export type KnownCause = {
  /** Its section in messages.md. */
  readonly name: string;
  readonly codes?: readonly string[];
  readonly status?: number;
  /** One of these must match. What it captures are values of the message. */
  readonly texts?: readonly RegExp[];
  /** What else the message has to say; undefined if this is not the cause after all. */
  readonly facts?: (situation: Situation, captured: Captured) => Values | undefined;
};

/** The message of the first cause that matches. */
export function lookUp(
  causes: readonly KnownCause[],
  signs: Signs,
  situation: Situation,
): Choice | undefined {
  for (const cause of causes) {
    const captured = capturedBy(cause, signs);
    const { name, facts = () => ({}) } = cause;
    const more = captured && facts(situation, captured);
    if (more) return { name, facts: { ...captured, ...more } };
  }
  return undefined;
}

/** The values that a cause captures from these signs; undefined if it does not match them. */
function capturedBy({ codes, status, texts }: KnownCause, signs: Signs): Captured | undefined {
  const { code = '', text = '' } = signs;
  const isMatch = (codes?.includes(code) ?? true) && (status ?? signs.status) === signs.status;
  if (!isMatch) return undefined;
  if (texts === undefined) return {};

  for (const pattern of texts) {
    const found = pattern.exec(text);
    if (found) return found.groups ?? {};
  }
  return undefined;
}
