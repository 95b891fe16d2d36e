import path from 'node:path';
import { condition, fill, fillAll, readsOf, WorkflowError } from '../github/expression.ts';
import { hide } from '../github/log.ts';
import type { StepResult } from '../github/step.ts';
import type { Control, Step } from '../github/workflow.ts';
import { checkOut } from './checkout.ts';
import { isOurs, runBundle } from './our-step.ts';
import type { Row, Scene, StepEnd } from './run.ts';
import { outputKey, refuse, scopeOf } from './scope.ts';

/** Runs a step, or starts it in the background. */
export async function rehearseStep(step: Step, scene: Scene): Promise<void> {
  const { run, failed, background } = scene;
  const asks: string[] = [];
  const runs = condition(step.if, scopeOf(scene, asks));
  const ours = isOurs(step, run.checkout);
  if (ours) refuse(`The condition of "${step.name}"`, asks);
  else noteReads(step, scene);

  const row: Row = { job: scene.name, step: step.name, state: 'not run', ran: false };
  run.rows.push(row);
  // What nobody knows about a step that doesn't run, nobody needs.
  if (!runs && asks.length === 0) {
    const isUsual = step.if === 'success()';
    const isCanceled = run.cancel.signal.aborted;
    const cause = isCanceled ? 'the run was canceled' : failed && 'an earlier step failed';
    const why = (isUsual && cause) || 'its condition is false';
    row.state = `skipped: ${why}`;
    // The runner never puts a skipped background step into the context `steps`.
    if (!step.background) leave(step, ended('skipped', step, scene), scene);
    return;
  }

  const perform = async (cancel: readonly AbortSignal[]): Promise<StepEnd> => {
    const canceled = AbortSignal.any([...cancel, ...(run.signal ? [run.signal] : [])]);
    if (canceled.aborted) {
      row.state = 'canceled';
      return ended('cancelled', step, scene);
    }
    if (ours) return rehearseOurs(step, row, scene, canceled);
    simulate(step, scene);
    return ended('not run', step, scene);
  };
  if (step.background) {
    background.start(step, (canceled) => perform([canceled, run.cancel.signal]));
  } else {
    // A step that starts after the cancellation is one that cleans up.
    const end = await perform(run.cancel.signal.aborted ? [] : [run.cancel.signal]);
    leave(step, end, scene);
    if (isFailure(end)) scene.failed = true;
  }
}

/** Waits for background steps, or cancels one. Later steps see what these leave only from then on. */
export async function rehearseControl(control: Control, scene: Scene): Promise<void> {
  const { run, background } = scene;
  const row: Row = { job: scene.name, step: control.name, state: 'succeeded', ran: false };
  run.rows.push(row);
  const names = control.steps.map(({ name }) => name).join(', ');
  speak(row, `${control.control}: ${names}`, '', scene);

  const ends: StepEnd[] = [];
  for (const step of control.steps) {
    if (control.control === 'cancel') background.cancel(step);
    const end = await background.endOf(step);
    if (end === undefined) continue;
    leave(step, end, scene);
    ends.push(end);
  }
  const outcome = control.control === 'wait' ? outcomeOfWait(ends) : 'success';
  if (outcome === 'cancelled') row.state = 'canceled';
  if (outcome === 'failure') {
    row.state = 'failed';
    scene.failed = true;
  }
  leave(control, { outcome, isForgiven: false, outputs: {} }, scene);
}

/** A canceled step outweighs a failed one, which then fails the job only at its end. */
function outcomeOfWait(ends: readonly StepEnd[]): StepEnd['outcome'] {
  if (ends.some(({ outcome }) => outcome === 'cancelled')) return 'cancelled';
  return ends.some(isFailure) ? 'failure' : 'success';
}

/** Waits for all background steps. One that failed before a `cancel` fails the job now. */
export async function finishBackground(scene: Scene): Promise<void> {
  const ends = await scene.background.ends();
  if (ends.some(isFailure)) scene.failed = true;
}

const isFailure = ({ outcome, isForgiven }: StepEnd) => outcome === 'failure' && !isForgiven;

function ended(
  outcome: StepEnd['outcome'],
  step: Step,
  scene: Scene,
  outputs: StepEnd['outputs'] = {},
): StepEnd {
  const isForgiven = fill(step.continueOnError, scopeOf(scene, [])) === 'true';
  return { outcome, isForgiven, outputs };
}

/** Leaves the outcome and the outputs of a step to those after it. */
function leave({ id }: Step | Control, end: StepEnd, { steps, outcomes }: Scene): void {
  if (id === '') return;
  outcomes.set(id.toLowerCase(), end.outcome);
  const outcome = end.outcome === 'not run' ? 'success' : end.outcome;
  const conclusion = outcome === 'failure' && end.isForgiven ? 'success' : outcome;
  steps[id] = { outcome, conclusion, outputs: end.outputs };
}

/** Says something under the heading of a step, which comes again if another one has spoken. */
function speak(row: Row, about: string, text: string, scene: Scene): void {
  const more = about === '' ? '' : ` (${about})`;
  const heading = scene.speaker === row ? '' : `\n== ${scene.name} / ${row.step}${more}\n`;
  scene.speaker = row;
  scene.run.say(hide(`${heading}${text}`, scene.masks));
}

/** Says that a background step starts. What it prints follows when it ends. */
function begin(row: Row, scene: Scene): void {
  scene.speaker = undefined;
  scene.run.say(hide(`\n== ${scene.name} / ${row.step} starts in the background\n`, scene.masks));
}

/** Notes what a step that doesn't run would read: it can have a typo, too. */
function noteReads(step: Step, scene: Scene): void {
  for (const text of [step.name, step.script, ...Object.values({ ...step.with, ...step.env })])
    readsOf(text, scopeOf(scene, []));
}

/** Does what steps of this action need of `azure/login` and `actions/checkout`. */
function simulate(step: Step, scene: Scene): void {
  const { run, job, workspace } = scene;
  if (/^azure\/login@/i.test(step.uses)) {
    scene.hasSession = true;
    return;
  }
  if (!/^actions\/checkout@/i.test(step.uses)) {
    scene.mayHaveFiles = true;
    return;
  }

  const { repository = '', path: below = '' } = step.with;
  const scope = scopeOf(scene, []);
  const folder = path.join(workspace, fill(below, scope));
  if (!`${folder}${path.sep}`.startsWith(`${workspace}${path.sep}`))
    throw new WorkflowError(`${step.name}: the path ${below} is outside the workspace`);
  if (!['', run.standIns.job.repository].includes(fill(repository, scope))) {
    scene.mayHaveFiles = true;
    return;
  }
  scene.isCheckedOut = true;
  const needsFiles = job.steps.some((one) => 'files' in one.with && isOurs(one, run.checkout));
  if (!needsFiles) return;
  const untracked = checkOut(run.checkout, folder);
  if (untracked !== '') run.say(`${untracked}\n`);
}

/** What this action says when it finds none of the files. */
const LACKS_FILES =
  /^(?:Error|Warning): (?:No files were found for |`working-directory` is .* does not exist)/m;

async function rehearseOurs(
  step: Step,
  row: Row,
  scene: Scene,
  canceled: AbortSignal,
): Promise<StepEnd> {
  const { run, masks, contexts } = scene;
  const asks: string[] = [];
  const env = { ...scene.env, ...fillAll(step.env, scopeOf(scene, asks)) };
  const inside = scopeOf({ ...scene, contexts: { ...contexts, env } }, asks);
  const inputs = fillAll(step.with, inside);
  refuse(`The step "${step.name}"`, asks);
  row.ran = true;
  row.state = 'failed';
  if (step.background) begin(row, scene);
  else speak(row, step.uses, '', scene);

  if (step.uses.startsWith('./') && !scene.isCheckedOut) {
    run.say(`There is no ${step.uses} before actions/checkout.\n`);
    return ended('failure', step, scene);
  }
  let state: StepResult['state'] = {};
  scene.postSteps.push(() => rehearsePostStep(step, inputs, env, state, scene));
  const result = await runBundle(step, inputs, env, scene, canceled);
  const { exitCode, outputs, log, stderr } = result;
  state = result.state;
  masks.push(...log.masks);
  speak(row, step.uses, `${log.shown}${stderr}${listed(result)}`, scene);
  keepSummary(step.name, result, scene);
  run.onStep?.(step, result);
  await result.clean();

  for (const output of [...Object.keys(outputs), ...run.action.outputs])
    run.outputs.set(outputKey(scene.job, step.id, output), true);
  if (canceled.aborted) {
    row.state = outputs['state'] ?? 'canceled';
    return ended('cancelled', step, scene, outputs);
  }
  const isSuccess = exitCode === 0;
  if (!isSuccess && scene.mayHaveFiles && LACKS_FILES.test(log.shown))
    run.lacksFiles.add(`${scene.name}: ${step.name}`);
  row.state = outputs['state'] ?? (isSuccess ? 'succeeded' : 'failed');
  return ended(isSuccess ? 'success' : 'failure', step, scene, outputs);
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

  const never = new AbortController().signal;
  const result = await runBundle(step, inputs, env, scene, run.signal ?? never, state);
  const { exitCode, log, stderr, clean } = result;
  await clean();
  masks.push(...log.masks);
  if (log.shown + stderr === '') return;
  keepSummary(`Post ${step.name}`, result, scene);
  const ran = exitCode === 0 ? 'succeeded' : 'failed';
  const row: Row = { job: scene.name, step: `Post ${step.name}`, state: ran, ran: true };
  run.rows.push(row);
  speak(row, '', `${log.shown}${stderr}`, scene);
}

function keepSummary(step: string, { summary }: StepResult, { run, name, masks }: Scene): void {
  if (summary === '') return;
  run.summaries.push({ title: `${name} / ${step}`, markdown: hide(summary, masks) });
}

/** The outputs of a step. The log has the text of the output `output` already. */
function listed({ outputs }: StepResult): string {
  const lines = Object.entries(outputs)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const shown = name === 'output' ? '(as in the log)' : JSON.stringify(value);
      return `  ${name}: ${shown}\n`;
    });
  return `\nOutputs\n${lines.join('')}`;
}
