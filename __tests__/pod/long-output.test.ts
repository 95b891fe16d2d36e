import { describe, expect, test } from '@jest/globals';
import { endOf } from '../../src/report/excerpt.ts';
import { FULL, inEach, runPod, WITH_GZIP } from './run-pod.ts';

/** As issue 3 has it, 1.4 MB. */
const WRITE_LINES =
  'i=0; while [ $i -lt 25000 ]; do ' +
  'echo "line $i deployment.apps/web-$i condition met $((i * 7919 % 1000003))"; ' +
  'i=$((i+1)); done';
const manyLines = Array.from(
  { length: 25_000 },
  (_, i) => `line ${i} deployment.apps/web-${i} condition met ${(i * 7919) % 1_000_003}\n`,
).join('');
/** The same at once. */
const AT_ONCE = { command: 'head -c 2000000 lines', files: { lines: manyLines } };
const ENDING = '\necho a=1 >>"$GITHUB_OUTPUT"; echo sum >>"$GITHUB_STEP_SUMMARY"; exit 3';
const ended = { kind: 'ran', complete: true, exitCode: 3, outputs: 'a=1\n', summary: 'sum\n' };

describe('a long output', () => {
  inEach(WITH_GZIP, (on) => {
    test.concurrent('1.4 MB arrive whole', async () => {
      const { report, exitCode } = await runPod(on, { command: WRITE_LINES + ENDING });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: false, missingBytes: 0 } });
      expect(report.kind === 'ran' && report.output.text === manyLines).toBe(true);
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
  });

  inEach(FULL, (on) => {
    test.concurrent('the start and the end', async () => {
      const { report, exitCode } = await runPod(on, {
        ...AT_ONCE,
        command: AT_ONCE.command + ENDING,
      });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: true } });
      if (report.kind !== 'ran') throw new Error('unrecognized');
      const [start = '', end = ''] = report.output.text.split(
        /\n?\[.* bytes of output are missing here\]\n/,
      );
      expect(manyLines.startsWith(start)).toBe(true);
      expect(manyLines.endsWith(end)).toBe(true);
      expect(start.length).toBe(131_072);
      expect(end.length).toBeGreaterThan(350_000);
      expect(report.output.missingBytes).toBe(manyLines.length - start.length - end.length);
    });
  });

  inEach(WITH_GZIP.slice(0, 1), (on) => {
    // What is shown early, what fits raw, and what AKS keeps, each with a byte less and more; no
    // newline at the end.
    const sizes = [131_072, 520_192, 524_288].flatMap((limit) => [limit - 1, limit, limit + 1]);
    test.concurrent.each(sizes)('%d bytes arrive whole', async (size) => {
      const command = `head -c ${size} /dev/zero | tr '\\0' x; exit 3`;
      const { report } = await runPod(on, { command });
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 3,
        output: { truncated: false },
      });
      expect(report.kind === 'ran' && report.output.text === 'x'.repeat(size)).toBe(true);
    });

    test.concurrent('files over 64 KiB are cut, and seen to be', async () => {
      const command = `${AT_ONCE.command} >"$GITHUB_STEP_SUMMARY"; echo 1`;
      const { report } = await runPod(on, { ...AT_ONCE, command });
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        output: { text: '1\n' },
        summary: manyLines.slice(0, 65_537),
      });
    });
  });
});
