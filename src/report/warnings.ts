import { formatCount } from '../text/bytes.ts';
import type { CommandOutput } from '../pod/output.ts';
import type { Report } from './report.ts';

/** What the command did that its exit code does not show. */
export function warningsOf({ verdict, output, command }: Report): string[] {
  const { state, podSummaryCut, onlyExitCode } = verdict;
  const text = output?.text ?? '';
  const warnings: string[] = [];
  if (onlyExitCode) {
    warnings.push("The log is not from AKS Run Command, so only AKS's exit code is known.");
  }
  if (output?.truncated) warnings.push(whatIsMissing(output));

  const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(text)?.[1];
  if (obsolete !== undefined) {
    warnings.push(
      `The command printed ::${obsolete}::, which has no effect. ` +
        'Write NAME=value to $GITHUB_OUTPUT for a step output.',
    );
  }
  if (state === 'succeeded') {
    for (const [program, line] of missingPrograms(text, command)) {
      warnings.push(
        `The command succeeded, although it called ${program}, ` +
          `which the pod does not have (line ${line}).`,
      );
    }
  }
  if (podSummaryCut) {
    warnings.push('The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.');
  }
  return warnings;
}

function whatIsMissing({ text, missingBytes }: CommandOutput): string {
  // If AKS cut off the end, about as much as AKS keeps has come back. A container that was killed
  // leaves less.
  if (missingBytes === undefined && Buffer.byteLength(text) < 400 * 1024) {
    return 'The end of the output may be missing: the pod ended before it could send it.';
  }
  const what =
    missingBytes === undefined ? 'An unknown part' : `${formatCount(missingBytes)} bytes`;
  return `${what} of the output did not come back: AKS keeps only 512 KiB.`;
}

/** How many missing programs are reported. */
const MAX_PROGRAMS = 3;

/**
 * The line in which a shell reports that the command's script called a program that does not exist.
 */
const NOT_FOUND =
  /^\/\S{0,300}\.aks-run-command\/command\.sh: (?:line )?(\d{1,9}): ([\w.+-]{1,100}): (?:command )?not found\r?$/;

/**
 * The first programs that a script called although the pod does not have them, each with a line of
 * the script. Only the shell's own message about a name in the script counts: output can quote
 * another command's. There is no script if the step waited for an earlier command.
 */
export function missingPrograms(
  output: string,
  script: string | undefined,
): ReadonlyMap<string, number> {
  const missing = new Map<string, number>();
  for (const text of output.split('\n')) {
    const [, line = '', program] = NOT_FOUND.exec(text) ?? [];
    if (missing.size === MAX_PROGRAMS) break;
    if (program === undefined || missing.has(program)) continue;
    const isOurs =
      script === undefined ||
      (script.includes(program) && Number(line) <= script.split('\n').length);
    if (isOurs) missing.set(program, Number(line));
  }
  return missing;
}
