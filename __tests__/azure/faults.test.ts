import { describe, expect, test } from '@jest/globals';
import {
  answers,
  delays,
  errorBody,
  hangs,
  hangsAfter,
  noExitCode,
  parseFaults,
  podDoesNotStart,
  podFails,
  podIsKilled,
  podStartsLate,
  resetsAfter,
  resetsBefore,
  rewrites,
  runningIs200,
  type Fault,
} from '../../local/azure/index.ts';
import { clusterPath, code, commandId, createWorld, message, type World } from './world.ts';

const cluster = { url: clusterPath('plain') };
const post = {
  method: 'POST',
  url: clusterPath('plain', '/runCommand'),
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ command: 'echo hello' }),
};

/** What a request comes to, its bearer token added. */
async function outcome(world: World, request: { url: string; headers?: Record<string, string> }) {
  return await world.send({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${await world.signIn()}` },
  });
}

describe('the network', () => {
  const cases: { name: string; fault: Fault; kind: string; accepted: number }[] = [
    { name: 'resets before', fault: resetsBefore('run-command'), kind: 'reset', accepted: 0 },
    { name: 'resets after', fault: resetsAfter('run-command'), kind: 'reset', accepted: 1 },
    { name: 'hangs', fault: hangs('run-command'), kind: 'hang', accepted: 0 },
    { name: 'hangs after', fault: hangsAfter('run-command'), kind: 'hang', accepted: 1 },
    { name: 'answers in the service’s place', fault: answers('run-command', 503), kind: 'answer', accepted: 0 },
    { name: 'rewrites the answer', fault: rewrites('run-command', { status: 500 }), kind: 'answer', accepted: 1 },
  ];

  test.each(cases)('$name: $accepted accepted', async ({ fault, kind, accepted }) => {
    const world = createWorld({ faults: [fault] });
    expect(await outcome(world, post)).toMatchObject({ kind });
    expect(world.azure.commands()).toHaveLength(accepted);
    expect(world.azure.requests('run-command')).toMatchObject([{ outcome: kind }]);
    // Once, unless told otherwise.
    expect(await outcome(world, post)).toMatchObject({ kind: 'answer', response: { status: 202 } });
  });

  test('delays, then lets the request through', async () => {
    const world = createWorld({ faults: [delays('get-cluster', 5000)] });
    const before = world.clock.now();
    expect((await world.arm(cluster)).status).toBe(200);
    expect(world.clock.now() - before).toBe(5000);
  });

  test('answers with the status, headers and body given, and the service’s date', async () => {
    const body = errorBody('ServerBusy', 'Later.');
    const world = createWorld({ faults: [answers('get-cluster', 503, { headers: { 'Retry-After': '7' }, body })] });
    const answer = await world.arm(cluster);
    expect(answer).toMatchObject({ status: 503, body });
    expect(answer.headers).toMatchObject({
      'retry-after': '7',
      date: 'Thu, 01 Jan 2026 00:00:00 GMT',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test('breaks the location, or takes it away', async () => {
    const world = createWorld({
      faults: [
        rewrites('run-command', { headers: { location: 'https://elsewhere.invalid/' } }),
        rewrites('run-command', { headers: { location: null } }),
      ],
    });
    expect((await world.run('plain')).headers['location']).toBe('https://elsewhere.invalid/');
    expect((await world.run('plain')).headers).not.toHaveProperty('location');
    expect(world.azure.commands()).toHaveLength(2);
  });
});

describe('a fault strikes', () => {
  const statuses = async (world: World, requests: number): Promise<number[]> => {
    const seen = [];
    for (let sent = 0; sent < requests; sent += 1) seen.push((await world.arm(cluster)).status);
    return seen;
  };

  test.each([
    { name: 'once', when: {}, expected: [500, 200, 200, 200] },
    { name: 'as often as told', when: { times: 2 }, expected: [500, 500, 200, 200] },
    { name: 'always', when: { times: Infinity }, expected: [500, 500, 500, 500] },
    { name: 'later', when: { skip: 2 }, expected: [200, 200, 500, 200] },
    { name: 'never', when: { times: 0 }, expected: [200, 200, 200, 200] },
  ])('$name', async ({ when, expected }) => {
    expect(await statuses(createWorld({ faults: [answers('get-cluster', 500, {}, when)] }), 4)).toEqual(expected);
  });

  test('after the one before it', async () => {
    const faults = [answers('get-cluster', 500), answers('get-cluster', 502, {}, { times: 2 })];
    expect(await statuses(createWorld({ faults }), 4)).toEqual([500, 502, 502, 200]);
  });

  test('its own operation only', async () => {
    expect(await statuses(createWorld({ faults: [answers('command-result', 500)] }), 1)).toEqual([200]);
  });

  test('when added later, from then on', async () => {
    const world = createWorld();
    await world.arm(cluster);
    world.azure.addFaults([answers('get-cluster', 500, {}, { skip: 1 })]);
    expect(await statuses(world, 2)).toEqual([200, 500]);
  });

  test('no more once forgotten', async () => {
    const world = createWorld({ faults: [answers('get-cluster', 500, {}, { times: Infinity })] });
    const before = await statuses(world, 1);
    world.azure.clearFaults();
    expect([before, await statuses(world, 1)]).toEqual([[500], [200]]);
  });

  test('together with a delay and a pod fault', async () => {
    const world = createWorld({
      faults: [delays('run-command', 1000), resetsAfter('run-command'), podIsKilled(500)],
    });
    const before = world.clock.now();
    expect(await outcome(world, post)).toEqual({ kind: 'reset' });
    expect(world.clock.now() - before).toBe(1000);
    expect(world.azure.commands()).toHaveLength(1);
  });
});

describe('a pod', () => {
  test('that starts late is running without a start until it does', async () => {
    const world = createWorld({ faults: [podStartsLate(10_000)] });
    const id = commandId(await world.run('plain'));
    const seen = [];
    for (const seconds of [9, 1, 1]) {
      await world.clock.advance(seconds * 1000);
      seen.push((await world.result('plain', id)).json['properties']);
    }
    expect(seen).toEqual([
      { provisioningState: 'Running' },
      { provisioningState: 'Running', startedAt: '2026-01-01T00:00:10Z' },
      expect.objectContaining({ provisioningState: 'Succeeded' }),
    ]);
  });

  test.each(['plain', 'entra'])('that does not start on %s is told so, and its result is gone', async (name) => {
    const world = createWorld({ faults: [podDoesNotStart({ answerAfterMs: 30_000 })] });
    const before = world.clock.now();
    const answer = await world.run(name);
    const [command] = world.azure.commands();
    expect(world.clock.now() - before).toBe(30_000);
    expect({ status: answer.status, code: code(answer) }).toEqual({ status: 400, code: 'KubernetesPerformanceError' });
    expect(message(answer)).toContain(
      `container command-${command?.id ?? ''} in aks-command namespace did not start within 30s on your cluster, retry may helps`,
    );
    await world.clock.advance(3_600_000);
    expect((await world.result(name, command?.id ?? '')).status).toBe(404);
    expect(world.azure.commands()).toMatchObject([{ runs: 0, state: 'pending' }]);
  });

  test('that was given up can start all the same', async () => {
    const world = createWorld({ faults: [podDoesNotStart({ startsAfterMs: 45_000 })] });
    expect((await world.run('plain')).status).toBe(400);
    const id = world.azure.commands()[0]?.id ?? '';
    const seen = [];
    for (const seconds of [44, 1, 1]) {
      await world.clock.advance(seconds * 1000);
      seen.push((await world.result('plain', id)).status);
    }
    expect(seen).toEqual([404, 202, 200]);
    expect(world.azure.commands()).toMatchObject([{ runs: 1, state: 'succeeded' }]);
  });

  test('that is slow makes an Entra cluster’s POST block, and fail after 30 s', async () => {
    const world = createWorld({ faults: [podStartsLate(20_000), podStartsLate(40_000)] });
    const seen = [];
    for (let sent = 0; sent < 2; sent += 1) {
      const before = world.clock.now();
      const { status } = await world.run('entra');
      seen.push({ status, seconds: (world.clock.now() - before) / 1000 });
    }
    expect(seen).toEqual([
      { status: 202, seconds: 20 },
      { status: 400, seconds: 30 },
    ]);
  });

  test('that never starts on a plain cluster is gone after 30 s', async () => {
    const world = createWorld({ faults: [podStartsLate(Infinity)] });
    const id = commandId(await world.run('plain'));
    const seen = [];
    for (const seconds of [29, 1]) {
      await world.clock.advance(seconds * 1000);
      seen.push((await world.result('plain', id)).status);
    }
    expect(seen).toEqual([202, 404]);
  });

  test('that is killed ends with 137 and what it had written', async () => {
    const world = createWorld({
      pod: async ({ kill }, { started }) => {
        started();
        await new Promise((resolve) => {
          kill.addEventListener('abort', resolve);
        });
        return { exitCode: 137, logs: Buffer.from('so far\n') };
      },
      faults: [podIsKilled(3000)],
    });
    const id = commandId(await world.run('plain'));
    await world.clock.advance(3000);
    expect((await world.result('plain', id)).json['properties']).toMatchObject({ exitCode: 137, logs: 'so far\n' });
  });

  test.each([
    { ran: false, runs: 0 },
    { ran: true, runs: 1 },
  ])('that fails shows the reason and nothing else; ran: $ran', async ({ ran, runs }) => {
    const world = createWorld({ faults: [podFails('ImagePullBackoff', { ran, state: 'failed' })] });
    const id = commandId(await world.run('plain'));
    await world.clock.advance(1000);
    expect(await world.result('plain', id)).toMatchObject({
      status: 200,
      json: { id, properties: { provisioningState: 'failed', reason: 'ImagePullBackoff' } },
    });
    expect(world.azure.commands()).toMatchObject([{ runs }]);
  });

  test('that breaks shows why', async () => {
    const world = createWorld({ pod: () => Promise.reject(new Error('no node fits')) });
    const { json } = await world.result('plain', commandId(await world.run('plain')));
    expect(json['properties']).toEqual({ provisioningState: 'Failed', reason: 'no node fits' });
  });

  test('that succeeds may come without an exit code', async () => {
    const world = createWorld({ faults: [noExitCode()] });
    const id = commandId(await world.run('plain'));
    await world.clock.advance(1000);
    const { json } = await world.result('plain', id);
    expect(json['properties']).toMatchObject({ provisioningState: 'Succeeded', logs: 'echo hello\n' });
    expect(json['properties']).not.toHaveProperty('exitCode');
  });

  test('that runs may be reported with 200', async () => {
    const world = createWorld({ faults: [runningIs200()] });
    const id = commandId(await world.run('plain'));
    expect(await world.result('plain', id)).toMatchObject({
      status: 200,
      json: { properties: { provisioningState: 'Running' } },
    });
  });
});

describe('faults in a file', () => {
  test('are what the constructors make', () => {
    const faults = [
      answers('token', 503, { headers: { 'retry-after': '1' }, body: '<html>' }, { skip: 1, times: 2 }),
      delays('get-cluster', 100),
      resetsBefore('metadata'),
      resetsAfter('run-command'),
      hangs('command-result'),
      hangsAfter('run-command'),
      rewrites('run-command', { status: 200, headers: { location: null }, body: '' }),
      podStartsLate(1000),
      podDoesNotStart({ answerAfterMs: 1, startsAfterMs: 2, code: 'KubernetesOperationError' }),
      podIsKilled(10),
      podFails('why', { ran: true, state: 'failed' }),
      noExitCode(),
    ];
    expect(parseFaults(JSON.stringify(faults))).toEqual(faults);
  });

  test('can strike always', () => {
    expect(parseFaults('[{"on":"token","times":"always","do":{"kind":"hang"}}]')).toEqual([
      hangs('token', { times: Infinity }),
    ]);
  });

  test.each([
    { text: '{}', says: 'Faults are a JSON array' },
    { text: '[1]', says: 'Fault 1: not an object' },
    { text: '[{"on":"tokens","do":{"kind":"hang"}}]', says: 'Fault 1: "on" is one of metadata, id-token' },
    { text: '[{"on":"token"}]', says: 'Fault 1: "do" is an object' },
    { text: '[{"on":"token","do":{"kind":"explode"}}]', says: 'Fault 1: "do.kind" is unknown' },
    { text: '[{"on":"token","do":{"kind":"delay"}}]', says: 'Fault 1: delay needs "ms"' },
    { text: '[{"on":"token","do":{"kind":"delay","ms":-1}}]', says: 'Fault 1: "ms" is a number, zero or more' },
    { text: '[{"on":"token","do":{"kind":"hang","ms":1}}]', says: 'Fault 1: "ms" is unknown here' },
    { text: '[{"on":"token","do":{"kind":"answer","status":1,"headers":{"a":1}}}]', says: 'header "a"' },
    { text: '[{"on":"token","do":{"kind":"no-exit-code"}}]', says: "Fault 1: a pod fault strikes 'run-command'" },
  ])('are refused: $text', ({ text, says }) => {
    expect(() => parseFaults(text)).toThrow(says);
  });
});
