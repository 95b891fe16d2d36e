import type { Failure } from './failure.ts';
import { readPostInputs } from './inputs/inputs.ts';
import { readState, type OpenCommand } from './lifecycle/open-command.ts';
import { notEnded, stopCommand, type Stopping, type StopPorts } from './lifecycle/stop.ts';
import { publishWithoutOutputs } from './report/publication.ts';
import { reportOn } from './report/report.ts';
import { readMessages } from './report/writer.ts';
import { judge, type Verdict } from './verdict.ts';

/** What the post step needs from the outside world. */
export type PostStepPorts = StopPorts & {
  /** The text of `src/report/messages.md`. */
  readonly messages: string;
};

/**
 * The post step: state → inputs → stop → verdict → report. It reads no input about the command, and
 * submits nothing but what stops it. If its step has left nothing to stop, it says nothing.
 *
 * @returns whether it succeeds: whether the command is known to have ended
 */
export async function postStep(ports: PostStepPorts): Promise<boolean> {
  const { host } = ports;
  const left = readState(host.savedState());
  const { inputs, problems, invalidNames } = readPostInputs(host);
  if (left === undefined || inputs.onCancel === 'leave') return true;

  const { open, cluster } = left;
  const target = problems.length === 0 ? { ...inputs, cluster } : undefined;
  const invalid: Failure = { code: 'invalid-inputs', names: invalidNames, problems };
  const stopping = target
    ? await stopCommand(open, target, ports)
    : { ending: notEnded(invalid, open) };
  const verdict = verdictOnStopped(stopping, open);

  const document = readMessages(ports.messages, (mistake) => {
    host.log.debug(`messages.md: ${mistake}`);
  });
  const report = reportOn(verdict, { target }, host, document);
  const success = verdict.state === 'succeeded' || verdict.state === 'failed';
  // Which step outputs are secret, the post step doesn't know.
  const maskOutputs = verdict.arrived.map(({ name }) => name);
  const options = { success, maskOutputs, summary: inputs.summary };
  await publishWithoutOutputs(report, options, host, document);
  return success;
}

function verdictOnStopped({ ending, signaled }: Stopping, { submission }: OpenCommand): Verdict {
  const ownCommand = submission !== undefined;
  return asStopped(judge(ending, { allowedExitCodes: [0], ownCommand }), signaled);
}

/** The verdict on a command that was to be stopped: if it has ended, its exit code is no cause. */
export function asStopped(verdict: Verdict, signaled: boolean | undefined): Verdict {
  const hasEnded = verdict.state === 'succeeded' || verdict.state === 'failed';
  return hasEnded ? { ...verdict, failure: { code: 'stopped', signaled } } : verdict;
}
