import type { State } from '../verdict.ts';

/** What each state is called, wherever a state is told. */
type StateWords = {
  readonly sign: string;
  /** What is known of the command, as a sentence. */
  readonly known: string;
  /** The end of a headline that begins with the cluster. */
  readonly headline: string;
};

export const STATES: Readonly<Record<State, StateWords>> = {
  succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
  failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
  'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
  running: { sign: '⏳', known: 'The command is still running in the cluster.', headline: 'still running' },
  unknown: { sign: '❓', known: 'The command may or may not have run.', headline: 'may or may not have run' },
  'dry-run': { sign: '📦', known: 'Dry run: nothing was sent.', headline: 'dry run, nothing was sent' },
};
