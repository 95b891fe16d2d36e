import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  answers,
  delays,
  errorBody,
  hangs,
  hangsAfter,
  podDoesNotStart,
  podFails,
  podLogIsLate,
  podStartsLate,
  resetsAfter,
  rewrites,
  type Fault,
  type Operation,
} from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import {
  datedAhead,
  datedAtNoon,
  simulate,
  simulateDate,
  type SimulationOptions,
  type WireFault,
} from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

type More = {
  readonly options?: SimulationOptions;
  readonly inputs?: Readonly<Record<string, string>>;
};

/**
 * Makes rows of the same outcome: what must result from one fault, or a few, is the state, how
 * often the command is submitted, and how often it runs. `says` is the message, or another stable part of what is shown.
 */
const outcome =
  (state: State, posted: number, ran: number) =>
  (name: string, says: string | RegExp, faults: readonly Fault[] = [], more: More = {}) => ({
    expected: { state, posted, ran },
    name,
    says,
    faults,
    ...more,
  });
const recovers = outcome('succeeded', 1, 1);
const resubmitted = outcome('succeeded', 2, 1);
const neverSent = outcome('not-started', 0, 0);
const notStarted = outcome('not-started', 1, 0);
const stillRunning = outcome('running', 1, 1);
const unknownNotRun = outcome('unknown', 1, 0);
const unknownThoughRun = outcome('unknown', 1, 1);

const MINUTE = 60_000;
const ALWAYS = { times: Infinity };
const COMMAND_RESULTS_READ = 'Microsoft.ContainerService/managedClusters/commandResults/read';
const CLUSTER_READ = 'Microsoft.ContainerService/managedClusters/read';
const BUSY = {
  body: errorBody('OperationNotAllowed', 'Another operation is in progress on the cluster.'),
};
const REJECTED = { body: errorBody('ExpiredAuthenticationToken', 'The access token expired.') };
const FORBIDDEN = { body: errorBody('AuthorizationFailed', 'no') };
const ELSEWHERE = { headers: { location: 'https://elsewhere.example/x' } };
const ENTRA = { inputs: { cluster: 'entra' } };
const UNREAD = { options: { deniedActions: [CLUSTER_READ] } };
const BRIEF = { inputs: { timeout: '2m' } };
const UNSURE = said('start-unclear');
const UNSAID = said('submission-unclear');
const GONE = said('result-missing');
const UNPROVEN = said('unproven');
/** A gateway's own 404, by ARM's header for that. */
const UNROUTED = {
  body: errorBody('NotFound', 'Nothing is here.'),
  headers: { 'x-ms-failure-cause': 'gateway' },
};
/** What `GET` of the cluster itself answers. */
const THE_CLUSTER = JSON.stringify({
  id: '/subscriptions/s/resourcegroups/g/providers/Microsoft.ContainerService/managedClusters/n',
  properties: { provisioningState: 'Succeeded' },
});
const AGAIN = 'Resubmitting it, retry 1 of 2';

/** Each request of a kind is answered with the request to come back later. */
const later = (
  on: Operation,
  status: number,
  retryAfter: string,
  when?: Pick<WireFault, 'skip' | 'times'>,
) => answers(on, status, { headers: { 'retry-after': retryAfter } }, when);
/** Entra refuses every token but the first. */
const refusesTokens = (times: number) =>
  answers(
    'token',
    400,
    { body: '{"error":"x","error_description":"AADSTS50999: no"}' },
    { skip: 1, times },
  );
/** AKS gives up on the pod, which starts this many milliseconds after the submission. */
const startsAfter = (startsAfterMs: number) => podDoesNotStart({ startsAfterMs });
const NEVER_STARTS = podDoesNotStart({ answerAfterMs: 30_000 }, ALWAYS);

const beforeItIsSent = [
  neverSent('ID token: a redirect', said('id-token'), [
    answers('id-token', 307, ELSEWHERE, ALWAYS),
  ]),
  neverSent('Entra: no answer, ever', said('entra-unreachable'), [hangs('token', ALWAYS)]),
  neverSent('cluster: 401 for ever', said('token-rejected'), [
    answers('get-cluster', 401, {}, ALWAYS),
  ]),
  recovers('cluster: 403', 'The identity cannot read the cluster (HTTP 403)', [], {
    ...UNREAD,
  }),
  neverSent('cluster: stopped', said('cluster-stopped'), [], { inputs: { cluster: 'stopped' } }),
  neverSent('cluster: run command disabled', said('run-command-disabled'), [], {
    inputs: { cluster: 'disabled' },
  }),
  notStarted(
    'cluster token: refused, after ARM said that it is needed',
    said('entra'),
    [answers('token', 400, { body: '{"error":"invalid_client"}' }, { skip: 1, times: Infinity })],
    { ...UNREAD, ...ENTRA },
  ),
];

const theSubmission = [
  resubmitted('429 with Retry-After', 'accept the command (throttled). Retrying in 31s', [
    later('run-command', 429, '30'),
  ]),
  outcome('not-started', 6, 0)('429 for ever', said('throttled'), [
    later('run-command', 429, '600', ALWAYS),
  ]),
  unknownNotRun('500', UNSAID, [answers('run-command', 500)]),
  recovers(
    '500 after it was accepted: the request ID leads to the command',
    'Looking for command',
    [rewrites('run-command', { status: 500, headers: { location: null } })],
  ),
  unknownThoughRun('400 after it was accepted, with the words of a broken call', UNSAID, [
    rewrites('run-command', {
      status: 400,
      body: errorBody('BadRequest', 'Post "https://x/y": context canceled'),
      headers: { location: null, 'x-ms-request-id': null },
    }),
  ]),
  outcome('succeeded', 4, 1)(
    '401, 429, 401: each rejected token is replaced',
    'Azure rejected the access token. Requesting a new one',
    [
      answers('run-command', 401, REJECTED),
      later('run-command', 429, '1'),
      answers('run-command', 401, REJECTED),
    ],
  ),
  outcome('succeeded', 4, 1)(
    '401, no cluster token, 401: each rejected token is replaced',
    'The cluster uses Entra. Requesting a token for it',
    [answers('run-command', 401, REJECTED), answers('run-command', 401, REJECTED, { skip: 2 })],
    { ...UNREAD, ...ENTRA },
  ),
  outcome('not-started', 2, 0)('401 for ever', said('token-rejected'), [
    answers('run-command', 401, REJECTED, ALWAYS),
  ]),
  outcome('succeeded', 3, 1)('409 twice', 'another operation is in progress on the cluster', [
    answers('run-command', 409, BUSY, { times: 2 }),
  ]),
  unknownThoughRun('a gateway passes it on, and answers 401 itself', UNSAID, [
    rewrites('run-command', {
      status: 401,
      body: '',
      headers: { location: null, 'x-ms-request-id': null },
    }),
  ]),
  recovers('it is accepted, and a 429 quotes a call of AKS to the API server', ': succeeded', [
    rewrites(
      'run-command',
      {
        status: 429,
        body: errorBody(
          'TooManyRequests',
          'the server has received too many requests and has asked us to try again later (get pods)',
        ),
        headers: { location: null },
      },
      ALWAYS,
    ),
  ]),
  unknownThoughRun('400 that cannot be read: the pod may have been given up, and started', UNSAID, [
    startsAfter(40_000),
    rewrites('run-command', { body: '{"error":{"code":"Kuber' }),
  ]),
  unknownThoughRun('torn after it was accepted', said('submission-torn'), [
    resetsAfter('run-command'),
  ]),
  unknownThoughRun(
    'no answer after it was accepted, with a timeout shorter than that',
    'no answer within 120 s',
    [hangsAfter('run-command')],
    { inputs: { timeout: '5s' } },
  ),
  recovers(
    'an answer after 100 s, with a timeout shorter than that',
    ': succeeded',
    [delays('run-command', 100_000)],
    {
      inputs: { timeout: '5s', 'start-timeout': '3m' },
    },
  ),
  recovers(
    'connection refused twice',
    'accept the command (Azure could not be reached). Retrying in 2s',
    [],
    { options: { wire: [{ on: 'run-command', do: { code: 'ECONNREFUSED' }, times: 2 }] } },
  ),
  recovers(
    'Location on another host',
    ': succeeded',
    [
      rewrites('run-command', {
        headers: {
          location: `https://elsewhere.example/commandResults/${'c0ffee'.padEnd(32, '0')}`,
        },
      }),
    ],
    { options: { newCommandId: () => 'c0ffee'.padEnd(32, '0') } },
  ),
  unknownNotRun('a redirect', UNSAID, [answers('run-command', 307, ELSEWHERE)]),
  resubmitted(
    'a caller who may not read the cluster, which has Entra',
    'The cluster uses Entra. Requesting a token for it',
    [],
    { ...UNREAD, ...ENTRA },
  ),
  notStarted(
    'MissingAADClusterToken for ever',
    said('cluster-token-missing'),
    [
      answers(
        'run-command',
        400,
        { body: errorBody('MissingAADClusterToken', 'required') },
        ALWAYS,
      ),
    ],
    ENTRA,
  ),
  notStarted('admission denied', said('policy-denied'), [
    answers('run-command', 400, {
      body: errorBody(
        'KubernetesOperationError',
        'Failed due to kubernetes failure. details: admission webhook "v" denied the request: no',
      ),
    }),
  ]),
];

const thePodsStart = [
  outcome('not-started', 3, 0)(
    'the pod is given up, and never starts',
    'did not start within 30s on your cluster',
    [NEVER_STARTS],
  ),
  recovers(
    'it is given up, and starts before its start-by time',
    'It may still start until 12:01:30 UTC',
    [podDoesNotStart({ answerAfterMs: 30_000, startsAfterMs: 60_000 })],
  ),
  resubmitted('it is given up, and starts after its start-by time, while that is watched', AGAIN, [
    startsAfter(92_000),
  ]),
  recovers(
    "it is given up, and starts in time by its node's clock, which is 59 s behind",
    'It may still start until 12:01:30 UTC',
    [startsAfter(147_000)],
    { options: { podClockOffset: -59_000 } },
  ),
  recovers(
    'an old answer says that it is not there: asked for before the start-by time, it came after',
    ': succeeded',
    [startsAfter(88_000)],
    { options: { wire: [{ on: 'command-result', do: { answersLaterMs: 29_500 }, ...ALWAYS }] } },
  ),
  unknownThoughRun('accepted, missing for 30 s, and it starts later', GONE, [
    podStartsLate(80_000),
  ]),
  resubmitted('accepted, and it starts after its start-by time', AGAIN, [podStartsLate(15_000)], {
    inputs: { 'start-timeout': '10s' },
  }),
  resubmitted(
    'the same, while an answer is dated back by six hours',
    AGAIN,
    [podStartsLate(15_000)],
    {
      inputs: { 'start-timeout': '10s' },
      options: {
        wire: [{ on: 'command-result', do: { rewrites: datedAhead(-360 * MINUTE) } }],
      },
    },
  ),
  unknownNotRun('it is given up, never starts, and no answer has a date', UNSURE, [NEVER_STARTS], {
    options: { withoutHeader: 'date' },
  }),
  unknownNotRun(
    'it is given up, never starts, and that is over by no clock, by dates that stand still',
    said('start-unclear', 'apart'),
    [NEVER_STARTS],
    {
      options: {
        wire: [{ on: 'command-result', do: { rewrites: datedAtNoon }, ...ALWAYS }],
      },
    },
  ),
  resubmitted(
    'with an hour of start-timeout and Entra, the second submission gets a fresh cluster token',
    AGAIN,
    [podDoesNotStart({ answerAfterMs: 30_000 })],
    { inputs: { cluster: 'entra', 'start-timeout': '1h' } },
  ),
  unknownNotRun(
    'it is given up, and there is no token for the next submission',
    UNSURE,
    [podDoesNotStart(), refusesTokens(Infinity)],
    {
      options: { accessTokenLifetime: 900 },
      inputs: { 'start-timeout': '1h', 'start-retries': '1', timeout: '1m' },
    },
  ),
  resubmitted(
    'on a runner whose clock is three hours behind, it is given up twice and late',
    ': succeeded',
    [startsAfter(94_000), startsAfter(60_000)],
    { options: { clockOffset: 3 * 3_600_000 } },
  ),
  recovers(
    'one answer is dated an hour ahead while its pod may still start',
    'succeeded in ',
    [startsAfter(80_000)],
    { options: { wire: [{ on: 'command-result', do: { rewrites: datedAhead(60 * MINUTE) } }] } },
  ),
  unknownThoughRun(
    'it is given up, starts in time, and a 404 of a gateway says nothing of it',
    UNSURE,
    [
      startsAfter(60_000),
      answers('command-result', 404, { headers: { 'x-ms-request-id': null } }, ALWAYS),
    ],
  ),
  unknownThoughRun(
    "it is given up, starts in time, and ARM's gateway denies that it exists",
    UNSURE,
    [startsAfter(60_000), answers('command-result', 404, UNROUTED, ALWAYS)],
  ),
  unknownThoughRun(
    'it is given up, AKS shows it without a state, and then denies that it exists',
    GONE,
    [
      startsAfter(60_000),
      answers('command-result', 202, {}, { skip: 5 }),
      answers('command-result', 404, {}, { skip: 6, times: Infinity }),
    ],
  ),
  recovers(
    'it is given up, and starts when only dates that are six minutes ahead say that it is too late',
    'succeeded in ',
    [startsAfter(200_000)],
    { options: { clockOffset: 6 * MINUTE, podClockOffset: -6 * MINUTE } },
  ),
  recovers(
    "the same, and the runner's clock is set ahead, too",
    'succeeded in ',
    [startsAfter(200_000)],
    {
      options: {
        clockOffset: 6 * MINUTE,
        podClockOffset: -6 * MINUTE,
        runnerSet: { afterMs: 40_000, byMs: 6 * MINUTE },
      },
    },
  ),
  recovers(
    "the same, and only the date of the submission's answer is right",
    'succeeded in ',
    [startsAfter(200_000)],
    {
      options: {
        clockOffset: -6 * MINUTE,
        wire: (['get-cluster', 'command-result'] as const).map((on) => ({
          on,
          do: { rewrites: datedAhead(6 * MINUTE) },
          ...ALWAYS,
        })),
      },
    },
  ),
  resubmitted(
    'it is given up, and never starts, while every answer is dated ten minutes ahead',
    AGAIN,
    [podDoesNotStart({ answerAfterMs: 30_000 })],
    { options: { clockOffset: 10 * MINUTE } },
  ),
  resubmitted(
    'the same, a minute ahead, and the command may run for a second: the step waits for the proof',
    AGAIN,
    [podDoesNotStart()],
    { options: { clockOffset: MINUTE }, inputs: { timeout: '1s' } },
  ),
  unknownNotRun(
    'the same, and ten minutes are more than the step waits',
    said('start-unclear', { apart: '10m' }),
    [podDoesNotStart({ answerAfterMs: 30_000 })],
    { options: { clockOffset: 10 * MINUTE }, ...BRIEF },
  ),
  recovers(
    'it is given up, starts in time, and one 404 among failures says nothing of it',
    ': succeeded',
    [
      startsAfter(60_000),
      // The 62nd poll is the first at which AKS's denial would count.
      answers('command-result', 503, {}, { times: 61 }),
      answers('command-result', 404, {}, { skip: 61 }),
    ],
  ),
];

const theResult = [
  unknownThoughRun(
    '503 with HTML for ever',
    said('no-answer-in-time'),
    [answers('command-result', 503, { body: '<html><title>502</title></html>' }, ALWAYS)],
    BRIEF,
  ),
  recovers(
    '499 for half a minute, after the command was seen to run',
    'succeeded in ',
    [
      answers(
        'command-result',
        499,
        { body: errorBody('499', 'Client Closed Request') },
        { skip: 8, times: 25 },
      ),
    ],
    { options: { command: { seconds: 90 } } },
  ),
  recovers(
    'a cache answers with the cluster for half a minute',
    ': succeeded',
    [answers('command-result', 200, { body: THE_CLUSTER }, { times: 20 })],
    { options: { command: { seconds: 60 } } },
  ),
  unknownThoughRun('its log comes after its result', UNPROVEN, [podLogIsLate(14_000)]),
  recovers(
    "Entra refuses once, and then the runner's clock is set back by two hours",
    'succeeded in ',
    [refusesTokens(1)],
    {
      options: {
        command: { seconds: 300 },
        accessTokenLifetime: 240,
        runnerSet: { afterMs: 150_000, byMs: -7_200_000 },
      },
    },
  ),
  recovers('a redirect, twice', ': succeeded', [
    answers('command-result', 307, ELSEWHERE, { times: 2 }),
  ]),
  stillRunning(
    'Entra refuses while the command runs',
    'AADSTS50999: no',
    [refusesTokens(Infinity)],
    {
      options: { command: { seconds: 100_000 }, accessTokenLifetime: 240 },
      inputs: { timeout: '10m' },
    },
  ),
  unknownThoughRun('403', said('result-forbidden', { permission: COMMAND_RESULTS_READ }), [], {
    options: { deniedActions: [COMMAND_RESULTS_READ] },
  }),
  stillRunning(
    '403, after the command was seen to run',
    said('result-forbidden', { permission: COMMAND_RESULTS_READ }),
    [answers('command-result', 403, FORBIDDEN, { skip: 8, times: Infinity })],
    { options: { command: { seconds: 100_000 } } },
  ),
  unknownNotRun('Failed, its image could not be pulled', said('image-not-pulled'), [
    podFails('ImagePullBackoff'),
  ]),
  unknownNotRun('Failed, since no node has room for its pod', said('unschedulable'), [
    podFails('Unschedulable - 0/1 nodes are available: 1 Insufficient cpu.'),
  ]),
  unknownThoughRun(
    'Failed after ten minutes, without a word',
    said('aks-failed', 'silent'),
    [podFails('', { ran: true })],
    { options: { command: { seconds: 596 } } },
  ),
  unknownThoughRun("Succeeded with the output of somebody else's command", UNPROVEN, [
    answers('command-result', 200, {
      body: '{"properties":{"provisioningState":"Succeeded","exitCode":0,"logs":"fine\\n"}}',
    }),
  ]),
];

describe.each([
  ['before the command is sent', beforeItIsSent],
  ['the submission', theSubmission],
  ["the pod's start", thePodsStart],
  ['the result', theResult],
] as const)('%s', (_step, rows) => {
  test.each([...rows])('$name', async ({ faults, options = {}, inputs = {}, expected, says }) => {
    const simulation = simulate({ ...options, faults });

    const step = await simulation.run(inputs);
    // Hours later, nothing has happened that contradicts the verdict.
    await simulation.clock.advance(3 * 3_600_000);

    const { state } = step.outputs;
    const { posted, ran } = simulation;
    expect({ state, posted: posted(), ran: ran() }).toEqual(expected);
    expect(step.success).toBe(expected.state === 'succeeded');
    expect(step.log).toMatch(says);
    expect(step.log + step.summary).not.toMatch(/undefined|\[object/);
    expect(step.outputs['reason'] === '').toBe(step.success);
    expect(simulation.strayed).toEqual([]);
    for (const token of simulation.azure.issuedTokens())
      expect(step.log + step.summary).not.toContain(token);
  });
});
