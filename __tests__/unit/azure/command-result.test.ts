import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  commandIdOfLocation,
  durationSeconds,
  parseCommandId,
  readCommandStatus,
} from '../../../src/azure/command-result.ts';
import { http, ID } from '../ports.ts';

const CLUSTER =
  '/subscriptions/5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6/resourceGroups/rg' +
  '/providers/Microsoft.ContainerService/managedclusters/NAME';

test.each([
  ['32 hex digits', ID, ID],
  ['capitals', ID.toUpperCase(), undefined],
  ['33 digits', `${ID}0`, undefined],
  ['a line break', `${ID}\n`, undefined],
  ['nothing', '', undefined],
])('an id: %s', (_name, text, id) => {
  expect(parseCommandId(text)).toBe(id);
});

test.each([
  [
    'as AKS sends it',
    `https://management.azure.com${CLUSTER}/commandResults/${ID}?api-version=2024-01-01`,
    ID,
  ],
  [
    'in lower case',
    `https://management.azure.com${CLUSTER}/commandresults/${ID}`.toLowerCase(),
    ID,
  ],
  ['an id in capitals', `${CLUSTER}/commandResults/${ID.toUpperCase()}`, ID],
  [
    'without a subscription',
    `https://management.azure.com/subscriptions//managedclusters/X/commandResults/${ID}`,
    ID,
  ],
  ['another host', `https://elsewhere.example/commandResults/${ID}`, ID],
  ['a path behind', `/commandResults/${ID}/x`, ID],
  ['no id', `${CLUSTER}/commandResults/`, undefined],
  ['another path', `${CLUSTER}/operations/${ID}`, undefined],
  ['no header', undefined, undefined],
])('the id in a Location: %s', (_name, location, id) => {
  expect(commandIdOfLocation(location)).toBe(id);
});

test('nothing but 32 hex digits ever comes out, whatever the service sends', () => {
  const hex = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF/?#\n:')),
    maxLength: 40,
  });
  fc.assert(
    fc.property(hex, fc.string(), (id, before) => {
      const location = commandIdOfLocation(`${before}/commandResults/${id}`);
      for (const read of [parseCommandId(id), location]) {
        expect(read ?? ID).toMatch(/^[0-9a-f]{32}$/);
      }
    }),
  );
});

const read = (properties: unknown, status = 200) =>
  readCommandStatus(http(status, { id: ID, properties }), ID);

const STARTED = '2024-03-15T16:29:07Z';
const FINISHED = '2024-03-15T16:29:08.1234567Z';
const ended = (result: object) =>
  ({ kind: 'ended', result: { provisioningState: 'succeeded', logs: '', ...result } }) as const;

test.each<[string, unknown, object]>([
  ['accepted', { provisioningState: 'Running' }, { kind: 'running' }],
  [
    'running',
    { provisioningState: 'Running', startedAt: STARTED },
    { kind: 'running', startedAt: STARTED },
  ],
  ['a state of which nobody has heard', { provisioningState: 'Waiting' }, { kind: 'running' }],
  [
    'exit code 1 is no failure of AKS',
    {
      provisioningState: 'Succeeded',
      exitCode: 1,
      startedAt: STARTED,
      finishedAt: FINISHED,
      logs: 'no\n',
    },
    ended({ exitCode: 1, startedAt: STARTED, finishedAt: FINISHED, logs: 'no\n' }),
  ],
  ['another letter case', { provisioningState: 'SUCCEEDED', exitCode: 0 }, ended({ exitCode: 0 })],
  [
    'failed',
    { provisioningState: 'failed', reason: 'ImagePullBackoff' },
    ended({ provisioningState: 'failed', reason: 'ImagePullBackoff' }),
  ],
  ['canceled', { provisioningState: 'Canceled' }, ended({ provisioningState: 'failed' })],
  ['no state', { exitCode: 0 }, { kind: 'unreadable' }],
  ['properties that are no object', 'Succeeded', { kind: 'unreadable' }],
])('%s', (_name, properties, status) => {
  expect(read(properties)).toEqual(status);
});

const MEGABYTE = 'x'.repeat(1024 * 1024);
test.each<[name: string, given: unknown, expected: unknown]>([
  ['exitCode', 255, 255],
  ['exitCode', -(2 ** 31), -(2 ** 31)],
  ['exitCode', 2 ** 32, undefined],
  ['exitCode', -1e300, undefined],
  ['exitCode', 1.5, undefined],
  ['exitCode', '0', undefined],
  ['exitCode', null, undefined],
  ['startedAt', '2024-03-15T17:29:07+01:00', '2024-03-15T17:29:07+01:00'],
  ['startedAt', `2026-11-25T12:00:00.${'0'.repeat(40)}Z`, undefined],
  ['startedAt', '2024-99-99T99:99:99Z', undefined],
  ['startedAt', `${STARTED}\n::error::x`, undefined],
  ['startedAt', 1, undefined],
  ['finishedAt', MEGABYTE, undefined],
  ['finishedAt', null, undefined],
  ['reason', 'x '.repeat(1000), `${'x '.repeat(750)}…`],
  ['reason', '', undefined],
  ['logs', 1, ''],
])('%s of a result has a type and a limit: %p', (name, given, expected) => {
  const status = read({ provisioningState: 'Succeeded', [name]: given });
  expect(status).toMatchObject({ kind: 'ended', result: { [name]: expected } });
});

test('of a reason that quotes what was sent, the start is shown', () => {
  const reason = `R ${'x'.repeat(101)}`;
  expect(read({ provisioningState: 'Failed', reason })).toMatchObject({
    result: { reason: `R ${'x'.repeat(20)}… (101 characters)` },
  });
});

test('no answer is not readable', () => {
  const none = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' } as const;
  expect(readCommandStatus(none, ID)).toEqual({ kind: 'unreadable' });
});

test.each(['', '<html>', '[]', '{}'])('not readable: %j', (body) => {
  expect(readCommandStatus(http(200, body), ID)).toEqual({ kind: 'unreadable' });
});

const dashed = ID.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const OTHER = ID.replaceAll('6', '7');

test.each<[name: string, id: unknown]>([
  ['the bare ID', ID],
  ['in capitals', ID.toUpperCase()],
  ['with dashes', dashed],
  ['none', undefined],
  ['a resource ID, which nobody has seen', `${CLUSTER}/commandResults/${OTHER}`],
  ['another form', `command-${OTHER}`],
  ['a number', 7],
])("the ID in a body may be the command's, or say nothing: %s", (_name, id) => {
  const body = { id, properties: { provisioningState: 'Succeeded', exitCode: 0 } };
  expect(readCommandStatus(http(200, body), ID)).toMatchObject({ kind: 'ended' });
});

test.each([
  ['bare', OTHER],
  ['in capitals', OTHER.toUpperCase()],
  ['with dashes', dashed.replaceAll('6', '7')],
])('a body about another command says nothing about this one, its ID %s', (_name, id) => {
  for (const provisioningState of ['Succeeded', 'Running', 'Failed']) {
    const body = { id, properties: { provisioningState, exitCode: 0 } };
    expect(readCommandStatus(http(200, body), ID)).toEqual({ kind: 'unreadable' });
  }
});

test('of a success, the status decides nothing: a 200 can carry Running, a 202 an end', () => {
  expect(read({ provisioningState: 'Running' }, 200).kind).toBe('running');
  expect(read({ provisioningState: 'Succeeded', exitCode: 0 }, 202).kind).toBe('ended');
});

test('nothing ends a command but its three final states', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 2, withBigInt: false }), (state) => {
      fc.pre(typeof state !== 'string' || !/^(succeeded|failed|canceled)$/i.test(state));
      expect(read({ provisioningState: state, exitCode: 0, logs: '' }).kind).not.toBe('ended');
    }),
  );
});

test.each<
  [
    name: string,
    status: number,
    body: string,
    because: 'no-such-command' | 'forbidden' | 'rejected',
  ]
>([
  [
    'a 404 of AKS',
    404,
    '{"error":{"code":"NotFound","message":"no such command"}}',
    'no-such-command',
  ],
  [
    'a 404 of the cluster',
    404,
    '{"error":{"code":"ResourceNotFound","message":"no such cluster"}}',
    'rejected',
  ],
  ['a 404 of its parent', 404, '{"error":{"code":"ParentResourceNotFound"}}', 'rejected'],
  ['a 404 of the resource group', 404, '{"error":{"code":"ResourceGroupNotFound"}}', 'rejected'],
  ['a 404 of the subscription', 404, '{"code":"SubscriptionNotFound"}', 'rejected'],
  // What is gone was there: this is no proof that the command never was.
  ['a result that is gone', 410, '{"error":{"code":"Gone"}}', 'rejected'],
  ['another refusal', 400, '{"error":{"code":"NotFound"}}', 'rejected'],
  ["ARM's own 403", 403, '{"error":{"code":"AuthorizationFailed","message":"no"}}', 'forbidden'],
  ['a 403 with its code at the top level', 403, '{"code":"AuthorizationFailed"}', 'forbidden'],
])('there is no result: %s', (_name, status, body, because) => {
  expect(readCommandStatus(http(status, body), ID)).toEqual({ kind: 'missing', because });
});

test('AKS denies a command without a body, too, with a request ID of Azure', () => {
  const denial = http(404, '', { 'x-ms-request-id': 'b5d8' });
  expect(readCommandStatus(denial, ID)).toEqual({ kind: 'missing', because: 'no-such-command' });
});

test.each([
  ['a 404 without a body', 404, ''],
  ['a 404 whose words cannot be read', 404, '}{'],
  ['a 404 without a code', 404, '{"message":"no Route matched"}'],
  ["a gateway's page", 404, '\n<html><title>404</title></html>'],
  ['a 400 without a code', 400, '{"message":"blocked"}'],
  ['a 403 that is a page', 403, '<html><title>403 Forbidden</title></html>'],
  ['a 403 without a body', 403, ''],
  ['a 403 of JSON without a code', 403, '{"error":"forbidden"}'],
  ['a 403 with an empty code', 403, '{"code":""}'],
  ['a 401', 401, '{"error":{"code":"InvalidAuthenticationToken"}}'],
  ['a 408', 408, ''],
  ['a 500', 500, '{"error":{"code":"InternalServerError"}}'],
  [
    'a 429, after which one looks less often',
    429,
    '{"error":{"code":"TooManyRequests"}}',
    'throttled',
  ],
])('it says nothing of the command: %s', (_name, status, body, kind = 'unreadable') => {
  expect(readCommandStatus(http(status, body), ID)).toEqual({ kind });
});

test.each([
  ['no beginning', undefined, '2026-11-25T12:01:30Z', undefined],
  ['no end', '2026-11-25T12:00:00Z', undefined, undefined],
  ['a time of no calendar', '2026-99-25T12:00:00Z', '2026-11-25T12:01:30Z', undefined],
  ['whole seconds', '2026-11-25T12:00:00Z', '2026-11-25T12:00:09.6Z', 10],
  ['an end before the beginning', '2026-11-25T12:00:01Z', '2026-11-25T12:00:00Z', 0],
])('the duration: %s', (_name, startedAt, finishedAt, seconds) => {
  expect(durationSeconds({ startedAt, finishedAt })).toBe(seconds);
});
