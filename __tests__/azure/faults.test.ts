import { describe, expect, test } from '@jest/globals';
import * as faults from '../../local/azure/faults.ts';
import { answers, delays, parseFaults, podIsKilled, resetsAfter } from '../../local/azure/index.ts';
import { clusterPath, createWorld, type World } from './world.ts';

// What each fault does is proven by the suites that use it. Here is when faults strike, and how a file of them is read.

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

describe('a file of faults', () => {
  test('holds what the constructors make', () => {
    const all = [
      faults.answers(
        'token',
        503,
        { headers: { 'retry-after': '1' }, body: '<html>' },
        { skip: 1, times: 2 },
      ),
      ...[
        faults.delays('get-cluster', 100),
        faults.resetsBefore('metadata'),
        faults.resetsAfter('run-command'),
      ],
      ...[faults.hangs('command-result'), faults.hangsAfter('run-command'), faults.noExitCode()],
      faults.rewrites('run-command', { status: 200, headers: { location: null }, body: '' }),
      faults.podDoesNotStart({
        answerAfterMs: 1,
        startsAfterMs: 2,
        code: 'KubernetesOperationError',
      }),
      ...[
        faults.podStartsLate(1000),
        faults.podIsKilled(10),
        faults.podFails('why', { ran: true, state: 'failed' }),
      ],
    ];
    expect(parseFaults(JSON.stringify(all))).toEqual(all);
    expect(parseFaults('[{"on":"token","times":"always","do":{"kind":"hang"}}]')).toEqual([
      faults.hangs('token', { times: Infinity }),
    ]);
  });

  test.each([
    ['{}', 'Faults are a JSON array'],
    ['[1]', 'Fault 1: not an object'],
    ['[{"on":"tokens","do":{"kind":"hang"}}]', 'Fault 1: "on" is one of metadata, id-token'],
    ['[{"on":"token"}]', 'Fault 1: "do" is an object'],
    ['[{"on":"token","do":{"kind":"explode"}}]', 'Fault 1: "do.kind" is unknown'],
    ['[{"on":"token","do":{"kind":"delay"}}]', 'Fault 1: delay needs "ms"'],
    ['[{"on":"token","do":{"kind":"delay","ms":-1}}]', 'Fault 1: "ms" is a number, zero or more'],
    ['[{"on":"token","do":{"kind":"hang","ms":1}}]', 'Fault 1: "ms" is unknown here'],
    ['[{"on":"token","do":{"kind":"answer","status":1,"headers":{"a":1}}}]', 'header "a"'],
    ['[{"on":"token","do":{"kind":"no-exit-code"}}]', "Fault 1: a pod fault strikes 'run-command'"],
  ])('is refused: %s', (text, says) => {
    expect(() => parseFaults(text)).toThrow(says);
  });
});
