import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BEGIN_LINE, BOUNDARY_PREFIX, boundaryOf, hashOf, startLine } from '../../../src/pod/boundary.ts';
import { endOfOutput, OUTPUT_LIMIT } from '../../../src/pod/output.ts';
import { readStream, type PodReport } from '../../../src/pod/stream.ts';

const B = boundaryOf('0123456789abcdef0123456789abcdef');
const OTHER = boundaryOf('f'.repeat(32));
const START = startLine(hashOf(B));
const REST = `\n${B} outputs\na=1\n\n${B} summary\n# x\n${B} end\n`;

type RanReport = Extract<PodReport, { kind: 'ran' }>;

const ran = (text: string, more: Partial<RanReport> = {}): RanReport => ({
  kind: 'ran',
  output: { text, truncated: false, missingBytes: 0 },
  complete: true,
  exitCode: 0,
  outputs: 'a=1\n',
  summary: '# x',
  ...more,
});
const killed = (text: string): PodReport => ({
  kind: 'ran',
  output: { text, truncated: true },
  complete: false,
});

describe('a stream', () => {
  test.each<{ name: string; logs: string; expected: PodReport; boundary?: string }>([
    {
      name: 'whole, with the line that the command begins',
      logs: `${START}${BEGIN_LINE}hi\n\n${B} exit 0\n${REST}`,
      expected: ran('hi\n'),
      boundary: B,
    },
    { name: 'whole', logs: `${START}hi\n\n${B} exit 0\n${REST}`, expected: ran('hi\n'), boundary: B },
    { name: 'followed', logs: `${START}hi\n\n${B} exit 0\n${REST}`, expected: ran('hi\n') },
    {
      name: 'without output',
      logs: `${START}\n${B} exit 3\n${REST}`,
      expected: ran('', { exitCode: 3 }),
      boundary: B,
    },
    { name: 'without a last newline', logs: `${START}hi\n${B} exit 0\n${REST}`, expected: ran('hi'), boundary: B },
    {
      name: 'its own last newline taken off',
      logs: `${START}\n${B} exit 0\n${REST.trimEnd()}`,
      expected: ran(''),
      boundary: B,
    },
    { name: 'late output', logs: `${START}hi\n\n${B} exit 0\nlate\n${REST}`, expected: ran('hi\n'), boundary: B },
    {
      name: 'a timeout',
      logs: `${START}\n${B} exit 124\n\n${B} timed-out 60\n${REST}`,
      expected: ran('', { exitCode: 124, timedOutAfter: 60 }),
    },
    { name: 'refused', logs: `${START}\n${B} refused\n`, expected: { kind: 'refused', alone: true }, boundary: B },
    { name: 'refused, trimmed', logs: `${START}\n${B} refused`, expected: { kind: 'refused', alone: true } },
    {
      name: 'refused, and something else behind it',
      logs: `${START}\n${B} refused\n\n`,
      expected: { kind: 'refused', alone: false },
    },
    {
      name: 'refused, and a word before it',
      logs: `${START}x\n${B} refused\n`,
      expected: { kind: 'refused', alone: false },
      boundary: B,
    },
    {
      name: 'refused, and a warning before the start',
      logs: `sh: warning\n${START}\n${B} refused\n`,
      expected: { kind: 'refused', alone: false },
      boundary: B,
    },
    {
      name: 'refused for want of a tool',
      logs: `${START}\n${B} lacks wc\n`,
      expected: { kind: 'refused', alone: true, lacks: 'wc' },
    },
    {
      name: 'refused for want of a file, after the command began, trimmed',
      logs: `${START}${BEGIN_LINE}\n${B} lacks env.sh`,
      expected: { kind: 'refused', alone: false, lacks: 'env.sh' },
    },
    {
      name: 'refused after the command began',
      logs: `${START}${BEGIN_LINE}\n${B} refused\n`,
      expected: { kind: 'refused', alone: false },
      boundary: B,
    },
    {
      name: 'refused in the midst of a run',
      logs: `${START}hi\n\n${B} exit 0\n\n${B} refused\n${REST}`,
      expected: { kind: 'refused', alone: false },
      boundary: B,
    },
    {
      name: 'refused in the name of another boundary',
      logs: `${START}\n${OTHER} refused\n`,
      expected: killed(`\n${OTHER} refused\n`),
    },
    {
      name: 'forged by one who knows the hash: the form of a boundary is none',
      logs: `${START}\n${OTHER} exit 0\n${REST.replaceAll(B, OTHER)}`,
      expected: killed(`\n${OTHER} exit 0\n${REST.replaceAll(B, OTHER)}`),
    },
    { name: 'nothing', logs: '', expected: { kind: 'foreign', output: '' }, boundary: B },
    { name: "someone else's", logs: 'hi\n', expected: { kind: 'foreign', output: 'hi\n' } },
    {
      name: "another run's",
      logs: startLine(hashOf(OTHER)),
      expected: { kind: 'foreign', output: startLine(hashOf(OTHER)) },
      boundary: B,
    },
    {
      name: 'a first line that is none',
      logs: `${START.trimEnd()} x\n`,
      expected: { kind: 'foreign', output: `${START.trimEnd()} x\n` },
    },
    {
      name: 'a follower does not look further',
      logs: `hi\n${START}`,
      expected: { kind: 'foreign', output: `hi\n${START}` },
    },
    {
      name: 'a warning before it',
      logs: `sh: warning\n${START}hi\n${B} exit 0\n${REST}`,
      expected: ran('sh: warning\nhi'),
      boundary: B,
    },
    { name: 'killed at once', logs: START, expected: killed('') },
    { name: 'killed', logs: `${START}hi\nth`, expected: killed('hi\nth'), boundary: B },
    { name: 'killed within a character', logs: `${START}hi\uFFFD\uFFFD`, expected: killed('hi') },
    { name: 'cut within a mark', logs: `${START}hi\n\n${B} exit 1`, expected: killed('hi\n') },
    { name: 'cut within the first mark', logs: `${START}hi\n\n${B} exi`, expected: killed('hi\n'), boundary: B },
    { name: 'cut within the boundary', logs: `${START}hi\n\n${B.slice(0, 30)}`, expected: killed('hi\n') },
    { name: 'cut there, without output', logs: `${START}\n${B.slice(0, 30)}`, expected: killed(''), boundary: B },
    {
      name: 'killed, its last line like a mark',
      logs: `${START}hi\n${BOUNDARY_PREFIX}no`,
      expected: killed(`hi\n${BOUNDARY_PREFIX}no`),
      boundary: B,
    },
    {
      name: 'a line of its own for the first mark alone',
      logs: `${START}${B} exit 0\n${REST}`,
      expected: ran(''),
      boundary: B,
    },
    {
      name: 'cut within the outputs',
      logs: `${START}hi\n${B} exit 0\n\n${B} outputs\na=`,
      expected: {
        kind: 'ran',
        output: { text: 'hi', truncated: false, missingBytes: 0 },
        complete: false,
        exitCode: 0,
        outputs: 'a=',
      },
    },
    {
      name: 'marks that are none',
      logs: `${START}${OTHER} end\n ${B} end\n${B}\n${B} endless\n${B} exit\n${B} exit x\n${B} end 1 2\n${B}  end\n\n${B} exit 0\n${REST}`,
      expected: ran(`${OTHER} end\n ${B} end\n${B}\n${B} endless\n${B} exit\n${B} exit x\n${B} end 1 2\n${B}  end\n`),
    },
  ])('$name', async ({ logs, expected, boundary }) => {
    expect(await readStream(logs, boundary)).toEqual(expected);
  });
});

describe('collected files', () => {
  const read = (section: string) => readStream(`${START}\n${B} exit 0\n\n${B} ${section}\n${REST}`, B);

  test.each([
    ['packed', gzipSync('files\nfile 1 ./a\n\n1')],
    ['plain', Buffer.from('files\nfile 1 ./a\n\n1')],
  ])('came %s', async (_name, sent) => {
    expect(await read(`collected\n${sent.toString('base64')}`)).toMatchObject({
      bundle: { kind: 'files', files: [{ name: 'a', content: Buffer.from('1') }] },
    });
  });

  test('could not be collected', async () => {
    expect(await read('uncollected time')).toMatchObject({ bundle: { kind: 'uncollected', because: 'time' } });
  });
});

describe('a long output', () => {
  const head = 'é'.repeat(65_536);
  const packed = (spool: string | Buffer): string =>
    gzipSync(spool)
      .toString('base64')
      .replace(/(.{76})/g, '$1\n');
  const stream = (total: number, end: string): string =>
    `${START}${head}\n${B} part ${total}\n${REST.replace(`\n${B} end\n`, '')}\n${end}\n${B} end\n`;

  test('packed', async () => {
    const text = `${head}\n漢字\n`;
    const logs = stream(1, `${B} gzip\n${packed(`${text}\n${B} exit 7\nlate`)}`);
    expect(await readStream(logs, B)).toEqual(ran(text, { exitCode: 7 }));
  });

  test('its end alone', async () => {
    const logs = stream(200_000, `${B} tail 1234567\n\uFFFD\uFFFDthe end\n\n${B} exit 7\nlate`);
    const text = `${head}\n[1,234,567 bytes of output are missing here]\nthe end\n`;
    expect(await readStream(logs, B)).toEqual(
      ran(text, { exitCode: 7, output: { text, truncated: true, missingBytes: 1_234_567 } }),
    );
  });

  test('its end, of which nothing is missing', async () => {
    const logs = stream(200_000, `${B} tail 0\nthe end\n\n${B} exit 7\n`);
    expect(await readStream(logs, B)).toEqual(ran(`${head}the end\n`, { exitCode: 7 }));
  });

  test('a sound spool without its exit mark is not whole: the disk of the pod was full', async () => {
    const text = `${head}\nmore`;
    const { exitCode, ...expected } = ran(text, { output: { text, truncated: true } });
    expect(exitCode).toBe(0);
    expect(await readStream(stream(1, `${B} gzip\n${packed(text)}`), B)).toEqual(expected);
  });

  test('its end, after a start that is whole lines', async () => {
    const lines = 'line\n'.repeat(3);
    const logs = `${START}${lines}\n${B} part 200000\n${REST.replace(`\n${B} end\n`, '')}\n${B} tail 199970\nthe end\n\n${B} exit 0\n\n${B} end\n`;
    const text = `${lines}[199,970 bytes of output are missing here]\nthe end\n`;
    expect(await readStream(logs, B)).toMatchObject({ output: { text, truncated: true, missingBytes: 199_970 } });
  });

  test.each([
    { name: 'no base64', section: '%%%%' },
    { name: 'no gzip', section: Buffer.from('hello').toString('base64') },
    { name: 'nothing', section: '' },
    { name: 'cut off', section: packed(Buffer.alloc(1000, 'abc')).slice(0, 12) },
  ])('garbage, $name, leaves the start', async ({ section }) => {
    const text = `${head}\n[68,928 bytes of output are missing here]\n`;
    const { exitCode, ...expected } = ran(text, { output: { text, truncated: true, missingBytes: 68_928 } });
    expect(exitCode).toBe(0);
    expect(await readStream(stream(200_000, `${B} gzip\n${section}`), B)).toEqual(expected);
  });

  test('garbage, which is said to be no more than the start, leaves it, and something is missing', async () => {
    const report = await readStream(stream(1, `${B} gzip\n%%%%`), B);
    expect(report).toMatchObject({ output: { truncated: true, missingBytes: 1 } });
  });

  test('more than the pod ever packs is not unpacked', async () => {
    const report = await readStream(stream(200_000, `${B} gzip\n${packed(Buffer.alloc(67_108_865))}`), B);
    expect(report).toMatchObject({ output: { truncated: true, missingBytes: 68_928 } });
  });
});

describe('the end of an output', () => {
  test.each([
    { name: 'all of it', text: 'a\nb\n', max: 4, expected: 'a\nb\n' },
    { name: 'from a line that just fits', text: 'a\nb\n', max: 2, expected: 'b\n' },
    { name: 'from the first of the lines that fit', text: 'a\nb\nc\n', max: 4, expected: 'b\nc\n' },
    { name: 'from the next line', text: 'a\nbcd\ne\n', max: 4, expected: 'e\n' },
    { name: 'without a last newline', text: 'aaa\nb', max: 3, expected: 'b' },
    { name: 'of one long line', text: 'abcdef', max: 3, expected: 'def' },
    { name: 'of one long line that ends', text: 'abcdef\n', max: 3, expected: 'ef\n' },
    { name: 'of a line of long characters', text: '漢漢漢', max: 4, expected: '漢' },
    { name: 'of pairs of surrogates', text: '😀😀😀', max: 9, expected: '😀😀' },
    { name: 'nothing', text: '', max: 4, expected: '' },
  ])('$name', ({ text, max, expected }) => {
    expect(endOfOutput(text, max)).toBe(expected);
  });

  test('property: an end, no longer than allowed, from a line where one fits', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\r') });
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 4, max: 30 }), (lines, max) => {
        const text = lines.join('\n');
        const end = endOfOutput(text, max);
        expect(text.endsWith(end)).toBe(true);
        expect(Buffer.byteLength(end)).toBeLessThanOrEqual(max);
        expect(end.isWellFormed()).toBe(true);
        expect(end !== '' || text === '').toBe(true);
      }),
    );
    expect(OUTPUT_LIMIT).toBe(96 * 1024);
  });
});

describe('a stream that is cut anywhere is read, and leaves no mark in the output', () => {
  const begun = `${START}${BEGIN_LINE}`;
  const long = `\n${B} part 100\n${REST.replace(`${B} end\n`, '')}\n${B} tail 0\nthree\n\n${B} exit 12\n\n${B} end\n`;
  test.each([
    ['of a short output', `${begun}one\ntwo\n\n${B} exit 12\n${REST}`],
    ['of a long output', `${begun}one\ntwo\n${long}`],
  ])('%s', async (_name, logs) => {
    for (let at = begun.length; at <= logs.length; at++) {
      const report = await readStream(logs.slice(0, at), B);
      if (report.kind !== 'ran') throw new Error(report.kind);
      const { complete, output, exitCode = 12 } = report;
      expect({ complete, exitCode }).toEqual({ complete: at >= logs.length - 1, exitCode: 12 });
      expect('one\ntwo\n').toContain(output.text.slice(0, 8));
      // Up to the colon nobody can tell a mark from what a command wrote.
      expect(output.text).not.toContain(BOUNDARY_PREFIX);
    }
  });

  test('of a refusal: it is whole, or it is none', async () => {
    const logs = `${START}\n${B} lacks mkfifo\n`;
    expect(await readStream(logs.slice(0, START.length - 1), B)).toMatchObject({ kind: 'foreign' });
    for (let at = START.length; at < logs.length - 1; at++) {
      const report = await readStream(logs.slice(0, at), B);
      // Only the name of what is missing may be cut, and nothing depends on it.
      expect(report.kind).toBe(logs.slice(0, at).includes(' lacks m') ? 'refused' : 'ran');
    }
  });
});
