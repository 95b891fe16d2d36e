import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandResult } from '../../../src/azure/command-result.ts';
import type { Followed } from '../../../src/lifecycle/follow.ts';
import { mayResubmit, type SubmissionFacts } from '../../../src/lifecycle/resubmit.ts';
import type { Submitted } from '../../../src/lifecycle/submit.ts';
import type { PodReport } from '../../../src/pod/stream.ts';
import { http, ID } from '../ports.ts';

/** The rule itself. What gathers the facts is tested beside it, and both together in `lifecycle/`. */

const ACCEPTED: Submitted['outcome'] = { kind: 'accepted', id: ID };
const GAVE_UP: Submitted['outcome'] = { kind: 'gave-up', id: ID };
const ALWAYS = { id: ID, seconds: 90, askedAt: 0 };

const REFUSED = { kind: 'refused', alone: true } as const;
const RESULT: CommandResult = { provisioningState: 'succeeded', exitCode: 75, logs: '' };
const tooLate = (
  podReport: PodReport = REFUSED,
  result: Partial<CommandResult> = {},
): Followed => ({
  ...ALWAYS,
  kind: 'ended',
  seen: 'started',
  podReport,
  result: { ...RESULT, ...result },
});
const DENIED = {
  ...ALWAYS,
  kind: 'missing',
  because: 'no-such-command',
  seen: 'nothing',
  missingMs: 5_000,
  answer: http(404, ''),
} as const;

/** Both proofs that need more than one fact, to the millisecond. */
const TOO_LATE: SubmissionFacts = {
  outcome: ACCEPTED,
  followed: tooLate(),
  pastStartByMs: -Infinity,
};
const NEVER_STARTED: SubmissionFacts = {
  outcome: GAVE_UP,
  followed: DENIED,
  pastStartByMs: 60_000,
};

test.each<[string, SubmissionFacts]>([
  ['the pod started too late, whatever the time is', TOO_LATE],
  ['the pod started too late, after AKS gave up on it', { ...TOO_LATE, outcome: GAVE_UP }],
  ['the pod never started, and no longer can', NEVER_STARTED],
])('a command may be submitted again if %s', (_name, facts) => {
  expect(mayResubmit(facts)).toBe(true);
});

/** Outcomes under which what AKS says later may be about another command. */
const UNCERTAIN: [string, Submitted['outcome']][] = [
  ['the answer leaves everything open', { kind: 'unclear', id: ID }],
  ['the ID is a guess', { kind: 'unclear', candidate: ID }],
  ['AKS gave up on a pod without naming the command', { kind: 'gave-up', candidate: ID }],
];

describe('a pod that started too late is no proof if', () => {
  test.each<[string, Partial<SubmissionFacts>]>([
    ...UNCERTAIN.map(([name, outcome]): [string, Partial<SubmissionFacts>] => [name, { outcome }]),
    ['something else is in its log', { followed: tooLate({ ...REFUSED, alone: false }) }],
    ['it lacks something', { followed: tooLate({ ...REFUSED, lacks: 'tar' }) }],
    [
      'it began nothing, and refused nothing',
      { followed: tooLate({ kind: 'not-begun', output: '' }) },
    ],
    ["its log is not the script's", { followed: tooLate({ kind: 'unrecognized', output: '' }) }],
    ['AKS reports another exit code', { followed: tooLate(REFUSED, { exitCode: 0 }) }],
    ['AKS reports no exit code', { followed: tooLate(REFUSED, { exitCode: undefined }) }],
    ['AKS reports a failure', { followed: tooLate(REFUSED, { provisioningState: 'failed' }) }],
  ])('%s', (_name, fact) => {
    expect(mayResubmit({ ...TOO_LATE, ...fact })).toBe(false);
  });
});

describe('a pod that never started is no proof if', () => {
  test.each<[string, Partial<SubmissionFacts>]>([
    ...UNCERTAIN.map(([name, outcome]): [string, Partial<SubmissionFacts>] => [name, { outcome }]),
    ['AKS accepted the command', { outcome: ACCEPTED }],
    ['AKS showed the command', { followed: { ...DENIED, seen: 'accepted' } }],
    ['AKS showed that it started', { followed: { ...DENIED, seen: 'started' } }],
    ['AKS refuses to say', { followed: { ...DENIED, because: 'forbidden' } }],
    ['AKS says anything else', { followed: { ...DENIED, because: 'rejected' } }],
    ['AKS has denied it for less than five seconds', { followed: { ...DENIED, missingMs: 4_999 } }],
    ['a node a minute behind could still start it', { pastStartByMs: 59_999 }],
    ["no answer has told Azure's time", { pastStartByMs: -Infinity }],
    ['the step was canceled', { followed: { ...ALWAYS, kind: 'cancelled', seen: 'nothing' } }],
    [
      'the time to wait is over',
      { followed: { ...ALWAYS, kind: 'time-over', seen: 'nothing', answer: http(500, '') } },
    ],
  ])('%s', (_name, fact) => {
    expect(mayResubmit({ ...NEVER_STARTED, ...fact })).toBe(false);
  });
});

test('a command of which the log says that it began is never submitted again', () => {
  const ran = fc.record({
    kind: fc.constant('ran' as const),
    output: fc.record({ text: fc.string(), truncated: fc.boolean() }),
    complete: fc.boolean(),
    exitCode: fc.constantFrom(undefined, 0, 75),
  });
  const result = fc.record({
    provisioningState: fc.constantFrom('succeeded', 'failed'),
    exitCode: fc.constantFrom(undefined, 0, 75),
    logs: fc.string(),
  });
  fc.assert(
    fc.property(ran, result, fc.integer(), (podReport, given, pastStartByMs) => {
      const followed = { ...tooLate(podReport), result: given };
      for (const outcome of [ACCEPTED, GAVE_UP]) {
        expect(mayResubmit({ ...TOO_LATE, outcome, followed, pastStartByMs })).toBe(false);
      }
    }),
  );
});
