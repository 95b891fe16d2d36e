import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import { say } from '../../../src/text/say.ts';
import { countTries, retrying } from '../../../src/azure/retry.ts';
import { http, ports } from '../ports.ts';

const told = (status: number, seconds: number) =>
  http(status, '', { 'retry-after': String(seconds) });
const RESET: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };
/** Asks a service that gives these answers, the last of them forever. */
async function asking(answers: readonly Answer[], given = ports()) {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.resolve(answers[asked - 1] ?? answers.at(-1) ?? RESET);
  };
  const answer = await retrying(say`Reading`, ask, given);
  return { answer, asked, seconds: given.clock.passed() / 1000, transcript: given.transcript };
}

describe('asking again', () => {
  test.each<[name: string, answers: Answer[], status: number, asked: number, seconds: number]>([
    ['trouble without an end: six times, 31 s', [http(503)], 503, 6, 31],
    ['told not to wait', [told(503, 0), http(200)], 200, 2, 0],
    ['throttled, and told nothing: a second, and some more', [http(429), http(200)], 200, 2, 1.5],
    ['throttled without an end: for an hour at most', [told(429, 300)], 429, 12, 3360],
  ])('%s', async (_name, answers, status, asked, seconds) => {
    expect(await asking(answers)).toMatchObject({
      answer: { kind: 'answered', status },
      asked,
      seconds,
    });
  });

  test.each<[name: string, seconds: number, asked: number]>([
    ['exactly an hour: that long', 3600, 2],
    ['a second more: not at all', 3601, 1],
  ])('told to wait %s', async (_name, seconds, asked) => {
    expect(
      await asking([told(429, seconds), http(200)], { ...ports(), random: () => 0 }),
    ).toMatchObject({ asked });
  });

  test('each retry tells how it failed, and how long it waits', async () => {
    const given = { ...ports(), random: () => 0 };
    const { transcript } = await asking(
      [http(503, 'Down\nnow'), told(429, 2000), http(200)],
      given,
    );
    expect(transcript).toEqual([
      'show Reading failed. Retrying in 1s: HTTP 503 Down now',
      'show Reading failed. Retrying in 33m 20s: HTTP 429',
    ]);
  });

  test('a cancel before ends it without a word', async () => {
    const given = ports();
    given.cancel();
    expect(await asking([http(503)], given)).toMatchObject({ asked: 1, transcript: [] });
  });

  test('a cancel while it waits ends it', async () => {
    const given = ports();
    const sleep = () => {
      given.cancel();
      return Promise.resolve();
    };
    const { asked } = await asking([http(503)], { ...given, clock: { ...given.clock, sleep } });
    expect(asked).toBe(1);
  });
});

test('throttled jobs never come earlier than told, and spread further, up to 15 seconds', () => {
  expect(countTries({ ...ports(), random: () => 0 })(told(429, 17))).toBe(17_000);
  const pauseAfter = countTries({ ...ports(), random: () => 0.999 });
  const spread = Array.from({ length: 6 }, () => pauseAfter(told(429, 0)));
  expect(spread).toEqual([999, 1998, 3996, 7992, 14985, 14985]);
});
