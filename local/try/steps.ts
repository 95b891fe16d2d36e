import path from 'node:path';
import { asText, WorkflowError, type Value } from '../runner/expression.ts';
import { hide } from '../runner/log.ts';
import { readAction, type StepResult } from '../runner/step.ts';
import type { Job, Step } from '../runner/workflow.ts';
import { checkOut } from './checkout.ts';
import type { Scope } from './evaluation.ts';
import { isOurs, REPOSITORY, runBundle } from './our-step.ts';
import type { Run } from './run.ts';

/** What the steps of a job share. */
export type Scene = {
  readonly run: Run;
  readonly job: Job;
  /** The job, with the values of its combination. */
  readonly name: string;
  readonly scope: Scope;
  /** `GITHUB_WORKSPACE`, which `files` need. */
  readonly workspace: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  readonly environment: string;
  /** The variables of the job. */
  readonly env: Readonly<Record<string, string>>;
  readonly masks: string[];
  readonly done: Done;
};

/** What the steps so far left for the next one. */
type Done = {
  /** The context `steps`. */
  readonly steps: Record<string, Value>;
  /** IDs, in lower case, of the steps of this action that succeeded. */
  readonly succeeded: Set<string>;
  /** IDs, in lower case, of the steps that count as succeeded, although they did not run. */
  readonly notRun: Set<string>;
  /** Folders of the workspace into which `actions/checkout` brought the repository. */
  readonly checkouts: Set<string>;
  /** Those that hold it, because a step needed it. */
  readonly copied: Set<string>;
  /** Whether `azure/login` has left a session. */
  hasSession: boolean;
};

export const newDone = (): Done => ({
  steps: {},
  succeeded: new Set(),
  notRun: new Set(),
  checkouts: new Set(),
  copied: new Set(),
  hasSession: false,
});

/**
 * What has to be given for a value of the job's steps that is missing. An output of a step of this
 * action may be missing, too, which is kept in mind.
 */
export function unknownToStep(read: string, { id: job }: Job, done: Done, run: Run): string[] {
  const id = /^steps\.([^.]+)\.outputs\.[^.]+$/.exec(read)?.[1]?.toLowerCase();
  if (id === undefined) return [];
  if (done.succeeded.has(id)) run.outputsRead.add(`${job}: ${read}`);
  return done.notRun.has(id) ? [read] : [];
}

/** @returns whether the step failed, and the job with it */
export async function rehearseStep(step: Step, failed: boolean, scene: Scene): Promise<boolean> {
  const { run, name } = scene;
  const { evaluation } = run;
  const scope = { ...scene.scope, failed };
  const ours = isOurs(step, run.checkout);
  const runs = evaluation.runs(step.if, scope);
  if (ours) evaluation.refuseUnknown(`The condition of "${step.name}"`);
  else noteReads(step, scope, scene);
  // What nobody knows about a step that doesn't run, nobody needs.
  const isUndecided = evaluation.takeAsked().length > 0;

  const row = { job: name, step: step.name };
  if (!runs && !isUndecided) {
    const isAfterFailure = failed && step.if === undefined;
    const why = isAfterFailure ? 'an earlier step failed' : 'its condition is false';
    run.rows.push({ ...row, state: `skipped: ${why}`, ran: false });
    leave(step, scene, 'skipped');
    return false;
  }
  if (ours) return await runOurs(step, scope, scene);

  run.rows.push({ ...row, state: 'not run', ran: false });
  leave(step, scene, 'success');
  if (step.id !== '') scene.done.notRun.add(step.id.toLowerCase());
  await simulate(step, scope, scene);
  return false;
}

/** Notes what a step that doesn't run would read. */
function noteReads(step: Step, scope: Scope, { run }: Scene): void {
  const texts = [step.name, step.script, ...Object.values({ ...step.with, ...step.env })];
  const condition = step.if === undefined || step.if.includes('${{') ? [] : [`\${{${step.if}}}`];
  for (const text of [...texts, ...condition])
    for (const read of run.evaluation.readsOf(text, scope)) scope.unknown(read);
}

/** Notes what `azure/login` or `actions/checkout` would bring, which steps of this action need. */
async function simulate(step: Step, scope: Scope, { run, done, workspace }: Scene): Promise<void> {
  if (/^azure\/login@/i.test(step.uses)) done.hasSession = true;
  if (!/^actions\/checkout@/i.test(step.uses)) return;

  const { repository = '', path: below = '' } = run.evaluation.fillAll(step.with, scope);
  const { azure } = await run.standIns.azureOf('');
  const folder = path.join(workspace, below);
  if (!`${folder}${path.sep}`.startsWith(`${workspace}${path.sep}`))
    throw new WorkflowError(`${step.name}: the path ${below} is outside the workspace`);
  if (['', azure.job.repository].includes(repository)) done.checkouts.add(folder);
}

async function runOurs(step: Step, scope: Scope, scene: Scene): Promise<boolean> {
  const { run, done, masks } = scene;
  const { evaluation } = run;
  const say = (text: string) => {
    run.say(hide(text, masks));
  };
  const env = { ...scene.env, ...evaluation.fillAll(step.env, scope) };
  const inside = { ...scope, contexts: { ...scope.contexts, env } };
  const inputs = evaluation.fillAll(step.with, inside);
  evaluation.refuseUnknown(`The step "${step.name}"`);
  say(`\n== ${scene.name} / ${step.name} (${step.uses})\n`);
  warnOfText(step, inside, run);

  const isHere = !step.uses.startsWith('./') || done.checkouts.size > 0;
  if (!isHere) say(`There is no ${step.uses} before actions/checkout.\n`);
  if (inputs['files']) checkOutAll(scene);
  const result = isHere ? await runBundle(step, inputs, env, scene) : undefined;
  if (result !== undefined) {
    masks.push(...result.log.masks);
    say(`${result.log.shown}${result.stderr}${listed(result)}`);
    run.onStep?.(step, result);
    await keepOutputs(step, result, scene);
    await result.clean();
  }

  const isSuccess = result?.exitCode === 0;
  const outputs = result?.outputs ?? {};
  const state = outputs['state'] ?? (isSuccess ? 'succeeded' : 'failed');
  run.rows.push({ job: scene.name, step: step.name, state, ran: true });
  const isForgiven = asText(evaluation.valueOf(step.continueOnError, scope)) === 'true';
  leave(step, scene, isSuccess ? 'success' : 'failure', outputs, isForgiven);
  if (isSuccess) done.succeeded.add(step.id.toLowerCase());
  return !isSuccess && !isForgiven;
}

/** Leaves the entry of a step in the context `steps`. */
function leave(
  { id }: Step,
  { done }: Scene,
  outcome: string,
  outputs: Readonly<Record<string, string>> = {},
  isForgiven = false,
): void {
  if (id !== '')
    done.steps[id] = { outcome, conclusion: isForgiven ? 'success' : outcome, outputs };
}

/** Brings the repository into the workspace, and reports what GitHub doesn't have of it. */
function checkOutAll({ run, done }: Scene): void {
  for (const folder of done.checkouts) {
    if (done.copied.has(folder)) continue;
    done.copied.add(folder);
    const untracked = checkOut(run.checkout, folder);
    if (untracked !== '') run.say(`${untracked}\n`);
  }
}

/** Warns of text in a command that should come through `env`, as SECURITY_MODEL.md does. */
function warnOfText({ name, with: inputs }: Step, scope: Scope, run: Run): void {
  const reads = run.evaluation.readsOf(inputs['command'] ?? '', scope);
  for (const read of reads)
    if (read.startsWith('secrets.') || read === 'github.head_ref')
      run.say(
        `Warning: the command of "${name}" contains ${read}. Its text becomes code, and AKS keeps ` +
          'it. Set it as the env: of the step, and put only its name into the input env.\n',
      );
}

/** The outputs of a step. The output `output` repeats the log. */
function listed({ outputs }: StepResult): string {
  const lines = Object.entries(outputs)
    .filter(([name, value]) => value !== '' && name !== 'output')
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
  return `\nOutputs\n${lines.join('')}`;
}

async function keepOutputs(step: Step, { outputs }: StepResult, scene: Scene): Promise<void> {
  const { outputs: declared } = await readAction(REPOSITORY);
  for (const output of [...Object.keys(outputs), ...declared]) {
    const path = `${scene.job.id}: steps.${step.id}.outputs.${output}`;
    scene.run.outputsSet.add(path.toLowerCase());
  }
}
