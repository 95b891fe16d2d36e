import { describe, expect, test } from '@jest/globals';
import { verify, createPublicKey, type JsonWebKey } from 'node:crypto';
import { createIssuer, defaultAudience, defaultJob, demo } from '../../local/azure/index.ts';
import { isObject, parseObject } from '../../local/azure/json.ts';
import { createWorld, text, url, type World } from './world.ts';

describe('the ID token', () => {
  test('carries the claims of the job, and its signature is by the published key', async () => {
    const world = createWorld();
    const token = await world.idToken();
    const [head = '', payload = '', signature = ''] = token.split('.');
    expect(parseObject(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: `${url}/github`,
      sub: 'repo:octo-org/shop:ref:refs/heads/main',
      aud: 'api://AzureADTokenExchange',
      repository: 'octo-org/shop',
      ref: 'refs/heads/main',
      job_workflow_ref: 'octo-org/shop/.github/workflows/deploy.yml@refs/heads/main',
      exp: world.clock.now() / 1000 + 300,
    });
    const { json } = await world.ask({ url: '/github/.well-known/jwks' });
    const key = createPublicKey({ key: firstKey(json), format: 'jwk' });
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  test('is for the owner where no audience is asked for', async () => {
    const world = createWorld();
    const { json } = await world.ask({
      url: '/github/id-token?api-version=2.0',
      headers: { authorization: `Bearer ${world.azure.requestToken}` },
    });
    const [, payload = ''] = text(json['value']).split('.');
    expect(parseObject(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      aud: 'https://github.com/octo-org',
    });
  });

  test.each([
    { name: 'no request token', headers: {} },
    { name: 'a wrong request token', headers: { authorization: 'Bearer nonsense' } },
  ])('is refused with $name', async ({ headers }) => {
    const { status } = await createWorld().ask({ url: '/github/id-token?audience=x', headers });
    expect(status).toBe(401);
  });

  test.each([
    { name: 'a branch', job: {}, subject: 'repo:octo-org/shop:ref:refs/heads/main' },
    { name: 'an environment', job: { environment: 'prod' }, subject: 'repo:octo-org/shop:environment:prod' },
    { name: 'a pull request', job: { eventName: 'pull_request' }, subject: 'repo:octo-org/shop:pull_request' },
    { name: 'immutable ids', job: { subject: 'repo:octo-org@1/shop@2:x' }, subject: 'repo:octo-org@1/shop@2:x' },
  ])('has the subject of $name', async ({ job, subject }) => {
    const [, payload = ''] = (await createWorld({ job: { ...defaultJob, ...job } }).idToken()).split('.');
    expect(parseObject(Buffer.from(payload, 'base64url').toString())).toMatchObject({ sub: subject });
  });
});

describe('a token request', () => {
  test.each([
    { name: 'ARM', scope: `${url}/.default` },
    { name: 'ARM, its slash doubled as the Azure CLI does', scope: `${url}//.default` },
    { name: 'AKS', scope: '6dae42f8-4368-4678-94ff-3960e28e3630/.default' },
  ])('for $name is granted', async ({ scope }) => {
    const { status, json } = await createWorld().token({ scope });
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        token_type: 'Bearer',
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    });
  });

  const cases: {
    name: string;
    fields?: Record<string, string | undefined>;
    assertion?: (world: World) => Promise<string>;
    tenant?: string;
    options?: Parameters<typeof createWorld>[0];
    expected: { status: number; error: string; code: number; says: string };
  }[] = [
    {
      name: 'an unknown tenant',
      tenant: '00000000-0000-0000-0000-000000000000',
      expected: { status: 400, error: 'invalid_request', code: 90002, says: 'not found' },
    },
    {
      name: 'an unknown application',
      fields: { client_id: '00000000-0000-0000-0000-000000000000' },
      expected: { status: 400, error: 'unauthorized_client', code: 700016, says: 'was not found in the directory' },
    },
    {
      name: 'another grant',
      fields: { grant_type: 'password' },
      expected: { status: 400, error: 'unsupported_grant_type', code: 70003, says: 'password' },
    },
    {
      name: 'no scope',
      fields: { scope: undefined },
      expected: { status: 400, error: 'invalid_request', code: 900144, says: "'scope'" },
    },
    {
      name: 'a scope without /.default',
      fields: { scope: url },
      expected: { status: 400, error: 'invalid_scope', code: 1002012, says: '/.default' },
    },
    {
      name: 'the public cloud as its scope',
      fields: { scope: 'https://management.azure.com/.default' },
      expected: { status: 400, error: 'invalid_resource', code: 500011, says: 'https://management.azure.com' },
    },
    {
      name: 'a secret',
      fields: { client_secret: 'guess', client_assertion: undefined },
      expected: { status: 401, error: 'invalid_client', code: 7000215, says: 'Invalid client secret' },
    },
    {
      name: 'no assertion',
      fields: { client_assertion: undefined },
      expected: { status: 401, error: 'invalid_client', code: 7000218, says: 'client_assertion' },
    },
    {
      name: 'an assertion that is no JWT',
      fields: { client_assertion: 'nonsense' },
      expected: { status: 400, error: 'invalid_request', code: 50027, says: 'malformed' },
    },
    {
      name: 'an assertion for another audience',
      assertion: (world) => world.idToken('https://github.com/octo-org'),
      expected: { status: 401, error: 'invalid_client', code: 700212, says: "audience 'https://github.com/octo-org'" },
    },
    {
      name: 'an assertion of another issuer',
      assertion: (world) =>
        Promise.resolve(createIssuer('https://elsewhere').idToken(defaultJob, defaultAudience, world.clock.now(), 300)),
      expected: { status: 401, error: 'invalid_client', code: 700211, says: "issuer 'https://elsewhere'" },
    },
    {
      name: 'a subject that no credential has, by letter case alone',
      options: { applications: [application('repo:Octo-Org/shop:ref:refs/heads/main')] },
      expected: {
        status: 401,
        error: 'invalid_client',
        code: 700213,
        says: "'repo:octo-org/shop:ref:refs/heads/main'",
      },
    },
    {
      name: 'an application without credentials',
      options: { applications: [application()] },
      expected: { status: 400, error: 'invalid_request', code: 70021, says: 'Assertion Subject' },
    },
    {
      name: 'an assertion that somebody changed',
      assertion: async (world) => {
        const [head = '', payload = '', signature = ''] = (await world.idToken()).split('.');
        const claims = { ...parseObject(Buffer.from(payload, 'base64url').toString()), exp: 9_999_999_999 };
        return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      },
      expected: { status: 401, error: 'invalid_client', code: 700027, says: 'signature' },
    },
    {
      name: 'an assertion of five minutes ago',
      assertion: async (world) => {
        const token = await world.idToken();
        await world.clock.advance(300_000);
        return token;
      },
      expected: {
        status: 401,
        error: 'invalid_client',
        code: 700024,
        says: 'Current time: 2026-01-01T00:05:00.0000000Z',
      },
    },
  ];

  test.each(cases)('with $name is refused', async ({ fields = {}, assertion, tenant, options, expected }) => {
    const world = createWorld(options);
    const presented = assertion === undefined ? {} : { client_assertion: await assertion(world) };
    const { status, json } = await world.token({ ...fields, ...presented }, tenant);
    expect({ status, error: json['error'], codes: json['error_codes'] }).toEqual({
      status: expected.status,
      error: expected.error,
      codes: [expected.code],
    });
    const trace = text(json['trace_id']);
    const correlation = text(json['correlation_id']);
    const timestamp = text(json['timestamp']);
    expect(text(json['error_description'])).toMatch(`AADSTS${expected.code}: `);
    expect(text(json['error_description'])).toContain(expected.says);
    expect(text(json['error_description'])).toContain(
      ` Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    );
  });
});

test('the discovery document of the tenant points back to the stand-in', async () => {
  const { json } = await createWorld().ask({ url: `/${demo.tenantId}/v2.0/.well-known/openid-configuration` });
  expect(json).toMatchObject({
    issuer: `${url}/${demo.tenantId}/v2.0`,
    token_endpoint: `${url}/${demo.tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${url}/${demo.tenantId}/oauth2/v2.0/authorize`,
    jwks_uri: `${url}/${demo.tenantId}/discovery/v2.0/keys`,
  });
});

test('the discovery document of an unknown tenant is an error', async () => {
  const { status, json } = await createWorld().ask({ url: '/nobody/v2.0/.well-known/openid-configuration' });
  expect({ status, error: json['error'] }).toEqual({ status: 400, error: 'invalid_tenant' });
});

test('every token ever issued is on record', async () => {
  const world = createWorld();
  const idToken = await world.idToken();
  const access = await world.signIn();
  expect(world.azure.issuedTokens()).toEqual(expect.arrayContaining([world.azure.requestToken, idToken, access]));
});

function application(...subjects: string[]) {
  return {
    clientId: demo.clientId,
    objectId: demo.objectId,
    tenantId: demo.tenantId,
    credentials: subjects.map((subject) => ({ issuer: `${url}/github`, subject, audience: defaultAudience })),
    deniedActions: [],
  };
}

function firstKey(document: Record<string, unknown>): JsonWebKey {
  const { keys } = document;
  const key: unknown = Array.isArray(keys) ? keys[0] : undefined;
  if (!isObject(key)) throw new TypeError('No key');
  return { kty: text(key['kty']), n: text(key['n']), e: text(key['e']) };
}
