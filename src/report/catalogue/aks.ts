import { formatDuration } from '../../text/duration.ts';
import { lines, LOOK, PASS_ON, PICK_UP, ROOM, STOP } from './moves.ts';
import { wordsOf } from './network.ts';
import { said, type Values } from './paste.ts';
import type { Entries, Row, Text } from './row.ts';

const DID_NOT_START = {
  section: 'did-not-start',
  sentence: "AKS could not start the command's pod in time.",
};

const CANCELLED = {
  section: 'cancelled',
  sentence: lines('[workflow] The step was canceled.', '[prompt] Waiting was interrupted.'),
};

const NO_EXIT_CODE = {
  section: 'aks-failed',
  sentence: 'AKS reported a failure without an exit code.',
};
/** Reported by two users, documented by nobody: edwardsp/azcluster, azure-powershell#19133. */
const AFTER_TEN_MINUTES = {
  ...NO_EXIT_CODE,
  move: lines(
    'Some users report that AKS ends commands after about ten minutes; Microsoft documents no such limit. For longer work, have the command create a Kubernetes Job, which runs on its own, and do not wait for the command:',
    '@ wait: false',
    LOOK,
  ),
};
const NAMED_REASON = { ...NO_EXIT_CODE, title: 'AKS reported {reason}, without an exit code' };

/** What AKS says about a command that failed, and what happened to its pod. The first row that fits wins. */
export const AKS: readonly Row[] = [
  {
    section: 'command-image',
    match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
    sentence: "The cluster could not pull the image of the command's pod.",
    move: 'The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly or through a cache.',
  },
  {
    ...NAMED_REASON,
    match: { service: 'aks', words: /^(?<reason>Evicted)\b/i },
    move: lines('Kubernetes evicts a pod when its node runs low on memory or disk.', LOOK),
  },
  { ...NAMED_REASON, match: { service: 'aks', words: /^(?<reason>[A-Za-z]{1,60})$/ }, move: LOOK },
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
    ...DID_NOT_START,
    move: lines('It was submitted {submissions?} times.', ROOM),
    read: ({ submissions, answer }) => {
      const words = answer ? wordsOf(answer) : '';
      const { text, values } = notStarted(words, lines('It was submitted {submissions?} times.', ROOM));
      return { text, words, values: { ...values, submissions: submissions === 1 ? undefined : String(submissions) } };
    },
  },
  'start-unclear': {
    sentence: "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
    move: lines(LOOK, ROOM),
    read: ({ answer }) => ({ words: wordsOf(answer) }),
  },
  'pod-refused': {
    sentence: 'The pod says that it started too late and ran nothing, but nothing confirms it.',
    move: LOOK,
  },
  'no-answer-in-time': {
    sentence: 'The command gave no result within {duration}.',
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
    sentence: 'The command was submitted, and {noun:step} does not wait for it.',
    title: 'submitted, not waiting for the result',
    move: lines(PASS_ON, STOP),
  },
  'aks-failed': {
    ...NO_EXIT_CODE,
    move: LOOK,
    read: ({ reason, afterTenMinutes }) => ({
      ...(afterTenMinutes && { text: AFTER_TEN_MINUTES }),
      ...(/^Unschedulable\b/i.test(reason) && notStarted(reason, lines(LOOK, ROOM))),
      signs: { service: 'aks', text: reason },
      words: reason,
    }),
  },
  'no-exit-code': {
    sentence: 'AKS reported the end of the command without an exit code.',
    move: LOOK,
  },
  'no-boundary': {
    sentence: "The output lacks the first line of {noun:action}'s script, so the exit code cannot be trusted.",
    move: LOOK,
  },
};

/** A pod that did not start, with the scheduler's own count of nodes in the headline if AKS passes it on. */
function notStarted(words: string, move: string): { text: Text; values: Values } {
  const nodes = /\b\d{1,6}\/\d{1,6} nodes are available(?::[^.\n]{1,200})?/.exec(words)?.[0];
  const title = nodes && { title: "AKS could not start the command's pod: {nodes}" };
  return { text: { ...DID_NOT_START, ...title, move }, values: said({ nodes }) };
}
