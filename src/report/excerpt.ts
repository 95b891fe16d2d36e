import type { CommandOutput } from '../pod/output.ts';
import { visibleLines, withoutEscapes } from '../text/visible.ts';

/**
 * The end of a text. It begins at the start of a line, or within the last line if that is too long.
 */
export function endOf(text: string, maxBytes: number): string {
  // A character takes at least one byte, so nothing that fits is cut off. One more character shows
  // whether what fits starts at a line.
  const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
  if (bytes.length <= maxBytes) return text;

  const from = bytes.length - maxBytes;
  const isStart = (byte: number) => (byte & 0xc0) !== 0x80;
  const start = from + Math.max(0, bytes.subarray(from, from + 4).findIndex(isStart));
  const line = bytes.indexOf('\n', start - 1) + 1;
  return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}

/**
 * The start of a text that is shown. It is cut between words, because GitHub masks no part of a
 * secret.
 */
export function shownStart(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  return `${text.slice(0, maxCharacters).replace(/(?<!\S)\S+$/, '')}…`;
}

/** The end of a text that is shown: whole lines, or whole words of the last line. */
export function shownEnd(text: string, maxBytes: number): string {
  const end = endOf(text, maxBytes);
  const isWhole = end === text || text.endsWith(`\n${end}`);
  return isWhole ? end : end.replace(/^\S+/, '…');
}

/**
 * What the command wrote, as it is shown: a shell's messages don't have the path of the action's
 * own file.
 */
export function withoutScriptPath(text: string): string {
  return text.replaceAll(/(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g, '');
}

/** The first line of an output that is known to be an error, and how many lines follow it. */
export type FirstError = { readonly line: string; readonly linesAfter: number };

/** The limits of an excerpt. */
const LAST_LINES = 10;
const MAX_CHARACTERS = 1200;

/** A part of an output, below a label of ours. */
type Excerpt = { readonly label: string; readonly text: string };

/**
 * What the command wrote. Logs, annotations, summaries, and step outputs have it from here and from
 * nowhere else.
 */
export type ShownOutput = CommandOutput & {
  readonly firstError: (Excerpt & Pick<FirstError, 'linesAfter'>) | undefined;
  /** Undefined if it wrote nothing. */
  readonly lastLines: Excerpt | undefined;
};

export function shownOutput(output: CommandOutput, firstError?: FirstError): ShownOutput {
  const lines = shown(shownEnd(output.text, MAX_CHARACTERS)).trimEnd().split('\n');
  const last = lines.slice(-LAST_LINES).join('\n');
  const first = excerpt('The first error in its output:', shown(firstError?.line ?? ''));
  return {
    ...output,
    firstError: firstError && first && { ...first, linesAfter: firstError.linesAfter },
    lastLines: excerpt('The last lines of its output:', last),
  };
}

function excerpt(label: string, text: string): Excerpt | undefined {
  return text.trim() === '' ? undefined : { label, text };
}

function shown(text: string): string {
  return shownStart(visibleLines(withoutScriptPath(withoutEscapes(text))), MAX_CHARACTERS);
}
