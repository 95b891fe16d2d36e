import { describe, expect, test } from '@jest/globals';
import { isTransient, type Answer, type Headers } from '../../../src/azure/answer.ts';
import { ours } from '../../../src/text/ours.ts';
import {
  askAgain,
  backoff,
  countTries,
  retrying,
  throttleDelay,
  toldDelay,
  type Attempt,
} from '../../../src/lifecycle/retry.ts';
import { ports } from '../ports.ts';

const http = (status: number, headers: Headers = {}, body = ''): Answer => ({
  kind: 'answered',
  status,
  headers,
  body,
});
const told = (status: number, seconds: number) => http(status, { 'retry-after': String(seconds) });
const RESET: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };
const ASKING = ours`Reading`;

/** A service that gives these answers, the last of them for ever. */
function service(...answers: Answer[]) {
  let asked = 0;
  return {
    asked: () => asked,
    ask: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] ?? RESET),
  };
}

test.each<[string, Answer, boolean]>([
  ['no answer', RESET, true],
  ['a proxy that refused to connect', { kind: 'unanswered', sent: 'never', cause: '407', refused: true }, false],
  ['throttled', http(429), true],
  ['a gateway that waited too long', http(408), true],
  ['500', http(500), true],
  ['503', http(503), true],
  ['200', http(200), false],
  ['404', http(404), false],
  ['401', http(401), false],
])('whether another try may help: %s', (_name, answer, transient) => {
  expect(isTransient(answer)).toBe(transient);
});

describe('asking again', () => {
  test.each<[string, Answer[], number, number, number]>([
    ['an answer', [http(200)], 200, 1, 0],
    ['a refusal is an answer', [http(404)], 404, 1, 0],
    ['trouble, then an answer', [http(500), RESET, http(200)], 200, 3, 3],
    ['trouble without an end: six times, 31 s', [http(503)], 503, 6, 31],
    ['told to wait', [told(503, 20), http(200)], 200, 2, 20],
    ['told not to wait', [told(503, 0), http(200)], 200, 2, 0],
    ['throttled, and told nothing: a second, and some more', [http(429), http(200)], 200, 2, 1.5],
    ['throttled ten times, as told', [...Array<Answer>(10).fill(told(429, 60)), http(200)], 200, 11, 652.5],
    ['told to wait longer than an hour: not at all', [told(429, 3601)], 429, 1, 0],
  ])('%s', async (_name, answers, status, asked, seconds) => {
    const { clock, ...rest } = ports();
    const arm = service(...answers);
    const answer = await askAgain(ASKING, arm.ask, { ...rest, clock });

    expect(answer).toMatchObject({ kind: 'answered', status });
    expect(arm.asked()).toBe(asked);
    expect(clock.passed()).toBe(seconds * 1000);
  });

  test('throttled ten times: as told, and not much longer', async () => {
    const { clock, ...rest } = ports();
    const answers = [...Array<Answer>(10).fill(told(429, 60)), http(200)];

    await expect(askAgain(ASKING, service(...answers).ask, { ...rest, clock })).resolves.toMatchObject({ status: 200 });
    expect(clock.passed()).toBeGreaterThanOrEqual(600_000);
    expect(clock.passed()).toBeLessThan(700_000);
  });

  test('throttled without an end: for an hour at most', async () => {
    const { clock, ...rest } = ports();

    await expect(askAgain(ASKING, service(told(429, 300)).ask, { ...rest, clock })).resolves.toMatchObject({
      status: 429,
    });
    expect(clock.passed()).toBeLessThanOrEqual(3_600_000);
    expect(clock.passed()).toBeGreaterThan(3_000_000);
  });

  test.each([
    ['exactly an hour: that long', 3600, 2],
    ['a second more: not at all', 3601, 1],
  ])('told to wait %s', async (_name, seconds, asked) => {
    const arm = service(told(429, seconds), http(200));
    await askAgain(ASKING, arm.ask, { ...ports(), random: () => 0 });
    expect(arm.asked()).toBe(asked);
  });

  test('a long wait is told to the second', async () => {
    const { transcript, ...rest } = ports();
    await askAgain(ASKING, service(told(429, 2000), http(200)).ask, { ...rest, random: () => 0 });
    expect(transcript).toEqual(['show Reading failed. Retrying in 33m 20s: HTTP 429']);
  });

  test('each retry tells what failed, how, and how long it waits', async () => {
    const { log, transcript, ...rest } = ports();
    await askAgain(ASKING, service(http(503, {}, 'Down for a moment'), http(200)).ask, { ...rest, log });

    expect(transcript).toEqual(['show Reading failed. Retrying in 1s: HTTP 503 Down for a moment']);
  });

  test.each([
    ['before', 0, 1],
    ['while it waits', 1, 1],
  ])('a cancel %s ends it', async (_name, sleeps, asked) => {
    const { cancel, clock, ...rest } = ports();
    const arm = service(http(503));
    if (sleeps === 0) cancel();
    const waiting = {
      ...clock,
      sleep(milliseconds: number) {
        cancel();
        return clock.sleep(milliseconds);
      },
    };

    await expect(askAgain(ASKING, arm.ask, { ...rest, clock: waiting })).resolves.toMatchObject({ status: 503 });
    expect(arm.asked()).toBe(asked);
  });

  test('what is asked for may be something else than an answer', async () => {
    const tries: Attempt<string>[] = [
      { ok: false, answer: RESET },
      { ok: true, value: 'token' },
    ];

    await expect(
      retrying(ASKING, () => Promise.resolve(tries.shift() ?? { ok: true, value: 'late' }), ports()),
    ).resolves.toEqual({ ok: true, value: 'token' });
  });
});

test.each<[string, Answer, number | undefined]>([
  ['told, with a success too', told(202, 7), 7000],
  ['not told', http(503), undefined],
  ['no answer', RESET, undefined],
])('the wait that an answer asks for: %s', (_name, answer, milliseconds) => {
  expect(toldDelay(answer)).toBe(milliseconds);
});

test.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [9, 16_000],
])('the pause after failure %d is %d ms', (failures, milliseconds) => {
  expect(backoff(http(500), failures)).toBe(milliseconds);
});

describe('throttled', () => {
  test('never earlier than told', () => {
    expect(throttleDelay(told(429, 17), 0, () => 0)).toBe(17_000);
  });

  test('the jobs of a matrix spread further with each time, up to fifteen seconds', () => {
    const spread = [0, 1, 2, 3, 4, 5, 6].map((before) => throttleDelay(told(429, 0), before, () => 0.999));

    expect(spread).toEqual([999, 1998, 3996, 7992, 14985, 14985, 14985]);
  });
});

test('one throttled answer is enough to know that others wait', () => {
  const tries = countTries(ports());
  tries.pauseAfter(http(500));
  expect(tries.wasThrottled()).toBe(false);
  tries.pauseAfter(http(429));
  expect(tries.wasThrottled()).toBe(true);
});
