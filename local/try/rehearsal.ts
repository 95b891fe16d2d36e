import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cluster, demo, startLocalAzure, type Cluster, type LocalAzure } from '../azure/index.ts';
import { asText, evaluate, interpolate, InvalidExpression, type Value } from '../runner/expression.ts';
import { runScript, type ScriptResult } from '../runner/script-step.ts';
import { runStep, type StepResult } from '../runner/step.ts';
import { freshTmp } from './fresh-tmp.ts';
import {
  combinations,
  contextOf,
  readComposite,
  readWorkflow,
  runs,
  type Job,
  type Known,
  type RunDefaults,
  type Settings,
  type Step,
  type Workflow,
} from '../runner/workflow.ts';

/** Runs the steps of a workflow that use this action, on this machine. */

export type Rehearsal = {
  readonly workflow: Workflow;
  readonly workspace: string;
  /** Values that somebody gave, by the path of their expression: `inputs.tag`. */
  readonly given: ReadonlyMap<string, Value>;
  /** Whether `run:` steps run on this machine, too. */
  readonly runSteps?: boolean;
  /** Ends the step that runs, and all after it. */
  readonly signal?: AbortSignal;
  /** Told of everything as it happens. */
  readonly tell: (event: RehearsalEvent) => void;
};

export type RehearsalEvent =
  | {
      readonly kind: 'job';
      readonly id: string;
      readonly matrix: Readonly<Record<string, Value>>;
      readonly runs: boolean;
    }
  | { readonly kind: 'passed-over'; readonly step: Pick<Step, 'name'>; readonly why: 'not-ours' | 'condition' }
  /** Something that is not as it will be on GitHub. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'begin'; readonly step: Step }
  | { readonly kind: 'script'; readonly step: Step; readonly result: ScriptResult }
  | { readonly kind: 'ran'; readonly step: Step; readonly job: string; readonly result: StepResult };

/** The inputs that say which cluster and who asks: local-azure's own take their place. */
const REPLACED = ['cluster', 'resource-group', 'subscription-id', 'client-id', 'tenant-id', 'environment', 'audience'];

/** What is told where a step cannot have a /tmp of its own, such as of a checkout that lies there. */
export const SHARED_TMP =
  'On this machine, files in /tmp remain for the next command. In AKS, they do not. Use $TMPDIR.';

/**
 * Runs a workflow's jobs one after the other against a local-azure of its own, with the variable KUBECONFIG of this
 * process.
 *
 * @returns whether every job succeeded.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  // The stand-in sees each cluster that a step adds.
  const clusters: Cluster[] = [];
  const shell = await freshTmp(import.meta.dirname);
  const azure = await startLocalAzure({ clusters, ...(shell ? { pods: { shell } } : {}) });
  if (!shell) {
    rehearsal.tell({ kind: 'note', text: SHARED_TMP });
  }
  try {
    const { success } = await runWorkflow({ ...rehearsal, azure, clusters });
    return success;
  } finally {
    await azure.stop();
  }
}

/** A rehearsal under way. */
type Running = Rehearsal & { readonly azure: LocalAzure; readonly clusters: Cluster[] };

type Outputs = Readonly<Record<string, string>>;
type Ended = { readonly success: boolean; readonly outputs: Outputs };

async function runWorkflow(rehearsal: Running): Promise<Ended> {
  const { workflow, given, tell, signal } = rehearsal;
  const needs: Record<string, Value> = {};
  const results = new Map<string, string>();
  let success = true;
  for (const job of workflow.jobs) {
    if (signal?.aborted) return { success: false, outputs: {} };
    const failed = job.needs.some((need) => results.get(need) !== 'success');
    const known: Known = {
      workflow,
      given,
      failed,
      hashFiles: (patterns) => hashFiles(rehearsal.workspace, patterns),
      contexts: { ...baseContexts(rehearsal, job), needs },
    };
    if (!runs(job.if, contextOf(known))) {
      tell({ kind: 'job', id: job.id, matrix: {}, runs: false });
      needs[job.id] = { result: 'skipped', outputs: {} };
      // A job after a skipped one runs only where its condition says so.
      results.set(job.id, 'skipped');
      continue;
    }
    const ended = await runCombinations(job, { ...known, failed: false }, rehearsal);
    const result = ended.success ? 'success' : 'failure';
    results.set(job.id, result);
    needs[job.id] = { result, outputs: ended.outputs };
    success &&= ended.success;
  }
  const jobs = Object.fromEntries(Object.entries(needs));
  const known: Known = { workflow, given, failed: !success, contexts: { ...baseContexts(rehearsal), jobs } };
  return { success, outputs: resolveAll(workflow.outputs, known, tell) };
}

/** All combinations of a job's matrix; its outputs are those of the last one. */
async function runCombinations(job: Job, known: Known, rehearsal: Running): Promise<Ended> {
  const { given, tell, signal } = rehearsal;
  const asked = (one: Record<string, Value>) =>
    Object.entries(one).every(([name, value]) =>
      [undefined, asText(value)].includes(givenText(given, `matrix.${name}`)),
    );
  const every = combinations(valueOf(job.matrix, known));
  const all = every.filter(asked);
  if (all.length < every.length) {
    tell({
      kind: 'note',
      text: `Of the ${every.length} combinations of ${job.id}, only ${all.length} run, as you asked.`,
    });
  }
  let success = true;
  let outputs: Outputs = {};
  for (const matrix of all) {
    if (signal?.aborted) return { success: false, outputs };
    const failFast = job.failFast === '' || isTrueText(job.failFast, known);
    const strategy = {
      'fail-fast': failFast,
      'job-index': every.indexOf(matrix),
      'job-total': every.length,
      'max-parallel': numberOf(job.maxParallel, known) ?? every.length,
    };
    tell({ kind: 'job', id: job.id, matrix, runs: true });
    const here: Known = { ...known, contexts: { ...known.contexts, matrix, strategy } };
    const ended =
      job.uses === undefined ? await runJob(job, here, rehearsal) : await callWorkflow(job, job.uses, here, rehearsal);
    outputs = { ...outputs, ...ended.outputs };
    if (ended.success || isTrueText(job.continueOnError, here)) continue;
    success = false;
    if (!failFast || matrix === all.at(-1)) continue;
    tell({ kind: 'note', text: `fail-fast: the other combinations of ${job.id} do not run.` });
    break;
  }
  return { success, outputs };
}

const givenText = (given: Rehearsal['given'], name: string) => {
  const value = given.get(name);
  return value === undefined ? undefined : asText(value);
};

/** A value of the file whose expressions are replaced: `${{ fromJSON(…) }}` alone may become a list. */
function valueOf(value: Value, known: Known): Value {
  if (typeof value === 'string') {
    const whole = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(value)?.[1];
    return whole === undefined ? interpolate(value, contextOf(known)).text : evaluate(whole, contextOf(known)).value;
  }
  if (Array.isArray(value)) return value.map((one: Value) => valueOf(one, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, valueOf(inner, known)]));
}

const numberOf = (text: string, known: Known) => {
  const value = text === '' ? undefined : Number(asText(valueOf(text, known)));
  return value !== undefined && value > 0 ? value : undefined;
};

const isTrueText = (text: string, known: Known) => text !== '' && asText(valueOf(text, known)) === 'true';

/** A reusable workflow of the same repository. */
async function callWorkflow(job: Job, uses: string, known: Known, rehearsal: Running): Promise<Ended> {
  const file = path.join(rehearsal.workspace, uses);
  if (!uses.startsWith('./') || !existsSync(file)) {
    const why = uses.startsWith('./') ? 'is not in the workspace' : 'is in another repository';
    rehearsal.tell({
      kind: 'note',
      text: `The reusable workflow ${uses} ${why} and cannot run here, so this job counts as failed.`,
    });
    return { success: false, outputs: {} };
  }
  const inputs = Object.entries(job.with).map(([name, text]) => [`inputs.${name}`, valueOf(text, known)] as const);
  const passed = [...rehearsal.given].filter(([name]) => /^(?:secrets|vars)\./.test(name));
  return await runWorkflow({
    ...rehearsal,
    workflow: readWorkflow(readFileSync(file, 'utf8')),
    given: new Map([...passed, ...inputs]),
  });
}

async function runJob(job: Job, known: Known, rehearsal: Running): Promise<Ended> {
  const { tell, workflow } = rehearsal;
  const steps: Record<string, Value> = {};
  const env: Record<string, string> = {};
  const state = (): Known => ({
    ...known,
    contexts: { ...known.contexts, ...baseContexts(rehearsal, job), steps, env },
  });
  Object.assign(env, resolveAll(workflow.env, state(), tell));
  Object.assign(env, resolveAll(job.env, state(), tell));
  const run = { ...workflow.run, ...job.run };
  const limited = limit(rehearsal, `The job ${job.id}`, job.timeoutMinutes, state());
  const failed = await runSteps(job.steps, { rehearsal: limited.rehearsal, job, known: state(), env, steps, run });
  limited.clear();
  return { success: !failed, outputs: resolveAll(job.outputs, { ...state(), failed }, tell) };
}

/** A rehearsal that ends when the time of a job or step is over, which is said. */
function limit(rehearsal: Running, what: string, timeout: string, known: Known) {
  const minutes = numberOf(timeout, known);
  if (minutes === undefined) return { rehearsal, clear: () => undefined };
  const over = new AbortController();
  const timer = setTimeout(() => {
    rehearsal.tell({ kind: 'note', text: `${what} was stopped after its timeout-minutes, ${minutes}.` });
    over.abort();
  }, minutes * 60_000);
  const signal = rehearsal.signal ? AbortSignal.any([rehearsal.signal, over.signal]) : over.signal;
  return {
    rehearsal: { ...rehearsal, signal },
    clear: () => {
      clearTimeout(timer);
    },
  };
}

type Scene = {
  readonly rehearsal: Running;
  readonly job: Job;
  readonly known: Known;
  /** What the steps change for those after them. */
  readonly env: Record<string, string>;
  readonly steps: Record<string, Value>;
  readonly run: RunDefaults;
};

type StepEnd = { readonly success: boolean; readonly outputs: Outputs } | 'passed-over';

/** @returns whether one failed that may not. */
async function runSteps(steps: readonly Step[], scene: Scene): Promise<boolean> {
  const { rehearsal, known, env } = scene;
  let failed = false;
  for (const step of steps) {
    if (rehearsal.signal?.aborted) return true;
    const before: Known = { ...known, failed, contexts: { ...known.contexts, steps: scene.steps, env } };
    const own = resolveAll(step.env, before, rehearsal.tell);
    const state: Known = { ...before, contexts: { ...before.contexts, env: { ...env, ...own } } };
    if (!runs(step.if, contextOf(state))) {
      rehearsal.tell({ kind: 'passed-over', step, why: 'condition' });
      if (step.id !== undefined) scene.steps[step.id] = { outcome: 'skipped', conclusion: 'skipped', outputs: {} };
      continue;
    }
    const limited = limit(rehearsal, `The step ${step.name}`, step.timeoutMinutes, state);
    const ended = await runOne(step, { ...scene, rehearsal: limited.rehearsal, known: state }, own);
    limited.clear();
    if (ended === 'passed-over') {
      rehearsal.tell({ kind: 'passed-over', step, why: 'not-ours' });
      if (step.id !== undefined) scene.steps[step.id] = { outcome: 'success', conclusion: 'success' };
      continue;
    }
    const outcome = ended.success ? 'success' : 'failure';
    const forgiven = isTrueText(step.continueOnError, state);
    if (!ended.success && !forgiven) failed = true;
    if (step.id !== undefined)
      scene.steps[step.id] = { outcome, conclusion: forgiven ? 'success' : outcome, outputs: ended.outputs };
  }
  return failed;
}

async function runOne(step: Step, scene: Scene, own: Outputs): Promise<StepEnd> {
  const { rehearsal } = scene;
  if (step.kind === 'ours') return await runOurs(step, scene, own);
  if (step.kind === 'run') return rehearsal.runSteps === true ? await runHere(step, scene, own) : 'passed-over';
  return step.uses.startsWith('./') ? await runComposite(step, scene) : 'passed-over';
}

async function runOurs(step: Step, { rehearsal, job, known, env }: Scene, own: Outputs): Promise<StepEnd> {
  const { tell, workflow, signal, azure, clusters } = rehearsal;
  tell({ kind: 'begin', step });
  const target = clusterOf(step, known);
  if (!clusters.some(({ name, resourceGroup }) => name === target.name && resourceGroup === target.resourceGroup)) {
    clusters.push(target);
  }
  const asked = Object.fromEntries(Object.entries(step.with).filter(([name]) => !REPLACED.includes(name)));
  const runner = azure.runnerEnv({ ...resolveAll(asked, known, tell), ...clusterInputs(target) });
  if (!job.idToken && 'client-id' in step.with) {
    for (const name of Object.keys(runner))
      if (name.startsWith('ACTIONS_ID_TOKEN_')) Reflect.deleteProperty(runner, name);
  }
  const result = await runStep({
    workspace: rehearsal.workspace,
    env: {
      ...runner,
      GITHUB_WORKFLOW: workflow.name,
      GITHUB_JOB: job.id,
      GITHUB_EVENT_NAME: workflow.event,
      ...env,
      ...own,
    },
    onStart(child) {
      signal?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
    },
  });
  tell({ kind: 'ran', step, job: job.id, result });
  return { success: result.exitCode === 0, outputs: result.outputs };
}

async function runHere(step: Step, scene: Scene, own: Outputs): Promise<StepEnd> {
  const { rehearsal, known, env, run } = scene;
  const { shell, folder = '.' } = { ...run, ...step.run };
  rehearsal.tell({ kind: 'begin', step });
  const result = await runScript({
    script: fill(step.script, known, rehearsal.tell),
    ...(shell === undefined ? {} : { shell }),
    folder: path.resolve(rehearsal.workspace, interpolate(folder, contextOf(known)).text),
    env: { ...githubEnv(known), ...env, ...own },
    ...(rehearsal.signal ? { signal: rehearsal.signal } : {}),
  });
  Object.assign(env, result.env);
  rehearsal.tell({ kind: 'script', step, result });
  return { success: result.exitCode === 0, outputs: result.outputs };
}

/** The variables that the runner gives a script, from the context of the same names. */
function githubEnv({ contexts }: Known): Outputs {
  const { github = {} } = contexts;
  const entries = typeof github === 'object' && github !== null && !Array.isArray(github) ? Object.entries(github) : [];
  const texts = entries.flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'token' ? [[`GITHUB_${name.toUpperCase()}`, value]] : [],
  );
  return { CI: 'true', GITHUB_ACTIONS: 'true', ...(Object.fromEntries(texts) as Outputs) };
}

async function runComposite(step: Step, scene: Scene): Promise<StepEnd> {
  const { rehearsal, known } = scene;
  const folder = path.join(rehearsal.workspace, step.uses);
  const file = ['action.yml', 'action.yaml'].map((name) => path.join(folder, name)).find((one) => existsSync(one));
  const action = file === undefined ? undefined : readComposite(readFileSync(file, 'utf8'));
  if (!action) return 'passed-over';
  const inputs = resolveAll({ ...action.inputs, ...step.with }, known, rehearsal.tell);
  const steps: Record<string, Value> = {};
  const inside: Known = { ...known, contexts: { ...known.contexts, inputs } };
  const failed = await runSteps(action.steps, { ...scene, known: inside, steps });
  const after: Known = { ...inside, failed, contexts: { ...inside.contexts, steps } };
  return { success: !failed, outputs: resolveAll(action.outputs, after, rehearsal.tell) };
}

function resolveAll(all: Settings, known: Known, tell: Rehearsal['tell']): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, fill(text, known, tell)]));
}

/** Puts values for expressions; what nobody knows is an example's for secrets, variables and inputs, and nothing else. */
function fill(text: string, known: Known, tell: Rehearsal['tell']): string {
  const context = contextOf(known);
  const missing = new Set<string>();
  try {
    const { unknown } = interpolate(text, context);
    for (const path of unknown) missing.add(path);
  } catch (error) {
    if (!(error instanceof InvalidExpression)) throw error;
    tell({ kind: 'note', text: `Not resolved: ${error.message}. The rehearsal uses an empty value.` });
    return '';
  }
  const example = (path: readonly string[]): string | undefined =>
    ['secrets', 'vars', 'inputs'].includes(path[0] ?? '') ? `example-${path.slice(1).join('-')}` : undefined;
  for (const path of missing) {
    const stand = example(path.split('.'));
    const instead = stand === undefined ? 'The rehearsal uses an empty value.' : `The rehearsal uses "${stand}".`;
    tell({ kind: 'note', text: `${path} is not known. ${instead} To set it: "${path}=VALUE".` });
  }
  return interpolate(text, { ...context, lookUp: (path) => context.lookUp(path) ?? example(path) }).text;
}

/** The stand-in's cluster of the name and group that the step gives, as far as they are known. */
function clusterOf(step: Step, known: Known): Cluster {
  const resolved = (name: string) => {
    try {
      return interpolate(step.with[name] ?? '', contextOf(known)).text.trim();
    } catch {
      return '';
    }
  };
  const text = resolved('cluster');
  const id = /\/resourceGroups\/(?<group>[^/]+)\/.*\/managedClusters\/(?<name>[^/]+)$/i.exec(text)?.groups;
  const name = id?.['name'] ?? text;
  const group = id?.['group'] ?? resolved('resource-group');
  return cluster(/^[a-z0-9](?:[\w-]{0,61}[a-z0-9])?$/i.test(name) ? name : 'plain', {
    resourceGroup: /^[\w.()-]+$/.test(group) ? group : demo.resourceGroup,
  });
}

function clusterInputs({ name, resourceGroup }: Cluster): Record<string, string> {
  return { cluster: name, 'resource-group': resourceGroup };
}

function baseContexts({ workflow, workspace, azure }: Running, job?: Job): Record<string, Value> {
  const facts = azure.job;
  const { ref, repository } = facts;
  return {
    github: {
      actor: facts.actor,
      event: {},
      event_name: workflow.event,
      job: job?.id ?? '',
      ref,
      ref_name: ref.replace(/^refs\/(?:heads|tags)\//, ''),
      ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      repository,
      repository_owner: repository.split('/')[0] ?? '',
      run_attempt: facts.runAttempt,
      run_id: facts.runId,
      run_number: facts.runNumber,
      server_url: facts.serverUrl,
      sha: facts.sha,
      token: 'example-token',
      workflow: workflow.name,
      workspace,
    },
    runner: { os: 'Linux', arch: 'X64', temp: '/tmp' },
    job: { status: 'success' },
  };
}

/** SHA-256 over the SHA-256 of each file, as the runner's `hashFiles`. */
function hashFiles(workspace: string, patterns: readonly string[]): string {
  const files = [...new Set(globSync([...patterns], { cwd: workspace }))].sort();
  const hashes = files.flatMap((file) => {
    try {
      return [
        createHash('sha256')
          .update(readFileSync(path.join(workspace, file)))
          .digest(),
      ];
    } catch {
      return [];
    }
  });
  return hashes.length === 0 ? '' : createHash('sha256').update(Buffer.concat(hashes)).digest('hex');
}
