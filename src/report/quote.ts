import { visibleLines, withoutEscapes } from '../text/visible.ts';
import { endOfOutput } from '../pod/output.ts';

/** A piece of the command's output, on lines of its own below a label of ours. */
export type Quote = { readonly label: string; readonly text: string };

const LAST_LINES = 10;
const MAX_BYTES = 1200;

/** The script that a shell blames. */
const SCRIPT = /(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g;

/** What the command wrote, as people read it: a shell's messages without the path of the action's own file. */
export function withoutScriptPath(text: string): string {
  return text.replaceAll(SCRIPT, '');
}

/** What to show of the output of a command that failed; undefined where it wrote nothing. */
export function quoteOf(output: string, firstError: string | undefined): Quote | undefined {
  if (firstError !== undefined) return { label: 'The first error in its output:', text: shown(firstError) };
  const lines = shown(endOfOutput(output, MAX_BYTES)).trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  return lines.trim() === '' ? undefined : { label: 'The last lines of its output:', text: lines };
}

function shown(text: string): string {
  return visibleLines(withoutScriptPath(withoutEscapes(text))).slice(0, MAX_BYTES);
}
