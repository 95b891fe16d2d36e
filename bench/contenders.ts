import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import {
  aksServerApplication,
  demo,
  type LocalAzure,
  type Operation,
  type RequestRecord,
} from '../local/azure/index.ts';
import { readAction } from '../local/runner/step.ts';
import { idToken, signInArguments, type AzureCli } from './azure-cli.ts';
import type { FloorPlan } from './floor.ts';
import type { Measure, Process } from './measure.ts';
import { waits } from './schedule.ts';

/** Where the contenders meet. */
export type Arena = {
  readonly azure: LocalAzure;
  /** A folder for what they need beside the work. */
  readonly scratch: string;
  /** Undefined where there is no `az`. */
  readonly azureCli: AzureCli | undefined;
};

/** What all of them are to do. */
export type Work = {
  readonly cluster: 'plain' | 'entra';
  readonly command: string;
  /** All of it travels, if `files` says so. */
  readonly workspace: string;
  readonly files: boolean;
  /** The action's inputs besides. */
  readonly inputs?: Readonly<Record<string, string>>;
};

/** What one of them told its user. */
export type Told =
  | { readonly kind: 'ended'; readonly commandId: string; readonly outputBytes: number }
  | { readonly kind: 'refused'; readonly message: string };

export type Contender = {
  /** The process to measure. What this takes is not counted. */
  prepare(work: Work, arena: Arena): Promise<Process>;
  read(measure: Measure, arena: Arena): Promise<Told>;
};

/** In the order of the columns. */
export const NAMES = ['action', 'floor', 'az', 'azSignedIn', 'prompt', 'promptToken'] as const;
export type Name = (typeof NAMES)[number];

export const REPOSITORY = path.resolve(import.meta.dirname, '..');

/** The bundle as GitHub's runner starts it: a clean environment with the defaults of `action.yml`. */
const action: Contender = {
  async prepare({ cluster, command, workspace, files, inputs }, { azure, scratch }) {
    const { defaults, main } = await readAction(REPOSITORY);
    const temp = path.join(scratch, 'temp');
    await mkdir(temp, { recursive: true });
    const commandFiles = {
      GITHUB_OUTPUT: path.join(scratch, 'output'),
      GITHUB_STEP_SUMMARY: path.join(scratch, 'summary'),
    };
    for (const file of Object.values(commandFiles)) await writeFile(file, '');
    return {
      program: process.execPath,
      args: [path.join(REPOSITORY, main)],
      cwd: workspace,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: scratch,
        ...defaults,
        ...commandFiles,
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: temp,
        ...azure.runnerEnv({ cluster, command, files: files ? '**' : '', ...inputs }),
      },
    };
  },
  async read({ exitCode, stdout }, { scratch }) {
    const outputs = await readFile(path.join(scratch, 'output'), 'utf8');
    const output = (name: string) => new RegExp(`^${name}<<(.*)\n(.*)\n\\1$`, 'm').exec(outputs)?.[2] ?? '';
    if (exitCode !== 0) return { kind: 'refused', message: stdout };
    const kept = output('output-file');
    const { length } = kept === '' ? kept : await readFile(kept);
    return { kind: 'ended', commandId: output('command-id'), outputBytes: length };
  },
};

/** A word for a shell. */
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

const invokeArguments = ({ cluster, command, files }: Work) => [
  ...['aks', 'command', 'invoke', '--resource-group', demo.resourceGroup, '--name', cluster],
  ...['--command', command, ...(files ? ['--file', '.'] : []), '--output', 'json'],
];

const readInvoke: Contender['read'] = ({ exitCode, stdout, stderr }) => {
  if (exitCode !== 0) return Promise.resolve({ kind: 'refused', message: stderr.trim() });
  const { id, logs } = JSON.parse(stdout) as { id: string; logs: string };
  return Promise.resolve({ kind: 'ended', commandId: id, outputBytes: Buffer.byteLength(logs) });
};

/** `az aks command invoke`, by who is signed in already. */
const azSignedIn: Contender = {
  prepare: (work, { azureCli }) =>
    Promise.resolve({
      program: 'az',
      args: invokeArguments(work),
      cwd: work.workspace,
      env: azureCli?.signedIn ?? {},
    }),
  read: readInvoke,
};

/** `az login` and `az aks command invoke` together: what a step without this action runs, with a new ID token. */
const az: Contender = {
  async prepare(work, { azure, azureCli, scratch }) {
    const { AZURE_CONFIG_DIR: config = '', ...env } = azureCli?.cloudOnly ?? {};
    const own = await mkdtemp(path.join(scratch, 'az-'));
    await cp(config, own, { recursive: true });
    const login = signInArguments(await idToken(azure));
    return {
      program: 'sh',
      args: ['-ec', [login, invokeArguments(work)].map((words) => ['az', ...words].map(quoted).join(' ')).join('\n')],
      cwd: work.workspace,
      env: { ...env, AZURE_CONFIG_DIR: own },
    };
  },
  read: readInvoke,
};

/** The command line: the same bundle, with arguments. */
const atPrompt = (
  signIn: (
    arena: Arena,
  ) => Promise<{ readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }>,
): Contender => ({
  async prepare({ cluster, command, workspace }, arena) {
    const { args, env } = await signIn(arena);
    const target = ['-g', demo.resourceGroup, '-n', cluster, '--subscription', demo.subscriptionId];
    const { main } = await readAction(REPOSITORY);
    return {
      program: process.execPath,
      args: [path.join(REPOSITORY, main), ...target, '--environment', arena.azure.url, ...args, '--command', command],
      cwd: workspace,
      env: { ...env, NODE_EXTRA_CA_CERTS: arena.azure.caFile },
    };
  },
  read({ exitCode, stdout, stderr }, { azure }) {
    const id = azure.commands().at(-1)?.id;
    return Promise.resolve(
      exitCode !== 0 || id === undefined
        ? { kind: 'refused', message: stderr.trim() }
        : { kind: 'ended', commandId: id, outputBytes: Buffer.byteLength(stdout) },
    );
  },
});

/** With the session of `az login`. */
const prompt = atPrompt(({ azureCli }) => Promise.resolve({ args: [], env: azureCli?.signedIn ?? {} }));

/** With an ID token in a file, as other CI systems give one. */
const promptToken = atPrompt(async ({ azure, scratch }) => {
  const file = path.join(scratch, 'id-token');
  await writeFile(file, await idToken(azure));
  return {
    args: ['--client-id', demo.clientId, '--tenant-id', demo.tenantId],
    env: { PATH: process.env['PATH'] ?? '', HOME: scratch, AZURE_FEDERATED_TOKEN_FILE: file },
  };
});

/**
 * The action's own requests again, by bare `fetch`.
 *
 * @param example what the action asked for when it did the same work.
 */
const floor = (example: readonly RequestRecord[]): Contender => ({
  async prepare(_work, { azure, scratch }) {
    const asked = (wanted: Operation) => {
      const found = example.find(({ operation }) => operation === wanted);
      if (found === undefined) throw new Error(`The action did not ask for ${wanted}`);
      return found;
    };
    const script = path.join(scratch, 'floor.mjs');
    const source = await readFile(path.join(import.meta.dirname, 'floor.ts'), 'utf8');
    const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2024 };
    await writeFile(script, transpileModule(source, { compilerOptions }).outputText);

    // The pod refuses what is too old, and the token is the floor's own to get.
    const { clusterToken, ...body } = JSON.parse(asked('run-command').body) as Record<'command' | 'context', string> & {
      clusterToken?: string;
    };
    const startBy = Math.floor(Date.now() / 1000) + 90;
    const bodyFile = path.join(scratch, 'body.json');
    await writeFile(bodyFile, JSON.stringify({ ...body, command: body.command.replace(/ \d{10} /, ` ${startBy} `) }));

    const url = (operation: Operation) => azure.url + asked(operation).url;
    const plan: FloorPlan = {
      urls: {
        metadata: url('metadata'),
        'id-token': url('id-token'),
        'openid-configuration': url('openid-configuration'),
        token: url('token'),
        'get-cluster': url('get-cluster'),
        'run-command': url('run-command'),
      },
      clientId: demo.clientId,
      armScope: `${azure.url}/.default`,
      clusterScope: clusterToken === undefined ? undefined : `${aksServerApplication}/.default`,
      bodyFile,
      polls: waits(100),
    };
    const planFile = path.join(scratch, 'plan.json');
    await writeFile(planFile, JSON.stringify(plan));
    return {
      program: process.execPath,
      args: [script, planFile],
      cwd: scratch,
      env: { PATH: process.env['PATH'] ?? '', ...azure.runnerEnv() },
    };
  },
  read({ exitCode, stdout, stderr }) {
    if (exitCode !== 0) return Promise.resolve({ kind: 'refused', message: stderr });
    const { id, logs } = JSON.parse(stdout) as { id: string; logs: string };
    return Promise.resolve({ kind: 'ended', commandId: id, outputBytes: Buffer.byteLength(logs) });
  },
});

export const contenders = (example: readonly RequestRecord[]): Readonly<Record<Name, Contender>> => ({
  action,
  floor: floor(example),
  az,
  azSignedIn,
  prompt,
  promptToken,
});
