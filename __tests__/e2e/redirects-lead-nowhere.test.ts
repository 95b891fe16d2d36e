import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answers, rewrites, startLocalAzure, type Fault, type LocalAzure } from '../../local/azure/index.ts';
import { expectRow, type Row } from './on-own-azure.ts';

const ID = 'c0ffee00000000000000000000000001';
const never = { state: 'not-started', posted: 0, ran: 0 } as const;
const doubted = { state: 'unknown', posted: 1, ran: 0 } as const;
const recovers = { state: 'succeeded', posted: 1, ran: 1 } as const;
type To = Readonly<{ headers: { location: string } }>;

const rows: (Omit<Row, 'faults'> & { readonly fault: (to: To) => Fault })[] = [
  { name: 'metadata', fault: (to) => answers('metadata', 307, to), ...never, says: 'does not say where to sign in' },
  { name: 'ID token', fault: (to) => answers('id-token', 307, to), ...never, says: 'did not issue an ID token' },
  { name: 'Entra', fault: (to) => answers('token', 307, to), ...never, says: 'Entra refused an access token' },
  { name: 'cluster', fault: (to) => answers('get-cluster', 307, to), ...never, says: 'The cluster could not be read' },
  {
    name: 'submission, which names an id: AKS is asked for it until it could no longer start',
    inputs: { 'start-timeout': '1s' },
    fault: (to) => answers('run-command', 307, to),
    ...doubted,
    says: 'did not say whether',
  },
  {
    name: 'result',
    fault: (to) => answers('command-result', 307, to, { times: 2 }),
    ...recovers,
    says: 'hello',
  },
  {
    name: 'Location of a submission that is accepted',
    azure: { newCommandId: () => ID },
    fault: (to) => rewrites('run-command', to),
    ...recovers,
    says: `AKS accepted command ${ID}`,
  },
];

let elsewhere: LocalAzure;

beforeAll(async () => {
  elsewhere = await startLocalAzure();
});
afterAll(() => elsewhere.stop());

test.concurrent.each(rows)('$name', async ({ fault, ...row }) => {
  const to = { headers: { location: `${elsewhere.url}/commandResults/${ID}` } };
  await expectRow({ ...row, faults: [fault(to)] }, elsewhere.caFile);
});

test('nothing was sent elsewhere', () => {
  expect(elsewhere.requests().map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([]);
});
