import path from 'node:path';
import { condition, fill, fillAll, readsOf, WorkflowError } from '../github/expression.ts';
import { hide } from '../github/log.ts';
import type { StepResult } from '../github/step.ts';
import type { Step } from '../github/workflow.ts';
import { checkOut } from './checkout.ts';
import { isOurs, runBundle } from './our-step.ts';
import type { Outcome, Scene } from './run.ts';
import { outputKey, refuse, scopeOf } from './scope.ts';

export async function rehearseStep(step: Step, scene: Scene): Promise<void> {
  const { run, failed } = scene;
  const asks: string[] = [];
  const runs = condition(step.if, scopeOf(scene, asks));
  const ours = isOurs(step, run.checkout);
  if (ours) refuse(`The condition of "${step.name}"`, asks);
  else noteReads(step, scene);

  // What nobody knows about a step that doesn't run, nobody needs.
  if (!runs && asks.length === 0) {
    const isUsual = step.if === 'success()';
    const cause = run.canceled ? 'the run was canceled' : failed && 'an earlier step failed';
    const why = (isUsual && cause) || 'its condition is false';
    finish(step, scene, 'skipped', `skipped: ${why}`);
  } else if (ours) {
    await rehearseOurs(step, scene);
  } else {
    finish(step, scene, 'not run', 'not run');
    simulate(step, scene);
  }
}

/** Lists what happened to a step, and leaves its outcome and outputs to those after it. */
function finish(
  step: Step,
  scene: Scene,
  outcome: Outcome,
  state: string,
  outputs: Readonly<Record<string, string>> = {},
): void {
  const { run, name: job, steps, outcomes } = scene;
  const ran = outcome === 'success' || outcome === 'failure';
  run.rows.push({ job, step: step.name, state, ran });

  const isForgiven = fill(step.continueOnError, scopeOf(scene, [])) === 'true';
  if (outcome === 'failure' && !isForgiven) scene.failed = true;
  if (step.id === '') return;
  outcomes.set(step.id.toLowerCase(), outcome);
  const shown = outcome === 'not run' ? 'success' : outcome;
  const conclusion = shown === 'failure' && isForgiven ? 'success' : shown;
  steps[step.id] = { outcome: shown, conclusion, outputs };
}

/** Notes what a step that doesn't run would read: it can have a typo, too. */
function noteReads(step: Step, scene: Scene): void {
  for (const text of [step.name, step.script, ...Object.values({ ...step.with, ...step.env })])
    readsOf(text, scopeOf(scene, []));
}

/** Does what steps of this action need of `azure/login` and `actions/checkout`. */
function simulate(step: Step, scene: Scene): void {
  const { run, job, workspace } = scene;
  if (/^azure\/login@/i.test(step.uses)) scene.hasSession = true;
  if (!/^actions\/checkout@/i.test(step.uses)) return;

  const { repository = '', path: below = '' } = step.with;
  const scope = scopeOf(scene, []);
  const folder = path.join(workspace, fill(below, scope));
  if (!`${folder}${path.sep}`.startsWith(`${workspace}${path.sep}`))
    throw new WorkflowError(`${step.name}: the path ${below} is outside the workspace`);
  if (!['', run.standIns.job.repository].includes(fill(repository, scope))) return;
  scene.isCheckedOut = true;
  const needsFiles = job.steps.some((one) => 'files' in one.with && isOurs(one, run.checkout));
  if (!needsFiles) return;
  const untracked = checkOut(run.checkout, folder);
  if (untracked !== '') run.say(`${untracked}\n`);
}

async function rehearseOurs(step: Step, scene: Scene): Promise<void> {
  const { run, masks, contexts } = scene;
  const asks: string[] = [];
  const env = { ...scene.env, ...fillAll(step.env, scopeOf(scene, asks)) };
  const inside = scopeOf({ ...scene, contexts: { ...contexts, env } }, asks);
  const inputs = fillAll(step.with, inside);
  refuse(`The step "${step.name}"`, asks);
  run.say(hide(`\n== ${scene.name} / ${step.name} (${step.uses})\n`, masks));

  if (step.uses.startsWith('./') && !scene.isCheckedOut) {
    run.say(`There is no ${step.uses} before actions/checkout.\n`);
    finish(step, scene, 'failure', 'failed');
    return;
  }
  const result = await runBundle(step, inputs, env, scene);
  const { exitCode, outputs, log, stderr } = result;
  masks.push(...log.masks);
  run.say(hide(`${log.shown}${stderr}${listed(result)}`, masks));
  keepSummary(step.name, result, scene);
  run.onStep?.(step, result);
  await result.clean();
  scene.postSteps.push(() => rehearsePostStep(step, inputs, env, result.state, scene));

  for (const output of [...Object.keys(outputs), ...run.action.outputs])
    run.outputs.set(outputKey(scene.job, step.id, output), true);
  const isSuccess = exitCode === 0;
  const state = outputs['state'] ?? (isSuccess ? 'succeeded' : 'failed');
  finish(step, scene, isSuccess ? 'success' : 'failure', state, outputs);
}

/** Runs the post step of a step of this action, unless it has nothing to say. */
async function rehearsePostStep(
  step: Step,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  state: StepResult['state'],
  scene: Scene,
): Promise<void> {
  const { run, masks } = scene;
  if (!condition(run.action.postIf, scopeOf(scene, []))) return;

  const result = await runBundle(step, inputs, env, scene, state);
  const { exitCode, log, stderr } = result;
  await result.clean();
  masks.push(...log.masks);
  if (log.shown + stderr === '') return;
  const name = `Post ${step.name}`;
  keepSummary(name, result, scene);
  run.say(hide(`\n== ${scene.name} / ${name}\n${log.shown}${stderr}`, masks));
  const ran = exitCode === 0 ? 'succeeded' : 'failed';
  run.rows.push({ job: scene.name, step: name, state: ran, ran: true });
}

function keepSummary(step: string, { summary }: StepResult, { run, name, masks }: Scene): void {
  if (summary === '') return;
  run.summaries.push({ title: `${name} / ${step}`, markdown: hide(summary, masks) });
}

/** The outputs of a step. The output `output` repeats the log. */
function listed({ outputs }: StepResult): string {
  const lines = Object.entries(outputs)
    .filter(([name, value]) => value !== '' && name !== 'output')
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
  return `\nOutputs\n${lines.join('')}`;
}
