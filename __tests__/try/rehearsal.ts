import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { tryWorkflow } from '../../local/try/try.ts';
import { scratch } from '../support/scratch.ts';
import { track } from '../support/track.ts';
import { writeTree, type Tree } from '../support/write-tree.ts';

/** Runs `npm run try` on workflows that are written as values. */

export const repository = path.resolve(import.meta.dirname, '../..');
export const PROGRAM = ['--liftoff-only', path.join(repository, 'local/try/main.ts')];

export const folder = scratch('try');

/** What `npm run try` says with these arguments, and its exit code. */
export async function tryFile(...args: readonly string[]): Promise<{ code: number; said: string }> {
  const texts: string[] = [];
  const say = (text: string) => texts.push(text);
  const { signal } = new AbortController();
  const code = await tryWorkflow(args, { say, complain: say, signal, temp: folder });
  return { code, said: texts.join('') };
}

/** Writes a workflow, and other files of its checkout, of which git tracks those of `files`. */
export async function written(text: string, files: Tree = {}, untracked: Tree = {}) {
  const checkout = await mkdtemp(path.join(folder, 'checkout-'));
  writeTree(checkout, { 'w.yml': text, ...files });
  track(checkout);
  writeTree(checkout, untracked);
  return path.join(checkout, 'w.yml');
}

const ID = '5b0a0002-0000-4000-8000-000000000002';
export const CLUSTER = { cluster: 'c', 'resource-group': 'r', 'subscription-id': ID } as const;
export const IDENTITY = { 'client-id': ID, 'tenant-id': ID } as const;

type Step = Readonly<Record<string, unknown>>;
/** A job: its steps, or everything that is not `runs-on`. */
type Job = readonly Step[] | Readonly<Record<string, unknown>>;
export type Jobs = Readonly<Record<string, Job>>;

const isSteps = (job: Job): job is readonly Step[] => Array.isArray(job);

/** A step of this action with these inputs alone. */
export const step = (inputs: Readonly<Record<string, unknown>>): Step => ({
  uses: 'octo-org/aks-run-command@v1',
  with: inputs,
});

/** A step of this action that runs a command in the cluster `c`. */
export const ours = (command: string, inputs: Readonly<Record<string, unknown>> = {}): Step =>
  step({ ...CLUSTER, ...IDENTITY, command, ...inputs });

/** Brings the repository into the workspace. */
export const checkout: Step = { uses: 'actions/checkout@v5' };

/** A workflow that is started by hand and may request an ID token, unless its head differs. */
export function workflow(jobs: Jobs, head: Readonly<Record<string, unknown>> = {}): string {
  const whole = Object.entries(jobs).map(([id, given]) => {
    const job = isSteps(given) ? { steps: given } : given;
    return [id, 'uses' in job ? job : { 'runs-on': 'ubuntu-latest', ...job }] as const;
  });
  const usual = { on: 'workflow_dispatch', permissions: { 'id-token': 'write' } };
  return stringify(
    { ...usual, ...head, jobs: Object.fromEntries(whole) },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
