/** The shortest text that counts as a token. Azure's and GitHub's have hundreds of characters. */
const MIN_TOKEN_LENGTH = 20;

/**
 * Whether a text can be a token. Every token is masked, and the mask of a shorter text, or of one
 * with white space, would hide parts of ordinary words in everything that the step shows.
 */
export function canBeToken(text: string): boolean {
  return text.length >= MIN_TOKEN_LENGTH && !/\s/.test(text);
}
