import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { clusterId, toolFolder, type Cluster } from '../azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../kubernetes/index.ts';
import { WorkflowError } from '../runner/expression.ts';
import { checkWorkflow } from './check.ts';
import { rehearse } from './rehearsal.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE ...] [OPTIONS]

Rehearses a workflow without Azure and without a cluster: the steps that use this action run, and other steps are skipped.

  inputs.tag=2.9.0, secrets.KEY=..., vars.NAME=..., matrix.cluster=..., steps.ID.outputs.NAME=...
                      give a value to an expression of the workflow
  --workspace FOLDER  the checkout; default: the folder above .github, or else the folder of the workflow
  --run-steps         also run the run: steps, on this machine, in a copy of the checkout
  --setup COMMAND     run this in the checkout, before the first command on each cluster
  --kubeconfig FILE   use the cluster of this file (kind, minikube, k3d) instead of a Kubernetes API in memory

To try single commands at a prompt, without a workflow: see "Try it without Azure" in docs/COMMAND_LINE.md.

The commands run for real, with your permissions on this machine. Only --kubeconfig reaches a real cluster.

Exit codes:
  0    all jobs succeeded
  1    a job failed
  2    the workflow or an argument is wrong
  3    nobody can tell: a command asked for something that is not simulated, or no step of this action ran
  130  you pressed Ctrl-C
`;

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments();
  const [file, ...assignments] = positionals;
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  if (file === undefined) throw new WorkflowError('There is no workflow file. Add its path.');
  if (!existsSync(path.resolve(import.meta.dirname, '../../dist/index.js')))
    throw new WorkflowError('There is no dist/. Run: npm run build');
  const given = new Map(assignments.map(parseAssignment));
  const source = path.resolve(
    values.workspace ??
      path.dirname(path.resolve(file)).replace(/[\\/]\.github[\\/]workflows$/, ''),
  );
  if (!existsSync(source)) throw new WorkflowError(`--workspace: there is no folder ${source}`);
  const { workflow, values: known, examples } = await checkWorkflow(file, source, given);
  const runSteps = values['run-steps'] === true;
  if (runSteps) say('The run: steps run for real, on this machine.\n');
  if (examples.length > 0) {
    const listed = examples.map((one) => `  ${one.file}:${one.line}: ${one.path}\n`);
    const [first] = examples;
    say(`These count as set. To give one a value: ${first?.path ?? ''}=VALUE\n${listed.join('')}`);
  }
  const clusters = await provideClusters(values, source, signal);
  try {
    let steps = 0;
    const success = await rehearse({
      ...{ workflow, source, given: known, runSteps, signal, say, kubeconfig: clusters.kubeconfig },
      ran: () => (steps += 1),
    });
    return exitCodeOf(success, steps, clusters.refusals);
  } finally {
    await clusters.stop();
  }
}

function exitCodeOf(success: boolean, steps: number, refusals: ReadonlySet<string>): number {
  if (refusals.size === 0 && (steps > 0 || !success)) return success ? 0 : 1;
  const listed = [...refusals].map((one) => `\n  ${one}`).join('');
  const why =
    listed === ''
      ? 'no step of this action ran'
      : `commands asked for what is not simulated:${listed}`;
  say(`\nNobody can tell whether it works: ${why}\n`);
  return 3;
}

function say(text: string): void {
  process.stdout.write(text);
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      workspace: { type: 'string' },
      kubeconfig: { type: 'string' },
      setup: { type: 'string', multiple: true },
      'run-steps': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function parseAssignment(text: string): [string, string] {
  const [, name, value] =
    /^((?:inputs|secrets|vars|matrix|env|github|needs|steps|strategy)\.[^=]+)=(.*)$/s.exec(text) ??
    [];
  if (name === undefined || value === undefined)
    throw new WorkflowError(`'${text}' is invalid. Use inputs.NAME=VALUE`);
  return [name, value];
}

type ClusterOptions = { readonly kubeconfig?: string; readonly setup?: readonly string[] };

/** Starts a Kubernetes API for each cluster at its first command. The KUBECONFIG of the caller may be production. */
async function provideClusters(
  { kubeconfig: file, setup = [] }: ClusterOptions,
  source: string,
  signal: AbortSignal,
) {
  const ignored = process.env['KUBECONFIG'];
  if (ignored)
    say(`KUBECONFIG (${ignored}) is ignored. To use a real cluster: --kubeconfig FILE\n`);
  if (file !== undefined && !existsSync(file))
    throw new WorkflowError(`--kubeconfig: there is no file ${file}`);
  const where =
    file === undefined
      ? 'with a Kubernetes API in memory for each cluster'
      : `for real, on the cluster of ${file}`;
  say(`The commands run ${where}.\n`);
  const refusals = new Set<string>();
  const started: LocalKubernetes[] = [];
  const tools = await toolFolder();
  const prepare = async (): Promise<string> => {
    const kubernetes =
      file === undefined
        ? await startLocalKubernetes({ onRefusal: (one) => refusals.add(one) })
        : undefined;
    if (kubernetes) started.push(kubernetes);
    const config = kubernetes?.kubeconfig ?? path.resolve(file ?? '');
    const PATH = [tools, process.env['PATH']]
      .filter((one) => one !== undefined)
      .join(path.delimiter);
    for (const command of setup)
      await setUp(command, source, { ...process.env, PATH, KUBECONFIG: config }, signal);
    return config;
  };
  const configs = new Map<string, Promise<string>>();
  const kubeconfig = (cluster: Cluster) => {
    const id = file ?? clusterId(cluster).toLowerCase();
    const config = configs.get(id) ?? prepare();
    configs.set(id, config);
    return config;
  };
  return { kubeconfig, refusals, stop: () => Promise.all(started.map((one) => one.stop())) };
}

/** Runs a command with the pods' kubectl. Not synchronously, because the API that it talks to is in this process. */
async function setUp(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn('sh', ['-c', command], {
    cwd,
    env,
    signal,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'close').catch(() => undefined);
  if (child.exitCode !== 0 && !signal.aborted)
    throw new WorkflowError(`--setup: '${command}' failed`);
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    process.exitCode = name === 'SIGINT' ? 130 : 143;
    stop.abort();
  });
}
// If a reader such as `head` leaves early, there is nothing left to report to, and the rehearsal ends.
process.stdout.on('error', () => {
  stop.abort();
});

try {
  const code = await main(stop.signal);
  process.exitCode ??= code;
} catch (error) {
  const isTheirs =
    error instanceof WorkflowError || (error instanceof TypeError && 'code' in error);
  console.error(isTheirs ? error.message : error);
  process.exitCode ??= isTheirs ? 2 : 1;
}
