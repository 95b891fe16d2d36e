import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import { follow } from '../../../src/lifecycle/follow.ts';
import { http } from '../ports.ts';
import { framed, refusal, whole } from '../../support/fake-pod.ts';
import { BOUNDARY, clusterOf, NOT_FOUND, PENDING, PLAN, STARTED } from './cluster-of-values.ts';

const ended = (logs: string, exitCode = 0) =>
  http(200, { properties: { provisioningState: 'Succeeded', exitCode, logs } });
const ENDED = ended(whole(BOUNDARY));

test('each phase and each minute are logged once, and each other look as debug', async () => {
  const { ports, transcript } = clusterOf({
    result: (passed) => {
      if (passed < 70_000) return PENDING;
      if (passed < 80_000) return http(500, { error: { code: 'Busy', message: 'later' } });
      return passed < 200_000 ? STARTED : ENDED;
    },
  });
  const followed = await follow(
    { ...PLAN, boundary: BOUNDARY, endedWithin: 1_000_000 },
    undefined,
    ports,
  );

  expect(followed.kind).toBe('ended');
  const debug = 'debug No result yet: HTTP 500 Busy: later';
  expect(transcript.filter((line) => line !== debug)).toEqual([
    'phase submitted: Waiting for the pod to start.',
    'phase submitted: Still waiting after 1m 01s.',
    'phase running: The command is running.',
    'phase running: Still running after 2m 01s.',
    'phase running: Still running after 3m 01s.',
  ]);
  expect(transcript).toContain(debug);
});

test('looks come as the schedule says, and the last when the time is over', async () => {
  const { ports, looks } = clusterOf({ result: () => PENDING });
  const followed = await follow(PLAN, undefined, ports);

  const pauseAt = (time: number) => (time < 60_000 ? Math.min(100 + time * 0.3, 2_000) : 4_000);
  const expected: number[] = [];
  for (let time = pauseAt(0); time < PLAN.startedWithin; time += pauseAt(time)) expected.push(time);
  expect(looks).toEqual([...expected, PLAN.startedWithin]);
  expect(followed).toMatchObject({ kind: 'time-over', seen: 'accepted', seconds: 150 });
});

test('a cancel ends it, and what was seen is reported', async () => {
  const { ports, cancel } = clusterOf({
    result: (passed) => {
      if (passed > 5_000) cancel();
      return STARTED;
    },
  });
  expect(await follow(PLAN, undefined, ports)).toMatchObject({
    kind: 'cancelled',
    seen: 'started',
  });
});

describe('a result whose log is not whole', () => {
  const PART = framed(BOUNDARY, 'hello\n');
  /** Reports an end after 10 s, and from then on what a test says about it, by the time since. */
  const followed = async (later: (since: number) => Answer, boundary?: string) => {
    const { ports, looks, cancel, clock } = clusterOf({
      result: (passed) => (passed < 10_000 ? STARTED : later(passed - 10_000)),
    });
    const followed = follow({ ...PLAN, boundary }, undefined, ports);
    return { cancel, followed: await followed, waited: clock.passed() - 10_000, looks };
  };

  test.each<[name: string, log: string, boundary: string | undefined, waits: boolean]>([
    ['nothing', '', BOUNDARY, true],
    ['nothing, to a follower', '', undefined, true],
    [
      'only that the script began',
      framed(BOUNDARY).replace(/aks-run-command begin\n$/, ''),
      BOUNDARY,
      true,
    ],
    ['the start of the output', PART, BOUNDARY, true],
    ['the start of the output, to a follower', PART, undefined, true],
    ['a whole frame', whole(BOUNDARY), BOUNDARY, false],
    ['a refusal', refusal(BOUNDARY, 'refused'), BOUNDARY, false],
    ["another tool's log", 'hello\n', undefined, false],
    ["another tool's log in place of this submission's", 'hello\n', BOUNDARY, false],
  ])('is looked at again for 15 s: it has %s', async (_name, log, boundary, waits) => {
    const { followed: end, waited } = await followed(() => ended(log), boundary);
    expect(end).toMatchObject({ kind: 'ended', result: { logs: log } });
    expect(waited).toBeGreaterThanOrEqual(waits ? 15_000 : 0);
    expect(waited).toBeLessThan(waits ? 17_500 : 2_500);
  });

  test.each<[name: string, later: Answer]>([
    ['a 404 of AKS', NOT_FOUND],
    ['a 503', http(503)],
    ['a 429', http(429)],
    ['a page', http(200, '<html>')],
    ['a state', STARTED],
    ['a shorter log', ended('')],
    ['no answer', { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' }],
  ])('counts as it is, whatever comes later: %s', async (_name, later) => {
    const { followed: end } = await followed(
      (since) => (since < 3_000 ? ended(PART, 137) : later),
      BOUNDARY,
    );
    expect(end).toMatchObject({
      kind: 'ended',
      seconds: 11,
      result: { logs: PART, exitCode: 137 },
    });
  });

  test('counts as it is after a cancel', async () => {
    const { ports, cancel } = clusterOf({
      result: (passed) => {
        if (passed > 5_000) cancel();
        return ended('');
      },
    });
    const end = await follow({ ...PLAN, boundary: BOUNDARY }, undefined, ports);
    expect(end).toMatchObject({ kind: 'ended', podReport: { kind: 'unrecognized' } });
  });
});
