import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandResult } from '../../src/azure/command-result.ts';
import type { Failure } from '../../src/failure.ts';
import type { EndedCommand, Ending } from '../../src/ending.ts';
import { say } from '../../src/text/say.ts';
import { boundaryOf, hashOf } from '../../src/pod/boundary.ts';
import { LOG_LIMIT, readStream, type PodReport, type SentFile } from '../../src/pod/stream.ts';
import {
  asStopped,
  judge,
  succeeds,
  withoutResult,
  type Criteria,
  type State,
  type Verdict,
} from '../../src/verdict.ts';
import { NOTHING_COLLECTED } from './collected.ts';
import { ID, NOTHING_SENT, RESULT } from './ports.ts';

const OWN: Criteria = { allowedExitCodes: [0], ownCommand: true };

type Ran = PodReport & { kind: 'ran' };
/** Neither of its two files arrived. */
const KILLED: Ran = {
  ...NOTHING_SENT,
  output: { text: 'hello\n', truncated: false, missingBytes: 0 },
  complete: true,
  exitCode: 0,
};
const sent = (text: string, isCut = false): SentFile => ({ text, isCut, isChanged: false });
const RAN: Ran = { ...KILLED, outputs: sent(''), summary: sent('') };

const ended = (
  result: Partial<CommandResult> = {},
  report: EndedCommand['podReport'] = RAN,
): EndedCommand => {
  const all = { ...RESULT, ...result };
  return { kind: 'ended', id: ID, result: all, podReport: report, mayStartUntil: undefined };
};
const ran = (report: Partial<Ran>): Ran => ({ ...RAN, ...report });

describe('everything that came back from the pod counts in the verdict', () => {
  /** Another value of each field. `main.ts` reads the collection. */
  const OTHER: Required<Omit<Ran, 'kind' | 'collection'>> = {
    output: { text: 'other\n', truncated: true },
    complete: false,
    exitCode: 3,
    timedOutAfter: 60,
    leftBehind: ['sleep'],
    outputs: sent('a=1\n'),
    summary: sent('# Done\n'),
  };

  test.each(Object.entries(OTHER))('%s', (field, value) => {
    const report = ran({ [field]: value });
    expect(judge(ended({}, report), OWN)).not.toEqual(judge(ended(), OWN));
  });
});

describe("everything in AKS's result counts in the verdict", () => {
  /** Two values of each field. The log has been read by then: it is the pod's report. */
  const OTHER: Record<Exclude<keyof CommandResult, 'logs'>, readonly [object, object]> = {
    provisioningState: [{}, { provisioningState: 'failed' }],
    exitCode: [{}, { exitCode: 137 }],
    reason: [{ provisioningState: 'failed' }, { provisioningState: 'failed', reason: 'Evicted' }],
    startedAt: [{}, { startedAt: '2026-11-25T12:00:00Z' }],
    finishedAt: [{}, { finishedAt: '2026-11-25T12:00:00Z' }],
  };

  test.each(Object.entries(OTHER))('%s', (_field, [one, other]) => {
    const report = ran({ complete: false });
    expect(judge(ended(one, report), OWN)).not.toEqual(judge(ended(other, report), OWN));
  });
});

describe('a secret is known, whatever became of the file that held it', () => {
  test.each<[string, Ran]>([
    ['malformed', ran({ outputs: sent('token=s3cret\noops\n') })],
    ['too large', ran({ outputs: sent('token=s3cret\n', true) })],
    ['cut off', ran({ complete: false, outputs: sent('token=s3cret\n') })],
    ['in a block that is cut off', ran({ complete: false, outputs: sent('token<<EOF\ns3cret') })],
  ])('%s', (_name, report) => {
    const { state, stepOutputs, arrived } = judge(ended({}, report), OWN);

    expect({ state, stepOutputs }).toEqual({ state: 'failed', stepOutputs: [] });
    expect(arrived[0]).toMatchObject({ name: 'token', value: 's3cret' });
  });
});

// A follower takes it for another tool's, and the log shows all of it.
test("step outputs in a log with words before the script's are there to be masked", () => {
  const boundary = boundaryOf('0'.repeat(32));
  const logs = `ld.so: ignored
aks-run-command start ${hashOf(boundary)}
aks-run-command begin
cat <<EOF

${boundary} exit 0

${boundary} outputs 13
token=s3cret

${boundary} summary 0

${boundary} end
`;
  const podReport = { kind: 'unrecognized', output: logs } as const;
  expect(readStream(logs)).toEqual(podReport);
  const verdict = judge(ended({}, podReport), OTHERS);
  expect(verdict).toMatchObject({ output: { text: logs }, stepOutputs: [] });
  expect(verdict.arrived).toContainEqual({ name: 'token', value: 's3cret', line: 2 });
});

test('a summary is shown beside step outputs that are malformed', () => {
  const report = ran({ outputs: sent('oops\n'), summary: sent('# done') });
  expect(judge(ended({}, report), OWN)).toMatchObject({ state: 'failed', podSummary: '# done' });
});

const ANY: Partial<Criteria> = { allowedExitCodes: 'any' };
const OTHERS: Criteria = { ...OWN, ownCommand: false };
const UNRECOGNIZED: EndedCommand['podReport'] = { kind: 'unrecognized', output: 'hello\n' };
const NOT_BEGUN: EndedCommand['podReport'] = { kind: 'not-begun', output: 'hello\n' };
const OTHER_TOOLS: Failure = { code: 'unproven', containerExitCode: 0 };
const NEVER_BEGAN: Failure = { code: 'unproven', containerExitCode: 137 };
const UNFRAMED = ran({ complete: false });
const AKS_FAILED = {
  code: 'aks-failed',
  reason: 'Evicted',
  silent: false,
} as const;
const START_BY = 1_795_608_090;
const exits = (exitCode: number, allowed?: readonly number[]) =>
  ({ code: 'exit-code', exitCode, allowed }) as const;
const malformed = {
  code: 'outputs-malformed',
  line: 2,
  problem: say`is neither ${'NAME=value'} nor ${'NAME<<DELIMITER'}`,
} as const;
const LOST = { code: 'outputs-lost' } as const;
const CHANGED = { ...LOST, isChanged: true } as const;
const TIMES = { startedAt: '2026-11-25T12:00:00Z', finishedAt: '2026-11-25T12:01:30Z' };
const EVICTED = { provisioningState: 'failed', exitCode: undefined, reason: 'Evicted' } as const;

describe('a command that ended', () => {
  type Row = [
    name: string,
    ending: EndedCommand,
    state: State,
    failure?: Failure | undefined,
    criteria?: Partial<Criteria>,
  ];
  test.each<Row>([
    ['exit code 3 of AKS alone', ended({ exitCode: 3 }), 'failed', exits(3)],
    ['exit code 5 of the script alone', ended({}, ran({ exitCode: 5 })), 'failed', exits(5)],
    ['exit code 0, not allowed', ended(), 'failed', exits(0, [3]), { allowedExitCodes: [3] }],
    [
      'no exit code',
      ended({ exitCode: undefined }),
      'unknown',
      { code: 'unproven', containerExitCode: undefined },
      ANY,
    ],
    ["not the script's output", ended({}, UNRECOGNIZED), 'unknown', OTHER_TOOLS, ANY],
    [
      "the same of somebody else's command",
      ended({}, UNRECOGNIZED),
      'succeeded',
      undefined,
      OTHERS,
    ],
    ...[75, 76].map((exitCode): Row => [
      `no log, and exit code ${exitCode}, which may be the script's refusal`,
      ended({ exitCode, logs: '' }, { kind: 'unrecognized', output: '' }),
      'unknown',
      { code: 'unproven', containerExitCode: exitCode },
      { ...OTHERS, ...ANY },
    ]),
    [
      'no log, and another exit code',
      ended({ exitCode: 3, logs: '' }, { kind: 'unrecognized', output: '' }),
      'failed',
      exits(3),
      OTHERS,
    ],
    ['killed before it began', ended({ exitCode: 137 }, NOT_BEGUN), 'unknown', NEVER_BEGAN, ANY],
    ['not begun, and AKS failed', ended(EVICTED, NOT_BEGUN), 'unknown', AKS_FAILED],
    ['AKS failed, nothing of the script', ended(EVICTED, UNRECOGNIZED), 'unknown', AKS_FAILED, ANY],
    [
      'AKS failed, and the pod may still start',
      { ...ended(EVICTED, NOT_BEGUN), mayStartUntil: START_BY },
      'unknown',
      { ...AKS_FAILED, mayStartUntil: START_BY },
    ],
    [
      'AKS failed, the frame has no end',
      { ...ended(EVICTED, UNFRAMED), mayStartUntil: START_BY },
      'unknown',
      AKS_FAILED,
      ANY,
    ],
    ['AKS failed, and the whole frame says 0', ended(EVICTED), 'succeeded'],
    [
      'AKS failed with 137, the whole frame says 0',
      ended({ ...EVICTED, exitCode: 137 }),
      'failed',
      exits(137),
    ],
    [
      'timed out, its code allowed',
      ended({ exitCode: 124 }, ran({ timedOutAfter: 90 })),
      'failed',
      { code: 'timed-out', seconds: 90 },
      ANY,
    ],
    ['exit code 124 of its own', ended({ exitCode: 124 }), 'failed', exits(124)],
    [
      'step outputs that cannot be read',
      ended({}, ran({ outputs: sent('a=1\nsecret\n') })),
      'failed',
      malformed,
    ],
    [
      'too many of them',
      ended({}, ran({ outputs: sent('', true) })),
      'failed',
      { code: 'outputs-too-large' },
    ],
    ['step outputs that are no file any more', ended({}, KILLED), 'failed', CHANGED],
    [
      'step outputs of which not all arrived',
      ended({}, ran({ outputs: { ...sent('a=1\n'), isChanged: true } })),
      'failed',
      CHANGED,
    ],
    [
      'the files of its output were deleted',
      ended({}, ran({ exitCode: undefined })),
      'failed',
      { code: 'output-lost' },
      ANY,
    ],
    ['the pod died before it could hand them over', ended({}, UNFRAMED), 'failed', LOST],
    [
      'the exit code says more than lost outputs',
      ended({ exitCode: 137 }, UNFRAMED),
      'failed',
      exits(137),
    ],
  ])('%s', (...[, ending, expected, why, criteria]: Row) => {
    const { state, problems } = judge(ending, { ...OWN, ...criteria });

    expect({ state, failure: problems[0] }).toEqual({ state: expected, failure: why });
  });

  test.each<[string, EndedCommand, Verdict['started']]>([
    ['the log shows it', ended({ exitCode: undefined }), 'command'],
    ['the log shows it, and AKS failed', ended(EVICTED, UNFRAMED), 'command'],
    ['nothing shows it', ended({ exitCode: 137 }, NOT_BEGUN), undefined],
    ['nothing shows it, and AKS failed', ended(EVICTED, NOT_BEGUN), undefined],
    ['its end is known', ended(), undefined],
    ['AKS dates its pod, and failed', ended({ ...EVICTED, ...TIMES }, NOT_BEGUN), 'pod'],
    ['AKS dates its pod, and did not fail', ended(TIMES, NOT_BEGUN), undefined],
  ])('whether it started, though its end is unknown: %s', (_name, ending, started) => {
    expect(judge(ending, OWN).started).toBe(started);
  });

  test("the frame's exit code is the verdict's, unless only that of AKS is not allowed", () => {
    expect(judge(ended(EVICTED, ran({ exitCode: 3 })), OWN).exitCode).toBe(3);
    expect(judge(ended({}, ran({ exitCode: 5 })), OWN).exitCode).toBe(5);
    const killedAfterwards = ended({ exitCode: 137 }, ran({ exitCode: 0 }));
    expect(judge(killedAfterwards, { ...OWN, allowedExitCodes: [137] }).exitCode).toBe(0);
    expect(judge(killedAfterwards, { ...OWN, ...ANY }).exitCode).toBe(0);
    const both = ended({ exitCode: 137 }, ran({ exitCode: 3 }));
    expect(judge(both, { ...OWN, ...ANY }).exitCode).toBe(3);
    expect(judge(both, { ...OWN, allowedExitCodes: [3, 137] }).exitCode).toBe(3);
    expect(judge(both, { ...OWN, allowedExitCodes: [3] }).exitCode).toBe(137);
    expect(judge(both, { ...OWN, allowedExitCodes: [137] }).exitCode).toBe(3);
    expect(judge(both, OWN).exitCode).toBe(3);
    expect(judge(ended({ exitCode: undefined }), OWN).exitCode).toBeUndefined();
  });

  test('a log that is not of this action is known as such, if its exit code decides', () => {
    expect(judge(ended({}, UNRECOGNIZED), OTHERS).onlyExitCode).toBe(true);
    const failed = judge(ended({ exitCode: 3 }, UNRECOGNIZED), OTHERS);
    expect(failed).toMatchObject({ onlyExitCode: true, problems: [exits(3)] });
    expect(judge(ended({}, UNRECOGNIZED), OWN).onlyExitCode).toBe(false);
    expect(judge(ended(EVICTED, UNRECOGNIZED), OTHERS).onlyExitCode).toBe(false);
    expect(judge(ended({}, NOT_BEGUN), OTHERS).onlyExitCode).toBe(false);
    expect(judge(ended(), OTHERS).onlyExitCode).toBe(false);
  });

  test("an exit code that cannot be trusted is not the verdict's", () => {
    expect(judge(ended({}, NOT_BEGUN), OWN).exitCode).toBeUndefined();
    expect(judge(ended({}, UNRECOGNIZED), OWN).exitCode).toBeUndefined();
    expect(judge(ended({ ...EVICTED, exitCode: 0 }, UNRECOGNIZED), OWN).exitCode).toBeUndefined();
  });

  test.each<[name: string, result: Partial<CommandResult>, silent: boolean]>([
    ['neither a reason nor output', { reason: undefined }, true],
    ['a reason', { reason: 'Evicted' }, false],
    ['some output', { reason: undefined, logs: 'x' }, false],
  ])('AKS failed, with %s', (_name, result, silent) => {
    const [failure] = judge(ended({ ...EVICTED, ...result }, UNRECOGNIZED), OWN).problems;
    expect(failure).toMatchObject({ code: 'aks-failed', silent });
  });

  test.each<[name: string, report: EndedCommand['podReport'], text: string, cut: boolean]>([
    ['cut in a word', ran({ summary: sent('# Hi s3cr', true) }), '# Hi ', true],
    [
      'cut in a word, by the end of the pod',
      ran({ complete: false, summary: { ...sent('# Hi s3cr'), isChanged: true } }),
      '# Hi ',
      false,
    ],
    ['none that arrived', KILLED, '', false],
    ['none of a command that did not begin', NOT_BEGUN, '', false],
  ])('its summary: %s', (_name, report, text, cut) => {
    const { podSummary, podSummaryCut } = judge(ended({}, report), OWN);

    expect({ podSummary, podSummaryCut }).toEqual({ podSummary: text, podSummaryCut: cut });
  });

  test.each([
    ['x'.repeat(LOG_LIMIT - 3), LOG_LIMIT - 1, false],
    ['\u00E9'.repeat(LOG_LIMIT / 2 - 1), LOG_LIMIT, true],
  ])("another command's output may be cut, by its bytes: %#", (text, bytes, truncated) => {
    expect(Buffer.byteLength(`${text} y`)).toBe(bytes);
    const report = { kind: 'unrecognized', output: `${text} y` } as const;
    const { output } = judge(ended({}, report), OTHERS);
    expect(output).toEqual({ text: truncated ? `${text} ` : `${text} y`, truncated });
  });
});

test('succeeded is never said without proof', () => {
  const report: fc.Arbitrary<EndedCommand['podReport']> = fc.oneof(
    fc.record({ kind: fc.constantFrom('unrecognized', 'not-begun'), output: fc.string() }),
    fc
      .record({
        complete: fc.boolean(),
        timedOut: fc.boolean(),
        exitCode: fc.integer({ min: 0, max: 3 }),
        outputs: fc.constantFrom('', 'a=1\n', 'bare\n').map((text) => sent(text)),
      })
      .map(({ timedOut, ...came }) => ran({ ...came, timedOutAfter: timedOut ? 90 : undefined })),
  );
  const ending = fc
    .tuple(
      fc.constantFrom('succeeded' as const, 'failed' as const),
      fc.option(fc.integer({ min: 0, max: 3 })),
      report,
    )
    .map(([provisioningState, exitCode, came]) =>
      ended({ provisioningState, exitCode: exitCode ?? undefined }, came),
    );
  const allowed = fc.oneof(fc.constant('any' as const), fc.subarray([0, 1, 2, 3]));
  fc.assert(
    fc.property(ending, allowed, (given, allowedExitCodes) => {
      const { result, podReport: came } = given;
      const isAllowed = (code = NaN) =>
        allowedExitCodes === 'any' || allowedExitCodes.includes(code);
      const proved =
        came.kind === 'ran' &&
        came.exitCode !== undefined &&
        isAllowed(came.exitCode) &&
        isAllowed(result.exitCode ?? came.exitCode) &&
        (result.exitCode !== undefined || result.provisioningState === 'failed') &&
        came.complete &&
        came.timedOutAfter === undefined &&
        came.outputs?.text !== 'bare\n';
      expect(judge(given, { ...OWN, allowedExitCodes }).state === 'succeeded').toBe(proved);
    }),
  );
});

describe('collected files', () => {
  const files = [{ path: 'report.xml', bytes: 5 }];
  const came = { ...NOTHING_COLLECTED, folder: '/temp/c', files };
  const problem = { kind: 'lost' } as const;
  const lost = { ...came, problem };
  const collect: Failure = { code: 'collect', problem };
  type Row = [name: string, EndedCommand, Criteria['collected'], State, ...problems: Failure[]];
  test.each<Row>([
    ['did not, which fails a command that succeeded', ended(), lost, 'failed', collect],
    ['did not, not why it failed', ended({ exitCode: 3 }), lost, 'failed', exits(3), collect],
    ['nor did the step outputs', ended({}, KILLED), lost, 'failed', CHANGED, collect],
  ])('%s', (...[, ending, collected, state, ...problems]: Row) => {
    const verdict = judge(ending, { ...OWN, collected });
    expect(verdict).toMatchObject({ state, collected });
    expect(verdict.problems).toEqual(problems);
  });

  test('are one of all the problems, of which the first decides', () => {
    const { problems } = judge(ended({ exitCode: 3 }, KILLED), { ...OWN, collected: lost });
    expect(problems).toEqual([exits(3), CHANGED, collect]);
  });
});

describe('a command that was to be stopped', () => {
  const timedOut: Failure = { code: 'timed-out', seconds: 90 };
  const late = { exitCode: 124 };
  type Row = [name: string, ending: Ending, signaled: boolean | undefined, problems: unknown];
  const stopped = (signaled: boolean | undefined) => ({ code: 'stopped', signaled });
  test.each<Row>([
    ['exited with 143', ended({ exitCode: 143 }, ran({ exitCode: 143 })), true, [stopped(true)]],
    ['exited with 0', ended(), false, [stopped(false)]],
    ['lost its output', ended({}, ran({ exitCode: undefined })), undefined, [stopped(undefined)]],
    ['lost its step outputs', ended({}, KILLED), true, [stopped(true), CHANGED]],
    ...[true, false, undefined].map((signaled): Row => [
      `timed out, signaled: ${signaled}`,
      ended(late, ran({ exitCode: 124, timedOutAfter: 90 })),
      signaled,
      [timedOut],
    ]),
    ['exited with 124', ended(late, ran({ exitCode: 124 })), true, [stopped(true)]],
    ['is not known to have ended', ended(EVICTED, NOT_BEGUN), true, [AKS_FAILED]],
  ])('%s', (_name, ending, signaled, problems) => {
    expect(asStopped(judge(ending, OWN), signaled).problems).toEqual(problems);
  });
});

describe('whether the step succeeds', () => {
  const of = (state: State, failure?: Failure): Verdict => withoutResult(state, failure, ID);
  test.each<[name: string, verdict: Verdict, waits: boolean, success: boolean]>([
    ['not waited for', of('running', { code: 'not-waited' }), false, true],
    ['cancelled first', of('running', { code: 'cancelled' }), false, false],
  ])('%s', (_name, verdict, waits, success) => {
    expect(succeeds(verdict, waits)).toBe(success);
  });
});
