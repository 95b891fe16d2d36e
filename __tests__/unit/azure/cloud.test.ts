import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CLOUD_NAMES,
  cloudFromMetadata,
  defaultAudience,
  parseEnvironment,
  type Cloud,
} from '../../../src/azure/cloud.ts';

describe('the input environment', () => {
  test.each([
    ['azurecloud', 'https://login.microsoftonline.com', 'https://management.azure.com', 'api://AzureADTokenExchange'],
    [
      'azureusgovernment',
      'https://login.microsoftonline.us',
      'https://management.usgovcloudapi.net',
      'api://AzureADTokenExchangeUSGov',
    ],
    [
      'azurechinacloud',
      'https://login.chinacloudapi.cn',
      'https://management.chinacloudapi.cn',
      'api://AzureADTokenExchangeChina',
    ],
  ])('%s, in any letter case', (name, authority, resourceManager, audience) => {
    const cloud: Cloud = { authority, resourceManager, scope: `${resourceManager}/.default` };
    for (const text of [name, name.toUpperCase(), name.replace('azure', 'Azure')]) {
      const environment = parseEnvironment(text);
      expect(environment).toEqual({ kind: 'named', name, cloud });
      expect(environment && defaultAudience(environment)).toBe(audience);
    }
    expect(CLOUD_NAMES).toContain(name);
  });

  test.each([
    ['an ARM endpoint', 'https://management.local.azurestack.external', 'https://management.local.azurestack.external'],
    ['a slash at its end', 'https://arm.example/', 'https://arm.example'],
    ['a port', 'https://localhost:4433', 'https://localhost:4433'],
    ['capitals', 'HTTPS://ARM.Example', 'https://arm.example'],
    ['an empty query', 'https://arm.example/?', 'https://arm.example'],
    ['an empty fragment', 'https://arm.example/#', 'https://arm.example'],
  ])('%s', (_name, text, resourceManager) => {
    const environment = parseEnvironment(text);

    expect(environment).toEqual({ kind: 'endpoint', resourceManager });
    expect(environment && defaultAudience(environment)).toBe('api://AzureADTokenExchange');
  });

  test.each([
    ['http', 'http://arm.example'],
    ['a path', 'https://arm.example/path'],
    ['a query', 'https://arm.example/?x=y'],
    ['a fragment', 'https://arm.example/#x'],
    ['a user', 'https://user@arm.example'],
    ['a password', 'https://:password@arm.example'],
    ['a host alone', 'management.azure.com'],
    ['a cloud that is gone', 'azuregermancloud'],
    ["JavaScript's own names", 'constructor'],
    ['nothing', ''],
  ])('not taken: %s', (_name, text) => {
    expect(parseEnvironment(text)).toBeUndefined();
  });

  test('whatever the text, an endpoint is an https origin and nothing else', () => {
    const text = fc
      .tuple(
        fc.webAuthority({ withPort: true }),
        fc.string({ unit: fc.constantFrom(...Array.from('/?#@:.\\x\t ')), maxLength: 5 }),
      )
      .map(([authority, rest]) => `https://${authority}${rest}`);
    fc.assert(
      fc.property(fc.oneof(text, fc.string(), fc.webUrl()), (given) => {
        const environment = parseEnvironment(given);
        const endpoint = environment?.kind === 'endpoint' ? environment.resourceManager : 'https://none.example';
        expect(endpoint).toBe(new URL(endpoint).origin);
        expect(endpoint).toMatch(/^https:/);
      }),
    );
  });
});

describe("an ARM endpoint's metadata", () => {
  const ARM = 'https://arm.example';
  const STACK = '4de154de-f8a8-4017-af41-df619da68155';
  const authentication = (audiences?: unknown, loginEndpoint: unknown = 'https://login.example/') => ({
    authentication: { loginEndpoint, ...(audiences !== undefined && { audiences }) },
  });
  const cloud = (scope: string, authority = 'https://login.example'): Cloud => ({
    authority,
    resourceManager: ARM,
    scope,
  });

  test.each<[string, unknown, Cloud | undefined]>([
    ['of itself only, among its own audiences', authentication([`${ARM}/`]), cloud(`${ARM}/.default`)],
    [
      'its own audience behind one of Azure Stack Hub',
      authentication([`https://management.stack.onmicrosoft.com/${STACK}`, ARM]),
      cloud(`${ARM}/.default`),
    ],
    ['no audiences', authentication(), cloud(`${ARM}/.default`)],
    [
      "Azure Stack Hub's audience",
      authentication([`https://management.stack.onmicrosoft.com/${STACK}`]),
      cloud(`https://management.stack.onmicrosoft.com/${STACK}/.default`),
    ],
    ...[
      'https://vault.azure.net',
      'https://management.azure.com/',
      'https://graph.microsoft.com',
      `https://vault.azure.net/${STACK}`,
      `https://management.stack.onmicrosoft.com/${STACK} https://vault.azure.net`,
      '6dae42f8-4368-4678-94ff-3960e28e3630',
    ].map((audience): [string, unknown, Cloud] => [
      `an audience that is not its own, ${audience}`,
      authentication([audience]),
      cloud(`${ARM}/.default`),
    ]),
    [
      'itself among others',
      authentication(['https://other.example', `${ARM.toUpperCase()}/`]),
      cloud(`${ARM}/.default`),
    ],
    ['audiences that are no text', authentication([1, null, {}]), cloud(`${ARM}/.default`)],
    ['audiences that are no list', authentication('https://other.example'), cloud(`${ARM}/.default`)],
    [
      'AD FS, whose authority has a path',
      authentication([ARM], 'https://adfs.example/adfs/'),
      cloud(`${ARM}/.default`, 'https://adfs.example/adfs'),
    ],
    ['a list of one that does not name itself', [authentication([ARM])], cloud(`${ARM}/.default`)],
    [
      'a list of clouds',
      [
        { resourceManager: 'https://other.example', ...authentication([], 'https://wrong.example') },
        { resourceManager: `${ARM}/`, ...authentication([ARM]) },
      ],
      cloud(`${ARM}/.default`),
    ],
    [
      'a list without it',
      [
        { resourceManager: 'https://other.example', ...authentication() },
        { resourceManager: 'https://another.example', ...authentication() },
      ],
      undefined,
    ],
    ['an empty list', [], undefined],
    ['no authentication', { name: 'x' }, undefined],
    ['authentication that is no object', { authentication: 'https://login.example' }, undefined],
    ['no login endpoint', { authentication: {} }, undefined],
    ['a login endpoint without https', authentication([], 'http://login.example'), undefined],
    ['a login endpoint that is no URL', authentication([], 'login.example'), undefined],
    ['null', null, undefined],
    ['text', 'https://login.example', undefined],
  ])('%s', (_name, metadata, expected) => {
    expect(cloudFromMetadata(metadata, ARM)).toEqual(expected);
  });

  test('never throws, and never sends a secret over anything but https', () => {
    fc.assert(
      fc.property(fc.anything(), fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }), (metadata, loginEndpoint) => {
        for (const given of [metadata, authentication([], loginEndpoint)]) {
          expect(cloudFromMetadata(given, ARM)?.authority ?? 'https:').toMatch(/^https:/);
        }
      }),
    );
  });
});
