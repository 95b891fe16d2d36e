import { expect } from '@jest/globals';
import type { SentFile } from '../../src/pod/stream.ts';
import { runPod, type Image, type Pod } from './run-pod.ts';

/** What is expected of a run. */
export type Ran = {
  output: string | RegExp;
  exitCode: number;
  /** Undefined if the file is gone. */
  outputs?: string | undefined;
  summary?: string | undefined;
  timedOutAfter?: number;
  leftBehind?: readonly string[];
};

/** All that a run of a small command must have in common: nothing lost, nothing added. */
export async function expectRun(on: Image, pod: Pod, expected: Ran): Promise<void> {
  const { report, exitCode } = await runPod(on, pod);
  const { outputs, summary } = { outputs: '', summary: '', ...expected };
  expect({ exitCode, report }).toEqual({
    exitCode: expected.exitCode,
    report: {
      kind: 'ran',
      complete: true,
      ...expected,
      outputs: sent(outputs),
      summary: sent(summary),
      output: {
        text:
          typeof expected.output === 'string'
            ? expected.output
            : expect.stringMatching(expected.output),
        truncated: false,
        missingBytes: 0,
      },
    },
  });
}

/** What the pod lacks, and perhaps the reason that kubectl gives. */
type Lack = { lacks?: string | undefined; why?: unknown };

/** The script runs nothing, and says so. */
export async function expectRefusal(on: Image, pod: Partial<Pod>, lack: Lack = {}): Promise<void> {
  const { report, exitCode } = await runPod(on, { command: 'echo ran', ...pod });
  expect({ report, exitCode }).toEqual({
    report: { kind: 'refused', alone: true, ...lack },
    exitCode: 75,
  });
}

/** A file that arrived whole. */
export const sent = (text: string | undefined): SentFile | undefined =>
  text === undefined ? undefined : { text, isCut: false, isChanged: false };

/** A text of these lines, each with its newline. */
export const lines = (...text: string[]): string => text.map((line) => `${line}\n`).join('');
