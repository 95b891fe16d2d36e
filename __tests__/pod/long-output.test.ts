import { describe, expect, test } from '@jest/globals';
import { FILE_LIMIT, LOG_LIMIT } from '../../src/pod/stream.ts';
import { endOf } from '../../src/report/excerpt.ts';
import { sent } from './expect-run.ts';
import { inEach, NOT_GNU, runScript, runPod, SHELLS } from './run-pod.ts';

/** 1.4 MB. */
const manyLines = Array.from(
  { length: 25_000 },
  (_, i) => `line ${i} deployment.apps/web-${i} condition met ${(i * 7919) % 1_000_003}\n`,
).join('');
const WRITE_LINES = { command: 'cat lines', files: { lines: manyLines } };
const X = { x: 'x'.repeat(600_000) };
const ENDING = '\necho a=1 >>"$GITHUB_OUTPUT"; echo sum >>"$GITHUB_STEP_SUMMARY"; exit 3';
const ended = {
  kind: 'ran',
  complete: true,
  exitCode: 3,
  outputs: sent('a=1\n'),
  summary: sent('sum\n'),
};

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
      const pod = { ...WRITE_LINES, command: WRITE_LINES.command + ENDING };
      const { report, exitCode, logs } = await runPod(on, pod);
      expect(exitCode).toBe(3);
      expect(Buffer.byteLength(logs)).toBeLessThan(LOG_LIMIT);
      expect(report).toMatchObject({ ...ended, output: { truncated: true } });
      if (report.kind !== 'ran') throw new Error('unrecognized');
      const [start = '', end = ''] = report.output.text.split(
        /\n?\[.* bytes of output are missing here\]\n/,
      );
      expect(manyLines.startsWith(start)).toBe(true);
      expect(manyLines.endsWith(end)).toBe(true);
      expect(start.length).toBeGreaterThan(130_000);
      expect(start.length).toBeLessThanOrEqual(131_072);
      expect(end.length).toBeGreaterThan(350_000);
      expect(report.output.missingBytes).toBe(manyLines.length - start.length - end.length);
    });

    test.concurrent('4 MB of noise as start, marker and end', async () => {
      const command = `echo first; head -c 3000000 /dev/urandom | base64; echo last${ENDING}`;
      const { report, exitCode } = await runPod(on, { command });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: true } });
      if (report.kind !== 'ran') throw new Error('unrecognized');
      expect(report.output.missingBytes).toBeGreaterThan(3_000_000);
      expect(report.output.text).toMatch(
        /^first\n[\s\S]*\n\[\d,\d{3},\d{3} bytes of output are missing here\]\n[\s\S]*\nlast\n$/,
      );
      expect(endOf(report.output.text, 96 * 1024)).toMatch(/^[A-Za-z0-9+/=]{76}\n[\s\S]*\nlast\n$/);
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

    // What is shown early, what fits, and what AKS keeps, each with a byte less and more; no
    // newline at the end.
    const sizes = [131_072, 520_192, 524_288].flatMap((limit) => [limit - 1, limit, limit + 1]);
    test.concurrent.each(sizes)('%d bytes', async (size) => {
      const { report } = await runPod(on, { command: `head -c ${size} x; exit 3`, files: X });
      const missingBytes = Math.max(0, size - 520_192);
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 3,
        output: { truncated: missingBytes > 0, missingBytes },
      });
      if (report.kind !== 'ran') return;
      expect(report.output.text.replaceAll(/[^x]/g, '').length).toBe(size - missingBytes);
    });

    test.concurrent('files over 64 KiB are cut, and seen to be', async () => {
      const command = `${WRITE_LINES.command} >"$GITHUB_STEP_SUMMARY"; echo 1`;
      const { report } = await runPod(on, { ...WRITE_LINES, command });
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        output: { text: '1\n' },
        summary: { text: manyLines.slice(0, FILE_LIMIT), isCut: true },
      });
    });
  });
});
