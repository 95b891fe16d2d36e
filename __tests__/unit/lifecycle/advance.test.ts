import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Answered } from '../../../src/azure/answer.ts';
import {
  advance,
  beforeTheFirstPoll,
  type FollowPlan,
  type Known,
  type Poll,
} from '../../../src/lifecycle/follow.ts';
import type { Moment } from '../../../src/lifecycle/service-time.ts';
import { boundaryOf } from '../../../src/pod/boundary.ts';
import { framed } from '../../support/fake-pod.ts';
import { http, ID } from '../ports.ts';

/** One poll at a time, as values. Times are in milliseconds after the submission. */

const BOUNDARY = boundaryOf('0123456789abcdef0123456789abcdef');
const PENDING = http(202, { properties: { provisioningState: 'Running' } });
const NOT_FOUND = http(404, { error: { code: 'NotFound', message: 'no such command' } });
const ended = (logs: string, exitCode = 0) =>
  http(200, { properties: { provisioningState: 'Succeeded', exitCode, logs } });

const NOON = Date.parse('2026-11-25T12:00:00Z');
/** What the clocks show then, unless some are wrong. */
const moment = (at: number, wrong: Partial<Moment> = {}): Moment => ({
  monotonic: at,
  runner: NOON + at,
  azure: NOON + at,
  ...wrong,
});

const SUBMITTED: FollowPlan = {
  id: ID,
  submittedAt: moment(0),
  answeredAt: moment(0),
  startedWithin: 7_200_000,
  endedWithin: 60_000,
  goneAfter: { missingMs: 30_000, pastStartByMs: -Infinity },
};
const BEGIN = beforeTheFirstPoll(SUBMITTED).known;

const poll = (answer: Answer, at: number, more: Partial<Poll> = {}): Poll => ({
  answer,
  askedAt: moment(at),
  answeredAt: moment(at),
  pastStartByMs: -Infinity,
  random: 0.5,
  ...more,
});

/** What is known after these polls, none of which ends it. */
function knownAfter(polls: readonly Poll[], plan = SUBMITTED): Known {
  return polls.reduce<Known>((known, one) => {
    const next = advance(known, one, { ...plan, goneAfter: NEVER_GONE });
    if (next.kind !== 'waiting') throw new Error(`It ended: ${next.kind}`);
    return next.known;
  }, beforeTheFirstPoll(plan).known);
}
const NEVER_GONE = { missingMs: Infinity, pastStartByMs: Infinity };

const MINUTE = 60_000;
const denied = (at: number, wrong: Partial<Moment> = {}) =>
  poll(NOT_FOUND, at, { answeredAt: moment(at, wrong) });
/** The runner's own clock alone shows that the machine has slept for so many minutes. */
const asleepFor = (minutes: number, at: number) =>
  moment(at, { runner: NOON + at + minutes * MINUTE });
const silent = (answer: Answer) => (at: number) => poll(answer, at);
const busy = silent(http(503));

describe('AKS was silent about a command', () => {
  test.each<[name: string, hasGap: boolean, polls: readonly Poll[]]>([
    ['for exactly five minutes', false, [denied(5 * MINUTE), denied(10 * MINUTE)]],
    ['for a second more, from the submission on', true, [denied(5 * MINUTE + 1_000)]],
    ['once, long before the last denials', true, [denied(6 * MINUTE), denied(6 * MINUTE + 2_000)]],
    ['by dates alone', true, [denied(1_000), denied(2_000, { azure: NOON + 20 * MINUTE })]],
    [
      "by the runner's clock alone",
      true,
      [denied(1_000), denied(2_000, { runner: NOON + 20 * MINUTE })],
    ],
    [
      'by the clock alone that never jumps',
      true,
      [denied(20 * MINUTE, { runner: NOON + 1_000, azure: NOON + 1_000 })],
    ],
    [
      'while a machine slept twice, before it read two answers',
      true,
      [
        poll(NOT_FOUND, 1_000, { answeredAt: asleepFor(3, 1_000) }),
        poll(NOT_FOUND, 2_000, {
          askedAt: asleepFor(3, 2_000),
          answeredAt: asleepFor(6, 2_000),
        }),
      ],
    ],
    ['in answers without a date', true, [denied(1_000, { azure: NaN })]],
    [
      'of clocks that are set back',
      false,
      [denied(2_000, { runner: NOON + MINUTE, azure: NOON + MINUTE }), denied(4_000)],
    ],
    ['of a state and a denial', true, [poll(PENDING, 1_000), denied(6 * MINUTE)]],
    ...(
      [
        ['a 429', silent(http(429))],
        ['a 503', busy],
        ["the cluster's 404", silent(http(404, { code: 'ResourceNotFound' }))],
        ["ARM's 403", silent(http(403, { code: 'AuthorizationFailed' }))],
        ['no answer', silent({ kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' })],
      ] as const
    ).map(([name, answers]): [string, boolean, Poll[]] => [
      `while it was asked, and the answer was ${name}`,
      true,
      [denied(1_000), answers(2 * MINUTE), answers(4 * MINUTE), denied(6 * MINUTE)],
    ]),
  ])('%s: %s', (_name, hasGap, polls) => {
    expect(knownAfter(polls).hasGap).toBe(hasGap);
  });

  test('while the machine slept before it read the answer to the submission', () => {
    const plan = { ...SUBMITTED, answeredAt: asleepFor(6, 1_000) };
    const polls = [
      { ...denied(2_000), askedAt: asleepFor(6, 2_000), answeredAt: asleepFor(6, 2_000) },
    ];
    expect(knownAfter(polls, plan).hasGap).toBe(true);
  });

  test('for four minutes twice, which is no gap', () => {
    const polls = [denied(1_000), busy(2 * MINUTE), denied(4 * MINUTE), denied(8 * MINUTE)];
    expect(knownAfter(polls).hasGap).toBe(false);
  });

  test('and the end says so', () => {
    const known = knownAfter([denied(MINUTE), denied(8 * MINUTE)]);
    const plan = { ...SUBMITTED, goneAfter: { missingMs: 5_000, pastStartByMs: 60_000 } };
    const last = { ...denied(9 * MINUTE), pastStartByMs: 60_000 };
    expect(advance(known, last, plan)).toEqual({
      kind: 'missing',
      id: ID,
      seen: 'nothing',
      because: 'no-such-command',
      answer: last.answer,
      hasGap: true,
      missingMs: 8 * MINUTE,
      pastStartByMs: 60_000,
    });
  });
});

describe('how long a result is missing, at the least: slow answers prove nothing between', () => {
  const slow = (askedAt: number, answeredAt: number) =>
    poll(NOT_FOUND, answeredAt, { askedAt: moment(askedAt) });
  const plan = { ...SUBMITTED, goneAfter: { missingMs: 5_000, pastStartByMs: -Infinity } };

  test.each([
    ['the first answer may be as new as its arrival', [slow(0, 10_000), slow(12_000, 12_000)]],
    ['the last one may be as old as its question', [slow(0, 0), slow(4_000, 9_000)]],
  ])('%s', (_name, polls) => {
    const known = knownAfter(polls.slice(0, 1));
    expect(polls.slice(1).map((one) => advance(known, one, plan).kind)).toEqual(['waiting']);
    expect(advance(known, slow(15_000, 15_000), plan).kind).toBe('missing');
  });
});

test('a result ends it, whatever its log has', () => {
  const end = advance(BEGIN, poll(ended(framed(BOUNDARY, 'hello\n'), 137), 1_000), SUBMITTED);
  expect(end).toMatchObject({ kind: 'ended', result: { exitCode: 137 } });
});

describe('how long it waits before the next poll', () => {
  const HOUR = 60 * MINUTE;
  const THROTTLED = http(429);
  const told = (answer: Answered, seconds: number): Answer => ({
    ...answer,
    headers: { 'retry-after': `${seconds}` },
  });
  /** After a poll that was answered so long after the submission. */
  function waitAfter(answer: Answer, at: number, random = 0.5, known = BEGIN): number {
    const next = advance(known, poll(answer, at, { random }), SUBMITTED);
    if (next.kind !== 'waiting') throw new Error(`It ended: ${next.kind}`);
    return next.waitMs;
  }

  test.each<[string, wait: number, answer: Answer, at: number, random?: number]>([
    ['at first', 130, PENDING, 100],
    ['for a minute', 2_000, PENDING, MINUTE - 1],
    ['after a minute', 4_000, PENDING, MINUTE],
    ['for a quarter of an hour', 4_000, PENDING, 15 * MINUTE - 1],
    ['after that: ten jobs use no more requests than flow back', 10_000, PENDING, 15 * MINUTE],
    ['if it is told to', 7_000, told(PENDING, 7), 100],
    ['if it is told to wait for long: a minute', MINUTE, told(PENDING, 9999), 100],
    ['if the service is in trouble and says so', 7_000, told(http(503), 7), 100],
    ['if it is throttled: longer', 5_000, THROTTLED, 2_000],
    ['if it is throttled, by chance sooner', 2_500, THROTTLED, 2_000, 0],
    [
      'if it is throttled and told how long: that, and some more',
      12_000,
      told(THROTTLED, 7),
      2_000,
    ],
  ])('%s', (_name, wait, answer, at, random = 0.5) => {
    expect(waitAfter(answer, at, random)).toBe(wait);
  });

  test('all later polls of a command that was throttled once stay rare', () => {
    const known = knownAfter([poll(THROTTLED, 1_000), poll(PENDING, 2_000)]);
    expect(waitAfter(PENDING, 5_000, 0.5, known)).toBe(8_000);
  });

  test('a throttled poll never comes sooner than otherwise, and within 15 s', () => {
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: HOUR }), random, (at, chance) => {
        const wait = waitAfter(THROTTLED, at, chance);
        expect(wait).toBeGreaterThanOrEqual(Math.max(1_500, waitAfter(PENDING, at)));
        expect(wait).toBeLessThanOrEqual(15_000);
      }),
    );
  });
});
