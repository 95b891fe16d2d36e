import type { Answer } from '../azure/answer.ts';
import type { Azure, RunCommandBody } from '../azure/port.ts';
import { untilCancelled } from './cancellation.ts';
import type { CommandId } from '../azure/command-id.ts';
import type { CommandResult } from '../azure/command-result.ts';
import { StepError, type Failure } from '../failure.ts';
import { follow, type Followed, type FollowPorts } from './follow.ts';
import { ours } from '../hosts/log.ts';
import { backoff, MAX_FAILURES, MAX_WAIT_MS, throttleDelay } from './retry.ts';
import { readSubmission, type Submission } from '../azure/submission.ts';
import { readTransport, type PodReport } from '../pod/transport.ts';

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

/** A command to submit. */
export type Order = {
  /** The body for a start-by time, in whole seconds since the epoch by Azure's clock. */
  body(startBy: number, clusterToken: string | undefined): RunCommandBody;
  readonly boundary: string;
  /** False where the cluster is known to have no managed Entra, or could not be read. */
  readonly needsClusterToken: boolean;
  /** All in seconds. */
  readonly startTimeout: number;
  readonly timeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
};

export type LifecyclePorts = FollowPorts & {
  /** Told each command id as soon as it exists. */
  onCommandId(id: CommandId): void;
};

/** The pod ends a command at its timeout; where it cannot, waiting ends this much later. */
const TIMEOUT_GRACE_MS = 60_000;
/** Clocks of the cluster's nodes and of ARM may differ by this much. */
const START_BY_MARGIN_MS = 5_000;
const MISSING_MS = 30_000;
const CANCEL_GRACE_MS = 1_500;

/**
 * Submits a command and follows it to its end.
 *
 * It is submitted again only where an answer proves that the earlier submission did not run, or where its start-by
 * time has passed and AKS does not have it: a pod that starts later refuses to run it.
 */
export async function runCommand(order: Order, ports: LifecyclePorts): Promise<Ending> {
  const { clock, log, cancelled, serviceTime } = ports;
  let { needsClusterToken } = order;

  for (let submissions = 1; ; submissions++) {
    const submitted = await submit(order, needsClusterToken, ports);
    needsClusterToken = submitted.needsClusterToken;
    const { outcome, answer: lastAnswer } = submitted;
    /** When it can no longer start, by the runner's clock. */
    const startIsOver = () => clock.now() + submitted.startBy * 1000 + START_BY_MARGIN_MS - serviceTime.now();

    switch (outcome.kind) {
      case 'cancelled-before':
        return { kind: 'not-started', failure: { code: 'cancelled' } };
      case 'cancelled-during':
        return { kind: 'unknown', failure: { code: 'cancelled' } };
      case 'not-signed-in':
        return { kind: 'not-started', failure: outcome.failure };
      case 'refused':
        return { kind: 'not-started', failure: { code: 'submission-refused', answer: lastAnswer } };
      case 'unclear': {
        const failure: Failure = { code: 'submission-unclear', answer: lastAnswer };
        if (outcome.id !== undefined) ports.onCommandId(outcome.id);
        return { kind: 'unknown', failure, ...(outcome.id !== undefined && { id: outcome.id }) };
      }
      case 'accepted':
      case 'did-not-start':
        break;
    }

    const { id } = outcome;
    if (id === undefined) return { kind: 'unknown', failure: { code: 'start-unclear', answer: lastAnswer } };
    ports.onCommandId(id);
    const accepted = outcome.kind === 'accepted';
    if (accepted) {
      log.say(ours`Submitted, command id ${id}.`);
      if (!order.wait && !cancelled.aborted) return { kind: 'running', failure: { code: 'not-waited' }, id };
    } else {
      log.say(ours`AKS gave the pod of command ${id} up. It may still start in the next moments, so it is followed.`);
    }

    const missingUntil = accepted
      ? (since: number) => since + MISSING_MS
      : () => (serviceTime.isKnown() ? startIsOver() : Infinity);
    const patience = {
      unstarted: order.startTimeout * 1000 + order.timeout * 1000 + TIMEOUT_GRACE_MS,
      started: order.wait ? order.timeout * 1000 + TIMEOUT_GRACE_MS : 0,
      crowded: submitted.crowded,
      missingUntil,
    };
    const followed = await follow(id, patience, ports);
    const ending = await readEnding(id, followed, order.boundary);
    const podRefused = ending.kind === 'not-started' && ending.failure.code === 'pod-refused';
    const neverStarted = !accepted && followed.kind === 'missing' && wasNeverThere(followed);

    if (!accepted && !neverStarted && followed.kind !== 'ended' && followed.seen === 'nothing') {
      // AKS gave it up and says nothing better: it may have started before its start-by time.
      const failure: Failure =
        followed.kind === 'cancelled' ? { code: 'cancelled' } : { code: 'start-unclear', answer: lastAnswer };
      return { kind: 'unknown', failure, id };
    }
    if (!podRefused && !neverStarted) return ending;

    while (clock.now() < startIsOver() && !cancelled.aborted) await clock.sleep(1000, cancelled);
    if (cancelled.aborted || submissions > order.startRetries) {
      const failure: Failure = cancelled.aborted
        ? { code: 'cancelled' }
        : { code: 'did-not-start', submissions, ...(!accepted && { answer: lastAnswer }) };
      return { kind: 'not-started', failure, id };
    }
    log.say(
      ours`Command ${id} did not start and no longer can: submitting again, ${submissions} of ${order.startRetries}.`,
    );
  }
}

/** No other refusal than 404 says that there is no such command, and none denies a start that was seen. */
function wasNeverThere({ answer, seen }: Followed & { kind: 'missing' }): boolean {
  return answer.kind === 'answered' && answer.status === 404 && seen !== 'started';
}

/** Follows a command that was submitted earlier, by this action or by anyone, for `timeout` seconds. */
export async function followCommand(id: CommandId, timeout: number, ports: LifecyclePorts): Promise<Ending> {
  ports.onCommandId(id);
  const patience = { unstarted: timeout * 1000, missingUntil: (since: number) => since + MISSING_MS };
  return readEnding(id, await follow(id, patience, ports), undefined);
}

type Submitted = {
  readonly outcome:
    | Exclude<Submission, { kind: 'try-again' | 'token-rejected' | 'cluster-token-required' }>
    | { readonly kind: 'not-signed-in'; readonly failure: Failure }
    | { readonly kind: 'cancelled-before' | 'cancelled-during' };
  readonly answer: Answer;
  readonly startBy: number;
  readonly needsClusterToken: boolean;
  /** Whether it was throttled before it was taken. */
  readonly crowded: boolean;
};

const NO_ANSWER: Answer = { kind: 'unanswered', sent: 'never', cause: 'cancelled' };

/** Posts until an answer says something about the command other than "not processed". */
async function submit(order: Order, clusterTokenKnownToBeNeeded: boolean, ports: LifecyclePorts): Promise<Submitted> {
  const { azure, clock, log, cancelled, serviceTime, random } = ports;
  const begin = clock.now();
  let needsClusterToken = clusterTokenKnownToBeNeeded;
  let rejectedTokens = 0;
  let answer = NO_ANSWER;

  for (let throttled = 0, failures = 0; ;) {
    // Before the start-by time is counted, and before the last look for a cancel: tokens may take their time.
    const tokens = await untilCancelled(signIn(azure, needsClusterToken), cancelled, clock);
    const startBy = Math.floor(serviceTime.now() / 1000 + order.startTimeout);
    const ended = (outcome: Submitted['outcome']): Submitted => ({
      outcome,
      answer,
      startBy,
      needsClusterToken,
      crowded: throttled > 0,
    });
    if (tokens === undefined || cancelled.aborted) return ended({ kind: 'cancelled-before' });
    if ('failure' in tokens) return ended({ kind: 'not-signed-in', failure: tokens.failure });

    const posted = await untilCancelled(
      azure.runCommand(order.body(startBy, tokens.clusterToken)),
      cancelled,
      clock,
      CANCEL_GRACE_MS,
    );
    if (posted === undefined) return ended({ kind: 'cancelled-during' });
    answer = posted;
    serviceTime.observe(answer);

    const outcome = readSubmission(answer);
    let wait = 0;
    switch (outcome.kind) {
      case 'token-rejected':
        if (rejectedTokens++ > 0) return ended({ kind: 'refused' });
        azure.forgetTokens();
        log.say(ours`ARM rejected the access token: asking for a new one.`);
        break;
      case 'cluster-token-required':
        if (needsClusterToken) return ended({ kind: 'refused' });
        log.say(ours`The cluster has managed Entra: asking for a cluster token.`);
        needsClusterToken = true;
        break;
      case 'try-again':
        if (outcome.because !== 'throttled' && ++failures >= MAX_FAILURES) return ended({ kind: 'refused' });
        wait = outcome.because === 'throttled' ? throttleDelay(answer, throttled++, random) : backoff(answer, failures);
        if (clock.now() + wait - begin > MAX_WAIT_MS) return ended({ kind: 'refused' });
        log.say(
          ours`The submission was not processed (${REASONS[outcome.because]}), trying again in ${Math.ceil(wait / 1000)} s.`,
        );
        break;
      case 'accepted':
      case 'did-not-start':
      case 'refused':
      case 'unclear':
        return ended(outcome);
    }
    await clock.sleep(wait, cancelled);
  }
}

type SubmissionTokens = { readonly clusterToken: string | undefined } | { readonly failure: Failure };

/** Where no token is to be had, nothing was submitted. */
async function signIn(azure: Azure, needsClusterToken: boolean): Promise<SubmissionTokens> {
  try {
    await azure.signIn();
    return { clusterToken: needsClusterToken ? await azure.clusterToken() : undefined };
  } catch (error) {
    if (error instanceof StepError) return { failure: error.failure };
    throw error;
  }
}

const REASONS = {
  throttled: ours`throttled`,
  unreachable: ours`ARM cannot be reached`,
  conflict: ours`another operation holds the cluster`,
};

async function readEnding(id: CommandId, followed: Followed, boundary: string | undefined): Promise<Ending> {
  switch (followed.kind) {
    case 'ended': {
      const report = await readTransport(followed.result.logs, boundary);
      if (report.kind === 'refused') return { kind: 'not-started', failure: { code: 'pod-refused' }, id };
      return { kind: 'ended', id, result: followed.result, report };
    }
    case 'missing':
      return { kind: 'unknown', failure: { code: 'result-missing', answer: followed.answer }, id };
    case 'forbidden':
      return { kind: 'running', failure: { code: 'result-forbidden', answer: followed.answer }, id };
    case 'time-over':
      return { kind: 'running', failure: { code: 'no-answer-in-time', seconds: followed.seconds }, id };
    case 'cancelled':
      return { kind: 'running', failure: { code: 'cancelled' }, id };
  }
}
