import { parseCommandId, type CommandId } from '../azure/command-result.ts';
import type { Azure, Target } from '../azure/port.ts';
import type { Ending, WithoutResult } from '../ending.ts';
import { failureOf, type Failure, type StopProblem } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { readAttempt, stopTask, type Attempt } from '../pod/stop.ts';
import { startLine } from '../pod/stream.ts';
import { packTask, type PackPorts, type Task } from '../pod/submission.ts';
import { readRunVariables } from '../pod/variables.ts';
import { say } from '../text/say.ts';
import { untilCancelled } from './cancel.ts';
import { signInAndReadCluster } from './cluster.ts';
import { follow, type Followed } from './follow.ts';
import type { OpenCommand } from './open-command.ts';
import type { LifecyclePorts } from './ports.ts';
import { readEnding } from './read-ending.ts';
import { submitAndFollow } from './run.ts';
import { ServiceTime } from './service-time.ts';

/** What stopping a command needs from the outside world. */
export type StopPorts = PackPorts &
  Pick<LifecyclePorts, 'cancelled' | 'clock' | 'random'> & {
    readonly host: Host;
    readonly azureFor: (target: Target, cancelled: AbortSignal) => Azure;
    /** The text of `src/pod/stop.sh`. */
    readonly stopScript: string;
  };

/** How a command ended that was to be stopped, or why it may still run. */
export type Stopping = {
  readonly ending: Ending;
  /** Whether it was sent SIGTERM; undefined if nobody can tell. */
  readonly signaled?: boolean | undefined;
};

/** For all of it. A canceled job has five minutes for its post steps. */
const STOP_SECONDS = 120;
/** How long before that the second command gives up, so that it can still say why. */
const REPORT_SECONDS = 10;
/** How long after its start a pod may take to show as running. */
const LAG_SECONDS = 15;

/**
 * Stops a command as the runner stops a `run` step, by SIGTERM and ten seconds later by SIGKILL, and
 * follows it to its end. Takes at most two minutes, and never rejects.
 */
export async function stopCommand(
  open: OpenCommand,
  target: Target,
  given: StopPorts,
): Promise<Stopping> {
  const { clock, host } = given;
  const endsAt = clock.monotonic() + STOP_SECONDS * 1000;
  const deadline = new AbortController();
  void clock.sleep(STOP_SECONDS * 1000, given.cancelled).then(() => {
    deadline.abort();
  });
  try {
    const ports: LifecyclePorts = {
      ...given,
      azure: given.azureFor(target, deadline.signal),
      log: host.log,
      serviceTime: new ServiceTime(clock),
      cancelled: deadline.signal,
      onCommandId: () => undefined,
      onOpen: () => undefined,
    };
    return await signInAndStop(open, endsAt, given, ports);
  } catch (error) {
    return { ending: notEnded(failureOf(error), open) };
  }
}

async function signInAndStop(
  open: OpenCommand,
  endsAt: number,
  given: StopPorts,
  ports: LifecyclePorts,
): Promise<Stopping> {
  const { cancelled, clock, log } = ports;
  const needsClusterToken = await untilCancelled(signInAndReadCluster(ports), cancelled, clock);
  if (needsClusterToken === undefined) {
    return { ending: notStopped({ kind: 'time-over' }, open, [], ports) };
  }
  const before = await followOpen(open.id, 'once', ports);
  if (before?.kind === 'ended') return { ending: endingOf(before, open), signaled: false };

  log.info(say`Stopping the command, with a second one that sends it SIGTERM.`);
  const task = taskFor(open, endsAt, given.stopScript, ports);
  const { signaled, problem, named } = await attemptTo(task, needsClusterToken, given, ports);

  const id = open.id ?? parseCommandId(named);
  const isEndDue = signaled !== false || problem.kind === 'no-result';
  const after = await followOpen(id, isEndDue ? 'to its end' : 'once', ports);
  if (after?.kind === 'ended') return { ending: endingOf(after, open), signaled };
  return { ending: { ...notStopped(problem, open, [before, after], ports), id } };
}

/** The second command. */
function taskFor(
  { id, submission }: OpenCommand,
  endsAt: number,
  stopScript: string,
  { clock, serviceTime }: LifecyclePorts,
): Task {
  const secondsLeft = Math.max(1, Math.floor((endsAt - clock.monotonic()) / 1000));
  const now = Math.floor(serviceTime.now() / 1000);
  const startsBy = Math.max(now, submission?.startBy ?? 0) + LAG_SECONDS;
  const until = Math.min(startsBy, now + secondsLeft - REPORT_SECONDS);
  return stopTask({ id, hash: submission?.hash, until }, stopScript, secondsLeft);
}

/** Runs the second command. What there is to say about its own life is for the debug log. */
async function attemptTo(
  task: Task,
  needsClusterToken: boolean,
  given: StopPorts,
  ports: LifecyclePorts,
): Promise<Attempt> {
  const debug = (line: string) => {
    ports.log.debug(line);
  };
  const log: LifecyclePorts['log'] = {
    info: ({ plain }) => {
      debug(plain);
    },
    progress: () => undefined,
    show: debug,
    debug,
  };
  const packed = packTask(task, [], readRunVariables(given.host.variable), given);
  const ending = await submitAndFollow(task, packed, needsClusterToken, { ...ports, log });
  const { podReport: ran } = ending.kind === 'ended' ? ending : {};
  if (ran?.kind === 'ran' && ran.exitCode !== undefined) {
    return readAttempt(ran.exitCode, ran.output.text);
  }

  const failure = ending.kind === 'ended' ? undefined : ending.failure;
  return {
    signaled: ending.kind === 'not-started' ? false : undefined,
    problem: ports.cancelled.aborted ? { kind: 'time-over' } : { kind: 'not-run', failure },
    named: '',
  };
}

/** Follows a command as someone who did not submit it. `once`: to see whether it has ended. */
async function followOpen(
  id: CommandId | undefined,
  how: 'once' | 'to its end',
  ports: LifecyclePorts,
): Promise<Followed | undefined> {
  if (id === undefined) return undefined;

  const now = ports.serviceTime.observe();
  const isOnce = how === 'once';
  const plan = {
    id,
    submittedAt: now,
    answeredAt: now,
    untilSeen: isOnce,
    // Requests may fail meanwhile.
    startedWithin: (isOnce ? 10 : STOP_SECONDS) * 1000,
    goneAfter: { missingMs: isOnce ? -Infinity : Infinity, pastStartByMs: -Infinity },
  };
  return follow(plan, undefined, ports);
}

/** To a follower, any whole log is the script's. Here, it must be the log of that submission. */
function endingOf(
  followed: Followed & { readonly kind: 'ended' },
  { submission }: OpenCommand,
): Ending {
  const { logs } = followed.result;
  const isOther = submission !== undefined && !logs.startsWith(startLine(submission.hash));
  const podReport = { kind: 'unrecognized', output: logs } as const;
  return readEnding(isOther ? { ...followed, podReport } : followed);
}

/** What is known of a command that was to be stopped: no more than was seen. */
function notStopped(
  problem: StopProblem,
  open: OpenCommand,
  looks: readonly (Followed | undefined)[],
  { clock, serviceTime }: LifecyclePorts,
): WithoutResult {
  const { hash, startBy = 0 } = open.submission ?? {};
  const startUnseen = looks.every((followed) => followed?.seen !== 'started');
  const isAhead = serviceTime.atLeast(clock.monotonic()) < startBy * 1000;
  const mayStartUntil = startUnseen && isAhead ? startBy : undefined;
  const failure = { code: 'not-stopped', problem, hash, startUnseen, mayStartUntil } as const;

  const isSeen = looks.some((followed) => followed && followed.seen !== 'nothing');
  return { ...notEnded(failure, open), ...(isSeen ? { kind: 'running' } : {}) };
}

/** Nothing was seen of the command's end. If its submission has an ID, AKS has accepted it. */
export function notEnded(failure: Failure, { id, submission }: OpenCommand): WithoutResult {
  const isAccepted = id !== undefined && submission !== undefined;
  return { kind: isAccepted ? 'running' : 'unknown', failure, id };
}
