import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { throwAwayCertificate } from '../../../../local/azure/certificate.ts';
import { answers, demo } from '../../../../local/azure/index.ts';
import { ambient } from '../../../../src/edge/sign-in/ambient.ts';
import { idTokensFor } from '../../../../src/edge/sign-in/id-tokens.ts';
import { needing } from '../../../support/tools.ts';
import {
  counting,
  failureOf,
  jobAt,
  APPLICATION,
  portOf,
  trustedStandIn,
  trust,
} from '../loopback.ts';
import { until } from '../../../support/until.ts';
import { scratch } from '../../../support/scratch.ts';

const azure = trustedStandIn();
const folder = scratch('ambient');
const tokenFile = path.join(folder, 'id-token');

let usual: NodeJS.ProcessEnv;
beforeEach(() => {
  usual = { ...process.env };
});
afterEach(() => {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, usual);
  azure().clearFaults();
});

const RESOURCE = 'https://management.example';
const IN_KUBERNETES = {
  AZURE_FEDERATED_TOKEN_FILE: tokenFile,
  AZURE_CLIENT_ID: demo.clientId,
  AZURE_TENANT_ID: demo.tenantId,
};
const IN_PIPELINES = {
  SYSTEM_ACCESSTOKEN: 'mapped',
  SYSTEM_OIDCREQUESTURI: 'https://localhost:9/oidctoken',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'connection',
  AZURESUBSCRIPTION_CLIENT_ID: demo.clientId,
  AZURESUBSCRIPTION_TENANT_ID: demo.tenantId,
};

/** A machine whose `az` is this script, if any. */
async function machine(az: string | undefined, variables: Readonly<Record<string, string>> = {}) {
  const bin = mkdtempSync(path.join(folder, 'bin-'));
  if (az !== undefined) writeFileSync(path.join(bin, 'az'), `#!/bin/sh\n${az}\n`, { mode: 0o755 });
  Object.assign(process.env, { PATH: bin }, variables);
  const { jwt } = await idTokensFor(APPLICATION.audience, jobAt(azure())).get();
  writeFileSync(tokenFile, jwt);
  const ports = jobAt(azure(), variables);
  const request = ambient(() => Promise.resolve(azure().url), ports);
  const setAz = (script: string) => {
    writeFileSync(path.join(bin, 'az'), `#!/bin/sh\n${script}\n`);
  };
  return { ports, request, setAz };
}

const token = (name: string) => `echo '{"accessToken":"${name}","expires_on":1900000000}'`;
/** Access tokens as `az` prints them, but for their length. */
const ONE = 'one-access-token-of-az';
const OTHER = 'other-access-token-of-az';
/** A script that does one thing the first time, when it leaves a file behind, and then another. */
const theFirstTime = (first: string, then: string) => {
  const flag = path.join(mkdtempSync(path.join(folder, 'az-')), 'asked');
  return `if [ -e '${flag}' ]; then ${then}; else : >'${flag}'; ${first}; fi`;
};
const fails = (words: string) => `echo '${words}' >&2; exit 1`;

needing(['sh'], () => {
  describe('the session', () => {
    test('of Kubernetes is taken if az has none, and kept', async () => {
      const { request, setAz } = await machine(fails('Please run az login'), IN_KUBERNETES);
      const requests = counting(azure());
      const resource = azure().url;
      const { token: first } = await request(resource);
      expect(azure().issuedTokens()).toContain(first);
      setAz(token(OTHER));
      const { token: second } = await request(resource);
      expect(azure().issuedTokens()).toContain(second);
      expect(requests()['token']).toBe(2);
    });

    test('of Azure Pipelines comes before az, and renews by its access token', async () => {
      const asked: IncomingMessage[] = [];
      const { key, cert } = await throwAwayCertificate('localhost');
      const distrust = trust(cert, readFileSync(azure().caFile, 'utf8'));
      const server = createServer({ key, cert }, (request, response) => {
        asked.push(request);
        response.end(JSON.stringify({ oidcToken: readFileSync(tokenFile, 'utf8') }));
      });
      const uri = `https://localhost:${await portOf(server)}/oidctoken`;
      const { request } = await machine(token(ONE), {
        ...IN_PIPELINES,
        SYSTEM_OIDCREQUESTURI: uri,
      });
      for (let times = 0; times < 2; times++) {
        const askedBefore = asked.length;
        const { token: issued } = await request(azure().url);
        expect(azure().issuedTokens()).toContain(issued);
        expect(asked.length).toBeGreaterThan(askedBefore);
      }
      expect(asked[0]).toMatchObject({
        method: 'POST',
        url: '/oidctoken?api-version=7.1&serviceConnectionId=connection',
        headers: { authorization: 'Bearer mapped' },
      });
      server.close();
      server.closeAllConnections();
      distrust();
    });

    test.each(Object.keys(IN_PIPELINES))(
      'of Azure Pipelines is not asked without %s',
      async (name) => {
        const { request } = await machine(fails('No session.'), { ...IN_PIPELINES, [name]: '' });
        const failure = await failureOf(request(RESOURCE));
        expect(failure).toMatchObject({ detail: expect.not.stringContaining('Azure Pipelines') });
      },
    );

    test('of az comes before that of Kubernetes, and is kept to, even where it fails', async () => {
      const { request, setAz } = await machine(token(ONE), IN_KUBERNETES);
      expect(await request(RESOURCE)).toEqual({
        token: ONE,
        expiresOnTimestamp: 1_900_000_000_000,
      });
      setAz(fails('AADSTS700082: expired'));
      const detail = 'azure/login: az ended with exit code 1: AADSTS700082: expired';
      expect(await failureOf(request(RESOURCE))).toEqual({ code: 'session-failed', detail });
    });

    test('of az is tried again if it is in trouble, and kept to', async () => {
      const { request, ports } = await machine(
        theFirstTime(fails('HTTP 503'), token(ONE)),
        IN_KUBERNETES,
      );
      expect(await request(RESOURCE)).toMatchObject({ token: ONE });
      expect(ports.transcript).toContain(
        'show Signing in with the existing Azure session failed. Retrying in 1s: ' +
          'no answer (az ended with exit code 1: HTTP 503)',
      );
    });

    test('of Kubernetes is tried again if Entra is behind a firewall', async () => {
      const { request } = await machine(undefined, IN_KUBERNETES);
      const requests = counting(azure());
      azure().addFaults([answers('token', 403, { body: '<html>Blocked</html>' })]);
      const { token: issued } = await request(azure().url);
      expect(azure().issuedTokens()).toContain(issued);
      expect(requests()['token']).toBe(2);
    });
  });

  describe('a session that fails is no missing session', () => {
    test('where Entra is out of order for ever', async () => {
      azure().addFaults([answers('token', 503, {}, { times: Infinity })]);
      const { request } = await machine(undefined, IN_KUBERNETES);
      expect(await failureOf(request(azure().url))).toEqual({
        code: 'session-failed',
        detail: 'azure/login: the Azure CLI (az) is not on PATH\nworkload identity: HTTP 503',
      });
    });

    test('where something is missing that it needs, which is not tried again', async () => {
      const { request, ports } = await machine(undefined, {
        ...IN_KUBERNETES,
        AZURE_CLIENT_ID: '',
      });
      expect(await failureOf(request(azure().url))).toMatchObject({
        code: 'session-failed',
        detail: expect.stringContaining('workload identity: WorkloadIdentityCredential'),
      });
      expect(ports.transcript.filter((line) => line.includes('Retrying'))).toEqual([]);
    });

    test('where az is refused, and that of Kubernetes is, too: both are named', async () => {
      azure().addFaults([
        answers('token', 400, { body: '{"error":"invalid_client","error_description":"No."}' }),
      ]);
      const { request, ports } = await machine(fails('AADSTS50173: x'), IN_KUBERNETES);
      const failure = await failureOf(request(azure().url));
      expect(failure).toMatchObject({
        code: 'session-failed',
        detail: expect.stringMatching(/^azure\/login: .*\nworkload identity: [^]*invalid_client/),
      });
      expect(ports.transcript.filter((line) => line.startsWith('debug POST '))).toHaveLength(1);
    });

    test('where the token of az is a single letter, which would hide ordinary words', async () => {
      const { request } = await machine(token('e'));
      expect(await failureOf(request(RESOURCE))).toEqual({
        code: 'session-failed',
        detail: 'azure/login: the answer contains no usable access token',
      });
    });

    test('where az hangs for a minute', async () => {
      const { request, ports } = await machine('exec /bin/sleep 100');
      let waits = 0;
      let isOver = false;
      const failure = failureOf(request(RESOURCE)).finally(() => {
        isOver = true;
      });
      await until(() => {
        waits += ports.clock.waits();
        ports.clock.endWaits();
        return isOver;
      });
      expect(await failure).toEqual({
        code: 'session-failed',
        detail: 'azure/login: no answer within 60 s',
      });
      expect(waits).toBe(1);
    });
  });

  test.each([
    ['there is no az', undefined, 'azure/login: the Azure CLI (az) is not on PATH'],
    [
      'nobody is signed in to az',
      fails('Please run az login to setup account.'),
      'azure/login: az ended with exit code 1: Please run az login to setup account.',
    ],
  ])('there is no session if %s, and it is not tried again', async (_name, az, detail) => {
    const { request, ports } = await machine(az);
    expect(await failureOf(request(RESOURCE))).toEqual({ code: 'no-session', detail });
    expect(ports.transcript.filter((line) => line.includes('Retrying'))).toEqual([]);
  });
});
