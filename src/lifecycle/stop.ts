import { parseCommandId } from '../azure/command-result.ts';
import type { Azure, Target } from '../azure/port.ts';
import type { Ending, WithoutResult } from '../ending.ts';
import { failureOf, type Failure, type StopProblem } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { readAttempt, stopTask, type Attempt } from '../pod/stop.ts';
import { packTask, type PackPorts } from '../pod/submission.ts';
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
  readonly signaled: boolean | undefined;
};

/** For all of it. A canceled job has five minutes for its post steps. */
export const STOP_SECONDS = 120;
/** How long the second command looks for a pod that does not start, so that it can still say so. */
const SEARCH_SECONDS = 90;
/** How long after its start a pod may take to show as running. */
const LAG_SECONDS = 15;
/** What the second command finds if the first one has ended, which AKS may show later. */
const ENDED: readonly StopProblem['kind'][] = ['no-process', 'no-result'];
/** How long to look for what AKS says about the command. Requests may fail meanwhile. */
const LOOK_SECONDS = 10;
/** How long AKS must deny a result before its end is not waited for. It forgets old ones. */
const FORGOTTEN_SECONDS = 30;

/**
 * Stops a command as the runner stops a `run` step, by SIGTERM and ten seconds later by SIGKILL, and
 * follows it to its end. Takes at most two minutes, and never rejects.
 */
export async function stopCommand(
  open: OpenCommand,
  target: Target,
  world: StopPorts,
): Promise<Stopping> {
  const { clock, host } = world;
  const deadline = new AbortController();
  const cancelled = deadline.signal;
  void clock.sleep(STOP_SECONDS * 1000, world.cancelled).then(() => {
    deadline.abort();
  });
  const debug = (line: string) => {
    host.log.debug(line);
  };
  try {
    return await signInAndStop(open, world, {
      ...world,
      azure: world.azureFor(target, cancelled),
      serviceTime: new ServiceTime(clock),
      cancelled,
      onCommandId: () => undefined,
      onOpen: () => undefined,
      // What there is to say about the life of the second command would be read as about the first.
      log: {
        debug,
        show: debug,
        info: ({ plain }) => {
          debug(plain);
        },
        progress: () => undefined,
      },
    });
  } catch (error) {
    return { ending: notEnded(failureOf(error), open), signaled: undefined };
  }
}

async function signInAndStop(
  open: OpenCommand,
  world: StopPorts,
  ports: LifecyclePorts,
): Promise<Stopping> {
  const clusterRead = signInAndReadCluster(ports);
  // If the time is over, nothing is submitted anymore, with or without a token.
  const needsClusterToken = await untilCancelled(clusterRead, ports.cancelled, ports.clock);
  const before = await lookFor(open, 'a state', ports);
  if (before?.kind === 'ended') return { ending: readEnding(before), signaled: false };

  world.host.log.info(say`Stopping the command with a second one that sends it SIGTERM.`);
  const attempt = await sendSignal(open, needsClusterToken ?? false, world, ports);
  const { signaled, problem, named } = attempt;

  const id = open.id ?? parseCommandId(named);
  const isEndDue = signaled !== false || ENDED.includes(problem.kind);
  const after = await lookFor({ ...open, id }, isEndDue ? 'its end' : 'a state', ports);
  if (after?.kind === 'ended') return { ending: readEnding(after), signaled };
  return { ending: { ...notStopped(problem, open, [before, after], ports), id }, signaled };
}

/** Runs the second command. */
async function sendSignal(
  { id, submission }: OpenCommand,
  needsClusterToken: boolean,
  world: StopPorts,
  ports: LifecyclePorts,
): Promise<Attempt> {
  const now = Math.floor(ports.serviceTime.now() / 1000);
  const startsWithin = Math.max(0, (submission?.startBy ?? 0) - now);
  const until = now + Math.min(startsWithin + LAG_SECONDS, SEARCH_SECONDS);
  const task = stopTask({ id, hash: submission?.hash, until }, world.stopScript, STOP_SECONDS);
  const packed = packTask(task, [], readRunVariables(world.host.variable), world);

  const ending = await submitAndFollow(task, packed, needsClusterToken, ports);
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

/** Follows the command until AKS shows its end, or any state of it. */
async function lookFor(
  { id, submission }: OpenCommand,
  what: 'a state' | 'its end',
  ports: LifecyclePorts,
): Promise<Followed | undefined> {
  if (id === undefined) return undefined;

  const now = ports.serviceTime.observe();
  const untilSeen = what === 'a state';
  const plan = {
    id,
    hash: submission?.hash,
    submittedAt: now,
    answeredAt: now,
    untilSeen,
    startedWithin: (untilSeen ? LOOK_SECONDS : STOP_SECONDS) * 1000,
    goneAfter: {
      missingMs: untilSeen ? 0 : FORGOTTEN_SECONDS * 1000,
      pastStartByMs: -Infinity,
    },
  };
  return follow(plan, undefined, ports);
}

/** What is known of a command that was to be stopped: no more than was seen. */
function notStopped(
  problem: StopProblem,
  open: OpenCommand,
  looks: readonly (Followed | undefined)[],
  { clock, serviceTime }: LifecyclePorts,
): WithoutResult {
  const { hash, startBy = 0 } = open.submission ?? {};
  const seen = looks.map((followed) => followed?.seen ?? 'nothing');
  const startUnseen = !seen.includes('started');
  const isAhead = serviceTime.atLeast(clock.monotonic()) < startBy * 1000;
  const mayStartUntil = startUnseen && isAhead ? startBy : undefined;
  const failure = { code: 'not-stopped', problem, hash, startUnseen, mayStartUntil } as const;

  const ending = notEnded(failure, open);
  // Its pod has ended, whatever AKS has shown before.
  if (problem.kind === 'no-result') return { ...ending, kind: 'unknown' };

  const isSeen = seen.some((state) => state !== 'nothing');
  return { ...ending, ...(isSeen ? { kind: 'running' } : {}) };
}

/** Nothing was seen of the command's end. If its submission has an ID, AKS has accepted it. */
export function notEnded(failure: Failure, { id, submission }: OpenCommand): WithoutResult {
  const isAccepted = id !== undefined && submission !== undefined;
  return { kind: isAccepted ? 'running' : 'unknown', failure, id };
}
