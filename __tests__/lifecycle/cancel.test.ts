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

type Row = {
  readonly name: string;
  readonly cancel: NonNullable<During['cancel']>;
  readonly faults?: readonly Fault[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly state: State;
  readonly posted: number;
  readonly hasId: boolean;
  /** Unless it is the cancel. */
  readonly says?: string;
};

const BUSY = { body: errorBody('OperationNotAllowed', 'Another operation is in progress on the cluster.') };
const THROTTLED = { headers: { 'retry-after': '600' } };
const rows: Row[] = [
  {
    name: 'while the metadata is awaited',
    cancel: { on: 'metadata', afterMs: 100 },
    faults: [hangs('metadata')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while the ID token is awaited',
    cancel: { on: 'id-token', afterMs: 100 },
    faults: [hangs('id-token')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while Entra is awaited',
    cancel: { on: 'token', afterMs: 100 },
    faults: [hangs('token')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while Entra has told to wait',
    cancel: { on: 'token', afterMs: 100 },
    faults: [answers('token', 429, THROTTLED)],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while the cluster is awaited',
    cancel: { on: 'get-cluster', afterMs: 100 },
    faults: [hangs('get-cluster')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while the cluster token is awaited',
    cancel: { on: 'token', nth: 2, afterMs: 100 },
    faults: [hangs('token', { skip: 1 })],
    inputs: { cluster: 'entra' },
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while a fresh token for the submission is awaited: it comes in the grace time, and is not used',
    cancel: { on: 'token', nth: 2, afterMs: 100 },
    faults: [answers('run-command', 401), delays('token', 1000, { skip: 1 })],
    state: 'not-started',
    posted: 1,
    hasId: false,
  },
  {
    name: 'during the submission, which is answered in the grace time',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [delays('run-command', 1000)],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'the same with wait: false',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [delays('run-command', 1000)],
    inputs: { wait: 'false' },
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'during the submission, which is not answered',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [hangsAfter('run-command')],
    state: 'unknown',
    posted: 1,
    hasId: false,
  },
  {
    name: 'during the submission, which is answered too late',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [delays('run-command', 10_000)],
    state: 'unknown',
    posted: 1,
    hasId: false,
  },
  {
    name: 'during the submission, which is throttled in the grace time',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [delays('run-command', 500), answers('run-command', 429)],
    state: 'not-started',
    posted: 1,
    hasId: false,
  },
  {
    name: 'during the submission, which is torn in the grace time',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [delays('run-command', 500), resetsBefore('run-command')],
    state: 'unknown',
    posted: 1,
    hasId: false,
    says: 'connection broke before Azure answered',
  },
  {
    name: 'while ARM has told to wait with the submission',
    cancel: { on: 'run-command', afterMs: 5000 },
    faults: [answers('run-command', 429, THROTTLED)],
    state: 'not-started',
    posted: 1,
    hasId: false,
  },
  {
    name: 'while the cluster is held by another operation',
    cancel: { on: 'run-command', nth: 2, afterMs: 100 },
    faults: [answers('run-command', 409, BUSY, { times: 2 })],
    state: 'not-started',
    posted: 2,
    hasId: false,
  },
  {
    name: 'while following',
    cancel: { on: 'command-result', nth: 12, afterMs: 50 },
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'while a result is awaited',
    cancel: { on: 'command-result', afterMs: 5000 },
    faults: [hangs('command-result')],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'while ARM has told to wait with the result',
    cancel: { on: 'command-result', afterMs: 5000 },
    faults: [answers('command-result', 429, THROTTLED)],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'while the pod is pending',
    cancel: { on: 'command-result', nth: 3, afterMs: 50 },
    faults: [podStartsLate(20_000)],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'after the pod was given up, before its start-by time',
    cancel: { on: 'command-result', nth: 9, afterMs: 50 },
    faults: [podDoesNotStart({ startsAfterMs: 60_000 })],
    state: 'unknown',
    posted: 1,
    hasId: true,
  },
  {
    name: 'after the pod was given up, and has started all the same',
    cancel: { on: 'command-result', nth: 20, afterMs: 50 },
    faults: [podDoesNotStart({ startsAfterMs: 5000 })],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'after the pod has refused, while the next submission is due',
    cancel: { on: 'command-result', nth: 13, afterMs: 500 },
    faults: [podStartsLate(8_500)],
    inputs: { 'start-timeout': '8s' },
    state: 'not-started',
    posted: 1,
    hasId: true,
  },
];

test.each(rows)(
  'a cancel $name',
  async ({ cancel, faults = [], inputs = {}, state, posted, hasId, says = 'canceled' }) => {
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
  },
);
