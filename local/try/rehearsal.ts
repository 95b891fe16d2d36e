import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aksImage, clusterId, startLocalAzure, type Cluster, type LocalAzure } from '../azure/index.ts';
import { asText, type Value } from '../runner/expression.ts';
import { hide } from '../runner/log.ts';
import { runScript } from '../runner/script-step.ts';
import type { StepResult } from '../runner/step.ts';
import { combinations, isRecord, readComposite, readWorkflow, WorkflowError } from '../runner/workflow.ts';
import type { Job, RunDefaults, Step, Workflow } from '../runner/workflow.ts';
import { fill, fillAll, inputsOf, isTrue, numberOf, runs, valueOf, type Given, type Known } from './contexts.ts';
import { logIn, runOurs } from './our-step.ts';
import { checkout, hashFiles } from './workspace.ts';

/** Runs the steps of a workflow that use this action, on this machine. */
export type Rehearsal = {
  readonly workflow: Workflow;
  /** The user's checkout. Only `actions/checkout` reads it, and nothing writes to it. */
  readonly source: string;
  readonly given: Given;
  /** The contexts `inputs`, `vars`, and `secrets`. */
  readonly values: Readonly<Record<string, Value>>;
  /** Whether `run:` steps run on this machine, too. */
  readonly runSteps?: boolean;
  /** Ends the step that runs, and all after it. */
  readonly signal?: AbortSignal;
  /** Returns the kubeconfig for the pods of a cluster; asked before each command on it. */
  readonly kubeconfig: (cluster: Cluster) => Promise<string>;
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what each step of this action left behind, before its job ends. */
  readonly ran?: (step: Step, result: StepResult) => void;
};

export type Outputs = Readonly<Record<string, string>>;
export type Ended = { readonly success: boolean; readonly outputs: Outputs };

/** A rehearsal under way, in one workflow. */
export type Running = Rehearsal & {
  readonly azure: LocalAzure;
  /** Clusters of the stand-in; a step adds its own. */
  readonly clusters: Cluster[];
  readonly hasOwnTmp: boolean;
  /** Whether the job that calls this workflow may request an ID token. */
  readonly mayRequest: boolean;
  readonly note: (text: string) => void;
};

/** Where a step runs, and what the steps of its job share. */
export type Scene = {
  readonly r: Running;
  /** Empty until `actions/checkout`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
  readonly masks: string[];
  /** Whether the job may request an ID token, and whether `azure/login` has left a session. */
  readonly rights: { readonly idToken: boolean; session: boolean };
  readonly known: Known;
  /** What the steps change for those after them. */
  readonly env: Record<string, string>;
  readonly steps: Record<string, Value>;
  readonly run: RunDefaults;
};

/**
 * Runs the jobs one after the other, each in a workspace of its own, against one local-azure.
 *
 * @returns whether every job succeeded, and how many steps of this action ran
 */
export async function rehearse(rehearsal: Rehearsal): Promise<{ success: boolean; steps: number }> {
  const clusters: Cluster[] = [];
  const { options, hasOwnTmp, missing } = await aksImage();
  const kubeconfig = async (id: string) => {
    const found = clusters.find((one) => clusterId(one) === id);
    return found && (await rehearsal.kubeconfig(found));
  };
  const azure = await startLocalAzure({ clusters, pods: { ...options, kubeconfig } });
  const noted = new Set<string>();
  const note = (text: string) => {
    if (!noted.has(text)) rehearsal.say(`   Note: ${text}\n`);
    noted.add(text);
  };
  for (const tool of missing) note(`This machine has no ${tool}. Commands that use it fail here, but not in AKS.`);
  let steps = 0;
  const ran: Rehearsal['ran'] = (step, result) => {
    steps += 1;
    rehearsal.ran?.(step, result);
  };
  try {
    const { success } = await runWorkflow({ ...rehearsal, azure, clusters, hasOwnTmp, mayRequest: false, note, ran });
    return { success, steps };
  } finally {
    await azure.stop();
  }
}

async function runWorkflow(r: Running): Promise<Ended> {
  const needs: Record<string, { result: string; outputs: Outputs }> = {};
  const base: Known = { ...{ given: r.given, note: r.note, failed: false }, contexts: { ...r.values, needs } };
  for (const job of r.workflow.jobs) {
    if (r.signal?.aborted) break;
    const github = githubOf(r, job);
    const failed = job.needs.some((need) => needs[need]?.result !== 'success');
    const known: Known = { ...base, contexts: { ...base.contexts, github } };
    if (runs(job.if, { ...known, failed })) {
      const { success, outputs } = await runCombinations(job, known, r);
      needs[job.id] = { result: success ? 'success' : 'failure', outputs };
    } else {
      r.say(`\n== Job ${job.id}: skipped, because its condition is false\n`);
      needs[job.id] = { result: 'skipped', outputs: {} };
    }
  }
  const success = !r.signal?.aborted && Object.values(needs).every(({ result }) => result !== 'failure');
  return { success, outputs: fillAll(r.workflow.outputs, { ...base, contexts: { ...base.contexts, jobs: needs } }) };
}

/** All combinations of a job's matrix. The last one decides the outputs that several of them set. */
async function runCombinations(job: Job, known: Known, r: Running): Promise<Ended> {
  const every = combinations(valueOf(job.matrix, known));
  const all = asked(job, every, r.given);
  if (all.length < every.length)
    r.note(`Of the ${every.length} combinations of ${job.id}, ${all.length} run, as you asked.`);
  const failFast = (job.strategy['fail-fast'] ?? '') === '' || isTrue(job.strategy['fail-fast'] ?? '', known);
  const parallel = numberOf(job.strategy['max-parallel'] ?? '', known) ?? every.length;
  const fixed = { 'fail-fast': failFast, 'max-parallel': parallel, 'job-total': every.length };
  let success = true;
  let outputs: Outputs = {};
  for (const matrix of all) {
    if (r.signal?.aborted) return { success: false, outputs };
    const shown = Object.values(matrix).map(asText).join(', ');
    r.say(`\n== Job ${job.id}${shown === '' ? '' : ` (${shown})`}\n`);
    const strategy = { ...fixed, 'job-index': every.indexOf(matrix) };
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

/** The combinations that `matrix.NAME=VALUE` leaves. */
function asked(job: Job, every: readonly Record<string, Value>[], given: Given): readonly Record<string, Value>[] {
  return [...given].reduce((left, [name, text]) => {
    const key = name.replace(/^matrix\./, '');
    const values = every.flatMap((one) => (key === name || !(key in one) ? [] : asText(one[key] ?? null)));
    if (values.length === 0) return left;
    if (values.includes(text)) return left.filter((one) => !(key in one) || asText(one[key] ?? null) === text);
    throw new WorkflowError(
      `The job ${job.id} has no combination with ${name}=${text}, only ${[...new Set(values)].join(', ')}`,
    );
  }, every);
}

/** A reusable workflow of the same repository. What GitHub would refuse about the call was checked before. */
async function callWorkflow(job: Job, known: Known, r: Running): Promise<Ended> {
  if (!job.uses.startsWith('./')) {
    r.note(`The workflow ${job.uses} is in another repository and cannot run here, so this job counts as failed.`);
    return { success: false, outputs: {} };
  }
  const workflow = readWorkflow(readFileSync(path.join(r.source, job.uses), 'utf8'));
  const inputs = inputsOf(workflow, (name) => (name in job.with ? valueOf(job.with[name] ?? '', known) : undefined));
  const passed = job.secrets === 'inherit' ? (r.values['secrets'] ?? {}) : fillAll(job.secrets, known);
  const secrets = { GITHUB_TOKEN: 'example-token', ...(isRecord(passed) ? passed : {}) };
  return await runWorkflow({
    ...{ ...r, workflow, values: { ...r.values, inputs, secrets } },
    given: new Map([...r.given].filter(([name]) => /^(?:steps|github)\./.test(name))),
    mayRequest: job.idToken ?? r.mayRequest,
  });
}

async function runJob(job: Job, known: Known, r: Running): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rehearsal-'));
  const [workspace, temp] = [path.join(folder, 'workspace'), path.join(folder, 'temp')];
  const secrets = Object.values(isRecord(known.contexts['secrets']) ? known.contexts['secrets'] : {}).map(asText);
  const masks = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  const [steps, env]: [Record<string, Value>, Record<string, string>] = [{}, {}];
  const runner = { os: 'Linux', arch: 'X64', temp };
  const say = (text: string) => {
    r.say(hide(text, masks));
  };
  r.azure.become({ job: job.id, workflow: r.workflow.name, environment: fill(job.environment, known) || undefined });
  const contexts = { ...known.contexts, steps, env, runner, github: { ...githubOf(r, job), workspace } };
  const here: Known = { ...known, contexts, hashFiles: (patterns) => hashFiles(workspace, patterns) };
  try {
    await Promise.all([mkdir(workspace), mkdir(temp)]);
    Object.assign(env, fillAll(r.workflow.env, here));
    Object.assign(env, fillAll(job.env, here));
    const run = { ...r.workflow.run, ...job.run };
    const rights = { idToken: job.idToken ?? r.mayRequest, session: false };
    const scene = { ...{ r: { ...r, say }, workspace, temp, masks, rights, known: here }, env, steps, run };
    const failed = await inTime(`The job ${job.id}`, job.timeoutMinutes, scene, (limited) =>
      runSteps(job.steps, limited),
    );
    const outputs = Object.entries(fillAll(job.outputs, { ...here, failed })).map(([name, value]) => {
      if (hide(value, masks) === value) return [name, value];
      r.note(`The output ${name} of the job ${job.id} is empty, as on GitHub: it contains a masked value.`);
      return [name, ''];
    });
    return { success: !failed, outputs: Object.fromEntries(outputs) as Outputs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does something that ends when the minutes of a job or step are over. */
async function inTime<T>(what: string, timeout: string, scene: Scene, work: (scene: Scene) => Promise<T>): Promise<T> {
  const minutes = numberOf(timeout, scene.known);
  if (minutes === undefined) return await work(scene);
  const over = AbortSignal.timeout(Math.min(minutes * 60_000, 2 ** 31 - 1));
  const signal = AbortSignal.any([over, ...(scene.r.signal ? [scene.r.signal] : [])]);
  const result = await work({ ...scene, r: { ...scene.r, signal } });
  if (over.aborted) scene.r.say(`   Note: ${what} was stopped after its timeout-minutes, ${minutes}.\n`);
  return result;
}

/** @returns whether a step failed that may not fail. */
async function runSteps(steps: readonly Step[], scene: Scene): Promise<boolean> {
  const { r, env } = scene;
  let failed = false;
  for (const step of steps) {
    if (r.signal?.aborted) return true;
    const before: Known = { ...scene.known, failed, contexts: { ...scene.known.contexts, steps: scene.steps, env } };
    const own = fillAll(step.env, before);
    const known: Known = { ...before, contexts: { ...before.contexts, env: { ...env, ...own } } };
    const keep = (entry: Value) => {
      if (step.id !== undefined) scene.steps[step.id] = entry;
    };
    if (!runs(step.if, known)) {
      r.say(`-- ${step.name}: skipped, because its condition is false\n`);
      keep({ outcome: 'skipped', conclusion: 'skipped', outputs: {} });
      continue;
    }
    const work = (limited: Scene) => runOne(step, { ...limited, known, env: { ...env, ...own } }, env);
    const ended = await inTime(`The step ${step.name}`, step.timeoutMinutes, { ...scene, known }, work);
    if (ended === 'not-run') {
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

/** @param later the variables of the job, which a `run:` step can change */
async function runOne(step: Step, scene: Scene, later: Record<string, string>): Promise<Ended | 'not-run'> {
  const { uses } = step;
  if (step.kind === 'run') return scene.r.runSteps === true ? await runHere(step, scene, later) : 'not-run';
  const action = uses.startsWith('./') ? localAction(path.join(scene.workspace, uses)) : '';
  if (action === undefined) {
    scene.r.say(`-- ${step.name}: Error: the workspace has no ${uses}/action.yml. Did you forget actions/checkout?\n`);
    return { success: false, outputs: {} };
  }
  if (step.kind === 'ours') return await runOurs(step, scene);
  if (action !== '') return await runComposite(step, readFileSync(action, 'utf8'), { ...scene, env: later });
  if (/^actions\/checkout@/i.test(uses)) return checkOut(step, scene);
  return /^azure\/login@/i.test(uses) ? logIn(step, scene) : 'not-run';
}

function localAction(folder: string): string | undefined {
  return ['action.yml', 'action.yaml'].map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

function checkOut(step: Step, { r, known, workspace }: Scene): Ended {
  const { repository = '', path: below = '' } = fillAll(step.with, known);
  const isOwn = repository === '' || repository === r.azure.job.repository;
  if (isOwn) checkout(r.source, path.join(workspace, below));
  const what = isOwn
    ? `a copy of what git tracks in ${r.source}`
    : `nothing, since ${repository} is another repository`;
  r.say(`-- ${step.name}: ${what}\n`);
  return { success: true, outputs: {} };
}

async function runHere(step: Step, scene: Scene, later: Record<string, string>): Promise<Ended> {
  const { r, known } = scene;
  const { shell, folder = '.' } = { ...scene.run, ...step.run };
  r.say(`\n== Step ${step.name}\n`);
  const { exitCode, log, env, outputs } = await runScript({
    ...{ script: fill(step.script, known), shell, signal: r.signal },
    folder: path.resolve(scene.workspace, fill(folder, known)),
    env: { ...variablesOf(r), GITHUB_WORKSPACE: scene.workspace, RUNNER_TEMP: scene.temp, ...scene.env },
  });
  Object.assign(later, env);
  scene.masks.push(...log.masks);
  r.say(`${log.shown}\nThe step ${exitCode === 0 ? 'succeeded' : `failed, exit code ${exitCode}`}.\n`);
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

/** The runner's variables, without the inputs of an action and what asks for its ID tokens. */
const variablesOf = ({ azure }: Running): Outputs =>
  Object.fromEntries(Object.entries(azure.runnerEnv()).filter(([name]) => /^(?:CI$|GITHUB_)/.test(name)));

function githubOf(r: Running, job: Job): Readonly<Record<string, Value>> {
  const entries = Object.entries(variablesOf(r)).map(([name, value]) => [
    name.slice('GITHUB_'.length).toLowerCase(),
    value,
  ]);
  const { repository, ref } = r.azure.job;
  return {
    ...(Object.fromEntries(entries) as Outputs),
    ...{
      job: job.id,
      workflow: r.workflow.name,
      event_name: r.workflow.event,
      event: { inputs: r.values['inputs'] ?? {} },
    },
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository_owner: repository.split('/')[0] ?? '',
    token: 'example-token',
  };
}
