import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answers, demo, hangs, rewrites, type Fault } from '../../../../local/azure/index.ts';
import { AKS_SERVER } from '../../../../src/azure/cloud.ts';
import { accessTokens } from '../../../../src/edge/sign-in/access-tokens.ts';
import { idTokensFor } from '../../../../src/edge/sign-in/id-tokens.ts';
import { federated } from '../../../../src/edge/sign-in/federated.ts';
import type { IdTokenSource } from '../../../../src/hosts/port.ts';
import { counting, failureOf, jobAt, APPLICATION, trustedStandIn } from '../loopback.ts';
import { until } from '../../../support/until.ts';

/** An ID token is used for a minute; only its caller keeps an access token. */
const azure = trustedStandIn({ accessTokenLifetime: 240, idTokenLifetime: 90 });
afterEach(() => {
  azure().clearFaults();
});

let ports: ReturnType<typeof jobAt>;
let requests: ReturnType<typeof counting>;
beforeEach(() => {
  ports = jobAt(azure());
  requests = counting(azure());
});
const ALWAYS = { times: Infinity };
/** A mask of one of these would hide ordinary words. */
const NO_TOKENS = [
  ['a token of 19 letters', 'e'.repeat(19)],
  ['a token with a space', `${'e'.repeat(30)} and more`],
] as const;
const resource = () => azure().url;
const signIn = (given = ports) => federated(APPLICATION, () => Promise.resolve(azure().url), given);
/**
 * What comes of a request, the first of which hangs if that is the fault until its time is over.
 */
async function inTime<T>(requested: Promise<T>, { on, do: { kind } }: Fault): Promise<T> {
  if (kind === 'hang') {
    await until(() => requests()[on] === 1);
    ports.clock.endWaits();
  }
  return requested;
}
const unanswered = (cause: string) => ({ kind: 'unanswered', sent: 'perhaps', cause });
const said = (kind: string) => ports.transcript.filter((line) => line.startsWith(`${kind} `));

describe('an access token', () => {
  test('who signs in, and where, is said once', async () => {
    const request = signIn();
    await request(resource());
    await request(resource());
    expect(said('group')).toEqual([
      `group Signing in with GitHub's ID token
authority         ${azure().url}
tenant-id         ${demo.tenantId}
client-id         ${demo.clientId}
issuer            ${azure().url}/github
subject           repo:octo-org/shop:ref:refs/heads/main
audience          api://AzureADTokenExchange
job_workflow_ref  octo-org/shop/.github/workflows/deploy.yml@refs/heads/main`,
    ]);
  });

  test.each([
    [
      'busy',
      answers('token', 429, { body: '{"error":"busy","error_description":"Busy."}' }),
      '2s: HTTP 429 busy: Busy.',
    ],
    ['in trouble', answers('token', 503), '1s: HTTP 503'],
    ['silent', hangs('token'), '1s: no answer (no answer within 30 s)'],
  ])('is requested again where Entra is %s', async (_name, fault, words) => {
    azure().addFaults([fault]);
    expect(await inTime(signIn()(resource()), fault)).toHaveProperty('token');
    expect(requests()['token']).toBe(2);
    expect(said('show')).toEqual([`show Signing in to Entra failed. Retrying in ${words}`]);
  });

  test('an ID token that is too old for another try is replaced, or that is why', async () => {
    azure().addFaults([answers('token', 503), answers('id-token', 403, {}, { skip: 1 })]);
    const { clock } = ports;
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (milliseconds, signal) => {
      if (milliseconds < 20_000) clock.stopAt(Date.now() + 60_000);
      await sleep(milliseconds, signal);
    };
    expect(await failureOf(signIn()(resource()))).toEqual({ code: 'id-token', detail: 'HTTP 403' });
  });

  test.each([
    [
      'a refusal',
      { status: 400, body: '{"error":"invalid_client"}' },
      { kind: 'answered', status: 400 },
    ],
    [
      'the page of a firewall in its place',
      { status: 403, body: '<html><title>Blocked by policy</title></html>' },
      unanswered('the answer is not from Entra: HTTP 403 Blocked by policy'),
    ],
    ...NO_TOKENS.map(
      ([name, token]) =>
        [
          name,
          { body: JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: token }) },
          unanswered('the answer contains no usable access token'),
        ] as const,
    ),
  ])('where Entra answers with %s, that is why', async (_name, answer, expected) => {
    azure().addFaults([rewrites('token', answer, ALWAYS)]);
    expect(await failureOf(signIn()(resource()))).toMatchObject({
      code: 'entra',
      answer: expected,
      resource: resource(),
      claims: { subject: 'repo:octo-org/shop:ref:refs/heads/main' },
    });
  });
});

describe("GitHub's ID token", () => {
  test('is fetched once for all who want it, with an audience, and hidden', async () => {
    const assertions = idTokensFor('api://a b&c', ports);
    const one = await assertions.get();
    expect(await assertions.get()).toBe(one);
    expect(one.claims.audience).toBe('api://a b&c');
    expect(requests()).toEqual({ 'id-token': 1 });
    expect(ports.transcript).toContain(`mask ${one.jwt}`);
  });

  test.each<[what: string, later: number, times: number]>([
    ['kept', 59_999, 1],
    ['replaced', 60_000, 2],
  ])('is %s %s ms later, where it lives for 90 s', async (_what, later, times) => {
    const begin = Date.now();
    ports.clock.stopAt(begin);
    const assertions = idTokensFor(APPLICATION.audience, ports);
    await assertions.get();
    ports.clock.stopAt(begin + later);
    await assertions.get();
    expect(requests()['id-token']).toBe(times);
  });

  test.each([
    ['no answer in time', hangs('id-token'), 'no answer (no answer within 30 s)'],
    ['an error', answers('id-token', 500), 'HTTP 500'],
    ...NO_TOKENS.map(
      ([name, token]) =>
        [
          name,
          rewrites('id-token', { body: JSON.stringify({ value: token }) }),
          'no answer (the answer contains no usable ID token)',
        ] as const,
    ),
  ])('is asked for again where there is %s', async (_name, fault, words) => {
    azure().addFaults([fault]);
    expect(await inTime(idTokensFor(APPLICATION.audience, ports).get(), fault)).toHaveProperty(
      'jwt',
    );
    expect(said('show')).toEqual([
      `show Fetching GitHub's ID token failed. Retrying in 1s: ${words}`,
    ]);
  });

  test.each([
    ['http://127.0.0.1:1/x?y', 'ECONNREFUSED'],
    ['http://token.invalid/x?y', 'allowInsecureConnection is false'],
  ])('is asked for without TLS on this machine alone: %s', async (url, detail) => {
    const variables = {
      ACTIONS_ID_TOKEN_REQUEST_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
    };
    const fresh = idTokensFor(APPLICATION.audience, jobAt(azure(), variables)).get();
    expect(await failureOf(fresh)).toMatchObject({
      code: 'id-token',
      detail: expect.stringContaining(detail),
    });
  });

  test('that cannot be had can be had later', async () => {
    azure().addFaults([answers('id-token', 403, { body: '{"message":"No."}' })]);
    const assertions = idTokensFor(APPLICATION.audience, ports);
    expect(await failureOf(assertions.get())).toEqual({
      code: 'id-token',
      detail: 'HTTP 403 No.',
    });
    expect(await assertions.get()).toHaveProperty('jwt');
  });
});

/** The same job, whose ID tokens come from elsewhere. */
const from = (job: ReturnType<typeof jobAt>, source: IdTokenSource) => ({
  ...job,
  host: { ...job.host, idTokenSource: () => source },
});

describe('without GitHub', () => {
  test('there is no ID token', async () => {
    const bare = jobAt(azure(), {});
    const work = Promise.resolve().then(() => idTokensFor(APPLICATION.audience, bare));
    expect(await failureOf(work)).toEqual({ code: 'no-id-token' });
  });

  test('a variable that the user named has it', async () => {
    const { jwt } = await idTokensFor(APPLICATION.audience, ports).get();
    const given = jobAt(azure(), { ...azure().runnerEnv(), MY_TOKEN: `${jwt}\n` });
    const named = (name: string) => from(given, { kind: 'variable', name });
    requests = counting(azure());
    expect(await signIn(named('MY_TOKEN'))(resource())).toHaveProperty('token');
    expect(requests()).toEqual({ 'openid-configuration': 1, token: 1 });
    expect(given.transcript).toContain(`mask ${jwt}`);
    expect(await failureOf(signIn(named('NOPE'))(resource()))).toEqual({
      code: 'id-token',
      detail: 'The variable NOPE is empty or not set.',
    });
  });

  test('a variable that holds no token is not hidden, since its text may be anywhere', async () => {
    const given = jobAt(azure(), { MY_TOKEN: 'e' });
    const job = from(given, { kind: 'variable', name: 'MY_TOKEN' });
    expect(await failureOf(signIn(job)(resource()))).toEqual({
      code: 'id-token',
      detail: 'It is not an ID token: too short, or with white space inside.',
    });
    expect(given.transcript).toEqual([]);
  });

  test('a file has it, which is read each time, since its token may be old already', async () => {
    const file = path.join(path.dirname(azure().caFile), 'id-token');
    const { jwt } = await idTokensFor(APPLICATION.audience, ports).get();
    const bare = jobAt(azure(), {});
    const job = from(bare, { kind: 'file', path: file });
    const request = signIn(job);
    expect(await failureOf(request(resource()))).toMatchObject({
      code: 'id-token',
      detail: expect.stringContaining('ENOENT') as unknown,
    });
    writeFileSync(file, `${jwt}\n`);
    expect(await request(resource())).toHaveProperty('token');
    const other = await idTokensFor(APPLICATION.audience, ports).get();
    expect(other.jwt).not.toBe(jwt);
    writeFileSync(file, other.jwt);
    expect(await request(resource())).toHaveProperty('token');
    expect(bare.transcript).toContain(`mask ${other.jwt}`);
    expect(bare.transcript.join('\n')).toContain(
      'group Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE\n',
    );
    expect(bare.transcript).toContain(`mask ${jwt}`);
  });
});

describe('an access token that the step keeps', () => {
  let tokens: ReturnType<typeof accessTokens>;
  beforeEach(() => {
    tokens = accessTokens(APPLICATION, () => Promise.resolve(azure().url), ports);
  });
  const get = () => tokens.get(resource());

  test('is requested once for all who ask for it, and is hidden', async () => {
    const one = await get();
    expect(await get()).toBe(one);
    expect(requests()).toEqual({ 'id-token': 1, 'openid-configuration': 1, token: 1 });
    expect(ports.transcript).toContain(`mask ${one.token}`);
    // No message repeats what is in here.
    expect(ports.secrets.hide(one.token)).toBe('***');
  });

  test('is one for its resource', async () => {
    const [arm, aks] = await Promise.all([get(), tokens.get(AKS_SERVER)]);
    expect(arm.token).not.toBe(aks.token);
  });

  test.each<[what: string, when: string, left: number, times: number]>([
    ['kept', 'more than two minutes', 120_001, 1],
    ['replaced', 'two minutes', 120_000, 2],
  ])('is %s %s before it expires', async (_what, _when, left, times) => {
    const { token, expiresOnTimestamp } = await get();
    ports.clock.stopAt(expiresOnTimestamp - left);
    const again = await get();
    expect(again.token === token).toBe(times === 1);
    expect(requests()['token']).toBe(times);
  });

  test('is requested once by all who wait for it', async () => {
    azure().addFaults([answers('token', 503)]);
    const all = await Promise.all([get(), get(), get()]);
    expect(new Set(all).size).toBe(1);
    expect(requests()['token']).toBe(2);
  });

  test('that was refused can be had in a minute, and is not requested before', async () => {
    const begin = Date.now();
    ports.clock.stopAt(begin);
    azure().addFaults([answers('token', 400, { body: '{"error":"invalid_client"}' })]);
    await expect(get()).rejects.toThrow('entra');
    ports.clock.stopAt(begin + 59_999);
    await expect(get()).rejects.toThrow('entra');
    expect(requests()['token']).toBe(1);
    ports.clock.stopAt(begin + 60_000);
    await expect(get()).resolves.toHaveProperty('token');
  });

  test('is another one once it was forgotten', async () => {
    const { token } = await get();
    tokens.forget();
    expect((await get()).token).not.toBe(token);
  });
});
