import { retryAfterMs } from '../azure/answer.ts';
import type { CommandId } from '../azure/command-result.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { Log } from '../hosts/port.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import { clockTime } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { untilCancelled } from './cancel.ts';
import { openEnding, readEnding, type Ending } from './ending.ts';
import { follow, type Followed, type FollowOptions } from './follow.ts';
import { isCertainlyOurs, isMissingForGood, mayResubmit, PROOF_MS } from './resubmit.ts';
import type { LifecyclePorts } from './retry.ts';
import { submit, type Submitted } from './submit.ts';

/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
/** How long a result must be missing before it is missing for good. */
const MISSING_MS = 30_000;
/** How long to look for a command whose id is only a guess. */
const GUESS_MS = 15_000;

/**
 * Submits a command and follows it to its end. If {@link mayResubmit} proves that it has not run
 * and never will, submits it again, up to `startRetries` times. Rejects only if nothing was
 * submitted.
 */
export async function submitAndFollow(
  task: Task,
  packed: PackedTask,
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Ending> {
  const { log, cancelled } = ports;
  for (let submissions = 1; ; submissions++) {
    const submitted = await submit(task.startTimeout, packed, needsClusterToken, ports);
    if (submitted.kind !== 'submitted') return submitted;

    const { outcome, answer, startBy } = submitted;
    const { id } = outcome;
    const ending = await endingOf(submitted, task, ports).catch((error: unknown): Ending => ({
      kind: 'unknown',
      failure: failureOf(error),
      id,
    }));
    if (ending !== 'may-resubmit') return ending;

    // A pod whose node's clock is ahead refuses early. The next one gets its chance only after that.
    await startBy.wait(cancelled);
    if (cancelled.aborted) return { kind: 'not-started', failure: { code: 'cancelled' }, id };
    if (submissions > task.startRetries) {
      const giveUp = outcome.kind === 'gave-up' ? answer : undefined;
      const failure: Failure = { code: 'did-not-start', submissions, answer: giveUp };
      return { kind: 'not-started', failure, id };
    }

    const retry = trusted`retry ${submissions} of ${task.startRetries}`;
    log.info(trusted`The command did not start and no longer can. Resubmitting it, ${retry}.`);
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

  const isGone = (missingMs: number) => missingMs >= MISSING_MS;
  return readEnding(await follow(id, { startedWithin: timeout * 1000, isGone }, ports));
}

/** How a submission ended, unless it has not run and never will. */
async function endingOf(
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Ending | 'may-resubmit'> {
  const followed = await followSubmitted(submitted, task, ports);
  if (followed === undefined) return openEnding(submitted);

  const { outcome, startBy } = submitted;
  const facts = { outcome, followed, pastStartByMs: startBy.agoMs(followed.askedAt) };
  return mayResubmit(facts) ? 'may-resubmit' : readEnding(followed, submitted);
}

/** Follows a submission. Undefined if no ID is known, or the step does not wait. */
async function followSubmitted(
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Followed | undefined> {
  const { outcome } = submitted;
  if (outcome.id !== undefined) ports.onCommandId(outcome.id);

  const id = outcome.kind === 'accepted' ? outcome.id : (outcome.id ?? outcome.candidate);
  if (id === undefined) return undefined;
  if (!isCertainlyOurs(outcome) && !task.wait) return undefined;

  saySubmitted(id, submitted, ports.log);
  // A pod that AKS gave up on is followed until it starts, even by a step that does not wait.
  const isWaitOver = outcome.kind === 'accepted' && !task.wait && !ports.cancelled.aborted;
  return isWaitOver ? undefined : follow(id, followOptions(submitted, task), ports);
}

/** Logs the id, and how to watch the output, which AKS does not show before the command ends. */
function saySubmitted(id: CommandId, { outcome, startBy }: Submitted, log: Log): void {
  if (!isCertainlyOurs(outcome)) {
    const doubt = trusted`Azure's answer leaves open whether the command runs.`;
    log.info(trusted`${doubt} Looking for command ${id}.`);
    return;
  }
  if (outcome.kind === 'gave-up') {
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
  { outcome, answer, boundary, startBy }: Submitted,
  task: Task,
): FollowOptions {
  const isGuess = outcome.id === undefined;
  const proofMs = outcome.kind === 'gave-up' ? PROOF_MS : 0;
  const endedWithin = task.timeout * 1000 + TIMEOUT_GRACE_MS;
  return {
    boundary,
    seenWithin: isGuess ? GUESS_MS : undefined,
    startedWithin: task.startTimeout * 1000 + proofMs + endedWithin,
    endedWithin: task.wait ? endedWithin : 0,
    firstLookAfter: isGuess ? undefined : retryAfterMs(answer),
    isGone(missingMs, askedAt) {
      if (outcome.kind === 'accepted' || isGuess) return missingMs >= MISSING_MS;
      return isMissingForGood(missingMs, startBy.agoMs(askedAt));
    },
  };
}
