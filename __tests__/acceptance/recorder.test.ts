import { expect, test } from '@jest/globals';
import { anonymizer, recordingOf, secretsIn } from '../../scripts/acceptance/recorder.ts';
import type { Exchange } from '../../scripts/acceptance/lab.ts';

const GUID = '476c5642-0763-494c-a19c-24e67f15f66e';
const ID = GUID.replaceAll('-', '');
const PATH =
  '/subscriptions/5b0a0002-0000-4000-8000-000000000002/resourceGroups/shop' +
  '/providers/Microsoft.ContainerService/managedClusters/prod-weu';
const CLUSTER = JSON.stringify({
  id: PATH,
  location: 'westeurope',
  properties: { nodeResourceGroup: 'nodes-of-shop' },
});

const exchange = (logs: string, more: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path: `${PATH}/commandResults/${ID}`,
  at: 9000,
  status: 200,
  headers: {},
  body: JSON.stringify({ id: ID, properties: { logs } }),
  ...more,
});
const recorded = (...exchanges: Exchange[]) => recordingOf(exchanges, anonymizer(CLUSTER));

test('names, IDs, and addresses become placeholders, and other headers are left out', () => {
  const logs = [
    'aks-nodepool1-12345678-vmss000001 10.224.0.4 fd00:1:2:3::4',
    `x${GUID}x ${GUID.toUpperCase()} me@example.com\n   `,
    'https://prod-weu-abc.hcp.westeurope.azmk8s.io:443/api',
    'MC_Shop_prod-weu_westeurope nodes-of-shop shopping v1.35.2',
  ].join(' ');
  const post = {
    method: 'POST',
    path: `${PATH}/runCommand?api-version=1`,
    at: 1000,
    status: 202,
    body: '',
  };
  const headers = {
    'content-length': '0',
    'x-ms-request-id': GUID,
    'x-ms-correlation-request-id': GUID,
    server: 'x',
  };
  const request = { bytes: 99, command: 'true', context: Buffer.from('zip').toString('base64') };
  expect(JSON.parse(recorded(exchange(logs), exchange('', { ...post, headers, request })))).toEqual(
    [
      {
        path:
          '/subscriptions/{guid:1}/resourceGroups/{group}/providers' +
          '/Microsoft.ContainerService/managedClusters/{cluster}/runCommand?api-version=1',
        method: 'POST',
        status: 202,
        seconds: 0,
        body: '',
        headers: { 'content-length': '0', 'x-ms-request-id': '{guid:2}' },
        request: {
          ...request,
          context: expect.stringMatching(/^\{3 bytes, SHA-256 [0-9a-f]{64}\}$/),
        },
      },
      expect.objectContaining({
        seconds: 8,
        body: {
          id: '{id:2}',
          properties: {
            logs: `{node:5} {address:6} {address:7} x${GUID}x {guid:2} {account:3}
    https://{host:4}/api MC_{group}_{cluster}_{region} {node-group} shopping v1.35.2`,
          },
        },
      }),
    ],
  );
});

const SECRET = 'p/s+w?rd "one" ü';
const env = { MY_API_KEY: SECRET, SHORT_TOKEN: 'short', PATH: '/usr/bin:/usr' };
const KEY = ['the value of MY_API_KEY'];

test.each([
  ['a token', 'eyJhbGciOiJSUzI1NiJ9.eyJ', ['a token']],
  ['a GUID that letters hide', `x${GUID}x`, ['a GUID']],
  ['a GUID in a URL', GUID.replaceAll('-', '%2D'), ['a GUID']],
  ['a GUID without dashes', `x${ID.toUpperCase()}`, ['a GUID']],
  ['a signature', 'https://x.blob.core.windows.net/a?sv=1&sig=abc%2F', ['a signature']],
  ['a signature in a URL', 'a%3Fsig%3Dabc', ['a signature']],
  ['a variable', SECRET, KEY],
  ['a variable in base64', Buffer.from(SECRET).toString('base64'), KEY],
  ['a variable in the middle of base64', Buffer.from(`key: ${SECRET}\n`).toString('base64'), KEY],
  ['a variable in base64 for URLs', Buffer.from(`1${SECRET}`).toString('base64url'), KEY],
  ['a variable in a URL', encodeURIComponent(SECRET), KEY],
  [
    'no secret: a digest',
    'sha256:91d924e2559bff86f696a335e2dc3ca8570bd44068a827239c5cd19873126bc4',
    [],
  ],
  ['no secret: a variable of another name, or a short one', '/usr/bin:/usr short', []],
  ['no secret: an ID, which is replaced', ID, []],
])('found, and not quoted: %s', (_name, planted, what) => {
  expect(secretsIn(recorded(exchange(`one ${planted} two`)), env)).toEqual(what);
});
