import { durationSeconds } from '../azure/command-result.ts';
import type { Target } from '../azure/port.ts';
import { messageOf } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { PackedTask } from '../pod/submission.ts';
import { formatFiles } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { joined, say, type Text } from '../text/say.ts';
import { hasEnded, succeeds, type Verdict } from '../verdict.ts';
import { plainBlocks } from './blocks.ts';
import { asAnnotation, asLog } from './failure-text.ts';
import { COLLECTED_LISTED, collectWarnings, fileLines } from './file-lists.ts';
import { maskOutputs, setOutputs } from './outputs.ts';
import { reportOn, reportOnUnwritten, whatIsKnown, type Report } from './report.ts';
import { summary } from './summary.ts';
import type { Invocation } from '../messages/values.ts';
import { warningsOf } from './warnings.ts';
import { readMessages, type Messages } from '../messages/writer.ts';

/**
 * How a step turned out. `inputs` are absent if they could not be read, `packed` if nothing was
 * packed.
 */
export type Step = {
  readonly inputs?: Inputs | undefined;
  readonly packed?: PackedTask | undefined;
  readonly verdict: Verdict;
};

/**
 * Publishes how a step turned out. Never rejects.
 *
 * @param markdown the text of messages.md
 * @returns whether the step succeeds: whether the verdict is the one that the user wants, and all of
 *   it arrived
 */
export async function publishStep(step: Step, host: Host, markdown: string): Promise<boolean> {
  const { inputs, verdict } = step;
  const options = {
    success: succeeds(verdict, inputs?.wait ?? true),
    maskOutputs: inputs?.maskOutputs ?? [],
    summary: inputs?.summary ?? true,
  };
  try {
    const messages = messagesFor(host, markdown);
    const report = reportOn(verdict, invocationOf(step), host, messages);
    return (await publish(report, options, host, messages)) && options.success;
  } catch (error) {
    return publishLeast(verdict, error, host);
  }
}

function invocationOf({ inputs, packed }: Step): Invocation {
  if (inputs === undefined) return {};

  const { command, commandId, namespace, timeout } = inputs;
  return {
    target: inputs,
    command: commandId === undefined ? command : undefined,
    namespace: namespace === '' ? undefined : namespace,
    timeout,
    packed,
  };
}

/** Publishes the verdict of a post step, which has no outputs. It succeeds if the command ended. */
export async function publishPostStep(
  verdict: Verdict,
  target: Target,
  summary: boolean,
  host: Host,
  markdown: string,
): Promise<boolean> {
  const success = hasEnded(verdict.state);
  const report = reportOn(verdict, { target }, host, messagesFor(host, markdown));
  // Which step outputs are secret, the post step doesn't know.
  maskOutputs(
    report.verdict,
    verdict.arrived.map(({ name }) => name),
    host,
  );
  await show(report, success ? undefined : report, summary, host);
  return success;
}

function messagesFor(host: Host, markdown: string): Messages {
  return readMessages(markdown, (mistake) => {
    host.log.debug(`messages.md: ${mistake}`);
  });
}

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
  maskOutputs(report.verdict, options.maskOutputs, host);
  const unwritten = setOutputs(report, host);
  const lost =
    unwritten === undefined ? undefined : reportOnUnwritten(report, unwritten, host, messages);
  await show(report, options.success ? lost : report, options.summary, host);
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
