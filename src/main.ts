import type { CommandId } from './azure/command.ts';
import type { Azure, Target } from './azure/port.ts';
import { keepCollected } from './collect/keep.ts';
import { failureOf, messageOf } from './failure.ts';
import type { NewFolder } from './files/disk.ts';
import { gatherFiles, type GatherPorts } from './files/gather.ts';
import type { Host } from './hosts/port.ts';
import { readInputs, type Inputs } from './inputs/inputs.ts';
import { serviceTime, untilCancelled } from './lifecycle/clock.ts';
import type { Ending } from './lifecycle/ending.ts';
import type { LifecyclePorts, RetryPorts } from './lifecycle/retry.ts';
import { readCluster, followCommand, runCommand } from './lifecycle/run.ts';
import { packTask, type PackedTask, type PackPorts } from './pod/submission.ts';
import { readFacts } from './pod/variables.ts';
import { announce, announceWait } from './report/announcement.ts';
import { publish, PUBLICATION_DEFAULTS, publishLeast } from './report/publication.ts';
import { reportOn } from './report/report.ts';
import { visible } from './text/visible.ts';
import { exitCodeOf, judge, succeeds, withoutResult, type Verdict } from './verdict.ts';

export type Ports = Omit<RetryPorts, 'log'> &
  PackPorts &
  GatherPorts & {
    readonly host: Host;
    readonly azureFor: (target: Target) => Azure;
    /** Where collected files go. */
    readonly collectInto: NewFolder;
  };

/**
 * What there is to report. The inputs are absent if they cannot be read, the task if nothing was
 * packed.
 */
type Step = { readonly inputs?: Inputs; readonly packed?: PackedTask; readonly verdict: Verdict };

/**
 * One step: inputs → package → submission → ending → verdict → report. Always publishes a state,
 * never rejects.
 *
 * @returns whether the step succeeds, and the exit code at a prompt
 */
export async function main(ports: Ports) {
  const { host } = ports;
  const { inputs, packed, verdict } = await takeStep(ports);

  const waits = inputs?.wait ?? true;
  const success = succeeds(verdict, waits);
  const valid = verdict.failure?.code === 'invalid-inputs' ? undefined : inputs;
  const own = valid?.commandId === undefined ? valid : undefined;
  const publishAll = async () => {
    const report = reportOn(verdict, {
      target: valid,
      command: own?.command,
      namespace: own?.namespace === '' ? undefined : own?.namespace,
      packed,
      host,
    });
    return publish(report, { ...(inputs ?? PUBLICATION_DEFAULTS), success }, host);
  };
  const published = await publishAll().catch((error: unknown) =>
    publishLeast(verdict, error, host),
  );
  return { success: success && published, exitCode: exitCodeOf(verdict, waits) };
}

async function takeStep(ports: Ports): Promise<Step> {
  const { host } = ports;
  try {
    const { inputs, problems } = readInputs(host, (message) => {
      host.log.warn(message);
    });
    if (problems.length > 0) {
      const failure = { code: 'invalid-inputs', problems } as const;
      return { inputs, verdict: withoutResult('not-started', failure) };
    }
    const { commandId } = inputs;
    const step =
      commandId === undefined
        ? run(inputs, ports).catch(failed('not-started'))
        : follow(commandId, inputs, ports).catch(failed('unknown', commandId));
    return { inputs, ...(await step) };
  } catch (error) {
    return failed('not-started')(error);
  }
}

/**
 * The report after an error, which may not be about the command, such as a failed sign-in for an
 * earlier one.
 */
function failed(state: 'not-started' | 'unknown', id?: CommandId): (error: unknown) => Step {
  return (error) => ({ verdict: withoutResult(state, failureOf(error), id) });
}

async function follow(commandId: CommandId, inputs: Inputs, ports: Ports): Promise<Step> {
  const session = openSession(inputs, ports);
  announceWait(commandId, inputs, ports.host.log);
  return verdictOn(await followCommand(commandId, inputs.timeout, session), inputs, ports);
}

/** Rejects only if nothing was submitted. */
async function run(inputs: Inputs, ports: Ports): Promise<Step> {
  const session = openSession(inputs, ports);
  const prepared = await untilCancelled(
    prepare(inputs, session, ports),
    ports.cancelled,
    ports.clock,
  );
  if (prepared === undefined)
    return { verdict: withoutResult('not-started', { code: 'cancelled' }) };

  const { packed, needsClusterToken } = prepared;
  announce(inputs, packed, ports.host.log);
  if (inputs.dryRun) return { packed, verdict: withoutResult('dry-run') };

  const ending = await runCommand(inputs, packed.submissionFor, needsClusterToken, session);
  const step = await verdictOn(ending, inputs, ports).catch(failed('unknown', ending.id));
  return { ...step, packed };
}

/**
 * Packs while signing in. A mistake in the files is reported before a failed sign-in or a missing
 * role, because it is the one to fix first. Only a job that may not request an ID token is reported
 * even before it: no session can be opened.
 */
async function prepare(inputs: Inputs, session: LifecyclePorts, ports: Ports) {
  const cluster = readCluster(session);
  cluster.catch(() => undefined);
  const files = await gatherFiles(inputs.files, ports, (message) => {
    ports.host.log.warn(visible(message));
  });
  const packed = packTask(inputs, files, readFacts(ports.host.variable), ports);
  return { packed, needsClusterToken: (await cluster)?.managedEntra ?? false };
}

function openSession(
  target: Target,
  { host, azureFor, clock, cancelled, random }: Ports,
): LifecyclePorts {
  const onCommandId = (id: CommandId) => {
    try {
      host.setOutput('command-id', id);
    } catch (error) {
      // The report sets it again. If that fails, the step fails.
      host.log.debug(`The output command-id cannot be written: ${messageOf(error)}`);
    }
  };
  return {
    azure: azureFor(target),
    serviceTime: serviceTime(clock),
    onCommandId,
    clock,
    cancelled,
    random,
    log: host.log,
  };
}

/**
 * Writes the collected files to disk before the verdict, because it is a failure if they cannot be
 * kept.
 */
async function verdictOn(
  ending: Ending,
  inputs: Inputs,
  { disk, collectInto }: Ports,
): Promise<Step> {
  const { allowedExitCodes, ifNoFilesCollected } = inputs;
  const ownCommand = inputs.commandId === undefined;
  const patterns = ownCommand ? inputs.collect : undefined;
  const collected =
    ending.kind === 'ended' && ending.report.kind === 'ran'
      ? await keepCollected(
          ending.report.collection,
          { patterns, ifNoFilesCollected, into: collectInto },
          disk,
        )
      : undefined;
  return { verdict: judge(ending, { allowedExitCodes, ownCommand, collected }) };
}
