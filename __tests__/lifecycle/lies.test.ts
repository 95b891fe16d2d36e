import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  answers,
  errorBody,
  podDoesNotStart,
  podStartsLate,
  type Fault,
  type HttpResponse,
} from '../../local/azure/index.ts';
import { parseJson } from '../../src/text/json.ts';
import { boundaryOf, hashOf } from '../../src/pod/boundary.ts';
import { framed, whole } from '../support/fake-pod.ts';
import { movingClocks } from './moving-clocks.ts';
import {
  simulate,
  simulateDate,
  type Rewrite,
  type SimulationOptions,
  type WireFault,
} from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

/**
 * Whatever stands between the step and AKS answers with anything, in any order: gateway pages, 404,
 * 403, 5xx, ids of other people's commands, logs that were made up from what everybody can read.
 */

const MINUTE = 60_000;
const STRANGER = 'feedfeedfeedfeedfeedfeedfeedfeed';

type Answer = Partial<HttpResponse>;

const error = (status: number, code: string, message = ''): Answer => ({
  status,
  headers: {},
  body: errorBody(code, message),
});
const bare = (status: number, headers = {}, body = '{}'): Answer => ({ status, headers, body });
const page = (status: number, headers = {}) =>
  bare(status, headers, `<html><title>${status}</title></html>`);
const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const located = (id: string) => ({ location: `/commandResults/${id}` });
const requested = (id: string) => ({ 'x-ms-request-id': dashed(id) });
const PERFORMANCE = 'KubernetesPerformanceError';
const OPERATION = 'KubernetesOperationError';

/** Always, from the first request of this operation on. */
const always = (on: WireFault['on'], rewrites: Rewrite): WireFault => ({
  on,
  do: { rewrites },
  times: Infinity,
});

/** Changes what a result says once there is one. */
const result =
  (change: (properties: Readonly<Record<string, unknown>>) => object): Rewrite =>
  ({ status, headers, body }) => {
    const parsed = parseJson(body) as { properties?: Record<string, unknown> };
    if (status !== 200 || parsed.properties === undefined) return {};
    const properties = { ...parsed.properties, ...change(parsed.properties) };
    return { headers, body: JSON.stringify({ ...parsed, properties }) };
  };
const log = (change: (log: string) => string) =>
  result(({ logs }) => ({ logs: change(String(logs)) }));

/** The simulation's first boundary. */
const BOUNDARY = boundaryOf('1'.padStart(32, '0'));

/** A pod that refuses: its node's clock says that it starts too late. */
const TOO_LATE: SimulationOptions = { podClockOffset: 2 * MINUTE };

describe("a submission's answer leaves everything open", () => {
  const SEE_RESULT = 'az aks command result ';
  const UNTIL = '12:01:30 UTC';
  /** A pod of which no ID is known can be found by the hash in its command line. */
  const FIND_POD = hashOf(BOUNDARY).slice(1);
  /** Each answer, whether it names the command, and what a step that does not wait says. */
  const OPEN: Readonly<
    Record<string, { answer: (id: string) => Answer; named: boolean; says: string }>
  > = {
    'a Kubernetes error names the pod': {
      answer: (id) => error(400, OPERATION, `cannot watch command-${id}`),
      named: true,
      says: SEE_RESULT,
    },
    '503 with a request ID': {
      answer: (id) => bare(503, requested(id)),
      named: false,
      says: FIND_POD,
    },
    'no room on any node': {
      answer: (id) => ({
        ...error(400, PERFORMANCE, 'Pod is not schedulable: Insufficient resources'),
        headers: requested(id),
      }),
      named: false,
      says: UNTIL,
    },
  };

  describe.each(Object.entries(OPEN))('%s', (_name, { answer, named, says }) => {
    const scene = (polls?: Rewrite, options: SimulationOptions = {}) => {
      const submission: Rewrite = () => answer(simulation.azure.commands()[0]?.id ?? '');
      const wire = [
        always('run-command', submission),
        ...(polls === undefined ? [] : [always('command-result', polls)]),
      ];
      const simulation = simulate({ ...options, wire });
      return simulation;
    };

    test.each<[string, Rewrite]>([
      ['', () => ({})],
      [', in a failure of AKS', result(() => ({ provisioningState: 'Failed' }))],
    ])('the whole frame in the log is proof%s', async (_name, polls) => {
      const simulation = scene(polls, { command: { seconds: 10 } });
      const { outputs } = await simulation.run({});

      expect(outputs).toMatchObject({ state: 'succeeded', 'exit-code': '0' });
      expect(outputs['command-id']).toBe(simulation.azure.commands()[0]?.id);
      expect(simulation.posted()).toBe(1);
    });

    test.each<[string, Rewrite, SimulationOptions?]>([
      ["another submission's frame", log(() => whole(boundaryOf('f'.repeat(32))))],
      ['the output of anything', log(() => 'hello\n')],
      [
        'a frame without its end',
        log(() => framed(BOUNDARY, '', 'exit 0', 'outputs 0', 'summary 0')),
      ],
      [
        'a frame without an exit code',
        log(() => framed(BOUNDARY, '', 'outputs 0', 'summary 0', 'end')),
      ],
      ['a refusal', () => ({}), TOO_LATE],
      ['no such command', () => error(404, 'NotFound')],
      ["ARM's 403", () => error(403, 'AuthorizationFailed')],
      ['500', () => bare(500)],
      ['a command that never starts', () => bare(202, {}, state({}))],
      ['a command that never ends', () => bare(202, {}, state({ startedAt: NOON }))],
    ])('%s proves nothing, and nothing is submitted again', async (_name, polls, options = {}) => {
      const simulation = scene(polls, options);
      const { outputs, success } = await simulation.run({ timeout: '1m' });

      expect({ state: outputs['state'], success }).toEqual({ state: 'unknown', success: false });
      expect(outputs['command-id']).toMatch(named ? /^[0-9a-f]{32}$/ : /^$/);
      expect(simulation.posted()).toBe(1);
    });

    test('a cancel ends the search', async () => {
      const simulation = scene(() => bare(202, {}, state({})));
      const cancel = { on: 'command-result', afterMs: 5_000 } as const;
      const { outputs, log } = await simulation.run({}, { cancel });

      expect(outputs['state']).toBe('unknown');
      expect(log).toMatch(said('cancelled'));
      expect(log).toContain(UNTIL);
      expect(log).toContain(named ? SEE_RESULT : FIND_POD);
    });

    test('a step that does not wait does not poll', async () => {
      const simulation = scene();
      const { outputs, success, log } = await simulation.run({ wait: 'false' });

      expect({ state: outputs['state'], success }).toEqual({ state: 'unknown', success: false });
      expect(log).toContain(says);
      expect(simulation.azure.requests('command-result')).toEqual([]);
    });

    test('a guess is sought for 15 s, a named command until it can no longer start', async () => {
      const simulation = scene(() => error(404, 'NotFound'));
      await simulation.run({});

      const [submission] = simulation.azure.requests('run-command');
      const last = simulation.azure.requests('command-result').at(-1);
      const soughtMs = (last?.at ?? NaN) - (submission?.at ?? NaN);
      expect(soughtMs).toBeGreaterThanOrEqual(named ? 150_000 : 15_000);
      expect(soughtMs).toBeLessThanOrEqual(named ? 156_000 : 15_000);
    });
  });
});

const NOON = '2026-11-25T12:00:00Z';
const state = (properties: object) =>
  JSON.stringify({ properties: { provisioningState: 'Running', ...properties } });

describe('a pod that says it started too late', () => {
  test.each<[name: string, polls: Rewrite, message: string]>([
    [
      // Whatever refuses after it is not the script.
      'it follows the line with which a command begins',
      log(() => framed(BOUNDARY, '', 'refused')),
      'pod-refused-log',
    ],
    ['something else is in the log', log((logs) => `before\n${logs}`), 'pod-refused-log'],
    ['AKS reports another exit code', result(() => ({ exitCode: 0 })), 'pod-refused-exit-code'],
    ['AKS reports no exit code', result(() => ({ exitCode: null })), 'pod-refused-exit-code'],
  ])('is not believed if %s', async (_name, polls, message) => {
    const simulation = simulate({ ...TOO_LATE, wire: [always('command-result', polls)] });
    const { outputs } = await simulation.run({});

    expect({ state: outputs['state'], posted: simulation.posted() }).toEqual({
      state: 'unknown',
      posted: 1,
    });
    expect(outputs['reason']).toMatch(said(message));
  });

  test.each([
    ['wc', said('no-tool', { tool: 'wc' })],
    ['bash', said('no-bash')],
    ['command.sh', said('no-variables')],
    ['env.sh', said('no-variables')],
    ['namespace error: no disk', /error: no disk/],
  ])(
    'because it lacks %s is not replaced, since the next one would, and proves nothing to a follower',
    async (lacks, says) => {
      const lacking = log((logs) => logs.replace(' refused', ` lacks ${lacks}`));
      const simulation = simulate({ ...TOO_LATE, wire: [always('command-result', lacking)] });
      const submitted = await simulation.run({ namespace: 'shop' });
      expect({ state: submitted.outputs['state'], posted: simulation.posted() }).toEqual({
        state: 'not-started',
        posted: 1,
      });
      expect(submitted.log).toMatch(says);

      // Another tool's command may have printed such a log, after it ran.
      const id = submitted.outputs['command-id'] ?? '';
      const { outputs } = await simulation.run({ command: '', 'command-id': id });
      expect(outputs['state']).toBe('unknown');
      expect(outputs['reason']).toMatch(said('pod-refused'));
    },
  );
});

/**
 * Answers to a submission that created a command: everything except a refusal. The id in them is
 * the command's, or a stranger's.
 */
const ANSWERS: Readonly<Record<string, (id: string) => Answer | string>> = {
  accepted: () => ({}),
  'did not start': (id) => error(400, PERFORMANCE, `command-${id} did not start within 30s`),
  'no room': (id) => error(400, PERFORMANCE, `command-${id}: Pod is not schedulable: full`),
  'did not start, no id': () => error(400, PERFORMANCE, 'it did not start within 30s'),
  'names the pod': (id) => error(400, OPERATION, `cannot watch command-${id}`),
  'may not read the log': () =>
    error(400, OPERATION, 'pods "command-1" is forbidden: User "x" cannot get resource "pods/log"'),
  'may not exec': () =>
    error(500, OPERATION, 'failed to execute on pod: admission webhook "x" denied the request: no'),
  'no Location': (id) => bare(202, requested(id)),
  '503': (id) => bare(503, requested(id)),
  page: (id) => page(200, requested(id)),
  '401 with Location': (id) => bare(401, located(id)),
  '429 with Location': (id) => bare(429, located(id)),
  '429 of the API server': () => error(429, 'TooManyRequests', 'too many requests (get pods)'),
  "a gateway's 401": () => bare(401),
  "a gateway's 403": () => page(403),
  "a gateway's 429": () => page(429),
  '409 that says nothing': () => error(409, 'Conflict', 'command ID already exists'),
  torn: () => 'ECONNRESET',
};
/** AKS gives up on the pod, in these answers of its own. */
const GAVE_UP = new Set(['did not start', 'no room', 'did not start, no id']);
const submission = fc.record({
  busyBefore: fc.nat({ max: 2 }),
  answer: fc.oneof(fc.constant('did not start'), fc.constantFrom(...Object.keys(ANSWERS))),
  stranger: fc.boolean(),
  /** Milliseconds until the pod starts, if ever. */
  startsAfterMs: fc.option(fc.integer({ min: 0, max: 190_000 }), { nil: Infinity }),
});

/** What takes the place of the answer to a poll. `undefined`: the truth. */
const noise: fc.Arbitrary<Answer | string | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Answer | string>(
      page(403),
      page(404),
      page(502),
      bare(403),
      bare(500),
      bare(503),
      'ECONNRESET',
      bare(204, {}, ''),
      bare(401),
      bare(404),
      error(404, 'NotFound'),
      error(404, 'ResourceNotFound'),
      error(403, 'AuthorizationFailed'),
      bare(404, {}, '404 page not found'),
      bare(200, {}, state({})),
      bare(200, {}, '{"properties":{}}'),
      bare(200, {}, '{"id":"/x/managedClusters/y","properties":{"provisioningState":"Succeeded"}}'),
      error(404, 'NotFound', 'the server could not find the requested resource (get pods)'),
    ),
  },
);
const isDenial = (answer: Answer | string | undefined) =>
  typeof answer === 'object' && answer.status === 404 && answer.body?.includes('"NotFound"');

/** A stranger's command, whose author reads every hash and makes up the rest. */
function forgery(hashOfOurs: string): Answer {
  const made = boundaryOf('bad0'.repeat(8));
  const logs = whole(made).replace(hashOf(made), hashOfOurs);
  const properties = { provisioningState: 'Succeeded', exitCode: 0, logs };
  return bare(200, {}, JSON.stringify({ properties }));
}

const scenario = fc.record({
  submissions: fc.array(submission, { minLength: 4, maxLength: 4 }),
  polls: fc.oneof(fc.constant([undefined]), fc.array(noise, { minLength: 1, maxLength: 12 })),
  startRetries: fc.nat({ max: 3 }),
  withoutHeader: fc.constantFrom(undefined, undefined, 'date'),
  /** Milliseconds that the nodes' clocks are ahead of Azure's. */
  podClockOffset: fc.oneof(fc.constant(0), fc.integer({ min: -60_000, max: 120_000 })),
  seconds: fc.constantFrom(0, 3, 20, 500),
  exitCode: fc.constantFrom(0, 3),
  clocks: fc.option(movingClocks, { freq: 2, nil: {} }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Three things this world never does, because no client could tell them from the truth: it does not
 * refuse a command that it created, it does not give up on one under another's name, and it does not
 * deny twice in a row that a running one exists.
 */
function simulateLies({ submissions, polls, ...options }: Scenario) {
  const { seconds, exitCode, podClockOffset, withoutHeader, clocks } = options;
  const posts = submissions.flatMap(({ busyBefore, ...last }) => [
    ...Array.from({ length: busyBefore }, () => undefined),
    last,
  ]);
  const faults = [
    ...posts.flatMap((post, skip): Fault[] =>
      post === undefined
        ? [
            answers(
              'run-command',
              409,
              { body: errorBody('OperationNotAllowed', 'Another operation is in progress.') },
              { skip },
            ),
          ]
        : [],
    ),
    ...submissions.map(({ answer, startsAfterMs }) =>
      GAVE_UP.has(answer) ? podDoesNotStart({ startsAfterMs }) : podStartsLate(startsAfterMs),
    ),
  ];

  let posted = 0;
  const submit: Rewrite = () => {
    const post = posts[posted];
    posted += 1;
    if (post === undefined) return {};
    const isNamed = !post.stranger || post.answer === 'accepted' || GAVE_UP.has(post.answer);
    const id = isNamed ? (simulation.azure.commands().at(-1)?.id ?? '') : STRANGER;
    return ANSWERS[post.answer]?.(id) ?? {};
  };

  let poll = 0;
  let denied = false;
  const read: Rewrite = (_truth, { url }) => {
    const put = polls[poll % polls.length];
    poll += 1;
    // Once between two truths: twice in a row is what no client can tell from the truth.
    const isTold = put === undefined || (isDenial(put) && denied);
    // After a 401, the step asks again at once, with new tokens, so it does not count as an answer
    // between two others.
    const isRejected = typeof put === 'object' && put.status === 401;
    if (!isRejected) denied = isDenial(put) === true && !isTold;
    if (!isTold) return put;
    const [, , hash = ''] = simulation.azure.commands().at(-1)?.command.split(' ') ?? [];
    return url.includes(STRANGER) ? forgery(hash) : {};
  };

  const simulation = simulate({
    faults,
    command: { seconds, exitCode },
    podClockOffset,
    withoutHeader,
    ...clocks,
    wire: [always('run-command', submit), always('command-result', read)],
  });
  return simulation;
}

test('whatever is answered, nothing runs twice, and no verdict is false', async () => {
  const states = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const simulation = simulateLies(given);
      const { outputs } = await simulation.run({
        timeout: '1m',
        'start-retries': `${given.startRetries}`,
      });
      const endedWith = simulation.exitCodes();
      await simulation.clock.advance(60 * MINUTE);

      const { state = '', 'command-id': id = '' } = outputs;
      states.set(state, (states.get(state) ?? 0) + 1);
      const commands = simulation.azure.commands();
      expect(simulation.ran()).toBeLessThanOrEqual(1);
      expect(['', STRANGER, ...commands.map((command) => command.id)]).toContain(id);
      switch (state) {
        case 'succeeded':
        case 'failed': {
          const { exitCode } = given;
          expect([state, endedWith]).toEqual([exitCode === 0 ? 'succeeded' : 'failed', [exitCode]]);
          expect(commands.find((command) => command.exitCode === exitCode)?.id).toBe(id);
          break;
        }
        case 'not-started':
          expect(simulation.ran()).toBe(0);
          break;
        case 'running':
          expect(id).toBe(commands.at(-1)?.id);
          break;
        default:
          expect(state).toBe('unknown');
      }
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) },
  );
  // The scenarios are rich enough to end in every way.
  expect([...states.keys()].sort()).toEqual([
    'failed',
    'not-started',
    'running',
    'succeeded',
    'unknown',
  ]);
});
