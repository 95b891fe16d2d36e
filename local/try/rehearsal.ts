import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LocalAzure } from '../azure/index.ts';
import { asText, WorkflowError, type Value } from '../runner/expression.ts';
import { hide } from '../runner/log.ts';
import type { StepResult } from '../runner/step.ts';
import { combinations, type Job, type Step, type Workflow } from '../runner/workflow.ts';
import { Evaluation, type Given, type Known } from './evaluation.ts';
import { isOurs } from './our-step.ts';
import { createStandIns, type StandInOptions, type StandIns } from './stand-ins.ts';
import { newDone, rehearseStep, unknownToStep, type Scene } from './steps.ts';

/** Runs the steps of a workflow that use this action, on this machine. */
export type Rehearsal = StandInOptions & {
  readonly workflow: Workflow;
  readonly given: Given;
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what a step of this action left behind, while its files are still there. */
  readonly onStep?: (step: Step, result: StepResult) => void;
};

/** A rehearsal in progress, and what it has found so far. */
export type Run = Rehearsal & {
  readonly standIns: StandIns;
  readonly evaluation: Evaluation;
  readonly rows: Row[];
  /** `JOB: steps.ID.outputs.NAME`: what expressions read of steps that succeeded. */
  readonly outputsRead: Set<string>;
  /** The same, in lower case, of what the steps set. */
  readonly outputsSet: Set<string>;
};

/** What happened to a step, or to a whole job. */
export type Row = {
  readonly job: string;
  /** Empty for a job that was skipped. */
  readonly step: string;
  readonly state: string;
  /** Whether it ran, which only a step of this action does. */
  readonly ran: boolean;
};

export type Findings = {
  readonly rows: readonly Row[];
  /** Whether every job succeeded. */
  readonly success: boolean;
  /** Outputs that expressions read and that no run of their step has set: probably typos. */
  readonly unsetOutputs: readonly string[];
  /** Variables and secrets without a value, by the example that they got. */
  readonly examples: ReadonlyMap<string, string>;
  /** Values that were given and that no expression read. */
  readonly unused: readonly string[];
  /** Namespaces that a command wrote into, although nobody had created them. */
  readonly missingNamespaces: readonly string[];
  /** What was asked for and nobody here can decide. */
  readonly undecided: readonly string[];
};

/**
 * Runs the jobs one after the other, in the order of their needs.
 *
 * @throws WorkflowError if an expression is wrong, or needs a value that nobody gave
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Findings> {
  const standIns = await createStandIns(rehearsal.workflow, rehearsal);
  const run: Run = {
    ...rehearsal,
    standIns,
    evaluation: new Evaluation(rehearsal.given),
    rows: [],
    outputsRead: new Set(),
    outputsSet: new Set(),
  };
  for (const tool of standIns.missingTools)
    run.say(`This machine has no ${tool}. Commands that use it fail here, but not in AKS.\n`);
  try {
    const success = await runJobs(run);
    return {
      rows: run.rows,
      success,
      unsetOutputs: [...run.outputsRead].filter((one) => !run.outputsSet.has(one.toLowerCase())),
      examples: run.evaluation.examples,
      unused: run.evaluation.unused(),
      missingNamespaces: [...standIns.missingNamespaces],
      undecided: [...standIns.undecided],
    };
  } finally {
    await standIns.stop();
  }
}

/** How a job ended. */
type End = {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  /** The values to give, so that an output that is not among `outputs` can be known. */
  readonly unknown: (output: string) => readonly string[];
};

const NOTHING: Omit<End, 'result'> = { outputs: {}, unknown: () => [] };

/** @returns whether every job succeeded */
async function runJobs(run: Run): Promise<boolean> {
  const { evaluation, workflow, rows, signal } = run;
  const { azure } = await run.standIns.azureOf('');
  const ends: Record<string, End> = {};
  for (const job of workflow.jobs) {
    if (signal?.aborted) break;
    const known = knownToJob(job, ends, azure, run);
    const runs = evaluation.runs(job.if, known);
    if (hasOurs(job, run)) evaluation.refuseUnknown(`The condition of the job ${job.id}`);
    // What nobody knows about a job in which nothing runs, nobody needs.
    const isUndecided = evaluation.takeAsked().length > 0;
    if (runs || isUndecided) {
      ends[job.id] = await runCombinations(job, known, run);
    } else {
      const why = known.failed ? 'a job that it needs did not succeed' : 'its condition is false';
      rows.push({ job: job.id, step: '', state: `skipped: ${why}`, ran: false });
      ends[job.id] = { result: 'skipped', ...NOTHING };
    }
  }
  return !signal?.aborted && Object.values(ends).every(({ result }) => result !== 'failure');
}

const hasOurs = ({ steps }: Job, { checkout }: Run): boolean =>
  steps.some((step) => isOurs(step, checkout));

/** What the expressions of a job can look up. */
function knownToJob(
  job: Job,
  ends: Readonly<Record<string, End>>,
  azure: LocalAzure,
  { workflow, given }: Run,
): Known {
  const needs = job.needs.flatMap((id) => {
    const end = ends[id];
    return end === undefined ? [] : [[id, { result: end.result, outputs: end.outputs }] as const];
  });
  const inputs = Object.entries(workflow.inputs).map(([name, input]) => {
    const text = given.get(`inputs.${name}`) ?? input.default;
    return [name, typed(input.type, text)] as const;
  });
  const values = Object.fromEntries(inputs);
  return {
    failed: needs.some(([, { result }]) => result !== 'success'),
    contexts: {
      github: githubOf(job, azure, values),
      inputs: values,
      needs: Object.fromEntries(needs),
      secrets: { GITHUB_TOKEN: 'example-token' },
    },
    unknown(read) {
      const [, id = '', output = ''] = /^needs\.([^.]+)\.outputs\.([^.]+)$/.exec(read) ?? [];
      // A run by hand has no payload but its inputs.
      const isPayload = read.startsWith('github.event.') && workflow.event !== 'workflow_dispatch';
      return isPayload ? [read] : (ends[id]?.unknown(output) ?? []);
    },
  };
}

function typed(type: string, text: string): Value {
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? Number(text) : text;
}

/** The context `github`. */
function githubOf(job: Job, azure: LocalAzure, inputs: Value): Readonly<Record<string, Value>> {
  const variables = Object.entries(azure.runnerEnv()).filter(([name]) =>
    name.startsWith('GITHUB_'),
  );
  const facts = variables.map(([name, value]) => [name.replace('GITHUB_', ''), value] as const);
  return {
    ...Object.fromEntries(facts.map(([name, value]) => [name.toLowerCase(), value])),
    event: { inputs },
    job: job.id,
    ref_type: 'branch',
    repository_owner: azure.job.repository.split('/')[0] ?? '',
    token: 'example-token',
  };
}

/**
 * Runs all combinations of a job's matrix, whatever becomes of the others. A job in which nothing
 * runs is listed once.
 */
async function runCombinations(job: Job, known: Known, run: Run): Promise<End> {
  if (job.uses !== '') {
    run.rows.push({ job: job.id, step: job.uses, state: 'not run', ran: false });
    const unknown = (output: string) => [`needs.${job.id}.outputs.${output}`];
    return { result: 'success', outputs: {}, unknown };
  }

  const lists = hasOurs(job, run) ? run.evaluation.valueOf(job.matrix, known) : null;
  run.evaluation.refuseUnknown(`The matrix of the job ${job.id}`);
  const matrix = combinations(lists);
  if (matrix.length === 0) throw new WorkflowError(`The matrix of the job ${job.id} has no values`);

  const ends: End[] = [];
  for (const [index, combination] of matrix.entries()) {
    const values = Object.values(combination).map(asText).join(', ');
    const name = values === '' ? job.id : `${job.id} (${values})`;
    const strategy = { 'job-index': index, 'job-total': matrix.length };
    const contexts = { ...known.contexts, matrix: combination, strategy };
    ends.push(await runJob(job, name, { ...known, failed: false, contexts }, run));
  }
  // Of several combinations that set an output, the last one wins, as on GitHub.
  const set = ends
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([, one]) => one !== '');
  return {
    result: ends.some(({ result }) => result === 'failure') ? 'failure' : 'success',
    outputs: Object.fromEntries(set),
    unknown: (output) => ends.flatMap(({ unknown }) => unknown(output)),
  };
}

async function runJob(job: Job, name: string, known: Known, run: Run): Promise<End> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rehearsal-'));
  try {
    const scene = await sceneOf(job, name, known, folder, run);
    let failed = false;
    for (const step of job.steps) {
      if (run.signal?.aborted) return { result: 'failure', ...NOTHING };
      if (await rehearseStep(step, failed, scene)) failed = true;
    }
    const forgiven = run.evaluation.valueOf(job.continueOnError, scene.known);
    const result = failed && asText(forgiven) !== 'true' ? 'failure' : 'success';
    return { result, ...outputsOf(scene) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sceneOf(
  job: Job,
  name: string,
  known: Known,
  folder: string,
  run: Run,
): Promise<Scene> {
  const { evaluation, workflow, given } = run;
  const temp = path.join(folder, 'temp');
  const workspace = path.join(folder, 'workspace');
  for (const one of [temp, workspace]) await mkdir(one);
  const environment = evaluation.fill(job.environment, known);
  const ofWorkflow = evaluation.fillAll(workflow.env, known);
  const ofJob = evaluation.fillAll(job.env, known);
  if (hasOurs(job, run)) evaluation.refuseUnknown(`The environment of the job ${job.id}`);
  evaluation.takeAsked();

  const { azure } = await run.standIns.azureOf(environment);
  azure.become({ job: job.id, environment: environment || undefined });
  const done = newDone();
  const { steps } = done;
  const env = { ...ofWorkflow, ...ofJob, ...valuesBelow('env.', given) };
  const runner = { os: 'Linux', arch: 'X64', temp };
  return {
    run,
    job,
    name,
    workspace,
    temp,
    environment,
    done,
    env,
    masks: Object.values(valuesBelow('secrets.', given)).flatMap((value) => value.split(/\r?\n/)),
    known: {
      failed: false,
      contexts: { ...known.contexts, env, runner, steps },
      unknown: (read) => [...unknownToStep(read, job, done, run), ...known.unknown(read)],
    },
  };
}

/** What was given for a context, by its names. */
function valuesBelow(context: string, given: Given): Readonly<Record<string, string>> {
  const own = [...given].filter(([name]) => name.startsWith(context));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(context.length), value]));
}

/** The outputs of a job. GitHub drops one that contains a masked value. */
function outputsOf({ run, job, known, masks }: Scene): Omit<End, 'result'> {
  const outputs: Record<string, string> = {};
  const asks = new Map<string, readonly string[]>();
  for (const [name, text] of Object.entries(job.outputs)) {
    const value = run.evaluation.fill(text, known);
    const asked = run.evaluation.takeAsked();
    if (asked.length > 0) asks.set(name, asked);
    else if (hide(value, masks) === value) outputs[name] = value;
    else {
      outputs[name] = '';
      run.say(`\nThe output ${name} of ${job.id} is empty, as on GitHub: its value is masked.\n`);
    }
  }
  return { outputs, unknown: (output) => asks.get(output) ?? [] };
}
