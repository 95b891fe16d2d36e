import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CLUSTER_NAME,
  clusterName,
  GUID,
  parseResourceId,
  readClusterFacts,
  RESOURCE_GROUP,
  resourceId,
} from '../../../src/azure/managed-cluster.ts';

const CLUSTER = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg-1',
  name: 'prod',
};

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const text = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 1, maxLength });
const cluster = fc.record({
  subscriptionId: fc.uuid(),
  resourceGroup: text(`${letters}-_.()`, 90).filter((name) => !name.endsWith('.')),
  name: text(`${letters}-_`, 63).filter((name) => /^[^_-](?:.*[^_-])?$/.test(name)),
});

test('a resource ID is read in any letter case, and names come out as they were written', () => {
  fc.assert(
    fc.property(cluster, fc.infiniteStream(fc.boolean()), (expected, capitals) => {
      expect(parseResourceId(resourceId(expected))).toEqual(expected);
      const letters = Array.from(resourceId(expected), (letter) =>
        capitals.next().value === true ? letter.toUpperCase() : letter.toLowerCase(),
      );
      const read = parseResourceId(letters.join(''));
      expect(read && resourceId(read).toLowerCase()).toBe(resourceId(expected).toLowerCase());
    }),
  );
});

const ID = resourceId(CLUSTER);

test.each([
  ['with a slash at its end', `${ID}/`, CLUSTER],
  ['of something below the cluster', `${ID}/agentPools/a`, undefined],
  ['with a URL before', `https://portal.azure.com/#resource${ID}`, undefined],
  [
    'with no GUID for a subscription',
    ID.replace(CLUSTER.subscriptionId, 'my-subscription'),
    undefined,
  ],
  ['with a name that shells would obey', ID.replace('prod', '$(id)'), undefined],
  ['with a line break at its end', `${ID}\n`, undefined],
])('a resource ID %s', (_name, id, expected) => {
  expect(parseResourceId(id)).toEqual(expected);
});

test.each<[what: string, pattern: RegExp, name: string, valid: boolean]>([
  ['a GUID in braces', GUID, `{${CLUSTER.subscriptionId}}`, false],
  ['a cluster of one letter', CLUSTER_NAME, 'a', true],
  ['a cluster of 63', CLUSTER_NAME, 'a'.repeat(63), true],
  ['a cluster of 64', CLUSTER_NAME, 'a'.repeat(64), false],
  ['a cluster that begins with a dash', CLUSTER_NAME, '-a', false],
  ['a group of 90', RESOURCE_GROUP, 'a'.repeat(90), true],
  ['a group of 91', RESOURCE_GROUP, 'a'.repeat(91), false],
  ['a group with all that is allowed', RESOURCE_GROUP, '(Größe_1)-2.x', true],
  ['a group that ends in a period', RESOURCE_GROUP, 'rg.', false],
  ['a group with a slash', RESOURCE_GROUP, 'a/b', false],
])('%s', (_name, pattern, name, valid) => {
  expect(pattern.test(name)).toBe(valid);
});

test.each([
  ['a name of ARM', 'prod', 'prod'],
  ['a name that would give the runner a command', 'prod\n::error::x', 'the cluster'],
])('in the log, %s', (_name, name, shown) => {
  expect(clusterName({ ...CLUSTER, name }).plain).toBe(shown);
});

const NOTHING = { managedEntra: false, stopped: false, runCommandDisabled: false };
const properties = (value: unknown) => JSON.stringify({ properties: value });
test.each([
  [
    'managed Entra',
    properties({ aadProfile: { managed: true } }),
    { ...NOTHING, managedEntra: true },
  ],
  ['stopped', properties({ powerState: { code: 'Stopped' } }), { ...NOTHING, stopped: true }],
  [
    'run command disabled',
    properties({ apiServerAccessProfile: { disableRunCommand: true } }),
    { ...NOTHING, runCommandDisabled: true },
  ],
  ['no JSON', '<html>', NOTHING],
])('a cluster: %s', (_name, body, facts) => {
  expect(readClusterFacts(body)).toEqual(facts);
});
