import { describe, expect, test } from '@jest/globals';
import { follow } from '../../../src/lifecycle/follow.ts';
import { http } from '../ports.ts';
import { clusterOf, NOT_FOUND, PENDING, PLAN, STARTED } from './cluster-of-values.ts';

const ENDED = http(200, { properties: { provisioningState: 'Succeeded', exitCode: 0, logs: '' } });

test('each phase and each minute are logged once, and each other look as debug', async () => {
  const { ports, transcript } = clusterOf({
    result: (passed) => {
      if (passed < 70_000) return PENDING;
      if (passed < 80_000) return http(500, { error: { code: 'Busy', message: 'later' } });
      return passed < 200_000 ? STARTED : ENDED;
    },
  });
  const followed = await follow({ ...PLAN, endedWithin: 1_000_000 }, undefined, ports);

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

test('from its start on, a command has its own time, and the first look at it counts', async () => {
  const { ports, looks } = clusterOf({ result: (passed) => (passed < 90_000 ? PENDING : STARTED) });
  const followed = await follow(PLAN, undefined, ports);

  const started = looks.find((time) => time >= 90_000) ?? NaN;
  expect(looks.at(-1)).toBe(started + 60_000);
  expect(followed).toMatchObject({
    kind: 'time-over',
    seen: 'started',
    seconds: Math.round((started + 60_000) / 1000),
  });
});

describe('a result that is missing', () => {
  const ONCE_EVERY_30_S = { 'retry-after': '30' };
  test.each([
    ['404', { ...NOT_FOUND, headers: ONCE_EVERY_30_S }, 'no-such-command'],
    [
      "ARM's own 403",
      http(403, { error: { code: 'AuthorizationFailed' } }, ONCE_EVERY_30_S),
      'forbidden',
    ],
  ])('%s for exactly as long as it takes', async (_name, answer, because) => {
    const { ports, looks } = clusterOf({ result: () => answer });
    const followed = await follow(PLAN, undefined, ports);

    expect(followed).toMatchObject({
      kind: 'missing',
      because,
      missingMs: 30_000,
      seen: 'nothing',
    });
    expect(looks).toEqual([100, 30_100]);
  });

  test('another answer in between begins anew', async () => {
    const answers = [NOT_FOUND, http(500, {}), NOT_FOUND, http(400, { code: 'No' }), NOT_FOUND];
    const left = answers.values();
    const { ports, looks } = clusterOf({
      result: () => ({ ...(left.next().value ?? NOT_FOUND), headers: ONCE_EVERY_30_S }),
    });
    await follow({ ...PLAN, startedWithin: 1_000_000 }, undefined, ports);
    expect(looks).toHaveLength(6);
  });

  test.each([
    ['accepted before', [PENDING], 'accepted'],
    ['started before', [STARTED], 'started'],
  ])('%s: what was seen stays', async (_name, first, seen) => {
    const answers = [...first];
    const { ports } = clusterOf({ result: () => answers.shift() ?? NOT_FOUND });
    expect(await follow(PLAN, undefined, ports)).toMatchObject({
      because: 'no-such-command',
      seen,
    });
  });
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
