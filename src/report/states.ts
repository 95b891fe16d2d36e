import { ours, type Ours } from '../hosts/log.ts';
import type { State } from '../verdict.ts';

/** What each state is called, wherever a state is told. */
type StateWords = {
  readonly sign: string;
  /** What is known of the command, as a sentence. */
  readonly known: string;
  /** The title of an annotation without an exit code. */
  readonly title: string;
  /** The end of a headline that begins with the cluster. */
  readonly headline: string;
  /** The last line of the log. */
  readonly done: Ours;
};

export const STATES: Readonly<Record<State, StateWords>> = {
  succeeded: {
    sign: '✅',
    known: 'The command ran and succeeded.',
    title: 'Succeeded',
    headline: 'succeeded',
    done: ours`The command succeeded.`,
  },
  failed: {
    sign: '❌',
    known: 'The command ran and failed.',
    title: 'AKS reports a failure',
    headline: 'failed',
    done: ours`The command failed.`,
  },
  'not-started': {
    sign: '❌',
    known: 'The command did not run.',
    title: 'The command did not run',
    headline: 'did not run',
    done: ours`The command did not run.`,
  },
  running: {
    sign: '⏳',
    known: 'The command keeps running in the cluster.',
    title: 'The command is still running',
    headline: 'still running',
    done: ours`The command keeps running, the step does not wait for it.`,
  },
  unknown: {
    sign: '❓',
    known: 'The command may or may not have run.',
    title: 'The command may or may not have run',
    headline: 'may or may not have run',
    done: ours`The command may or may not have run.`,
  },
  'dry-run': {
    sign: '📦',
    known: 'Dry run: nothing was sent.',
    title: 'Dry run',
    headline: 'dry run, nothing was sent',
    done: ours`Dry run: nothing was sent.`,
  },
};
