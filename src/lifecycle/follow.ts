import { describeAnswer, isTransient, type Answer } from '../azure/answer.ts';
import type { Azure } from '../azure/port.ts';
import { untilCancelled } from './cancellation.ts';
import type { CommandId } from '../azure/command-id.ts';
import { readCommandStatus, type CommandResult, type CommandStatus } from '../azure/command-result.ts';
import { ours } from '../hosts/log.ts';
import { crowdedPollDelay, pollDelay } from './polling.ts';
import { throttleDelay, toldDelay, withFreshTokens, type RetryPorts } from './retry.ts';
import { formatDuration } from './duration.ts';
import type { ServiceTime } from './clock.ts';

/** How a command's following ended. */
export type Followed =
  | { readonly kind: 'ended'; readonly result: CommandResult }
  /** ARM keeps answering that there is no such command, or with another refusal. */
  | { readonly kind: 'missing'; readonly seen: Seen; readonly answer: Answer }
  /** The caller may not read the result. */
  | { readonly kind: 'forbidden'; readonly seen: Seen; readonly answer: Answer }
  | { readonly kind: 'time-over'; readonly seen: Seen; readonly seconds: number }
  | { readonly kind: 'cancelled'; readonly seen: Seen };

/** What AKS said of a command so far: nothing, that it is about to run, that it started. */
type Seen = 'nothing' | 'accepted' | 'started';

/** How long to follow. All in milliseconds. */
export type Patience = {
  /** Whether the submission was throttled: other jobs wait for the requests that looks would take. */
  readonly crowded?: boolean;
  /** From the beginning, as long as no start was seen. */
  readonly unstarted: number;
  /** From the moment its start is seen; without it, a start changes nothing. */
  readonly started?: number;
  /**
   * Whether a result that has been missing since then is missing for good. What counts is when it was last asked for: the
   * answer may have been slow, and old. Both by {@link Clock.monotonic}.
   */
  isGone(since: number, asked: number): boolean;
};

export type FollowPorts = RetryPorts & { readonly azure: Azure; readonly serviceTime: ServiceTime };

const HEARTBEAT_MS = 60_000;
/** An answer that is no refusal delays the next look by this much at most. */
const MAX_TOLD_MS = 60_000;

/**
 * Polls a command until it ended, or there is no point in waiting on. A throttled answer, a 5xx, a torn connection,
 * an unreadable body: asked again until the time is over.
 */
export async function follow(id: CommandId, patience: Patience, ports: FollowPorts): Promise<Followed> {
  const { azure, clock, log, cancelled, serviceTime } = ports;
  const begin = clock.monotonic();
  let deadline = begin + patience.unstarted;
  let heartbeat = begin + HEARTBEAT_MS;
  let crowded = patience.crowded ?? false;
  const look = () => withFreshTokens(azure, log, () => azure.readResult(id));
  const nextLook = (elapsed: number) => (crowded ? crowdedPollDelay(elapsed, ports.random) : pollDelay(elapsed));
  let wait = nextLook(0);
  let throttled = 0;
  let missingSince: number | undefined;
  let seen: Seen = 'nothing';

  for (;;) {
    await clock.sleep(Math.min(wait, Math.max(0, deadline - clock.monotonic())), cancelled);
    const asked = clock.monotonic();
    const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
    if (answer === undefined) return { kind: 'cancelled', seen };
    serviceTime.observe(answer);
    const now = clock.monotonic();
    wait = Math.max(nextLook(now - begin), Math.min(toldDelay(answer) ?? 0, MAX_TOLD_MS));

    const status = readStatus(answer);
    switch (status.kind) {
      case 'ended':
        return { kind: 'ended', result: status };
      case 'running':
        throttled = 0;
        if (status.startedAt === undefined && seen === 'nothing') {
          seen = 'accepted';
          log.progress('submitted', ours`Waiting for the pod to start.`);
        } else if (status.startedAt !== undefined && seen !== 'started') {
          seen = 'started';
          if (patience.started !== undefined) deadline = now + patience.started;
          log.progress('running', ours`The command is running.`);
        }
        break;
      case 'forbidden':
        return { kind: 'forbidden', seen, answer };
      case 'missing':
        missingSince ??= asked;
        if (patience.isGone(missingSince, asked)) return { kind: 'missing', seen, answer };
        break;
      case 'throttled':
        crowded = true;
        wait = Math.max(wait, throttleDelay(answer, throttled++, ports.random));
        break;
      case 'unreadable':
        break;
    }
    if (status.kind !== 'missing') missingSince = undefined;
    if (status.kind !== 'running') log.debug(`No result yet: ${describeAnswer(answer)}`);

    if (now >= deadline) {
      return { kind: 'time-over', seen, seconds: Math.round((now - begin) / 1000) };
    }
    if (now >= heartbeat) {
      heartbeat = now + HEARTBEAT_MS;
      log.progress(
        seen === 'started' ? 'running' : 'submitted',
        ours`Still ${seen === 'started' ? ours`running` : ours`waiting`} after ${formatDuration((now - begin) / 1000)}.`,
      );
    }
  }
}

function readStatus(answer: Answer): CommandStatus | { kind: 'missing' | 'forbidden' | 'throttled' } {
  if (answer.kind === 'unanswered') return { kind: 'unreadable' };
  const { status } = answer;
  if (status === 200 || status === 202) return readCommandStatus(answer);
  // With new tokens, too: as long as it may be theirs, it says nothing of the command.
  if (status === 401) return { kind: 'unreadable' };
  if (status === 403) return { kind: 'forbidden' };
  if (status === 429) return { kind: 'throttled' };
  // Other refusals (404 above all): no such command, or a request that another try does not fix.
  return status >= 400 && !isTransient(answer) ? { kind: 'missing' } : { kind: 'unreadable' };
}
