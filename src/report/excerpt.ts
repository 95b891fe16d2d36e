import type { FirstError } from '../messages/output-hints.ts';
import { withoutScriptPath, type CommandOutput } from '../pod/output.ts';
import { shownEnd, shownStart } from '../text/cut.ts';
import { say, type Text } from '../text/say.ts';
import { visibleLines, withoutEscapes } from '../text/visible.ts';

const EXCERPT_LINES = 10;
const EXCERPT_CHARACTERS = 1200;

/** What begins the last lines of an output, in every place that has them. */
export const LAST_LINES = say`The last lines of its output:`;

/** A part of an output, below a label of ours. */
type Excerpt = { readonly label: Text; readonly text: string };

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
  const lines = shown(shownEnd(output.text, EXCERPT_CHARACTERS)).trimEnd().split('\n');
  const last = lines.slice(-EXCERPT_LINES).join('\n');
  const first = excerpt(say`The first error in its output:`, shown(firstError?.line ?? ''));
  return {
    ...output,
    firstError: firstError && first && { ...first, linesAfter: firstError.linesAfter },
    lastLines: excerpt(LAST_LINES, last),
  };
}

function excerpt(label: Text, text: string): Excerpt | undefined {
  return text.trim() === '' ? undefined : { label, text };
}

function shown(text: string): string {
  return shownStart(visibleLines(withoutScriptPath(withoutEscapes(text))), EXCERPT_CHARACTERS);
}
