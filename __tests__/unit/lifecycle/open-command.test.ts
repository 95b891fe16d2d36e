import { expect, test } from '@jest/globals';
import { readState, stateOf } from '../../../src/lifecycle/open-command.ts';
import { ID } from '../ports.ts';

const cluster = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg',
  name: 'prod',
};
const submission = { hash: 'a'.repeat(64), startBy: 1_795_608_090 };

test.each([
  ['before its POST', { submission }],
  ['after it', { id: ID, submission }],
  ['that the step only waits for', { id: ID }],
])('a command %s is read back as it was saved', (_name, open) => {
  expect(readState(stateOf(open, cluster))).toEqual({ open, cluster });
});

const whole = stateOf({ id: ID, submission }, cluster);
const without = (name: string) =>
  JSON.stringify({ ...(JSON.parse(whole) as object), [name]: undefined });
const having = (fields: object) => JSON.stringify({ ...(JSON.parse(whole) as object), ...fields });

test.each([
  ['nothing', ''],
  ['what is no JSON', whole.slice(0, -1)],
  ['another value', '[]'],
  ['no cluster', without('cluster')],
  ['a hash without its start-by time', without('startBy')],
  ['a start-by time without its hash', without('hash')],
  ['neither ID nor hash', JSON.stringify({ cluster: 'x' })],
  ['a cluster that is none', having({ cluster: '/subscriptions/x' })],
  ['an ID in another form', having({ id: ID.toUpperCase() })],
  ['an ID that is a path', having({ id: `../${ID}` })],
  ['a hash that is a pattern', having({ hash: '.*' })],
  ['a start-by time that is text', having({ startBy: '1795608090' })],
  ['a start-by time that is no number', having({ startBy: null })],
  ['something else besides', having({ command: 'rm -rf /' })],
  ['two lines', `${whole}\n`],
])('%s stops nothing', (_name, state) => {
  expect(readState(state)).toBeUndefined();
});
