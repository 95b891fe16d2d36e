import type { Azure, Target } from './azure/port.ts';
import { untilCancelled } from './lifecycle/cancellation.ts';
import type { CommandId } from './azure/command-id.ts';
import { failureOf } from './failure.ts';
import { gather } from './files/gather.ts';
import { readInputs, wantsSummary, type Inputs } from './inputs/inputs.ts';
import type { Run } from './inputs/task.ts';
import { readCluster } from './lifecycle/cluster.ts';
import { followCommand, runCommand, type Ending, type LifecyclePorts } from './lifecycle/run.ts';
import { ours } from './hosts/log.ts';
import { boundaryFile, boundaryOf, hashOf } from './pod/boundary.ts';
import { armCommand, podFiles } from './pod/script.ts';
import { takeCollected } from './lifecycle/collected.ts';
import type { Collector } from './pod/collector.ts';
import { wouldCollect } from './report/collected.ts';
import { publish } from './report/publication.ts';
import { reportOn } from './report/compose.ts';
import { describeShipment } from './report/shipment.ts';
import type { RetryPorts } from './lifecycle/retry.ts';
import type { Host } from './hosts/port.ts';
import { pack, type Shipment } from './files/shipment.ts';
import { exitCodeOf, judge, succeeds, withoutResult, type Verdict } from './verdict.ts';
import type { Workspace } from './files/workspace.ts';
import type { ClusterFacts } from './azure/managed-cluster.ts';
import { CALLER_NAMES, FACT_NAMES } from './pod/variables.ts';
import { serviceTime } from './lifecycle/clock.ts';

/** The world, as named arguments. */
export type Ports = Omit<RetryPorts, 'log'> & {
  readonly host: Host;
  readonly workspace: Workspace;
  readonly azureFor: (target: Target) => Azure;
  /** Text of the script that runs in the pod. */
  readonly podScript: string;
  /** Text of what `collect` adds to it. */
  readonly collectScript: string;
  readonly collector: Collector;
  /** So many random bytes, in hex. */
  readonly randomHex: (bytes: number) => string;
};

/** How it ended, for the process that it ran in. */
export type Outcome = {
  /** Whether the step succeeds. */
  readonly success: boolean;
  /** The exit code at a prompt. */
  readonly exitCode: number;
};

/**
 * The step: inputs → files → shipment → submit → follow → verdict → report.
 *
 * Never rejects for what a user can cause.
 */
export async function main(ports: Ports): Promise<Outcome> {
  const { host } = ports;
  const sent: Sent = {};
  let inputs: Inputs | undefined;
  let verdict: Verdict;
  try {
    inputs = readInputs(host);
    verdict = await (inputs.task.kind === 'run'
      ? run(inputs, inputs.task, sent, ports)
      : follow(inputs, inputs.task.commandId, sent, ports));
  } catch (error) {
    const state = sent.isOut || sent.commandId !== undefined ? 'unknown' : 'not-started';
    verdict = withoutResult(state, failureOf(error), sent.commandId);
  }
  const waits = inputs?.task.kind !== 'run' || inputs.task.wait;
  const success = succeeds(verdict, waits);
  const options = { success, maskOutputs: inputs?.maskOutputs ?? [], wantsSummary: wantsSummary(host.input) };
  const told = await publish(reportOn(verdict, { inputs, shipment: sent.shipment, host }), options, host);
  return { success: success && told, exitCode: exitCodeOf(verdict, waits) };
}

/** What is known to have been sent, for the report, whatever happens later. */
type Sent = { commandId?: CommandId; shipment?: Shipment; isOut?: true };

async function run(inputs: Inputs, task: Run, sent: Sent, ports: Ports): Promise<Verdict> {
  const { host, cancelled, clock } = ports;
  const azure = ports.azureFor(inputs);
  const lifecycle = lifecyclePorts(azure, sent, ports);

  const prepared = await untilCancelled(prepare(task, lifecycle, ports), cancelled, clock);
  if (prepared === undefined) return withoutResult('not-started', { code: 'cancelled' });
  const { shipment, cluster } = prepared;
  sent.shipment = shipment;
  host.log.group(
    ours`Sending to the cluster`,
    describeShipment({ cluster: inputs.cluster, command: task.command, shipment }),
  );
  if (task.dryRun) {
    if (task.collect.length > 0) host.log.show(wouldCollect(task.collect));
    return withoutResult('dry-run');
  }

  const facts = {
    ...Object.fromEntries(CALLER_NAMES.map((name) => [name, host.variable(name) ?? ''])),
    ...Object.fromEntries(FACT_NAMES.map((name) => [name, host.variable(name)])),
  };
  const ending = await runCommand(
    {
      ...task,
      timeout: inputs.timeout,
      needsClusterToken: cluster?.managedEntra ?? false,
      write: (startBy) => {
        const boundary = boundaryOf(ports.randomHex(16));
        const { timeout } = inputs;
        const command = armCommand({ hash: hashOf(boundary), startBy, timeout, shell: task.shell, facts });
        sent.isOut = true;
        return { body: { command, context: shipment.contextWith(boundaryFile(boundary)) }, boundary };
      },
    },
    lifecycle,
  );
  return verdictOn(ending, inputs, ports);
}

async function follow(inputs: Inputs, commandId: CommandId, sent: Sent, ports: Ports): Promise<Verdict> {
  const azure = ports.azureFor(inputs);
  const lifecycle = lifecyclePorts(azure, sent, ports);
  lifecycle.onCommandId(commandId);
  const signedIn = azure.signIn().then(() => true);
  if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
    return withoutResult('running', { code: 'cancelled' }, commandId);
  }
  const ending = await followCommand(commandId, inputs.timeout, lifecycle);
  return verdictOn(ending, inputs, ports);
}

/** Writes down what came back, before the verdict: files that cannot be kept are a failure. */
async function verdictOn(ending: Ending, inputs: Inputs, { collector }: Ports): Promise<Verdict> {
  const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
  const asked = task.kind === 'run' && task.collect.length > 0;
  const collected =
    ending.kind === 'ended' ? await takeCollected(ending.report, { asked, ifNoFilesCollected }, collector) : undefined;
  return judge(ending, { allowedExitCodes, ownCommand: task.kind === 'run', collected });
}

/** Packs while signing in; a mistake in the files is told before one in the permissions. */
async function prepare(
  task: Run,
  lifecycle: LifecyclePorts,
  ports: Ports,
): Promise<{ shipment: Shipment; cluster: ClusterFacts | undefined }> {
  const cluster = readCluster(lifecycle);
  cluster.catch(() => undefined);
  const files = await gather(task.files, ports.workspace, (message) => {
    ports.host.log.warn(message);
  });
  const ownFiles = podFiles({
    script: ports.podScript,
    command: task.command,
    env: task.env,
    collect: { script: ports.collectScript, patterns: task.collect },
  });
  const shipment = await pack(files, [...ownFiles, boundaryFile(boundaryOf('0'.repeat(32)))]);
  return { shipment, cluster: await cluster };
}

function lifecyclePorts(azure: Azure, sent: Sent, ports: Ports): LifecyclePorts {
  const { host, clock, cancelled, random } = ports;
  const onCommandId = (id: CommandId) => {
    sent.commandId = id;
    try {
      host.setOutput('command-id', id);
    } catch (error) {
      // Told again, and then as a failure, when the verdict is known.
      host.log.debug(`The output command-id cannot be written: ${String(error)}`);
    }
  };
  return { azure, clock, cancelled, random, log: host.log, serviceTime: serviceTime(clock), onCommandId };
}
