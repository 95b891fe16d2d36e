import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asText, WorkflowError, type Value } from '../runner/expression.ts';
import { runScript } from '../runner/script-step.ts';
import { isOurAction, readComposite, type RunDefaults, type Step } from '../runner/workflow.ts';
import { fill, fillAll, isTrue, runs, valueOf, type Known } from './contexts.ts';
import { logIn, runOurs } from './our-step.ts';
import { variablesOf, type Ended, type Scene } from './running.ts';
import { checkout, resolveInside } from './workspace.ts';

/** How deeply local actions can be nested, as on GitHub. One that uses itself has more. */
const MAX_DEPTH = 10;

/** Does something within the time limit of a job or step. */
export async function inTime<T>(
  what: string,
  timeout: string,
  scene: Scene,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  const minutes = Number(asText(valueOf(timeout, scene.known)));
  if (!(minutes > 0)) return await work(scene);

  const over = AbortSignal.timeout(Math.min(minutes * 60_000, 2 ** 31 - 1));
  const { signal } = scene.rehearsal;
  const either = signal === undefined ? over : AbortSignal.any([over, signal]);
  const result = await work({ ...scene, rehearsal: { ...scene.rehearsal, signal: either } });
  if (over.aborted)
    scene.rehearsal.say(`   Note: ${what} was stopped after its timeout-minutes, ${minutes}.\n`);
  return result;
}

/** @returns whether a step failed that may not fail. */
export async function runSteps(steps: readonly Step[], scene: Scene): Promise<boolean> {
  let failed = false;
  for (const step of steps) {
    if (scene.rehearsal.signal?.aborted) return true;
    if (!(await runStep(step, scene, failed))) failed = true;
  }
  return failed;
}

/** @returns whether the steps after it can go on. */
async function runStep(written: Step, scene: Scene, failed: boolean): Promise<boolean> {
  const { rehearsal, env, steps } = scene;
  const { contexts } = scene.known;
  const before: Known = { ...scene.known, failed, contexts: { ...contexts, steps, env } };
  const whole = { ...env, ...fillAll(written.env, before) };
  const known: Known = { ...before, contexts: { ...before.contexts, env: whole } };
  // An unknown value in a name is not worth a note.
  const step = { ...written, name: fill(written.name, { ...known, note: () => undefined }) };
  const keep = (entry: Value) => {
    if (step.id !== undefined) steps[step.id] = entry;
  };

  if (!runs(step.if, known)) {
    const isAfterFailure = failed && step.if === undefined;
    const why = isAfterFailure ? 'an earlier step failed' : 'its condition is false';
    rehearsal.say(`-- ${step.name}: skipped, because ${why}\n`);
    keep({ outcome: 'skipped', conclusion: 'skipped', outputs: {} });
    return true;
  }

  const what = `The step ${step.name}`;
  const ended = await inTime(what, step.timeoutMinutes, { ...scene, known }, (limited) =>
    runKind(step, { ...limited, env: whole }, env),
  );
  if (ended === 'not-run') {
    scene.notRun.push(step);
    rehearsal.say(`-- ${step.name}: skipped, because it does not use this action\n`);
    keep({ outcome: 'success', conclusion: 'success', notRun: true });
    return true;
  }

  const outcome = ended.success ? 'success' : 'failure';
  const isForgiven = isTrue(step.continueOnError, known);
  keep({ outcome, conclusion: isForgiven ? 'success' : outcome, outputs: ended.outputs });
  return ended.success || isForgiven;
}

/** @param later the job's variables, which a `run:` step can change */
async function runKind(
  step: Step,
  scene: Scene,
  later: Record<string, string>,
): Promise<Ended | 'not-run'> {
  const { uses } = step;
  if (step.kind === 'run')
    return scene.rehearsal.runSteps === true ? await runHere(step, scene, later) : 'not-run';
  if (uses.startsWith('./')) return await runLocal(step, scene, later);
  if (step.kind === 'ours') return await runOurs(step, scene);
  if (/^actions\/checkout@/i.test(uses)) return checkOut(step, scene);
  return /^azure\/login@/i.test(uses) ? logIn(step, scene) : 'not-run';
}

/** Runs an action in the workspace: this one, or a composite one. */
async function runLocal(
  step: Step,
  scene: Scene,
  later: Record<string, string>,
): Promise<Ended | 'not-run'> {
  const file = ['action.yml', 'action.yaml']
    .map((name) => resolveInside(scene.workspace, path.join(step.uses, name), 'uses'))
    .find((one) => existsSync(one));
  if (file === undefined) {
    scene.rehearsal.say(
      `-- ${step.name}: Error: the workspace has no ${step.uses}/action.yml. Did you forget ` +
        'actions/checkout?\n',
    );
    return { success: false, outputs: {} };
  }

  const text = readFileSync(file, 'utf8');
  if (step.kind === 'ours' || isOurAction(text)) return await runOurs(step, scene);
  return await runComposite(step, text, { ...scene, env: later });
}

async function runComposite(step: Step, text: string, scene: Scene): Promise<Ended | 'not-run'> {
  const action = readComposite(text);
  if (action === undefined) return 'not-run';
  if (scene.depth >= MAX_DEPTH)
    throw new WorkflowError(`uses: ${step.uses} is at more than ${MAX_DEPTH} levels`);

  const steps: Record<string, Value> = {};
  const inputs = fillAll({ ...action.inputs, ...step.with }, scene.known);
  const known: Known = { ...scene.known, contexts: { ...scene.known.contexts, inputs, steps } };
  const failed = await runSteps(action.steps, { ...scene, known, steps, depth: scene.depth + 1 });
  return { success: !failed, outputs: fillAll(action.outputs, { ...known, failed }) };
}

function checkOut(step: Step, { rehearsal, known, workspace }: Scene): Ended {
  const { repository = '', path: below = '' } = fillAll(step.with, known);
  if (repository !== '' && repository !== rehearsal.azure.job.repository) {
    rehearsal.say(`-- ${step.name}: nothing of ${repository}\n`);
    return { success: true, outputs: {} };
  }

  checkout(rehearsal.source, resolveInside(workspace, below, `${step.name}: path`));
  rehearsal.say(`-- ${step.name}: copies what git tracks in ${rehearsal.source}\n`);
  return { success: true, outputs: {} };
}

/** Runs a `run:` step on this machine. */
async function runHere(step: Step, scene: Scene, later: Record<string, string>): Promise<Ended> {
  const { rehearsal, known, workspace } = scene;
  const defaults = [step.run, ...scene.run];
  const setting = (name: keyof RunDefaults) =>
    defaults.map((one) => one[name]).find((one) => one !== '') ?? '';
  const given = path.resolve(workspace, fill(setting('folder'), known));
  const folder = resolveInside(scene.folder, given, `${step.name}: working-directory`);

  rehearsal.say(`\n== Step ${step.name}\n`);
  if (!existsSync(folder)) {
    rehearsal.say(`Error: there is no folder ${folder}\n\nThe step failed.\n`);
    return { success: false, outputs: {} };
  }

  const { exitCode, log, env, outputs } = await runScript({
    script: fill(step.script, known),
    shell: setting('shell'),
    signal: rehearsal.signal,
    folder,
    env: {
      ...variablesOf(rehearsal),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: scene.temp,
      ...scene.env,
    },
  });
  Object.assign(later, env);
  scene.masks.push(...log.masks);
  const ending = exitCode === 0 ? 'succeeded' : `failed, exit code ${exitCode}`;
  rehearsal.say(`${log.shown}\nThe step ${ending}.\n`);
  return { success: exitCode === 0, outputs };
}
