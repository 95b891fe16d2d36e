import { durationSeconds } from '../azure/command-result.ts';
import { messageOf } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { formatFiles } from '../text/bytes.ts';
import { trusted } from '../text/trusted.ts';
import { visible } from '../text/visible.ts';
import type { Verdict } from '../verdict.ts';
import { NOTHING_KNOWN, phrasing } from './catalogue/known.ts';
import { endOf } from './excerpt.ts';
import { explain } from './explain.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { asTitle, titleOf, type Message } from './message.ts';
import { plainBlocks, plainText } from './plain-text.ts';
import {
  commandOutcome,
  headline,
  moreAbout,
  nameOf,
  spokenDuration,
  STATES,
  type Report,
} from './report.ts';
import { summary } from './summary.ts';
import { warningsOf } from './warnings.ts';

/**
 * Publishes the verdict: masks, step outputs, log, annotation, summary, in this order, so that a
 * secret is masked before it can show, and a summary that cannot be written hides nothing.
 *
 * @param options `success`: whether the verdict is the one that the user wants. If not, the failure
 *   is reported. The others are the inputs `mask-outputs` and `summary`.
 * @returns whether everything arrived: an output that cannot be written fails the step.
 */
export async function publish(
  report: Report,
  options: {
    readonly success: boolean;
    readonly maskOutputs: readonly string[];
    readonly summary: boolean;
  },
  host: Host,
): Promise<boolean> {
  const { verdict, output, explanations } = report;
  const { success } = options;

  maskOutputs(verdict, options.maskOutputs, host);
  const unwritten = setOutputs(report, host);

  if (output && output.text !== '') await host.showOutput(output.text);
  for (const warning of warningsOf(report)) host.log.warn(warning);
  showCollected(verdict, host);

  const last = reportOutcome(report, success, unwritten, host);
  // The command of a step that does not wait keeps running, so there is still something to do.
  if (success && verdict.failure) {
    host.log.show(explanations.map(({ remedy }) => plainBlocks(remedy)).join('\n'));
  }

  if (options.summary) writeSummary(report, host);
  // The last line is what people see first when they scroll to the end of a log.
  host.log.show(last);
  return unwritten === undefined;
}

/**
 * Publishes the minimum after publishing everything threw, because of a bug of ours or a failing
 * stdout. Each part is tried separately, because any of them may be what fails. Never throws, and
 * returns false: not everything arrived.
 */
export function publishLeast(
  { state, exitCode, commandId }: Verdict,
  error: unknown,
  host: Host,
): false {
  const attempts = [
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
      const message = `${STATES[state].sentence} ${messageOf(error)}`;
      host.error('The verdict could not be reported', message);
    },
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // The others may still work.
    }
  }
  return false;
}

/**
 * Reports what failed, if anything did.
 *
 * @param unwritten why an output could not be written
 * @returns the last line of the log
 */
function reportOutcome(
  report: Report,
  success: boolean,
  unwritten: string | undefined,
  host: Host,
): string {
  if (!success) return reportFailure(report, host);
  return unwritten === undefined ? lastLine(report) : reportUnwritten(report, unwritten, host);
}

/** The headline, and how long the command took, unless the headline is its timeout. */
function lastLine(report: Report): string {
  const { verdict } = report;
  const line = plainText(headline(report));
  return verdict.failure?.code === 'timed-out' ? line : line + took(verdict);
}

/**
 * The last line below a cause in the log: the verdict, and how long it took. Empty if AKS gave no
 * times.
 */
function verdictLine(report: Report): string {
  const { verdict } = report;
  const time = took(verdict);
  return time === '' ? '' : `${nameOf(report)}: ${STATES[verdict.state].headline}${time}`;
}

function took(verdict: Verdict): string {
  const seconds = durationSeconds(verdict);
  if (seconds === undefined) return '';
  return `${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}

/** The runner ends a line at a carriage return, too. */
const LINE_END = /\r\n|\r|\n/;

/**
 * Masks the values of named step outputs line by line. The runner would mask every line of a whole
 * value, however short, and a brace, or a word like "no", would then be hidden everywhere in the
 * log.
 */
function maskOutputs({ arrived, state }: Verdict, names: readonly string[], host: Host): void {
  const lines = new Set<string>();
  const missing: string[] = [];
  for (const name of names) {
    const entries = arrived.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (entries.length === 0) missing.push(name);
    for (const { value } of entries) {
      for (const line of value.split(LINE_END)) lines.add(line);
    }
  }
  for (const line of lines) {
    if (line.trim().length >= 3) host.mask(line);
  }
  if (state !== 'succeeded') return;
  for (const name of missing) {
    host.log.warn(
      `mask-outputs names ${visible(name)}, but the command wrote no step output with that name.`,
    );
  }
}

/**
 * The limit of the output `output`, in bytes: an environment variable of a later step cannot hold
 * 128 KiB.
 */
const MAX_OUTPUT = 96 * 1024;

/**
 * Sets all outputs, the small ones first: on a full disk, a later step still learns the state. The
 * file with the whole output comes last, so that it takes no space from what the step promises.
 *
 * @returns what went wrong first if the runner's file cannot be written
 */
function setOutputs(report: Report, host: Host): string | undefined {
  const problems: string[] = [];
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  const set = (name: string, value: string | number | undefined) => {
    attempt(() => {
      host.setOutput(name, String(value ?? ''));
    });
  };
  const { verdict, output } = report;
  const small = smallOutputs(report);
  const reserved = new Set([...Object.keys(small), 'output', 'output-file']);

  for (const [name, value] of Object.entries(small)) set(name, value);
  for (const { name, value } of verdict.stepOutputs) {
    const problem = problemWith(name, value, reserved);
    if (problem !== undefined) {
      host.log.warn(problem);
      continue;
    }
    attempt(() => {
      host.setStepOutput(name, value);
    });
  }
  set('output', endOf(output?.text ?? '', MAX_OUTPUT));
  set('output-file', output && keepOutput(output.text, host));
  return problems[0];
}

/** The outputs that action.yml declares, except `output` and `output-file`. */
function smallOutputs({ verdict, output, explanations }: Report) {
  const [first] = explanations;
  return {
    state: verdict.state,
    'exit-code': verdict.exitCode,
    'output-truncated': String(output?.truncated ?? false),
    collected: verdict.collected?.folder,
    'command-id': verdict.commandId,
    reason: first && reasonOf(first),
    'started-at': verdict.startedAt,
    'finished-at': verdict.finishedAt,
    duration: durationSeconds(verdict),
  };
}

/**
 * Why an output of the command is ignored: its name is reserved, or the runner could not read it
 * back (FileCommandManager.cs): `NAME<<DELIMITER` ends the name at the first `<<`, so a name that
 * ends in `<` needs `NAME=value`, which is one line.
 */
function problemWith(
  name: string,
  value: string,
  reserved: ReadonlySet<string>,
): string | undefined {
  const ignored = (why: string) =>
    `The command wrote a step output named ${visible(JSON.stringify(name))}. ` +
    `${why}, so the output was ignored.`;
  // The runner's table of outputs ignores letter case, perhaps also that of `ſ`, an old form of s.
  // Its lower case is `ſ` itself, and its upper case is S.
  if (reserved.has(name.toUpperCase().toLowerCase())) return ignored('That name is reserved');
  if (name.endsWith('<') && LINE_END.test(value)) {
    return ignored('The runner cannot read several lines under such a name');
  }
  return undefined;
}

/** An error's text, and names from the pod, may have any length. */
function reasonOf({ sentence, errorText }: Message): string {
  const parts = [plainText(sentence), errorText].filter((part) => part !== '');
  return clipped(parts.join(' '), MAX_CHARACTERS);
}

/** A full disk must not hide the verdict. */
function keepOutput(text: string, host: Host): string {
  try {
    return host.keepOutput(text);
  } catch (error) {
    host.log.warn(`The output could not be written to a file: ${visible(messageOf(error))}`);
    return '';
  }
}

function writeSummary(report: Report, host: Host): void {
  try {
    host.writeSummary(summary(report), report.verdict.podSummary);
  } catch (error) {
    host.log.warn(`The job summary could not be written: ${visible(messageOf(error))}`);
  }
}

function showCollected({ collected }: Verdict, { log }: Host): void {
  if (collected === undefined) return;
  const { folder, files } = collected;
  if (folder !== '') {
    const lines = [`${formatFiles(files)}, in ${folder}`, ...fileLines(files, COLLECTED_LISTED)];
    log.group(trusted`Collected files`, lines.join('\n'));
  }
  for (const lines of collectWarnings(collected)) log.warn(lines.map(plainText).join('\n'));
}

/** @returns the last line of the log */
function reportFailure(report: Report, host: Host): string {
  if (!host.words.isStep) {
    reportInLog(report, host);
    return verdictLine(report);
  }
  annotate(report, host);
  return lastLine(report);
}

/** @returns the headline, which is the last line of the log */
function reportUnwritten(report: Report, problem: string, host: Host): string {
  const why = explain(
    { code: 'outputs-unwritable' },
    { ...NOTHING_KNOWN, ...phrasing(host.words) },
  );
  const title = `${nameOf(report)}: ${plainText(titleOf(why))}`;
  const opening = `${commandOutcome(report)} ${visible(problem)}`;
  host.error(title, messageOfFailure({ ...report, explanations: [why] }, opening));
  return title;
}

/** The runner keeps 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;

/**
 * The error annotation: the cause, what is known about the command, what it printed about it, and
 * the next move. What does not fit is in the log as a whole.
 */
function annotate(report: Report, host: Host): void {
  const [first] = report.explanations;
  const sentence = first ? `${plainText(first.sentence)} ` : '';
  const excerpt = report.output?.firstError ?? report.output?.lastLines;
  const message = messageOfFailure(report, sentence + commandOutcome(report), excerpt);
  if (message.length > MAX_CHARACTERS) host.log.show(message);
  host.error(clipped(plainText(headline(report)), MAX_TITLE), clipped(message, MAX_CHARACTERS));
}

/**
 * The same in a log, right below the output: the sentence is the headline, and nothing is repeated
 * or cut.
 */
function reportInLog(report: Report, host: Host): void {
  const [first] = report.explanations;
  const title = headline(report, first && asTitle(first.sentence));
  host.error(plainText(title), messageOfFailure(report, commandOutcome(report)));
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** What is known, the error's text, an excerpt of the output, the remedy, and the hints. */
function messageOfFailure(
  report: Report,
  opening: string,
  excerpt = report.output?.firstError,
): string {
  const [first, ...hints] = report.explanations;
  const more = moreAbout(report);
  const parts = [opening.trim()];
  if (first) parts.push(first.errorText);
  if (excerpt) parts.push(`${excerpt.label}\n${excerpt.text}`);
  if (first) parts.push(plainBlocks(first.remedy));
  for (const { sentence, remedy } of hints) parts.push(plainBlocks([sentence, ...remedy]));
  if (more !== undefined) parts.push(`More: ${more}`);
  return parts.filter((part) => part !== '').join('\n\n');
}
