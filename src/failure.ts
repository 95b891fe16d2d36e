import type { Answer } from './azure/answer.ts';
import type { IdTokenClaims } from './azure/claims.ts';
import type { FileSize } from './text/bytes.ts';
import type { Text } from './text/say.ts';

/**
 * What is wrong with a file or pattern. `path` is as the user wrote it, or relative to
 * `working-directory`.
 */
export type FilesProblem =
  | {
      readonly kind: 'no-match';
      readonly patterns: readonly string[];
      /** Paths that were probably meant. */
      readonly nearest: readonly string[];
    }
  | {
      readonly kind: 'all-excluded';
      readonly patterns: readonly string[];
      /** The lines that exclude what the patterns found. */
      readonly exclusions: readonly string[];
    }
  | {
      readonly kind: 'invalid-pattern';
      readonly invalid: readonly [InvalidPattern, ...(readonly InvalidPattern[])];
    }
  | { readonly kind: 'outside'; readonly path: string; readonly target: string }
  | { readonly kind: 'too-many'; readonly path: string; readonly limit: number }
  | {
      readonly kind:
        | 'working-directory-outside'
        | 'working-directory-missing'
        | 'broken-link'
        | 'unreadable'
        | 'not-a-file'
        | 'own-folder'
        | 'unsafe-name';
      readonly path: string;
    };

/** A line of `files`, and why it cannot be used: the end of a sentence about it. */
export type InvalidPattern = { readonly line: string; readonly problem: Text };

/** What is known about a command that was not seen to start. */
export type StartFacts = {
  readonly startUnseen?: boolean;
  /** Whole seconds since the epoch until which it may still start. */
  readonly mayStartUntil?: number | undefined;
};

/** Why a run did not succeed: a closed set. Each code has the facts that its message needs. */
export type Failure =
  | {
      readonly code:
        | 'no-id-token'
        | 'cluster-stopped'
        | 'run-command-disabled'
        | 'not-waited'
        | 'no-bash'
        | 'no-variables'
        | 'output-lost'
        | 'outputs-too-large';
    }
  /**
   * `doubt`: what speaks against the pod's words that it ran nothing. Absent if nothing does, but
   * only the step that submitted the command could rely on them.
   */
  | { readonly code: 'pod-refused'; readonly doubt: RefusalDoubt | undefined }
  /** `isChanged`: something removed or changed the file. Otherwise, the pod ended before that. */
  | { readonly code: 'outputs-lost'; readonly isChanged?: boolean }
  | {
      readonly code:
        | 'cloud-metadata'
        | 'cluster-unreadable'
        | 'submission-refused'
        | 'result-missing'
        | 'result-forbidden';
      readonly answer: Answer;
    }
  | {
      readonly code:
        'id-token' | 'no-session' | 'session-failed' | 'outputs-unwritable' | 'unexpected';
      readonly detail: string;
    }
  | {
      readonly code: 'invalid-inputs';
      /** The inputs that are wrong, by their names on the host. */
      readonly names: readonly string[];
      readonly problems: readonly Text[];
    }
  | { readonly code: 'files'; readonly problem: FilesProblem }
  | {
      readonly code: 'too-large';
      /** Whether the request with the zip is too large, and not already the files. */
      readonly afterPacking: boolean;
      readonly bytes: number;
      readonly limit: number;
      readonly biggest: readonly FileSize[];
    }
  | {
      readonly code: 'entra';
      readonly answer: Answer;
      /** What an access token was requested for. */
      readonly resource: string;
      readonly claims: IdTokenClaims;
    }
  | {
      readonly code: 'did-not-start';
      readonly submissions: number;
      readonly answer: Answer | undefined;
    }
  | {
      readonly code: 'submission-unclear';
      readonly answer: Answer;
      /** The hash of the submission's boundary, which is in the pod's specification. */
      readonly hash: string;
    }
  | ({
      readonly code: 'start-unclear';
      readonly answer: Answer;
      /** How many minutes the runner's clock and the dates of Azure's answers are apart. */
      readonly minutesApart: number | undefined;
    } & StartFacts)
  | ({
      readonly code: 'no-answer-in-time';
      /**
       * How many seconds the step waited for this command: from its last submission on, or, if it
       * was submitted earlier, from when the step began to wait.
       */
      readonly seconds: number;
      /** Azure's last answer, if it says nothing about the command. */
      readonly answer: Answer | undefined;
    } & StartFacts)
  /** `hash`: as of `submission-unclear`, if it is unknown whether the command runs. */
  | ({ readonly code: 'cancelled'; readonly hash?: string } & StartFacts)
  /** The command was to be stopped, and was not seen to end. */
  | ({
      readonly code: 'not-stopped';
      readonly problem: StopProblem;
      /** As of `submission-unclear`, if this action submitted the command. */
      readonly hash: string | undefined;
    } & StartFacts)
  /** It ended. `signaled`: whether it was sent SIGTERM before; undefined if nobody can tell. */
  | { readonly code: 'stopped'; readonly signaled: boolean | undefined }
  | ({
      readonly code: 'aks-failed';
      readonly reason: string;
      /** AKS gave neither a reason nor output. */
      readonly silent?: boolean;
    } & Pick<StartFacts, 'mayStartUntil'>)
  | {
      /** What came back does not prove whether the command ran, or how it ended. */
      readonly code: 'unproven';
      /** As AKS reports it. It is not known to be the command's. */
      readonly containerExitCode: number | undefined;
    }
  | {
      readonly code: 'exit-code';
      readonly exitCode: number;
      /** What the step allows instead, if the command exited with 0 and that is not allowed. */
      readonly allowed: readonly number[] | undefined;
    }
  /** `seconds`: the timeout. */
  | { readonly code: 'timed-out'; readonly seconds: number }
  /** `tool`: what the script needs and the pod lacks, or `disk`. */
  | { readonly code: 'no-tool'; readonly tool: string }
  /**
   * kubectl's default namespace could not be set. `detail`: why, in kubectl's words, or empty.
   */
  | { readonly code: 'no-namespace'; readonly detail: string }
  /** `problem`: the end of a sentence about the line. */
  | { readonly code: 'outputs-malformed'; readonly line: number; readonly problem: Text }
  | { readonly code: 'collect'; readonly problem: CollectProblem };

export type Code = Failure['code'];

/** The failure with this code. */
export type FailureOf<C extends Code> = Failure & { readonly code: C };

/** `exit-code`: AKS does not report that of a refusal. `log`: it does, but the log has more. */
export type RefusalDoubt = 'exit-code' | 'log';

/** Why a command that was to be stopped may still run. */
export type StopProblem =
  | {
      /**
       * `no-pod`: there is no pod that runs. `no-process`: the pod has no command of this action.
       * `no-result`: the pod has ended, and AKS has not reported that. `still-running`: it was sent
       * SIGTERM. `time-over`: there was no time for that.
       */
      readonly kind: 'no-pod' | 'no-process' | 'no-result' | 'still-running' | 'time-over';
    }
  /** kubectl could not send it a signal. `detail`: its words. Untrusted text. */
  | { readonly kind: 'rejected'; readonly detail: string }
  /** The second command, which was to stop it, did not run, or its result is lost. */
  | { readonly kind: 'not-run'; readonly failure: Failure | undefined };

/** Why files that the command was to hand over are missing. */
export type CollectProblem =
  /** What arrived is not what the script sends: something else wrote it, or bytes were lost. */
  | { readonly kind: 'invalid'; readonly problem: Text }
  /** There is more than AKS can bring back, or the pod took too long, or could not pack it. */
  | { readonly kind: 'uncollected'; readonly because: 'size' | 'time' | 'disk' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unwritable'; readonly detail: string }
  | { readonly kind: 'no-match'; readonly patterns: readonly string[] };

/**
 * An expected failure, as opposed to a bug. What it says about the command depends on when it is
 * thrown: a sign-in can also fail while a command runs.
 */
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
  return { code: 'unexpected', detail: propertyOf(error, 'stack') };
}

/** The message of a thrown value. Untrusted text. Never throws, even if reading the value does. */
export function messageOf(error: unknown): string {
  return propertyOf(error, 'message');
}

function propertyOf(error: unknown, property: 'message' | 'stack'): string {
  try {
    return error instanceof Error ? (error[property] ?? error.message) : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}
