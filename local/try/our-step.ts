import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs, type Inputs } from '../../src/inputs/inputs.ts';
import { field } from '../../src/text/json.ts';
import { cluster, clusterId, demo } from '../azure/index.ts';
import { runStep, type StepResult } from '../github/step.ts';
import type { Step } from '../github/workflow.ts';
import type { Run, Scene } from './run.ts';

type Texts = Readonly<Record<string, string>>;

export const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Contains an `az` that is not signed in. */
const SIGNED_OUT = path.join(import.meta.dirname, 'signed-out');

/** Inputs that this action, a fork, and a copy have, and hardly any other action. */
const INPUTS = [['cluster'], ['command', 'command-id'], ['client-id', 'resource-group']];

/** Whether a step uses this action, a fork of it under any name, or a copy in the checkout. */
export function isOurs(step: Step, checkout: string): boolean {
  const file = actionFileOf(step.uses, checkout);
  if (file === undefined) return isNamed(step.uses) || isFork(step);
  const action: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined;
  return hasInputs(field(action, 'inputs'));
}

/** The action.yml of a copy in the checkout; undefined for an action of a repository. */
export function actionFileOf(uses: string, checkout: string): string | undefined {
  const [, folder] = /^[.$]\/(.*)/.exec(uses) ?? [];
  return folder === undefined ? undefined : path.join(checkout, folder, 'action.yml');
}

/** Whether a step uses another repository, whose inputs are those of this action. */
export function isFork(step: Step): boolean {
  return step.uses.includes('@') && !isNamed(step.uses) && hasOurInputs(step);
}

/** Whether a step gives an action what this one needs. */
export function hasOurInputs({ with: given }: Step): boolean {
  return hasInputs(given);
}

function isNamed(uses: string): boolean {
  return /^[^/]+\/aks-run-command@/.test(uses);
}

function hasInputs(given: unknown): boolean {
  const names = Object.keys(given ?? {});
  return INPUTS.every((some) => some.some((name) => names.includes(name)));
}

/**
 * Runs a step of this action: its bundle, with the inputs of the stand-ins in place of some.
 *
 * @param given the evaluated inputs of the step, by their names in lower case
 * @param canceled ends the step as GitHub's runner does
 * @param state what the step has saved, if this is its post step
 */
export async function runBundle(
  step: Step,
  given: Texts,
  env: Texts,
  scene: Scene,
  canceled: AbortSignal,
  state?: Texts,
): Promise<StepResult> {
  const { job, environment, workspace, temp } = scene;
  const { standIns } = scene.run;
  const azure = await standIns.azureOf(environment);
  azure.become({ job: job.id, environment: environment || undefined });

  const all = withoutExamples(given, scene);
  const inputs = validInputs(all, env);
  const own = inputs === undefined ? {} : await standInInputs(inputs, azure.url, scene);
  const variables = azure.runnerEnv({
    'resource-group': '',
    'subscription-id': '',
    ...all,
    ...own,
  });
  const usesSession = inputs?.application === undefined && scene.hasSession;
  const hasToken = job.idToken || usesSession;
  const ended = new AbortController();
  try {
    return await runStep({
      workspace,
      runnerTemp: temp,
      env: {
        PATH: `${SIGNED_OUT}${path.delimiter}${process.env['PATH'] ?? ''}`,
        ...variables,
        ...(step.id === '' ? {} : { GITHUB_ACTION: step.id }),
        ...(hasToken ? {} : NO_TOKEN),
        ...env,
      },
      ...(state === undefined ? {} : { state }),
      onStart(child) {
        const end = () => void endChild(child, ended.signal);
        if (canceled.aborted) end();
        canceled.addEventListener('abort', end, { signal: ended.signal });
        if (state === undefined) void cancelLater(scene.run, ended.signal);
      },
    });
  } finally {
    ended.abort();
  }
}

/** What GitHub's runner sends to a step that is canceled, and after how many milliseconds. */
const SIGNALS = { SIGINT: 0, SIGTERM: 7_500, SIGKILL: 2_500 };

async function endChild(child: ChildProcess, ended: AbortSignal): Promise<void> {
  try {
    for (const [signal, ms] of Object.entries(SIGNALS)) {
      await delay(ms, undefined, { signal: ended });
      child.kill(signal as NodeJS.Signals);
    }
  } catch {
    // The step has ended.
  }
}

/** Cancels the run, unless the step ends before that. */
async function cancelLater({ cancelAfterMs, cancel }: Run, ended: AbortSignal): Promise<void> {
  if (cancelAfterMs === undefined) return;
  try {
    await delay(cancelAfterMs, undefined, { signal: ended });
    cancel.abort();
  } catch {
    // The step has ended.
  }
}

/** As in a job without `id-token: write`. */
const NO_TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };

/** The inputs with the action's defaults, and something valid in place of an example. */
function withoutExamples(given: Texts, { run }: Scene): Texts {
  const defaults = run.action.inputs;
  const examples = new Set(run.examples.values());
  const all: Texts = { ...defaults, ...given };
  const instead = (name: string, value: string): string => {
    if (name === 'cluster') return all['resource-group'] ? value : clusterId(cluster(value));
    if (name.endsWith('-id') && name !== 'command-id') return demo.subscriptionId;
    return defaults[name] === '' ? value : (defaults[name] ?? value);
  };
  const valid = Object.entries(all).map(
    ([name, value]) => [name, examples.has(value) ? instead(name, value) : value] as const,
  );
  return Object.fromEntries(valid);
}

/**
 * The inputs as the action itself reads them; undefined if it rejects them. Then they go to it as
 * they are, and it reports them before it contacts anything.
 */
function validInputs(given: Texts, env: Texts): Inputs | undefined {
  const { inputs, invalid } = readInputs({
    words: WORKFLOW,
    input: (name) => given[name] ?? '',
    isGiven: (name) => (given[name] ?? '').trim() !== '',
    problems: [],
    variable: (name) => env[name],
  });
  return invalid === undefined ? inputs : undefined;
}

/**
 * The stand-in's cloud, and its identity, also in place of a session of `azure/login`. The cluster
 * stays: the stand-in gets one like it.
 */
async function standInInputs(
  { cluster: target, application }: Inputs,
  url: string,
  { run, environment, hasSession }: Scene,
): Promise<Texts> {
  await run.standIns.prepare(environment, cluster(target.name, target));
  const address = { environment: url, audience: '' };
  if (application === undefined && !hasSession) return address;
  return { ...address, 'client-id': demo.clientId, 'tenant-id': demo.tenantId };
}
