import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  asText,
  condition,
  fill,
  fillAll,
  fillValue,
  isRecord,
  WorkflowError,
  type Value,
} from '../github/expression.ts';
import { hide } from '../github/log.ts';
import { combinations } from '../github/matrix.ts';
import { readAction } from '../github/step.ts';
import type { Control, Job, Step } from '../github/workflow.ts';
import { createBackground } from './background.ts';
import { contextsOf, examplesFor, valuesBelow, withGiven } from './contexts.ts';
import { isOurs, REPOSITORY } from './our-step.ts';
import type { End, JobRun, Rehearsal, Run, Scene, StepEnd } from './run.ts';
import { refuse, scopeOf } from './scope.ts';
import { createStandIns } from './stand-ins.ts';
import { finishBackground, rehearseControl, rehearseStep } from './steps.ts';

/**
 * Runs the jobs one after the other, in the order of their needs.
 *
 * @throws WorkflowError if an expression is wrong, or needs a value that nobody gave
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Run> {
  const { workflow, signal, say } = rehearsal;
  const standIns = await createStandIns(rehearsal);
  const run: Run = {
    ...rehearsal,
    standIns,
    action: await readAction(REPOSITORY),
    examples: examplesFor(rehearsal),
    cancel: new AbortController(),
    rows: [],
    ends: new Map(),
    reads: new Set(),
    outputs: new Map(),
    lacksFiles: new Set(),
    summaries: [],
  };
  for (const tool of standIns.missingTools)
    say(`This machine has no ${tool}. Commands that use it fail here, but not in AKS.\n`);
  try {
    for (const job of workflow.jobs)
      if (signal?.aborted !== true) run.ends.set(job.id, await rehearseJob(job, run));
    return run;
  } finally {
    await standIns.stop();
  }
}

async function rehearseJob(job: Job, run: Run): Promise<End> {
  const before = job.needs.map((id) => run.ends.get(id)?.result);
  const whole: JobRun = {
    run,
    job,
    name: job.id,
    contexts: contextsOf(job, run),
    steps: {},
    outcomes: new Map(),
    failed: before.some((result) => result !== 'success'),
  };
  const asks: string[] = [];
  const runs = condition(job.if, scopeOf(whole, asks));
  if (hasOurs(job, run)) refuse(`The condition of the job ${job.id}`, asks);
  // What nobody knows about a job in which nothing runs, nobody needs.
  if (!runs && asks.length === 0) {
    const why = whole.failed ? 'a job that it needs did not succeed' : 'its condition is false';
    run.rows.push({ job: job.id, step: '', state: `skipped: ${why}`, ran: false });
    return { result: 'skipped', outputs: {}, asksFor: () => [] };
  }
  if (job.uses !== '') {
    run.rows.push({ job: job.id, step: job.uses, state: 'not run', ran: false });
    const asksFor = (output: string) => [`needs.${job.id}.outputs.${output}`];
    return { result: 'success', outputs: {}, asksFor };
  }
  return together(await rehearseCombinations({ ...whole, failed: false }));
}

const hasOurs = ({ steps }: Job, { checkout }: Run): boolean =>
  steps.some((step) => isOurs(step, checkout));

/** Runs all combinations of a job's matrix, whatever becomes of the others. */
async function rehearseCombinations(whole: JobRun): Promise<End[]> {
  const { run, job } = whole;
  const asks: string[] = [];
  const strategy = fillValue(job.strategy, scopeOf(whole, asks));
  if (hasOurs(job, run)) refuse(`The matrix of the job ${job.id}`, asks);
  const matrix = asks.length > 0 ? [{}] : combinations(matrixOf(strategy));
  if (matrix.length === 0) throw new WorkflowError(`The matrix of the job ${job.id} has no values`);

  const ends: End[] = [];
  for (const [index, combination] of matrix.entries()) {
    const values = Object.values(combination).map(asText).join(', ');
    const name = values === '' ? job.id : `${job.id} (${values})`;
    const place = { 'job-index': index, 'job-total': matrix.length };
    const contexts = { ...whole.contexts, matrix: combination, strategy: place };
    ends.push(await rehearseCombination({ ...whole, name, contexts }));
  }
  return ends;
}

const matrixOf = (strategy: Value): Value =>
  isRecord(strategy) ? (strategy['matrix'] ?? null) : null;

/** Of several combinations that set an output, the last one wins, as on GitHub. */
function together(ends: readonly End[]): End {
  const outputs = ends.flatMap((end) => Object.entries(end.outputs));
  const results = ends.map(({ result }) => result);
  return {
    result: (['cancelled', 'failure'] as const).find((one) => results.includes(one)) ?? 'success',
    outputs: Object.fromEntries(outputs.filter(([, value]) => value !== '')),
    asksFor: (output) => ends.flatMap(({ asksFor }) => asksFor(output)),
  };
}

async function rehearseCombination(whole: JobRun): Promise<End> {
  const { run, job } = whole;
  const folder = await mkdtemp(path.join(tmpdir(), 'rehearsal-'));
  const background = createBackground<StepEnd>();
  try {
    const scene = await sceneOf(whole, folder, background);
    for (const one of job.plan) if (run.signal?.aborted !== true) await rehearseOne(one, scene);
    await finishBackground(scene);
    for (const postStep of scene.postSteps.reverse()) await postStep();
    if (run.cancel.signal.aborted) return { result: 'cancelled', ...outputsOf(scene) };

    const isForgiven = fill(job.continueOnError, scopeOf(scene, [])) === 'true';
    const failed = scene.failed || run.signal?.aborted === true;
    return { result: failed && !isForgiven ? 'failure' : 'success', ...outputsOf(scene) };
  } finally {
    // After an error, some may still run.
    await background.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rehearseOne(one: Step | Control, scene: Scene): Promise<void> {
  if ('control' in one) await rehearseControl(one, scene);
  else await rehearseStep(one, scene);
}

async function sceneOf(
  whole: JobRun,
  folder: string,
  background: Scene['background'],
): Promise<Scene> {
  const { run, job } = whole;
  const { workflow, given } = run;
  const temp = path.join(folder, 'temp');
  const workspace = path.join(folder, 'workspace');
  for (const one of [temp, workspace]) await mkdir(one);

  const asks: string[] = [];
  const contexts = withGiven(whole.contexts, new Map([['github.workspace', workspace]]));
  const scope = scopeOf({ ...whole, contexts }, asks);
  const environment = fill(job.environment, scope);
  const env = {
    ...fillAll(workflow.env, scope),
    ...fillAll(job.env, scope),
    ...valuesBelow('env.', given),
  };
  if (hasOurs(job, run)) refuse(`The environment of the job ${job.id}`, asks);

  const runner = { os: 'Linux', arch: 'X64', temp };
  return {
    ...whole,
    contexts: { ...contexts, env, runner },
    steps: {},
    outcomes: new Map(),
    env,
    environment,
    temp,
    workspace,
    masks: [run.examples, given]
      .flatMap((values) => Object.values(valuesBelow('secrets.', values)))
      .flatMap((value) => value.split(/\r?\n/)),
    background,
    postSteps: [],
    speaker: undefined,
    hasSession: false,
    isCheckedOut: false,
    mayHaveFiles: false,
  };
}

/** The outputs of a job. GitHub drops one that contains a masked value. */
function outputsOf({ run, job, masks, ...scene }: Scene): Omit<End, 'result'> {
  const outputs: Record<string, string> = {};
  const unknown = new Map<string, readonly string[]>();
  for (const [name, text] of Object.entries(job.outputs)) {
    const asks: string[] = [];
    const value = fill(text, scopeOf({ run, job, ...scene }, asks));
    if (asks.length > 0) unknown.set(name, asks);
    else if (hide(value, masks) === value) outputs[name] = value;
    else
      run.say(`\nThe output ${name} of ${job.id} is empty, as on GitHub: its value is masked.\n`);
  }
  return { outputs, asksFor: (output) => unknown.get(output) ?? [] };
}
