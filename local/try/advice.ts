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
    // It may be about to be replaced.
    for (const wait of now.filter((one) => before.includes(one) && !told.has(one))) {
      told.add(wait);
      say(`   ${wait}\n`);
    }
    before = now;
  }, 2000);
  return () => {
    clearInterval(timer);
  };
}

/**
 * Notes what the cluster knows about a failure, and what the reader can do about what only a
 * rehearsal lacks.
 */
export function adviseOn({ exitCode, log }: StepResult, { rehearsal, notRun }: Scene): void {
  if (exitCode === 0) return;

  for (const wait of rehearsal.waits?.() ?? []) rehearsal.note(wait);
  if (rehearsal.startsEmpty === true) adviseOnMissing(log.shown, rehearsal.note);
  if (/No files were found|does not exist or is not a folder|no such file/i.test(log.shown))
    adviseOnFiles(notRun, rehearsal.note);
  adviseOnVariables(notRun, rehearsal.note);
  adviseOnTexts(notRun, rehearsal.note);
}

const LOST =
  /Error from server \(NotFound\)|release: not found|no matches for kind|no matching resources/;

function adviseOnMissing(log: string, note: (text: string) => void): void {
  const empty = 'The cluster of a rehearsal starts empty.';
  const [, namespace] = /namespaces? "([a-z0-9-]+)" not found/.exec(log) ?? [];
  if (namespace !== undefined)
    note(`${empty} If yours has this namespace: --setup 'kubectl create namespace ${namespace}'`);
  else if (LOST.test(log))
    note(`${empty} If yours has what was not found, create it with --setup COMMAND.`);
}

const CANNOT_RUN = 'A rehearsal cannot run other actions.';

function adviseOnFiles(notRun: readonly Step[], note: (text: string) => void): void {
  const scripts = notRun.filter(({ kind }) => kind === 'run');
  const skipped = scripts.length > 0 ? scripts : notRun;
  if (skipped.length === 0) return;

  const names = skipped.map(({ name }) => `"${name}"`).join(', ');
  const move = scripts.length > 0 ? 'To run the run: steps, add --run-steps.' : CANNOT_RUN;
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

/** What replaces text in a file of the checkout: programs of a script, and actions. */
const REPLACES_IN_SCRIPT = /\b(?:sed|perl|yq)\b.* -\w*i|\benvsubst\b|\bkustomize edit\b/;
const REPLACES_AS_ACTION =
  /replace-?tokens|find-and-replace|envsubst|\byq\b|variable-substitution/i;

function adviseOnTexts(notRun: readonly Step[], note: (text: string) => void): void {
  const replacing = notRun.filter(
    ({ script, uses }) => REPLACES_IN_SCRIPT.test(script) || REPLACES_AS_ACTION.test(uses),
  );
  if (replacing.length === 0) return;

  const names = replacing.map(({ name }) => `"${name}"`).join(', ');
  const isScript = replacing.some(({ kind }) => kind === 'run');
  const move = isScript ? 'To run the run: steps, add --run-steps.' : CANNOT_RUN;
  note(`A file may lack what a step that was skipped puts into it: ${names}. ${move}`);
}
