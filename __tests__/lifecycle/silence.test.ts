import { beforeAll, describe, expect, test } from '@jest/globals';
import { podDoesNotStart } from '../../local/azure/index.ts';
import { simulate, simulateDate, type SimulationOptions } from './simulation.ts';

beforeAll(simulateDate);

/**
 * AKS gives up on a pod, and then nobody can ask it for a while. When it can be asked again, it
 * denies truthfully that it has the command: the pod never started, or it ran, ended, and its result
 * is no longer kept.
 */

const SECOND = 1_000;
const MINUTE = 60_000;
/** A result was seen this long after the command's end. */
const KEPT = 6 * MINUTE + 10 * SECOND;
const RETRIES = { 'start-timeout': '90s', 'start-retries': '2' };

/** A pod that starts this long after its submission, on which AKS has given up before, or never. */
const pod = (startsAfterMs = Infinity) =>
  podDoesNotStart({ answerAfterMs: 30 * SECOND, startsAfterMs }, { times: 1 });

async function run(
  options: SimulationOptions,
  startsAfterMs?: number,
  inputs: Readonly<Record<string, string>> = {},
) {
  const simulation = simulate({
    resultRetention: KEPT,
    faults: [pod(startsAfterMs)],
    ...options,
  });
  const { outputs } = await simulation.run({ ...RETRIES, ...inputs });
  await simulation.clock.advance(3_600_000);
  return { state: outputs['state'], posted: simulation.posted(), ran: simulation.ran() };
}

const UNKNOWN_THOUGH_RUN = { state: 'unknown', posted: 1, ran: 1 };
const UNKNOWN_NOT_RUN = { state: 'unknown', posted: 1, ran: 0 };
const RESUBMITTED = { state: 'succeeded', posted: 2, ran: 1 };

describe('a command that ran while nobody could ask for it is not resubmitted', () => {
  test.each<[string, SimulationOptions]>([
    ['a laptop sleeps', { suspended: { afterMs: 10 * SECOND, forMs: 20 * MINUTE } }],
    ['the network is gone', { outage: { afterMs: 0, forMs: 12 * MINUTE, as: 'ENOTFOUND' } }],
    ['a portal answers', { outage: { afterMs: 0, forMs: 12 * MINUTE, as: 404 } }],
    [
      'a laptop sleeps, on a runner whose clock is an hour behind',
      { suspended: { afterMs: 10 * SECOND, forMs: 20 * MINUTE }, clockOffset: 60 * MINUTE },
    ],
    [
      'a laptop sleeps for 400 s, and then all dates are three minutes behind',
      {
        suspended: { afterMs: 10 * SECOND, forMs: 400 * SECOND },
        datesSet: { afterMs: 10 * SECOND, byMs: -3 * MINUTE },
      },
    ],
    [
      'the same, from before it reads the answer to the submission on',
      {
        suspended: { afterMs: -1, forMs: 410 * SECOND },
        datesSet: { afterMs: 1, byMs: -3 * MINUTE },
      },
    ],
  ])('%s', async (_name, options) => {
    for (const startRetries of ['0', '2']) {
      const inputs = { timeout: '30m', 'start-retries': startRetries };
      expect(await run(options, 60 * SECOND, inputs)).toEqual(UNKNOWN_THOUGH_RUN);
    }
  });
});

describe('a command that never ran', () => {
  test.each([
    [1, RESUBMITTED],
    [4, RESUBMITTED],
    [6, UNKNOWN_NOT_RUN],
  ])('after an outage of %d min', async (minutes, expected) => {
    const outage = { afterMs: 5 * SECOND, forMs: minutes * MINUTE, as: 'ENOTFOUND' };
    expect(await run({ outage }, undefined, { timeout: '1h' })).toEqual(expected);
  });

  test('after a sleep of 20 min', async () => {
    const suspended = { afterMs: 10 * SECOND, forMs: 20 * MINUTE };
    expect(await run({ suspended })).toEqual(UNKNOWN_NOT_RUN);
  });
});

test('a pod that starts after a long silence is still seen', async () => {
  const outage = { afterMs: 0, forMs: 8 * MINUTE, as: 'ENOTFOUND' };
  const inputs = { 'start-timeout': '15m', timeout: '30m' };
  expect(await run({ outage }, 10 * MINUTE, inputs)).toEqual({
    state: 'succeeded',
    posted: 1,
    ran: 1,
  });
});
