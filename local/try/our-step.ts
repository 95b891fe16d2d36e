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
import type { StandIns } from './stand-ins.ts';

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

/** Where and how a step of this action runs. */
export type Place = {
  /** The ID of the step; empty if it has none. */
  readonly id: string;
  readonly standIns: StandIns;
  readonly environment: string;
  readonly workspace: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  /** Whether the job may request an ID token. */
  readonly idToken: boolean;
  /** Whether `azure/login` stands before it, whose session it may use. */
  readonly hasSession: boolean;
  readonly signal: AbortSignal | undefined;
};

/**
 * Runs a step of this action: its bundle, which first checks the inputs as they are, and then gets
 * those of the stand-ins.
 *
 * @param given the evaluated inputs of the step
 * @param examples what counted as set, and is no name of anything
 */
export async function runOurs(
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  examples: ReadonlySet<string>,
  place: Place,
): Promise<StepResult> {
  const { azure } = await place.standIns.azureOf(place.environment);
  const all = await inputsOf(given, examples);
  // Invalid inputs go to the action unchanged. It reports them before it contacts anything.
  const inputs = validInputs(all, env);
  const own = inputs === undefined ? {} : await standInInputs(inputs, place);
  const variables = azure.runnerEnv({
    'resource-group': '',
    'subscription-id': '',
    ...all,
    ...own,
  });
  if (place.id !== '') variables['GITHUB_ACTION'] = place.id;
  const usesSession = inputs?.application === undefined && place.hasSession;
  if (!place.idToken && !usesSession)
    for (const name of ['URL', 'TOKEN'])
      Reflect.deleteProperty(variables, `ACTIONS_ID_TOKEN_REQUEST_${name}`);

  const ended = new AbortController();
  try {
    return await runStep({
      workspace: place.workspace,
      runnerTemp: place.temp,
      env: {
        PATH: `${SIGNED_OUT}${path.delimiter}${process.env['PATH'] ?? ''}`,
        ...variables,
        ...env,
      },
      onStart(child) {
        const interrupt = () => child.kill('SIGINT');
        if (place.signal?.aborted) interrupt();
        place.signal?.addEventListener('abort', interrupt, { signal: ended.signal });
      },
    });
  } finally {
    ended.abort();
  }
}

/** The inputs with the action's defaults, and something valid in place of an example. */
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
    mistakes: [],
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
  { standIns, environment, hasSession }: Place,
): Promise<Record<string, string>> {
  const { azure, clusters } = await standIns.azureOf(environment);
  const id = clusterId(target);
  if (!clusters.some((one) => clusterId(one) === id)) clusters.push(cluster(target.name, target));
  await standIns.prepare(environment, id);
  const address = { environment: azure.url, audience: '' };
  if (application === undefined && !hasSession) return address;
  return { ...address, 'client-id': demo.clientId, 'tenant-id': demo.tenantId };
}
