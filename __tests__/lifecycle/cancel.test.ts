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
import { boundaryOf, hashOf } from '../../src/pod/boundary.ts';
import type { State } from '../../src/verdict.ts';
import { simulate, simulateDate, type SimulationOptions } from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

/** When the step is canceled, and everything that must result from it. */
type Row = {
  readonly name: string;
  /** The cancel comes `afterMs` after the `nth` request of this operation. */
  readonly on: Operation;
  readonly nth?: number;
  readonly afterMs?: number;
  readonly faults?: readonly Fault[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: SimulationOptions;
  readonly state: State;
  /** How often the command is submitted. */
  readonly posted: number;
  /** Whether the outputs have the command's ID. */
  readonly hasId: boolean;
  /** A stable part of what is shown. */
  readonly says?: string | RegExp;
  /** Whether the summary says until when the command may still start. */
  readonly mayStart?: boolean;
};

// Outcomes of a cancel, by what is known about the command then.
const NOT_SENT = { state: 'not-started', posted: 0, hasId: false } as const;
const REFUSED = { state: 'not-started', posted: 1, hasId: false } as const;
const STILL_RUNNING = { state: 'running', posted: 1, hasId: true } as const;
const ANSWER_MISSED = { state: 'unknown', posted: 1, hasId: false } as const;

/** AKS has no command with this ID. */
const FOLLOWER = {
  inputs: { command: '', 'command-id': 'c0ffee'.padEnd(32, '0') },
  state: 'unknown',
  posted: 0,
  hasId: true,
  says: 'The command may or may not have run',
} as const;
const THROTTLED = { headers: { 'retry-after': '600' } };
const REJECTED = { body: errorBody('ExpiredAuthenticationToken', 'The access token expired.') };

const NEVER_STARTS = {
  ...STILL_RUNNING,
  faults: [podStartsLate(Infinity)],
  options: { startDeadline: Infinity },
};
const GIVEN_UP = {
  ...ANSWER_MISSED,
  faults: [podDoesNotStart(), answers('command-result', 500, {}, { times: Infinity })],
  hasId: true,
};

const rows: readonly Row[] = [
  {
    name: 'while Entra is awaited',
    on: 'token',
    faults: [hangs('token')],
    ...NOT_SENT,
  },
  {
    name: 'while the cluster token is awaited',
    on: 'token',
    nth: 2,
    faults: [hangs('token', { skip: 1 })],
    inputs: { cluster: 'entra' },
    ...NOT_SENT,
  },
  {
    name: 'while a fresh token is awaited, which comes in the grace time and is not used',
    on: 'token',
    nth: 3,
    faults: [answers('run-command', 401, REJECTED), delays('token', 1000, { skip: 2 })],
    ...REFUSED,
  },
  {
    name: 'while a token is renewed that grew old before it could be used',
    on: 'token',
    nth: 8,
    // The token for ARM is usable for 30 s. The one for the cluster takes a second longer.
    faults: [answers('token', 503, {}, { skip: 1, times: 5 }), delays('token', 1000, { skip: 7 })],
    inputs: { cluster: 'entra' },
    options: { accessTokenLifetime: 150 },
    ...NOT_SENT,
  },
  {
    name: 'during the submission, answered in time',
    on: 'run-command',
    faults: [delays('run-command', 1000)],
    ...STILL_RUNNING,
  },
  {
    name: 'the same with wait: false',
    on: 'run-command',
    faults: [delays('run-command', 1000)],
    inputs: { wait: 'false' },
    ...STILL_RUNNING,
  },
  {
    name: 'during the submission, not answered',
    on: 'run-command',
    faults: [hangsAfter('run-command')],
    ...ANSWER_MISSED,
    // The pod can be found without an ID.
    says: hashOf(boundaryOf('1'.padStart(32, '0'))).slice(1),
    mayStart: true,
  },
  {
    name: 'during the submission, throttled in the grace time',
    on: 'run-command',
    faults: [delays('run-command', 500), answers('run-command', 429, THROTTLED)],
    ...REFUSED,
  },
  {
    name: 'during the submission, torn in the grace time',
    on: 'run-command',
    faults: [delays('run-command', 500), resetsBefore('run-command')],
    ...ANSWER_MISSED,
    says: said('submission-torn'),
  },
  {
    name: 'during a wait that ARM asked for',
    on: 'run-command',
    afterMs: 5000,
    faults: [answers('run-command', 429, THROTTLED)],
    ...REFUSED,
  },
  {
    name: 'while a result is awaited',
    on: 'command-result',
    afterMs: 5000,
    faults: [hangs('command-result')],
    ...STILL_RUNNING,
  },
  {
    name: 'after the pod was given up, and has started all the same',
    on: 'command-result',
    nth: 20,
    afterMs: 50,
    faults: [podDoesNotStart({ startsAfterMs: 5000 })],
    ...STILL_RUNNING,
  },
  {
    name: 'after a pod whose clock is ahead has refused, before the next submission is due',
    on: 'command-result',
    nth: 13,
    afterMs: 500,
    faults: [podStartsLate(8_500)],
    inputs: { 'start-timeout': '15s' },
    options: { podClockOffset: 30_000 },
    ...REFUSED,
    hasId: true,
  },
  {
    name: 'after the command started',
    on: 'command-result',
    afterMs: 5000,
    ...STILL_RUNNING,
    mayStart: false,
  },
  {
    name: 'before the pod of an accepted command has started',
    on: 'command-result',
    afterMs: 5000,
    ...NEVER_STARTS,
    mayStart: true,
  },
  {
    name: 'when the pod of an accepted command can no longer start',
    on: 'command-result',
    afterMs: 95_000,
    ...NEVER_STARTS,
    mayStart: false,
  },
  {
    name: 'after AKS gave up on the pod, and nobody can be asked',
    on: 'command-result',
    afterMs: 30_000,
    ...GIVEN_UP,
    mayStart: true,
  },
  {
    name: 'the same, when it can no longer start',
    on: 'command-result',
    afterMs: 95_000,
    ...GIVEN_UP,
    mayStart: false,
  },
  {
    name: 'before a follower has signed in',
    on: 'token',
    faults: [hangs('token')],
    ...FOLLOWER,
  },
  {
    name: 'before a follower was told anything about its command',
    on: 'command-result',
    afterMs: 5_000,
    ...FOLLOWER,
  },
];

test.each(rows)(
  'a cancel $name',
  async ({ on, nth = 1, afterMs = 100, faults = [], inputs = {}, options, ...expected }) => {
    const { state, posted, hasId, says = said('cancelled'), mayStart } = expected;
    const simulation = simulate({ faults, command: { seconds: 60 }, ...options });

    const step = await simulation.run(inputs, { cancel: { on, nth, afterMs } });
    const endedAfter = step.endedAt - (step.cancelledAt ?? NaN);
    const ranBefore = simulation.ran();
    await simulation.clock.advance(3_600_000);

    expect({ state: step.outputs['state'], posted: simulation.posted() }).toEqual({
      state,
      posted,
    });
    expect(endedAfter).toBeLessThan(2000);
    expect(step.success).toBe(false);
    expect(step.log).toMatch(says);
    if (mayStart !== undefined) expect(step.summary.includes('12:01:30 UTC')).toBe(mayStart);
    if (state === 'not-started')
      expect({ ranBefore, ran: simulation.ran() }).toEqual({ ranBefore: 0, ran: 0 });
    const id = step.outputs['command-id'] ?? '';
    expect(id).toMatch(hasId ? /^[0-9a-f]{32}$/ : /^$/);
    if (state === 'running') {
      expect(step.log).toContain(`--command-id ${id}`);
      expect(step.summary).toContain(id);
      expect(step.log + step.summary).not.toMatch(/has not started/);
    }
  },
);
