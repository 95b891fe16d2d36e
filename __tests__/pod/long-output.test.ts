import { describe, expect, test } from '@jest/globals';
import { FILE_LIMIT, LOG_LIMIT } from '../../src/pod/stream.ts';
import { sent } from './expect-run.ts';
import { inEach, NOT_GNU, runScript, runPod, SHELLS } from './run-pod.ts';

/** 1.4 MB. */
const manyLines = Array.from(
  { length: 25_000 },
  (_, i) => `line ${i} deployment.apps/web-${i} condition met ${(i * 7919) % 1_000_003}\n`,
).join('');
const BLANKS = { blanks: ' '.repeat(600_000) };
test('the limits of the script are those of the core, and leave room for the end', () => {
  const number = (name: string): number =>
    Number(new RegExp(`\\b${name}=(\\d+)`).exec(runScript)?.[1]);
  expect(number('file_limit')).toBe(FILE_LIMIT);
  expect(LOG_LIMIT - number('log_limit')).toBe(4096);
  const startWithCollect = 64 * Number(/start_blocks=(256)$/m.exec(runScript)?.[1]);
  const others = startWithCollect + 2 * number('file_limit') + number('collect_limit');
  expect(number('log_limit') - others).toBeGreaterThanOrEqual(65_534);
});

describe('a long output', () => {
  inEach([...SHELLS, ...NOT_GNU], (on) => {
    test.concurrent('the start and the end', async () => {
      const command =
        'cat lines; echo a=1 >>"$GITHUB_OUTPUT"; echo sum >>"$GITHUB_STEP_SUMMARY"; exit 3';
      const { report, logs } = await runPod(on, { command, files: { lines: manyLines } });
      expect(Buffer.byteLength(logs)).toBeLessThan(LOG_LIMIT);
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 3,
        output: { truncated: true },
        outputs: sent('a=1\n'),
        summary: sent('sum\n'),
      });
      if (report.kind !== 'ran') throw new Error('unrecognized');
      const [before = '', end = ''] = report.output.text.split(
        /\[.* bytes of output are missing here\]\n/,
      );
      // Within a line, the action adds a line break.
      const start = manyLines.startsWith(before) ? before : before.slice(0, -1);
      expect(manyLines.startsWith(start)).toBe(true);
      expect(manyLines.endsWith(end)).toBe(true);
      expect(start.length).toBeGreaterThan(130_000);
      expect(start.length).toBeLessThanOrEqual(131_072);
      expect(end.length).toBeGreaterThan(350_000);
      expect(report.output.missingBytes).toBe(manyLines.length - start.length - end.length);
    });

    test.concurrent('what a killed container had written', async () => {
      const { report, exitCode } = await runPod(on, {
        command: 'echo before; sleep 600',
        killOnceLogged: 'before\n',
      });
      expect(exitCode).toBeNull();
      expect(report).toEqual({
        kind: 'ran',
        complete: false,
        output: { text: 'before\n', truncated: true },
      });
    });

    // What is shown early, and what fits, each also with a byte more; no newline at the end.
    const sizes = [131_072, 131_073, 520_192, 520_193];
    test.concurrent.each(sizes)('%d bytes', async (size) => {
      const { report } = await runPod(on, {
        command: `head -c ${size} blanks; exit 3`,
        files: BLANKS,
      });
      const missingBytes = Math.max(0, size - 520_192);
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 3,
        output: { truncated: missingBytes > 0, missingBytes },
      });
      if (report.kind !== 'ran') return;
      const text = report.output.text.replace(/\n\[.*\]\n/, '');
      expect(text).toBe(' '.repeat(size - missingBytes));
    });
  });
});
