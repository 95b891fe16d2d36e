import type { CommandOutput } from '../pod/output.ts';
import { formatCount } from '../text/bytes.ts';
import { list, say, type Text } from '../text/say.ts';
import type { Report } from './report.ts';

/** What the command did that its exit code does not show. */
export function warningsOf({ verdict, output }: Report): Text[] {
  const { podSummaryCut, onlyExitCode } = verdict;
  const text = output?.text ?? '';
  const warnings: Text[] = [];
  if (onlyExitCode) {
    warnings.push(
      say`The log is not from AKS Run Command, so only the exit code that AKS reports is known.`,
    );
  }
  if (output?.truncated) warnings.push(whatIsMissing(output));
  if (verdict.leftBehind !== undefined) warnings.push(whatWasEnded(verdict.leftBehind));

  const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(text)?.[1];
  if (obsolete !== undefined) {
    warnings.push(say`
      The command printed ${`::${obsolete}::`}, which has no effect. Write ${'NAME=value'} to
      ${'$GITHUB_OUTPUT'} for a step output.
    `);
  }
  if (podSummaryCut) {
    warnings.push(say`
      The command wrote more than 64 KiB to ${'$GITHUB_STEP_SUMMARY'}. The rest was cut off.
    `);
  }
  return warnings;
}

/** @param names of processes, untrusted text */
function whatWasEnded(names: readonly string[]): Text {
  return say`
    The command left processes running that could still write output: ${list(names)}. The pod ended
    them after five seconds, and whatever they had not written is missing. In the command, wait for
    them, end them, or redirect their output: ${'kubectl port-forward … >/dev/null 2>&1 &'}.
  `;
}

function whatIsMissing({ text, missingBytes }: CommandOutput): Text {
  // If AKS cut off the end, about as much as AKS keeps has come back. A container that was killed
  // leaves less.
  if (missingBytes === undefined && Buffer.byteLength(text) < 400 * 1024) {
    return say`The end of the output may be missing: the pod ended before it sent everything.`;
  }
  const what =
    missingBytes === undefined ? say`An unknown part` : say`${formatCount(missingBytes)} bytes`;
  return say`
    ${what} of the output did not come back: AKS keeps only 512 KiB. Print less:
    ${'kubectl … | tail'} keeps the end.
  `;
}
