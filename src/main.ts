import type { CommandId } from './azure/command-result.ts';
import { keepCollected } from './collect/keep.ts';
import type { Ending } from './ending.ts';
import { failureOf, messageOf, StepError } from './failure.ts';
import type { Disk } from './files/disk.ts';
import { gatherFiles } from './files/gather.ts';
import type { Host } from './hosts/port.ts';
import { readInputs, type Inputs } from './inputs/inputs.ts';
import { untilCancelled } from './lifecycle/cancel.ts';
import { signInAndReadCluster } from './lifecycle/cluster.ts';
import { readState, stateOf, type OpenCommand } from './lifecycle/open-command.ts';
import type { LifecyclePorts } from './lifecycle/ports.ts';
import { followCommand, submitAndFollow } from './lifecycle/run.ts';
import { ServiceTime } from './lifecycle/service-time.ts';
import { stopCommand } from './lifecycle/stop.ts';
import { packTask, type PackedTask } from './pod/submission.ts';
import { readRunVariables } from './pod/variables.ts';
import { asStopped, type PostStepPorts } from './post-step.ts';
import { announce, announceWait } from './report/announcement.ts';
import { publish, publishLeast } from './report/publication.ts';
import { reportOn } from './report/report.ts';
import { readMessages } from './report/writer.ts';
import { say } from './text/say.ts';
import { judge, succeeds, withoutResult, type Verdict } from './verdict.ts';

/** What a step needs from the outside world. */
export type Ports = PostStepPorts & { readonly disk: Disk };

/**
 * How a step turned out. `inputs` is absent if they could not be read, `packed` if nothing was
 * packed.
 */
type Outcome = {
  readonly inputs?: Inputs | undefined;
  readonly packed?: PackedTask | undefined;
  readonly verdict: Verdict;
};

/**
 * One step: inputs → submission → ending → verdict → report. Always publishes a state, never
 * rejects.
 *
 * @returns the verdict, and whether the step succeeds: whether the verdict is the one that the user
 *   wants, and all of it arrived
 */
export async function main(ports: Ports) {
  const outcome = await stopIfCancelled(await takeStep(ports), ports);
  const { inputs, verdict } = outcome;

  const isWanted = succeeds(verdict, inputs?.wait ?? true);
  const isPublished = await report(outcome, isWanted, ports);
  return { verdict, success: isWanted && isPublished };
}

/** Reads the inputs, and does what they ask for. An error becomes a verdict. */
async function takeStep(ports: Ports): Promise<Outcome> {
  let inputs: Inputs | undefined;
  let hasCommandId = false;
  try {
    const read = readInputs(ports.host);
    inputs = read.inputs;
    hasCommandId = read.hasCommandId;
    for (const warning of read.warnings) ports.host.log.warn(warning);
    if (read.problems.length > 0) {
      throw new StepError({
        code: 'invalid-inputs',
        names: read.invalidNames,
        problems: read.problems,
      });
    }

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

/**
 * Decides what becomes of a command that is to be stopped on a cancel. If the step ended by itself,
 * nothing is to be stopped anymore. If it was canceled, the post step stops the command. At a
 * prompt, there is none, so it is stopped here.
 */
async function stopIfCancelled(outcome: Outcome, ports: Ports): Promise<Outcome> {
  const { inputs, verdict } = outcome;
  const { host, cancelled } = ports;
  const left = readState(host.savedState());
  if (inputs === undefined || left === undefined) return outcome;

  const mayRun = verdict.state === 'running' || verdict.state === 'unknown';
  if (!mayRun || !cancelled.aborted) {
    saveState('', host);
    return outcome;
  }
  if (host.words.isStep) return outcome;

  // Another signal ends the process at once.
  const stopPorts = { ...ports, cancelled: new AbortController().signal };
  const { ending, signaled } = await stopCommand(left.open, inputs, stopPorts);
  return { ...outcome, verdict: asStopped(await verdictOn(ending, inputs, ports), signaled) };
}

function saveState(state: string, host: Host): void {
  try {
    host.saveState(state);
  } catch (error) {
    host.log.warn(say`
      The state for the post step could not be saved, so it may not know what to stop:
      ${messageOf(error)}
    `);
  }
}

/** Waits for an earlier command. */
async function waitForCommand(
  commandId: CommandId,
  inputs: Inputs,
  ports: Ports,
): Promise<Verdict> {
  const lifecycle = lifecyclePorts(inputs, ports);
  announceWait(commandId, inputs.cluster, inputs.timeout, ports.host.log);
  const ending = await followCommand(commandId, inputs.timeout, lifecycle);
  return verdictOn(ending, inputs, ports);
}

/** Rejects only if nothing was submitted. */
async function runNewCommand(inputs: Inputs, ports: Ports): Promise<Outcome> {
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
  const { host, clock, cancelled, random } = ports;
  const onCommandId = (id: CommandId) => {
    try {
      host.setOutput('command-id', id);
    } catch (error) {
      // The report sets it again. If that fails, the step fails.
      host.log.debug(`The output command-id cannot be written: ${messageOf(error)}`);
    }
  };
  const onOpen = (open: OpenCommand) => {
    if (inputs.onCancel === 'stop') saveState(stateOf(open, inputs.cluster), host);
  };
  return {
    azure: ports.azureFor(inputs, cancelled),
    serviceTime: new ServiceTime(clock),
    onCommandId,
    onOpen,
    clock,
    cancelled,
    random,
    log: host.log,
  };
}

/** The verdict on a command that may have run, whatever goes wrong from here on. */
async function verdictOn(ending: Ending, inputs: Inputs, ports: Ports): Promise<Verdict> {
  try {
    return await collectAndJudge(ending, inputs, ports);
  } catch (error) {
    return withoutResult('unknown', failureOf(error), ending.id);
  }
}

/**
 * Writes the collected files to disk before the verdict, because it is a failure if they cannot be
 * kept.
 */
async function collectAndJudge(ending: Ending, inputs: Inputs, ports: Ports): Promise<Verdict> {
  const { allowedExitCodes, ifNoFilesCollected } = inputs;
  const ownCommand = inputs.commandId === undefined;
  if (ending.kind !== 'ended' || ending.podReport.kind !== 'ran') {
    return judge(ending, { allowedExitCodes, ownCommand });
  }

  const patterns = ownCommand ? inputs.collect : undefined;
  const collected = await keepCollected(
    ending.podReport.collection,
    { patterns, ifNoFilesCollected, into: ports.host.collectInto },
    ports.disk,
  );
  return judge(ending, { allowedExitCodes, ownCommand, collected });
}

/** @returns whether all of it arrived */
async function report(
  outcome: Outcome,
  success: boolean,
  { host, messages }: Ports,
): Promise<boolean> {
  const { packed, verdict } = outcome;
  const options = {
    success,
    maskOutputs: outcome.inputs?.maskOutputs ?? [],
    summary: outcome.inputs?.summary ?? true,
  };
  // If an input is invalid, the report leaves out the cluster and the command.
  const inputs = verdict.failure?.code === 'invalid-inputs' ? undefined : outcome.inputs;
  try {
    const invocation = {
      target: inputs,
      command: inputs?.commandId === undefined ? inputs?.command : undefined,
      namespace: inputs?.namespace === '' ? undefined : inputs?.namespace,
      variables: inputs?.env.map(({ name }) => name),
      timeout: inputs?.timeout,
      packed,
    };
    const document = readMessages(messages, (mistake) => {
      host.log.debug(`messages.md: ${mistake}`);
    });
    return await publish(reportOn(verdict, invocation, host, document), options, host, document);
  } catch (error) {
    return publishLeast(verdict, error, host);
  }
}
