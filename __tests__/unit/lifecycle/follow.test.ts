import { expect, test } from '@jest/globals';
import { follow } from '../../../src/lifecycle/follow.ts';
import { http } from '../ports.ts';
import { clusterOf, PENDING, PLAN, STARTED } from './cluster-of-values.ts';

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
