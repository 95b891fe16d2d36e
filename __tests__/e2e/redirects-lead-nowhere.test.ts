import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answers, rewrites, startLocalAzure, type Fault, type LocalAzure } from '../../local/azure/index.ts';
import { expectRow, outcome, type Row } from './on-own-azure.ts';

const ID = 'c0ffee00000000000000000000000001';
const never = outcome('not-started', 0, 0);
const recovers = outcome('succeeded', 1, 1);
type To = Readonly<{ headers: { location: string } }>;

const rows: readonly (readonly [Row, (to: To) => Fault])[] = [
  [never('metadata', 'does not say where to sign in'), (to) => answers('metadata', 307, to)],
  [never('ID token', 'did not issue an ID token'), (to) => answers('id-token', 307, to)],
  [never('Entra', 'Entra refused an access token'), (to) => answers('token', 307, to)],
  [never('cluster', 'The cluster could not be read'), (to) => answers('get-cluster', 307, to)],
  [outcome('unknown', 1, 0)('submission', 'did not say whether'), (to) => answers('run-command', 307, to)],
  [recovers('result', 'hello'), (to) => answers('command-result', 307, to, { times: 2 })],
  [
    recovers('Location of an accepted submission', `AKS accepted command ${ID}`, { azure: { newCommandId: () => ID } }),
    (to) => rewrites('run-command', to),
  ],
];

let elsewhere: LocalAzure;

beforeAll(async () => {
  elsewhere = await startLocalAzure();
});
afterAll(() => elsewhere.stop());

test.concurrent.each(rows.map(([row, fault]) => ({ ...row, fault })))('$name', async ({ fault, ...row }) => {
  const to = { headers: { location: `${elsewhere.url}/commandResults/${ID}` } };
  await expectRow({ ...row, faults: [fault(to)] }, elsewhere.caFile);
});

test('nothing was sent elsewhere', () => {
  expect(elsewhere.requests().map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([]);
});
