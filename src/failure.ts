import type { IdTokenClaims } from './azure/id-token.ts';
import type { Answer } from './azure/answer.ts';

/** What a file or pattern did wrong. `path` is as the user wrote it or as it stands below `working-directory`. */
export type FilesProblem =
  | { readonly kind: 'no-match'; readonly patterns: readonly string[] }
  | { readonly kind: 'invalid-pattern'; readonly path: string; readonly detail: string }
  | { readonly kind: 'working-directory-outside'; readonly path: string }
  | { readonly kind: 'working-directory-missing'; readonly path: string }
  | { readonly kind: 'outside'; readonly path: string; readonly target: string }
  | { readonly kind: 'broken-link' | 'link-cycle' | 'unreadable' | 'not-a-file' | 'own-folder'; readonly path: string };

/** A size in the request, for the list of the biggest. */
export type FileSize = { readonly path: string; readonly bytes: number };

/** Why a run ended without a success: a closed set, each with what is known of it. */
export type Failure =
  | { readonly code: 'invalid-inputs'; readonly problems: readonly string[] }
  | { readonly code: 'files'; readonly problem: FilesProblem }
  | {
      readonly code: 'too-large';
      /** What is over its limit: the request's body with the zip in it, or the files before packing. */
      readonly packed: boolean;
      readonly bytes: number;
      readonly limit: number;
      readonly biggest: readonly FileSize[];
    }
  | { readonly code: 'no-id-token' }
  | { readonly code: 'id-token'; readonly detail: string }
  | { readonly code: 'entra'; readonly answer: Answer; readonly scope: string; readonly claims: IdTokenClaims }
  | { readonly code: 'no-session'; readonly detail: string }
  | { readonly code: 'cloud-metadata'; readonly endpoint: string; readonly answer: Answer }
  | { readonly code: 'cluster-stopped' }
  | { readonly code: 'run-command-disabled' }
  | { readonly code: 'cluster-unreadable'; readonly answer: Answer }
  | { readonly code: 'submission-refused'; readonly answer: Answer }
  | { readonly code: 'submission-unclear'; readonly answer: Answer }
  | { readonly code: 'did-not-start'; readonly submissions: number; readonly answer?: Answer }
  | { readonly code: 'start-unclear'; readonly answer: Answer }
  | { readonly code: 'pod-refused' }
  | { readonly code: 'result-missing'; readonly answer: Answer }
  | { readonly code: 'result-forbidden'; readonly answer: Answer }
  | { readonly code: 'no-answer-in-time'; readonly seconds: number }
  | { readonly code: 'cancelled' }
  | { readonly code: 'not-waited' }
  | { readonly code: 'aks-failed'; readonly reason: string }
  | { readonly code: 'no-exit-code' }
  | { readonly code: 'no-boundary' }
  | { readonly code: 'exit-code'; readonly exitCode: number }
  | { readonly code: 'timed-out'; readonly seconds: number }
  | { readonly code: 'no-bash' }
  | { readonly code: 'outputs-malformed'; readonly line: number; readonly problem: string }
  | { readonly code: 'outputs-too-large' }
  | { readonly code: 'outputs-lost' }
  | { readonly code: 'unexpected'; readonly detail: string };

/** An expected failure before anything was submitted: the command did not run. */
export class StepError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options);
    this.name = 'StepError';
    this.failure = failure;
  }
}

/** What a thrown value says, without a stack. Foreign text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
