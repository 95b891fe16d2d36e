import { cluster, demo, startLocalAzure, type Cluster, type LocalAzure } from '../../local-azure/index.ts';
import { runStep, type StepResult } from '../../local-runner/step.ts';
import { interpolate, UnsupportedExpression, type Value } from './expression.ts';
import { contextOf, runs, type Job, type Known, type Settings, type Step, type Workflow } from './workflow.ts';

/** Runs the steps of a workflow that use this action, on this machine. */

export type Rehearsal = {
  readonly workflow: Workflow;
  readonly workspace: string;
  /** Values that somebody gave, by the path of their expression: `inputs.tag`. */
  readonly given: ReadonlyMap<string, string>;
  /** Told of everything as it happens. */
  readonly tell: (event: RehearsalEvent) => void;
};

export type RehearsalEvent =
  | { readonly kind: 'job'; readonly id: string; readonly matrix: Settings; readonly runs: boolean }
  | { readonly kind: 'passed-over'; readonly step: Step; readonly why: 'not-ours' | 'condition' }
  /** Something that is not as it will be on GitHub. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'begin'; readonly step: Step }
  | { readonly kind: 'ran'; readonly step: Step; readonly job: string; readonly result: StepResult };

/** The inputs that say which cluster and who asks: local-azure's own take their place. */
const REPLACED = ['cluster', 'resource-group', 'subscription-id', 'client-id', 'tenant-id', 'environment', 'audience'];

/**
 * Runs a workflow's jobs one after the other against a local-azure of its own, with the variable KUBECONFIG of this
 * process.
 *
 * @returns whether every job succeeded.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { workflow, given, tell } = rehearsal;
  const azure = await startLocalAzure({ clusters: clustersOf(rehearsal) });
  const needs: Record<string, Value> = {};
  const results = new Map<string, string>();
  let success = true;
  try {
    for (const job of workflow.jobs) {
      const failed = job.needs.some((need) => results.get(need) !== 'success');
      const matrix = job.matrix.find((one) => matches(one, given)) ?? job.matrix[0] ?? {};
      const known: Known = {
        workflow,
        given,
        failed,
        contexts: { ...baseContexts(rehearsal, azure, job), needs, matrix },
      };
      const wanted = runs(job.if, contextOf(known));
      tell({ kind: 'job', id: job.id, matrix, runs: wanted });
      if (!wanted) {
        needs[job.id] = { result: 'skipped', outputs: {} };
        continue;
      }
      const ended = await runJob(job, { ...known, failed: false }, rehearsal, azure);
      const result = ended.success ? 'success' : 'failure';
      results.set(job.id, result);
      needs[job.id] = { result, outputs: ended.outputs };
      success &&= ended.success;
    }
    return success;
  } finally {
    await azure.stop();
  }
}

async function runJob(
  job: Job,
  known: Known,
  rehearsal: Rehearsal,
  azure: LocalAzure,
): Promise<{ success: boolean; outputs: Record<string, string> }> {
  const { tell, workflow } = rehearsal;
  const steps: Record<string, Value> = {};
  const env: Record<string, string> = {};
  let failed = false;
  const state = (): Known => ({ ...known, failed, contexts: { ...known.contexts, steps, env } });
  const resolve = (settings: Settings): Record<string, string> =>
    Object.fromEntries(Object.entries(settings).map(([name, text]) => [name, fill(text, state(), tell)]));

  Object.assign(env, resolve(workflow.env));
  Object.assign(env, resolve(job.env));
  for (const step of job.steps) {
    if (!runs(step.if, contextOf(state()))) {
      tell({ kind: 'passed-over', step, why: 'condition' });
      if (step.id !== undefined) steps[step.id] = { outcome: 'skipped', conclusion: 'skipped', outputs: {} };
      continue;
    }
    if (step.kind !== 'ours') {
      tell({ kind: 'passed-over', step, why: 'not-ours' });
      if (step.id !== undefined) steps[step.id] = { outcome: 'success', conclusion: 'success' };
      continue;
    }
    tell({ kind: 'begin', step });
    const inputs = resolve(Object.fromEntries(Object.entries(step.with).filter(([name]) => !REPLACED.includes(name))));
    const result = await runStep({
      workspace: rehearsal.workspace,
      env: {
        ...azure.runnerEnv({ ...inputs, ...clusterInputs(clusterOf(step, state())) }),
        GITHUB_WORKFLOW: workflow.name,
        GITHUB_JOB: job.id,
        GITHUB_EVENT_NAME: workflow.event,
        ...env,
        ...resolve(step.env),
      },
    });
    const outcome = result.exitCode === 0 ? 'success' : 'failure';
    if (outcome === 'failure' && !step.continueOnError) failed = true;
    if (step.id !== undefined) {
      const conclusion = step.continueOnError ? 'success' : outcome;
      steps[step.id] = { outcome, conclusion, outputs: result.outputs };
    }
    tell({ kind: 'ran', step, job: job.id, result });
  }
  return { success: !failed, outputs: resolve(job.outputs) };
}

/** Puts values for expressions; what nobody knows is an example's for secrets, variables and inputs, and nothing else. */
function fill(text: string, known: Known, tell: Rehearsal['tell']): string {
  const context = contextOf(known);
  const missing = new Set<string>();
  try {
    const { unknown } = interpolate(text, context);
    for (const path of unknown) missing.add(path);
  } catch (error) {
    if (!(error instanceof UnsupportedExpression)) throw error;
    tell({ kind: 'note', text: `Not resolved: ${error.message}. It counts as empty.` });
    return '';
  }
  const example = (path: readonly string[]): string | undefined =>
    ['secrets', 'vars', 'inputs'].includes(path[0] ?? '') ? `example-${path.slice(1).join('-')}` : undefined;
  for (const path of missing) {
    const stand = example(path.split('.'));
    const instead = stand === undefined ? 'It counts as empty.' : `It is "${stand}" here.`;
    tell({ kind: 'note', text: `${path} is not known. ${instead} To give it: "${path}=VALUE".` });
  }
  return interpolate(text, { ...context, lookUp: (path) => context.lookUp(path) ?? example(path) }).text;
}

function clustersOf({ workflow, given }: Rehearsal): Cluster[] {
  const found = new Map<string, Cluster>();
  for (const job of workflow.jobs) {
    for (const matrix of job.matrix) {
      const known: Known = {
        workflow,
        given,
        failed: false,
        contexts: { matrix, env: { ...workflow.env, ...job.env } },
      };
      for (const step of job.steps) {
        const one = clusterOf(step, known);
        found.set(`${one.resourceGroup}/${one.name}`.toLowerCase(), one);
      }
    }
  }
  return [...found.values()];
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

function baseContexts({ workflow, workspace }: Rehearsal, { job }: LocalAzure, { id }: Job): Record<string, Value> {
  return {
    github: {
      actor: job.actor,
      event: {},
      event_name: workflow.event,
      job: id,
      ref: job.ref,
      ref_name: job.ref.replace(/^refs\/(?:heads|tags)\//, ''),
      repository: job.repository,
      repository_owner: job.repository.split('/')[0] ?? '',
      run_attempt: job.runAttempt,
      run_id: job.runId,
      run_number: job.runNumber,
      server_url: job.serverUrl,
      sha: job.sha,
      token: 'example-token',
      workflow: workflow.name,
      workspace,
    },
    runner: { os: 'Linux', arch: 'X64' },
  };
}

function matches(matrix: Settings, given: ReadonlyMap<string, string>): boolean {
  const asked = Object.keys(matrix).filter((name) => given.has(`matrix.${name}`));
  return asked.length > 0 && asked.every((name) => given.get(`matrix.${name}`) === matrix[name]);
}
