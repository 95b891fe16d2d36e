import { readPostInputs } from './inputs/inputs.ts';
import { readState } from './lifecycle/open-command.ts';
import { notEnded, stopCommand, type StopPorts } from './lifecycle/stop.ts';
import { publishStep } from './report/publication.ts';
import { asStopped, judge } from './verdict.ts';

/**
 * The post step: state → inputs → stop → verdict → report. It reads no input about the command, and
 * submits nothing but what stops it. If its step has left nothing to stop, it says nothing.
 *
 * @returns whether it succeeds: whether the command is known to have ended
 */
export async function postStep(ports: StopPorts & { readonly messages: string }): Promise<boolean> {
  const { host, messages } = ports;
  const left = readState(host.savedState());
  if (left === undefined) return true;

  const { inputs, invalid } = readPostInputs(host);
  if (invalid === undefined && inputs.onCancel === 'leave') return true;

  const { open, cluster } = left;
  const target = { ...inputs, cluster };
  const { ending, signaled } = invalid
    ? { ending: notEnded(invalid, open), signaled: false }
    : await stopCommand(open, target, ports);

  const ownCommand = open.submission !== undefined;
  const verdict = judge(ending, { allowedExitCodes: [0], ownCommand });
  const step = { inputs: target, verdict: asStopped(verdict, signaled) };
  return publishStep(step, host, messages, true);
}
