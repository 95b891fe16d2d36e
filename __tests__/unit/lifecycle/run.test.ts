import { describe, expect, test } from '@jest/globals';
import { StepError } from '../../../src/failure.ts';
import { followCommand, runCommand } from '../../../src/lifecycle/run.ts';
import { BEGIN_LINE, hashOf, startLine } from '../../../src/pod/boundary.ts';
import { ID } from '../ports.ts';
import {
  ACCEPTED,
  BOUNDARY,
  clusterOf,
  GIVEN_UP,
  http,
  NOT_FOUND,
  ORDER,
  PENDING,
  STARTED,
} from './cluster-of-values.ts';

/** A pod that started too late, as it says itself. */
const REFUSED = {
  properties: {
    provisioningState: 'Succeeded',
    exitCode: 75,
    logs: `${startLine(hashOf(BOUNDARY))}\n${BOUNDARY} refused\n`,
  },
};
/** A cluster whose pods all refuse. */
const refusing = (date?: string) => clusterOf({ result: () => http(200, REFUSED, date === undefined ? {} : { date }) });

describe('a pod that says it started too late', () => {
  test('is believed once the time is over: the command is submitted again', async () => {
    const { ports, submitted } = refusing();

    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'not-started',
      failure: { code: 'did-not-start', submissions: 2 },
      id: ID,
    });
    expect(submitted()).toBe(2);
  });

  test('is not believed where the clocks never agree that the time is over', async () => {
    const { ports, submitted } = refusing('Wed, 25 Nov 2026 06:00:00 GMT');

    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
    expect(submitted()).toBe(1);
  });

  test('is not believed where a cancel comes before the time is over', async () => {
    const { ports, cancel } = refusing();
    const { clock } = ports;
    const sleep: typeof clock.sleep = (milliseconds, signal) => {
      if (milliseconds === 1000) cancel();
      return clock.sleep(milliseconds, signal);
    };

    const ending = await runCommand(ORDER, { ...ports, clock: { ...clock, sleep } });

    expect(ending).toEqual({ kind: 'unknown', failure: { code: 'cancelled' }, id: ID });
  });

  test('is nothing to build on for who did not submit it', async () => {
    const { ports } = refusing();

    expect(await followCommand(ID, 60, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
  });
});

const DATE = { date: 'Wed, 25 Nov 2026 12:00:00 GMT' };
/** When the command may start at the latest: whole seconds since the epoch. */
const START_BY = Date.parse('2026-11-25T12:01:30Z') / 1000;
/** Only the submission tells the time. */
const DATED = { ...GIVEN_UP, headers: DATE };

describe('what the pod says of itself counts only with all that goes with it', () => {
  const { properties } = REFUSED;
  test.each([
    ['another exit code', { ...properties, exitCode: 0 }],
    ['no exit code', { ...properties, exitCode: undefined }],
    ['a failure of AKS', { ...properties, provisioningState: 'Failed' }],
    [
      'the line with which a command begins: whoever refuses after it is no script',
      { ...properties, logs: properties.logs.replace('\n', `\n${BEGIN_LINE}`) },
    ],
    ['something else in the log', { ...properties, logs: `before\n${properties.logs}` }],
  ])('%s', async (_name, said) => {
    const { ports, submitted } = clusterOf({ result: () => http(200, { properties: said }) });
    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
    expect(submitted()).toBe(1);
  });
});

describe('a pod that lacks what the command needs', () => {
  const lacking = (lacks: string, more = '') =>
    clusterOf({
      result: () =>
        http(200, {
          properties: {
            ...REFUSED.properties,
            logs: `${startLine(hashOf(BOUNDARY))}${more}\n${BOUNDARY} lacks ${lacks}\n`,
          },
        }),
    });

  test.each([
    ['wc', { code: 'no-tool', tool: 'wc' }],
    ['disk', { code: 'no-tool', tool: 'disk' }],
    ['bash', { code: 'no-bash' }],
    ['env.sh', { code: 'no-variables' }],
    ['command.sh', { code: 'no-variables' }],
  ])('%s: it did not start, whoever follows it, and is not submitted again', async (lacks, failure) => {
    const { ports, submitted } = lacking(lacks);
    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'not-started', failure, id: ID });
    expect(submitted()).toBe(1);
    expect(await followCommand(ID, 60, ports)).toEqual({ kind: 'not-started', failure, id: ID });
  });

  test('is not believed once a command began', async () => {
    const { ports } = lacking('wc', BEGIN_LINE);
    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'unknown', failure: { code: 'pod-refused' }, id: ID });
  });
});

describe('what is told of a submission', () => {
  test('how to watch it, and its id', async () => {
    const { ports, transcript, ids } = clusterOf({ result: () => NOT_FOUND });
    await runCommand(ORDER, ports);
    expect(transcript.filter((line) => !line.startsWith('debug'))).toEqual([
      'phase submitting',
      `say AKS accepted command ${ID}.`,
      `phase submitted: AKS shows its output only when it ends. To watch it from a machine that reaches the cluster:\n  kubectl logs --follow --namespace aks-command command-${ID}`,
    ]);
    expect(ids).toEqual([ID]);
  });

  test('how long the next try waits', async () => {
    const throttled = http(429, {}, { 'retry-after': '2000' });
    const { ports, transcript } = clusterOf({ submissions: [throttled, ACCEPTED], result: () => NOT_FOUND });
    await runCommand(ORDER, ports);
    expect(transcript).toContain("say Azure didn't accept the command (throttled). Retrying in 33m 21s.");
  });

  test('without waiting, no look', async () => {
    const { ports, looks } = clusterOf({ result: () => PENDING });
    expect(await runCommand({ ...ORDER, wait: false }, ports)).toEqual({
      kind: 'running',
      failure: { code: 'not-waited' },
      id: ID,
    });
    expect(looks).toEqual([]);
  });

  test('the id of one whose answer proves nothing', async () => {
    const unclear = http(400, { error: { code: 'KubernetesOperationError', message: `cannot watch command-${ID}` } });
    const { ports, ids } = clusterOf({ submissions: [unclear], result: () => PENDING });
    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'unknown',
      failure: { code: 'submission-unclear', answer: unclear },
      id: ID,
    });
    expect(ids).toEqual([ID]);
  });

  test('no id where there is none', async () => {
    const { ports, ids } = clusterOf({ submissions: [http(500)], result: () => PENDING });
    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'unknown',
      failure: { code: 'submission-unclear', answer: http(500) },
    });
    expect(ids).toEqual([]);
  });
});

describe('the patience with a command', () => {
  test.each([
    ['that does not start: its start-timeout, its timeout, a minute', PENDING, { seconds: 210, unstarted: true }],
    ['that runs: its timeout and a minute', STARTED, { seconds: 120 }],
  ])('%s', async (_name, answer, facts) => {
    const { ports } = clusterOf({ result: () => answer });
    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'running',
      failure: { code: 'no-answer-in-time', ...facts },
      id: ID,
    });
  });

  test.each([
    ['of this step', () => runCommand(ORDER, every30s().ports)],
    ['of somebody else', () => followCommand(ID, 60, every30s().ports)],
  ])('whose result is missing, %s: half a minute, to the millisecond', async (_name, ending) => {
    expect(await ending()).toMatchObject({ kind: 'unknown', failure: { code: 'result-missing' } });
  });
  const every30s = () =>
    clusterOf({ result: (passed) => (passed > 30_100 ? PENDING : http(404, {}, { 'retry-after': '30' })) });

  test('of somebody else: as long as was asked for, its id told', async () => {
    const { ports, ids } = clusterOf({ result: () => STARTED });
    expect(await followCommand(ID, 1_234, ports)).toEqual({
      kind: 'running',
      failure: { code: 'no-answer-in-time', seconds: 1_234 },
      id: ID,
    });
    expect(ids).toEqual([ID]);
  });
});

describe('a command that AKS gave up', () => {
  test('and denies to the end did not start: resubmitted, and its last answer told', async () => {
    const { ports, submitted, looks } = clusterOf({
      submissions: [DATED],
      result: () => NOT_FOUND,
    });
    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'not-started',
      failure: { code: 'did-not-start', submissions: 2, answer: DATED },
      id: ID,
    });
    expect(submitted()).toBe(2);
    expect(looks.filter((time) => time < 95_000)).not.toHaveLength(0);
  });

  test('is unknown where no answer tells the time, and may start until then', async () => {
    const { ports, submitted } = clusterOf({ submissions: [GIVEN_UP], result: () => NOT_FOUND });
    expect(await runCommand(ORDER, ports)).toMatchObject({ kind: 'unknown', failure: { code: 'start-unclear' } });
    expect(submitted()).toBe(1);
  });

  test.each([
    ['before its start-by time', 30_000, { code: 'cancelled', mayStartUntil: START_BY }],
    ['after it', 91_000, { code: 'cancelled' }],
  ])('a cancel %s', async (_name, at, failure) => {
    const { ports, cancel } = clusterOf({
      submissions: [DATED],
      result: (passed) => {
        if (passed >= at) cancel();
        return http(500);
      },
    });
    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'unknown', failure, id: ID });
  });

  test.each([
    ['over', {}, {}],
    ['not over, by dates that stand still', DATE, { mayStartUntil: START_BY }],
  ])('and that is in trouble to the end is unknown; its start-by time is %s', async (_name, headers, until) => {
    const { ports } = clusterOf({ submissions: [DATED], result: () => http(500, {}, headers) });
    expect(await runCommand(ORDER, ports)).toEqual({
      kind: 'unknown',
      failure: { code: 'start-unclear', answer: DATED, ...until },
      id: ID,
    });
  });
});

describe('a cancel', () => {
  test.each([
    ['of a command that started', STARTED, 5_000, { code: 'cancelled' }],
    ['of one that may start yet', PENDING, 5_000, { code: 'cancelled', unstarted: true, mayStartUntil: START_BY }],
    ['of one that can no longer start', PENDING, 91_000, { code: 'cancelled', unstarted: true }],
  ])('%s', async (_name, answer, at, failure) => {
    const { ports, cancel } = clusterOf({
      result: (passed) => {
        if (passed >= at) void Promise.resolve().then(cancel);
        return answer;
      },
    });
    expect(await runCommand(ORDER, ports)).toEqual({ kind: 'running', failure, id: ID });
  });

  test('before anybody signed in, of an earlier command: nothing is known of its start', async () => {
    const { ports, cancel, looks } = clusterOf({ result: () => STARTED });
    cancel();
    const signIn = () => new Promise<never>(() => undefined);
    expect(await followCommand(ID, 60, { ...ports, azure: { ...ports.azure, signIn } })).toEqual({
      kind: 'running',
      failure: { code: 'cancelled', unstarted: true },
      id: ID,
    });
    expect(looks).toEqual([]);
  });

  test('while the submission is under way: it may start until its start-by time', async () => {
    const { ports, cancel } = clusterOf({ result: () => PENDING });
    const runCommandNever = () => {
      cancel();
      return new Promise<never>(() => undefined);
    };
    expect(await runCommand(ORDER, { ...ports, azure: { ...ports.azure, runCommand: runCommandNever } })).toEqual({
      kind: 'unknown',
      failure: { code: 'cancelled', mayStartUntil: START_BY },
    });
  });
});

describe('what is thrown while signing in', () => {
  const failing = (error: Error) => {
    const { ports } = clusterOf({ result: () => PENDING });
    return { ...ports, azure: { ...ports.azure, signIn: () => Promise.reject(error) } };
  };

  test('as a failure of the step is one: nothing was submitted', async () => {
    expect(await runCommand(ORDER, failing(new StepError({ code: 'no-id-token' })))).toEqual({
      kind: 'not-started',
      failure: { code: 'no-id-token' },
    });
  });

  test('as anything else is a defect', async () => {
    await expect(runCommand(ORDER, failing(new Error('a defect')))).rejects.toThrow('a defect');
  });
});
