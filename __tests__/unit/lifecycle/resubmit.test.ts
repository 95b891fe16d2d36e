import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandResult } from '../../../src/azure/command-result.ts';
import type { PossibleCommand } from '../../../src/azure/run-command.ts';
import type { Followed } from '../../../src/lifecycle/follow.ts';
import { mayResubmit } from '../../../src/lifecycle/resubmit.ts';
import type { PodReport } from '../../../src/pod/stream.ts';
import { http, ID, NOTHING_SENT, RESULT } from '../ports.ts';

/** The rule itself, to the millisecond. What gathers the facts is tested in `__tests__/lifecycle`. */

const ACCEPTED: PossibleCommand = { kind: 'accepted', id: ID };
const GAVE_UP: PossibleCommand = { kind: 'gave-up', id: ID };

const REFUSED = { kind: 'refused', alone: true } as const;
const tooLate = (
  podReport: PodReport = REFUSED,
  result: Partial<CommandResult> = {},
): Followed => ({
  id: ID,
  kind: 'ended',
  seen: 'started',
  podReport,
  result: { ...RESULT, exitCode: 75, ...result },
});
/** The second proof, to the millisecond. */
const DENIED = {
  id: ID,
  kind: 'missing',
  because: 'no-such-command',
  seen: 'nothing',
  missingMs: 5_000,
  pastStartByMs: 60_000,
  hasGap: false,
  answer: http(404, ''),
} as const;

test.each<[string, PossibleCommand, Followed]>([
  ['the pod started too late', ACCEPTED, tooLate()],
  ['the pod started too late, after AKS gave up on it', GAVE_UP, tooLate()],
  ['the pod never started, and no longer can', GAVE_UP, DENIED],
])('a command may be submitted again if %s', (_name, command, followed) => {
  expect(mayResubmit(command, followed)).toBe(true);
});

describe('what AKS says about an ID is no proof if the ID may be that of another command', () => {
  test.each<[string, PossibleCommand]>([
    ['the answer leaves everything open', { kind: 'unclear', id: ID }],
    ['the ID is a guess', { kind: 'unclear', candidate: ID }],
    ['AKS gave up on a pod without naming the command', { kind: 'gave-up', candidate: ID }],
  ])('%s', (_name, command) => {
    expect(mayResubmit(command, tooLate())).toBe(false);
    expect(mayResubmit(command, DENIED)).toBe(false);
  });
});

test.each<[string, Followed]>([
  ["its log is not the script's", tooLate({ kind: 'unrecognized', output: '' })],
  ['AKS reports no exit code', tooLate(REFUSED, { exitCode: undefined })],
  ['AKS reports a failure', tooLate(REFUSED, { provisioningState: 'failed' })],
])('a pod that started too late is no proof if %s', (_name, followed) => {
  expect(mayResubmit(ACCEPTED, followed)).toBe(false);
});

test.each<[string, Followed, command?: PossibleCommand]>([
  ['AKS accepted it', DENIED, ACCEPTED],
  ['AKS showed the command', { ...DENIED, seen: 'accepted' }],
  ['AKS showed that it started', { ...DENIED, seen: 'started' }],
  ['AKS refuses to say', { ...DENIED, because: 'forbidden' }],
  ['AKS has denied it for less than five seconds', { ...DENIED, missingMs: 4_999 }],
  ['a node a minute behind could still start it', { ...DENIED, pastStartByMs: 59_999 }],
  ['AKS was silent for so long that it may have run', { ...DENIED, hasGap: true }],
  ['the step was canceled', { kind: 'cancelled', id: ID, seen: 'nothing' }],
  [
    'the time to wait is over',
    { kind: 'time-over', id: ID, seen: 'nothing', answer: undefined, seconds: 90 },
  ],
])('a pod that never started is no proof if %s', (_name, followed, command = GAVE_UP) => {
  expect(mayResubmit(command, followed)).toBe(false);
});

test('a command of which the log says that it began is never submitted again', () => {
  const ran = fc.record({
    output: fc.record({ text: fc.string(), truncated: fc.boolean() }),
    complete: fc.boolean(),
    exitCode: fc.constantFrom(undefined, 0, 75),
  });
  const result = fc.record({
    provisioningState: fc.constantFrom('succeeded' as const, 'failed' as const),
    exitCode: fc.constantFrom(undefined, 0, 75),
    logs: fc.string(),
  });
  fc.assert(
    fc.property(ran, result, (podReport, given) => {
      for (const command of [ACCEPTED, GAVE_UP]) {
        expect(mayResubmit(command, tooLate({ ...NOTHING_SENT, ...podReport }, given))).toBe(false);
      }
    }),
  );
});
