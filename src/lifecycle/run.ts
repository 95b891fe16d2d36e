import type { CommandId } from '../azure/command-result.ts';
import { readClusterFacts } from '../azure/managed-cluster.ts';
import { failureOf, StepError, type Failure, type StartFacts } from '../failure.ts';
import { isFramed } from '../pod/stream.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import { clockTime } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { untilCancelled } from './clock.ts';
import { readEnding, type Ending } from './ending.ts';
import { follow, type Patience } from './follow.ts';
import { retryAfterMs, withFreshTokens, type LifecyclePorts } from './retry.ts';
import {
  hasPassed,
  hasPassedOnAllNodes,
  NODE_BEHIND_MS,
  untilPassed,
  type StartBy,
} from './start-by.ts';
import { submit, type Submitted } from './submit.ts';

/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
const MISSING_MS = 30_000;
/** How long to look for a command whose id is only a guess. */
const GUESS_MS = 15_000;
/** A single denial in the middle of service failures may be just another failure. */
const DENIED_MS = 5_000;

const isGoneForLong = (since: number, requestedAt: number) => requestedAt >= since + MISSING_MS;

/** What of a task decides how long to submit and follow it. */
type FollowedTask = Pick<Task, 'timeout' | 'startTimeout' | 'startRetries' | 'wait'>;

/**
 * Submits a command and follows it to its end. Submits it again only if its start-by time has
 * passed and its pod refused to run it, or if AKS still does not have it a minute later. Rejects
 * only if nothing was submitted.
 */
export async function runCommand(
  task: FollowedTask,
  submissionFor: PackedTask['submissionFor'],
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { log, cancelled } = ports;
  let withClusterToken = needsClusterToken;

  for (let submissions = 1; ; submissions++) {
    const submitted = await submit(task, submissionFor, withClusterToken, ports);
    if (submitted.kind !== 'submitted') return submitted;

    const { startBy, answer } = submitted;
    const lost = (error: unknown) => unknownEnding(failureOf(error), submitted.id);
    const ending = await followSubmitted(submitted, task, ports).catch(lost);
    if (ending.kind !== 'did-not-start') return ending;

    const { id } = ending;
    if (!(await untilPassed(startBy, ports))) {
      return unknownEnding({ code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id);
    }
    if (cancelled.aborted) return { kind: 'not-started', failure: { code: 'cancelled' }, id };
    if (submissions > task.startRetries) {
      const reason = submitted.as === 'did-not-start' ? { answer } : {};
      return {
        kind: 'not-started',
        failure: { code: 'did-not-start', submissions, ...reason },
        id,
      };
    }

    const retry = trusted`retry ${submissions} of ${task.startRetries}`;
    log.say(trusted`Command ${id} did not start and no longer can. Resubmitting it, ${retry}.`);
    withClusterToken = submitted.needsClusterToken;
  }
}

/**
 * Follows a command that anyone submitted earlier, for `timeout` seconds. Rejects if signing in
 * fails.
 */
export async function followCommand(
  id: CommandId,
  timeout: number,
  ports: LifecyclePorts,
): Promise<Ending> {
  ports.onCommandId(id);
  const signedIn = ports.azure.signIn().then(() => true);
  if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
    return { kind: 'running', failure: { code: 'cancelled', startUnseen: true }, id };
  }
  const followed = await follow(id, { unstarted: timeout * 1000, isGone: isGoneForLong }, ports);
  return (await readEnding(id, followed)) ?? unknownEnding({ code: 'pod-refused' }, id);
}

/**
 * `did-not-start`: its pod says that it started too late, or AKS denied it until no node could
 * start it anymore.
 */
async function followSubmitted(
  submitted: Submitted,
  task: FollowedTask,
  ports: LifecyclePorts,
): Promise<Ending | { kind: 'did-not-start'; id: CommandId }> {
  const { as, id, answer, startBy, boundary } = submitted;
  if (id !== undefined) ports.onCommandId(id);
  if (as === 'unclear' || id === undefined) return lookForProof(submitted, task, ports);
  saySubmitted(id, submitted, ports);
  if (as === 'accepted' && !task.wait && !ports.cancelled.aborted) {
    return { kind: 'running', failure: { code: 'not-waited' }, id };
  }

  const followed = await follow(id, patienceWith(submitted, task, ports), ports);
  const mayStart = mayStartUntil(startBy, ports);
  if (as === 'did-not-start' && followed.kind !== 'ended' && followed.seen === 'nothing') {
    // AKS has said two things, both meaning that the pod did not start: it gave up on the pod, and
    // it has no such command. If AKS had shown the command in between, its denial would prove
    // nothing.
    if (followed.kind === 'denied') return { kind: 'did-not-start', id };
    // AKS gave up on the pod and says nothing more definite. The pod may have started before its
    // start-by time.
    if (followed.kind === 'cancelled') return unknownEnding({ code: 'cancelled', ...mayStart }, id);
    return unknownEnding({ code: 'start-unclear', answer, ...mayStart }, id);
  }
  const ending = await readEnding(id, followed, { boundary, mayStart });
  return ending ?? { kind: 'did-not-start', id };
}

/**
 * Looks for a command after an answer that leaves its state open. The id may be another command's,
 * so only a result whose log has this submission's whole frame counts. Nothing else proves
 * anything, not even a 404.
 */
async function lookForProof(
  submitted: Submitted,
  task: FollowedTask,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { as, id, candidate, answer, startBy, boundary } = submitted;
  const open = unknownEnding(
    { code: as === 'unclear' ? 'submission-unclear' : 'start-unclear', answer },
    id,
  );
  const sought = id ?? candidate;
  if (sought === undefined || !task.wait) return open;
  ports.log.say(
    trusted`Azure's answer leaves open whether the command runs. Looking for command ${sought}.`,
  );
  const followed = await follow(sought, patienceWith(submitted, task, ports), ports);
  const mayStart = mayStartUntil(startBy, ports);
  if (followed.kind === 'cancelled') return unknownEnding({ code: 'cancelled', ...mayStart }, id);
  const ending = await readEnding(sought, followed, { boundary, mayStart });
  if (ending?.kind !== 'ended' || !isFramed(ending.report)) return open;
  ports.onCommandId(sought);
  return ending;
}

function mayStartUntil(startBy: StartBy, { clock, serviceTime }: LifecyclePorts): StartFacts {
  const isOver = hasPassed(startBy, clock.monotonic(), serviceTime);
  return isOver ? {} : { mayStartUntil: startBy.seconds };
}

function unknownEnding(failure: Failure, id?: CommandId): Ending {
  return { kind: 'unknown', failure, ...(id !== undefined && { id }) };
}

/** Logs the id, and how to watch the output, which AKS does not show before the command ends. */
function saySubmitted(id: CommandId, { as, startBy }: Submitted, { log }: LifecyclePorts): void {
  if (as === 'did-not-start') {
    const until = trusted`It may still start until ${clockTime(startBy.seconds)}`;
    log.say(
      trusted`AKS stopped waiting for the pod of command ${id}. ${until}. Still waiting for it.`,
    );
    return;
  }
  log.say(trusted`AKS accepted command ${id}.`);
  const watch = trusted`kubectl logs --follow --namespace aks-command command-${id}`;
  const how = trusted`To watch it from a machine that reaches the cluster:\n  ${watch}`;
  log.progress('submitted', trusted`AKS shows its output only when it ends. ${how}`);
}

function patienceWith(
  submitted: Submitted,
  task: FollowedTask,
  { serviceTime }: LifecyclePorts,
): Patience {
  const { as, id, answer, startBy, wasThrottled } = submitted;
  const grace = task.timeout * 1000 + TIMEOUT_GRACE_MS;
  const isDenied = (since: number, requestedAt: number) =>
    requestedAt >= since + DENIED_MS &&
    serviceTime.isKnown() &&
    hasPassedOnAllNodes(startBy, requestedAt, serviceTime);
  const denialTakes = as === 'did-not-start' ? NODE_BEHIND_MS + DENIED_MS : 0;
  return {
    ...(id === undefined ? { unseen: GUESS_MS } : { firstLookAfter: retryAfterMs(answer) }),
    unstarted: task.startTimeout * 1000 + denialTakes + grace,
    started: task.wait ? grace : 0,
    isThrottled: wasThrottled,
    isGone: as === 'accepted' || id === undefined ? isGoneForLong : isDenied,
  };
}

/**
 * Signs in and reads the cluster. Returns undefined if the identity may not read it, which is not a
 * failure.
 *
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
export async function readCluster({ azure, log, serviceTime }: LifecyclePorts) {
  const answer = await withFreshTokens(azure, log, async () => {
    await azure.signIn();
    return azure.readCluster();
  });
  serviceTime.observe(answer);
  if (answer.kind === 'answered' && answer.status === 403) {
    log.say(trusted`The identity cannot read the cluster, which is optional; continuing.`);
    return undefined;
  }
  if (answer.kind === 'unanswered' || answer.status !== 200) {
    throw new StepError({ code: 'cluster-unreadable', answer });
  }
  const facts = readClusterFacts(answer.body);
  if (facts.stopped) throw new StepError({ code: 'cluster-stopped' });
  if (facts.runCommandDisabled) throw new StepError({ code: 'run-command-disabled' });
  return facts;
}
