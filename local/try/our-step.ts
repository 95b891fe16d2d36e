import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs, type Inputs } from '../../src/inputs/inputs.ts';
import { cluster, clusterId, demo } from '../azure/index.ts';
import { readAction, runStep, type StepResult } from '../runner/step.ts';
import type { Step } from '../runner/workflow.ts';
import { adviseOn, watchWaits } from './advice.ts';
import { fillAll } from './contexts.ts';
import type { Ended, Outputs, Scene } from './running.ts';
import { untracked } from './workspace.ts';

/** Contains an `az` that is not signed in. */
const signedOut = path.join(import.meta.dirname, 'signed-out');

/** How a workflow names this action, unless it is a fork under another name, or a copy. */
const OWN_NAME = /^(?:\.\/$|[^/]+\/aks-run-command@)/;

/** The heading of what the command itself wrote to the summary. */
const ofTheCommand = '#### Written by the command in the cluster';

/**
 * Runs a step of this action: its bundle, which first checks the workflow's inputs, and then gets
 * the stand-ins.
 */
export async function runOurs(step: Step, scene: Scene): Promise<Ended> {
  const { rehearsal, masks, env } = scene;
  rehearsal.say(`\n== Step ${step.name}\n`);
  if (!OWN_NAME.test(step.uses))
    rehearsal.note(`${step.uses} is rehearsed with the action of this clone.`);
  const given = await inputsOf(step, scene);
  // Invalid inputs go to the action unchanged. It reports them before it contacts anything.
  const inputs = validInputs(given, env);
  const stands = inputs === undefined ? {} : await standIns(inputs, scene);
  const session = inputs?.application === undefined ? await sessionOf(scene) : {};
  const variables = rehearsal.azure.runnerEnv({
    'resource-group': '',
    'subscription-id': '',
    ...given,
    ...stands,
  });
  // Without its URL and token, the action has to report that the job lacks the permission.
  if (!scene.rights.idToken && (inputs === undefined || inputs.application))
    for (const name of ['URL', 'TOKEN'])
      Reflect.deleteProperty(variables, `ACTIONS_ID_TOKEN_REQUEST_${name}`);
  if (step.id !== undefined) variables['GITHUB_ACTION'] = step.id;

  const result = await runBundle({ ...variables, ...env, ...session }, scene);
  masks.push(...result.log.masks);
  rehearsal.say(shown(result));
  const isSuccess = result.exitCode === 0;
  rehearsal.say(`\nThe step ${isSuccess ? 'succeeded' : 'failed'}.\n`);
  noteDifferences(given, scene);
  adviseOn(result, scene);
  rehearsal.ran(step, result);
  await result.clean();
  return { success: isSuccess, outputs: result.outputs };
}

/** Runs the action, and ends it by the signal of the rehearsal as the runner does. */
async function runBundle(variables: Outputs, scene: Scene): Promise<StepResult> {
  const { rehearsal, workspace, temp } = scene;
  const ended = new AbortController();
  const endWatch = watchWaits(rehearsal);
  try {
    return await runStep({
      workspace,
      runnerTemp: temp,
      env: {
        PATH: `${signedOut}${path.delimiter}${process.env['PATH'] ?? ''}`,
        ...variables,
      },
      onStart: (child) => {
        const interrupt = () => child.kill('SIGINT');
        // On a slow machine, the time of a step can be over before it starts.
        if (rehearsal.signal?.aborted) interrupt();
        rehearsal.signal?.addEventListener('abort', interrupt, { signal: ended.signal });
      },
    });
  } finally {
    ended.abort();
    endWatch();
  }
}

/**
 * The log, the outputs, and what the command wrote to the summary. The rest of the summary repeats
 * the log, and so does the output `output`.
 */
function shown({ log, stderr, outputs, summary }: StepResult): string {
  const listed = Object.entries(outputs)
    .filter(([, value]) => value !== '')
    .map(([name, value]) =>
      name === 'output'
        ? '  output: (what the command wrote, in the log above)\n'
        : `  ${name}: ${JSON.stringify(value)}\n`,
    );
  const [, written = ''] = summary.split(ofTheCommand);
  const indented = written.trim().replaceAll(/^/gm, '  ');
  const ownSummary = written === '' ? '' : `\nSummary\n${indented}\n`;
  return `${log.shown}${stderr}\nOutputs\n${listed.join('')}${ownSummary}`;
}

/**
 * The inputs in the workflow, with the action's defaults. The example of a variable that nobody
 * gave becomes a value that the action accepts.
 */
async function inputsOf(step: Step, { known }: Scene): Promise<Record<string, string>> {
  const { inputs: fallback } = await readAction(path.resolve(import.meta.dirname, '../..'));
  const given: Record<string, string> = { ...fallback };
  for (const [name, value] of Object.entries(fillAll(step.with, known)))
    given[name.toLowerCase()] = value;

  const hasGroup = (given['resource-group'] ?? '') !== '';
  for (const [name, value] of Object.entries(given)) {
    if (!/^example-[\w-]+$/.test(value)) continue;

    const usual = fallback[name] ?? '';
    if (name === 'cluster') given[name] = hasGroup ? value : clusterId(cluster(value));
    else if (name.endsWith('-id')) given[name] = demo.subscriptionId;
    else given[name] = usual === '' ? value : usual;
  }
  return given;
}

/** The inputs as the action itself reads them; undefined if it rejects them. */
function validInputs(given: Outputs, env: Outputs): Inputs | undefined {
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
 * The stand-in's cloud and identity instead of the workflow's. The cluster stays: the stand-in gets
 * one like it.
 */
async function standIns({ cluster: target, application }: Inputs, scene: Scene): Promise<Outputs> {
  const { rehearsal } = scene;
  let stand = rehearsal.clusters.find((one) => clusterId(one) === clusterId(target));
  if (stand === undefined) {
    stand = cluster(target.name, target);
    rehearsal.clusters.push(stand);
  }
  await rehearsal.kubeconfig(stand);

  return {
    environment: rehearsal.azure.url,
    audience: '',
    'client-id': application === undefined ? '' : demo.clientId,
    'tenant-id': application === undefined ? '' : demo.tenantId,
  };
}

/**
 * The variables by which a step finds the session that `azure/login` left, if there is one: a
 * workload identity of the stand-in, instead of a session of `az`.
 */
async function sessionOf({ rehearsal: { azure }, rights, folder }: Scene): Promise<Outputs> {
  if (!rights.session) return {};

  const idToken = await azure.handle({
    method: 'GET',
    url: '/github/id-token?audience=api://AzureADTokenExchange',
    headers: { authorization: `Bearer ${azure.requestToken}` },
    body: '',
  });
  if (idToken.kind !== 'answer') throw new TypeError('The stand-in issued no ID token');

  const file = path.join(folder, 'session');
  const { value } = JSON.parse(idToken.response.body) as { value: string };
  await writeFile(file, value);
  return {
    AZURE_FEDERATED_TOKEN_FILE: file,
    AZURE_CLIENT_ID: demo.clientId,
    AZURE_TENANT_ID: demo.tenantId,
  };
}

/** How many names of files a note lists. */
const LISTED = 5;

/** Reports what GitHub, or a pod of AKS, would not have. */
function noteDifferences(given: Outputs, { rehearsal, workspace }: Scene): void {
  const lines = (given['files'] ?? '').split('\n').map((line) => line.trim());
  const patterns = lines.filter((line) => line !== '');
  const folder = path.resolve(workspace, given['working-directory'] ?? '');
  const missing = untracked(rehearsal.source, path.relative(workspace, folder), patterns).filter(
    (file) => !existsSync(path.join(workspace, file)),
  );
  if (missing.length > 0) {
    const more = missing.length > LISTED ? ', …' : '';
    const listed = `${missing.slice(0, LISTED).join(', ')}${more}`;
    rehearsal.note(`Git does not track ${listed}, so GitHub will not have it.`);
  }

  if (!rehearsal.hasOwnTmp && /(?<![\w.$}])\/tmp\b/.test(given['command'] ?? ''))
    rehearsal.note(
      'On this machine, files in /tmp remain for the next command. In AKS, they do not. Use ' +
        '$TMPDIR.',
    );
}

/** Whether azure/login would sign in, by its own checks. */
export function logIn(step: Step, { rehearsal, rights, known }: Scene): Ended {
  const problem = signInProblem(fillAll(step.with, known), rights.idToken);
  rights.session = problem === undefined;
  const says =
    problem === undefined ? 'counts as signed in' : `Error: azure/login needs ${problem}`;
  rehearsal.say(`-- ${step.name}: ${says}\n`);
  return { success: rights.session, outputs: {} };
}

function signInProblem(given: Outputs, mayRequest: boolean): string | undefined {
  const has = (name: string) => (given[name] ?? '') !== '';
  if (has('creds') || given['auth-type'] === 'IDENTITY') return undefined;

  const missing = ['client-id', 'tenant-id'].filter((name) => !has(name));
  if (missing.length > 0) return missing.join(' and ');
  return mayRequest ? undefined : 'permissions: id-token: write';
}
