import type { Answer } from '../../azure/answer.ts';

/** The shortest text that counts as a token. Azure's and GitHub's have hundreds of characters. */
const MIN_TOKEN_LENGTH = 20;

/**
 * Whether a text can be a token. Every token is masked, and the mask of a shorter text, or of one
 * with white space, would hide parts of ordinary words in everything that the step shows.
 */
export function canBeToken(text: string): boolean {
  return text.length >= MIN_TOKEN_LENGTH && !/\s/.test(text);
}

/** An answer without a usable token counts as none: another attempt may get one. */
export function noUsableToken(kind: 'access token' | 'ID token'): Answer {
  return { kind: 'unanswered', sent: 'perhaps', cause: `the answer contains no usable ${kind}` };
}

/** Requests something, such as a token, and keeps it while it is usable. */
export function cached<T>(request: () => Promise<T>, isUsable: (value: T) => boolean = () => true) {
  let value: T | undefined;
  return async (): Promise<T> => {
    if (value === undefined || !isUsable(value)) value = await request();
    return value;
  };
}
