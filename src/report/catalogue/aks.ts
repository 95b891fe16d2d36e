import { NO_BOUNDARY_EXIT_CODE } from '../../pod/stream.ts';
import { formatDuration } from '../../text/duration.ts';
import { wordsOf } from './arm.ts';
import { said } from './paste.ts';
import {
  LOOK,
  PICK_UP,
  SAME_SIGN_IN,
  SEE_RESULT,
  lines,
  rowsOf,
  type Entries,
  type Row,
} from './row.ts';

const NO_EXIT_CODE = 'AKS reported a failure without an exit code.';

const aks = rowsOf('aks');

/** What AKS says about a command that failed. The first row that fits wins. */
export const AKS: readonly Row[] = [
  aks('command-image', { words: /ImagePullBackOff|ErrImagePull/i }, [
    "The cluster could not pull the image of the command's pod.",
    'The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly or through a cache.',
  ]),
  {
    ...aks('aks-failed', { words: /^(?<reason>(?<evicted>Evicted)\b|[A-Z]{1,60}$)/i }, [
      NO_EXIT_CODE,
      '{evicted?}: Kubernetes evicts a pod when its node runs low on memory or disk.',
      LOOK,
    ]),
    title: 'AKS reported {reason}, without an exit code',
  },
];

const ROOM = lines(
  'The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from mcr.microsoft.com. Check whether a node has that much free capacity and no taints, and read the events:',
  '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table',
  '$ kubectl get pods,events --namespace aks-command',
  'To give the autoscaler more time:',
  '@ start-timeout: 3m',
  '@ start-retries: 5',
);

const STOP = lines(
  'To stop {pod?}, on a machine that reaches the cluster (AKS Automatic refuses this):',
  '$ kubectl delete pod {pod?} --namespace aks-command',
);

/** Reported by two users, but undocumented: edwardsp/azcluster, azure-powershell#19133. */
const AFTER_TEN_MINUTES = lines(
  'Some users report that AKS ends commands after about ten minutes; Microsoft documents no such limit. For longer work, have the command create a Kubernetes Job, which runs on its own, and do not wait for the command:',
  '@ wait: false',
);

const DID_NOT_START = {
  sentence: "AKS could not start the command's pod in time.",
  move: lines('It was submitted {submissions?} times.', ROOM),
};

export const POD_FAILURES = {
  'did-not-start': {
    ...DID_NOT_START,
    read: ({ submissions, answer }) => {
      const words = wordsOf(answer);
      const { values, ...title } = withNodes(words);
      return {
        ...title,
        words,
        values: { ...values, submissions: submissions > 1 ? String(submissions) : undefined },
      };
    },
  },
  'start-unclear': {
    sentence:
      "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
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
      words: wordsOf(answer),
    }),
  },
  cancelled: {
    sentence: lines('[workflow] The step was canceled.', '[prompt] Waiting was interrupted.'),
    move: '',
    read: (_failure, { commandId, state = commandId && 'running' }) => {
      if (state !== 'running' && state !== 'unknown') return {};
      return { move: lines(state === 'running' ? PICK_UP : LOOK, STOP) };
    },
  },
  'not-waited': {
    sentence: 'The command was submitted, and {noun:step} does not wait for it.',
    title: 'submitted, not waiting for the result',
    move: lines(
      SEE_RESULT,
      '[workflow] To wait for it in a later job, pass its ID on.',
      '[workflow] {noStepId?}Give the step an id, and use it instead of STEP_ID.',
      '[workflow] In the job {job}:',
      '[workflow] | outputs:',
      '[workflow] |   command-id: {stepOutput}',
      '[workflow] In the job that waits:',
      '[prompt] To wait for it:',
      '[workflow] | needs: {job}',
      '[workflow] ',
      '@ cluster: {clusterId}',
      '[workflow] @ command-id: {jobOutput}',
      '[prompt] @ command-id: {commandId}',
      SAME_SIGN_IN,
      STOP,
    ),
  },
  'aks-failed': {
    sentence: NO_EXIT_CODE,
    move: LOOK,
    read: ({ reason, afterTenMinutes }) => ({
      ...(/^Unschedulable\b/i.test(reason)
        ? {
            section: 'did-not-start',
            ...DID_NOT_START,
            ...withNodes(reason),
            move: lines(LOOK, ROOM),
          }
        : {
            signs: { service: 'aks', text: reason },
            ...(afterTenMinutes && { move: lines(AFTER_TEN_MINUTES, LOOK) }),
          }),
      words: reason,
    }),
  },
  'no-exit-code': {
    sentence: 'AKS reported the end of the command without an exit code.',
    move: LOOK,
  },
  'not-begun': {
    sentence: 'The log does not say that the command began, so it is unknown whether it ran.',
    move: lines(
      'AKS reports exit code {ended?} for its container, which probably ended before the command began.',
      '{restarted?}Its container was probably restarted, and the command may have run before that.',
      LOOK,
    ),
    read: ({ containerExitCode }) => {
      if (containerExitCode === undefined) return {};
      const isRestart = containerExitCode === NO_BOUNDARY_EXIT_CODE;
      return { values: isRestart ? { restarted: '' } : { ended: String(containerExitCode) } };
    },
  },
  'no-boundary': {
    sentence:
      "The output lacks the first line of {noun:action}'s script, so the exit code cannot be trusted.",
    move: LOOK,
  },
} satisfies Partial<Entries>;

/** The scheduler's own count of nodes in the headline, if AKS passes it on. */
function withNodes(words: string) {
  const nodes = /\b\d{1,6}\/\d{1,6} nodes are available(?::[^.\n]{1,200})?/.exec(words)?.[0];
  return {
    values: said({ nodes }),
    ...(nodes && { title: "AKS could not start the command's pod: {nodes}" }),
  };
}
