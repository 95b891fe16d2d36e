import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answers, hangs } from '../../../local/azure/index.ts';
import { AKS_SERVER_SCOPE } from '../../../src/azure/cloud.ts';
import { tokensFor } from '../../../src/edge/azure/tokens.ts';
import { counting, jobAt, OIDC, standIn, until } from './loopback.ts';

/** Access tokens are near their end from the beginning, so that MSAL keeps none of them itself. */
const azure = standIn({ accessTokenLifetime: 240 });
afterEach(() => {
  azure().clearFaults();
});

let ports: ReturnType<typeof jobAt>;
let tokens: ReturnType<typeof tokensFor>;
let requests: ReturnType<typeof counting>;
const ARM_SCOPE = () => `${azure().url}/.default`;
beforeEach(() => {
  ports = jobAt(azure());
  tokens = tokensFor(OIDC, () => Promise.resolve(azure().url), ports);
  requests = counting(azure());
});
const masked = () => ports.transcript.filter((line) => line.startsWith('mask '));
const said = () => ports.transcript.filter((line) => /^(?:say|show|warn) /.test(line));

describe('a token', () => {
  test('is requested once for all who ask at once, and is hidden', async () => {
    const [one, other] = await Promise.all([tokens.get(ARM_SCOPE()), tokens.get(ARM_SCOPE())]);
    expect(one).toBe(other);
    expect(requests()).toEqual({ 'id-token': 1, 'openid-configuration': 1, token: 1 });
    expect(masked()).toContain(`mask ${one.token}`);
  });

  test('is one of its scope', async () => {
    const [arm, aks] = await Promise.all([tokens.get(ARM_SCOPE()), tokens.get(AKS_SERVER_SCOPE)]);
    expect(arm.token).not.toBe(aks.token);
  });

  test.each([
    ['kept', 'more than two minutes', 120_001, 1],
    ['replaced', 'two minutes', 120_000, 2],
  ])('is %s %s before it expires', async (_what, _when, left, times) => {
    const { token, expiresOnTimestamp } = await tokens.get(ARM_SCOPE());
    ports.clock.stopAt(expiresOnTimestamp - left);
    const again = await tokens.get(ARM_SCOPE());
    expect(again.token === token).toBe(times === 1);
    expect(requests()['token']).toBe(times);
  });

  test('that was refused can be had later', async () => {
    azure().addFaults([answers('token', 400, { body: '{"error":"invalid_client"}' })]);
    await expect(tokens.get(ARM_SCOPE())).rejects.toThrow('entra');
    await expect(tokens.get(ARM_SCOPE())).resolves.toHaveProperty('token');
  });

  test('is another one once it was forgotten', async () => {
    const { token } = await tokens.get(ARM_SCOPE());
    tokens.forget();
    expect((await tokens.get(ARM_SCOPE())).token).not.toBe(token);
  });
});

describe('a token that may be needed soon', () => {
  test('is there when it is', async () => {
    tokens.begin(ARM_SCOPE());
    tokens.begin(ARM_SCOPE());
    const { token } = await tokens.get(ARM_SCOPE());
    expect(requests()['token']).toBe(1);
    expect(masked()).toContain(`mask ${token}`);
    tokens.begin(ARM_SCOPE());
    await tokens.get(ARM_SCOPE());
    expect(requests()['token']).toBe(1);
  });

  test('is not requested beside one that is waited for', async () => {
    const asked = tokens.get(ARM_SCOPE());
    tokens.begin(ARM_SCOPE());
    await asked;
    await tokens.get(ARM_SCOPE());
    expect(requests()['token']).toBe(1);
  });

  test.each([
    ['is throttled', answers('token', 429)],
    ['has no answer in time', hangs('token')],
    ['has no ID token', answers('id-token', 403)],
  ])('is requested without a word where it %s, and again when it is needed', async (_name, fault) => {
    azure().addFaults([fault]);
    tokens.begin(ARM_SCOPE());
    if (fault.do.kind === 'hang') {
      await until(() => requests()[fault.on] === 1);
      ports.clock.endWaits();
    }
    await expect(tokens.get(ARM_SCOPE())).resolves.toHaveProperty('token');
    expect(said()).toEqual([]);
    expect(requests()[fault.on]).toBe(2);
  });

  test('is requested anew once it was forgotten', async () => {
    tokens.begin(ARM_SCOPE());
    await tokens.get(ARM_SCOPE());
    tokens.forget();
    tokens.begin(ARM_SCOPE());
    await until(() => requests()['token'] === 2);
    await tokens.get(ARM_SCOPE());
    expect(requests()['token']).toBe(2);
  });
});

test('without an application, a session is taken that is there', () => {
  tokensFor({ kind: 'ambient' }, () => Promise.resolve(azure().url), ports);
  expect(said()).toEqual([expect.stringContaining('existing Azure session')]);
});

describe('to prepare', () => {
  test('fetches the ID token, whoever is to take it', async () => {
    await tokens.prepare();
    expect(requests()).toEqual({ 'id-token': 1 });
    await tokens.get(ARM_SCOPE());
    expect(requests()['id-token']).toBe(1);
  });

  test('is nothing where there is a token, however old the ID token is', async () => {
    await tokens.get(ARM_SCOPE());
    ports.clock.stopAt(Date.now() + 3_600_000);
    await tokens.prepare();
    expect(requests()['id-token']).toBe(1);
  });
});
