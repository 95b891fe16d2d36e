import { describe, expect, test } from '@jest/globals';
import type { Answer, Answered } from '../../../src/azure/answer.ts';
import type { Azure } from '../../../src/azure/port.ts';
import { StepError, type Failure } from '../../../src/failure.ts';
import { followCommand } from '../../../src/lifecycle/run.ts';
import { framed, refusal } from '../../support/fake-pod.ts';
import { http, ID } from '../ports.ts';
import {
  ACCEPTED,
  BOUNDARY,
  clusterOf,
  GIVEN_UP,
  NOT_FOUND,
  runTask,
  TASK,
  PENDING,
  STARTED,
} from './cluster-of-values.ts';
import { hashOf } from '../../../src/pod/boundary.ts';

const DATE = { date: 'Wed, 25 Nov 2026 12:00:00 GMT' };
/** When the command may start at the latest: whole seconds since the epoch. */
const START_BY = Date.parse('2026-11-25T12:01:30Z') / 1000;
/** AKS gave up on the pod, and only this answer has a date. */
const DATED = { ...GIVEN_UP, headers: DATE };

const unknown = (failure: Failure) => ({ kind: 'unknown', failure, id: ID });
const running = (failure: Failure) => ({ kind: 'running', failure, id: ID });
const notStarted = (failure: Failure) => ({ kind: 'not-started', failure, id: ID });
const UNBELIEVED = unknown({ code: 'pod-refused' });

/** A pod that started too late, as it says itself. */
const REFUSED = {
  provisioningState: 'Succeeded',
  exitCode: 75,
  logs: refusal(BOUNDARY, 'refused'),
};
const saying = (properties: object, date = {}) =>
  clusterOf({ result: () => http(200, { properties }, date) });
const always = (answer: Answer, submission = ACCEPTED) =>
  clusterOf({ result: () => answer, submissions: [submission] });

describe('a pod that says it started too late', () => {
  test('is believed as soon as the time is over: the command is submitted again', async () => {
    const { ports, submitted, clock } = saying(REFUSED);
    expect(await runTask(TASK, ports)).toEqual(
      notStarted({ code: 'did-not-start', submissions: 2 }),
    );
    expect(submitted()).toBe(2);
    // Twice the start-timeout, to the second in which the clock was last looked at.
    expect(Math.floor(clock.passed() / 1000)).toBe(180);
  });

  test.each<[string, passes: number]>([
    ['before', 0],
    ['as', 90_000],
  ])('is believed where a cancel comes %s the time is over', async (_name, passes) => {
    const { ports, cancel, submitted } = saying(REFUSED);
    const sleep: typeof ports.clock.sleep = async (milliseconds, signal) => {
      const isLong = milliseconds > 1000;
      await ports.clock.sleep(isLong ? passes : milliseconds, signal);
      if (isLong) cancel();
    };
    const ending = await runTask(TASK, { ...ports, clock: { ...ports.clock, sleep } });
    expect(ending).toEqual(notStarted({ code: 'cancelled' }));
    expect(submitted()).toBe(1);
  });

  test('is believed where an answer is dated back by hours', async () => {
    const { ports, submitted } = saying(REFUSED, { date: 'Wed, 25 Nov 2026 06:00:00 GMT' });
    expect(await runTask(TASK, ports)).toMatchObject({ kind: 'not-started' });
    expect(submitted()).toBe(2);
  });

  test.each<[string, object]>([
    // Whatever refuses after it is not the script.
    ['it follows the line with which a command begins', { logs: framed(BOUNDARY, '', 'refused') }],
    ['something else is in the log', { logs: `before\n${REFUSED.logs}` }],
    ['it lacks something, and a command began', { logs: framed(BOUNDARY, '', 'lacks wc') }],
  ])('is not believed where %s', async (_name, said) => {
    const { ports, submitted } = saying({ ...REFUSED, ...said });
    expect(await runTask(TASK, ports)).toEqual(UNBELIEVED);
    expect(submitted()).toBe(1);
  });
});

test.each<[string, Failure]>([
  ['wc', { code: 'no-tool', tool: 'wc' }],
  ['bash', { code: 'no-bash' }],
  ['command.sh', { code: 'no-variables' }],
  ['env.sh', { code: 'no-variables' }],
  ['namespace error: no disk', { code: 'no-namespace', detail: 'error: no disk' }],
])(
  'a pod that lacks %s: it did not start, is not submitted again, and proves nothing to a follower',
  async (lacks, failure) => {
    const { ports, submitted } = saying({
      ...REFUSED,
      logs: refusal(BOUNDARY, `lacks ${lacks}`),
    });
    expect(await runTask(TASK, ports)).toEqual(notStarted(failure));
    expect(submitted()).toBe(1);
    // Another tool's command may have printed such a log, after it ran.
    const followed = await followCommand(ID, 60, ports);
    expect(followed).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
  },
);

describe('what the log says about a submission', () => {
  test('how to watch it, and its id', async () => {
    const { ports, transcript, ids } = always(NOT_FOUND);
    await runTask(TASK, ports);
    expect(transcript.filter((line) => !line.startsWith('debug'))).toEqual([
      'phase submitting',
      `info AKS accepted command ${ID}.`,
      'phase submitted: AKS shows its output only when it ends. To watch it from a machine ' +
        'that reaches the cluster:\n  kubectl logs --follow --namespace aks-command ' +
        `command-${ID}`,
    ]);
    expect(ids).toEqual([ID]);
  });

  test('how long the next try waits', async () => {
    const submissions = [http(429, {}, { 'retry-after': '2000' }), ACCEPTED];
    const { ports, transcript } = clusterOf({ submissions, result: () => NOT_FOUND });
    await runTask(TASK, ports);
    expect(transcript).toContain(
      "info Azure didn't accept the command (throttled). Retrying in 33m 21s.",
    );
  });

  test.each([
    ['an accepted command', ACCEPTED, 7_000],
    ['a guess, which has 15 s', http(503, {}, { 'x-ms-request-id': ID }), 100],
  ])('how long the first look for %s waits', async (_name, answer, waits) => {
    const told = { ...answer, headers: { ...answer.headers, 'retry-after': '7' } };
    const { ports, looks } = always(NOT_FOUND, told);
    await runTask(TASK, ports);
    expect(looks[0]).toBe(waits);
  });

  test('without waiting, no look', async () => {
    const { ports, looks } = always(PENDING);
    expect(await runTask({ ...TASK, wait: false }, ports)).toEqual(running({ code: 'not-waited' }));
    expect(looks).toEqual([]);
  });
});

describe('the patience with a command', () => {
  test.each<[string, Answer, object]>([
    [
      'that does not start: its start-timeout, its timeout, a minute',
      PENDING,
      { seconds: 210, startUnseen: true },
    ],
    ['that runs: its timeout and a minute', STARTED, { seconds: 120 }],
  ])('%s', async (_name, answer, facts) => {
    const failure = { code: 'no-answer-in-time', ...facts };
    expect(await runTask(TASK, always(answer).ports)).toMatchObject({ kind: 'running', failure });
  });

  test('whose result is missing: half a minute, for this step and for any other', async () => {
    const every30s = () =>
      clusterOf({
        result: (passed) =>
          passed > 30_100 ? PENDING : { ...NOT_FOUND, headers: { 'retry-after': '30' } },
      }).ports;
    const missing = { kind: 'unknown', failure: { code: 'result-missing' } };
    expect(await runTask(TASK, every30s())).toMatchObject(missing);
    expect(await followCommand(ID, 60, every30s())).toMatchObject(missing);
  });

  test('of somebody else: as long as requested, and its id is reported', async () => {
    const { ports, ids } = always(STARTED);
    expect(await followCommand(ID, 1_234, ports)).toEqual(
      running({ code: 'no-answer-in-time', seconds: 1_234 }),
    );
    expect(ids).toEqual([ID]);
  });
});

/** AKS gave up on the pod, and denies that the command exists, in answers with a date. */
const denying = (submission: Answered) =>
  clusterOf({
    submissions: [submission],
    result: (passed) => ({ ...NOT_FOUND, headers: { date: dateAfter(passed) } }),
  });
const dateAfter = (passed: number) =>
  new Date(Date.parse('2026-11-25T12:00:00Z') + passed).toUTCString();

describe('a command that AKS gave up', () => {
  test('and denies to the end did not start: resubmitted, and its last answer told', async () => {
    const { ports, submitted } = denying(DATED);
    const failure: Failure = { code: 'did-not-start', submissions: 2, answer: DATED };
    // The second submission is dated like the first, so that Azure's clock needs as long again.
    const task = { ...TASK, timeout: 600 };
    expect(await runTask(task, ports)).toEqual(notStarted(failure));
    expect(submitted()).toBe(2);
  });

  test('and denies is not resubmitted before a node that is a minute behind agrees', async () => {
    for (const startRetries of [0, 1]) {
      const { ports, clock } = denying(DATED);
      const submittedAt: number[] = [];
      const azure: Azure = {
        ...ports.azure,
        runCommand: (body) => {
          submittedAt.push(clock.passed());
          return ports.azure.runCommand(body);
        },
      };
      await runTask({ ...TASK, startRetries, timeout: 600 }, { ...ports, azure });
      expect(clock.passed()).toBeGreaterThanOrEqual(150_000);
      expect(submittedAt[1] ?? Infinity).toBeGreaterThanOrEqual(150_000);
    }
  });

  test('is unknown where no answer tells the time, and may start until then', async () => {
    const { ports, submitted } = always(NOT_FOUND, GIVEN_UP);
    const ending = await runTask(TASK, ports);
    expect(ending).toMatchObject({ kind: 'unknown', failure: { code: 'start-unclear' } });
    expect(submitted()).toBe(1);
  });

  test.each([
    ['over', {}, {}],
    ['not over, by dates that stand still', DATE, { mayStartUntil: START_BY, minutesApart: 5 }],
  ])(
    'and that is in trouble to the end is unknown; its start-by time is %s',
    async (_name, headers, until) => {
      const failure: Failure = { code: 'start-unclear', answer: DATED, ...until };
      expect(await runTask(TASK, always(http(500, {}, headers), DATED).ports)).toEqual(
        unknown(failure),
      );
    },
  );
});

describe('a cancel', () => {
  const early = { mayStartUntil: START_BY };
  test.each([
    ['of a command that started', STARTED, 5_000, running({ code: 'cancelled' })],
    [
      'of one that may start yet',
      PENDING,
      5_000,
      running({ code: 'cancelled', startUnseen: true, ...early }),
    ],
    [
      'of one that can no longer start',
      PENDING,
      91_000,
      running({ code: 'cancelled', startUnseen: true }),
    ],
    [
      'of one that AKS gave up, before its start-by time',
      http(500),
      30_000,
      unknown({ code: 'cancelled', hash: hashOf(BOUNDARY), ...early }),
    ],
    [
      'of one that AKS gave up, after it',
      http(500),
      91_000,
      unknown({ code: 'cancelled', hash: hashOf(BOUNDARY) }),
    ],
  ])('%s', async (_name, answer, at, ending) => {
    const { ports, cancel } = clusterOf({
      submissions: [
        answer.status === 500 ? DATED : { ...ACCEPTED, headers: { ...ACCEPTED.headers, ...DATE } },
      ],
      result: (passed) => {
        if (passed >= at) void Promise.resolve().then(cancel);
        return answer;
      },
    });
    expect(await runTask(TASK, ports)).toEqual(ending);
  });

  test('before anybody signed in, of an earlier command: its start is unknown', async () => {
    const { ports, cancel, looks } = always(STARTED);
    cancel();
    const signIn = () => new Promise<never>(() => undefined);
    const ending = await followCommand(ID, 60, { ...ports, azure: { ...ports.azure, signIn } });
    expect(ending).toEqual(running({ code: 'cancelled', startUnseen: true }));
    expect(looks).toEqual([]);
  });

  test('while the submission is under way: it may start until its start-by time', async () => {
    const { ports, cancel } = always(PENDING);
    const azure: Azure = {
      ...ports.azure,
      runCommand: () => {
        cancel();
        return new Promise<never>(() => undefined);
      },
    };
    const failure = { code: 'cancelled', ...early };
    expect(await runTask(TASK, { ...ports, azure })).toEqual({ kind: 'unknown', failure });
  });
});

test('after a defect, nothing is known of a command', async () => {
  const { ports } = always(PENDING);
  const onCommandId = () => {
    throw new Error('a defect');
  };
  const ending = await runTask(TASK, { ...ports, onCommandId });
  expect(ending).toMatchObject({ kind: 'unknown', failure: { code: 'unexpected' }, id: ID });
});

test('after a failure while signing in, nothing was submitted', async () => {
  const { ports, submitted } = always(PENDING);
  const signIn = () => Promise.reject(new StepError({ code: 'no-id-token' }));
  const ending = await runTask(TASK, { ...ports, azure: { ...ports.azure, signIn } });
  expect(ending).toEqual({ kind: 'not-started', failure: { code: 'no-id-token' } });
  expect(submitted()).toBe(0);
});
