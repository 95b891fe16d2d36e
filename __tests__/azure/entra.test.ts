import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createIssuer, defaultAudience, defaultJob, demo } from '../../local/azure/index.ts';
import type { AzureOptions } from '../../local/azure/index.ts';
import { isObject, parseObject } from '../../local/azure/json.ts';
import { createWorld, text, url, type World } from './world.ts';

const claimsOf = (token: string) =>
  parseObject(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

test('an ID token carries the claims of the job, and its signature is by the published key', async () => {
  const world = createWorld();
  const token = await world.idToken();
  expect(claimsOf(token)).toMatchObject({
    ...{
      iss: `${url}/github`,
      sub: 'repo:octo-org/shop:ref:refs/heads/main',
      aud: defaultAudience,
    },
    ...{ repository: 'octo-org/shop', exp: world.clock.now() / 1000 + 300 },
    job_workflow_ref: 'octo-org/shop/.github/workflows/deploy.yml@refs/heads/main',
  });
  const { json } = await world.ask({ url: '/github/.well-known/jwks' });
  const [head = '', payload = '', signature = ''] = token.split('.');
  const key = createPublicKey({ key: firstKey(json), format: 'jwk' });
  expect(
    verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${payload}`),
      key,
      Buffer.from(signature, 'base64url'),
    ),
  ).toBe(true);
});

test('without the request token of the job, there is no ID token', async () => {
  const headers = { authorization: 'Bearer nonsense' };
  expect((await createWorld().ask({ url: '/github/id-token?audience=x', headers })).status).toBe(
    401,
  );
});

test.each([
  ['a branch', {}, 'repo:octo-org/shop:ref:refs/heads/main'],
  ['an environment', { environment: 'prod' }, 'repo:octo-org/shop:environment:prod'],
  ['a pull request', { eventName: 'pull_request' }, 'repo:octo-org/shop:pull_request'],
  ['immutable ids', { subject: 'repo:octo-org@1/shop@2:x' }, 'repo:octo-org@1/shop@2:x'],
])(
  'the subject of %s, which the default application trusts when the job changes',
  async (_name, job, subject) => {
    const world = createWorld();
    world.azure.become(job);
    expect(claimsOf(await world.idToken())).toMatchObject({ sub: subject });
    expect((await world.token()).status).toBe(200);
  },
);

test('a token for ARM is granted, too, if its slash is doubled as the Azure CLI does', async () => {
  expect((await createWorld().token({ scope: `${url}//.default` })).status).toBe(200);
});

const application = (...subjects: string[]): Partial<AzureOptions> => {
  const { clientId, objectId, tenantId } = demo;
  const credentials = subjects.map((subject) => ({
    issuer: `${url}/github`,
    subject,
    audience: defaultAudience,
  }));
  return { applications: [{ clientId, objectId, tenantId, credentials, deniedActions: [] }] };
};
const changed = async (world: World) => {
  const [head = '', payload = '', signature = ''] = (await world.idToken()).split('.');
  const claims = { ...claimsOf(`.${payload}`), exp: 9_999_999_999 };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};
const old = async (world: World) => {
  const token = await world.idToken();
  await world.clock.advance(300_000);
  return token;
};
const ofAnotherIssuer = ({ clock }: World) =>
  Promise.resolve(
    createIssuer('https://elsewhere').idToken(defaultJob, defaultAudience, clock.now(), 300),
  );

type Case = {
  readonly fields?: Record<string, string | undefined>;
  readonly assertion?: (world: World) => Promise<string>;
  readonly tenant?: string;
  readonly options?: Partial<AzureOptions>;
};
const nobody = '00000000-0000-0000-0000-000000000000';

test.each<[name: string, given: Case, status: number, code: number]>([
  ['an unknown tenant', { tenant: nobody }, 400, 90002],
  ['an unknown application', { fields: { client_id: nobody } }, 400, 700016],
  ['another grant', { fields: { grant_type: 'password' } }, 400, 70003],
  ['no scope', { fields: { scope: undefined } }, 400, 900144],
  ['a scope without /.default', { fields: { scope: url } }, 400, 1002012],
  [
    'the scope of the public cloud',
    { fields: { scope: 'https://management.azure.com/.default' } },
    400,
    500011,
  ],
  ['a secret', { fields: { client_secret: 'guess', client_assertion: undefined } }, 401, 7000215],
  ['no assertion', { fields: { client_assertion: undefined } }, 401, 7000218],
  ['an assertion that is not a JWT', { fields: { client_assertion: 'nonsense' } }, 400, 50027],
  [
    'another audience',
    { assertion: (world) => world.idToken('https://github.com/octo-org') },
    401,
    700212,
  ],
  ['another issuer', { assertion: ofAnotherIssuer }, 401, 700211],
  [
    'a subject in another letter case',
    { options: application('repo:Octo-Org/shop:ref:refs/heads/main') },
    401,
    700213,
  ],
  ['an application without credentials', { options: application() }, 400, 70021],
  ['an assertion that somebody changed', { assertion: changed }, 401, 700027],
  ['an assertion of five minutes ago', { assertion: old }, 401, 700024],
])(
  '%s is refused as Entra does',
  async (_name, { fields = {}, assertion, tenant, options }, status, code) => {
    const world = createWorld(options);
    const presented = assertion === undefined ? {} : { client_assertion: await assertion(world) };
    const { status: found, json } = await world.token({ ...fields, ...presented }, tenant);
    expect({ status: found, codes: json['error_codes'] }).toEqual({ status, codes: [code] });
    const [trace, correlation, timestamp] = ['trace_id', 'correlation_id', 'timestamp'].map(
      (name) => text(json[name]),
    );
    const ids = `Trace ID: ${trace ?? ''} Correlation ID: ${correlation ?? ''} Timestamp: ${timestamp ?? ''}`;
    expect(json['error_description']).toMatch(new RegExp(`^AADSTS${code}: .* ${ids}$`));
  },
);

function firstKey(document: Record<string, unknown>): JsonWebKey {
  const { keys } = document;
  const key: unknown = Array.isArray(keys) ? keys[0] : undefined;
  if (!isObject(key)) throw new TypeError('No key');
  return { kty: text(key['kty']), n: text(key['n']), e: text(key['e']) };
}
