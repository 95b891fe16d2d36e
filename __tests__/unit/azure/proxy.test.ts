import { describe, expect, test } from '@jest/globals';
import { proxyFor, proxyProblem } from '../../../src/azure/proxy.ts';

type Env = Readonly<Record<string, string>>;
const ARM = 'https://management.azure.com/subscriptions';
const choose = (env: Env, url = ARM) => proxyFor(url, (name) => env[name]);

describe('which proxy', () => {
  test.each<[string, Env, ReturnType<typeof proxyFor>]>([
    ['none', {}, undefined],
    ['an empty one', { HTTPS_PROXY: ' ' }, undefined],
    ['in capitals', { HTTPS_PROXY: 'http://proxy.corp:8080' }, 'http://proxy.corp:8080/'],
    [
      'in both, where the small one counts',
      { HTTPS_PROXY: 'a:1', https_proxy: 'b:2' },
      'http://b:2/',
    ],
    ['in both, the small one empty', { HTTPS_PROXY: 'a:1', https_proxy: '' }, 'http://a:1/'],
    ['an address without scheme', { HTTPS_PROXY: ' 10.1.2.3:3128 ' }, 'http://10.1.2.3:3128/'],
    ['over TLS', { HTTPS_PROXY: 'https://proxy.corp' }, 'https://proxy.corp/'],
    ['IPv6', { HTTPS_PROXY: 'http://[fd00::1]:3128/' }, 'http://[fd00::1]:3128/'],
    ['capitals in its name', { HTTPS_PROXY: 'HTTP://Proxy.Corp:8080' }, 'http://proxy.corp:8080/'],
    ['user and password without a scheme', { HTTPS_PROXY: 'u:p@proxy:1' }, 'http://u:p@proxy:1/'],
    [
      'encoded ones',
      { HTTPS_PROXY: 'http://corp%5Cu:p%40s%C3%BC@proxy:1' },
      'http://corp%5Cu:p%40s%C3%BC@proxy:1/',
    ],
    ['a lone percent sign', { HTTPS_PROXY: 'http://user:p%w@proxy:1' }, undefined],
    ['encoded bytes that are no text', { HTTPS_PROXY: 'http://u:%ff%20@proxy:1' }, undefined],
    [
      'others',
      { HTTP_PROXY: 'http://proxy:1', http_proxy: 'http://proxy:1', ALL_PROXY: 'http://proxy:1' },
      undefined,
    ],
    ['SOCKS', { HTTPS_PROXY: 'socks5://proxy:1080' }, undefined],
    ['no address', { HTTPS_PROXY: 'http://' }, undefined],
  ])('%s', (_name, env, expected) => {
    expect(choose(env)).toEqual(expected);
  });

  test.each([
    ['http', 'http://management.azure.com/'],
    ['localhost', 'https://localhost:8443/'],
    ['the loopback address', 'https://127.0.0.2/'],
    ['that of IPv6', 'https://[::1]/'],
  ])('none for %s', (_name, url) => {
    expect(choose({ HTTPS_PROXY: 'proxy:1' }, url)).toBeUndefined();
  });
});

describe('NO_PROXY', () => {
  test.each<[list: string, url: string, direct: boolean]>([
    ['*', ARM, true],
    ['management.azure.com', ARM, true],
    ['AZURE.com', ARM, true],
    ['.azure.com', ARM, true],
    ['.management.azure.com', ARM, false],
    ['zure.com', ARM, false],
    ['management', ARM, false],
    ['azure.com:443', ARM, true],
    ['azure.com:8443', ARM, false],
    ['azure.com:8443', 'https://azure.com:8443/', true],
    ['*:443', ARM, true],
    ['*:8443', ARM, false],
    ['example.com, .azure.com', ARM, true],
    [',, ,', ARM, false],
    [':443', ARM, false],
    ['10.0.0.4', 'https://10.0.0.4/', true],
    ['10.0.0.4', 'https://10.0.0.40/', false],
    ['[fd00::1]', 'https://[fd00::1]/', true],
    ['fd00::1', 'https://[fd00::1]/', true],
    ['[fd00::1]:443', 'https://[fd00::1]/', true],
    ['[fd00::1]:8443', 'https://[fd00::1]/', false],
  ])('%j and %s: direct %s', (list, url, direct) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(choose({ HTTPS_PROXY: 'proxy:1', [name]: list }, url) === undefined).toBe(direct);
    }
  });
});

test.each<[name: string, env: Env, isWrong: boolean]>([
  ['nothing', {}, false],
  ['an address', { HTTPS_PROXY: 'proxy:1' }, false],
  ['SOCKS', { https_proxy: 'socks5://u:SECRET@proxy:1080' }, true],
  ['no host', { HTTPS_PROXY: 'http://u:SECRET@:1' }, true],
  ['a lone percent sign', { HTTPS_PROXY: 'user:SECRET%w@proxy:1' }, true],
  ['a port beyond all ports', { HTTPS_PROXY: 'u:SECRET@proxy:123456' }, true],
])('what is wrong with the variable: %s', (_name, env, isWrong) => {
  const problem = proxyProblem((name) => env[name]);
  expect(problem !== undefined).toBe(isWrong);
  expect(problem ?? '').not.toContain('SECRET');
});
