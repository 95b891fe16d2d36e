import { beforeAll, expect, test } from '@jest/globals';
import {
  answers,
  delays,
  errorBody,
  hangs,
  hangsAfter,
  podDoesNotStart,
  podStartsLate,
  resetsBefore,
  type Fault,
  type Operation,
} from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { createWorld, simulateDate, type WorldOptions } from './world.ts';

beforeAll(simulateDate);

type More = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly says?: string;
  readonly world?: WorldOptions;
};

/**
 * Makes rows of the same outcome. The cancel comes `afterMs` after the `nth` request of an
 * operation.
 */
const outcome =
  (state: State, posted: number, hasId: boolean) =>
  (
    name: string,
    on: Operation,
    [nth, afterMs]: readonly [number, number],
    faults: Fault[] = [],
    more: More = {},
  ) => ({
    name,
    cancel: { on, nth, afterMs },
    state,
    posted,
    hasId,
    faults,
    inputs: more.inputs ?? {},
    says: more.says ?? 'canceled',
    world: more.world,
  });
const never = outcome('not-started', 0, false);
const refused = outcome('not-started', 1, false);
const runsOn = outcome('running', 1, true);
const lost = outcome('unknown', 1, false);

const BUSY = {
  body: errorBody('OperationNotAllowed', 'Another operation is in progress on the cluster.'),
};
const THROTTLED = { headers: { 'retry-after': '600' } };
const AT_ONCE = [1, 100] as const;
const REJECTED = { body: errorBody('ExpiredAuthenticationToken', 'The access token expired.') };
const TORN = { says: 'connection broke before Azure answered' };
const rows = [
  never('while the metadata is awaited', 'metadata', AT_ONCE, [hangs('metadata')]),
  never('while the ID token is awaited', 'id-token', AT_ONCE, [hangs('id-token')]),
  never('while Entra is awaited', 'token', AT_ONCE, [hangs('token')]),
  never('while Entra has told to wait', 'token', AT_ONCE, [answers('token', 429, THROTTLED)]),
  never('while the cluster is awaited', 'get-cluster', AT_ONCE, [hangs('get-cluster')]),
  never('while the cluster token is awaited', 'token', [2, 100], [hangs('token', { skip: 1 })], {
    inputs: { cluster: 'entra' },
  }),
  refused(
    'while a fresh token is awaited, which comes in the grace time and is not used',
    'token',
    [2, 100],
    [answers('run-command', 401, REJECTED), delays('token', 1000, { skip: 1 })],
  ),
  runsOn('during the submission, answered in time', 'run-command', AT_ONCE, [
    delays('run-command', 1000),
  ]),
  runsOn('the same with wait: false', 'run-command', AT_ONCE, [delays('run-command', 1000)], {
    inputs: { wait: 'false' },
  }),
  lost('during the submission, not answered', 'run-command', AT_ONCE, [hangsAfter('run-command')]),
  lost('during the submission, answered too late', 'run-command', AT_ONCE, [
    delays('run-command', 10_000),
  ]),
  refused('during the submission, throttled in the grace time', 'run-command', AT_ONCE, [
    delays('run-command', 500),
    answers('run-command', 429, THROTTLED),
  ]),
  lost(
    'during the submission, torn in the grace time',
    'run-command',
    AT_ONCE,
    [delays('run-command', 500), resetsBefore('run-command')],
    TORN,
  ),
  refused(
    'while ARM has told to wait',
    'run-command',
    [1, 5000],
    [answers('run-command', 429, THROTTLED)],
  ),
  outcome('not-started', 2, false)(
    'while another operation holds the cluster',
    'run-command',
    [2, 100],
    [answers('run-command', 409, BUSY, { times: 2 })],
  ),
  runsOn('while following', 'command-result', [12, 50]),
  runsOn('while a result is awaited', 'command-result', [1, 5000], [hangs('command-result')]),
  runsOn(
    'while a look is throttled',
    'command-result',
    [1, 5000],
    [answers('command-result', 429, THROTTLED)],
  ),
  runsOn('while the pod is pending', 'command-result', [3, 50], [podStartsLate(20_000)]),
  outcome('unknown', 1, true)(
    'after the pod was given up, before its start-by time',
    'command-result',
    [9, 50],
    [podDoesNotStart({ startsAfterMs: 60_000 })],
  ),
  runsOn(
    'after the pod was given up, and has started all the same',
    'command-result',
    [20, 50],
    [podDoesNotStart({ startsAfterMs: 5000 })],
  ),
  outcome('unknown', 1, true)(
    'after a pod whose clock is ahead has refused, before the next submission is due',
    'command-result',
    [13, 500],
    [podStartsLate(8_500)],
    { inputs: { 'start-timeout': '15s' }, world: { podClockOffset: 30_000 } },
  ),
];

test.each(rows)(
  'a cancel $name',
  async ({ cancel, faults, inputs, state, posted, hasId, says, world: options }) => {
    const world = createWorld({ faults, command: { seconds: 60 }, ...options });

    const step = await world.run(inputs, { cancel });
    const endedAfter = step.endedAt - (step.cancelledAt ?? NaN);
    const ranBefore = world.ran();
    await world.clock.advance(3_600_000);

    expect({ state: step.outputs['state'], posted: world.posted() }).toEqual({ state, posted });
    expect(endedAfter).toBeLessThan(2000);
    expect(step.success).toBe(false);
    expect(step.log).toContain(says);
    if (state === 'not-started')
      expect({ ranBefore, ran: world.ran() }).toEqual({ ranBefore: 0, ran: 0 });
    const id = step.outputs['command-id'] ?? '';
    expect(id).toMatch(hasId ? /^[0-9a-f]{32}$/ : /^$/);
    if (state === 'running') {
      expect(step.log).toContain(`--command-id ${id}`);
      expect(step.summary).toContain(id);
      expect(step.log).toMatch(
        /still running|has not started yet, and may still start until 12:01:30 UTC/,
      );
    }
  },
);
