import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { errorBody, type Fault } from '../../local/azure/index.ts';
import { movingClocks } from './moving-clocks.ts';
import { simulate, simulateDate, type During, type WireFault } from './simulation.ts';

beforeAll(simulateDate);

/**
 * Anything may go wrong, any number of times, but for the first two exceptions under "One POST" in
 * docs/DECISIONS.md, which no client could tell from the truth: AKS does not deny that a command
 * exists that it accepted (a refusal after acceptance, its own 404 for a result that is there), and
 * no node's clock is more than a minute behind both Azure's and the runner's.
 */

const MINUTE = 60_000;
/** A result was seen this long after the command's end. */
const RETENTION_MS = 6 * MINUTE + 10_000;

const OPERATIONS = [
  'metadata',
  'id-token',
  'openid-configuration',
  'token',
  'get-cluster',
  'run-command',
] as const;
const RETRY_AFTER = fc.constantFrom(undefined, '0', '1', '30', '4000', '99999999', 'tomorrow');
const BODY = fc.constantFrom(
  '',
  '}{',
  '<html><title>Oops</title></html>',
  '{"error":{}}',
  '{"properties":{}}',
  '{"properties":{"provisioningState":"Running"}}',
  errorBody('499', 'Client Closed Request'),
  errorBody('BadRequest', 'Post "https://x/y": context canceled'),
  errorBody('MissingAADClusterToken', 'required'),
  errorBody('KubernetesOperationError', 'Failed due to kubernetes failure. details: anything'),
);
/** Some of them strike once, some often, a few forever. */
const when = fc.record({
  skip: fc.nat({ max: 12 }),
  times: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 8 }) },
    { arbitrary: fc.constant(Infinity), weight: 1 },
  ),
});
const inItsPlace = (statuses: readonly number[]) =>
  fc
    .record({ status: fc.constantFrom(...statuses), retryAfter: RETRY_AFTER, body: BODY })
    .map(({ status, retryAfter, body }) => ({
      kind: 'answer' as const,
      status,
      body,
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    }));
const broken = fc.constantFrom<Fault['do']>(
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'hang' },
  { kind: 'hang-after' },
  { kind: 'delay', ms: 20_000 },
  { kind: 'rewrite', status: 500 },
  { kind: 'rewrite', status: 307, headers: { location: 'https://elsewhere.example/' } },
);

const earlier: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.constantFrom(...OPERATIONS),
    fc.oneof(
      broken,
      inItsPlace([200, 204, 307, 401, 403, 404, 408, 409, 410, 429, 499, 500, 502, 503, 504]),
    ),
    when,
  )
  .map(([on, what, { skip, times }]) => ({ on, do: what, skip: skip % 3, times }));
const result: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.oneof(
      broken,
      inItsPlace([200, 202, 307, 400, 401, 403, 408, 409, 410, 429, 499, 500, 502, 503]),
      fc.constant<Fault['do']>({
        kind: 'answer',
        status: 404,
        body: errorBody('InvalidResourceType', 'The resource type could not be found.'),
        headers: { 'x-ms-failure-cause': 'gateway' },
      }),
    ),
    when,
  )
  .map(([what, times]) => ({ on: 'command-result', do: what, ...times }));
const submission: fc.Arbitrary<Fault> = fc
  .constantFrom<Fault['do']>(
    { kind: 'rewrite', headers: { location: null } },
    { kind: 'rewrite', headers: { location: 'https://elsewhere.example/commandResults/nothing' } },
    { kind: 'rewrite', status: 200 },
    { kind: 'rewrite', body: '}{' },
    ...[
      { status: 499, body: errorBody('499', 'Client Closed Request') },
      { status: 400, body: errorBody('BadRequest', 'read: connection reset by peer') },
    ].map(({ status, body }): Fault['do'] => ({
      kind: 'rewrite',
      status,
      body,
      headers: { location: null },
    })),
  )
  .map((what) => ({ on: 'run-command', do: what }));
const pod: fc.Arbitrary<Fault> = fc
  .oneof(
    fc.record({ kind: fc.constant('pod-starts-late' as const), ms: fc.nat({ max: 120_000 }) }),
    fc.record(
      {
        kind: fc.constant('pod-not-started' as const),
        answerAfterMs: fc.nat({ max: 40_000 }),
        startsAfterMs: fc.nat({ max: 150_000 }),
      },
      { requiredKeys: ['kind'] },
    ),
    fc.record({ kind: fc.constant('pod-killed' as const), afterMs: fc.nat({ max: 5000 }) }),
    fc.record({ kind: fc.constant('pod-failed' as const), reason: BODY, ran: fc.boolean() }),
    fc.constant({ kind: 'pod-no-exit-code' as const }),
    fc.record({ kind: fc.constant('pod-log-late' as const), ms: fc.nat({ max: 20_000 }) }),
  )
  .map((what) => ({ on: 'run-command', do: what }));
const wire: fc.Arbitrary<WireFault> = fc.record({
  on: fc.constantFrom(...OPERATIONS, 'command-result' as const),
  do: fc.oneof(
    fc
      .constantFrom('ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'EHOSTUNREACH')
      .map((code) => ({ code })),
    fc.nat({ max: 29_000 }).map((answersLaterMs) => ({ answersLaterMs })),
  ),
  skip: fc.nat({ max: 8 }),
  times: fc.integer({ min: 1, max: 4 }),
});

const scenario = fc.record({
  faults: fc.tuple(
    fc.array(pod, { maxLength: 4 }),
    fc.array(earlier, { maxLength: 2 }),
    fc.array(submission, { maxLength: 1 }),
    fc.array(result, { maxLength: 3 }),
  ),
  wire: fc.array(wire, { maxLength: 3 }),
  cluster: fc.constantFrom('plain', 'entra'),
  mayRead: fc.boolean(),
  exitCode: fc.constantFrom(0, 0, 3),
  seconds: fc.constantFrom(0, 2, 40, 4000),
  beginsAfter: fc.constantFrom(0, 0, 2),
  startTimeout: fc.integer({ min: 1, max: 100 }),
  startRetries: fc.nat({ max: 3 }),
  /** How far Azure's clock is ahead of the runner's. */
  clockOffset: fc.constantFrom(0, 0, 60_000, 240_000, 400_000, 7_200_000, -400_000, -7_200_000),
  /** How far the nodes' clocks are ahead of the earlier one. */
  podClockOffset: fc.oneof(
    fc.integer({ min: -4000, max: 4000 }),
    fc.integer({ min: -60_000, max: 120_000 }),
  ),
  clocks: fc.option(movingClocks, { freq: 2, nil: {} }),
  withoutHeader: fc.constantFrom(undefined, undefined, undefined, 'date', 'retry-after'),
  outage: fc.option(
    fc.record({
      afterMs: fc.nat({ max: 4 * MINUTE }),
      forMs: fc.integer({ min: MINUTE, max: 30 * MINUTE }),
      as: fc.constantFrom('ENOTFOUND', 'ECONNRESET', 503, 429, 401, 404),
    }),
    { freq: 3, nil: undefined },
  ),
  cancel: fc.option(
    fc.record<NonNullable<During['cancel']>>({
      on: fc.constantFrom(...OPERATIONS, 'command-result' as const),
      afterMs: fc.nat({ max: 60_000 }),
      nth: fc.integer({ min: 1, max: 5 }),
    }),
    { freq: 4, nil: undefined },
  ),
  onCancel: fc.constantFrom('leave', 'stop'),
  /** How long the command runs on after SIGTERM. */
  endsAfter: fc.constantFrom(0, 1, 10, 300),
  /** How long the runner takes to start the post step. */
  postStepAfterMs: fc.constantFrom(0, 9_000, 60_000, 8 * MINUTE),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer Given> ? Given : never;

/** Takes a step and its post step, and compares what they say with what happened. */
async function expectTruth(given: Scenario) {
  const { exitCode, seconds, beginsAfter, cancel, withoutHeader } = given;
  const { clockOffset, outage, onCancel, endsAfter } = given;
  // The stand-in counts it from Azure's clock.
  const podClockOffset = given.podClockOffset - Math.max(0, clockOffset);
  const simulation = simulate({
    faults: given.faults.flat(),
    wire: given.wire,
    command: { exitCode, seconds, beginsAfter, endsAfter, output: 'some output\n' },
    clockOffset,
    podClockOffset,
    ...given.clocks,
    deniedActions: given.mayRead ? [] : ['Microsoft.ContainerService/managedClusters/read'],
    withoutHeader,
    outage,
    resultRetention: RETENTION_MS,
  });
  const inputs = {
    cluster: given.cluster,
    timeout: '5m',
    'start-timeout': `${given.startTimeout}s`,
    'start-retries': `${given.startRetries}`,
    'on-cancel': onCancel,
  };
  const step = await simulation.run(inputs, cancel && { cancel });
  const { state = '' } = step.outputs;
  const endedWith = simulation.exitCodes();
  await simulation.clock.advance(given.postStepAfterMs);
  const postBeganAt = simulation.clock.monotonic();
  const post = await simulation.runPostStep(step.state, inputs);
  const endedBy = simulation.exitCodes();
  await simulation.clock.advance(6 * 3_600_000);

  expect(simulation.ran()).toBeLessThanOrEqual(1);
  switch (state) {
    case 'succeeded':
      expect([exitCode, ...endedWith]).toEqual([0, 0]);
      expect(step.outputs['exit-code']).toBe('0');
      break;
    case 'not-started':
      expect(simulation.ran()).toBe(0);
      break;
    case 'failed':
      expect(endedWith.map(String)).toEqual([step.outputs['exit-code']]);
      break;
    default:
      expect(['running', 'unknown']).toContain(state);
  }
  expect(step.success).toBe(state === 'succeeded');
  expect(step.outputs['reason'] === '').toBe(step.success);
  expect(step.log + step.summary).not.toMatch(/undefined|\[object/);
  expect(step.log).not.toContain('does not know: a defect of the action');
  expect(simulation.strayed).toEqual([]);
  if (step.cancelledAt !== undefined) {
    expect(step.postedAtEnd).toBe(step.postedBeforeCancel);
    expect(step.endedAt - step.cancelledAt).toBeLessThan(2000);
  }
  if (step.state === '') {
    expect(post).toMatchObject({ success: true, log: '', summary: '' });
    return { state, sign: '' };
  }
  expect(step.cancelledAt).toBeDefined();
  const [, sign = ''] = /^### (\S+) /m.exec(post.summary) ?? [];
  const [, code] = /^Exit code (\d+) /m.exec(post.summary) ?? [];
  // Only an end that was seen is a success, and it is the command's own.
  expect(post.success).toBe(sign === '✅' || sign === '❌');
  expect(code === undefined ? [] : [Number(code)]).toEqual(post.success ? endedBy : []);
  expect(post.log + post.summary).not.toMatch(/undefined|\[object/);
  if (post.summary.includes('ended by itself')) expect(endedBy).not.toContain(143);
  expect(post.endedAt - postBeganAt).toBeLessThan(122_000);
  return { state, sign };
}

const NUM_RUNS = Number(process.env['PROPERTY_RUNS'] ?? 50);

test('whatever fails, nothing runs twice, and no verdict is false, even hours later', async () => {
  const states = new Set<string>();
  const property = fc.asyncProperty(scenario, async (given) => {
    states.add((await expectTruth(given)).state);
  });
  await fc.assert(property, { numRuns: NUM_RUNS });
  // The scenarios are rich enough to end in every way.
  expect([...states].sort()).toEqual(['failed', 'not-started', 'running', 'succeeded', 'unknown']);
});

test('the same of a command that is stopped while it runs', async () => {
  const signs = new Set<string>();
  const whileItRuns = fc.record({
    on: fc.constant('command-result' as const),
    afterMs: fc.nat({ max: 20_000 }),
    nth: fc.integer({ min: 1, max: 3 }),
  });
  const property = fc.asyncProperty(scenario, whileItRuns, async (given, cancel) => {
    signs.add((await expectTruth({ ...given, cancel, onCancel: 'stop' })).sign);
  });
  await fc.assert(property, { numRuns: NUM_RUNS });
  // The empty one is a step that ended by itself.
  expect([...signs].sort()).toEqual(['', '⏳', '✅', '❌', '❓'].sort());
});
