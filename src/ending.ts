import type { CommandId, CommandResult } from './azure/command-result.ts';
import type { Failure } from './failure.ts';
import type { PodReport } from './pod/stream.ts';

/**
 * What is known about a command without a result. `not-started`: it never ran and never will.
 * `running`: it may still be running, or may still start. `unknown`: there is no way to tell whether
 * it ran.
 */
export const STATES_WITHOUT_RESULT = ['not-started', 'running', 'unknown'] as const;

/** A command of which there is no result, and why. */
export type WithoutResult = {
  readonly kind: (typeof STATES_WITHOUT_RESULT)[number];
  readonly failure: Failure;
  readonly id?: CommandId | undefined;
};

/** A command of which AKS has a result. */
export type EndedCommand = {
  readonly kind: 'ended';
  readonly id: CommandId;
  readonly result: CommandResult;
  readonly podReport: Exclude<PodReport, { kind: 'refused' }>;
  /** Until when its pod may still start, in whole seconds since the epoch, if that is not over. */
  readonly mayStartUntil: number | undefined;
};

/** How a command's life ended, as far as it could be followed. */
export type Ending = WithoutResult | EndedCommand;
