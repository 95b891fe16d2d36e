import { beforeAll, expect, test } from '@jest/globals';
import { simulate, simulateDate } from './simulation.ts';

beforeAll(simulateDate);

const MINUTE = 60_000;
test.each([
  ['on a runner whose clock is two hours behind', 2 * 60 * MINUTE],
  ['on a runner whose clock is two hours ahead', -2 * 60 * MINUTE],
])('a run of two hours, %s', async (_name, clockOffset) => {
  const simulation = simulate({
    clockOffset,
    command: { seconds: 7200, exitCode: 0, output: 'done\n' },
  });
  const step = await simulation.run({ timeout: '3h' });

  expect(step.outputs).toMatchObject({ state: 'succeeded', duration: '7200', output: 'done\n' });
  expect({ posted: simulation.posted(), ran: simulation.ran() }).toEqual({ posted: 1, ran: 1 });

  // Tokens are renewed before they expire: ARM rejects none, and each time, a fresh ID token is
  // fetched. The cluster's own comes once, with the first.
  expect(
    simulation.azure.requests().filter(({ status }) => status !== 200 && status !== 202),
  ).toEqual([]);
  expect(simulation.azure.requests('token')).toHaveLength(4);
  expect(simulation.azure.requests('id-token')).toHaveLength(3);

  const polls = simulation.azure.requests('command-result').map(({ at }) => at);
  const begin = polls[0] ?? NaN;
  const gaps = polls
    .slice(1)
    .map((at, index) => ({ age: (polls[index] ?? NaN) - begin, gap: at - (polls[index] ?? NaN) }));
  expect(gaps.filter(({ age, gap }) => age >= MINUTE && gap < 4000)).toEqual([]);
  expect(gaps.filter(({ age, gap }) => age >= 15 * MINUTE && gap < 10_000)).toEqual([]);
  expect(gaps.filter(({ gap }) => gap > 10_000)).toEqual([]);

  // Nothing is kept from poll to poll: there are as many listeners for a cancel after two hours as
  // after two minutes.
  expect(step.mostListeners).toBeLessThanOrEqual(4);
});
