import { retryAfterMs } from '../azure/answer.ts';
import type { CommandId } from '../azure/command-result.ts';
import { isCertainlyOurs } from '../azure/run-command.ts';
import type { Ending } from '../ending.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { PackedTask, Task } from '../pod/submission.ts';
import { clockTime } from '../text/duration.ts';
import { joined, say } from '../text/say.ts';
import { untilCancelled } from './cancel.ts';
import { follow, type Absence, type Followed, type FollowPlan } from './follow.ts';
import type { LifecyclePorts } from './ports.ts';
import { openEnding, readEnding } from './read-ending.ts';
import { mayResubmit, PROOF } from './resubmit.ts';
import { submit, type Submitted } from './submit.ts';

/** The pod ends a command at its timeout. If that fails, the step stops waiting this much later. */
const TIMEOUT_GRACE_MS = 60_000;
/** When a result is missing for good, unless it is to prove that the command never started. */
const GONE: Absence = { missingMs: 30_000, pastStartByMs: -Infinity };
/** How long to look for a command whose ID is only a guess. */
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
  let submissions = 0;
  for (;;) {
    submissions += 1;
    const submitted = await submit(task.startTimeout, packed, needsClusterToken, ports);
    if (submitted.kind !== 'submitted') return submitted;

    const ending = await endingOf(submitted, task, ports);
    if (ending !== 'never-ran') return ending;

    const { command, answer, startBy } = submitted;
    const { id } = command;
    // A pod whose node's clock is ahead refuses early. The next one gets its chance only after that.
    await startBy.wait(cancelled);
    if (cancelled.aborted) return { kind: 'not-started', failure: { code: 'cancelled' }, id };
    if (submissions > task.startRetries) {
      const giveUp = command.kind === 'gave-up' ? answer : undefined;
      const failure: Failure = { code: 'did-not-start', submissions, answer: giveUp };
      return { kind: 'not-started', failure, id };
    }

    const retry = say`retry ${submissions} of ${task.startRetries}`;
    log.info(say`The command did not start and no longer can. Resubmitting it, ${retry}.`);
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
  ports.onOpen({ id });
  const signedIn = ports.azure.signIn().then(() => true);
  if (!(await untilCancelled(signedIn, ports.cancelled, ports.clock))) {
    return { kind: 'unknown', failure: { code: 'cancelled' }, id };
  }

  const now = ports.serviceTime.observe();
  const plan: FollowPlan = {
    id,
    submittedAt: now,
    answeredAt: now,
    startedWithin: timeout * 1000,
    goneAfter: GONE,
  };
  return readEnding(await follow(plan, undefined, ports));
}

/** How a submission ended, or that it has not run and never will. Never rejects. */
async function endingOf(
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Ending | 'never-ran'> {
  const { command } = submitted;
  try {
    const followed = await followSubmitted(submitted, task, ports);
    if (followed === 'not-followed') return openEnding(submitted);
    return mayResubmit(command, followed) ? 'never-ran' : readEnding(followed, submitted);
  } catch (error) {
    return { kind: 'unknown', failure: failureOf(error), id: command.id };
  }
}

/** Follows a submission, unless no ID is known, or the step does not wait. */
async function followSubmitted(
  submitted: Submitted,
  task: Task,
  ports: LifecyclePorts,
): Promise<Followed | 'not-followed'> {
  const { command, hash, startBy } = submitted;
  if (command.id !== undefined) ports.onCommandId(command.id);
  // Nothing is stopped that may be another command.
  if (isCertainlyOurs(command)) {
    ports.onOpen({ id: command.id, submission: { hash, startBy: startBy.seconds } });
  }

  const id = command.kind === 'accepted' ? command.id : (command.id ?? command.candidate);
  if (id === undefined) return 'not-followed';
  if (!isCertainlyOurs(command) && !task.wait) return 'not-followed';

  logSubmission(id, submitted, ports.log);
  // A pod that AKS gave up on is followed until it starts, even by a step that does not wait.
  const isWaitOver = command.kind === 'accepted' && !task.wait && !ports.cancelled.aborted;
  return isWaitOver ? 'not-followed' : follow(planFor(id, submitted, task), startBy, ports);
}

/** Logs the ID, and how to watch the output, which AKS does not show before the command ends. */
function logSubmission(
  id: CommandId,
  { command, startBy }: Submitted,
  log: LifecyclePorts['log'],
): void {
  if (!isCertainlyOurs(command)) {
    const doubt = say`Azure's answer does not say whether the command started.`;
    log.info(say`${doubt} Looking for command ${id}.`);
    return;
  }
  if (command.kind === 'gave-up') {
    const until = say`It may still start until ${clockTime(startBy.seconds)}`;
    log.info(
      say`AKS stopped waiting for the pod of command ${id}. ${until}. Still waiting for it.`,
    );
    return;
  }
  log.info(say`AKS accepted command ${id}.`);
  const how = say`
    AKS shows the output only when the command ends. To watch it from a machine that can reach the
    API server:
  `;
  const watch = say`kubectl logs --follow --namespace aks-command ${`command-${id}`}`;
  log.progress('submitted', joined([how, watch], '\n  '));
}

function planFor(id: CommandId, submitted: Submitted, task: Task): FollowPlan {
  const { command, answer, answeredAt, hash, sentAt } = submitted;
  const isGuess = command.id === undefined;
  const proofMs = command.kind === 'gave-up' ? PROOF.missingMs + PROOF.pastStartByMs : 0;
  const endedWithin = task.timeout * 1000 + TIMEOUT_GRACE_MS;
  return {
    id,
    hash,
    submittedAt: sentAt,
    answeredAt,
    firstPollAfter: isGuess ? undefined : retryAfterMs(answer),
    seenWithin: isGuess ? GUESS_MS : undefined,
    startedWithin: task.startTimeout * 1000 + proofMs + endedWithin,
    endedWithin,
    untilSeen: !task.wait,
    goneAfter: command.kind === 'accepted' || isGuess ? GONE : PROOF,
  };
}
