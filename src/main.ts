import type { Host } from './hosts/port.ts';
import { visible } from './text/visible.ts';
import { readInputs, wantsSummary, type Inputs } from './inputs/inputs.ts';
import { inputReader, type InputReader } from './inputs/reader.ts';
import type { Run } from './inputs/task.ts';
import { untilCancelled } from './lifecycle/cancellation.ts';
import { readCluster } from './lifecycle/cluster.ts';
import { takeCollected } from './lifecycle/collected.ts';
import { followCommand, runCommand, type Ending, type LifecyclePorts } from './lifecycle/run.ts';
import { openSession, type SessionPorts } from './lifecycle/session.ts';
import type { Collector } from './pod/collector.ts';
import type { CargoPorts, Shipment } from './pod/shipment.ts';
import { readFacts } from './pod/variables.ts';
import { announce, announceWait } from './report/announcement.ts';
import { publish, publishLeast } from './report/publication.ts';
import { reportOn } from './report/report.ts';
import { afterError, exitCodeOf, judge, succeeds, withoutResult, type Trace, type Verdict } from './verdict.ts';

/** The world, as named arguments. */
export type Ports = SessionPorts &
  CargoPorts & {
    readonly host: Host;
    readonly collector: Collector;
  };

/** How it ended, for the process that it ran in. */
export type Outcome = {
  /** Whether the step succeeds. */
  readonly success: boolean;
  /** The exit code at a prompt. */
  readonly exitCode: number;
};

/** What there is to report, whatever happens later. */
type Known = Trace & { inputs?: Inputs; shipment?: Shipment };

/**
 * The step: inputs → files → shipment → submit → follow → verdict → report.
 *
 * Never rejects: whatever is thrown, a state is published.
 */
export async function main(ports: Ports): Promise<Outcome> {
  const { host } = ports;
  const known: Known = {};
  const reader = inputReader(host, (message) => {
    host.log.warn(message);
  });
  const options = { wantsSummary: wantsSummary(reader) };
  const verdict = await carryOut(reader, known, ports).catch((error: unknown) => afterError(error, known));

  const { inputs, shipment } = known;
  const waits = inputs?.task.wait !== false;
  const success = succeeds(verdict, waits);
  const command = inputs?.task.kind === 'run' ? inputs.task.command : undefined;
  const tell = async () => {
    const report = reportOn(verdict, { target: inputs, command, shipment, host });
    return publish(report, { ...options, success, maskOutputs: inputs?.maskOutputs ?? [] }, host);
  };
  const told = await tell().catch((error: unknown) => publishLeast(verdict, error, host));
  return { success: success && told, exitCode: exitCodeOf(verdict, waits) };
}

async function carryOut(reader: InputReader, known: Known, ports: Ports): Promise<Verdict> {
  const inputs = (known.inputs = readInputs(reader));
  const { task, timeout } = inputs;
  // Of a command that exists, a failed sign-in says nothing.
  if (task.kind === 'follow') known.commandId = task.commandId;
  const session = openSession(inputs, (id) => (known.commandId = id), ports);
  if (task.kind === 'follow') {
    announceWait({ ...task, timeout, cluster: inputs.cluster }, ports.host.log);
    return verdictOn(await followCommand(task.commandId, timeout, session), inputs, ports);
  }

  const prepared = await untilCancelled(prepare(task, session, ports), ports.cancelled, ports.clock);
  if (prepared === undefined) return withoutResult('not-started', { code: 'cancelled' });
  const { shipment, cluster } = prepared;
  known.shipment = shipment;
  announce({ ...task, timeout, cluster: inputs.cluster, shipment }, ports.host.log);
  if (task.dryRun) return withoutResult('dry-run');

  const facts = readFacts(ports.host.variable);
  const write = (startBy: number) => {
    known.isOut = true;
    return shipment.address({ startBy, timeout, shell: task.shell, facts });
  };
  const needsClusterToken = cluster?.managedEntra ?? false;
  return verdictOn(await runCommand({ ...task, timeout, needsClusterToken, write }, session), inputs, ports);
}

/** Packs while signing in; a mistake in the files is told before one in the permissions. */
async function prepare(task: Run, session: LifecyclePorts, ports: Ports) {
  const cluster = readCluster(session);
  cluster.catch(() => undefined);
  // Loaded while the first requests are under way.
  const { packShipment } = await import('./pod/shipment.ts');
  const shipment = await packShipment(task, ports, (message) => {
    ports.host.log.warn(visible(message));
  });
  return { shipment, cluster: await cluster };
}

/** Writes down what came back, before the verdict: files that cannot be kept are a failure. */
async function verdictOn(ending: Ending, inputs: Inputs, { collector }: Ports): Promise<Verdict> {
  const { task, allowedExitCodes, ifNoFilesCollected } = inputs;
  const ownCommand = task.kind === 'run';
  const asked = ownCommand && task.collect.length > 0;
  const collected =
    ending.kind === 'ended' ? await takeCollected(ending.report, { asked, ifNoFilesCollected }, collector) : undefined;
  return judge(ending, { allowedExitCodes, ownCommand, collected });
}
