import { lines, LOOK, PASS_ON, PICK_UP, ROOM, STOP } from './moves.ts';
import type { Entries, Row } from './row.ts';
import { formatDuration } from '../../text/duration.ts';
import { wordsOf } from './service-words.ts';

const CANCELLED = {
  section: 'cancelled',
  sentence: lines('[workflow] The step was canceled.', '[prompt] Waiting was interrupted.'),
};

const NO_EXIT_CODE = {
  section: 'aks-failed',
  sentence: 'AKS reported a failure without an exit code.',
  title: 'AKS reported {reason}, without an exit code',
};

const TEN_MINUTES =
  '{tenMinutes?}Some users report that AKS ends commands after about ten minutes; Microsoft documents no such limit. For longer work, let the command create a Kubernetes Job, which runs on its own, and check on it later.';

/** What AKS says of a command that failed, and what became of its pod. The first row that fits counts. */
export const AKS: readonly Row[] = [
  {
    section: 'command-image',
    match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
    sentence: "The cluster could not pull the image of the command's pod.",
    move: 'The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly or through a cache.',
  },
  {
    ...NO_EXIT_CODE,
    match: { service: 'aks', words: /^(?<reason>Evicted)\b/i },
    move: lines('Kubernetes evicts a pod when its node runs low on memory or disk.', LOOK),
  },
  { ...NO_EXIT_CODE, match: { service: 'aks', words: /^(?<reason>[A-Za-z]{1,60})$/ }, move: LOOK },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'running' }, move: lines(PICK_UP, STOP) },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'unknown' }, move: lines(LOOK, STOP) },
];

export const POD_FAILURES: Entries<
  | 'did-not-start'
  | 'start-unclear'
  | 'pod-refused'
  | 'no-answer-in-time'
  | 'cancelled'
  | 'not-waited'
  | 'aks-failed'
  | 'no-exit-code'
  | 'no-boundary'
> = {
  'did-not-start': {
    section: 'did-not-start',
    sentence: "The command's pod did not start in time.",
    move: lines('It was submitted {submissions?} times.', ROOM),
    read: ({ submissions, answer }) => ({
      values: { submissions: submissions === 1 ? undefined : String(submissions) },
      words: answer ? wordsOf(answer) : '',
    }),
  },
  'start-unclear': {
    section: 'start-unclear',
    sentence: "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
    move: lines(LOOK, ROOM),
    read: ({ answer }) => ({ words: wordsOf(answer) }),
  },
  'pod-refused': {
    section: 'pod-refused',
    sentence: 'The pod says that it started too late and ran nothing, but nothing confirms it.',
    move: LOOK,
  },
  'no-answer-in-time': {
    section: 'no-answer-in-time',
    sentence: 'No result after {duration}.',
    move: lines(PICK_UP, STOP),
    read: ({ seconds, answer }) => ({
      values: { duration: formatDuration(seconds) },
      words: answer ? wordsOf(answer) : '',
    }),
  },
  cancelled: {
    ...CANCELLED,
    move: '',
    read: (_failure, { state, commandId }) => ({
      signs: { service: 'action', code: 'cancelled', state: state ?? (commandId && 'running') },
    }),
  },
  'not-waited': {
    section: 'not-waited',
    sentence: 'The command was submitted, and {noun:step} does not wait for it.',
    title: 'submitted, not waiting for the result',
    move: lines(PASS_ON, STOP),
  },
  'aks-failed': {
    section: 'aks-failed',
    sentence: 'AKS reported a failure without an exit code.',
    move: lines(TEN_MINUTES, LOOK),
    read: ({ reason, afterTenMinutes }) => ({
      signs: { service: 'aks', text: reason },
      values: { tenMinutes: afterTenMinutes && '' },
      words: reason,
    }),
  },
  'no-exit-code': {
    section: 'no-exit-code',
    sentence: 'AKS reported the end of the command without an exit code.',
    move: LOOK,
  },
  'no-boundary': {
    section: 'no-boundary',
    sentence: "The output lacks the first line of {noun:action}'s script, so the exit code cannot be trusted.",
    move: LOOK,
  },
};
