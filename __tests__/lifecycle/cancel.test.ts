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
} from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { createWorld, simulateDate, type During } from './world.ts';

beforeAll(simulateDate);

type Outcome = { readonly state: State; readonly posted: number; readonly hasId: boolean };
/** `says`: a part of what is shown, unless it is the cancel. */
type More = { readonly inputs?: Readonly<Record<string, string>>; readonly says?: string };

const NEVER: Outcome = { state: 'not-started', posted: 0, hasId: false };
const REFUSED: Outcome = { state: 'not-started', posted: 1, hasId: false };
const NOT_STARTED: Outcome = { state: 'not-started', posted: 1, hasId: true };
const RUNS_ON: Outcome = { state: 'running', posted: 1, hasId: true };
const LOST: Outcome = { state: 'unknown', posted: 1, hasId: false };
const DOUBTED: Outcome = { state: 'unknown', posted: 1, hasId: true };

const row = (
  name: string,
  cancel: NonNullable<During['cancel']>,
  outcome: Outcome,
  faults: readonly Fault[] = [],
  { inputs = {}, says = 'canceled' }: More = {},
) => ({ name, cancel, ...outcome, faults, inputs, says });

const BUSY = { body: errorBody('OperationNotAllowed', 'Another operation is in progress on the cluster.') };
const THROTTLED = { headers: { 'retry-after': '600' } };
const rows = [
  row('while the metadata is awaited', { on: 'metadata', afterMs: 100 }, NEVER, [hangs('metadata')]),
  row('while the ID token is awaited', { on: 'id-token', afterMs: 100 }, NEVER, [hangs('id-token')]),
  row('while Entra is awaited', { on: 'token', afterMs: 100 }, NEVER, [hangs('token')]),
  row('while Entra has told to wait', { on: 'token', afterMs: 100 }, NEVER, [answers('token', 429, THROTTLED)]),
  row('while the cluster is awaited', { on: 'get-cluster', afterMs: 100 }, NEVER, [hangs('get-cluster')]),
  row(
    'while the cluster token is awaited',
    { on: 'token', nth: 2, afterMs: 100 },
    NEVER,
    [hangs('token', { skip: 1 })],
    { inputs: { cluster: 'entra' } },
  ),
  row(
    'while a fresh token for the submission is awaited: it comes in the grace time, and is not used',
    { on: 'token', nth: 2, afterMs: 100 },
    REFUSED,
    [answers('run-command', 401), delays('token', 1000, { skip: 1 })],
  ),
  row('during the submission, which is answered in the grace time', { on: 'run-command', afterMs: 100 }, RUNS_ON, [
    delays('run-command', 1000),
  ]),
  row('the same with wait: false', { on: 'run-command', afterMs: 100 }, RUNS_ON, [delays('run-command', 1000)], {
    inputs: { wait: 'false' },
  }),
  row('during the submission, which is not answered', { on: 'run-command', afterMs: 100 }, LOST, [
    hangsAfter('run-command'),
  ]),
  row('during the submission, which is answered too late', { on: 'run-command', afterMs: 100 }, LOST, [
    delays('run-command', 10_000),
  ]),
  row('during the submission, which is throttled in the grace time', { on: 'run-command', afterMs: 100 }, REFUSED, [
    delays('run-command', 500),
    answers('run-command', 429),
  ]),
  row(
    'during the submission, which is torn in the grace time',
    { on: 'run-command', afterMs: 100 },
    LOST,
    [delays('run-command', 500), resetsBefore('run-command')],
    { says: 'connection broke before Azure answered' },
  ),
  row('while ARM has told to wait with the submission', { on: 'run-command', afterMs: 5000 }, REFUSED, [
    answers('run-command', 429, THROTTLED),
  ]),
  row(
    'while the cluster is held by another operation',
    { on: 'run-command', nth: 2, afterMs: 100 },
    { state: 'not-started', posted: 2, hasId: false },
    [answers('run-command', 409, BUSY, { times: 2 })],
  ),
  row('while following', { on: 'command-result', nth: 12, afterMs: 50 }, RUNS_ON),
  row('while a result is awaited', { on: 'command-result', afterMs: 5000 }, RUNS_ON, [hangs('command-result')]),
  row('while ARM has told to wait with the result', { on: 'command-result', afterMs: 5000 }, RUNS_ON, [
    answers('command-result', 429, THROTTLED),
  ]),
  row('while the pod is pending', { on: 'command-result', nth: 3, afterMs: 50 }, RUNS_ON, [podStartsLate(20_000)]),
  row('after the pod was given up, before its start-by time', { on: 'command-result', nth: 9, afterMs: 50 }, DOUBTED, [
    podDoesNotStart({ startsAfterMs: 60_000 }),
  ]),
  row(
    'after the pod was given up, and has started all the same',
    { on: 'command-result', nth: 20, afterMs: 50 },
    RUNS_ON,
    [podDoesNotStart({ startsAfterMs: 5000 })],
  ),
  row(
    'after the pod has refused, while the next submission is due',
    { on: 'command-result', nth: 13, afterMs: 500 },
    NOT_STARTED,
    [podStartsLate(8_500)],
    { inputs: { 'start-timeout': '8s' } },
  ),
];

test.each(rows)('a cancel $name', async ({ cancel, faults, inputs, state, posted, hasId, says }) => {
  const world = createWorld({ faults, command: { seconds: 60 } });

  const step = await world.run(inputs, { cancel });
  const endedAfter = step.endedAt - (step.cancelledAt ?? NaN);
  const ranBefore = world.ran();
  await world.clock.advance(3_600_000);

  expect({ state: step.outputs['state'], posted: world.posted() }).toEqual({ state, posted });
  expect(endedAfter).toBeLessThan(2000);
  expect(step.success).toBe(false);
  expect(step.log).toContain(says);
  if (state === 'not-started') expect({ ranBefore, ran: world.ran() }).toEqual({ ranBefore: 0, ran: 0 });
  const id = step.outputs['command-id'] ?? '';
  expect(id).toMatch(hasId ? /^[0-9a-f]{32}$/ : /^$/);
  if (state === 'running') {
    expect(step.log).toContain(`--command-id ${id}`);
    expect(step.summary).toContain(id);
    expect(step.log).toMatch(/still running|has not started yet, and may still start until 12:01:30 UTC/);
  }
});
