import type { CommandId } from '../azure/command-id.ts';
import type { CommandResult } from '../azure/command-result.ts';
import type { Failure, NotStarted } from '../failure.ts';
import { ours } from '../text/ours.ts';
import { readStream, REFUSED_EXIT_CODE, type PodReport } from '../pod/stream.ts';
import { untilCancelled } from './cancellation.ts';
import { follow, type Followed, type FollowPorts, type Patience } from './follow.ts';
import { clockTime, hasPassed, startIsOver, untilStartIsOver, type StartBy } from './start-by.ts';
import { submit, type Order, type Submitted } from './submit.ts';

/** How a command's life ended, as far as it could be followed. */
export type Ending =
  /** It never ran and will not. */
  | { readonly kind: 'not-started'; readonly failure: Failure; readonly id?: CommandId }
  /** Whether it ran cannot be told. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly id?: CommandId }
  /** It is still going, or will be. */
  | { readonly kind: 'running'; readonly failure: Failure; readonly id: CommandId }
  | { readonly kind: 'ended'; readonly id: CommandId; readonly result: CommandResult; readonly report: PodOutput };

/** What came back from a pod that did not refuse to run the command. */
export type PodOutput = Exclude<PodReport, { kind: 'refused' }>;

export type LifecyclePorts = FollowPorts & {
  /** Told each command id as soon as it exists. */
  onCommandId(id: CommandId): void;
};

/** The pod ends a command at its timeout; where it cannot, waiting ends this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
/** One denial among failures of the service may be a failure itself. */
const DENIED_MS = 5_000;

/** What one submission came to: the end of it all, or a command that did not start, and will not once its time is over. */
type Course =
  | { readonly kind: 'over'; readonly ending: Ending }
  | {
      readonly kind: 'did-not-start';
      readonly id: CommandId;
      readonly startBy: StartBy;
      /** Its pod said so, or AKS does not have it. */
      readonly because: 'refused' | 'never-there';
    };

const over = (ending: Ending): Course => ({ kind: 'over', ending });

/**
 * Submits a command and follows it to its end.
 *
 * It is submitted again only where an answer proves that the earlier submission did not run, or where its start-by
 * time has passed and AKS does not have it, or its pod refused to run it.
 */
export function runCommand(order: Order, ports: LifecyclePorts): Promise<Ending> {
  return submitUntilItStarts(order, ports, 1);
}

/** @param submissions how many this makes. */
async function submitUntilItStarts(order: Order, ports: LifecyclePorts, submissions: number): Promise<Ending> {
  const { log, cancelled } = ports;
  const submitted = await submit(order, ports);
  const course = await followSubmitted(submitted, order, ports);
  if (course.kind === 'over') return course.ending;

  const { id, startBy, because } = course;
  const isOver = await untilStartIsOver(startBy, ports);
  if (!isOver && because === 'refused' && !hasPassed(startBy, ports.clock.monotonic(), ports.serviceTime)) {
    return { kind: 'unknown', failure: { code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id };
  }
  if (cancelled.aborted) return { kind: 'not-started', failure: { code: 'cancelled' }, id };
  if (!isOver || submissions > order.startRetries) {
    const answer = submitted.outcome.kind === 'did-not-start' ? { answer: submitted.answer } : {};
    return { kind: 'not-started', failure: { code: 'did-not-start', submissions, ...answer }, id };
  }
  log.say(
    ours`Command ${id} did not start and no longer can. Resubmitting it, retry ${submissions} of ${order.startRetries}.`,
  );
  return submitUntilItStarts({ ...order, needsClusterToken: submitted.needsClusterToken }, ports, submissions + 1);
}

/**
 * Follows a command that was submitted earlier, by this action or by anyone, for `timeout` seconds.
 *
 * @throws StepError where nobody can be signed in.
 */
export async function followCommand(id: CommandId, timeout: number, ports: LifecyclePorts): Promise<Ending> {
  ports.onCommandId(id);
  const signedIn = ports.azure.signIn().then(() => true);
  if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
    return { kind: 'running', failure: { code: 'cancelled', unstarted: true }, id };
  }
  const patience = { unstarted: timeout * 1000, isGone: (since: number, asked: number) => asked >= since + MISSING_MS };
  const followed = await follow(id, patience, ports);
  // Whoever submitted it wrote what its log says: that it did not run is nothing to build on.
  return (await readEnding(id, followed, {})) ?? { kind: 'unknown', failure: { code: 'pod-refused' }, id };
}

async function followSubmitted(submitted: Submitted, order: Order, ports: LifecyclePorts): Promise<Course> {
  const { outcome, answer, written } = submitted;
  if (outcome.kind !== 'accepted' && outcome.kind !== 'did-not-start') {
    return over(endingAtOnce(outcome, submitted, ports));
  }
  const { id } = outcome;
  if (id === undefined || written === undefined) {
    return over({ kind: 'unknown', failure: { code: 'start-unclear', answer } });
  }
  ports.onCommandId(id);
  const { startBy, boundary } = written;
  const accepted = outcome.kind === 'accepted';
  if (!accepted) {
    const until = clockTime(startBy.seconds);
    ports.log.say(
      ours`AKS stopped waiting for the pod of command ${id}. It may still start until ${until}. Still waiting for it.`,
    );
  } else {
    sayAccepted(id, ports);
    if (!order.wait && !ports.cancelled.aborted) {
      return over({ kind: 'running', failure: { code: 'not-waited' }, id });
    }
  }

  const followed = await follow(id, patienceWith(order, submitted, startBy, ports), ports);
  const isOver = hasPassed(startBy, ports.clock.monotonic(), ports.serviceTime);
  const mayStart = isOver ? {} : { mayStartUntil: startBy.seconds };
  if (!accepted && wasNeverThere(followed)) return { kind: 'did-not-start', id, startBy, because: 'never-there' };
  if (!accepted && followed.kind !== 'ended' && followed.seen === 'nothing') {
    // AKS gave it up and says nothing better: it may have started before its start-by time.
    const failure: Failure =
      followed.kind === 'cancelled'
        ? { code: 'cancelled', ...mayStart }
        : { code: 'start-unclear', answer, ...mayStart };
    return over({ kind: 'unknown', failure, id });
  }
  const ending = await readEnding(id, followed, { boundary, mayStart });
  return ending === undefined ? { kind: 'did-not-start', id, startBy, because: 'refused' } : over(ending);
}

/** The id, and how to watch what AKS does not show before its end. */
function sayAccepted(id: CommandId, { log }: LifecyclePorts): void {
  log.progress('submitted');
  log.say(ours`AKS accepted command ${id}.`);
  log.say(ours`AKS shows its output only when it ends. To watch it from a machine that reaches the cluster:`);
  log.show(`  kubectl logs --follow --namespace aks-command command-${id}`);
}

/** The ending of a submission that leaves nothing to follow. */
function endingAtOnce(
  outcome: Exclude<Submitted['outcome'], { kind: 'accepted' | 'did-not-start' }>,
  { answer, written }: Submitted,
  ports: LifecyclePorts,
): Ending {
  switch (outcome.kind) {
    case 'cancelled-before':
      return { kind: 'not-started', failure: { code: 'cancelled' } };
    case 'cancelled-during':
      return {
        kind: 'unknown',
        failure: { code: 'cancelled', ...(written && { mayStartUntil: written.startBy.seconds }) },
      };
    case 'not-signed-in':
      return { kind: 'not-started', failure: outcome.failure };
    case 'refused':
      return { kind: 'not-started', failure: { code: 'submission-refused', answer } };
    case 'unclear':
      if (outcome.id !== undefined) ports.onCommandId(outcome.id);
      return {
        kind: 'unknown',
        failure: { code: 'submission-unclear', answer },
        ...(outcome.id !== undefined && { id: outcome.id }),
      };
  }
}

function patienceWith(order: Order, submitted: Submitted, startBy: StartBy, ports: LifecyclePorts): Patience {
  const { serviceTime } = ports;
  return {
    unstarted: order.startTimeout * 1000 + order.timeout * 1000 + TIMEOUT_GRACE_MS,
    started: order.wait ? order.timeout * 1000 + TIMEOUT_GRACE_MS : 0,
    crowded: submitted.crowded,
    isGone:
      submitted.outcome.kind === 'accepted'
        ? (since, asked) => asked >= since + MISSING_MS
        : (since, asked) =>
            asked >= since + DENIED_MS && serviceTime.isKnown() && startIsOver(startBy, asked, serviceTime),
  };
}

/**
 * Whether AKS says twice, and nothing else, that the pod did not start: it gave the pod up, and has no such command. Once it
 * said that it has the command, its denial is no proof.
 */
function wasNeverThere(followed: Followed): boolean {
  return followed.kind === 'missing' && followed.denied && followed.seen === 'nothing';
}

/** What is known of a command that this step submitted; nothing of an earlier one. */
type Own = { readonly boundary?: string; readonly mayStart?: NotStarted };

/**
 * @param own what this step knows of the command
 * @returns undefined if the pod started too late and refused to run the command, as far as the pod can prove that: the
 * script says nothing else, and AKS has the exit code with which it refuses.
 */
async function readEnding(
  id: CommandId,
  followed: Followed,
  { boundary, mayStart = {} }: Own,
): Promise<Ending | undefined> {
  const unstarted = 'seen' in followed && followed.seen !== 'started' ? { unstarted: true as const } : {};
  switch (followed.kind) {
    case 'ended': {
      const { result } = followed;
      const report = await readStream(result.logs, boundary);
      if (report.kind !== 'refused') return { kind: 'ended', id, result, report };
      const proven = report.alone && result.provisioningState === 'succeeded' && result.exitCode === REFUSED_EXIT_CODE;
      if (!proven) return { kind: 'unknown', failure: { code: 'pod-refused' }, id };
      return report.lacks === undefined ? undefined : { kind: 'not-started', failure: lacking(report.lacks), id };
    }
    case 'missing':
      return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
    case 'forbidden':
      return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
    case 'time-over':
      return { kind: 'running', failure: { code: 'no-answer-in-time', seconds: followed.seconds, ...unstarted }, id };
    case 'cancelled': {
      const notStarted = followed.seen === 'started' ? {} : { ...mayStart, ...unstarted };
      return { kind: 'running', failure: { code: 'cancelled', ...notStarted }, id };
    }
  }
}

/** @param lacks what the pod lacks, so that its script ran nothing; another pod would lack it, too. */
function lacking(lacks: string): Failure {
  switch (lacks) {
    case 'bash':
      return { code: 'no-bash' };
    case 'command.sh':
    case 'env.sh':
      return { code: 'no-variables' };
    default:
      return { code: 'no-tool', tool: lacks };
  }
}
