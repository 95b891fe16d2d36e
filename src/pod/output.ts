import { withoutCutEnd, withoutCutStart } from '../text/cut.ts';
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
  /**
   * As counted by the pod, and of words that were cut in two: 0 if nothing is missing, absent if
   * unknown.
   */
  readonly missingBytes?: number;
};

/**
 * What the command wrote, as it is shown: a shell's messages don't have the path of the action's
 * own file.
 */
export function withoutScriptPath(text: string): string {
  return text.replaceAll(/(?:\/[^\s:'"]{1,200})?\.aks-run-command\/command\.sh: /g, '');
}

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
  const gap = findSection(sections, 'gap');
  const { text, missingBytes } =
    gap === undefined
      ? { text: start, missingBytes: 0 }
      : aroundGap(start, numberOf(sections, 'gap') ?? 0, gap.text);
  if (exitCode === undefined) {
    return { output: { text: withoutCutEnd(text.replace(BROKEN_LINE, '')), truncated: true } };
  }
  return { output: { text, truncated: gap !== undefined, missingBytes }, exitCode };
}

/**
 * The start and the end of an output, without the words that the pod cut in two. A line by the
 * action between them says how much is missing.
 */
function aroundGap(start: string, missingInPod: number, end: string) {
  const sound = [start.replace(BROKEN_END, ''), end.replace(BROKEN_START, '')] as const;
  const before = withoutCutEnd(sound[0]);
  const after = withoutCutStart(sound[1]);
  const missingBytes =
    missingInPod + Buffer.byteLength(sound.join('')) - Buffer.byteLength(before + after);

  const newline = before === '' || before.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return { text: `${before}${newline}${marker}${after}`, missingBytes };
}
