import { expect, test } from '@jest/globals';
import { answers, demo, rewrites } from '../../../local/azure/index.ts';
import type { Cloud } from '../../../src/azure/cloud.ts';
import type { Target } from '../../../src/azure/port.ts';
import { azureFor } from '../../../src/edge/azure.ts';
import { counting, failureOf, jobAt, APPLICATION, trustedStandIn } from './loopback.ts';

const azure = trustedStandIn();

/** A job against a cloud that is named, or known only by its endpoint. */
function job(
  kind: 'named' | 'endpoint',
  signIn: Pick<Target, 'application'> = { application: APPLICATION },
) {
  const { url } = azure();
  const endpoint: Cloud = { name: url, resourceManager: url, audience: APPLICATION.audience };
  const cloud = kind === 'named' ? { ...endpoint, authority: url } : endpoint;
  const cluster = { subscriptionId: demo.subscriptionId, resourceGroup: 'demo', name: 'plain' };
  const ports = jobAt(azure());
  return {
    ports,
    requests: counting(azure()),
    client: azureFor({ cluster, cloud, ...signIn }, ports),
  };
}

test.each([
  ['a cloud with a name is known', 'named', undefined],
  ['a cloud without one is asked what it is, once', 'endpoint', 1],
] as const)('%s', async (_name, kind, asked) => {
  const { client, requests } = job(kind);
  await client.signIn();
  expect(requests()).toMatchObject({ token: 1 });
  expect(requests()['get-cluster']).toBeUndefined();
  expect(await client.readCluster()).toMatchObject({ kind: 'answered', status: 200 });
  expect(requests()).toMatchObject({ token: 1, 'get-cluster': 1 });
  expect(requests()['metadata']).toBe(asked);
  client.forgetTokens();
  await client.signIn();
  expect(requests()['token']).toBe(2);
});

test.each([
  ['says nothing of it', answers('metadata', 200, { body: 'Welcome' })],
  ['says it in a failure', rewrites('metadata', { status: 404 }, { times: Infinity })],
])('a cloud that is asked what it is, and %s, cannot be used', async (_name, fault) => {
  azure().addFaults([fault]);
  expect(await failureOf(job('endpoint').client.signIn())).toMatchObject({
    code: 'cloud-metadata',
  });
  azure().clearFaults();
});

test('without an application, the session is used that there is', () => {
  const { ports } = job('named', { application: undefined });
  expect(ports.transcript).toEqual([
    'info Signing in with the existing Azure session, because client-id and tenant-id are not set.',
  ]);
});
