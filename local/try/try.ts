import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseDuration } from '../../src/text/duration.ts';
import { field } from '../../src/text/json.ts';
import { nearestName } from '../../src/text/nearest.ts';
import { NotSimulatedError, WorkflowError } from '../github/expression.ts';
import { summaryPage } from '../github/summary.ts';
import { checkedWorkflow } from './check.ts';
import { REPOSITORY } from './our-step.ts';
import { rehearse } from './rehearsal.ts';
import { exitCodeOf, reportOf, unsetOutputs } from './report.ts';

const usage = `Usage: npm run try -- WORKFLOW.yml [CONTEXT.NAME=VALUE ...] [OPTIONS]

Runs the steps of a workflow that use this action, without Azure. Every other step is only listed.

  inputs.tag=2.9.0, vars.NAME=..., secrets.NAME=..., env.NAME=..., github.NAME=...,
  steps.ID.outputs.NAME=..., needs.ID.outputs.NAME=...
                      give a value to the expressions of the workflow
  --setup COMMAND     run this in the checkout, before the first command on each cluster. It has
                      your environment, and its KUBECONFIG is the cluster of the rehearsal.
                      Several commands run in their order
  --strict            fail if there is a warning, or if no run has set an output that is read
  --cancel-after DURATION
                      cancel the run, as a click on GitHub does, once a step of this action has
                      run for so long, such as 5s
  --kubeconfig FILE   use the cluster of this file (kind, k3d, minikube) instead of a Kubernetes
                      API in memory for each cluster and environment. KUBECONFIG is ignored

The commands run for real, with your permissions on this machine, in an environment of their own.

Exit codes:
  0    all jobs succeeded
  1    a job failed or was canceled, or --strict found something
  2    the workflow or an argument is wrong, or a value is missing
  3    inconclusive: a command asked for something that nobody here can decide, a step lacked
       files that a step of others may create, or no step of this action ran
  130  you pressed Ctrl-C
`;

const OPTIONS = {
  kubeconfig: { type: 'string' },
  'cancel-after': { type: 'string' },
  strict: { type: 'boolean' },
  setup: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

const CONTEXTS = ['inputs', 'vars', 'secrets', 'env', 'github', 'steps', 'needs'];

/** Where the text goes: whole lines of a log, and why there is none. */
type Host = {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly signal: AbortSignal;
  /** The folder for the page with the summaries. */
  readonly temp: string;
};

/** @returns the exit code of `npm run try` with these arguments */
export async function tryWorkflow(args: readonly string[], host: Host): Promise<number> {
  try {
    return await tryOrThrow(args, host);
  } catch (error) {
    const problem = error instanceof WorkflowError ? error.message : aboutOption(error);
    if (problem === undefined) throw error;
    host.complain(`${problem}\n`);
    return error instanceof NotSimulatedError ? 3 : 2;
  }
}

async function tryOrThrow(args: readonly string[], { say, signal, temp }: Host): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  if (values.help === true) {
    say(usage);
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
  const { workflow, warnings } = await checkedWorkflow(file, checkout, given);
  for (const warning of warnings) say(`Warning: ${warning}\n`);
  const rehearsal = {
    workflow,
    given,
    checkout,
    kubeconfig: values.kubeconfig && path.resolve(values.kubeconfig),
    setup: values.setup ?? [],
    signal,
    cancelAfterMs: millisecondsOf(values['cancel-after']),
    say,
  };
  const run = await rehearse(rehearsal).catch((error: unknown) => {
    throw error instanceof NotSimulatedError ? located(error, file) : error;
  });
  say(reportOf(run));
  const isClean = warnings.length === 0 && unsetOutputs(run).length === 0;
  if (warnings.length > 0) say(`\nWarnings: ${warnings.length}, at the top of this log.\n`);
  if (run.summaries.length > 0) {
    const page = path.join(temp, `rehearsal-${randomUUID()}.html`);
    writeFileSync(page, summaryPage(workflow.name, run.summaries), { flag: 'wx', mode: 0o600 });
    say(`\nThe job summaries, as GitHub shows them: ${page}\n`);
  }
  const code = exitCodeOf(run);
  return code === 0 && values.strict === true && !isClean ? 1 : code;
}

/** What Node.js says about an option, and its own next move if there is none of this name. */
function aboutOption(error: unknown): string | undefined {
  if (!String(field(error, 'code')).startsWith('ERR_PARSE_ARGS')) return undefined;
  const message = String(field(error, 'message'));
  const [unknown, name = ''] = /^Unknown option '-+([^']*)'/.exec(message) ?? [];
  if (unknown === undefined) return message;
  const near = nearestName(name, Object.keys(OPTIONS));
  return `${unknown}. ${near === undefined ? '--help lists all options' : `Did you mean --${near}?`}`;
}

/** The same error with the line that has the call. */
function located({ call }: NotSimulatedError, file: string): NotSimulatedError {
  const [before = '', after] = readFileSync(file, 'utf8').split(call);
  const line = after === undefined ? '' : `:${before.split('\n').length}`;
  return new NotSimulatedError(call, `${file}${line}: `);
}

function millisecondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const seconds = parseDuration(duration);
  if (seconds === undefined)
    throw new WorkflowError(`--cancel-after ${duration} is invalid. Use a duration such as 5s`);
  return seconds * 1000;
}

function parseAssignment(text: string): [string, string] {
  const [, context = '', name = '', value = ''] = /^(\w+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!CONTEXTS.includes(context))
    throw new WorkflowError(`'${text}' is invalid. Use inputs.NAME=VALUE`);
  return [`${context}.${name}`, value];
}
