import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  answers,
  errorBody,
  podDoesNotStart,
  podIsKilled,
  podStartsLate,
  resetsAfter,
  resetsBefore,
  rewrites,
  startLocalAzure,
  type Fault,
  type LocalAzure,
} from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { runStepOn, type StepOptions } from './with-faults.ts';

/**
 * One fault, or a few, and all that must come of it: those in which real connections, a real pod or a real clock take part.
 * `__tests__/lifecycle/faults.test.ts` has the others, and all that take minutes.
 */
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
const HTML = { body: '<html><head><title>502 Bad Gateway</title></head></html>' };
const SOON = { headers: { 'retry-after': '1' } };
const SHORT = { 'start-timeout': '2s', 'start-retries': '1' };
const to = (elsewhere: string) => ({ headers: { location: `${elsewhere}/commandResults/${ID}` } });

const recovers = { state: 'succeeded', posted: 1, ran: 1 } as const;
const never = { state: 'not-started', posted: 0, ran: 0 } as const;
const refused = { state: 'not-started', posted: 1, ran: 0 } as const;

const rows: Row[] = [
  // Before the command is sent
  { name: 'metadata: torn before', faults: () => [resetsBefore('metadata')], ...recovers, says: 'Retrying in 1s' },
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
    name: "Entra's configuration: 429",
    faults: () => [answers('openid-configuration', 429, SOON)],
    ...recovers,
    says: 'Signing in to Entra failed',
  },
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
    name: 'cluster: 500, then torn',
    faults: () => [answers('get-cluster', 500), resetsAfter('get-cluster')],
    ...recovers,
    says: 'Reading the cluster failed. Retrying in 2s',
  },
  { name: 'cluster: 401', faults: () => [answers('get-cluster', 401)], ...recovers, says: 'hello' },
  {
    name: 'cluster: a redirect',
    faults: (elsewhere) => [answers('get-cluster', 307, to(elsewhere))],
    ...never,
    says: 'The cluster could not be read',
  },

  // The submission
  {
    name: 'submission: 429',
    faults: () => [answers('run-command', 429, SOON)],
    ...recovers,
    posted: 2,
    says: 'accept the command (throttled)',
  },
  {
    name: 'submission: 503 after it was accepted',
    faults: () => [rewrites('run-command', { status: 503, headers: { location: null } })],
    state: 'unknown',
    posted: 1,
    ran: 1,
    says: 'did not say whether it accepted the command',
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
    says: 'kubectl get pods --namespace aks-command',
  },
  {
    name: 'submission: Location on a foreign host',
    azure: { newCommandId: () => ID },
    faults: (elsewhere) => [rewrites('run-command', to(elsewhere))],
    ...recovers,
    says: `AKS accepted command ${ID}`,
  },
  ...([307, 308, 302] as const).map((status) => ({
    name: `submission: a redirect, ${status}`,
    faults: (elsewhere: string) => [answers('run-command', status, to(elsewhere))],
    state: 'unknown' as const,
    posted: 1,
    ran: 0,
    says: 'did not say whether it accepted the command',
  })),

  // The pod's start
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
    says: "could not start the command's pod in time",
  },
  {
    name: 'start: given up, and it starts after the verdict',
    inputs: { 'start-timeout': '1s', 'start-retries': '0' },
    faults: () => [podDoesNotStart({ startsAfterMs: 12_000 })],
    afterwards: 7000,
    ...refused,
    says: "could not start the command's pod in time",
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
    name: 'start: with Entra, given up by AKS, and it starts in time',
    azure: { startDeadline: 1000 },
    inputs: { ...ENTRA, 'start-timeout': '10s' },
    faults: () => [podStartsLate(2500)],
    ...recovers,
    says: 'It may still start until',
  },

  // The result
  {
    name: 'result: longer than any answer',
    faults: () => [
      answers('command-result', 200, {
        body: `${' '.repeat(17 * 2 ** 20)}{"properties":{"provisioningState":"Succeeded","exitCode":0}}`,
      }),
    ],
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

let elsewhere: LocalAzure;

beforeAll(async () => {
  elsewhere = await startLocalAzure();
});
afterAll(() => elsewhere.stop());

test.concurrent.each(rows)('$name', async ({ state, posted, ran, says, faults, azure, ...more }) => {
  const options = { ...more, awaitedRuns: ran, azure: { ...azure, faults: faults?.(elsewhere.url) ?? [] } };
  const step = await runStepOn({ ...options, trusting: elsewhere.caFile });
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
