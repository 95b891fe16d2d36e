import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { field } from '../../src/text/json.ts';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs, unknownInputAdvice, type Inputs } from '../../src/inputs/inputs.ts';
import { cluster, clusterId, demo } from '../azure/index.ts';
import { WorkflowError } from '../runner/expression.ts';
import { readAction, runStep, type StepResult } from '../runner/step.ts';
import type { Step } from '../runner/workflow.ts';
import type { Scene } from './steps.ts';

export const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Contains an `az` that is not signed in. */
const SIGNED_OUT = path.join(import.meta.dirname, 'signed-out');

/** Inputs that this action, a fork, and a copy have, and hardly any other action. */
const INPUTS = [['cluster'], ['command', 'command-id'], ['client-id', 'resource-group']];

/** Whether a step uses this action, a fork of it under any name, or a copy in the checkout. */
export function isOurs({ uses, with: given }: Step, checkout: string): boolean {
  if (!uses.startsWith('./'))
    return /^[^/]+\/aks-run-command@/.test(uses) || (uses.includes('@') && hasInputs(given));
  const file = path.join(checkout, uses, 'action.yml');
  const action: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined;
  return hasInputs(field(action, 'inputs'));
}

function hasInputs(given: unknown): boolean {
  const names = Object.keys(given ?? {}).map((name) => name.toLowerCase());
  return INPUTS.every((some) => some.some((name) => names.includes(name)));
}

/** @throws WorkflowError for inputs that this action doesn't have */
export async function refuseUnknownInputs({ name: step, with: given }: Step): Promise<void> {
  const known = Object.keys((await readAction(REPOSITORY)).inputs);
  for (const name of Object.keys(given))
    if (!known.includes(name.toLowerCase())) {
      const advice = unknownInputAdvice(name, known)?.markdown ?? '';
      throw new WorkflowError(`${step}: "${name}" is not an input of this action. ${advice}`);
    }
}

/**
 * Runs a step of this action: its bundle, which first checks the inputs as they are, and then gets
 * those of the stand-ins.
 *
 * @param given the evaluated inputs of the step
 */
export async function runBundle(
  step: Step,
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  scene: Scene,
): Promise<StepResult> {
  const { job, environment, workspace, temp, done } = scene;
  const { standIns, evaluation, signal } = scene.run;
  const { azure } = await standIns.azureOf(environment);
  const all = await inputsOf(given, new Set(evaluation.examples.values()));
  // Invalid inputs go to the action unchanged. It reports them before it contacts anything.
  const inputs = validInputs(all, env);
  const own = inputs === undefined ? {} : await standInInputs(inputs, scene);
  const variables = azure.runnerEnv({
    'resource-group': '',
    'subscription-id': '',
    ...all,
    ...own,
  });
  if (step.id !== '') variables['GITHUB_ACTION'] = step.id;
  const usesSession = inputs?.application === undefined && done.hasSession;
  if (!job.idToken && !usesSession)
    for (const name of ['URL', 'TOKEN'])
      Reflect.deleteProperty(variables, `ACTIONS_ID_TOKEN_REQUEST_${name}`);

  const ended = new AbortController();
  try {
    return await runStep({
      workspace,
      runnerTemp: temp,
      env: {
        PATH: `${SIGNED_OUT}${path.delimiter}${process.env['PATH'] ?? ''}`,
        ...variables,
        ...env,
      },
      onStart(child) {
        const interrupt = () => child.kill('SIGINT');
        if (signal?.aborted) interrupt();
        signal?.addEventListener('abort', interrupt, { signal: ended.signal });
      },
    });
  } finally {
    ended.abort();
  }
}

/**
 * The inputs with the action's defaults, and something valid in place of an example.
 *
 * @param examples what counted as set, and is no name of anything
 */
async function inputsOf(
  given: Readonly<Record<string, string>>,
  examples: ReadonlySet<string>,
): Promise<Record<string, string>> {
  const { inputs: defaults } = await readAction(REPOSITORY);
  const lower = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  const all: Record<string, string> = { ...defaults, ...Object.fromEntries(lower) };
  for (const [name, value] of lower) {
    if (!examples.has(value)) continue;
    if (name === 'cluster' && !all['resource-group']) all[name] = clusterId(cluster(value));
    else if (name.endsWith('-id') && name !== 'command-id') all[name] = demo.subscriptionId;
    else all[name] = defaults[name] === '' ? value : (defaults[name] ?? value);
  }
  return all;
}

/** The inputs as the action itself reads them; undefined if it rejects them. */
function validInputs(
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Inputs | undefined {
  const { inputs, problems } = readInputs({
    words: WORKFLOW,
    input: (name) => given[name] ?? '',
    inputNames: Object.keys(given),
    problems: [],
    variable: (name) => env[name],
  });
  return problems.length === 0 ? inputs : undefined;
}

/**
 * The stand-in's cloud, and its identity, also in place of a session of `azure/login`. The cluster
 * stays: the stand-in gets one like it.
 */
async function standInInputs(
  { cluster: target, application }: Inputs,
  { run, environment, done }: Scene,
): Promise<Record<string, string>> {
  const { azure, clusters } = await run.standIns.azureOf(environment);
  const id = clusterId(target);
  if (!clusters.some((one) => clusterId(one) === id)) clusters.push(cluster(target.name, target));
  await run.standIns.prepare(environment, id);
  const address = { environment: azure.url, audience: '' };
  if (application === undefined && !done.hasSession) return address;
  return { ...address, 'client-id': demo.clientId, 'tenant-id': demo.tenantId };
}
