import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deniesCommand, readCommandStatus, type CommandStatus } from '../../../src/azure/command-result.ts';

const read = (body: string, status = 200) => readCommandStatus({ kind: 'answered', status, headers: {}, body });
const of = (properties: unknown) => read(JSON.stringify({ id: '476c56420763494ca19c24e67f15f66e', properties }));

const STARTED = '2024-03-15T16:29:07Z';
const FINISHED = '2024-03-15T16:29:08.25Z';

test.each<[string, unknown, CommandStatus]>([
  ['accepted', { provisioningState: 'Running' }, { kind: 'running' }],
  ['running', { provisioningState: 'Running', startedAt: STARTED }, { kind: 'running', startedAt: STARTED }],
  ['a state of which nobody has heard', { provisioningState: 'Waiting' }, { kind: 'running' }],
  [
    'exit code 1 is no failure of AKS',
    { provisioningState: 'Succeeded', exitCode: 1, startedAt: STARTED, finishedAt: FINISHED, logs: 'no\n' },
    {
      kind: 'ended',
      provisioningState: 'succeeded',
      exitCode: 1,
      startedAt: STARTED,
      finishedAt: FINISHED,
      logs: 'no\n',
    },
  ],
  [
    'another letter case',
    { provisioningState: 'SUCCEEDED', exitCode: 0 },
    { kind: 'ended', provisioningState: 'succeeded', exitCode: 0, logs: '' },
  ],
  [
    'failed',
    { provisioningState: 'failed', reason: 'ImagePullBackoff' },
    { kind: 'ended', provisioningState: 'failed', reason: 'ImagePullBackoff', logs: '' },
  ],
  ['canceled', { provisioningState: 'Canceled' }, { kind: 'ended', provisioningState: 'failed', logs: '' }],
  [
    'null where nothing is known',
    { provisioningState: 'Succeeded', exitCode: null, logs: null, reason: null, startedAt: null, finishedAt: null },
    { kind: 'ended', provisioningState: 'succeeded', logs: '' },
  ],
  [
    'an exit code that is none',
    { provisioningState: 'Succeeded', exitCode: '0', reason: '' },
    { kind: 'ended', provisioningState: 'succeeded', logs: '' },
  ],
  [
    'an exit code that is no integer',
    { provisioningState: 'Succeeded', exitCode: 0.5 },
    { kind: 'ended', provisioningState: 'succeeded', logs: '' },
  ],
  [
    'times that there are not',
    { provisioningState: 'Succeeded', startedAt: '2024-99-99T99:99:99Z', finishedAt: '2024-03-15T16:29:08.1234567Z' },
    { kind: 'ended', provisioningState: 'succeeded', logs: '', finishedAt: '2024-03-15T16:29:08.1234567Z' },
  ],
  [
    'a time that is none is not passed on',
    { provisioningState: 'Succeeded', exitCode: 0, startedAt: '**now**', finishedAt: `${FINISHED}\n::error::` },
    { kind: 'ended', provisioningState: 'succeeded', exitCode: 0, logs: '' },
  ],
  [
    'a time with an offset',
    { provisioningState: 'Succeeded', exitCode: 0, startedAt: '2024-03-15T17:29:07+01:00' },
    {
      kind: 'ended',
      provisioningState: 'succeeded',
      exitCode: 0,
      logs: '',
      startedAt: '2024-03-15T17:29:07+01:00',
    },
  ],
  ['no state', { exitCode: 0 }, { kind: 'unreadable' }],
  ['a state that is no text', { provisioningState: 0 }, { kind: 'unreadable' }],
  ['properties that are no object', 'Succeeded', { kind: 'unreadable' }],
])('%s', (_name, properties, status) => {
  expect(of(properties)).toEqual(status);
});

test.each([
  ['no body', ''],
  ['no JSON', '<html>'],
  ['an array', '[]'],
  ['no properties', '{}'],
])('not readable: %s', (_name, body) => {
  expect(read(body)).toEqual({ kind: 'unreadable' });
});

test('the status of the answer decides nothing: a 200 can carry Running, a 202 an end', () => {
  expect(read('{"properties":{"provisioningState":"Running"}}', 200).kind).toBe('running');
  expect(read('{"properties":{"provisioningState":"Succeeded","exitCode":0}}', 202).kind).toBe('ended');
});

test('nothing ends a command but its three final states', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 2, withBigInt: false }), (state) => {
      fc.pre(typeof state !== 'string' || !/^(succeeded|failed|canceled)$/i.test(state));
      expect(of({ provisioningState: state, exitCode: 0, logs: '' }).kind).not.toBe('ended');
    }),
  );
});

test.each<[string, number, string, boolean]>([
  ['a 404 without a body', 404, '', true],
  ['a 404 of AKS', 404, '{"error":{"code":"NotFound","message":"no such command"}}', true],
  ['a 404 whose words cannot be read', 404, '}{', true],
  ['a 404 of the cluster', 404, '{"error":{"code":"ResourceNotFound","message":"no such cluster"}}', false],
  ['a 404 of its parent', 404, '{"error":{"code":"ParentResourceNotFound"}}', false],
  ['a 404 of the resource group', 404, '{"error":{"code":"ResourceGroupNotFound"}}', false],
  ['a 404 of the subscription', 404, '{"code":"SubscriptionNotFound"}', false],
  ["a gateway's page", 404, '\n<html><title>404</title></html>', false],
  ['gone', 410, '', false],
  ['another refusal', 400, '{"error":{"code":"NotFound"}}', false],
])('whether AKS says that it has no such command: %s', (_name, status, body, denies) => {
  expect(deniesCommand({ kind: 'answered', status, headers: {}, body })).toBe(denies);
});
