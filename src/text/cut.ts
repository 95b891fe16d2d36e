import { withoutEscapes } from './visible.ts';

// Where a text may be cut. A log hides a masked secret only if all of it is there, so a cut removes
// the whole word that it goes through, however long: everything between two blanks.

/** A text that was cut at its end, without the word that the cut may have gone through. */
export function withoutCutEnd(text: string): string {
  return text.replace(/(?<!\S)\S+$/, '');
}

/** A text that was cut at its start, without the word that the cut may have gone through. */
export function withoutCutStart(text: string): string {
  return text.replace(/^\S+/, '');
}

/**
 * The end of a text. It begins at the start of a line, or, if the last line is too long, of a word.
 */
export function endOf(text: string, maxBytes: number): string {
  // A character takes at least one byte, so nothing that fits is cut off. One more character shows
  // whether what fits starts at a line.
  const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
  if (bytes.length <= maxBytes) return text;

  const from = bytes.length - maxBytes;
  const line = bytes.indexOf('\n', from - 1) + 1;
  if (line > 0 && line < bytes.length) return bytes.toString('utf8', line);

  const isStart = (byte: number) => (byte & 0xc0) !== 0x80;
  const start = from + Math.max(0, bytes.subarray(from, from + 4).findIndex(isStart));
  return withoutCutStart(bytes.toString('utf8', start));
}

/** The start of a text that is shown: without escape sequences, and cut between words. */
export function shownStart(text: string, maxCharacters: number): string {
  const shown = withoutEscapes(text);
  if (shown.length <= maxCharacters) return shown;
  return `${withoutCutEnd(shown.slice(0, maxCharacters))}…`;
}

/**
 * The end of a text that is shown: without escape sequences, and of whole lines, or of whole words
 * of the last line.
 */
export function shownEnd(text: string, maxBytes: number): string {
  const shown = withoutEscapes(text);
  const end = endOf(shown, maxBytes);
  const isWhole = end === shown || shown.endsWith(`\n${end}`);
  return isWhole ? end : `…${end}`;
}
