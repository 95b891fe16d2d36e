import { durationSeconds } from '../azure/command-result.ts';
import { messageOf } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { joined, say, type Text } from '../text/say.ts';
import type { Verdict } from '../verdict.ts';
import { plainBlocks } from './blocks.ts';
import { asAnnotation, asLog } from './failure-text.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { maskOutputs, setOutputs } from './outputs.ts';
import { reportOnUnwritten, whatIsKnown, type Report } from './report.ts';
import { summary } from './summary.ts';
import { warningsOf } from './warnings.ts';
import type { Messages } from './writer.ts';

/**
 * How to publish. `success`: whether the verdict is the one that the user wants. If not, the failure
 * is reported. The others are the inputs `mask-outputs` and `summary`.
 */
type Options = {
  readonly success: boolean;
  readonly maskOutputs: readonly string[];
  readonly summary: boolean;
};

/**
 * Publishes the verdict: masks, step outputs, log, annotation, summary, in this order, so that a
 * secret is masked before it can show, and a summary that cannot be written hides nothing.
 *
 * @returns whether everything arrived: an output that cannot be written fails the step.
 */
export async function publish(
  report: Report,
  options: Options,
  host: Host,
  messages: Messages,
): Promise<boolean> {
  maskOutputs(report.verdict, options.maskOutputs, host);
  const unwritten = setOutputs(report, host);
  await show(report, options, unwritten, host, messages);
  return unwritten === undefined;
}

/** Publishes the verdict of a step that has no outputs. */
export async function publishWithoutOutputs(
  report: Report,
  options: Options,
  host: Host,
  messages: Messages,
): Promise<void> {
  maskOutputs(report.verdict, options.maskOutputs, host);
  await show(report, options, undefined, host, messages);
}

/** @param unwritten why an output could not be written */
async function show(
  report: Report,
  options: Omit<Options, 'maskOutputs'>,
  unwritten: string | undefined,
  host: Host,
  messages: Messages,
): Promise<void> {
  const { verdict, output, cause } = report;
  if (output && output.text !== '') await host.showOutput(output.text);
  for (const warning of warningsOf(report)) host.log.warn(warning);
  showCollected(verdict, host);

  const last = reportEnd(report, options.success, unwritten, host, messages);
  // The command of a step that does not wait keeps running, so there is still something to do.
  if (options.success && cause) host.log.show(plainBlocks(cause.remedy));

  if (options.summary) writeSummary(report, host);
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
      const message = say`${whatIsKnown(verdict)} ${messageOf(error)}`;
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

/**
 * Reports what failed, if anything did.
 *
 * @param unwritten why an output could not be written
 * @returns the last line of the log
 */
function reportEnd(
  report: Report,
  success: boolean,
  unwritten: string | undefined,
  host: Host,
  messages: Messages,
): string {
  if (!success) return reportFailure(report, host);
  if (unwritten !== undefined) {
    return reportFailure(reportOnUnwritten(report, unwritten, host, messages), host);
  }
  return withTime(report.headline, report);
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
