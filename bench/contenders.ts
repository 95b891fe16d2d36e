import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import {
  aksServerApplication,
  demo,
  type LocalAzure,
  type Operation,
  type RequestRecord,
} from '../local-azure/index.ts';
import { readAction } from '../local-runner/step.ts';
import { pollDelay } from '../src/lifecycle/polling.ts';
import type { FloorPlan } from './floor.ts';
import type { Measure, Process } from './measure.ts';

/** Where the contenders meet. */
export type Arena = {
  readonly azure: LocalAzure;
  /** A folder for what they need beside the work. */
  readonly scratch: string;
  /** The environment of a signed-in `az`; undefined where there is no `az`. */
  readonly azureCli: Readonly<Record<string, string>> | undefined;
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

export const NAMES = ['action', 'floor', 'az'] as const;
export type Name = (typeof NAMES)[number];

const REPOSITORY = path.resolve(import.meta.dirname, '..');

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

/** `az aks command invoke`, signed in beforehand. */
const az: Contender = {
  prepare({ cluster, command, workspace, files }, { azureCli }) {
    const args = ['aks', 'command', 'invoke', '--resource-group', demo.resourceGroup, '--name', cluster];
    return Promise.resolve({
      program: 'az',
      args: [...args, '--command', command, ...(files ? ['--file', '.'] : []), '--output', 'json'],
      cwd: workspace,
      env: azureCli ?? {},
    });
  },
  read({ exitCode, stdout, stderr }) {
    if (exitCode !== 0) return Promise.resolve({ kind: 'refused', message: stderr.trim() });
    const { id, logs } = JSON.parse(stdout) as { id: string; logs: string };
    return Promise.resolve({ kind: 'ended', commandId: id, outputBytes: Buffer.byteLength(logs) });
  },
};

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
      polls: schedule(100),
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
});

/** The action's waits before its first, second … look at a result. */
function schedule(looks: number): number[] {
  const waits: number[] = [];
  for (let elapsed = 0; waits.length < looks;) {
    const wait = pollDelay(elapsed);
    waits.push(wait);
    elapsed += wait;
  }
  return waits;
}
