import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answers } from '../../../local/azure/index.ts';
import { AKS_SERVER } from '../../../src/azure/cloud.ts';
import { accessTokens } from '../../../src/edge/azure/access-tokens.ts';
import { counting, jobAt, APPLICATION, trustedStandIn } from './loopback.ts';

/** Access tokens are near their end from the beginning, so that MSAL keeps none of them itself. */
const azure = trustedStandIn({ accessTokenLifetime: 240 });
afterEach(() => {
  azure().clearFaults();
});

let ports: ReturnType<typeof jobAt>;
let tokens: ReturnType<typeof accessTokens>;
let requests: ReturnType<typeof counting>;
const ARM = () => azure().url;
beforeEach(() => {
  ports = jobAt(azure());
  tokens = accessTokens(APPLICATION, () => Promise.resolve(azure().url), ports);
  requests = counting(azure());
});
const masked = () => ports.transcript.filter((line) => line.startsWith('mask '));

describe('a token', () => {
  test('is requested once for all who ask for it, and is hidden', async () => {
    const one = await tokens.get(ARM());
    expect(await tokens.get(ARM())).toBe(one);
    expect(requests()).toEqual({ 'id-token': 1, 'openid-configuration': 1, token: 1 });
    expect(masked()).toContain(`mask ${one.token}`);
    // No message repeats what is in here.
    expect(ports.secrets.hide(one.token)).toBe('***');
  });

  test('is one for its resource', async () => {
    const [arm, aks] = await Promise.all([tokens.get(ARM()), tokens.get(AKS_SERVER)]);
    expect(arm.token).not.toBe(aks.token);
  });

  test.each<[what: string, when: string, left: number, times: number]>([
    ['kept', 'more than two minutes', 120_001, 1],
    ['replaced', 'two minutes', 120_000, 2],
  ])('is %s %s before it expires', async (_what, _when, left, times) => {
    const { token, expiresOnTimestamp } = await tokens.get(ARM());
    ports.clock.stopAt(expiresOnTimestamp - left);
    const again = await tokens.get(ARM());
    expect(again.token === token).toBe(times === 1);
    expect(requests()['token']).toBe(times);
  });

  test('is requested once by all who wait for it', async () => {
    azure().addFaults([answers('token', 503)]);
    const all = await Promise.all([tokens.get(ARM()), tokens.get(ARM()), tokens.get(ARM())]);
    expect(new Set(all).size).toBe(1);
    expect(requests()['token']).toBe(2);
  });

  test.each<[what: string, headers: Record<string, string>, minutes: number]>([
    ['in a minute', {}, 1],
    ['after two hours, as Entra asks', { 'retry-after': '7200' }, 120],
    ['in a minute, though Entra asks for less', { 'retry-after': '1' }, 1],
  ])(
    'that was refused can be had %s, and is not requested before',
    async (_w, headers, minutes) => {
      const begin = Date.now();
      ports.clock.stopAt(begin);
      azure().addFaults([answers('token', 400, { headers, body: '{"error":"invalid_client"}' })]);
      await expect(tokens.get(ARM())).rejects.toThrow('entra');
      ports.clock.stopAt(begin + minutes * 60_000 - 1);
      await expect(tokens.get(ARM())).rejects.toThrow('entra');
      expect(requests()['token']).toBe(1);
      ports.clock.stopAt(begin + minutes * 60_000);
      await expect(tokens.get(ARM())).resolves.toHaveProperty('token');
    },
  );

  test('is another one once it was forgotten', async () => {
    const { token } = await tokens.get(ARM());
    tokens.forget();
    expect((await tokens.get(ARM())).token).not.toBe(token);
  });
});
