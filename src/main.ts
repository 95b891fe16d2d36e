import type { Azure, Target } from './azure/port.ts';
import { untilCancelled } from './lifecycle/cancellation.ts';
import type { CommandId } from './azure/command-id.ts';
import type { Context } from './report/catalogue/context.ts';
import { explain } from './report/explanation.ts';
import { outputHints } from './report/output-hints.ts';
import { StepError, type Failure } from './failure.ts';
import { readInputs, wantsSummary, type Inputs } from './inputs/inputs.ts';
import type { Run } from './inputs/task.ts';
import { followCommand, runCommand, type Ending, type LifecyclePorts } from './lifecycle/run.ts';
import { ours } from './hosts/log.ts';
import { armCommand, boundaryOf, podFiles } from './pod/script.ts';
import { publish } from './report/publication.ts';
import type { Report } from './report/report.ts';
import { describeShipment } from './report/shipment.ts';
import type { RetryPorts } from './lifecycle/retry.ts';
import type { Runner } from './hosts/port.ts';
import { body, pack, type Shipment } from './files/shipment.ts';
import { judge, withoutResult, type Verdict } from './verdict.ts';
import type { Workspace } from './files/workspace.ts';
import { type ClusterFacts, readClusterFacts } from './azure/managed-cluster.ts';
import { FACT_NAMES } from './pod/variables.ts';
import { serviceTime } from './lifecycle/clock.ts';

/** The world, as named arguments. */
export type Ports = Omit<RetryPorts, 'log'> & {
  readonly runner: Runner;
  readonly workspace: Workspace;
  readonly azureFor: (target: Target) => Azure;
  /** Text of the script that runs in the pod. */
  readonly podScript: string;
  /** So many random bytes, in hex. */
  readonly randomHex: (bytes: number) => string;
};

/**
 * The step: inputs → files → archive → submit → follow → verdict → report.
 *
 * @returns whether the step succeeds. Never rejects for what a user can cause.
 */
export async function main(ports: Ports): Promise<boolean> {
  const { runner } = ports;
  const sent: Sent = {};
  let inputs: Inputs | undefined;
  let verdict: Verdict;
  try {
    inputs = readInputs(runner.input, runner.variable);
    const { task } = inputs;
    verdict = await (task.kind === 'run'
      ? run(inputs, task, sent, ports)
      : follow(inputs, task.commandId, sent, ports));
  } catch (error) {
    const state = sent.isOut || sent.commandId !== undefined ? 'unknown' : 'not-started';
    verdict = withoutResult(state, failureOf(error), sent.commandId);
  }
  const wait = inputs?.task.kind !== 'run' || inputs.task.wait;
  return publish(
    reportOn(verdict, inputs, sent, runner),
    {
      maskOutputs: inputs?.maskOutputs ?? [],
      wantsSummary: wantsSummary(runner.input),
      runningIsSuccess: !wait && verdict.failure?.code !== 'cancelled',
    },
    runner,
  );
}

/** What is known to have been sent, for the report, whatever happens later. */
type Sent = { commandId?: CommandId; shipment?: Shipment; isOut?: true };

async function run(inputs: Inputs, task: Run, sent: Sent, ports: Ports): Promise<Verdict> {
  const { runner, cancelled, clock } = ports;
  const boundary = boundaryOf(ports.randomHex(16));
  const azure = ports.azureFor(inputs);
  const lifecycle = lifecyclePorts(azure, sent, ports);

  const prepared = await untilCancelled(prepare(task, azure, lifecycle, ports), cancelled, clock);
  if (prepared === undefined) return withoutResult('not-started', { code: 'cancelled' });
  sent.shipment = prepared.shipment;
  runner.log.group(
    ours`Sending to the cluster`,
    describeShipment({ cluster: inputs.cluster, command: task.command, shipment: prepared.shipment }),
  );
  if (task.dryRun) return withoutResult('dry-run');

  const facts = Object.fromEntries(FACT_NAMES.map((name) => [name, runner.variable(name)]));
  const ending = await runCommand(
    {
      ...task,
      boundary,
      timeout: inputs.timeout,
      needsClusterToken: prepared.cluster?.managedEntra ?? false,
      body: (startBy, clusterToken) => {
        const command = armCommand({ boundary, startBy, timeout: inputs.timeout, shell: task.shell, facts });
        sent.isOut = true;
        return body(prepared.shipment, command, clusterToken);
      },
    },
    lifecycle,
  );
  return verdictOn(ending, inputs);
}

async function follow(inputs: Inputs, commandId: CommandId, sent: Sent, ports: Ports): Promise<Verdict> {
  const azure = ports.azureFor(inputs);
  const lifecycle = lifecyclePorts(azure, sent, ports);
  lifecycle.onCommandId(commandId);
  const signedIn = azure.signIn().then(() => true);
  if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
    return withoutResult('running', { code: 'cancelled' }, commandId);
  }
  return verdictOn(await followCommand(commandId, inputs.timeout, lifecycle), inputs);
}

/** Packs while signing in; a mistake in the files is told before one in the rights. */
async function prepare(
  task: Run,
  azure: Azure,
  lifecycle: LifecyclePorts,
  ports: Ports,
): Promise<{ shipment: Shipment; cluster: ClusterFacts | undefined }> {
  const cluster = readCluster(azure, lifecycle);
  cluster.catch(() => undefined);
  const { files, unmatched } = await ports.workspace.collect(task.files);
  if (unmatched.length > 0) {
    if (task.files.ifNoFilesFound === 'error') {
      throw new StepError({ code: 'files', problem: { kind: 'no-match', patterns: unmatched } });
    }
    if (task.files.ifNoFilesFound === 'warn') {
      for (const pattern of unmatched) ports.runner.log.warn(`No files were found for the pattern ${pattern}`);
    }
  }
  const shipment = pack(files, podFiles({ script: ports.podScript, command: task.command, env: task.env }));
  return { shipment, cluster: await cluster };
}

/** Signs in and looks at the cluster; undefined where the caller may not, which is no failure. */
async function readCluster(azure: Azure, { log, serviceTime }: LifecyclePorts): Promise<ClusterFacts | undefined> {
  await azure.signIn();
  let answer = await azure.readCluster();
  if (answer.kind === 'answered' && answer.status === 401) {
    azure.forgetTokens();
    await azure.signIn();
    answer = await azure.readCluster();
  }
  serviceTime.observe(answer);
  if (answer.kind === 'answered' && answer.status === 403) {
    log.say(ours`The login may not read the cluster, which is not needed: going on without.`);
    return undefined;
  }
  if (answer.kind === 'unanswered' || answer.status !== 200)
    throw new StepError({ code: 'cluster-unreadable', answer });
  const facts = readClusterFacts(answer.body);
  if (facts.stopped) throw new StepError({ code: 'cluster-stopped' });
  if (facts.runCommandDisabled) throw new StepError({ code: 'run-command-disabled' });
  return facts;
}

function lifecyclePorts(azure: Azure, sent: Sent, ports: Ports): LifecyclePorts {
  const { runner, clock, cancelled, random } = ports;
  const onCommandId = (id: CommandId) => {
    sent.commandId = id;
    try {
      runner.setOutput('command-id', id);
    } catch (error) {
      // Told again, and then as a failure, when the verdict is known.
      runner.log.debug(`The output command-id cannot be written: ${String(error)}`);
    }
  };
  return { azure, clock, cancelled, random, log: runner.log, serviceTime: serviceTime(clock), onCommandId };
}

function verdictOn(ending: Ending, inputs: Inputs): Verdict {
  const { allowedExitCodes, task } = inputs;
  return judge(ending, { allowedExitCodes, ownCommand: task.kind === 'run' });
}

function reportOn(verdict: Verdict, inputs: Inputs | undefined, sent: Sent, runner: Runner): Report {
  const repository = runner.variable('GITHUB_REPOSITORY');
  const context: Context = {
    ...(inputs && { cluster: inputs.cluster, signIn: inputs.signIn, environment: inputs.environment }),
    ...(repository !== undefined && { repository }),
    ...(verdict.commandId && { commandId: verdict.commandId }),
    state: verdict.state,
  };
  const hints =
    verdict.state === 'failed' && verdict.output ? outputHints(verdict.output.text, verdict.exitCode, context) : [];
  return {
    verdict,
    explanations: [...(verdict.failure ? [explain(verdict.failure, context)] : []), ...hints],
    ...(inputs && { cluster: inputs.cluster }),
    ...(inputs?.task.kind === 'run' && { command: inputs.task.command }),
    ...(sent.shipment && { shipment: sent.shipment }),
  };
}

/** What nobody expected shows with its stack: it is a bug of ours, and says where. */
function failureOf(error: unknown): Failure {
  if (error instanceof StepError) return error.failure;
  return { code: 'unexpected', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
