import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answered } from '../../../src/azure/answer.ts';
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
  ['an id in capitals', `${CLUSTER}/commandResults/${ID.toUpperCase()}`, ID],
  [
    'without a subscription',
    `https://management.azure.com/subscriptions//managedclusters/X/commandResults/${ID}`,
    ID,
  ],
])('the id in a Location: %s', (_name, location, id) => {
  expect(commandIdOfLocation(location)).toBe(id);
});

test('nothing but 32 hex digits ever comes out, whatever the service sends', () => {
  const hex = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF/?#\n:')),
    maxLength: 40,
  });
  const almost = fc.constantFrom(ID.toUpperCase(), `${ID}0`, `${ID}\n`, ID.slice(1));
  fc.assert(
    fc.property(fc.oneof(hex, almost), fc.string(), (id, before) => {
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
const ended = (result: object) =>
  ({ kind: 'ended', result: { provisioningState: 'succeeded', logs: '', ...result } }) as const;

test.each<[string, unknown, object]>([
  ['another letter case', { provisioningState: 'SUCCEEDED', exitCode: 0 }, ended({ exitCode: 0 })],
  ['canceled', { provisioningState: 'Canceled' }, ended({ provisioningState: 'failed' })],
  ['properties that are no object', 'Succeeded', { kind: 'running' }],
])('%s', (_name, properties, status) => {
  expect(read(properties)).toEqual(status);
});

const MEGABYTE = 'x'.repeat(1024 * 1024);
test.each<[name: string, given: unknown, expected: unknown]>([
  ['exitCode', -(2 ** 31), -(2 ** 31)],
  ['exitCode', 2 ** 32, undefined],
  ['exitCode', 1.5, undefined],
  ['exitCode', '0', undefined],
  ['startedAt', '2024-03-15T17:29:07+01:00', '2024-03-15T17:29:07+01:00'],
  ['startedAt', `2026-11-25T12:00:00.${'0'.repeat(40)}Z`, undefined],
  ['startedAt', '2024-99-99T99:99:99Z', undefined],
  ['startedAt', `${STARTED}\n::error::x`, undefined],
  ['finishedAt', MEGABYTE, undefined],
  ['reason', 'x '.repeat(1000), `${'x '.repeat(750)}…`],
  ['reason', '', undefined],
  ['logs', 1, ''],
])('%s of a result has a type and a limit: %p', (name, given, expected) => {
  const status = read({ provisioningState: 'Succeeded', [name]: given });
  expect(status).toMatchObject({ kind: 'ended', result: { [name]: expected } });
});

test.each(['', '<html>', '{}', '{"properties":{}}', '{"id":"476c'])(
  'without a state, only an answer of Azure shows that the command exists: %j',
  (body) => {
    for (const status of [200, 202]) {
      expect(readCommandStatus(http(status, body), ID)).toEqual({ kind: 'unreadable' });
      const ofAzure = http(status, body, { 'x-ms-request-id': 'b5d8' });
      expect(readCommandStatus(ofAzure, ID)).toEqual({ kind: 'running' });
    }
  },
);

const dashed = ID.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const OTHER = ID.replaceAll('6', '7');

test.each<[name: string, id: unknown]>([
  ['in capitals', ID.toUpperCase()],
  ['with dashes', dashed],
  ['in a resource ID, which nobody has seen', `${CLUSTER}/commandResults/${ID}`],
  ['none', undefined],
  ['null', null],
])("the ID in a body is the command's, or there is none: %s", (_name, id) => {
  const body = { id, properties: { provisioningState: 'Succeeded', exitCode: 0 } };
  expect(readCommandStatus(http(200, body), ID)).toMatchObject({ kind: 'ended' });
});

test.each<[name: string, id: unknown]>([
  ['another command', OTHER],
  ['another command, by its resource ID', `${CLUSTER}/commandResults/${OTHER}`],
  ['the cluster', CLUSTER],
  ['nothing', ''],
  ['a number', 7],
])('a body about something else says nothing about the command: %s', (_name, id) => {
  for (const provisioningState of ['Succeeded', 'Running', 'Failed', undefined]) {
    const body = { id, properties: { provisioningState, exitCode: 0 } };
    for (const headers of [{}, { 'x-ms-request-id': 'b5d8' }]) {
      expect(readCommandStatus(http(200, body, headers), ID)).toEqual({ kind: 'unreadable' });
    }
  }
});

test('nothing ends a command but its three final states', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 2, withBigInt: false }), (state) => {
      fc.pre(typeof state !== 'string' || !/^(succeeded|failed|canceled)$/i.test(state));
      expect(read({ provisioningState: state, exitCode: 0, logs: '' }).kind).not.toBe('ended');
    }),
  );
});

const coded = (code: string, message = 'words') => ({ error: { code, message } });
const BY = (cause: string) => ({ 'x-ms-failure-cause': cause });

test.each<[name: string, answer: Answered, because: string]>([
  ['a 404 of AKS, its code at the top', http(404, { code: 'NotFound' }), 'no-such-command'],
  [
    'a 404 of AKS, by another cause',
    http(404, coded('NotFound'), BY('service')),
    'no-such-command',
  ],
  [
    "a 404 of ARM's gateway, with that code",
    http(404, coded('NotFound'), BY('gateway')),
    'rejected',
  ],
  ["a 404 of ARM's gateway", http(404, coded('InvalidResourceType'), BY('gateway')), 'rejected'],
  ['a 404 with another code', http(404, coded('InvalidResourceType')), 'rejected'],
  ['a 404 of the cluster', http(404, coded('ResourceNotFound')), 'rejected'],
  // What is gone was there: this is no proof that the command never was.
  ['a result that is gone', http(410, coded('Gone')), 'rejected'],
  ['another refusal', http(400, coded('NotFound')), 'rejected'],
])('there is no result: %s', (_name, answer, because) => {
  expect(readCommandStatus(answer, ID)).toEqual({ kind: 'missing', because });
});

test('AKS denies a command without a body, too, with a request ID of Azure', () => {
  const denial = http(404, '', { 'x-ms-request-id': 'b5d8' });
  expect(readCommandStatus(denial, ID)).toEqual({ kind: 'missing', because: 'no-such-command' });
});

test.each<[name: string, answer: Answered, kind?: string]>([
  ['a 404 without a body', http(404)],
  [
    "a 404 of ARM's gateway without a body",
    http(404, '', { ...BY('gateway'), 'x-ms-request-id': 'b5d8' }),
  ],
  ['a 404 that quotes a broken call', http(404, coded('NotFound', 'unexpected EOF'))],
  ['a 400 that quotes a broken call', http(400, coded('BadRequest', 'context canceled'))],
  ['a 404 without a code', http(404, { message: 'no Route matched' })],
  ['a 403 that is a page', http(403, '<html><title>403 Forbidden</title></html>')],
  ['a 403 of JSON without a code', http(403, { error: 'forbidden' })],
  ['a 401', http(401, coded('InvalidAuthenticationToken'))],
  ['a 429, after which one looks less often', http(429, coded('TooManyRequests')), 'throttled'],
])('it says nothing of the command: %s', (_name, answer, kind = 'unreadable') => {
  expect(readCommandStatus(answer, ID)).toEqual({ kind });
});

test.each([
  ['a time of no calendar', '2026-99-25T12:00:00Z', '2026-11-25T12:01:30Z', undefined],
  ['an end before the beginning', '2026-11-25T12:00:01Z', '2026-11-25T12:00:00Z', 0],
])('the duration: %s', (_name, startedAt, finishedAt, seconds) => {
  expect(durationSeconds({ startedAt, finishedAt })).toBe(seconds);
});
