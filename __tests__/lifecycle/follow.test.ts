import { beforeAll, expect, test } from '@jest/globals';
import { answers, errorBody, hangs, podIsKilled, type Fault } from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { createWorld, simulateDate, type WorldOptions } from './world.ts';

beforeAll(simulateDate);

type Row = {
  readonly name: string;
  /** What goes wrong from the follower's first request on. */
  readonly faults?: readonly Fault[];
  readonly world?: WorldOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly state: State;
  readonly says: string;
};

const ALWAYS = { times: Infinity };
const FORBIDDEN = { body: errorBody('AuthorizationFailed', 'no') };

const rows: Row[] = [
  { name: 'nothing', state: 'succeeded', says: ': succeeded' },
  {
    name: 'a login that is refused',
    faults: [answers('token', 400, { body: '{"error":"x"}' }, ALWAYS)],
    state: 'unknown',
    says: 'Entra refused an access token',
  },
  {
    name: 'a login that does not answer',
    faults: [hangs('token', ALWAYS)],
    state: 'unknown',
    says: 'Entra did not answer',
  },
  {
    name: '404 for ever',
    faults: [answers('command-result', 404, {}, ALWAYS)],
    state: 'unknown',
    says: 'Azure has no result for the command',
  },
  {
    name: '404 for some seconds',
    faults: [answers('command-result', 404, {}, { times: 9 })],
    state: 'succeeded',
    says: ': succeeded',
  },
  // A success that is none of ARM's is no result, whatever stands in it: the true one is waited for.
  ...[201, 203, 204, 206].map((status) => ({
    name: `a forged result with the status ${status}`,
    world: { command: { exitCode: 3 } },
    faults: [
      answers(
        'command-result',
        status,
        { body: '{"properties":{"provisioningState":"Succeeded","exitCode":0,"logs":"forged"}}' },
        { times: 3 },
      ),
    ],
    state: 'failed' as const,
    says: 'exit code 3',
  })),
  {
    name: "ARM's own 403 for ever",
    faults: [answers('command-result', 403, FORBIDDEN, ALWAYS)],
    state: 'running',
    says: 'commandResults/read',
  },
  {
    name: "ARM's own 403 once",
    faults: [answers('command-result', 403, FORBIDDEN)],
    state: 'succeeded',
    says: ': succeeded',
  },
  ...['', '<html><title>403 Forbidden</title></html>', '{"message":"blocked"}'].map((body) => ({
    name: `a gateway's 403 for ever, with the body ${JSON.stringify(body)}`,
    faults: [answers('command-result', 403, { body }, ALWAYS)],
    inputs: { timeout: '2m' },
    state: 'unknown' as const,
    says: 'The command gave no result within 2m',
  })),
  {
    name: 'a command that outlives the wait',
    world: { command: { seconds: 9000 } },
    inputs: { timeout: '10m' },
    state: 'running',
    says: 'The command gave no result within 10m',
  },
  {
    name: 'a container that is killed',
    world: { command: { seconds: 900 }, faults: [podIsKilled(5000)] },
    state: 'failed',
    says: 'exit code 137',
  },
];

test.each(rows)('a follower meets $name', async ({ faults = [], world: options, inputs = {}, state, says }) => {
  const world = createWorld(options);
  const submitted = await world.run({ wait: 'false' });
  expect(submitted).toMatchObject({ success: true, outputs: { state: 'running' } });
  world.azure.addFaults(faults);

  const id = submitted.outputs['command-id'] ?? '';
  const step = await world.run({ command: '', 'command-id': id, ...inputs });

  expect(step.outputs).toMatchObject({ state, 'command-id': id });
  expect(step.success).toBe(state === 'succeeded');
  expect(step.log).toContain(says);
  expect(step.log + step.summary).not.toMatch(/undefined|\[object/);
  expect({ posted: world.posted(), ran: world.ran() }).toEqual({ posted: 1, ran: 1 });
});
