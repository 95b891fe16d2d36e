import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  aksImage,
  clusterId,
  defaultJob,
  startLocalAzure,
  type Cluster,
  type LocalAzure,
} from '../azure/index.ts';
import { asText, WorkflowError, type Value } from '../runner/expression.ts';
import { hide } from '../runner/log.ts';
import { runScript } from '../runner/script-step.ts';
import type { StepResult } from '../runner/step.ts';
import { combinations, readComposite, readWorkflow } from '../runner/workflow.ts';
import type { Job, RunDefaults, Step, Workflow } from '../runner/workflow.ts';
import {
  fill,
  fillAll,
  inputsOf,
  isTrue,
  runs,
  valueOf,
  type Given,
  type Known,
} from './contexts.ts';
import { logIn, runOurs } from './our-step.ts';
import { checkout, resolveInside } from './workspace.ts';

/** Runs the steps of a workflow that use this action, on this machine. */
export type Rehearsal = {
  readonly workflow: Workflow;
  /** The user's checkout. Only `actions/checkout` reads it, and nothing writes to it. */
  readonly source: string;
  /** Values of `inputs`, `vars`, `secrets`, and whatever else expressions look up. */
  readonly given: Given;
  /** Whether `run:` steps run on this machine, too. */
  readonly runSteps?: boolean;
  /** Ends the running step and everything after it. */
  readonly signal?: AbortSignal;
  /** Returns the kubeconfig for the pods of a cluster; asked before each command on it. */
  readonly kubeconfig: (cluster: Cluster) => Promise<string>;
  /** Scripts in place of the pods' own tools, by name. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Whether the clusters have nothing in them at first. */
  readonly startsEmpty?: boolean;
  /** What waits in vain in the clusters at this moment, in a sentence each. */
  readonly waits?: () => readonly string[];
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what each step of this action left behind, before its job ends. */
  readonly ran: (step: Step, result: StepResult) => void;
};

export type Outputs = Readonly<Record<string, string>>;
export type Ended = { readonly success: boolean; readonly outputs: Outputs };

/** A rehearsal in progress, in one workflow. */
type Running = Rehearsal & {
  /** The contexts `inputs` and `secrets`, in addition to the given values. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly azure: LocalAzure;
  /** Clusters of the stand-in; steps add theirs. */
  readonly clusters: Cluster[];
  readonly hasOwnTmp: boolean;
  /** The job that calls this workflow, as GitHub shows it: `staging / `; empty if there is none. */
  readonly caller: string;
  /** Whether the job that calls this workflow may request an ID token. */
  readonly mayRequest: boolean;
  readonly note: (text: string) => void;
};

/** Where a step runs, and what the steps of its job share. */
export type Scene = {
  readonly r: Running;
  /** Holds the workspace and `RUNNER_TEMP`. The job's paths may not leave it. */
  readonly folder: string;
  /** Empty until `actions/checkout`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
  readonly masks: string[];
  /** Whether the job may request an ID token, and whether `azure/login` has left a session. */
  readonly rights: { readonly idToken: boolean; session: boolean };
  readonly known: Known;
  /** What steps change for later ones. */
  readonly env: Record<string, string>;
  readonly steps: Record<string, Value>;
  /** Steps of the job so far that count as succeeded, although they did not run. */
  readonly notRun: Step[];
  /** Defaults of the job, followed by those of the workflow. */
  readonly run: readonly RunDefaults[];
};

/**
 * Runs the jobs one after the other, each in its own workspace, against one local-azure.
 *
 * @returns whether every job succeeded
 */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const clusters: Cluster[] = [];
  const { options, hasOwnTmp, missing } = await aksImage();
  const kubeconfig = async (id: string) => {
    const found = clusters.find((one) => clusterId(one) === id);
    return found && (await rehearsal.kubeconfig(found));
  };
  const { name, event } = rehearsal.workflow;
  const azure = await startLocalAzure({
    ...{ clusters, pods: { ...options, scripts: rehearsal.tools ?? {}, kubeconfig } },
    job: { ...defaultJob, workflow: name || 'workflow', eventName: event },
  });
  const noted = new Set<string>();
  const note = (text: string) => {
    if (!noted.has(text)) rehearsal.say(`   Note: ${text}\n`);
    noted.add(text);
  };
  for (const tool of missing)
    note(`This machine has no ${tool}. Commands that use it fail here, but not in AKS.`);
  try {
    const inputs = inputsOf(rehearsal.workflow, (one) => rehearsal.given.get(`inputs.${one}`));
    const values = { inputs, secrets: { GITHUB_TOKEN: 'example-token' } };
    const running = {
      ...rehearsal,
      values,
      azure,
      clusters,
      hasOwnTmp,
      mayRequest: false,
      note,
      caller: '',
    };
    return (await runWorkflow(running)).success;
  } finally {
    await azure.stop();
  }
}

async function runWorkflow(r: Running): Promise<Ended> {
  const needs: Record<string, { result: string; outputs: Outputs }> = {};
  const base: Known = {
    ...{ given: r.given, note: r.note, failed: false },
    contexts: { ...r.values, needs },
  };
  for (const job of r.workflow.jobs) {
    if (r.signal?.aborted) break;
    const github = githubOf(r, job);
    const failed = job.needs.some((need) => needs[need]?.result !== 'success');
    const known: Known = { ...base, contexts: { ...base.contexts, github } };
    if (runs(job.if, { ...known, failed })) {
      const { success, outputs } = await runCombinations(job, known, r);
      needs[job.id] = { result: success ? 'success' : 'failure', outputs };
    } else {
      const why = failed ? 'a job that it needs did not succeed' : 'its condition is false';
      r.say(`\n== Job ${r.caller}${job.id}: skipped, because ${why}\n`);
      needs[job.id] = { result: 'skipped', outputs: {} };
    }
  }
  const success =
    !r.signal?.aborted && Object.values(needs).every(({ result }) => result !== 'failure');
  return {
    success,
    outputs: fillAll(r.workflow.outputs, { ...base, contexts: { ...base.contexts, jobs: needs } }),
  };
}

/** Runs all combinations of a job's matrix. If several set the same output, the last one wins. */
async function runCombinations(job: Job, known: Known, r: Running): Promise<Ended> {
  const every = combinations(valueOf(job.matrix, known));
  if (every.length === 0) throw new WorkflowError(`The matrix of the job ${job.id} has no values`);
  const all = asked(job, every, r.given);
  if (all.length < every.length)
    r.note(`Of the ${every.length} combinations of ${job.id}, ${all.length} run, as you asked.`);
  const failFast = job.failFast === '' || isTrue(job.failFast, known);
  let success = true;
  let outputs: Outputs = {};
  for (const matrix of all) {
    if (r.signal?.aborted) return { success: false, outputs };
    const shown = Object.values(matrix).map(asText).join(', ');
    r.say(`\n== Job ${r.caller}${job.id}${shown === '' ? '' : ` (${shown})`}\n`);
    const strategy = {
      'fail-fast': failFast,
      'job-index': every.indexOf(matrix),
      'job-total': every.length,
    };
    const here: Known = { ...known, contexts: { ...known.contexts, matrix, strategy } };
    const ended = await (job.uses === '' ? runJob(job, here, r) : callWorkflow(job, here, r));
    outputs = { ...outputs, ...ended.outputs };
    if (ended.success || isTrue(job.continueOnError, here)) continue;
    success = false;
    if (!failFast || matrix === all.at(-1)) continue;
    r.say(`   Note: fail-fast: the other combinations of ${job.id} do not run.\n`);
    break;
  }
  return { success, outputs };
}

/** The combinations that `matrix.NAME=VALUE` selects. */
function asked(
  job: Job,
  every: readonly Record<string, Value>[],
  given: Given,
): readonly Record<string, Value>[] {
  return [...given].reduce((left, [name, text]) => {
    const key = name.replace(/^matrix\./, '');
    const values = every.flatMap((one) =>
      key === name || !(key in one) ? [] : asText(one[key] ?? null),
    );
    if (values.length === 0) return left;
    if (values.includes(text))
      return left.filter((one) => !(key in one) || asText(one[key] ?? null) === text);
    throw new WorkflowError(
      `The job ${job.id} has no ${name}=${text}, only ${[...new Set(values)].join(', ')}`,
    );
  }, every);
}

/** Runs a reusable workflow of the same repository. Anything that GitHub would refuse has been checked before. */
async function callWorkflow(job: Job, known: Known, r: Running): Promise<Ended> {
  if (!job.uses.startsWith('./')) {
    r.note(
      `The workflow ${job.uses} is in another repository and cannot run here, so this job counts as failed.`,
    );
    return { success: false, outputs: {} };
  }
  const file = resolveInside(r.source, job.uses, 'uses');
  const workflow = readWorkflow(readFileSync(file, 'utf8'), job.uses);
  const inputs = inputsOf(workflow, (name) =>
    name in job.with ? valueOf(job.with[name] ?? '', known) : undefined,
  );
  const inherits = job.secrets === 'inherit';
  const passed = job.secrets === 'inherit' ? r.values['secrets'] : fillAll(job.secrets, known);
  const kept = inherits ? /^(?:steps|github|vars|secrets)\./ : /^(?:steps|github|vars)\./;
  return await runWorkflow({
    ...{
      ...r,
      workflow,
      values: { inputs, secrets: { GITHUB_TOKEN: 'example-token', ...passed } },
    },
    given: new Map([...r.given].filter(([name]) => kept.test(name))),
    mayRequest: job.idToken ?? r.mayRequest,
    caller: `${r.caller}${job.id} / `,
  });
}

async function runJob(job: Job, known: Known, r: Running): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rehearsal-'));
  const [workspace, temp] = [path.join(folder, 'workspace'), path.join(folder, 'temp')];
  const given = [...r.given].flatMap(([name, value]) =>
    name.startsWith('secrets.') ? [value] : [],
  );
  const secrets = [...Object.values(r.values['secrets'] ?? {}).map(asText), ...given];
  const masks = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  const [steps, env]: [Record<string, Value>, Record<string, string>] = [{}, {}];
  const runner = { os: 'Linux', arch: 'X64', temp };
  const say = (text: string) => {
    r.say(hide(text, masks));
  };
  r.azure.become({ job: job.id, environment: fill(job.environment, known) || undefined });
  const contexts = {
    ...known.contexts,
    steps,
    env,
    runner,
    github: { ...githubOf(r, job), workspace },
  };
  const here: Known = { ...known, contexts };
  try {
    await Promise.all([mkdir(workspace), mkdir(temp)]);
    Object.assign(env, fillAll(r.workflow.env, here));
    Object.assign(env, fillAll(job.env, here));
    const run = [job.run, r.workflow.run];
    const notRun: Step[] = [];
    const rights = { idToken: job.idToken ?? r.mayRequest, session: false };
    const scene = {
      ...{ r: { ...r, say }, folder, workspace, temp, masks, rights, known: here },
      env,
      steps,
      notRun,
      run,
    };
    const failed = await inTime(`The job ${job.id}`, job.timeoutMinutes, scene, (limited) =>
      runSteps(job.steps, limited),
    );
    const outputs = Object.entries(fillAll(job.outputs, { ...here, failed })).map(
      ([name, value]) => {
        if (hide(value, masks) === value) return [name, value];
        r.note(
          `The output ${name} of the job ${job.id} is empty, as on GitHub: it contains a masked value.`,
        );
        return [name, ''];
      },
    );
    return { success: !failed, outputs: Object.fromEntries(outputs) as Outputs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does something within the time limit of a job or step. */
async function inTime<T>(
  what: string,
  timeout: string,
  scene: Scene,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  const minutes = Number(asText(valueOf(timeout, scene.known)));
  if (!(minutes > 0)) return await work(scene);
  const over = AbortSignal.timeout(Math.min(minutes * 60_000, 2 ** 31 - 1));
  const signal = AbortSignal.any([over, ...(scene.r.signal ? [scene.r.signal] : [])]);
  const result = await work({ ...scene, r: { ...scene.r, signal } });
  if (over.aborted)
    scene.r.say(`   Note: ${what} was stopped after its timeout-minutes, ${minutes}.\n`);
  return result;
}

/** @returns whether a step failed that may not fail. */
async function runSteps(steps: readonly Step[], scene: Scene): Promise<boolean> {
  const { r, env } = scene;
  let failed = false;
  for (const step of steps) {
    if (r.signal?.aborted) return true;
    const before: Known = {
      ...scene.known,
      failed,
      contexts: { ...scene.known.contexts, steps: scene.steps, env },
    };
    const own = fillAll(step.env, before);
    const known: Known = { ...before, contexts: { ...before.contexts, env: { ...env, ...own } } };
    const keep = (entry: Value) => {
      if (step.id !== undefined) scene.steps[step.id] = entry;
    };
    if (!runs(step.if, known)) {
      const why =
        failed && step.if === undefined ? 'an earlier step failed' : 'its condition is false';
      r.say(`-- ${step.name}: skipped, because ${why}\n`);
      keep({ outcome: 'skipped', conclusion: 'skipped', outputs: {} });
      continue;
    }
    const work = (limited: Scene) =>
      runOne(step, { ...limited, known, env: { ...env, ...own } }, env);
    const ended = await inTime(
      `The step ${step.name}`,
      step.timeoutMinutes,
      { ...scene, known },
      work,
    );
    if (ended === 'not-run') {
      scene.notRun.push(step);
      r.say(`-- ${step.name}: skipped, because it does not use this action\n`);
      keep({ outcome: 'success', conclusion: 'success', notRun: true });
      continue;
    }
    const outcome = ended.success ? 'success' : 'failure';
    const forgiven = isTrue(step.continueOnError, known);
    failed ||= !ended.success && !forgiven;
    keep({ outcome, conclusion: forgiven ? 'success' : outcome, outputs: ended.outputs });
  }
  return failed;
}

/** @param later the job's variables, which a `run:` step can change */
async function runOne(
  step: Step,
  scene: Scene,
  later: Record<string, string>,
): Promise<Ended | 'not-run'> {
  const { uses } = step;
  if (step.kind === 'run')
    return scene.r.runSteps === true ? await runHere(step, scene, later) : 'not-run';
  const named = ['action.yml', 'action.yaml'].map((name) => path.join(uses, name));
  const action = uses.startsWith('./')
    ? named
        .map((file) => resolveInside(scene.workspace, file, 'uses'))
        .find((file) => existsSync(file))
    : '';
  if (action === undefined) {
    scene.r.say(
      `-- ${step.name}: Error: the workspace has no ${uses}/action.yml. Did you forget actions/checkout?\n`,
    );
    return { success: false, outputs: {} };
  }
  if (step.kind === 'ours') return await runOurs(step, scene);
  if (action !== '')
    return await runComposite(step, readFileSync(action, 'utf8'), { ...scene, env: later });
  if (/^actions\/checkout@/i.test(uses)) return checkOut(step, scene);
  return /^azure\/login@/i.test(uses) ? logIn(step, scene) : 'not-run';
}

function checkOut(step: Step, { r, known, workspace }: Scene): Ended {
  const { repository = '', path: below = '' } = fillAll(step.with, known);
  const isOwn = repository === '' || repository === r.azure.job.repository;
  if (isOwn) checkout(r.source, resolveInside(workspace, below, `${step.name}: path`));
  r.say(
    `-- ${step.name}: ${isOwn ? `copies what git tracks in ${r.source}` : `nothing of ${repository}`}\n`,
  );
  return { success: true, outputs: {} };
}

async function runHere(step: Step, scene: Scene, later: Record<string, string>): Promise<Ended> {
  const { r, known } = scene;
  const setting = (name: keyof RunDefaults) =>
    [step.run, ...scene.run].map((one) => one[name]).find((one) => one !== '') ?? '';
  r.say(`\n== Step ${step.name}\n`);
  const given = fill(setting('folder'), known);
  const folder = resolveInside(
    scene.folder,
    path.resolve(scene.workspace, given),
    `${step.name}: working-directory`,
  );
  const { exitCode, log, env, outputs } = await runScript({
    ...{ script: fill(step.script, known), shell: setting('shell'), signal: r.signal },
    folder,
    env: {
      ...variablesOf(r),
      GITHUB_WORKSPACE: scene.workspace,
      RUNNER_TEMP: scene.temp,
      ...scene.env,
    },
  });
  Object.assign(later, env);
  scene.masks.push(...log.masks);
  r.say(
    `${log.shown}\nThe step ${exitCode === 0 ? 'succeeded' : `failed, exit code ${exitCode}`}.\n`,
  );
  return { success: exitCode === 0, outputs };
}

async function runComposite(step: Step, text: string, scene: Scene): Promise<Ended | 'not-run'> {
  const action = readComposite(text);
  if (!action) return 'not-run';
  const steps: Record<string, Value> = {};
  const inputs = fillAll({ ...action.inputs, ...step.with }, scene.known);
  const known: Known = { ...scene.known, contexts: { ...scene.known.contexts, inputs, steps } };
  const failed = await runSteps(action.steps, { ...scene, known, steps });
  return { success: !failed, outputs: fillAll(action.outputs, { ...known, failed }) };
}

/** The runner's variables, without an action's inputs and the variables for its ID tokens. */
const variablesOf = ({ azure }: Running): Outputs =>
  Object.fromEntries(
    Object.entries(azure.runnerEnv()).filter(([name]) => /^(?:CI$|GITHUB_)/.test(name)),
  );

function githubOf(r: Running, job: Job): Readonly<Record<string, Value>> {
  const own = Object.entries(variablesOf(r)).map(([name, value]) => [
    name.replace(/^GITHUB_/, '').toLowerCase(),
    value,
  ]);
  const [owner = ''] = r.azure.job.repository.split('/');
  const event = { inputs: r.values['inputs'] ?? {} };
  const fixed = { event, ref_type: 'branch', repository_owner: owner, token: 'example-token' };
  return { ...(Object.fromEntries(own) as Outputs), ...fixed, job: job.id };
}
