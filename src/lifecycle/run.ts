import { retryAfterMs } from '../azure/answer.ts';
import type { CommandId } from '../azure/command-result.ts';
import { readClusterFacts } from '../azure/managed-cluster.ts';
import type { Clock } from '../clock.ts';
import { failureOf, StepError, type Failure } from '../failure.ts';
import type { Log } from '../hosts/port.ts';
import { isFramed } from '../pod/stream.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import { clockTime } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { untilCancelled } from './cancel.ts';
import { readEnding, type Ending } from './ending.ts';
import { follow, type FollowOptions } from './follow.ts';
import { withFreshTokens, type LifecyclePorts } from './retry.ts';
import { NODE_BEHIND_MS, type StartBy } from './start-by.ts';
import { submit, type Submitted } from './submit.ts';

/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
/** How long a result must be missing before it is missing for good. */
const MISSING_MS = 30_000;
/** How long to look for a command whose id is only a guess. */
const GUESS_MS = 15_000;
/** A single denial in the middle of service failures may be just another failure. */
const NO_SUCH_COMMAND_MS = 5_000;

const isGoneForLong = (since: number, requestedAt: number) => requestedAt >= since + MISSING_MS;

/**
 * Submits a command and follows it to its end. Submits it again only if its start-by time has
 * passed and its pod refused to run it, or if AKS still does not have it a minute later. Rejects
 * only if nothing was submitted.
 */
export async function submitAndFollow(
  task: Task,
  packed: PackedTask,
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { log, cancelled } = ports;
  let withClusterToken = needsClusterToken;

  for (let submissions = 1; ; submissions++) {
    const submitted = await submit(task.startTimeout, packed, withClusterToken, ports);
    if (submitted.kind !== 'submitted') return submitted;

    const { id, startBy } = submitted;
    const lost = (error: unknown) => unknownEnding(failureOf(error), id);
    if (id === undefined || submitted.outcome === 'unclear') {
      return lookForProof(submitted, task, ports).catch(lost);
    }

    const ending = await followSubmitted(id, submitted, task, ports).catch(lost);
    if (ending.kind !== 'not-started' || ending.failure.code !== 'did-not-start') return ending;

    if (!(await startBy.untilPassed(cancelled))) {
      return unknownEnding({ code: cancelled.aborted ? 'cancelled' : 'pod-refused' }, id);
    }
    if (cancelled.aborted) return { kind: 'not-started', failure: { code: 'cancelled' }, id };
    if (submissions > task.startRetries) {
      const answer = submitted.outcome === 'did-not-start' ? submitted.answer : undefined;
      const failure: Failure = { code: 'did-not-start', submissions, answer };
      return { kind: 'not-started', failure, id };
    }

    const retry = trusted`retry ${submissions} of ${task.startRetries}`;
    log.info(trusted`Command ${id} did not start and no longer can. Resubmitting it, ${retry}.`);
    withClusterToken = submitted.needsClusterToken;
  }
}

/**
 * Follows a command that was submitted earlier, by anyone, for `timeout` seconds. Rejects if
 * signing in fails.
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

  const options = { startedWithin: timeout * 1000, isGone: isGoneForLong };
  return readEnding(id, await follow(id, options, ports));
}

/**
 * Follows a submission that AKS accepted, or on whose pod AKS gave up. The failure `did-not-start`
 * means that the pod says that it started too late, or that AKS denied having the command until no
 * node could start it anymore.
 */
async function followSubmitted(
  id: CommandId,
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { outcome, answer, boundary } = submitted;
  ports.onCommandId(id);
  saySubmitted(id, submitted, ports.log);
  if (outcome === 'accepted' && !task.wait && !ports.cancelled.aborted) {
    return { kind: 'running', failure: { code: 'not-waited' }, id };
  }

  const followed = await follow(id, followOptions(submitted, task, ports), ports);
  const mayStartUntil = startLimit(submitted.startBy, ports.clock);
  const isUnseen = followed.kind !== 'ended' && followed.seen === 'nothing';
  if (outcome !== 'did-not-start' || !isUnseen) {
    return readEnding(id, followed, { boundary, mayStartUntil });
  }

  switch (followed.kind) {
    // AKS has said two things, both meaning that the pod did not start: it gave up on the pod, and
    // it has no such command. If AKS had shown the command in between, its denial would prove
    // nothing. submitAndFollow sets the count.
    case 'no-such-command':
      return { kind: 'not-started', failure: { code: 'did-not-start', submissions: 1 }, id };
    // AKS gave up on the pod and says nothing more definite. The pod may have started before its
    // start-by time.
    case 'cancelled':
      return unknownEnding({ code: 'cancelled', mayStartUntil }, id);
    default:
      return unknownEnding({ code: 'start-unclear', answer, mayStartUntil }, id);
  }
}

/**
 * Looks for a command after an answer that leaves its state open. The id may be another command's,
 * so only a result whose log has this submission's whole frame counts. Nothing else proves
 * anything, not even a 404.
 */
async function lookForProof(
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { outcome, id, answer, boundary } = submitted;
  if (id !== undefined) ports.onCommandId(id);
  const code = outcome === 'unclear' ? 'submission-unclear' : 'start-unclear';
  const unproven = unknownEnding({ code, answer }, id);
  const sought = id ?? submitted.candidate;
  if (sought === undefined || !task.wait) return unproven;

  ports.log.info(
    trusted`Azure's answer leaves open whether the command runs. Looking for command ${sought}.`,
  );
  const followed = await follow(sought, followOptions(submitted, task, ports), ports);
  const mayStartUntil = startLimit(submitted.startBy, ports.clock);
  if (followed.kind === 'cancelled') return unknownEnding({ code: 'cancelled', mayStartUntil }, id);

  const ending = await readEnding(sought, followed, { boundary, mayStartUntil });
  if (ending.kind !== 'ended' || !isFramed(ending.podReport)) return unproven;
  ports.onCommandId(sought);
  return ending;
}

/** Until when the command may still start, in whole seconds since the epoch. */
function startLimit(startBy: StartBy, clock: Clock): number | undefined {
  return startBy.hasPassed(clock.monotonic()) ? undefined : startBy.seconds;
}

function unknownEnding(failure: Failure, id: CommandId | undefined): Ending {
  return { kind: 'unknown', failure, id };
}

/** Logs the id, and how to watch the output, which AKS does not show before the command ends. */
function saySubmitted(id: CommandId, { outcome, startBy }: Submitted, log: Log): void {
  if (outcome === 'did-not-start') {
    const until = trusted`It may still start until ${clockTime(startBy.seconds)}`;
    log.info(
      trusted`AKS stopped waiting for the pod of command ${id}. ${until}. Still waiting for it.`,
    );
    return;
  }
  log.info(trusted`AKS accepted command ${id}.`);
  const watch = trusted`kubectl logs --follow --namespace aks-command command-${id}`;
  const how = trusted`To watch it from a machine that reaches the cluster:\n  ${watch}`;
  log.progress('submitted', trusted`AKS shows its output only when it ends. ${how}`);
}

function followOptions(
  submitted: Submitted,
  task: Task,
  { serviceTime }: LifecyclePorts,
): FollowOptions {
  const { outcome, id, answer, startBy, wasThrottled } = submitted;
  const isGuess = id === undefined;
  const isGoneAfterStartBy = (since: number, requestedAt: number) =>
    requestedAt >= since + NO_SUCH_COMMAND_MS &&
    serviceTime.isKnown() &&
    startBy.hasPassedOnAllNodes(requestedAt);
  const proofMs = outcome === 'did-not-start' ? NODE_BEHIND_MS + NO_SUCH_COMMAND_MS : 0;
  const endedWithin = task.timeout * 1000 + TIMEOUT_GRACE_MS;
  return {
    seenWithin: isGuess ? GUESS_MS : undefined,
    startedWithin: task.startTimeout * 1000 + proofMs + endedWithin,
    endedWithin: task.wait ? endedWithin : 0,
    firstLookAfter: isGuess ? undefined : retryAfterMs(answer),
    isThrottled: wasThrottled,
    isGone: outcome === 'accepted' || isGuess ? isGoneForLong : isGoneAfterStartBy,
  };
}

/**
 * Signs in and reads the cluster.
 *
 * @returns whether a submission needs a token for the cluster; false if the identity may not read
 *   the cluster, which is not a failure
 * @throws StepError if the cluster cannot be read, is stopped, or has run command disabled.
 */
export async function signInAndReadCluster(ports: LifecyclePorts): Promise<boolean> {
  const { azure, log, serviceTime } = ports;
  const answer = await withFreshTokens(azure, log, async () => {
    await azure.signIn();
    return azure.readCluster();
  });
  serviceTime.observe(answer);
  if (answer.kind === 'answered' && answer.status === 403) {
    log.info(trusted`The identity cannot read the cluster, which is optional; continuing.`);
    return false;
  }
  if (answer.kind === 'unanswered' || answer.status !== 200) {
    throw new StepError({ code: 'cluster-unreadable', answer });
  }
  const facts = readClusterFacts(answer.body);
  if (facts.stopped) throw new StepError({ code: 'cluster-stopped' });
  if (facts.runCommandDisabled) throw new StepError({ code: 'run-command-disabled' });
  return facts.managedEntra;
}
