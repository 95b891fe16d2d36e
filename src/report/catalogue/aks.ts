import { lines, LOOK, PICK_UP, ROOM } from './moves.ts';
import type { Entries, Row } from './row.ts';
import { formatDuration } from '../../lifecycle/duration.ts';
import { wordsOf } from './service-words.ts';

const CANCELLED = {
  section: 'cancelled',
  sentence: lines('[workflow] The step was cancelled.', '[prompt] The waiting was interrupted.'),
};

/** What AKS says of a command that failed, and what became of its pod. The first row that fits counts. */
export const AKS: readonly Row[] = [
  {
    section: 'command-image',
    match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
    sentence: "The cluster could not pull the image of run command's pod.",
    move: 'The image comes from mcr.microsoft.com: let the nodes reach it and *.data.mcr.microsoft.com, through the firewall or a cache.',
  },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'running' }, move: PICK_UP },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'unknown' }, move: LOOK },
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
    sentence: 'The pod of the command did not start in time, in {submissions}.',
    move: ROOM,
    read: ({ submissions, answer }) => ({
      values: { submissions: submissions === 1 ? 'one submission' : `${submissions} submissions` },
      words: answer ? wordsOf(answer) : '',
    }),
  },
  'start-unclear': {
    section: 'start-unclear',
    sentence: 'AKS gave up waiting for the pod of the command, and nothing tells whether it started later.',
    move: lines(LOOK, ROOM),
    read: ({ answer }) => ({ words: wordsOf(answer) }),
  },
  'pod-refused': {
    section: 'pod-refused',
    sentence: 'The log says that the pod started too late and ran nothing, but nothing else confirms it.',
    move: LOOK,
  },
  'no-answer-in-time': {
    section: 'no-answer-in-time',
    sentence: 'After {duration} there was no result yet.',
    move: PICK_UP,
    read: ({ seconds }) => ({ values: { duration: formatDuration(seconds) } }),
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
    sentence: '{Noun:step} was told not to wait for the command.',
    move: PICK_UP,
  },
  'aks-failed': {
    section: 'aks-failed',
    sentence: 'AKS says that the command failed.',
    move: LOOK,
    read: ({ reason }) => ({ signs: { service: 'aks', text: reason }, words: reason }),
  },
  'no-exit-code': {
    section: 'no-exit-code',
    sentence: 'AKS says that the command ended, but not with which exit code.',
    move: LOOK,
  },
  'no-boundary': {
    section: 'no-boundary',
    sentence:
      "The output lacks the first line of {noun:action}'s own script, so nothing proves that the exit code is the command's.",
    move: LOOK,
  },
};
