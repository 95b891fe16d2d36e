import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onParentEnd } from '../azure/index.ts';
import { NotSimulatedError, WorkflowError } from '../runner/expression.ts';
import { checkWorkflow } from './check.ts';
import { provideClusters } from './clusters.ts';
import { rehearse } from './rehearsal.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE ...] [OPTIONS]

Rehearses a workflow without Azure and without a cluster: the steps that use this action run, and
other steps are skipped.

  inputs.tag=2.9.0, secrets.KEY=..., vars.NAME=..., matrix.cluster=..., steps.ID.outputs.NAME=...
                      give a value to an expression of the workflow
  --workspace FOLDER  the checkout; default: the folder above .github, or else the workflow's
  --run-steps         also run the run: steps, on this machine, in a copy of the checkout
  --setup COMMAND     run this in the checkout, before the first command on each cluster
  --kubeconfig FILE   use the cluster of this file (kind, k3d, minikube) instead of a stand-in

To try single commands at a prompt, without a workflow, see local/azure/README.md.

The commands run for real, with your permissions on this machine. Only --kubeconfig reaches a real
cluster.

Exit codes:
  0    all jobs succeeded
  1    a job failed
  2    the workflow or an argument is wrong
  3    inconclusive: a command asked for something that nobody here can decide, or no step of
       this action ran
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
  if (values.workspace !== undefined && !existsSync(source))
    throw new WorkflowError(`--workspace: there is no folder ${source}`);
  const { workflow, values: known, examples } = await checkWorkflow(file, source, given);
  const runSteps = values['run-steps'] === true;
  if (runSteps) say('The run: steps run for real, on this machine.\n');
  if (examples.length > 0) {
    const listed = examples.map((one) => `  ${one.file}:${one.line}: ${one.path}\n`);
    const [first] = examples;
    say(`These count as set. To give one a value: ${first?.path ?? ''}=VALUE\n${listed.join('')}`);
  }
  const clusters = await provideClusters({ ...values, source, signal, say });
  try {
    let steps = 0;
    const ran = () => {
      steps += 1;
    };
    const success = await rehearse({
      workflow,
      source,
      given: known,
      runSteps,
      signal,
      say,
      ran,
      kubeconfig: clusters.kubeconfig,
      tools: clusters.tools,
      waits: clusters.waits,
      startsEmpty: values.kubeconfig === undefined,
    });
    return exitCodeOf(success, steps, clusters.refusals);
  } finally {
    if (values.kubeconfig === undefined) say(aboutStandIn);
    await clusters.stop();
  }
}

const aboutStandIn = `
The cluster was a stand-in: it compared objects with Kubernetes' schema, checked few of its other
rules, and ran no containers. Quotas, webhooks, and pod security levels were not enforced. To have
everything checked by a real API server (kind, k3d, minikube), use --kubeconfig FILE.
`;

function exitCodeOf(success: boolean, steps: number, refusals: ReadonlySet<string>): number {
  if (refusals.size > 0) {
    const listed = [...refusals].map((one) => `  ${one}\n`).join('');
    say(`\nInconclusive: commands asked for what a stand-in can't decide:\n${listed}`);
    return 3;
  }

  if (success && steps === 0) {
    say('\nInconclusive: no step of this action ran.\n');
    return 3;
  }

  return success ? 0 : 1;
}

/** The workflow or an argument is wrong, or it is inconclusive. */
function codeOf(error: Error): number {
  return error instanceof NotSimulatedError ? 3 : 2;
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
  process.exitCode ??= isTheirs ? codeOf(error) : 1;
}
