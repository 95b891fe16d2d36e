import { expect, test } from '@jest/globals';
import { readClusterFacts } from '../../../src/azure/managed-cluster.ts';

const NOTHING = { managedEntra: false, stopped: false, runCommandDisabled: false };

test.each([
  ['managed Entra', { aadProfile: { managed: true } }, { ...NOTHING, managedEntra: true }],
  ['Entra, and not managed', { aadProfile: { managed: false } }, NOTHING],
  ['stopped', { powerState: { code: 'Stopped' } }, { ...NOTHING, stopped: true }],
  ['running', { powerState: { code: 'Running' } }, NOTHING],
  [
    'run command disabled',
    { apiServerAccessProfile: { disableRunCommand: true } },
    { ...NOTHING, runCommandDisabled: true },
  ],
  ['a private cluster', { apiServerAccessProfile: { enablePrivateCluster: true } }, NOTHING],
  ['profiles that are null', { aadProfile: null, powerState: null, apiServerAccessProfile: null }, NOTHING],
  ['text where a flag belongs', { aadProfile: { managed: 'true' } }, NOTHING],
])('a cluster: %s', (_name, properties, facts) => {
  expect(readClusterFacts(JSON.stringify({ properties }))).toEqual(facts);
});

test.each([
  ['no properties', '{"name":"x"}'],
  ['an array', '[]'],
  ['no JSON', '<html>'],
])('a body that says nothing: %s', (_name, body) => {
  expect(readClusterFacts(body)).toEqual(NOTHING);
});
