import { expect, test } from '@jest/globals';
import type { EndedCommand } from '../../../src/ending.ts';
import { judge } from '../../../src/verdict.ts';
import { ID, NOTHING_SENT, RESULT } from '../ports.ts';
import { published, report, whole } from './reports.ts';
import { said } from '../../support/said.ts';

const EMPTY = { kind: 'unrecognized', output: '' } as const;
const NO_FIRST_LINE = { kind: 'unrecognized', output: 'hello\n' } as const;
const BEGUN = { ...NOTHING_SENT, output: whole('hello\n'), complete: false, exitCode: undefined };
const WHOLE = { ...BEGUN, complete: true, exitCode: 3 };

const startedAt = '2026-11-25T12:00:00Z';
const finishedAt = '2026-11-25T12:01:30Z';
const MAY_START = said('@whether-it-started', { mayStartUntil: '12:41:30 UTC' });
const POD_STARTED = /The pod started and ended\. Whether the command ran is unknown\./;
const COMMAND_STARTED = /The command started\. How far it got is unknown/;
const EXITED = said('exit-code', { exitCode: '3' });
const SENTENCES = [MAY_START, POD_STARTED, COMMAND_STARTED, EXITED];

type Row = [
  name: string,
  times: { startedAt?: string; finishedAt?: string },
  podReport: EndedCommand['podReport'],
  state: string,
  sentence: RegExp,
];
test.each<Row>([
  ['no times, no log', {}, EMPTY, 'unknown', MAY_START],
  ['a start, no log', { startedAt }, EMPTY, 'unknown', MAY_START],
  ['an end, no log', { finishedAt }, EMPTY, 'unknown', MAY_START],
  ['both, no log', { startedAt, finishedAt }, EMPTY, 'unknown', POD_STARTED],
  ['no times, no first line', {}, NO_FIRST_LINE, 'unknown', MAY_START],
  ['a start, no first line', { startedAt }, NO_FIRST_LINE, 'unknown', MAY_START],
  ['an end, no first line', { finishedAt }, NO_FIRST_LINE, 'unknown', MAY_START],
  ['both, no first line', { startedAt, finishedAt }, NO_FIRST_LINE, 'unknown', POD_STARTED],
  ['no times, the first line', {}, BEGUN, 'unknown', COMMAND_STARTED],
  ['a start, the first line', { startedAt }, BEGUN, 'unknown', COMMAND_STARTED],
  ['an end, the first line', { finishedAt }, BEGUN, 'unknown', COMMAND_STARTED],
  ['both, the first line', { startedAt, finishedAt }, BEGUN, 'unknown', COMMAND_STARTED],
  ['no times, the whole frame', {}, WHOLE, 'failed', EXITED],
  ['a start, the whole frame', { startedAt }, WHOLE, 'failed', EXITED],
  ['an end, the whole frame', { finishedAt }, WHOLE, 'failed', EXITED],
  ['both, the whole frame', { startedAt, finishedAt }, WHOLE, 'failed', EXITED],
])('AKS failed with %s', async (_name, times, podReport, state, sentence) => {
  const result = { ...RESULT, provisioningState: 'failed', exitCode: undefined, ...times } as const;
  const mayStartUntil = 1_795_610_490;
  const ending: EndedCommand = { kind: 'ended', id: ID, result, podReport, mayStartUntil };
  const verdict = judge(ending, { allowedExitCodes: [0], ownCommand: true });
  expect(verdict.state).toBe(state);

  const { summary } = await published(report(verdict));
  expect(SENTENCES.filter((known) => known.test(summary))).toEqual([sentence]);
});
