import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { podDoesNotStart } from '../../local/azure/index.ts';
import { movingClocks } from './moving-clocks.ts';
import { simulate, simulateDate } from './simulation.ts';

beforeAll(simulateDate);

/**
 * AKS gives up on every pod, and then tells the truth: it has no such command, or it shows one that
 * starts after all, until its result is no longer kept. Only clocks can deceive the step.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A result was seen this long after the command's end. */
const KEPT = 6 * MINUTE + 10 * SECOND;

const scenario = fc.record({
  pods: fc.array(
    fc.record({
      answerAfterMs: fc.integer({ min: 0, max: 40 * SECOND }),
      startsAfterMs: fc.option(fc.integer({ min: 0, max: 4 * MINUTE }), { nil: Infinity }),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  /** How far Azure's clock is ahead of the runner's. */
  clockOffset: fc.constantFrom(0, 4, 7, -7).map((minutes) => minutes * MINUTE),
  /** How far the nodes' clocks are ahead of the earlier one. */
  podClockOffset: fc.integer({ min: -MINUTE, max: MINUTE }),
  clocks: movingClocks,
  seconds: fc.constantFrom(0, 2, 40),
  startTimeout: fc.integer({ min: 1, max: 100 }),
});

test('whatever the clocks show, nothing runs twice, and no verdict is false', async () => {
  const states = new Set<string>();
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const { pods, clockOffset, clocks, seconds, startTimeout } = given;
      const simulation = simulate({
        ...clocks,
        faults: pods.map((pod) => podDoesNotStart(pod, { times: 1 })),
        command: { seconds },
        clockOffset,
        // The stand-in counts it from Azure's clock.
        podClockOffset: given.podClockOffset - Math.max(0, clockOffset),
        resultRetention: KEPT,
      });
      const inputs = { timeout: '5m', 'start-timeout': `${startTimeout}s`, 'start-retries': '2' };
      const { outputs } = await simulation.run(inputs);
      const { state = '' } = outputs;
      const ranBefore = simulation.ran();
      await simulation.clock.advance(60 * MINUTE);

      states.add(state);
      const ran = simulation.ran();
      expect(ran).toBeLessThanOrEqual(1);
      if (state === 'not-started') expect(ran).toBe(0);
      if (state === 'succeeded') expect(ranBefore).toBe(1);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150) },
  );
  // The scenarios are rich enough to end in these ways.
  expect([...states]).toEqual(expect.arrayContaining(['not-started', 'succeeded', 'unknown']));
});
