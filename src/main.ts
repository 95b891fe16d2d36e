import type { CommandId } from './azure/command-result.ts';
import { saveCollected, type Collected } from './collect/save.ts';
import type { Ending } from './ending.ts';
import { failureOf, StepError } from './failure.ts';
import type { Disk } from './files/disk.ts';
import { gatherFiles } from './files/gather.ts';
import { readInputs, type Inputs } from './inputs/inputs.ts';
import { untilCancelled } from './lifecycle/cancel.ts';
import { signInAndReadCluster } from './lifecycle/cluster.ts';
import { readState, saveOpen } from './lifecycle/open-command.ts';
import type { LifecyclePorts } from './lifecycle/ports.ts';
import { followCommand, submitAndFollow } from './lifecycle/run.ts';
import { ServiceTime } from './lifecycle/service-time.ts';
import { stopCommand, type StopPorts } from './lifecycle/stop.ts';
import { packTask } from './pod/submission.ts';
import { readRunVariables } from './pod/variables.ts';
import { announce, announceWait } from './report/announcement.ts';
import { setCommandId } from './report/outputs.ts';
import { publishStep } from './report/publication.ts';
import type { Step } from './report/report.ts';
import { asStopped, judge, mayRun, withoutResult, type Verdict } from './verdict.ts';

/** What a step needs from the outside world. */
export type Ports = StopPorts & {
  readonly disk: Disk;
  /** The text of `src/messages/messages.md`. */
  readonly messages: string;
};

/**
 * One step: inputs → submission → ending → verdict → report. Always publishes a state, never
 * rejects.
 *
 * @returns the verdict, and whether the step succeeds
 */
export async function main(ports: Ports) {
  const step = await stopIfCancelled(await takeStep(ports), ports);
  const success = await publishStep(step, ports.host, ports.messages);
  return { verdict: step.verdict, success };
}

/** A step whose own inputs are known, if they could be read. */
type OwnStep = Step & { readonly inputs?: Inputs | undefined };

/** Reads the inputs, and does what they ask for. An error becomes a verdict. */
async function takeStep(ports: Ports): Promise<OwnStep> {
  let inputs: Inputs | undefined;
  let hasCommandId = false;
  try {
    const read = readInputs(ports.host);
    ({ inputs, hasCommandId } = read);
    for (const warning of read.warnings) ports.host.log.warn(warning);
    if (read.invalid !== undefined) throw new StepError(read.invalid);

    const { commandId } = inputs;
    if (commandId !== undefined) {
      return { inputs, verdict: await waitForCommand(commandId, inputs, ports) };
    }
    return { inputs, ...(await runNewCommand(inputs, ports)) };
  } catch (error) {
    // If the step waits for an earlier command, an error such as an invalid input or a failed
    // sign-in says nothing about that command.
    const state = hasCommandId ? 'unknown' : 'not-started';
    return { inputs, verdict: withoutResult(state, failureOf(error), inputs?.commandId) };
  }
}

/** Waits for an earlier command. */
async function waitForCommand(
  commandId: CommandId,
  inputs: Inputs,
  ports: Ports,
): Promise<Verdict> {
  announceWait(commandId, inputs.cluster, inputs.timeout, ports.host.log);
  const lifecycle = lifecyclePorts(inputs, ports);
  const ending = await followCommand(commandId, inputs.timeout, lifecycle);
  return verdictOn(ending, inputs, ports);
}

/** Rejects only if nothing was submitted. */
async function runNewCommand(inputs: Inputs, ports: Ports): Promise<Omit<Step, 'inputs'>> {
  const { host, clock, cancelled } = ports;
  const lifecycle = lifecyclePorts(inputs, ports);
  const prepared = await untilCancelled(prepare(inputs, lifecycle, ports), cancelled, clock);
  if (prepared === undefined) {
    return { verdict: withoutResult('not-started', { code: 'cancelled' }) };
  }

  const { packed, needsClusterToken } = prepared;
  announce(inputs, packed, host.log);
  if (inputs.dryRun) return { packed, verdict: withoutResult('dry-run') };

  const ending = await submitAndFollow(inputs, packed, needsClusterToken, lifecycle);
  return { packed, verdict: await verdictOn(ending, inputs, ports) };
}

/**
 * Packs while signing in. A mistake in the files is reported before a failed sign-in or a missing
 * role, because it is the one to fix first. What makes sign-in impossible is reported even earlier,
 * before anything is packed: a missing permission to request an ID token, or an invalid proxy.
 */
async function prepare(inputs: Inputs, lifecycle: LifecyclePorts, ports: Ports) {
  const { host, disk } = ports;
  const clusterRead = signInAndReadCluster(lifecycle);
  // If the files fail first, nothing awaits this promise, and its rejection must not be unhandled.
  clusterRead.catch(() => undefined);

  const workspace = { disk, allowedFolders: host.allowedFolders };
  const files = await gatherFiles(inputs.files, workspace, host.log);
  const packed = packTask(inputs, files, readRunVariables(host.variable), ports);
  return { packed, needsClusterToken: await clusterRead };
}

function lifecyclePorts(inputs: Inputs, ports: Ports): LifecyclePorts {
  const { azureFor, cancelled, clock, host } = ports;
  return {
    ...ports,
    azure: azureFor(inputs, cancelled),
    serviceTime: new ServiceTime(clock),
    log: host.log,
    onCommandId(id) {
      setCommandId(id, host);
    },
    onOpen(open) {
      if (inputs.onCancel === 'stop') saveOpen(open, inputs.cluster, host);
    },
  };
}

/**
 * The verdict on a command that may have run, whatever goes wrong from here on. Collected files are
 * written to the disk before it, because it is a failure if they cannot be.
 */
async function verdictOn(ending: Ending, inputs: Inputs, { host, disk }: Ports): Promise<Verdict> {
  const { allowedExitCodes, collect, commandId, ifNoFilesCollected } = inputs;
  const ownCommand = commandId === undefined;
  try {
    let collected: Collected | undefined;
    if (ending.kind === 'ended' && ending.podReport.kind === 'ran') {
      const patterns = ownCommand ? collect : undefined;
      const request = { patterns, ifNoFilesCollected, into: host.collectInto };
      collected = await saveCollected(ending.podReport.collection, request, disk);
    }
    return judge(ending, { allowedExitCodes, ownCommand, collected });
  } catch (error) {
    return withoutResult('unknown', failureOf(error), ending.id);
  }
}

/**
 * What becomes of a command that is to be stopped on a cancel. If the step ended by itself, nothing
 * is to be stopped anymore. If it was canceled, the post step stops the command. At a prompt, there
 * is none, so it is stopped here.
 */
async function stopIfCancelled(step: OwnStep, ports: Ports): Promise<Step> {
  const { inputs, verdict } = step;
  const { host, cancelled } = ports;
  const left = readState(host.savedState());
  if (inputs === undefined || left === undefined) return step;

  if (!mayRun(verdict.state) || !cancelled.aborted) {
    saveOpen(undefined, inputs.cluster, host);
    return step;
  }
  if (host.words.isStep) return step;

  // Another signal ends the process at once.
  const stopPorts = { ...ports, cancelled: new AbortController().signal };
  const { ending, signaled } = await stopCommand(left.open, inputs, stopPorts);
  return { ...step, verdict: asStopped(await verdictOn(ending, inputs, ports), signaled) };
}
