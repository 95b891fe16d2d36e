import { durationSeconds } from '../azure/command-result.ts';
import { messageOf } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { joined, say, type Text } from '../text/say.ts';
import { hasEnded, succeeds, type Verdict } from '../verdict.ts';
import { plainBlocks } from './blocks.ts';
import { asAnnotation, asLog } from './failure-text.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { maskOutputs, setOutputs } from './outputs.ts';
import { reportOn, reportOnUnwritten, type Report, type Step } from './report.ts';
import { describe } from './states.ts';
import { summary } from './summary.ts';
import { warningsOf } from './warnings.ts';
import { readMessages, type Messages } from '../messages/writer.ts';

/**
 * Publishes how a step, or the post step, turned out. Never rejects.
 *
 * @param markdown the text of messages.md
 * @param isPostStep it succeeds if the command has ended, and has no outputs
 * @returns whether it succeeds: whether the verdict is the one that the user wants, and all of it
 *   arrived
 */
export async function publishStep(
  step: Step,
  host: Host,
  markdown: string,
  isPostStep = false,
): Promise<boolean> {
  const { inputs, verdict } = step;
  const success = isPostStep ? hasEnded(verdict.state) : succeeds(verdict, inputs?.wait ?? true);
  try {
    const messages = messagesFor(host, markdown);
    const report = reportOn(step, host, messages);
    const options = { success, isPostStep, summary: inputs?.summary ?? true };
    return (await publish(report, options, host, messages)) && success;
  } catch (error) {
    return publishLeast(verdict, error, host);
  }
}

function messagesFor(host: Host, markdown: string): Messages {
  return readMessages(markdown, (mistake) => {
    host.log.debug(`messages.md: ${mistake}`);
  });
}

/**
 * How to publish. `success`: whether the verdict is the one that the user wants. If not, the failure
 * is reported. `summary`: the input, which counts even if others are invalid.
 */
type Options = {
  readonly success: boolean;
  readonly isPostStep?: boolean;
  readonly summary: boolean;
};

/**
 * Publishes a report: masks, step outputs, log, annotation, summary, in this order, so that a secret
 * is masked before it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether everything arrived: an output that cannot be written fails the step.
 */
export async function publish(
  report: Report,
  options: Options,
  host: Host,
  messages: Messages,
): Promise<boolean> {
  const { success, isPostStep = false } = options;
  const { verdict, inputs } = report;
  // Which step outputs are secret, the post step doesn't know.
  const arrived = verdict.arrived.map(({ name }) => name);
  maskOutputs(verdict, isPostStep ? arrived : (inputs?.maskOutputs ?? []), host);
  const unwritten = isPostStep ? undefined : setOutputs(report, host);
  const lost =
    unwritten === undefined ? undefined : reportOnUnwritten(report, unwritten, host, messages);
  await show(report, success ? lost : report, options.summary, host);
  return lost === undefined;
}

/** @param failed what is reported as the failure of the step; undefined if it succeeds */
async function show(
  report: Report,
  failed: Report | undefined,
  summary: boolean,
  host: Host,
): Promise<void> {
  const { verdict, output, cause } = report;
  if (output && output.text !== '') await host.showOutput(output.text);
  for (const warning of warningsOf(report)) host.log.warn(warning);
  showCollected(verdict, host);

  const last = failed ? reportFailure(failed, host) : withTime(report.headline, report);
  // The command of a step that does not wait keeps running, so there is still something to do.
  if (failed !== report && cause) host.log.show(plainBlocks(cause.remedy));

  if (summary) writeSummary(report, host);
  // The last line is what people see first when they scroll to the end of a log.
  host.log.show(last);
}

/**
 * Publishes the minimum after publishing everything threw, because of a bug of ours or a failing
 * stdout. Each part is tried separately, because any of them may be what fails. Never throws, and
 * returns false: not everything arrived.
 */
export function publishLeast(verdict: Verdict, error: unknown, host: Host): false {
  const { state, exitCode, commandId } = verdict;
  const attempts = [
    () => {
      host.setOutput('state', state);
    },
    () => {
      host.setOutput('exit-code', exitCode ?? null);
    },
    () => {
      host.setOutput('command-id', commandId ?? '');
    },
    () => {
      const message = say`${describe(verdict).sentence} ${messageOf(error)}`;
      host.error('The result could not be reported', message.markdown);
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

/** @returns the last line of the log */
function reportFailure(report: Report, host: Host): string {
  // At a prompt, people read the log from top to bottom, so its last line does not repeat the cause.
  if (!host.words.isStep) {
    const { title, message } = asLog(report);
    host.error(title, message);
    const hasTime = durationSeconds(report.verdict) !== undefined;
    return hasTime ? withTime(report.status, report) : '';
  }
  const { title, message, whole } = asAnnotation(report);
  if (whole !== undefined) host.log.show(whole);
  host.error(title, message);
  return withTime(report.headline, report);
}

/** A last line of the log, with how long the command took. */
function withTime(line: Text, { cause, verdict }: Report): string {
  const seconds = durationSeconds(verdict);
  if (seconds === undefined) return line.markdown;
  const time = formatDuration(seconds);
  return cause ? say`${line} (${time})`.markdown : say`${line} in ${time}`.markdown;
}

function writeSummary(report: Report, host: Host): void {
  try {
    host.writeSummary(summary(report), report.verdict.podSummary);
  } catch (error) {
    const warning = say`The job summary could not be written: ${messageOf(error)}`;
    host.log.warn(warning);
  }
}

function showCollected({ collected }: Report['verdict'], { log }: Host): void {
  if (collected === undefined) return;
  const { folder, files } = collected;
  if (folder !== '') {
    const lines = [
      `${formatFiles(files).plain}, in ${folder}`,
      ...fileLines(files, COLLECTED_LISTED),
    ];
    log.group(say`Collected files`, lines.join('\n'));
  }
  for (const lines of collectWarnings(collected)) log.warn(joined(lines, '\n'));
}
