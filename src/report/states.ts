import { say, type Text } from '../text/say.ts';
import type { State, Verdict } from '../verdict.ts';

/** How reports describe what happened to a command. */
type Description = {
  /** Begins a summary. */
  readonly sign: string;
  /** Behind the name of the cluster. */
  readonly status: Text;
  readonly sentence: Text;
};

const DESCRIPTIONS: Readonly<Record<State, Description>> = {
  succeeded: {
    sign: '✅',
    status: say`succeeded`,
    sentence: say`The command ran and succeeded.`,
  },
  failed: {
    sign: '❌',
    status: say`failed`,
    sentence: say`The command ran and failed.`,
  },
  'not-started': {
    sign: '❌',
    status: say`did not run`,
    sentence: say`The command did not run.`,
  },
  running: {
    sign: '⏳',
    status: say`may still be running`,
    sentence: say`The command may still be running in the cluster.`,
  },
  unknown: {
    sign: '❓',
    status: say`may or may not have run`,
    sentence: say`The command may or may not have run.`,
  },
  'dry-run': {
    sign: '📦',
    status: say`dry run, the command did not run`,
    sentence: say`The command did not run.`,
  },
};

/** What they say instead if something is known to have started, but not how the command ended. */
const STARTED: Readonly<Record<NonNullable<Verdict['started']>, Partial<Description>>> = {
  command: {
    status: say`started, end unknown`,
    sentence: say`The command started. How far it got is unknown: check what it changes.`,
  },
  pod: {
    sentence: say`The pod started and ended. Whether the command ran is unknown.`,
  },
};

export function describe({ state, started }: Pick<Verdict, 'state' | 'started'>): Description {
  return { ...DESCRIPTIONS[state], ...(started && STARTED[started]) };
}
