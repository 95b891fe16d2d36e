import { beforeAll, expect, test } from '@jest/globals';
import {
  answers,
  errorBody,
  podDoesNotStart,
  podStartsLate,
  rewrites,
} from '../../local/azure/index.ts';
import {
  datedAtNoon,
  simulate,
  simulateDate,
  type SimulationOptions,
  type WireFault,
} from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

/** When the step asks Azure for something, and what it says meanwhile. */

test('each phase and each minute are logged once, and each other poll as debug', async () => {
  const busy = answers(
    'command-result',
    500,
    { body: errorBody('Busy', 'later') },
    { skip: 42, times: 2 },
  );
  const simulation = simulate({
    startDeadline: Infinity,
    faults: [podStartsLate(80_000), busy],
    command: { seconds: 115 },
  });
  const { log, debug, outputs } = await simulation.run({});

  expect(outputs['state']).toBe('succeeded');
  expect(log.split('\n').filter((line) => /waiting|running/i.test(line))).toEqual([
    'info Waiting for the pod to start.',
    'info Still waiting after 1m 01s.',
    'info The command is running.',
    'info Still running after 2m 01s.',
    'info Still running after 3m 01s.',
  ]);
  expect(debug).toContain('debug No result yet: HTTP 500 Busy: later');
});

test.each([
  ['an accepted command', { headers: { 'retry-after': '7' } }, 7_000],
  [
    'a guess, which has 15 s',
    { status: 503, headers: { location: null, 'retry-after': '7' } },
    100,
  ],
])('how long the first poll for %s waits', async (_name, answer, waits) => {
  const simulation = simulate({ faults: [rewrites('run-command', answer)] });
  await simulation.run({});
  const [submission] = simulation.azure.requests('run-command');
  const [poll] = simulation.azure.requests('command-result');
  expect((poll?.at ?? NaN) - (submission?.at ?? NaN)).toBe(waits);
});

test('a pod whose clock is ahead refuses early; the next one comes when its time is over', async () => {
  const simulation = simulate({ podClockOffset: 120_000 });
  const { endedAt } = await simulation.run({ 'start-retries': '1' });

  const [first = NaN, second = NaN] = simulation.azure.requests('run-command').map(({ at }) => at);
  expect(Math.floor((second - first) / 1_000)).toBe(90);
  expect(Math.floor((endedAt - first) / 1_000)).toBe(180);
});

test.each<[string, SimulationOptions, string]>([
  [
    'that does not start: its start-timeout, its timeout, a minute',
    { startDeadline: Infinity, faults: [podStartsLate(Infinity)] },
    '3m 30s',
  ],
  ['that runs: its timeout and a minute', { command: { seconds: 10_000 } }, '2m'],
])('the patience with a command %s', async (_name, options, time) => {
  const { outputs } = await simulate(options).run({ timeout: '1m' });
  expect(outputs['state']).toBe('running');
  expect(outputs['reason']).toMatch(said('no-answer-in-time', { time }));
});

test.each([
  ['29', 'succeeded'],
  ['30', 'unknown'],
])(
  'the patience with a result that is missing, asked for every %s s: half a minute, for this step and for any other',
  async (seconds, state) => {
    const body = errorBody('NotFound', 'no such command');
    const missing = answers(
      'command-result',
      404,
      { body, headers: { 'retry-after': seconds } },
      { times: 2 },
    );
    const submitter = await simulate({ faults: [missing] }).run({});
    expect(submitter.outputs['state']).toBe(state);

    const simulation = simulate();
    const { outputs } = await simulation.run({ wait: 'false' });
    simulation.azure.addFaults([missing]);
    const id = outputs['command-id'] ?? '';
    const follower = await simulation.run({ command: '', 'command-id': id });
    expect(follower.outputs['state']).toBe(state);
  },
);

test.each<[string, WireFault[], boolean]>([
  ['over', [], false],
  [
    'not over, by dates that stand still',
    [{ on: 'command-result', do: { rewrites: datedAtNoon }, times: Infinity }],
    true,
  ],
])(
  'AKS gave up on a pod and is in trouble to the end; its start-by time is %s',
  async (_name, wire, mayStart) => {
    const trouble = answers('command-result', 500, {}, { times: Infinity });
    const simulation = simulate({ wire, faults: [podDoesNotStart(), trouble] });
    const { outputs, summary } = await simulation.run({ timeout: '2m' });

    expect(outputs['state']).toBe('unknown');
    expect(summary.includes('12:01:30 UTC')).toBe(mayStart);
    expect(said('start-unclear', 'apart').test(summary)).toBe(mayStart);
  },
);
