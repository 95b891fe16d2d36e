import { execFile, execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { writeTree, type Tree } from '../support/write-tree.ts';
import { scratch } from '../support/scratch.ts';

/** Runs `npm run try` on workflows that are written as values. */

export const repository = path.resolve(import.meta.dirname, '../..');
export const PROGRAM = ['--liftoff-only', path.join(repository, 'local/try/main.ts')];

export const folder = scratch('try');

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `npm run try`, with these arguments and variables. */
export function tryWorkflow(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...PROGRAM, ...args],
      { cwd: repository, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

/**
 * A repository in which git tracks these files, except those whose name contains `untracked`.
 *
 * @param links what the links in it point to, by their names
 */
export async function repositoryOf(files: Tree, links: Tree = {}): Promise<string> {
  const root = await mkdtemp(path.join(folder, 'repository-'));
  writeTree(root, files);
  for (const [name, to] of Object.entries(links)) symlinkSync(to, path.join(root, name));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  const tracked = Object.keys({ ...files, ...links }).filter((name) => !name.includes('untracked'));
  execFileSync('git', ['add', '--force', ...tracked], { cwd: root });
  return root;
}

const SUBSCRIPTION = '5b0a0002-0000-4000-8000-000000000002';
export const CLUSTER = {
  cluster: 'c',
  'resource-group': 'r',
  'subscription-id': SUBSCRIPTION,
} as const;
export const IDENTITY = { 'client-id': SUBSCRIPTION, 'tenant-id': SUBSCRIPTION } as const;

type Step = Readonly<Record<string, unknown>>;
/** A job: its steps, or everything that is not `runs-on`. */
type Job = readonly Step[] | Readonly<Record<string, unknown>>;
export type Jobs = Readonly<Record<string, Job>>;

const isSteps = (job: Job): job is readonly Step[] => Array.isArray(job);

/** A step of this action with these inputs alone. */
export const step = (inputs: Readonly<Record<string, unknown>>): Step => ({
  uses: 'OWNER/aks-run-command@v1',
  with: inputs,
});

/** A step of this action that runs a command in the cluster `c`. */
export const ours = (command: string, inputs: Readonly<Record<string, unknown>> = {}): Step =>
  step({ ...CLUSTER, ...IDENTITY, command, ...inputs });

/** Brings the repository into the workspace. */
export const checkout: Step = { uses: 'actions/checkout@v5' };

/**
 * A workflow that is started by hand and may request an ID token, unless its head says something
 * else.
 */
export function workflow(jobs: Jobs, head: Readonly<Record<string, unknown>> = {}): string {
  const whole = Object.entries(jobs).map(([id, given]) => {
    const job = isSteps(given) ? { steps: given } : given;
    return [id, 'uses' in job ? job : { 'runs-on': 'ubuntu-latest', ...job }];
  });
  const usual = { on: 'workflow_dispatch', permissions: { 'id-token': 'write' } };
  return stringify(
    { ...usual, ...head, jobs: Object.fromEntries(whole) as object },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** A workflow for others to call, whose job `b` has these steps. */
export const called = (steps: readonly Step[], inputs: object = {}): string =>
  stringify({
    on: { workflow_call: { inputs } },
    jobs: { b: { 'runs-on': 'ubuntu-latest', steps } },
  });

/** The file of the called workflow, and the job that calls it. */
export const CALLED = '.github/workflows/called.yml';
export const calls = { uses: `./${CALLED}` };

export const manifest = stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'default' },
});
