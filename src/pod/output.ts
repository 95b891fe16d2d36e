import { BOUNDARY_PREFIX } from './boundary.ts';
import { findSection, numberOf, type Section } from './sections.ts';

/** What the command wrote to stdout and stderr. */
export type CommandOutput = {
  /** If a known number of bytes is missing, a line by the action takes their place. */
  readonly text: string;
  /**
   * Bytes are missing: `missingBytes` of them, or an unknown number if AKS cut the end off, the
   * container died, or the pod lost some of them.
   */
  readonly truncated: boolean;
  /** As counted by the pod: 0 if nothing is missing, absent if unknown. */
  readonly missingBytes?: number;
};

/** A character that was cut in two, at the end or the beginning of a text. */
const BROKEN_END = /\uFFFD{1,3}$/;
const BROKEN_START = /^\uFFFD{1,3}/;
/** A line of the script that was cut off. */
const BROKEN_LINE = new RegExp(String.raw`(?:^|\n)${BOUNDARY_PREFIX}[0-9a-f]{0,32}(?: [^\n]*)?$`);

/**
 * Reads the command's output and its exit code. The script sends the exit code only if nothing of
 * the output was lost before it was sent.
 *
 * @param start what comes before the first section
 */
export function readOutput(
  start: string,
  sections: readonly Section[],
): { readonly output: CommandOutput; readonly exitCode?: number } {
  const exitCode = numberOf(sections, 'exit');
  const missingBytes = numberOf(sections, 'gap') ?? 0;
  const end = findSection(sections, 'gap')?.text;
  const text = end === undefined ? start : joined(start, missingBytes, end);
  if (exitCode === undefined) {
    const sound = text.replace(BROKEN_LINE, '').replace(BROKEN_END, '');
    return { output: { text: sound, truncated: true } };
  }
  return { output: { text, truncated: missingBytes > 0, missingBytes }, exitCode };
}

/**
 * The start and the end of an output. A line by the action between them says how much is missing.
 */
function joined(start: string, missingBytes: number, end: string): string {
  const before = start.replace(BROKEN_END, '');
  const newline = before === '' || before.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return `${before}${newline}${marker}${end.replace(BROKEN_START, '')}`;
}
