import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandResult } from '../../src/azure/command.ts';
import type { Failure } from '../../src/failure.ts';
import type { Ending } from '../../src/lifecycle/ending.ts';
import { FILE_LIMIT, LOG_LIMIT, type PodReport } from '../../src/pod/stream.ts';
import {
  exitCodeOf,
  judge,
  succeeds,
  withoutResult,
  type Allowed,
  type State,
  type Verdict,
} from '../../src/verdict.ts';
import { ID } from './ports.ts';

const OWN: Allowed = { allowedExitCodes: [0], ownCommand: true };

const RESULT: CommandResult = { provisioningState: 'succeeded', exitCode: 0, logs: '' };
type Ran = PodReport & { kind: 'ran' };
/** Neither of its two files arrived. */
const KILLED: Ran = {
  kind: 'ran',
  output: { text: 'hello\n', truncated: false, missingBytes: 0 },
  complete: true,
  exitCode: 0,
};
const RAN: Ran = { ...KILLED, outputs: '', summary: '' };

type Ended = Ending & { kind: 'ended' };
const ended = (
  result: Partial<Omit<CommandResult, 'exitCode'>> & { exitCode?: number | undefined } = {},
  report: Ended['report'] = RAN,
): Ended => {
  const { exitCode, ...rest } = { ...RESULT, ...result };
  return { kind: 'ended', id: ID, result: { ...rest, ...(exitCode !== undefined && { exitCode }) }, report };
};
const ran = (report: Partial<Ran>): Ran => ({ ...RAN, ...report });

function withoutExitCode(report: Ran): Ran {
  const copy = { ...report };
  Reflect.deleteProperty(copy, 'exitCode');
  return copy;
}

describe('a secret is known, whatever became of the file that held it', () => {
  test.each<[string, Ran]>([
    ['malformed', ran({ outputs: 'token=s3cret\noops\n' })],
    ['too large', ran({ outputs: `token=s3cret\nx=${'y'.repeat(FILE_LIMIT)}` })],
    ['cut off', ran({ complete: false, outputs: 'token=s3cret\n' })],
    ['in a block that is cut off', ran({ complete: false, outputs: 'token<<EOF\ns3cret' })],
  ])('%s', (_name, report) => {
    const { state, stepOutputs, arrived } = judge(ended({}, report), OWN);

    expect({ state, stepOutputs }).toEqual({ state: 'failed', stepOutputs: [] });
    expect(arrived[0]).toMatchObject({ name: 'token', value: 's3cret' });
  });
});

test.each([
  ['malformed', ran({ outputs: 'oops\n', summary: '# done' })],
  ['too large', ran({ outputs: `x=${'y'.repeat(FILE_LIMIT)}`, summary: '# done' })],
  ['gone', { ...KILLED, summary: '# done' }],
  ['cut off', ran({ complete: false, summary: '# done' })],
])('a summary is shown beside step outputs that are %s', (_name, report) => {
  const { state, podSummary, podSummaryCut } = judge(ended({}, report), OWN);
  expect({ state, podSummary, podSummaryCut }).toEqual({ state: 'failed', podSummary: '# done', podSummaryCut: false });
});

test('step outputs of 64 KiB are as many as there may be', () => {
  const report = ran({ outputs: `x=${'y'.repeat(FILE_LIMIT - 2)}` });
  expect(judge(ended({}, report), OWN)).toMatchObject({ state: 'succeeded', stepOutputs: [{ name: 'x' }] });
});

const ANY: Partial<Allowed> = { allowedExitCodes: 'any' };
const FOREIGN: Ended['report'] = { kind: 'foreign', output: 'hello\n' };
const UNFRAMED = ran({ complete: false });
const aksFailed = (reason = '') => ({ code: 'aks-failed', reason }) as const;
const exits = (exitCode: number, allowed?: readonly number[]) =>
  ({ code: 'exit-code', exitCode, ...(allowed && { allowed }) }) as const;
const malformed = { code: 'outputs-malformed', line: 2, problem: 'is neither NAME=value nor NAME<<DELIMITER' } as const;
const failedAs = (reason?: string) =>
  ({ provisioningState: 'failed', exitCode: undefined, ...(reason && { reason }) }) as const;

describe('a command that ended', () => {
  type Row = [string, Ended, Partial<Allowed>, State, Failure?];
  test.each<Row>([
    ['exit code 0', ended(), {}, 'succeeded'],
    ['exit code 3', ended({ exitCode: 3 }, ran({ exitCode: 3 })), {}, 'failed', exits(3)],
    ['exit code 3 of AKS alone', ended({ exitCode: 3 }), {}, 'failed', exits(3)],
    ['exit code 5 of the script alone', ended({}, ran({ exitCode: 5 })), {}, 'failed', exits(5)],
    ['exit code 3, allowed', ended({ exitCode: 3 }), { allowedExitCodes: [0, 3] }, 'succeeded'],
    ['any exit code allowed', ended({ exitCode: 200 }), ANY, 'succeeded'],
    ['exit code 0, not allowed', ended(), { allowedExitCodes: [3] }, 'failed', exits(0, [3])],
    ['no exit code', ended({ exitCode: undefined }), ANY, 'unknown', { code: 'no-exit-code' }],
    ["not the script's output", ended({}, FOREIGN), ANY, 'unknown', { code: 'no-boundary' }],
    ["the same of somebody else's command", ended({}, FOREIGN), { ownCommand: false }, 'succeeded'],
    ["somebody else's that exits 1", ended({ exitCode: 1 }, FOREIGN), { ownCommand: false }, 'failed', exits(1)],
    [
      'AKS failed, and nothing of the script',
      ended(failedAs('Evicted'), FOREIGN),
      ANY,
      'unknown',
      aksFailed('Evicted'),
    ],
    ['the same with an exit code', ended({ ...failedAs(), exitCode: 0 }, FOREIGN), ANY, 'unknown', aksFailed()],
    ['AKS failed, the frame has no end', ended(failedAs(), UNFRAMED), ANY, 'unknown', aksFailed()],
    ['AKS failed, the frame has no exit code', ended(failedAs(), withoutExitCode(RAN)), ANY, 'unknown', aksFailed()],
    ['AKS failed, and the whole frame says 0', ended(failedAs('Evicted')), {}, 'succeeded'],
    ['AKS failed, and the whole frame says 3', ended(failedAs(), ran({ exitCode: 3 })), {}, 'failed', exits(3)],
    [
      'AKS failed with 137, and the whole frame says 0',
      ended({ ...failedAs(), exitCode: 137 }),
      {},
      'failed',
      exits(137),
    ],
    [
      'timed out, though its code is allowed',
      ended({ exitCode: 124 }, ran({ timedOutAfter: 90 })),
      ANY,
      'failed',
      { code: 'timed-out', seconds: 90 },
    ],
    ['exit code 124 of its own', ended({ exitCode: 124 }), {}, 'failed', exits(124)],
    ['step outputs that cannot be read', ended({}, ran({ outputs: 'a=1\nsecret\n' })), {}, 'failed', malformed],
    [
      'too many of them',
      ended({}, ran({ outputs: `a=${'x'.repeat(FILE_LIMIT)}` })),
      {},
      'failed',
      { code: 'outputs-too-large' },
    ],
    ['step outputs that are no file any more', ended({}, KILLED), {}, 'failed', { code: 'outputs-lost' }],
    ['the files of its output were deleted', ended({}, withoutExitCode(RAN)), ANY, 'failed', { code: 'output-lost' }],
    ['the same, and it exits 3', ended({ exitCode: 3 }, withoutExitCode(RAN)), {}, 'failed', exits(3)],
    ['the pod died before it could hand them over', ended({}, UNFRAMED), {}, 'failed', { code: 'outputs-lost' }],
    ['the same, before the exit code', ended({}, withoutExitCode(UNFRAMED)), {}, 'failed', { code: 'outputs-lost' }],
    ['the exit code says more than lost outputs', ended({ exitCode: 137 }, UNFRAMED), {}, 'failed', exits(137)],
  ])('%s', (...[, ending, allowed, state, failure]: Row) => {
    const verdict = judge(ending, { ...OWN, ...allowed });

    expect({ state: verdict.state, failure: verdict.failure }).toEqual({ state, failure });
  });

  test("the exit code of the frame is the verdict's, if AKS has none and fails", () => {
    expect(judge(ended(failedAs(), ran({ exitCode: 3 })), OWN).exitCode).toBe(3);
    expect(judge(ended({ exitCode: undefined }), OWN)).not.toHaveProperty('exitCode');
  });

  test.each<[string, Partial<CommandResult>, number | undefined, boolean]>([
    [
      'ten minutes by the times of AKS',
      { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:09:54Z' },
      1,
      true,
    ],
    ['nine', { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:09:00Z' }, undefined, true],
    ['eleven', { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:11:00Z' }, undefined, true],
    ['less', { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:08:59Z' }, 600, false],
    ['more', { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:11:01Z' }, 600, false],
    ['ten minutes since its submission, without times', {}, 600, true],
    ["no times, and somebody else's command", {}, undefined, false],
    ['a reason', { reason: 'Evicted' }, 600, false],
    ['some output', { logs: 'x' }, 600, false],
  ])('AKS failed, perhaps for its ten minutes: %s', (_name, result, seconds, isSo) => {
    const ending = { ...ended({ ...failedAs(), ...result }, FOREIGN), ...(seconds !== undefined && { seconds }) };
    const { failure } = judge(ending, OWN);
    expect(failure?.code === 'aks-failed' && failure.afterTenMinutes === true).toBe(isSo);
  });

  test('everything that came back is in the verdict', () => {
    const ending = ended(
      { startedAt: '2024-03-15T16:29:07Z', finishedAt: '2024-03-15T16:29:09Z' },
      ran({ outputs: 'a=1\nb<<E\n2\n3\nE\n', summary: '# Hi\n' }),
    );

    expect(judge(ending, OWN)).toEqual({
      state: 'succeeded',
      commandId: ID,
      exitCode: 0,
      startedAt: '2024-03-15T16:29:07Z',
      finishedAt: '2024-03-15T16:29:09Z',
      output: { text: 'hello\n', truncated: false, missingBytes: 0 },
      stepOutputs: [
        { name: 'a', value: '1', line: 1 },
        { name: 'b', value: '2\n3', line: 2 },
      ],
      arrived: [
        { name: 'a', value: '1', line: 1 },
        { name: 'b', value: '2\n3', line: 2 },
      ],
      podSummary: '# Hi\n',
      podSummaryCut: false,
    });
  });

  test('a failed command hands over what it wrote', () => {
    const { state, stepOutputs } = judge(ended({ exitCode: 1 }, ran({ outputs: 'a=1' })), OWN);

    expect({ state, stepOutputs }).toEqual({ state: 'failed', stepOutputs: [{ name: 'a', value: '1', line: 1 }] });
  });

  test.each<[string, Ended['report'], number, boolean]>([
    ['64 KiB', ran({ summary: 'x'.repeat(FILE_LIMIT) }), FILE_LIMIT, false],
    ['a byte more', ran({ summary: 'x'.repeat(FILE_LIMIT + 1) }), FILE_LIMIT, true],
    ['bytes, not letters', ran({ summary: 'ü'.repeat(FILE_LIMIT / 2 + 1) }), FILE_LIMIT, true],
    ['none that arrived', KILLED, 0, false],
    ['none of an earlier command that knows of none', { kind: 'foreign', output: 'x' }, 0, false],
  ])('its summary: %s', (_name, report, bytes, cut) => {
    const { podSummary, podSummaryCut } = judge(ended({}, report), OWN);

    expect(Buffer.byteLength(podSummary)).toBe(bytes);
    expect(podSummaryCut).toBe(cut);
  });

  test.each([
    ['short', 'hello\n', false],
    ["as long as AKS's limit", 'x'.repeat(LOG_LIMIT), true],
  ])("another command's output: %s", (_name, output, truncated) => {
    expect(judge(ended({}, { kind: 'foreign', output }), { ...OWN, ownCommand: false }).output).toEqual({
      text: output,
      truncated,
    });
  });
});

describe('a command that did not end', () => {
  const failure: Failure = { code: 'cancelled' };
  test.each<[string, Ending, Partial<Verdict>]>([
    ['never ran', { kind: 'not-started', failure }, { state: 'not-started', failure }],
    ['never ran, with an id', { kind: 'not-started', failure, id: ID }, { state: 'not-started', commandId: ID }],
    ['nobody knows', { kind: 'unknown', failure }, { state: 'unknown', failure }],
    ['goes on', { kind: 'running', failure, id: ID }, { state: 'running', failure, commandId: ID }],
  ])('%s', (_name, ending, expected) => {
    const verdict = judge(ending, OWN);

    expect(verdict).toMatchObject(expected);
    expect(verdict).not.toHaveProperty('exitCode');
    expect(verdict).not.toHaveProperty('output');
  });

  test('a dry run has nothing to explain', () => {
    expect(withoutResult('dry-run')).toEqual({
      state: 'dry-run',
      stepOutputs: [],
      arrived: [],
      podSummary: '',
      podSummaryCut: false,
    });
  });
});

test('succeeded is never said without proof', () => {
  const report: fc.Arbitrary<Ended['report']> = fc.oneof(
    fc.record({ kind: fc.constant('foreign' as const), output: fc.string() }),
    fc
      .record({
        complete: fc.boolean(),
        timedOut: fc.boolean(),
        exitCode: fc.integer({ min: 0, max: 3 }),
        outputs: fc.constantFrom('', 'a=1\n', 'bare\n'),
      })
      .map(({ timedOut, ...came }) => ran({ ...came, ...(timedOut && { timedOutAfter: 90 }) })),
  );
  const ending = fc
    .tuple(fc.constantFrom('succeeded' as const, 'failed' as const), fc.option(fc.integer({ min: 0, max: 3 })), report)
    .map(([provisioningState, exitCode, came]) => ended({ provisioningState, exitCode: exitCode ?? undefined }, came));
  const allowed = fc.oneof(fc.constant('any' as const), fc.subarray([0, 1, 2, 3]));
  fc.assert(
    fc.property(ending, allowed, (given, allowedExitCodes) => {
      const { result, report: came } = given;
      const isAllowed = (code = NaN) => allowedExitCodes === 'any' || allowedExitCodes.includes(code);
      const proved =
        came.kind === 'ran' &&
        came.exitCode !== undefined &&
        isAllowed(came.exitCode) &&
        isAllowed(result.exitCode ?? came.exitCode) &&
        (result.exitCode !== undefined || result.provisioningState === 'failed') &&
        came.complete &&
        came.timedOutAfter === undefined &&
        came.outputs !== 'bare\n';
      expect(judge(given, { ...OWN, allowedExitCodes }).state === 'succeeded').toBe(proved);
    }),
  );
});

describe('collected files', () => {
  const files = [{ path: 'report.xml', bytes: 5 }];
  const came = { folder: '/temp/c', files, leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
  const problem = { kind: 'lost' } as const;
  test.each<[string, Ended, Allowed['collected'], Pick<Verdict, 'state' | 'failure'>]>([
    ['came back', ended(), came, { state: 'succeeded' }],
    [
      'did not, which fails a command that succeeded',
      ended(),
      { ...came, problem },
      { state: 'failed', failure: { code: 'collect', problem } },
    ],
    [
      'did not, which is not why a command failed',
      ended({ exitCode: 3 }),
      { ...came, problem },
      { state: 'failed', failure: { code: 'exit-code', exitCode: 3 } },
    ],
  ])('%s', (_name, ending, collected, expected) => {
    expect(judge(ending, { ...OWN, collected })).toMatchObject({ ...expected, collected });
  });
});

describe('whether the step succeeds, and the exit code at a prompt', () => {
  const of = (state: State, failure?: Failure, exitCode?: number): Verdict => ({
    ...withoutResult(state, failure, ID),
    ...(exitCode !== undefined && { exitCode }),
  });
  const exit = (exitCode: number) => of('failed', { code: 'exit-code', exitCode }, exitCode);

  test.each<[string, Verdict, { waits: boolean; success: boolean; exitCode: number }]>([
    ['succeeded', of('succeeded', undefined, 0), { waits: true, success: true, exitCode: 0 }],
    ['a dry run', of('dry-run'), { waits: true, success: true, exitCode: 0 }],
    ['not waited for', of('running', { code: 'not-waited' }), { waits: false, success: true, exitCode: 0 }],
    ['waited for too long', of('running', { code: 'cancelled' }), { waits: true, success: false, exitCode: 254 }],
    ['cancelled first', of('running', { code: 'cancelled' }), { waits: false, success: false, exitCode: 254 }],
    ['exit code 3', exit(3), { waits: true, success: false, exitCode: 3 }],
    ['exit code 255', exit(255), { waits: true, success: false, exitCode: 255 }],
    ['exit code 3, not waited for', exit(3), { waits: false, success: false, exitCode: 3 }],
    ['timed out', of('failed', { code: 'timed-out', seconds: 5 }, 124), { waits: true, success: false, exitCode: 124 }],
    [
      'and killed',
      of('failed', { code: 'timed-out', seconds: 5 }, 137),
      { waits: true, success: false, exitCode: 124 },
    ],
    ['no variables', of('not-started', { code: 'no-variables' }), { waits: true, success: false, exitCode: 125 }],
    ['lost outputs after 0', of('failed', { code: 'outputs-lost' }, 0), { waits: true, success: false, exitCode: 255 }],
    ['lost outputs after 4', of('failed', { code: 'outputs-lost' }, 4), { waits: true, success: false, exitCode: 4 }],
    ['did not run', of('not-started', { code: 'no-id-token' }), { waits: true, success: false, exitCode: 125 }],
    ['nobody can tell', of('unknown', { code: 'no-exit-code' }), { waits: true, success: false, exitCode: 255 }],
  ])('%s', (_name, verdict, { waits, success, exitCode }) => {
    expect({ success: succeeds(verdict, waits), exitCode: exitCodeOf(verdict, waits) }).toEqual({ success, exitCode });
  });
});
