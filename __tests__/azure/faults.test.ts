import { describe, expect, test } from '@jest/globals';
import { answers, delays, podIsKilled, resetsAfter } from '../../local/azure/index.ts';
import { clusterPath, createWorld, type World } from './world.ts';

// What each fault does is proven by the suites that use it. Here is when faults strike.

const cluster = { url: clusterPath('plain') };

async function statuses(world: World, requests: number): Promise<number[]> {
  const seen = [];
  for (let sent = 0; sent < requests; sent += 1) seen.push((await world.arm(cluster)).status);
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
      await statuses(createWorld({ faults: [answers('get-cluster', 500, {}, when)] }), 4),
    ).toEqual(expected);
  });

  test('after the one before it, and on its own operation only', async () => {
    const both = [answers('get-cluster', 500), answers('get-cluster', 502, {}, { times: 2 })];
    const world = createWorld({ faults: [answers('command-result', 418), ...both] });
    expect(await statuses(world, 4)).toEqual([500, 502, 502, 200]);
  });

  test('if it is added later, from then on, and no more once it is forgotten', async () => {
    const world = createWorld();
    await world.arm(cluster);
    world.azure.addFaults([answers('get-cluster', 500, {}, { skip: 1, times: Infinity })]);
    expect(await statuses(world, 2)).toEqual([200, 500]);
    world.azure.clearFaults();
    expect(await statuses(world, 1)).toEqual([200]);
  });

  test('together with a delay and a pod fault', async () => {
    const world = createWorld({
      faults: [delays('run-command', 1000), resetsAfter('run-command'), podIsKilled(500)],
    });
    const [headers, before] = [
      { authorization: `Bearer ${await world.signIn()}` },
      world.clock.now(),
    ];
    const request = {
      method: 'POST',
      url: clusterPath('plain', '/runCommand'),
      body: '{"command":"x"}',
    };
    const type = { 'content-type': 'application/json' };
    expect(await world.send({ ...request, headers: { ...headers, ...type } })).toEqual({
      kind: 'reset',
    });
    expect(world.clock.now() - before).toBe(1000);
    expect(world.azure.commands()).toHaveLength(1);
  });
});
