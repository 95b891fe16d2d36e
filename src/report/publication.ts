import { formatCount } from '../text/bytes.ts';
import { ours } from '../text/ours.ts';
import { messageOf } from '../failure.ts';
import { collectWarnings, describeCollected } from './collected.ts';
import { missingPrograms } from './command-text.ts';
import { annotation, failureInLog } from './annotation.ts';
import { UNWRITTEN } from './catalogue/command.ts';
import { compose, explanationText } from './explanation.ts';
import { durationSeconds, known, lastLine, nameOf, verdictLine, type Report } from './report.ts';
import { summary } from './summary.ts';
import { visible } from '../text/visible.ts';
import { STATES } from './states.ts';
import type { Host } from '../hosts/port.ts';
import type { Verdict } from '../verdict.ts';
import { endOfOutput, OUTPUT_LIMIT, type CommandOutput } from '../pod/output.ts';

/** The contract's own outputs: a command cannot set these. The runner's table ignores letter case. */
const RESERVED = new Set([
  'state',
  'exit-code',
  'output',
  'output-file',
  'output-truncated',
  'collected',
  'command-id',
  'reason',
  'started-at',
  'finished-at',
  'duration',
]);

export type PublicationOptions = {
  readonly maskOutputs: readonly string[];
  readonly wantsSummary: boolean;
  /** Whether the verdict is what was asked for: else the failure is told. */
  readonly success: boolean;
};

/**
 * Tells the verdict: masks, step outputs, log, annotation, summary, in this order, so that a secret is masked before
 * it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether all of it could be told to what follows: an output that cannot be written fails the step.
 */
export async function publish(report: Report, options: PublicationOptions, host: Host): Promise<boolean> {
  const { verdict, explanations } = report;
  const { log } = host;
  const { success } = options;

  maskOutputs(report, options.maskOutputs, host);
  const unwritten = setOutputs(report, host);

  if (verdict.output && verdict.output.text !== '') await host.showOutput(verdict.output.text);
  if (verdict.output?.truncated === true) {
    log.warn(whatIsMissing(verdict.output));
  }
  warnAboutCommand(report, host);

  const { collected } = verdict;
  if (collected !== undefined) {
    if (collected.folder !== '') log.group(ours`Collected files`, describeCollected(collected));
    for (const warning of collectWarnings(collected)) log.warn(warning);
  }

  let last = success || host.failureStandsAlone ? lastLine(report) : verdictLine(report);
  if (!success) {
    tellFailure(report, host);
  } else if (unwritten !== undefined) {
    last = tellUnwritten(report, unwritten, host);
  }
  // A success that leaves something to do: the command runs on.
  if (success && verdict.failure) log.show(explanations.map(({ move }) => move).join('\n'));
  if (options.wantsSummary) {
    await host.writeSummary(summary(report), verdict.podSummary).catch((error: unknown) => {
      log.warn(`The job summary could not be written: ${visible(messageOf(error))}`);
    });
  }
  // Last of all, so that who scrolls to the end sees it.
  log.show(visible(last));
  return unwritten === undefined;
}

/** Warns about what the command did that its exit code does not show. */
function warnAboutCommand({ verdict, command }: Report, { log }: Host): void {
  const output = verdict.output?.text ?? '';
  const obsolete = /^::(set-output|set-env|add-path)[ :]/m.exec(output)?.[1];
  if (obsolete !== undefined) {
    log.warn(
      `The command printed ::${obsolete}::, which has no effect. Write NAME=value to $GITHUB_OUTPUT for a step output.`,
    );
  }
  if (verdict.state === 'succeeded') {
    for (const [program, line] of missingPrograms(output, command))
      log.warn(`The command succeeded, although it called ${program}, which the pod does not have (line ${line}).`);
  }
  if (verdict.podSummaryCut) log.warn('The command wrote more than 64 KiB to $GITHUB_STEP_SUMMARY. The rest was cut.');
}

/** @returns the headline. */
function tellUnwritten(report: Report, problem: string, host: Host): string {
  const { title, move, section } = compose(UNWRITTEN, {}, '', { words: host.words });
  const more = report.docs === undefined ? [] : [`More: ${report.docs}#${section}`];
  const headline = `${nameOf(report.cluster)}: ${title}`;
  host.error(headline, [`${known(report)} ${problem}`, move, ...more].join('\n\n'));
  return headline;
}

function tellFailure(report: Report, host: Host): void {
  if (!host.failureStandsAlone) {
    const { title, message } = failureInLog(report);
    host.error(title, message);
    return;
  }
  const { title, message, whole } = annotation(report);
  if (!whole) host.log.show(report.explanations.map(explanationText).join('\n\n'));
  host.error(title, message);
}

/**
 * Tells what must be told in any case, where telling all of it threw: a bug of ours, or a stdout that fails. Each by
 * itself, since one of them may be what fails. Never throws.
 *
 * @returns false: not all of it could be told.
 */
export function publishLeast({ state, exitCode, commandId }: Verdict, error: unknown, host: Host): false {
  const tellings = [
    () => {
      host.setOutput('state', state);
    },
    () => {
      host.setOutput('exit-code', String(exitCode ?? ''));
    },
    () => {
      host.setOutput('command-id', commandId ?? '');
    },
    () => {
      host.error('The verdict could not be reported', `${STATES[state].known} ${messageOf(error)}`);
    },
  ];
  for (const tell of tellings) {
    try {
      tell();
    } catch {
      // The others may work.
    }
  }
  return false;
}

/** As the runner ends a line: at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;
/** A shorter line would be masked wherever its characters stand: a brace, a word like "no". */
const SHORTEST_MASK = 3;

/**
 * Masks the values of named step outputs line by line: of a value that it is given whole, the runner masks every line, and
 * `{` then hides each brace of the log.
 */
function maskOutputs({ verdict }: Report, names: readonly string[], host: Host): void {
  const lines = new Set<string>();
  const unwritten: string[] = [];
  for (const wanted of names) {
    const values = verdict.arrived.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (values.length === 0 && verdict.output !== undefined) {
      unwritten.push(wanted);
    }
    for (const { value } of values) for (const line of value.split(LINE_END)) lines.add(line);
  }
  for (const line of lines) if (line.trim().length >= SHORTEST_MASK) host.mask(line);
  for (const name of unwritten) {
    host.log.warn(`mask-outputs names ${visible(name)}, but the command wrote no step output with that name.`);
  }
}

/** @returns what went wrong, where the runner's file or the temp folder cannot be written. */
function setOutputs(report: Report, host: Host): string | undefined {
  try {
    writeOutputs(report, host);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function writeOutputs({ verdict, explanations }: Report, host: Host): void {
  const { output } = verdict;
  for (const { name, value } of verdict.stepOutputs) {
    if (RESERVED.has(name.toLowerCase())) {
      host.log.warn(
        `The command wrote a step output named ${visible(JSON.stringify(name))}. That name is reserved, so the output was ignored.`,
      );
    } else {
      host.setOutput(name, value);
    }
  }
  const outputs: Record<string, string | number | undefined> = {
    state: verdict.state,
    'exit-code': verdict.exitCode,
    output: endOfOutput(output?.text ?? '', OUTPUT_LIMIT),
    'output-file': output && keepOutput(output.text, host),
    'output-truncated': String(output?.truncated ?? false),
    collected: verdict.collected?.folder,
    'command-id': verdict.commandId,
    reason:
      explanations[0] && [explanations[0].sentence, explanations[0].words].filter((part) => part !== '').join(' '),
    'started-at': verdict.startedAt,
    'finished-at': verdict.finishedAt,
    duration: durationSeconds(verdict),
  };
  for (const [name, value] of Object.entries(outputs)) host.setOutput(name, String(value ?? ''));
}

/** A disk that is full must not hide the verdict. */
function keepOutput(text: string, host: Host): string {
  try {
    return host.keepOutput(text);
  } catch (error) {
    host.log.warn(`The output could not be written to a file: ${visible(messageOf(error))}`);
    return '';
  }
}

/** Where AKS cut the end off, about as much came back as it keeps; a container that was killed leaves less. */
const CUT_BY_AKS = 400 * 1024;

function whatIsMissing({ text, missingBytes }: CommandOutput): string {
  if (missingBytes === undefined && Buffer.byteLength(text) < CUT_BY_AKS)
    return 'The end of the output may be missing: the pod ended before it could send it.';
  const what = missingBytes === undefined ? 'An unknown part' : `${formatCount(missingBytes)} bytes`;
  return `${what} of the output did not come back: AKS keeps only 512 KiB.`;
}
