import type { StepResult } from '../runner/step.ts';
import type { Step } from '../runner/workflow.ts';
import type { Scene } from './running.ts';

/** What a rehearsal knows about a failure beyond the log of the step. */

/**
 * Reports what the clusters wait for in vain while the command waits, too: its log is shown when it
 * ends. Returns a function that ends this.
 */
export function watchWaits({ waits = () => [], say }: Scene['rehearsal']): () => void {
  const told = new Set<string>();
  let before: readonly string[] = [];
  const timer = setInterval(() => {
    const now = waits();
    // What a pod waits for may be about to come.
    for (const wait of now.filter((one) => before.includes(one) && !told.has(one))) {
      told.add(wait);
      say(`   ${withMove(wait)}\n`);
    }
    before = now;
  }, 2000);
  return () => {
    clearInterval(timer);
  };
}

/** What a pod can't start without, in Kubernetes's words, and the arguments that create it. */
const MISSING =
  /in the namespace (\S+) waits: .*\b(service account|configmap|secret) "([\w.-]+)" not found/;
const CREATED_AS: Readonly<Record<string, string>> = {
  'service account': 'serviceaccount',
  configmap: 'configmap',
  secret: 'secret generic',
};

/** A wait, with the option that ends it if it is for something that only a rehearsal lacks. */
function withMove(wait: string): string {
  const [, namespace = '', kind = '', name = ''] = MISSING.exec(wait) ?? [];
  const what = CREATED_AS[kind];
  if (what === undefined) return wait;
  return `${wait}. If yours has it: --setup 'kubectl create ${what} ${name} --namespace ${namespace}'`;
}

/**
 * Notes what the cluster knows about a failure, and what the reader can do about what only a
 * rehearsal lacks.
 */
export function adviseOn({ exitCode, log }: StepResult, { rehearsal, notRun }: Scene): void {
  if (exitCode === 0) return;

  const waits = rehearsal.waits?.() ?? [];
  for (const wait of waits) rehearsal.note(withMove(wait));
  if (waits.some((wait) => wait.includes("didn't match Pod's node affinity/selector")))
    rehearsal.note(
      "The node of a rehearsal has the labels of AKS's first node pool. To give it those of " +
        "yours: --setup 'kubectl label nodes --all NAME=VALUE --overwrite'",
    );
  if (rehearsal.startsEmpty === true) adviseOnMissing(log.shown, rehearsal.note);
  if (/No files were found|does not exist or is not a folder/.test(log.shown))
    adviseOnFiles(notRun, rehearsal.note);
  adviseOnVariables(notRun, rehearsal.note);
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

function adviseOnVariables(notRun: readonly Step[], note: (text: string) => void): void {
  const writers = notRun.filter(({ script }) => /\bGITHUB_ENV\b/.test(script));
  if (writers.length === 0) return;

  const names = writers.map(({ name }) => `"${name}"`).join(', ');
  note(
    `A variable may come from a step that was skipped and writes to GITHUB_ENV: ${names}. To run ` +
      'the run: steps, add --run-steps.',
  );
}
