import type { CommandId } from '../azure/command-id.ts';
import type { CommandResult } from '../azure/command-result.ts';
import type { Failure, NotStarted } from '../failure.ts';
import { readStream, REFUSED_EXIT_CODE, type PodReport } from '../pod/stream.ts';
import type { Followed } from './follow.ts';

/** How a command's life ended, as far as it could be followed. */
export type Ending =
  /** `not-started`: it never ran and will not. `unknown`: nobody can tell whether it ran. */
  | { readonly kind: 'not-started' | 'unknown'; readonly failure: Failure; readonly id?: CommandId }
  /** It is still running, or will be. */
  | { readonly kind: 'running'; readonly failure: Failure; readonly id: CommandId }
  | {
      readonly kind: 'ended';
      readonly id: CommandId;
      readonly result: CommandResult;
      readonly report: PodOutput;
      /** Seconds from its submission, if this step submitted it. */
      readonly seconds?: number;
    };

/** What came back from a pod that did not refuse to run the command. */
export type PodOutput = Exclude<PodReport, { kind: 'refused' }>;

/** What a step knows of the command that it submitted itself. */
export type Own = { readonly boundary: string; readonly mayStart: NotStarted };

/**
 * Reads how a command ended from how following it ended.
 *
 * @param own absent for a command that was submitted earlier
 * @returns undefined if the pod refused to run the command and nothing contradicts it: the script says nothing else, and AKS
 * has the exit code with which it refuses.
 */
export async function readEnding(id: CommandId, followed: Followed, own?: Own): Promise<Ending | undefined> {
  const { seen, seconds } = followed;
  const unstarted = seen === 'started' ? {} : { unstarted: true as const };
  switch (followed.kind) {
    case 'ended': {
      const { result } = followed;
      const report = await readStream(result.logs, own?.boundary);
      if (report.kind !== 'refused') return { kind: 'ended', id, result, report, ...(own && { seconds }) };
      const proven = report.alone && result.provisioningState === 'succeeded' && result.exitCode === REFUSED_EXIT_CODE;
      return proven ? undefined : { kind: 'unknown', failure: { code: 'pod-refused' }, id };
    }
    case 'denied':
    case 'refused':
      return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
    case 'forbidden':
      return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
    case 'time-over': {
      const failure = { code: 'no-answer-in-time', seconds, ...unstarted } as const;
      // AKS never said anything of the command: then nobody knows whether it runs.
      return seen === 'nothing' ? { kind: 'unknown', failure, id } : { kind: 'running', failure, id };
    }
    case 'cancelled':
      return {
        kind: 'running',
        failure: { code: 'cancelled', ...(seen !== 'started' && { ...own?.mayStart, ...unstarted }) },
        id,
      };
  }
}
