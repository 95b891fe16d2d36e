import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asText, WorkflowError, type Value } from '../runner/expression.ts';
import { hide } from '../runner/log.ts';
import { combinations, readWorkflow, type Job } from '../runner/workflow.ts';
import { fill, fillAll, inputsOf, isTrue, runs, valueOf } from './contexts.ts';
import type { Given, Known } from './contexts.ts';
import {
  githubOf,
  type Ended,
  type Outputs,
  type OngoingRehearsal,
  type Scene,
} from './running.ts';
import { inTime, runSteps } from './steps.ts';
import { resolveInside } from './workspace.ts';

type Combination = Readonly<Record<string, Value>>;

/** Runs the jobs of a workflow, one after the other. */
export async function runWorkflow(rehearsal: OngoingRehearsal): Promise<Ended> {
  const needs: Record<string, { result: string; outputs: Outputs }> = {};
  const base: Known = {
    given: rehearsal.given,
    note: rehearsal.note,
    failed: false,
    contexts: { ...rehearsal.values, needs },
  };
  for (const job of rehearsal.workflow.jobs) {
    if (rehearsal.signal?.aborted) break;

    const failed = job.needs.some((need) => needs[need]?.result !== 'success');
    const known = within(base, { github: githubOf(rehearsal, job) });
    if (runs(job.if, { ...known, failed })) {
      const { success, outputs } = await runCombinations(job, known, rehearsal);
      needs[job.id] = { result: success ? 'success' : 'failure', outputs };
    } else {
      const why = failed ? 'a job that it needs did not succeed' : 'its condition is false';
      rehearsal.say(`\n== Job ${rehearsal.caller}${job.id}: skipped, because ${why}\n`);
      needs[job.id] = { result: 'skipped', outputs: {} };
    }
  }

  const hasFailed = Object.values(needs).some(({ result }) => result === 'failure');
  return {
    success: !rehearsal.signal?.aborted && !hasFailed,
    outputs: fillAll(rehearsal.workflow.outputs, within(base, { jobs: needs })),
  };
}

/** What is known, with more contexts. */
function within(known: Known, more: Known['contexts']): Known {
  return { ...known, contexts: { ...known.contexts, ...more } };
}

/**
 * Runs all combinations of a job's matrix. If several set the same output, the last one that sets
 * it to something wins, as on GitHub.
 */
async function runCombinations(
  job: Job,
  known: Known,
  rehearsal: OngoingRehearsal,
): Promise<Ended> {
  const every = combinations(valueOf(job.matrix, known));
  if (every.length === 0) throw new WorkflowError(`The matrix of the job ${job.id} has no values`);
  const wanted = selected(job, every, rehearsal.given);
  if (wanted.length < every.length)
    rehearsal.note(
      `Of the ${every.length} combinations of ${job.id}, ${wanted.length} run, as you asked.`,
    );

  const failFast = job.failFast === '' || isTrue(job.failFast, known);
  let success = true;
  let outputs: Outputs = {};
  for (const matrix of wanted) {
    if (rehearsal.signal?.aborted) return { success: false, outputs };

    const values = Object.values(matrix).map(asText).join(', ');
    rehearsal.say(`\n== Job ${rehearsal.caller}${job.id}${values === '' ? '' : ` (${values})`}\n`);
    const strategy = {
      'fail-fast': failFast,
      'job-index': every.indexOf(matrix),
      'job-total': every.length,
    };
    const here = within(known, { matrix, strategy });
    const ended = await (job.uses === ''
      ? runJob(job, here, rehearsal)
      : callWorkflow(job, here, rehearsal));
    outputs = { ...outputs, ...withoutEmpty(ended.outputs) };
    if (ended.success || isTrue(job.continueOnError, here)) continue;

    success = false;
    if (failFast && matrix !== wanted.at(-1)) {
      rehearsal.say(`   Note: fail-fast: the other combinations of ${job.id} do not run.\n`);
      break;
    }
  }
  return { success, outputs };
}

const withoutEmpty = (outputs: Outputs): Outputs =>
  Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== ''));

/** The combinations that `matrix.NAME=VALUE` selects. */
function selected(job: Job, every: readonly Combination[], given: Given): readonly Combination[] {
  let left = every;
  for (const [name, text] of given) {
    if (!name.startsWith('matrix.')) continue;

    const key = name.slice('matrix.'.length);
    const shown = (one: Combination) => asText(one[key] ?? null);
    const values = every.filter((one) => key in one).map(shown);
    // The matrix of another job may have it.
    if (values.length === 0) continue;
    if (!values.includes(text))
      throw new WorkflowError(
        `The job ${job.id} has no ${name}=${text}, only ${[...new Set(values)].join(', ')}`,
      );
    left = left.filter((one) => !(key in one) || shown(one) === text);
  }
  return left;
}

/**
 * Runs a reusable workflow of the same repository. Whatever GitHub would refuse about the call has
 * been checked before.
 */
async function callWorkflow(job: Job, known: Known, rehearsal: OngoingRehearsal): Promise<Ended> {
  if (!job.uses.startsWith('./')) {
    rehearsal.note(
      `The workflow ${job.uses} is in another repository and cannot run here, so this job ` +
        'counts as failed.',
    );
    return { success: false, outputs: {} };
  }

  const file = resolveInside(rehearsal.source, job.uses, 'uses');
  const workflow = readWorkflow(readFileSync(file, 'utf8'), job.uses);
  const inputs = inputsOf(workflow, (name) => {
    const text = job.with[name];
    return text === undefined ? undefined : valueOf(text, known);
  });
  const inherits = job.secrets === 'inherit';
  const secrets =
    job.secrets === 'inherit' ? rehearsal.values['secrets'] : fillAll(job.secrets, known);
  const roots = ['steps', 'github', 'vars', ...(inherits ? ['secrets'] : [])];
  const given = [...rehearsal.given].filter(([name]) => roots.includes(name.split('.')[0] ?? ''));
  return await runWorkflow({
    ...rehearsal,
    workflow,
    values: { inputs, secrets: { GITHUB_TOKEN: 'example-token', ...secrets } },
    given: new Map(given),
    caller: `${rehearsal.caller}${job.id} / `,
    mayRequest: job.idToken ?? rehearsal.mayRequest,
  });
}

/** Runs the steps of a job in a new workspace. */
async function runJob(job: Job, known: Known, rehearsal: OngoingRehearsal): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rehearsal-'));
  try {
    const scene = await sceneOf(job, known, rehearsal, folder);
    Object.assign(scene.env, fillAll(rehearsal.workflow.env, scene.known));
    Object.assign(scene.env, fillAll(job.env, scene.known));
    const failed = await inTime(`The job ${job.id}`, job.timeoutMinutes, scene, (limited) =>
      runSteps(job.steps, limited),
    );
    return { success: !failed, outputs: outputsOf(job, failed, scene) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sceneOf(
  job: Job,
  known: Known,
  rehearsal: OngoingRehearsal,
  folder: string,
): Promise<Scene> {
  const workspace = path.join(folder, 'workspace');
  const temp = path.join(folder, 'temp');
  await mkdir(workspace);
  await mkdir(temp);

  const masks = masksOf(rehearsal);
  const say = (text: string) => {
    rehearsal.say(hide(text, masks));
  };
  const steps: Record<string, Value> = {};
  const env: Record<string, string> = {};
  // The environment comes first, because the subject of an ID token names it.
  rehearsal.azure.become({ job: job.id, environment: fill(job.environment, known) || undefined });
  const here = within(known, {
    steps,
    env,
    runner: { os: 'Linux', arch: 'X64', temp },
    github: { ...githubOf(rehearsal, job), workspace },
  });
  return {
    rehearsal: { ...rehearsal, say },
    folder,
    workspace,
    temp,
    masks,
    rights: { idToken: job.idToken ?? rehearsal.mayRequest, session: false },
    known: here,
    env,
    steps,
    notRun: [],
    depth: 0,
    run: [job.run, rehearsal.workflow.run],
  };
}

/** The secrets of a workflow, and each of their lines, as the runner masks them. */
function masksOf({ given, values }: OngoingRehearsal): string[] {
  const own = [...given].filter(([name]) => name.startsWith('secrets.')).map(([, value]) => value);
  const secrets = [...Object.values(values['secrets'] ?? {}).map(asText), ...own];
  return secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
}

/** The outputs of a job. GitHub leaves one empty if it contains a masked value. */
function outputsOf(job: Job, failed: boolean, { rehearsal, known, masks }: Scene): Outputs {
  const outputs = fillAll(job.outputs, { ...known, failed });
  for (const [name, value] of Object.entries(outputs)) {
    if (hide(value, masks) === value) continue;

    outputs[name] = '';
    rehearsal.note(
      `The output ${name} of the job ${job.id} is empty, as on GitHub: it contains a masked value.`,
    );
  }
  return outputs;
}
