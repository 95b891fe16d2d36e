import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLOUD_NAMES, parseCloud, readMetadata } from '../../../src/azure/cloud.ts';

describe('the input environment', () => {
  const US_GOVERNMENT = {
    name: 'azureusgovernment',
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    audience: 'api://AzureADTokenExchangeUSGov',
  };
  const CHINA = {
    name: 'azurechinacloud',
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
  };
  test.each([
    ['AZUREUSGOVERNMENT', US_GOVERNMENT],
    ['AzureChinaCloud', CHINA],
  ])('a cloud is known by its name: %s', (text, cloud) => {
    expect(parseCloud(text)).toEqual(cloud);
  });

  test('no cloud has anything of another one', () => {
    const clouds = CLOUD_NAMES.map((name) => parseCloud(name));
    for (const what of ['authority', 'resourceManager', 'audience'] as const) {
      expect(new Set(clouds.map((cloud) => cloud?.[what])).size).toBe(CLOUD_NAMES.length);
    }
  });

  test('an endpoint, with a slash at its end', () => {
    const resourceManager = 'https://arm.example';
    expect(parseCloud(`${resourceManager}/`)).toEqual({
      name: resourceManager,
      resourceManager,
      audience: 'api://AzureADTokenExchange',
    });
  });

  test.each([
    ['http', 'http://arm.example'],
    ['a path', 'https://arm.example/path'],
    ['a query', 'https://arm.example/?x=y'],
    ['a fragment', 'https://arm.example/#x'],
    ['a user', 'https://user@arm.example'],
    ['a host alone', 'management.azure.com'],
    ["JavaScript's own names", 'constructor'],
  ])('not taken: %s', (_name, text) => {
    expect(parseCloud(text)).toBeUndefined();
  });

  test('whatever the text, an endpoint is an https origin and nothing else', () => {
    const rest = fc.string({ unit: fc.constantFrom(...Array.from('/?#@:.\\x\t ')), maxLength: 5 });
    const text = fc
      .tuple(fc.webAuthority({ withPort: true }), rest)
      .map((parts) => `https://${parts.join('')}`);
    fc.assert(
      fc.property(fc.oneof(text, fc.string(), fc.webUrl()), (given) => {
        const cloud = parseCloud(given);
        const endpoint = cloud?.resourceManager ?? 'https://none.example';
        expect(endpoint).toBe(new URL(endpoint).origin);
        expect(endpoint).toMatch(/^https:/);
      }),
    );
  });
});

describe("an ARM endpoint's metadata", () => {
  const ARM = 'https://arm.example';
  const GUID = '4de154de-f8a8-4017-af41-df619da68155';
  const STACK = `https://management.stack.onmicrosoft.com/${GUID}`;
  const metadataOf = (audiences?: unknown, loginEndpoint: unknown = 'https://login.example/') => ({
    authentication: { loginEndpoint, audiences },
  });
  const cloud = (resource: string, authority = 'https://login.example') => ({
    authority,
    resource,
  });
  const other = (name: string) => ({
    resourceManager: `https://${name}.example`,
    ...metadataOf([], 'https://no.example'),
  });

  test.each<[string, unknown, object | undefined]>([
    [
      'its own audience behind one of Azure Stack Hub',
      metadataOf([STACK, `${ARM.toUpperCase()}/`]),
      cloud(ARM),
    ],
    ['no audiences', metadataOf(), cloud(ARM)],
    ["Azure Stack Hub's audience", metadataOf([STACK]), cloud(STACK)],
    ...[
      'https://vault.azure.net',
      `https://vault.azure.net/${GUID}`,
      `${STACK} https://vault.azure.net`,
      '6dae42f8-4368-4678-94ff-3960e28e3630',
    ].map((audience): [string, unknown, object] => [
      `the audience ${audience}`,
      metadataOf([audience]),
      cloud(ARM),
    ]),
    [
      'AD FS, with a path',
      metadataOf([ARM], 'https://adfs.example/adfs/'),
      cloud(ARM, 'https://adfs.example/adfs'),
    ],
    ['a list of one that does not name itself', [metadataOf([ARM])], cloud(ARM)],
    [
      'a list of clouds',
      [other('a'), { resourceManager: `${ARM}/`, ...metadataOf([ARM]) }],
      cloud(ARM),
    ],
    ['a list without it', [other('a'), other('b')], undefined],
    ['a login endpoint that is no URL', metadataOf([], 'login.example'), undefined],
  ])('%s', (_name, metadata, expected) => {
    expect(readMetadata(metadata, ARM, false)).toEqual(expected);
  });

  test("an ID token is for the endpoint's own audience, or the first that it lists", () => {
    const metadata = metadataOf([1, 'https://core.example/', 'https://other.example']);
    expect(readMetadata(metadata, ARM, true)).toEqual(cloud('https://core.example'));
    expect(readMetadata(metadataOf(['https://core.example/', ARM]), ARM, true)).toEqual(cloud(ARM));
  });

  test('never throws, and never sends a secret over anything but https', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }),
        (metadata, loginEndpoint) => {
          for (const given of [metadata, metadataOf([], loginEndpoint)]) {
            expect(readMetadata(given, ARM, true)?.authority ?? 'https:').toMatch(/^https:/);
          }
        },
      ),
    );
  });
});
