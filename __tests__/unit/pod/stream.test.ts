import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  BEGIN_LINE,
  BOUNDARY_PREFIX,
  boundaryOf,
  hashOf,
  startLine,
} from '../../../src/pod/boundary.ts';
import { endOfOutput, OUTPUT_LIMIT } from '../../../src/pod/output.ts';
import { readStream, type PodReport } from '../../../src/pod/stream.ts';

const B = boundaryOf('0123456789abcdef0123456789abcdef');
const OTHER = boundaryOf('f'.repeat(32));
const START = startLine(hashOf(B));
const REST = `\n${B} outputs\na=1\n\n${B} summary\n# x\n${B} end\n`;

type RanReport = Extract<PodReport, { kind: 'ran' }>;

/** What a stream holds that has come to its end, without the output and the exit code. */
const ENDED = { kind: 'ran', complete: true, outputs: 'a=1\n', summary: '# x' } as const;
const ran = (text: string, more: Partial<RanReport> = {}): RanReport => ({
  ...{ ...ENDED, exitCode: 0, output: { text, truncated: false, missingBytes: 0 } },
  ...more,
});
/** The same with an output of which bytes are missing. */
const lost = (missingBytes: number | undefined, text: string, exitCode?: number): RanReport => ({
  ...{
    ...ENDED,
    output: { text, truncated: true, ...(missingBytes !== undefined && { missingBytes }) },
  },
  ...(exitCode !== undefined && { exitCode }),
});
const killed = (text: string): PodReport => ({
  kind: 'ran',
  output: { text, truncated: true },
  complete: false,
});
const refused = (alone: boolean, lacks?: string, why?: string): PodReport => ({
  kind: 'refused',
  alone,
  ...(lacks !== undefined && { lacks }),
  ...(why !== undefined && { why }),
});
/** Its output is whatever the log has besides the first line. */
const notBegun: PodReport = { kind: 'not-begun', output: '' };
const foreign = (output: string): PodReport => ({ kind: 'foreign', output });

const EXIT = `\n${B} exit 0\n${REST}`;
const FORGED = EXIT.replaceAll(B, OTHER);
const NO_MARKS = `${OTHER} end\n ${B} end\n${B}\n${B} endless\n${B} exit\n${B} exit x\n${B} end 1 2\n${B}  end\n`;

// Rows with a boundary are read by the step that submitted the command, the others by one that follows it.
test.each<[string, string, PodReport, string?]>([
  ['whole', `hi\n${EXIT}`, ran('hi\n'), B],
  ['followed', `hi\n${EXIT}`, ran('hi\n')],
  ['without output', `\n${B} exit 3\n${REST}`, ran('', { exitCode: 3 }), B],
  ['without a last newline', `hi${EXIT}`, ran('hi'), B],
  ['its own last newline taken off', EXIT.trimEnd(), ran(''), B],
  ['late output', `hi\n\n${B} exit 0\nlate\n${REST}`, ran('hi\n'), B],
  [
    'a timeout',
    `\n${B} exit 124\n\n${B} timed-out 60\n${REST}`,
    ran('', { exitCode: 124, timedOutAfter: 60 }),
  ],
  ['refused for want of a file', `\n${B} lacks env.sh`, refused(false, 'env.sh')],
  ['refused', `\n${B} refused\n`, refused(false), B],
  [
    'refused in the midst of a run',
    `hi\n\n${B} exit 0\n\n${B} refused\n${REST}`,
    refused(false),
    B,
  ],
  ['forged by one who knows the hash: the form of a boundary is none', FORGED, killed(FORGED)],
  ['killed at once', '', killed('')],
  ['killed', 'hi\nth', killed('hi\nth'), B],
  ['killed within a character', 'hi\uFFFD\uFFFD', killed('hi')],
  ['cut within a mark', `hi\n\n${B} exit 1`, killed('hi\n')],
  ['cut within the first mark', `hi\n\n${B} exi`, killed('hi\n'), B],
  ['cut within the boundary', `hi\n\n${B.slice(0, 30)}`, killed('hi\n')],
  ['cut there, without output', `\n${B.slice(0, 30)}`, killed(''), B],
  [
    'killed, its last line like a mark',
    `hi\n${BOUNDARY_PREFIX}no`,
    killed(`hi\n${BOUNDARY_PREFIX}no`),
    B,
  ],
  ['a line of its own for the first mark alone', EXIT.slice(1), ran(''), B],
  [
    'cut within the outputs',
    `hi\n${B} exit 0\n\n${B} outputs\na=`,
    { kind: 'ran', output: ran('hi').output, complete: false, exitCode: 0, outputs: 'a=' },
  ],
  ['marks that are none', NO_MARKS + EXIT, ran(NO_MARKS)],
])('a command that began: %s', async (_name, rest, expected, ...[boundary]) => {
  expect(await readStream(START + BEGIN_LINE + rest, boundary)).toEqual(expected);
});

const BEGIN = BEGIN_LINE.trimEnd();

test.each<[string, string, PodReport, string?]>([
  ['refused', `\n${B} refused\n`, refused(true), B],
  ['refused, trimmed', `\n${B} refused`, refused(true)],
  ['refused, and something else behind it', `\n${B} refused\n\n`, refused(false)],
  ['refused, and a word before it', `x\n${B} refused\n`, refused(false), B],
  ['refused for want of a tool', `\n${B} lacks wc\n`, refused(true, 'wc')],
  [
    'refused for want of a namespace, and why',
    `\n${B} lacks namespace error: open a b: no such file\n`,
    refused(true, 'namespace', 'error: open a b: no such file'),
  ],
  ['refused for want of a namespace', `\n${B} lacks namespace`, refused(true, 'namespace')],
  ['refused in the name of another boundary', `\n${OTHER} refused\n`, notBegun, B],
  ['nothing, of our own', '', notBegun, B],
  ['nothing, of an earlier command', '', notBegun],
  ['part of the line that it begins', BEGIN.slice(0, -1), notBegun, B],
  ['that line, not at once', `\n${BEGIN_LINE}`, notBegun, B],
  ['that line, longer', `${BEGIN}s\n`, notBegun],
  ['a whole frame, an exit code of 0 in it', EXIT, notBegun, B],
  ['a whole frame of an earlier command', EXIT, notBegun],
  ['the rest of a frame', REST, notBegun, B],
])('a command that did not begin: %s', async (_name, rest, expected, ...[boundary]) => {
  const output = expected === notBegun ? { ...notBegun, output: rest } : expected;
  expect(await readStream(START + rest, boundary)).toEqual(output);
});

test.each<[string, string, (logs: string) => PodReport, string?]>([
  ['nothing', '', foreign, B],
  ["someone else's", 'hi\n', foreign],
  ["another run's", startLine(hashOf(OTHER)), foreign, B],
  ['a first line that is none', `${START.trimEnd()} x\n`, foreign],
  ['a follower does not look further', `hi\n${START}`, foreign],
  [
    'a warning before it',
    `sh: warning\n${START}${BEGIN_LINE}hi${EXIT}`,
    () => ran('sh: warning\nhi'),
    B,
  ],
  ['alone', START, () => notBegun],
  ['alone, its newline stripped', START.trimEnd(), () => notBegun],
  ['alone, its newline stripped, of our own', START.trimEnd(), () => notBegun, B],
  [
    'a warning before it, and nothing else',
    `x\n${START}`,
    () => ({ ...notBegun, output: 'x\n' }),
    B,
  ],
  [
    'a refusal with a warning before it',
    `sh: warning\n${START}\n${B} refused\n`,
    () => refused(false),
    B,
  ],
])('the start of a stream: %s', async (_name, logs, expected, ...[boundary]) => {
  expect(await readStream(logs, boundary)).toEqual(expected(logs));
});

test.each([
  ['came', 'collected\nQUJD\nREVG', { kind: 'received', base64: 'QUJD\nREVG\n' }],
  [
    'did not, for one of three reasons',
    'uncollected time',
    { kind: 'uncollected', because: 'time' },
  ],
])('collected files that %s', async (_name, section, collection) => {
  const logs = `${START}${BEGIN_LINE}\n${B} exit 0\n\n${B} ${section}\n${REST}`;
  expect(await readStream(logs, B)).toMatchObject({ collection });
});

describe('a long output', () => {
  const head = 'é'.repeat(65_536);
  const packed = (spool: string | Buffer): string =>
    gzipSync(spool).toString('base64').replaceAll(/.{76}/g, '$&\n');
  const gzip = (spool: string | Buffer): string => `${B} gzip\n${packed(spool)}`;
  const gap = (missing: string, end = ''): string =>
    `[${missing} bytes of output are missing here]\n${end}`;
  const leavesTheStart = lost(68_928, `${head}\n${gap('68,928')}`);
  const exits = `\n${B} exit 7\n`;

  test.each<[string, number, string, PodReport, string?]>([
    ['packed', 1, gzip(`${head}\n漢字\n${exits}late`), ran(`${head}\n漢字\n`, { exitCode: 7 })],
    [
      'its end alone',
      200_000,
      `${B} tail 1234567\n\uFFFD\uFFFDthe end\n${exits}late`,
      lost(1_234_567, `${head}\n${gap('1,234,567', 'the end\n')}`, 7),
    ],
    [
      'its end, after a start that is whole lines',
      200_000,
      `${B} tail 199970\nthe end\n${exits}`,
      lost(199_970, `line\n${gap('199,970', 'the end\n')}`, 7),
      'line\n',
    ],
    [
      'its end, of which nothing is missing',
      200_000,
      `${B} tail 0\nthe end\n${exits}`,
      ran(`${head}the end\n`, { exitCode: 7 }),
    ],
    [
      'a sound spool without its exit mark is not whole: the disk of the pod was full',
      1,
      gzip(`${head}\nmore`),
      lost(undefined, `${head}\nmore`),
    ],
    ['garbage, no base64, leaves the start', 200_000, `${B} gzip\n%%%%`, leavesTheStart],
    [
      'garbage, no gzip',
      200_000,
      `${B} gzip\n${Buffer.from('hello').toString('base64')}`,
      leavesTheStart,
    ],
    ['garbage, nothing', 200_000, `${B} gzip\n`, leavesTheStart],
    [
      'garbage, cut off',
      200_000,
      gzip(Buffer.alloc(1000, 'abc')).slice(0, B.length + 18),
      leavesTheStart,
    ],
    [
      'garbage, said to be no more than the start',
      1,
      `${B} gzip\n%%%%`,
      lost(1, `${head}\n${gap('1')}`),
    ],
    [
      'more than the pod ever packs is not unpacked',
      200_000,
      gzip(Buffer.alloc(67_108_865)),
      leavesTheStart,
    ],
  ])('%s', async (_name, total, end, expected, start = head) => {
    const files = REST.replace(`\n${B} end\n`, '');
    const logs = `${START}${BEGIN_LINE}${start}\n${B} part ${total}\n${files}\n${end}\n${B} end\n`;
    expect(await readStream(logs, B)).toEqual(expected);
  });
});

describe('the end of an output', () => {
  test.each([
    ['all of it', 'a\nb\n', 4, 'a\nb\n'],
    ['from a line that just fits', 'a\nb\n', 2, 'b\n'],
    ['from the first of the lines that fit', 'a\nb\nc\n', 4, 'b\nc\n'],
    ['from the next line', 'a\nbcd\ne\n', 4, 'e\n'],
    ['without a last newline', 'aaa\nb', 3, 'b'],
    ['of one long line', 'abcdef', 3, 'def'],
    ['of one long line that ends', 'abcdef\n', 3, 'ef\n'],
    ['of a line of long characters', '漢漢漢', 4, '漢'],
    ['of pairs of surrogates', '😀😀😀', 9, '😀😀'],
    ['nothing', '', 4, ''],
  ])('%s', (_name, text, max, expected) => {
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
    expect(await readStream(logs.slice(0, START.length - 2), B)).toMatchObject({ kind: 'foreign' });
    for (let at = START.length; at < logs.length - 1; at++) {
      const report = await readStream(logs.slice(0, at), B);
      // Only the name of what is missing may be cut, and nothing depends on it.
      expect(report.kind).toBe(logs.slice(0, at).includes(' lacks m') ? 'refused' : 'not-begun');
    }
  });
});
