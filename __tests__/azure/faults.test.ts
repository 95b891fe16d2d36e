import { describe, expect, test } from '@jest/globals';
import { answers, delays, podIsKilled, resetsAfter } from '../../local/azure/index.ts';
import { clusterPath, createClient, type Client } from './client.ts';

// What each fault does is proven by the suites that use it. This file tests when faults strike.

const cluster = { url: clusterPath('plain') };

async function statuses(client: Client, requests: number): Promise<number[]> {
  const seen = [];
  for (let sent = 0; sent < requests; sent += 1) seen.push((await client.arm(cluster)).status);
  return seen;
}

describe('a fault strikes', () => {
  test.each([
    ['once', {}, [500, 200, 200, 200]],
    ['as often as told', { times: 2 }, [500, 500, 200, 200]],
    ['always', { times: Infinity }, [500, 500, 500, 500]],
    ['later', { skip: 2 }, [200, 200, 500, 200]],
    ['never', { times: 0 }, [200, 200, 200, 200]],
  ])('%s', async (_name, when, expected) => {
    expect(
      await statuses(createClient({ faults: [answers('get-cluster', 500, {}, when)] }), 4),
    ).toEqual(expected);
  });

  test('after the one before it, and on its own operation only', async () => {
    const both = [answers('get-cluster', 500), answers('get-cluster', 502, {}, { times: 2 })];
    const client = createClient({ faults: [answers('command-result', 418), ...both] });
    expect(await statuses(client, 4)).toEqual([500, 502, 502, 200]);
  });

  test('if it is added later, from then on, and no more once it is forgotten', async () => {
    const client = createClient();
    await client.arm(cluster);
    client.azure.addFaults([answers('get-cluster', 500, {}, { skip: 1, times: Infinity })]);
    expect(await statuses(client, 2)).toEqual([200, 500]);
    client.azure.clearFaults();
    expect(await statuses(client, 1)).toEqual([200]);
  });

  test('together with a delay and a pod fault', async () => {
    const client = createClient({
      faults: [delays('run-command', 1000), resetsAfter('run-command'), podIsKilled(500)],
    });
    const token = await client.signIn();
    const before = client.clock.now();
    const outcome = await client.send({
      method: 'POST',
      url: clusterPath('plain', '/runCommand'),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"command":"x"}',
    });
    expect(outcome).toEqual({ kind: 'reset' });
    expect(client.clock.now() - before).toBe(1000);
    expect(client.azure.commands()).toHaveLength(1);
  });
});
