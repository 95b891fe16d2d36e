import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  answers,
  errorBody,
  noExitCode,
  podDoesNotStart,
  podFails,
  podIsKilled,
  podStartsLate,
  resetsAfter,
  resetsBefore,
  rewrites,
  runningIs200,
  startLocalAzure,
  type Fault,
  type LocalAzure,
} from '../../local-azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { inParallel, runStepOn, type Outcome, type StepOptions } from './with-faults.ts';

/** One fault, or a few, and all that must come of it. What needs minutes is in `__tests__/lifecycle/faults.test.ts`. */
type Row = Pick<StepOptions, 'azure' | 'inputs' | 'command' | 'afterwards'> & {
  readonly name: string;
  /** `elsewhere` is the URL of a server that nothing must be sent to. */
  readonly faults?: (elsewhere: string) => readonly Fault[];
  readonly state: State;
  readonly posted: number;
  readonly ran: number;
  /** A stable part of what is shown. */
  readonly says: string;
};

const ALWAYS = { times: Infinity };
const ID = 'c0ffee00000000000000000000000001';
const ENTRA = { cluster: 'entra' };
const CLUSTER_READ = 'Microsoft.ContainerService/managedClusters/read';
const RESULTS_READ = 'Microsoft.ContainerService/managedClusters/commandResults/read';
const HTML = { body: '<html><head><title>502 Bad Gateway</title></head></html>' };
const SOON = { headers: { 'retry-after': '1' } };
const SHORT = { 'start-timeout': '2s', 'start-retries': '1' };
const kubernetesError = (details: string) => ({
  body: errorBody('KubernetesOperationError', `due to kubernetes failure. details: ${details}`),
});
const to = (elsewhere: string) => ({ headers: { location: `${elsewhere}/commandResults/${ID}` } });

const recovers = { state: 'succeeded', posted: 1, ran: 1 } as const;
const never = { state: 'not-started', posted: 0, ran: 0 } as const;
const refused = { state: 'not-started', posted: 1, ran: 0 } as const;

const rows: Row[] = [
  // Before the command is sent
  {
    name: 'metadata: 503',
    faults: () => [answers('metadata', 503)],
    ...recovers,
    says: "Reading the cloud's metadata",
  },
  { name: 'metadata: torn before', faults: () => [resetsBefore('metadata')], ...recovers, says: 'Retrying in 1s' },
  {
    name: 'metadata: garbage',
    faults: () => [answers('metadata', 200, { body: '}{' })],
    ...never,
    says: 'does not say where to sign in',
  },
  {
    name: 'metadata: a redirect',
    faults: (elsewhere) => [answers('metadata', 307, to(elsewhere))],
    ...never,
    says: 'does not say where to sign in',
  },
  {
    name: 'metadata: connection refused for ever',
    inputs: { environment: 'https://localhost:1' },
    ...never,
    says: 'ECONNREFUSED',
  },
  { name: 'ID token: 500', faults: () => [answers('id-token', 500)], ...recovers, says: "Fetching GitHub's ID token" },
  {
    name: 'ID token: 403',
    faults: () => [answers('id-token', 403)],
    ...never,
    says: 'GitHub did not issue an ID token',
  },
  {
    name: 'ID token: a redirect',
    faults: (elsewhere) => [answers('id-token', 307, to(elsewhere))],
    ...never,
    says: 'GitHub did not issue an ID token',
  },
  {
    name: 'ID token: torn after',
    faults: () => [resetsAfter('id-token')],
    ...recovers,
    says: "Fetching GitHub's ID token failed",
  },
  {
    name: 'ID token: garbage once',
    faults: () => [answers('id-token', 200, { body: '{}' })],
    ...recovers,
    says: "Fetching GitHub's ID token failed",
  },
  {
    name: "Entra's configuration: 500",
    faults: () => [answers('openid-configuration', 500)],
    ...recovers,
    says: 'Signing in to Entra failed',
  },
  {
    name: "Entra's configuration: 429",
    faults: () => [answers('openid-configuration', 429, SOON)],
    ...recovers,
    says: 'Signing in to Entra failed',
  },
  { name: 'Entra: 429', faults: () => [answers('token', 429, SOON)], ...recovers, says: 'Signing in to Entra failed' },
  { name: 'Entra: 503', faults: () => [answers('token', 503, HTML)], ...recovers, says: '502 Bad Gateway' },
  {
    name: 'Entra: torn before and after',
    faults: () => [resetsBefore('token'), resetsAfter('token')],
    ...recovers,
    says: 'Retrying in 2s',
  },
  {
    name: 'Entra: a redirect',
    faults: (elsewhere) => [answers('token', 307, to(elsewhere))],
    ...never,
    says: 'Entra refused an access token',
  },
  {
    name: 'Entra: 401',
    faults: () => [answers('token', 401, { body: '{"error_description":"AADSTS700016: no such application"}' })],
    ...never,
    says: 'has no application with the client ID',
  },
  {
    name: 'cluster: 429',
    faults: () => [answers('get-cluster', 429, SOON)],
    ...recovers,
    says: 'Reading the cluster failed. Retrying in 2s',
  },
  {
    name: 'cluster: 500, then torn',
    faults: () => [answers('get-cluster', 500), resetsAfter('get-cluster')],
    ...recovers,
    says: 'Reading the cluster failed. Retrying in 2s',
  },
  { name: 'cluster: 401', faults: () => [answers('get-cluster', 401)], ...recovers, says: 'hello' },
  {
    name: 'cluster: 403',
    azure: { deniedActions: [CLUSTER_READ] },
    ...recovers,
    says: 'The identity cannot read the cluster, which is optional',
  },
  { name: 'cluster: 404', inputs: { cluster: 'nowhere' }, ...never, says: 'has no cluster nowhere' },
  { name: 'cluster: garbage', faults: () => [answers('get-cluster', 200, HTML)], ...recovers, says: 'hello' },
  {
    name: 'cluster: a redirect',
    faults: (elsewhere) => [answers('get-cluster', 307, to(elsewhere))],
    ...never,
    says: 'The cluster could not be read',
  },
  { name: 'cluster: stopped', inputs: { cluster: 'stopped' }, ...never, says: 'The cluster is stopped' },
  { name: 'cluster: disabled', inputs: { cluster: 'disabled' }, ...never, says: 'Run command is disabled' },
  {
    name: 'cluster token: 503',
    inputs: ENTRA,
    // The first of the two is asked for early, beside the cluster, and without a word.
    faults: () => [answers('token', 503, {}, { skip: 1, times: 2 })],
    ...recovers,
    says: 'Signing in to Entra failed',
  },

  // The submission
  {
    name: 'submission: 429',
    faults: () => [answers('run-command', 429, SOON)],
    ...recovers,
    posted: 2,
    says: 'accept the command (throttled)',
  },
  ...([500, 503, 504, 408] as const).map((status) => ({
    name: `submission: ${status} after it was accepted`,
    faults: () => [rewrites('run-command', { status, headers: { location: null } })],
    state: 'unknown' as const,
    posted: 1,
    ran: 1,
    says: 'did not say whether it accepted the command',
  })),
  {
    name: 'submission: 502 with HTML',
    faults: () => [answers('run-command', 502, HTML)],
    state: 'unknown',
    posted: 1,
    ran: 0,
    says: '502 Bad Gateway',
  },
  {
    name: 'submission: 403',
    azure: { deniedActions: ['Microsoft.ContainerService/managedClusters/runCommand/action'] },
    ...refused,
    says: 'The identity lacks the permission Microsoft.ContainerService/managedClusters/runCommand/action',
  },
  {
    name: 'submission: 401',
    faults: () => [answers('run-command', 401)],
    ...recovers,
    posted: 2,
    says: 'Azure rejected the access token. Requesting a new one',
  },
  {
    name: 'submission: 401 for ever',
    faults: () => [answers('run-command', 401, {}, ALWAYS)],
    ...refused,
    posted: 2,
    says: 'Azure rejected the access token and a new one',
  },
  {
    name: 'submission: 409',
    faults: () => [answers('run-command', 409)],
    ...recovers,
    posted: 2,
    says: 'another operation is in progress on the cluster',
  },
  {
    name: 'submission: 413 with HTML',
    faults: () => [answers('run-command', 413, HTML)],
    ...refused,
    says: 'The request is larger than Azure accepts',
  },
  {
    name: 'submission: torn before',
    faults: () => [resetsBefore('run-command')],
    state: 'unknown',
    posted: 1,
    ran: 0,
    says: 'may or may not have run',
  },
  {
    name: 'submission: torn after it was accepted',
    faults: () => [resetsAfter('run-command')],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'kubectl get pods -n aks-command',
  },
  {
    name: 'submission: no Location',
    faults: () => [rewrites('run-command', { headers: { location: null } })],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'did not say whether it accepted the command',
  },
  {
    name: 'submission: Location on a foreign host',
    azure: { newCommandId: () => ID },
    faults: (elsewhere) => [rewrites('run-command', to(elsewhere))],
    ...recovers,
    says: `AKS accepted command ${ID}`,
  },
  {
    name: 'submission: Location without the subscription',
    azure: { newCommandId: () => ID },
    faults: () => [rewrites('run-command', to('https://localhost/subscriptions'))],
    ...recovers,
    says: 'hello',
  },
  {
    name: 'submission: 200 with the id in the body',
    azure: { newCommandId: () => ID },
    faults: () => [rewrites('run-command', { status: 200, headers: { location: null }, body: `{"id":"${ID}"}` })],
    ...recovers,
    says: 'hello',
  },
  ...([307, 308, 302] as const).map((status) => ({
    name: `submission: a redirect, ${status}`,
    faults: (elsewhere: string) => [answers('run-command', status, to(elsewhere))],
    state: 'unknown' as const,
    posted: 1,
    ran: 0,
    says: 'did not say whether it accepted the command',
  })),
  {
    name: 'submission: Entra, and a caller who may not read the cluster',
    azure: { deniedActions: [CLUSTER_READ] },
    inputs: ENTRA,
    ...recovers,
    posted: 2,
    says: 'The cluster uses Entra. Requesting a token for it',
  },
  {
    name: 'submission: admission denied',
    faults: () => [
      answers('run-command', 400, kubernetesError('admission webhook "v.gatekeeper.sh" denied the request: no')),
    ],
    ...refused,
    says: "A policy of the cluster blocked the command's pod",
  },
  {
    name: 'submission: another Kubernetes failure',
    faults: () => [answers('run-command', 400, kubernetesError('unable to upgrade connection'))],
    state: 'unknown',
    posted: 1,
    ran: 0,
    says: 'unable to upgrade connection',
  },

  // The pod's start
  {
    name: 'start: given up, for ever',
    inputs: SHORT,
    faults: () => [podDoesNotStart({}, ALWAYS)],
    ...refused,
    posted: 2,
    says: 'It was submitted 2 times',
  },
  {
    name: 'start: given up once',
    inputs: SHORT,
    faults: () => [podDoesNotStart()],
    ...recovers,
    posted: 2,
    says: 'did not start and no longer can. Resubmitting it, retry 1 of 1',
  },
  {
    name: 'start: given up, and it starts in time',
    inputs: { 'start-timeout': '6s' },
    faults: () => [podDoesNotStart({ startsAfterMs: 2500 })],
    ...recovers,
    says: 'It may still start until',
  },
  {
    name: 'start: given up, and it starts too late, while that is watched',
    inputs: { 'start-timeout': '2s', 'start-retries': '0' },
    faults: () => [podDoesNotStart({ startsAfterMs: 3500 })],
    ...refused,
    says: 'did not start in time',
  },
  {
    name: 'start: given up, and it starts after the verdict',
    inputs: { 'start-timeout': '1s', 'start-retries': '0' },
    faults: () => [podDoesNotStart({ startsAfterMs: 12_000 })],
    afterwards: 7000,
    ...refused,
    says: 'did not start in time',
  },
  {
    name: 'start: given up, it starts in time, and a 404 of the cluster says nothing of it',
    inputs: { ...SHORT, timeout: '1s' },
    faults: () => [
      podDoesNotStart({ startsAfterMs: 500 }),
      answers('command-result', 404, { body: errorBody('ResourceNotFound', 'The Resource was not found.') }, ALWAYS),
    ],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'it is not known whether it started later',
  },
  {
    name: 'start: every answer is dated ahead, and it starts when only those dates say that it is too late',
    azure: { clockOffset: 9000 },
    inputs: { 'start-timeout': '1s', 'start-retries': '1' },
    faults: () => [podDoesNotStart({ startsAfterMs: 7500 })],
    ...recovers,
    says: 'It may still start until',
  },
  {
    name: 'start: accepted, and it starts too late',
    inputs: { 'start-timeout': '1s', 'start-retries': '0' },
    faults: () => [podStartsLate(2500)],
    ...refused,
    says: 'did not start in time',
  },
  {
    name: 'start: with Entra, given up by AKS, and it starts in time',
    azure: { startDeadline: 1000 },
    inputs: { ...ENTRA, 'start-timeout': '10s' },
    faults: () => [podStartsLate(2500)],
    ...recovers,
    says: 'It may still start until',
  },

  // The result
  { name: 'result: 429', faults: () => [answers('command-result', 429, SOON)], ...recovers, says: 'hello' },
  {
    name: 'result: 500 and 503',
    faults: () => [answers('command-result', 500, HTML), answers('command-result', 503)],
    ...recovers,
    says: 'hello',
  },
  {
    name: 'result: torn before and after',
    faults: () => [resetsBefore('command-result'), resetsAfter('command-result')],
    ...recovers,
    says: 'hello',
  },
  {
    name: 'result: garbage, nothing, HTML',
    faults: () => ['}{', '', HTML.body].map((body) => answers('command-result', 200, { body })),
    ...recovers,
    says: 'hello',
  },
  {
    name: 'result: a redirect',
    faults: (elsewhere) => [answers('command-result', 307, to(elsewhere), { times: 2 })],
    ...recovers,
    says: 'hello',
  },
  { name: 'result: 404 for a moment', faults: () => [answers('command-result', 404)], ...recovers, says: 'hello' },
  {
    name: 'result: 404 for ever',
    faults: () => [answers('command-result', 404, {}, ALWAYS)],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'Azure has no result for the command',
  },
  { name: 'result: 401', faults: () => [answers('command-result', 401)], ...recovers, says: 'hello' },
  {
    name: 'result: 403',
    azure: { deniedActions: [RESULTS_READ] },
    state: 'running',
    posted: 1,
    ran: 1,
    says: `it lacks the permission ${RESULTS_READ}`,
  },
  {
    name: 'result: Running with status 200',
    faults: () => [runningIs200()],
    command: 'sleep 1; echo hello',
    ...recovers,
    says: 'hello',
  },
  {
    name: 'result: Failed',
    faults: () => [podFails('ImagePullBackoff')],
    state: 'unknown',
    posted: 1,
    ran: 0,
    says: 'could not pull the image',
  },
  {
    name: 'result: Succeeded without an exit code',
    faults: () => [noExitCode()],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'the end of the command without an exit code',
  },
  {
    name: 'result: the container is killed',
    faults: () => [podIsKilled(2000)],
    command: 'echo before; sleep 60',
    state: 'failed',
    posted: 1,
    ran: 1,
    says: 'exit code 137',
  },
  {
    name: "result: somebody else's",
    faults: () => [
      answers('command-result', 200, { body: '{"properties":{"provisioningState":"Succeeded","exitCode":0}}' }, ALWAYS),
    ],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'so the exit code cannot be trusted',
  },
];

const outcomes = new Map<string, Outcome>();
let elsewhere: LocalAzure;

beforeAll(async () => {
  elsewhere = await startLocalAzure();
  await inParallel(rows, 6, async ({ name, faults, azure, ...row }) => {
    const options = { ...row, awaitedRuns: row.ran, azure: { ...azure, faults: faults?.(elsewhere.url) ?? [] } };
    outcomes.set(name, await runStepOn({ ...options, trusting: elsewhere.caFile }));
  });
}, 170_000);
afterAll(() => elsewhere.stop());

test.each(rows)('$name', ({ name, state, posted, ran, says }) => {
  const step = outcomes.get(name);
  if (!step) throw new Error('The step did not run');
  const shown = step.log.shown + step.summary;

  expect({ state: step.outputs['state'], posted: step.posted, ran: step.ran }).toEqual({ state, posted, ran });
  expect(step.exitCode).toBe(state === 'succeeded' ? 0 : 1);
  expect(step.stderr).toBe('');
  expect(step.log.shown).toContain(says);
  expect(shown).not.toMatch(/undefined|\[object/);
  expect(step.outputs['reason'] === '').toBe(state === 'succeeded');
  for (const token of step.tokens)
    expect(step.stdout.replaceAll(/^::add-mask::.*$/gm, '') + shown).not.toContain(token);
});

test('nothing was sent elsewhere, whatever redirects and Location headers said', () => {
  expect(elsewhere.requests().map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([]);
});
