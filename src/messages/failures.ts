import {
  describeAnswer,
  isTransient,
  requestIds,
  serviceError,
  type Answer,
} from '../azure/answer.ts';
import type { Code, FailureOf } from '../failure.ts';
import { formatDuration } from '../text/duration.ts';
import {
  cancelFacts,
  collectFacts,
  deniedIn,
  exactSize,
  exitCodeFacts,
  filesFacts,
  inputFacts,
  noAnswerFacts,
  notStoppedFacts,
  notWaitedFacts,
  signInFacts,
  startFacts,
  startUnclearFacts,
  unprovenFacts,
} from './facts.ts';
import type { KnownCause, Signs } from './known-causes.ts';
import {
  ARM,
  ARM_UNREACHABLE,
  ENTRA,
  NETWORK,
  SESSION,
  STOP,
  SUBMISSION,
} from './service-causes.ts';
import {
  biggestFiles,
  COMMAND_RESULTS,
  durationInput,
  findPod,
  READ_CLUSTER,
  RUN_COMMAND,
  type Situation,
} from './values.ts';
import type { Values } from './writer.ts';

/** Users report that AKS ended commands after about ten minutes: no longer timeout is suggested. */
const AKS_MAY_END_AFTER = 600;

/** What is special about a failure. A row without anything has the message of its code. */
export type FailureRow<C extends Code> = {
  /** The name of its message, if that is not its code. */
  readonly name?: (failure: FailureOf<C>, situation: Situation) => string | undefined;
  /** What the message's own placeholders stand for. More than an expression is in `facts.ts`. */
  readonly facts?: (failure: FailureOf<C>, situation: Situation) => Values;
  /** What a service or a program said, as it is shown. Untrusted text. */
  readonly said?: (failure: FailureOf<C>) => string;
  /** Causes that only words show, which have messages of their own, and by what to look them up. */
  readonly causes?: {
    readonly of: readonly KnownCause[];
    readonly by: (failure: FailureOf<C>) => Signs;
  };
  /** It says nothing about the cluster and the command, because the inputs are not certain. */
  readonly isAboutInputs?: true;
  /** Nobody is surprised by the state, so the cause comes first. */
  readonly isStateExpected?: true;
  /** Errors in the output are not why the step fails. */
  readonly isOutputNoCause?: true;
  /** It is the exit code, a fact about the command: a hint about the output says more. */
  readonly isExitCode?: true;
  /** Beside another failure, it is not worth reporting. */
  readonly isOnlyAlone?: true;
};

/** One row for each failure. The compiler demands a row for each code of `Failure`. */
const FAILURES: { readonly [C in Code]: FailureRow<C> } = {
  // Inputs and files
  'invalid-inputs': {
    name: ({ problems }, { words }) =>
      // At a prompt, nothing has to be short.
      problems.length === 1 && !words.isStep ? 'invalid-option' : undefined,
    facts: inputFacts,
    isAboutInputs: true,
    isStateExpected: true,
  },
  files: {
    name: ({ problem }) => `files-${problem.kind}`,
    facts: ({ problem }) => filesFacts(problem),
  },
  'too-large': {
    facts: ({ afterPacking, bytes, limit, biggest }) => ({
      packed: afterPacking,
      size: exactSize(bytes),
      limit: exactSize(limit),
      biggest: biggestFiles(biggest),
    }),
  },

  // Sign-in
  'no-id-token': { name: (_failure, { startedBy }) => startedBy },
  'id-token': { said: detailOf, causes: { of: NETWORK, by: signsInDetail } },
  entra: {
    name: ({ answer }) => (isTransient(answer) ? 'entra-temporary' : undefined),
    facts: signInFacts,
    said: answerOf,
    causes: {
      of: [...NETWORK, ...ENTRA],
      by: ({ answer }) => {
        const signs = signsInAnswer({ answer });
        return answer.kind === 'unanswered' ? signs : { ...signs, code: aadstsIn(signs.text) };
      },
    },
  },
  'no-session': { said: detailOf, causes: { of: SESSION, by: signsInDetail } },
  'session-failed': { said: detailOf, causes: { of: SESSION, by: signsInDetail } },

  // The cluster
  'cloud-metadata': {
    said: answerOf,
    causes: { of: [...NETWORK, ARM_UNREACHABLE], by: signsInAnswer },
  },
  'cluster-unreadable': {
    facts: ({ answer }, situation) => deniedIn(answer, READ_CLUSTER, situation),
    said: answerOf,
    causes: { of: [...NETWORK, ...ARM], by: signsInAnswer },
  },
  'run-command-disabled': {
    // The resource group of a Fleet Manager's hub has a name that begins with `FL_`.
    name: (_failure, { cluster }) =>
      cluster.resourceGroup.startsWith('FL_') ? 'fleet-hub' : undefined,
  },
  'cluster-stopped': {},

  // The submission
  'submission-refused': {
    facts: ({ answer }, situation) => deniedIn(answer, RUN_COMMAND, situation),
    said: answerOf,
    causes: { of: [...NETWORK, ...ARM], by: signsInAnswer },
  },
  'submission-unclear': {
    facts: ({ hash }, { commandId }) => ({ findPod: findPod(commandId, hash) }),
    said: answerOf,
    causes: { of: SUBMISSION, by: signsInAnswer },
  },
  'did-not-start': {
    facts: ({ submissions }) => ({ submissions: submissions > 1 ? submissions : undefined }),
    said: answerOf,
  },
  'start-unclear': { facts: startUnclearFacts, said: answerOf },

  // The wait
  'no-answer-in-time': { facts: noAnswerFacts, said: answerOf },
  'result-missing': {
    facts: ({ answer }, situation) => deniedIn(answer, COMMAND_RESULTS, situation),
    said: answerOf,
    causes: { of: ARM, by: signsInAnswer },
  },
  'result-forbidden': {
    facts: ({ answer }, situation) => deniedIn(answer, COMMAND_RESULTS, situation),
    said: answerOf,
  },
  'not-waited': { facts: notWaitedFacts, isStateExpected: true },
  cancelled: { facts: cancelFacts },
  'not-stopped': {
    name: ({ problem }) => `stop-${problem.kind}`,
    facts: notStoppedFacts,
    said: ({ problem }) => {
      if (problem.kind === 'rejected') return problem.detail;
      return problem.kind === 'not-run' && problem.failure ? saidIn(problem.failure) : '';
    },
    causes: {
      of: STOP,
      by: ({ problem }) => ({ text: problem.kind === 'rejected' ? problem.detail : '' }),
    },
  },
  stopped: {
    name: ({ signaled }) => {
      if (signaled === undefined) return 'ended-in-doubt';
      return signaled ? 'stopped' : 'ended-before-stop';
    },
    isOutputNoCause: true,
  },

  // The end of the command
  'pod-refused': { name: ({ doubt }) => doubt && `pod-refused-${doubt}` },
  'aks-failed': {
    name: ({ reason }) => {
      if (/^Unschedulable\b/i.test(reason)) return 'unschedulable';
      return /ImagePullBackOff|ErrImagePull/i.test(reason) ? 'image-not-pulled' : undefined;
    },
    facts: (failure) => ({
      evicted: /^Evicted\b/i.test(failure.reason),
      silent: failure.silent,
      ...startFacts(failure),
    }),
    said: ({ reason }) => reason,
  },
  unproven: { facts: unprovenFacts },
  'exit-code': { facts: exitCodeFacts, isExitCode: true },
  'timed-out': {
    facts: ({ seconds }) => ({
      time: formatDuration(seconds),
      longer: seconds < AKS_MAY_END_AFTER ? durationInput(AKS_MAY_END_AFTER) : undefined,
    }),
  },

  // What the pod lacks
  'no-bash': {},
  'no-namespace': { said: detailOf },
  'no-tool': {
    name: ({ tool }) => (tool === 'disk' ? 'no-disk' : undefined),
    facts: ({ tool }) => ({ tool }),
  },
  'no-variables': {},

  // What the command handed over
  'output-lost': {},
  'outputs-lost': {
    facts: ({ isChanged }) => ({ isChanged }),
    // Perhaps there were none.
    isOnlyAlone: true,
  },
  'outputs-malformed': { facts: ({ line, problem }) => ({ line, problem }) },
  'outputs-too-large': {},
  collect: {
    name: ({ problem }) =>
      `collect-${problem.kind === 'uncollected' ? problem.because : problem.kind}`,
    facts: ({ problem }) => collectFacts(problem),
  },

  // The report
  'outputs-unwritable': { said: detailOf },
  unexpected: { said: detailOf },
};

/** What is special about a failure. */
export function rowOf<C extends Code>(failure: FailureOf<C>): FailureRow<C> {
  const code: C = failure.code;
  return FAILURES[code];
}

/** What a service or a program said about a failure. Untrusted text. */
export function saidIn<C extends Code>(failure: FailureOf<C>): string {
  return rowOf(failure).said?.(failure) ?? '';
}

function detailOf({ detail }: { readonly detail: string }): string {
  return detail;
}

function answerOf({ answer }: { readonly answer: Answer | undefined }): string {
  return answer === undefined ? '' : answerText(answer);
}

/** Status, code, message, and the IDs that Azure support asks for. */
function answerText(answer: Answer): string {
  if (answer.kind === 'unanswered') {
    return answer.sent === 'unsigned' ? answer.cause : `Connection error: ${answer.cause}`;
  }
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}

function signsInDetail({ detail }: { readonly detail: string }): Signs {
  return { status: 0, text: detail, code: aadstsIn(detail) };
}

function signsInAnswer({ answer }: { readonly answer: Answer }): Signs {
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: message };
}

/** The number of Entra's error. */
function aadstsIn(text = ''): string | undefined {
  return /AADSTS\d{4,8}/.exec(text)?.[0];
}
