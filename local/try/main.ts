import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onParentEnd } from '../azure/index.ts';
import { actionlint } from '../runner/actionlint.ts';
import { NotSimulatedError, WorkflowError } from '../runner/expression.ts';
import { readWorkflow, type Workflow } from '../runner/workflow.ts';
import type { Given } from './evaluation.ts';
import { isOurs, refuseUnknownInputs, REPOSITORY } from './our-step.ts';
import { rehearse } from './rehearsal.ts';
import { exitCodeOf, reportOf } from './report.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE ...] [OPTIONS]

Runs the steps of a workflow that use this action, without Azure. Every other step is only listed.

  inputs.tag=2.9.0, vars.NAME=..., secrets.NAME=..., env.NAME=..., github.NAME=...,
  steps.ID.outputs.NAME=..., needs.ID.outputs.NAME=...
                      give a value to the expressions of the workflow
  --setup COMMAND     run this in the checkout, before the first command on each cluster. It has
                      your environment, and its KUBECONFIG is the cluster of the rehearsal
  --kubeconfig FILE   use the cluster of this file (kind, k3d, minikube) instead of a Kubernetes
                      API in memory for each cluster and environment. KUBECONFIG is ignored

The commands run for real, with your permissions on this machine, in an environment of their own.

Exit codes:
  0    all jobs succeeded
  1    a job failed
  2    the workflow or an argument is wrong, or a value is missing
  3    inconclusive: a command asked for something that nobody here can decide, or no step of
       this action ran
  130  you pressed Ctrl-C
`;

const CONTEXTS = ['inputs', 'vars', 'secrets', 'env', 'github', 'steps', 'needs'];

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kubeconfig: { type: 'string' },
      setup: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }

  const [file, ...assignments] = positionals;
  if (file === undefined) throw new WorkflowError('There is no workflow file. Add its path.');
  for (const needed of [file, values.kubeconfig ?? file])
    if (!existsSync(needed)) throw new WorkflowError(`There is no file ${needed}`);
  if (!existsSync(path.join(REPOSITORY, 'dist/index.js')))
    throw new WorkflowError('There is no dist/. Run: npm run build');

  const given = new Map(assignments.map(parseAssignment));
  const folder = path.dirname(path.resolve(file));
  const checkout = folder.replace(/[\\/]\.github[\\/]workflows$/, '');
  const workflow = await checkedWorkflow(file, checkout, given);
  const findings = await rehearse({
    workflow,
    given,
    checkout,
    kubeconfig: values.kubeconfig && path.resolve(values.kubeconfig),
    setup: values.setup,
    signal,
    say,
  });
  say(reportOf(findings, values.kubeconfig));
  return exitCodeOf(findings);
}

/** @throws WorkflowError for what GitHub, or this action, would refuse before anything runs */
async function checkedWorkflow(file: string, checkout: string, given: Given): Promise<Workflow> {
  const text = readFileSync(file, 'utf8');
  const workflow = readWorkflow(text, file);
  const findings = await actionlint(text);
  const problems = findings.filter(({ kind }) => !ADVICE.includes(kind));
  if (problems.length > 0)
    throw new WorkflowError(problems.map((problem) => `${file}:${problem.text}`).join('\n'));

  const own = workflow.jobs.flatMap(({ steps }) => steps).filter((step) => isOurs(step, checkout));
  if (own.length === 0)
    throw new WorkflowError(`${file}: no step uses OWNER/aks-run-command@... or a copy of it`);
  for (const step of own) await refuseUnknownInputs(step);
  for (const [name, { required, default: usual }] of Object.entries(workflow.inputs))
    if (required && usual === '' && !given.has(`inputs.${name}`))
      throw new WorkflowError(`${file} requires an input. Add inputs.${name}=VALUE`);
  return workflow;
}

/**
 * Rules of actionlint that are no errors on GitHub: advice on scripts, labels of self-hosted
 * runners, and requirements of other actions.
 */
const ADVICE = [
  'action',
  'credentials',
  'deprecated-commands',
  'if-cond',
  'pyflakes',
  'runner-label',
  'shellcheck',
];

function parseAssignment(text: string): [string, string] {
  const [, context = '', name = '', value = ''] = /^(\w+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!CONTEXTS.includes(context))
    throw new WorkflowError(`'${text}' is invalid. Use inputs.NAME=VALUE`);
  return [`${context}.${name}`, value];
}

function say(text: string): void {
  process.stdout.write(text);
}

// npm runs this in its own folder, and says where the user stands.
const { INIT_CWD, npm_lifecycle_event: script } = process.env;
if (INIT_CWD !== undefined && script === 'try') process.chdir(INIT_CWD);

const { signals } = constants;
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    process.exitCode = 128 + signals[name];
    stop.abort();
  });
}
onParentEnd(() => {
  process.exitCode = 143;
  stop.abort();
});
// If a reader such as `head` leaves early, there is nothing left to report to, and the rehearsal
// ends.
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
  const code = error instanceof NotSimulatedError ? 3 : 2;
  process.exitCode ??= isTheirs ? code : 1;
}
