import type { Answer } from './azure/answer.ts';
import type { IdTokenClaims } from './azure/id-token.ts';

/** A sentence: what is ours, and the names in it, which may be anything. */
export type Advice = readonly (string | { readonly name: string })[];

/**
 * What is wrong with a file or pattern. `path` is as the user wrote it, or relative to
 * `working-directory`.
 */
export type FilesProblem =
  | {
      readonly kind: 'no-match';
      readonly patterns: readonly string[];
      /**
       * What is probably wrong: sentences, and the folder as given ('' for the workspace) if it is
       * empty.
       */
      readonly advice: { readonly emptyFolder?: string; readonly hints: readonly Advice[] };
    }
  | { readonly kind: 'invalid-pattern'; readonly path: string; readonly detail: string }
  | { readonly kind: 'outside'; readonly path: string; readonly target: string }
  /** `limit`: seconds for all patterns together. */
  | { readonly kind: 'slow-pattern'; readonly path: string; readonly limit: number }
  | { readonly kind: 'too-many'; readonly path: string; readonly limit: number }
  | { readonly kind: `working-directory-${'outside' | 'missing' | 'git'}`; readonly path: string }
  | {
      readonly kind: 'broken-link' | 'link-cycle' | 'unreadable' | 'not-a-file';
      readonly path: string;
    }
  | { readonly kind: 'own-folder' | 'unsafe-name' | 'swapped'; readonly path: string };

/** A size in the request, for the list of the biggest. */
export type FileSize = { readonly path: string; readonly bytes: number };

/** What is known about a command that was not seen to start. */
export type StartFacts = {
  readonly startUnseen?: true;
  /** Whole seconds since the epoch until which it may still start. */
  readonly mayStartUntil?: number;
};

/**
 * What is known about each failure, by its code: a closed set. The first codes say everything
 * themselves.
 */
type FailureFacts = Record<
  | (
      | 'no-id-token'
      | 'cluster-stopped'
      | 'run-command-disabled'
      | 'pod-refused'
      | 'not-waited'
      | 'no-exit-code'
    )
  | (
      | 'no-boundary'
      | 'no-bash'
      | 'no-variables'
      | 'output-lost'
      | 'outputs-lost'
      | 'outputs-too-large'
    ),
  unknown
> &
  Record<
    | 'cluster-unreadable'
    | 'submission-refused'
    | 'submission-unclear'
    | 'result-missing'
    | 'result-forbidden',
    { readonly answer: Answer }
  > &
  Record<'id-token' | 'no-session' | 'unexpected', { readonly detail: string }> & {
    'invalid-inputs': { readonly problems: readonly string[] };
    files: { readonly problem: FilesProblem };
    /**
     * `packed`: whether the request with the zip in it is too large, or the files before packing.
     */
    'too-large': {
      readonly packed: boolean;
      readonly bytes: number;
      readonly limit: number;
      readonly biggest: readonly FileSize[];
    };
    entra: { readonly answer: Answer; readonly scope: string; readonly claims: IdTokenClaims };
    'cloud-metadata': { readonly endpoint: string; readonly answer: Answer };
    'did-not-start': { readonly submissions: number; readonly answer?: Answer };
    'start-unclear': { readonly answer: Answer } & StartFacts;
    /** `answer`: the last one, if Azure never said anything about the command. */
    'no-answer-in-time': {
      readonly seconds: number;
      readonly startUnseen?: true;
      readonly answer?: Answer;
    };
    cancelled: StartFacts;
    /**
     * `afterTenMinutes`: AKS gave neither a reason nor output, and it ended the command after about
     * ten minutes.
     */
    'aks-failed': { readonly reason: string; readonly afterTenMinutes?: true };
    /**
     * `containerExitCode`: AKS's. It is not the command's, since the log does not say that the
     * command began.
     */
    'not-begun': { readonly containerExitCode?: number };
    /**
     * `allowed`: what the step allows instead, if the command exited with 0 and that is not
     * allowed.
     */
    'exit-code': { readonly exitCode: number; readonly allowed?: readonly number[] };
    'timed-out': { readonly seconds: number };
    /** What the script needs and the pod lacks: the name of a tool, or `disk`. */
    'no-tool': { readonly tool: string };
    /**
     * kubectl's default namespace could not be set. `detail`: why, in kubectl's words, or empty.
     */
    'no-namespace': { readonly detail: string };
    'outputs-malformed': { readonly line: number; readonly problem: string };
    collect: { readonly problem: CollectProblem };
  };

/** Why files that the command was to hand over are missing. */
export type CollectProblem =
  /**
   * Over a limit, so nothing came back. `bytes` is the size of the files, or of what would have
   * been sent.
   */
  | {
      readonly kind: 'over';
      readonly limit: 'files' | 'encoded' | 'unpacked';
      readonly bytes: number;
      /** At most five, the biggest first. */
      readonly biggest: readonly FileSize[];
    }
  /** What arrived is not what the script sends: something else wrote it, or bytes were lost. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** The pod took too long, its disk is full, or the names alone exceed the limit. */
  | { readonly kind: 'uncollected'; readonly because: 'time' | 'disk' | 'size' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unwritable'; readonly detail: string }
  | { readonly kind: 'no-match'; readonly patterns: readonly string[] };

export type FailureCode = keyof FailureFacts;

/** Why a run did not succeed. `Failure<'exit-code'>` is one of them. */
export type Failure<Code extends FailureCode = FailureCode> = {
  [C in Code]: { readonly code: C } & FailureFacts[C];
}[Code];

/** An expected failure before anything was submitted: the command did not run. */
export class StepError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options);
    this.name = 'StepError';
    this.failure = failure;
  }
}

/**
 * What a thrown value means. An unexpected error keeps its stack: it is a bug of ours, and the
 * stack says where.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof StepError) return error.failure;
  return { code: 'unexpected', detail: messageOf(error, ({ stack, message }) => stack ?? message) };
}

/** The message of a thrown value. Foreign text. Never throws, even if reading the value does. */
export function messageOf(error: unknown, words = ({ message }: Error) => message): string {
  try {
    return error instanceof Error ? words(error) : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}
