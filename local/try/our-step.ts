import { existsSync } from 'node:fs';
import path from 'node:path';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs, type Inputs } from '../../src/inputs/inputs.ts';
import { cluster, clusterId, demo } from '../azure/index.ts';
import { readAction, runStep, type StepResult } from '../runner/step.ts';
import type { Step } from '../runner/workflow.ts';
import { fillAll } from './contexts.ts';
import type { Ended, Outputs, Scene } from './rehearsal.ts';
import { untracked } from './workspace.ts';

/** Contains an `az` that is not signed in. */
const signedOut = path.join(import.meta.dirname, 'signed-out');

/** Runs a step of this action: its bundle, first with the workflow's inputs, and then with the stand-ins. */
export async function runOurs(step: Step, scene: Scene): Promise<Ended> {
  const { r, masks, rights, env, workspace, temp } = scene;
  r.say(`\n== Step ${step.name}\n`);
  const given = await inputsOf(step, scene);
  // Invalid inputs go to the action unchanged. It reports them before it contacts anything.
  const inputs = validInputs(given, env);
  const stands = inputs ? await standIns(inputs, scene) : {};
  const variables = r.azure.runnerEnv({
    'resource-group': '',
    'subscription-id': '',
    ...given,
    ...stands,
  });
  // Without its URL and token, the action has to report that the job lacks the permission.
  if (!rights.idToken && inputs?.signIn.kind !== 'ambient')
    for (const name of ['URL', 'TOKEN'])
      Reflect.deleteProperty(variables, `ACTIONS_ID_TOKEN_REQUEST_${name}`);
  if (step.id !== undefined) variables['GITHUB_ACTION'] = step.id;
  const stop = new AbortController();
  const endWatch = watchWaits(r);
  const result = await runStep({
    ...{ workspace, runnerTemp: temp },
    env: {
      PATH: `${signedOut}${path.delimiter}${process.env['PATH'] ?? ''}`,
      ...variables,
      ...env,
    },
    onStart: (child) =>
      r.signal?.addEventListener('abort', () => child.kill('SIGINT'), { signal: stop.signal }),
  });
  stop.abort();
  endWatch();
  masks.push(...result.log.masks);
  const { exitCode, outputs } = result;
  r.say(shown(result));
  r.say(`\nThe step ${exitCode === 0 ? 'succeeded' : 'failed'}.\n`);
  noteDifferences(given, scene);
  adviseOn(result, scene);
  r.ran(step, result);
  await result.clean();
  return { success: exitCode === 0, outputs };
}

/** The log, the outputs, and what the command wrote to the summary. The rest of the summary repeats the log. */
function shown({ log, stderr, outputs, summary }: StepResult): string {
  const listed = Object.entries(outputs)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const isInLog = name === 'output';
      return `  ${name}: ${isInLog ? '(what the command wrote, in the log above)' : JSON.stringify(value)}\n`;
    });
  const written = summary.indexOf(ofTheCommand);
  const own = written < 0 ? '' : summary.slice(written + ofTheCommand.length).trim();
  const ownSummary = own === '' ? '' : `\nSummary\n${own.replaceAll(/^/gm, '  ')}\n`;
  return `${log.shown}${stderr}\nOutputs\n${listed.join('')}${ownSummary}`;
}

/** The heading of what the command itself wrote to the summary. */
const ofTheCommand = '#### Written by the command in the cluster';

/**
 * Tells what the clusters wait for in vain while the command waits, too: its log is shown when it ends.
 * Returns a function that ends this.
 */
function watchWaits({ waits = () => [], say }: Scene['r']): () => void {
  const told = new Set<string>();
  let before: readonly string[] = [];
  const timer = setInterval(() => {
    const now = waits();
    // What a pod waits for may be about to come.
    for (const wait of now.filter((one) => before.includes(one) && !told.has(one))) {
      told.add(wait);
      say(`   ${wait}\n`);
    }
    before = now;
  }, 5000);
  return () => {
    clearInterval(timer);
  };
}

/** Notes what the cluster knows about a failure, and what the reader can do about what only a rehearsal lacks. */
function adviseOn({ exitCode, log }: StepResult, { r, notRun }: Scene): void {
  if (exitCode === 0) return;

  const waits = r.waits?.() ?? [];
  for (const wait of waits) r.note(wait);
  if (waits.some((wait) => wait.includes("didn't match Pod's node affinity/selector")))
    r.note(
      "The node of a rehearsal has the labels of AKS's first node pool. To give it those of yours: --setup 'kubectl label nodes --all NAME=VALUE --overwrite'",
    );
  if (r.startsEmpty === true) adviseOnMissing(log.shown, r.note);
  if (/No files were found|does not exist or is not a folder/.test(log.shown))
    adviseOnFiles(notRun, r.note);
}

function adviseOnMissing(log: string, note: (text: string) => void): void {
  const empty = 'The cluster of a rehearsal starts empty.';
  const [, namespace] = /namespaces? "([a-z0-9-]+)" not found/.exec(log) ?? [];
  const isLost = /Error from server \(NotFound\)|release: not found|no matches for kind/.test(log);
  if (namespace !== undefined)
    note(`${empty} If yours has this namespace: --setup 'kubectl create namespace ${namespace}'`);
  else if (isLost)
    note(`${empty} If yours has what was not found, create it with --setup COMMAND.`);
}

function adviseOnFiles(notRun: readonly Step[], note: (text: string) => void): void {
  const scripts = notRun.filter(({ kind }) => kind === 'run');
  const skipped = scripts.length > 0 ? scripts : notRun;
  if (skipped.length === 0) return;

  const names = skipped.map(({ name }) => `"${name}"`).join(', ');
  const move =
    scripts.length > 0
      ? 'To run the run: steps, add --run-steps.'
      : 'A rehearsal cannot run other actions.';
  note(`The files may come from a step that was skipped: ${names}. ${move}`);
}

/** The inputs in the workflow, with the action's defaults. An example becomes a value that the action accepts. */
async function inputsOf(step: Step, { known }: Scene): Promise<Record<string, string>> {
  const { inputs: fallback } = await readAction(path.resolve(import.meta.dirname, '../..'));
  const filled = Object.entries(fillAll(step.with, known)).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  const given: Record<string, string> = { ...fallback, ...(Object.fromEntries(filled) as Outputs) };
  for (const [name, value] of Object.entries(given)) {
    if (!/^example-\w+$/.test(value)) continue;
    if (name === 'cluster')
      given[name] = given['resource-group'] === '' ? clusterId(cluster(value)) : value;
    else if (name.endsWith('-id')) given[name] = demo.subscriptionId;
    else if ((fallback[name] ?? '') !== '') given[name] = fallback[name] ?? '';
  }
  return given;
}

/** The inputs as the action itself reads them; undefined if it rejects them. */
function validInputs(given: Outputs, env: Outputs): Inputs | undefined {
  const { inputs, problems } = readInputs({
    words: WORKFLOW,
    input: (name) => given[name] ?? '',
    inputNames: Object.keys(given),
    variable: (name) => env[name],
  });
  return problems.length === 0 ? inputs : undefined;
}

/** The stand-in's cloud and identity instead of the workflow's. The cluster stays: the stand-in gets one like it. */
async function standIns(
  { cluster: target, signIn }: Inputs,
  { r, rights }: Scene,
): Promise<Outputs> {
  const added =
    r.clusters.find((one) => clusterId(one) === clusterId(target)) ?? cluster(target.name, target);
  if (!r.clusters.includes(added)) r.clusters.push(added);
  await r.kubeconfig(added);
  const isSignedIn = signIn.kind === 'oidc' || rights.session;
  const identity = {
    'client-id': isSignedIn ? demo.clientId : '',
    'tenant-id': isSignedIn ? demo.tenantId : '',
  };
  return { environment: r.azure.url, audience: '', ...identity };
}

/** Reports what GitHub, or a pod of AKS, would not have. */
function noteDifferences(given: Outputs, { r, workspace }: Scene): void {
  const patterns = (given['files'] ?? '').split('\n').flatMap((line) => line.trim() || []);
  const folder = path.resolve(workspace, given['working-directory'] ?? '');
  const missing = untracked(r.source, path.relative(workspace, folder), patterns).filter(
    (file) => !existsSync(path.join(workspace, file)),
  );
  const listed = `${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`;
  if (listed !== '') r.note(`Git does not track ${listed}, so GitHub will not have it.`);
  if (!r.hasOwnTmp && /(?<![\w.$}])\/tmp\b/.test(given['command'] ?? ''))
    r.note(
      'On this machine, files in /tmp remain for the next command. In AKS, they do not. Use $TMPDIR.',
    );
}

/** Whether azure/login would sign in, by its own checks. */
export function logIn(step: Step, { r, rights, known }: Scene): Ended {
  const given = fillAll(step.with, known);
  const has = (name: string) => (given[name] ?? '') !== '';
  const isOther = has('creds') || given['auth-type'] === 'IDENTITY';
  const missing = ['client-id', 'tenant-id'].filter((name) => !has(name));
  const problem =
    missing.length > 0
      ? missing.join(' and ')
      : rights.idToken
        ? undefined
        : 'permissions: id-token: write';
  rights.session = isOther || problem === undefined;
  r.say(
    `-- ${step.name}: ${rights.session ? 'counts as signed in' : `Error: azure/login needs ${problem ?? ''}`}\n`,
  );
  return { success: rights.session, outputs: {} };
}
