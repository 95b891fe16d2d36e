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
 * What the command wrote, as it is shown: a shell's messages don't have the path of the action's
 * own file.
 */
export function withoutScriptPath(text: string): string {
  return text.replaceAll(/(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g, '');
}

/** The limits of an excerpt. */
const LAST_LINES = 10;
const MAX_BYTES = 1200;

/**
 * What to show of the output of a command that failed, below a label of ours. Undefined if it wrote
 * nothing.
 */
export function excerptOf(
  output: string,
  firstError: string | undefined,
): { readonly label: string; readonly text: string } | undefined {
  if (firstError !== undefined) {
    return { label: 'The first error in its output:', text: shown(firstError) };
  }
  const lines = shown(endOf(output, MAX_BYTES)).trimEnd().split('\n');
  const text = lines.slice(-LAST_LINES).join('\n');
  return text.trim() === '' ? undefined : { label: 'The last lines of its output:', text };
}

function shown(text: string): string {
  return visibleLines(withoutScriptPath(withoutEscapes(text))).slice(0, MAX_BYTES);
}
