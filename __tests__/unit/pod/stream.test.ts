import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { BOUNDARY_PREFIX, boundaryOf, hashOf } from '../../../src/pod/boundary.ts';
import { readStream, type PodReport } from '../../../src/pod/stream.ts';

/** The boundary of the command that the step submitted. */
const B = boundaryOf('0123456789abcdef0123456789abcdef');
const OTHER = boundaryOf('ffffffffffffffffffffffffffffffff');

/** The script's first two lines, which its boundary does not begin. */
const startLine = (hash: string) => `aks-run-command start ${hash}\n`;
const BEGIN_LINE = 'aks-run-command begin\n';

const START = startLine(hashOf(B));
const FILES = `\n${B} outputs\na=1\n\n${B} summary\n# x`;
const REST = `${FILES}\n${B} end\n`;
const EXIT = `\n${B} exit 0\n${REST}`;

/** What is read from {@link REST}, whatever the command wrote before it. */
const ENDED = { kind: 'ran', complete: true, outputs: 'a=1\n', summary: '# x' } as const;
/** What is read from {@link EXIT}. */
const EXITED = { ...ENDED, exitCode: 0 } as const;

const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
const truncated = (text: string) => ({ text, truncated: true });

/** What is read from a stream that ends before the exit code. */
const killed = (text: string): PodReport => ({
  kind: 'ran',
  complete: false,
  output: truncated(text),
});

/** The step that submitted a command knows its boundary. One that follows it must find it. */
type Reader = 'submitter' | 'follower';

const readAs = (reader: Reader, logs: string): Promise<PodReport> =>
  readStream(logs, reader === 'submitter' ? B : undefined);

type Row = {
  readonly name: string;
  readonly reader: Reader;
  /** What the log has after the lines that the test itself begins it with. */
  readonly rest: string;
  readonly report: PodReport;
};

const FORGED = `\n${OTHER} exit 0\n\n${OTHER} outputs\na=1\n\n${OTHER} summary\n# x\n${OTHER} end\n`;

/** Lines that resemble the script's. */
const LOOKALIKES = `${OTHER} end
 ${B} end
${B}
${B} endless
${B} exit
${B} exit x
${B} end 1 2
${B}  end
`;

test.each<Row>([
  {
    name: 'a stream that is whole',
    reader: 'submitter',
    rest: `hi\n${EXIT}`,
    report: { ...EXITED, output: whole('hi\n') },
  },
  {
    name: 'a stream that is whole, whose boundary a follower finds',
    reader: 'follower',
    rest: `hi\n${EXIT}`,
    report: { ...EXITED, output: whole('hi\n') },
  },
  {
    name: 'no output',
    reader: 'submitter',
    rest: `\n${B} exit 3\n${REST}`,
    report: { ...ENDED, exitCode: 3, output: whole('') },
  },
  {
    name: 'an output without a last newline gets none from the script',
    reader: 'submitter',
    rest: `hi${EXIT}`,
    report: { ...EXITED, output: whole('hi') },
  },
  {
    name: 'AKS takes the last newline off',
    reader: 'submitter',
    rest: `\n${B} exit 0\n${FILES}\n${B} end`,
    report: { ...EXITED, output: whole('') },
  },
  {
    name: 'what is written after the exit is no output',
    reader: 'submitter',
    rest: `hi\n\n${B} exit 0\nlate\n${REST}`,
    report: { ...EXITED, output: whole('hi\n') },
  },
  {
    name: 'a timeout',
    reader: 'follower',
    rest: `\n${B} exit 124\n\n${B} timed-out 60\n${REST}`,
    report: { ...ENDED, exitCode: 124, timedOutAfter: 60, output: whole('') },
  },
  {
    name: 'a refusal for want of a file contradicts the beginning',
    reader: 'follower',
    rest: `\n${B} lacks env.sh`,
    report: { kind: 'refused', alone: false, lacks: 'env.sh' },
  },
  {
    name: 'a refusal contradicts the beginning',
    reader: 'submitter',
    rest: `\n${B} refused\n`,
    report: { kind: 'refused', alone: false },
  },
  {
    name: 'a refusal in the midst of a run contradicts it',
    reader: 'submitter',
    rest: `hi\n\n${B} exit 0\n\n${B} refused\n${REST}`,
    report: { kind: 'refused', alone: false },
  },
  {
    name: 'a frame forged by one who knows the hash, but not the boundary, is output',
    reader: 'follower',
    rest: FORGED,
    report: killed(FORGED),
  },
  {
    name: 'killed at once',
    reader: 'follower',
    rest: '',
    report: killed(''),
  },
  {
    name: 'killed within a line',
    reader: 'submitter',
    rest: 'hi\nth',
    report: killed('hi\nth'),
  },
  {
    name: 'killed within a character, which is not shown',
    reader: 'follower',
    rest: 'hi\uFFFD\uFFFD',
    report: killed('hi'),
  },
  {
    name: 'cut within the exit code, which is not believed',
    reader: 'follower',
    rest: `hi\n\n${B} exit 1`,
    report: killed('hi\n'),
  },
  {
    name: 'cut within the word of the first mark',
    reader: 'submitter',
    rest: `hi\n\n${B} exi`,
    report: killed('hi\n'),
  },
  {
    name: 'cut within the first boundary',
    reader: 'follower',
    rest: `hi\n\n${B.slice(0, 30)}`,
    report: killed('hi\n'),
  },
  {
    name: 'cut within the first boundary, without output',
    reader: 'submitter',
    rest: `\n${B.slice(0, 30)}`,
    report: killed(''),
  },
  {
    name: 'killed, and its last line resembles a boundary',
    reader: 'submitter',
    rest: `hi\n${BOUNDARY_PREFIX}no`,
    report: killed(`hi\n${BOUNDARY_PREFIX}no`),
  },
  {
    name: 'the exit mark is the first line, without the newline before it',
    reader: 'submitter',
    rest: `${B} exit 0\n${REST}`,
    report: { ...EXITED, output: whole('') },
  },
  {
    name: 'cut within the outputs, after the exit code',
    reader: 'follower',
    rest: `hi\n${B} exit 0\n\n${B} outputs\na=`,
    report: {
      kind: 'ran',
      complete: false,
      exitCode: 0,
      output: whole('hi'),
      outputs: 'a=',
    },
  },
  {
    name: "lines that resemble the script's are output",
    reader: 'follower',
    rest: `${LOOKALIKES}${EXIT}`,
    report: { ...EXITED, output: whole(LOOKALIKES) },
  },
])('a command that began: $name', async ({ reader, rest, report }) => {
  expect(await readAs(reader, `${START}${BEGIN_LINE}${rest}`)).toEqual(report);
});

test.each<Row>([
  {
    name: 'the pod started too late',
    reader: 'submitter',
    rest: `\n${B} refused\n`,
    report: { kind: 'refused', alone: true },
  },
  {
    name: 'AKS takes the last newline off',
    reader: 'follower',
    rest: `\n${B} refused`,
    report: { kind: 'refused', alone: true },
  },
  {
    name: 'an empty line after it is something else in the log',
    reader: 'follower',
    rest: `\n${B} refused\n\n`,
    report: { kind: 'refused', alone: false },
  },
  {
    name: 'a word before it is something else in the log',
    reader: 'submitter',
    rest: `x\n${B} refused\n`,
    report: { kind: 'refused', alone: false },
  },
  {
    name: 'the pod lacks a tool',
    reader: 'follower',
    rest: `\n${B} lacks wc\n`,
    report: { kind: 'refused', alone: true, lacks: 'wc' },
  },
  {
    name: 'the pod lacks a namespace, and kubectl says why',
    reader: 'follower',
    rest: `\n${B} lacks namespace error: open a b: no such file\n`,
    report: {
      kind: 'refused',
      alone: true,
      lacks: 'namespace',
      why: 'error: open a b: no such file',
    },
  },
  {
    name: 'the pod lacks a namespace, and kubectl says nothing',
    reader: 'follower',
    rest: `\n${B} lacks namespace`,
    report: { kind: 'refused', alone: true, lacks: 'namespace' },
  },
])('a command that the script refused: $name', async ({ reader, rest, report }) => {
  expect(await readAs(reader, `${START}${rest}`)).toEqual(report);
});

const BEGIN = BEGIN_LINE.trimEnd();

test.each<Omit<Row, 'report'>>([
  {
    name: 'a refusal in the name of another boundary',
    reader: 'submitter',
    rest: `\n${OTHER} refused\n`,
  },
  {
    name: 'nothing, for its submitter',
    reader: 'submitter',
    rest: '',
  },
  {
    name: 'nothing, for a follower',
    reader: 'follower',
    rest: '',
  },
  {
    name: 'part of the line that begins a command',
    reader: 'submitter',
    rest: BEGIN.slice(0, -1),
  },
  {
    name: 'the line that begins a command, but not at once',
    reader: 'submitter',
    rest: `\n${BEGIN_LINE}`,
  },
  {
    name: 'a longer line than the one that begins a command',
    reader: 'follower',
    rest: `${BEGIN}s\n`,
  },
  {
    name: 'a whole frame with an exit code of 0, for its submitter',
    reader: 'submitter',
    rest: EXIT,
  },
  {
    name: 'a whole frame with an exit code of 0, for a follower',
    reader: 'follower',
    rest: EXIT,
  },
  {
    name: 'the rest of a frame',
    reader: 'submitter',
    rest: REST,
  },
])('a command that did not begin, and the log is its output: $name', async ({ reader, rest }) => {
  expect(await readAs(reader, `${START}${rest}`)).toEqual({ kind: 'not-begun', output: rest });
});

test.each<{ name: string; reader: Reader; logs: string }>([
  {
    name: 'nothing',
    reader: 'submitter',
    logs: '',
  },
  {
    name: 'a command that this action did not submit',
    reader: 'follower',
    logs: 'hi\n',
  },
  {
    name: "another run's first line",
    reader: 'submitter',
    logs: startLine(hashOf(OTHER)),
  },
  {
    name: 'a first line with a word too many',
    reader: 'follower',
    logs: `${START.trimEnd()} x\n`,
  },
  {
    name: 'for a follower, a command that began in a log with something before it',
    reader: 'follower',
    logs: `hi\n${START}${BEGIN_LINE}${EXIT}`,
  },
  {
    name: 'a word before the first line, on the same line',
    reader: 'follower',
    logs: `hi ${START}`,
  },
])("a log that is not this action's is shown as it is: $name", async ({ reader, logs }) => {
  expect(await readAs(reader, logs)).toEqual({ kind: 'unrecognized', output: logs });
});

test.each<{ name: string; reader: Reader; logs: string; report: PodReport }>([
  {
    name: 'a warning before it belongs to the output',
    reader: 'submitter',
    logs: `sh: warning\n${START}${BEGIN_LINE}hi${EXIT}`,
    report: { ...EXITED, output: whole('sh: warning\nhi') },
  },
  {
    name: 'alone',
    reader: 'follower',
    logs: START,
    report: { kind: 'not-begun', output: '' },
  },
  {
    name: 'alone, without its newline, for a follower',
    reader: 'follower',
    logs: START.trimEnd(),
    report: { kind: 'not-begun', output: '' },
  },
  {
    name: 'alone, without its newline, for its submitter',
    reader: 'submitter',
    logs: START.trimEnd(),
    report: { kind: 'not-begun', output: '' },
  },
  {
    name: 'a warning before it, and nothing after it',
    reader: 'submitter',
    logs: `x\n${START}`,
    report: { kind: 'not-begun', output: 'x\n' },
  },
  {
    name: 'with a warning before it, a refusal is not alone',
    reader: 'submitter',
    logs: `sh: warning\n${START}\n${B} refused\n`,
    report: { kind: 'refused', alone: false },
  },
  {
    name: 'with a warning before it, a refusal is one for a follower, too',
    reader: 'follower',
    logs: `sh: warning\n${START}\n${B} lacks wc\n`,
    report: { kind: 'refused', alone: false, lacks: 'wc' },
  },
  {
    name: 'with a warning before it, a follower knows that nothing began',
    reader: 'follower',
    logs: `sh: warning\n${START}`,
    report: { kind: 'not-begun', output: 'sh: warning\n' },
  },
])('the first line of a stream: $name', async ({ reader, logs, report }) => {
  expect(await readAs(reader, logs)).toEqual(report);
});

test.each([
  {
    name: 'came',
    section: 'collected\nQUJD\nREVG',
    collection: { kind: 'received', base64: 'QUJD\nREVG\n' },
  },
  {
    name: 'did not come because it took too long',
    section: 'uncollected time',
    collection: { kind: 'uncollected', because: 'time' },
  },
  {
    name: 'did not come because the disk is full',
    section: 'uncollected disk',
    collection: { kind: 'uncollected', because: 'disk' },
  },
  {
    name: 'did not come because their names alone are too long',
    section: 'uncollected size',
    collection: { kind: 'uncollected', because: 'size' },
  },
])('collected files that $name', async ({ section, collection }) => {
  const logs = `${START}${BEGIN_LINE}\n${B} exit 0\n\n${B} ${section}\n${REST}`;
  expect(await readStream(logs, B)).toMatchObject({ collection });
});

describe('a long output, whose start comes before the files, and the rest after them', () => {
  /** 128 KiB, in which every character has two bytes. */
  const HEAD = 'é'.repeat(65_536);
  const EXIT_7 = `\n${B} exit 7\n`;

  /** The pod's spool as it is sent: in lines of base64. */
  function gzip(spool: string | Buffer): string {
    const lines =
      gzipSync(spool)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    return `${B} gzip\n${lines.join('\n')}`;
  }

  /** Nothing but the start of 200,000 bytes came. */
  const HEAD_ALONE: PodReport = {
    ...ENDED,
    output: {
      text: `${HEAD}\n[68,928 bytes of output are missing here]\n`,
      truncated: true,
      missingBytes: 68_928,
    },
  };

  type LongRow = {
    readonly name: string;
    readonly start: string;
    /** How many bytes the pod says that the output has. */
    readonly total: number;
    /** What the pod sends after the files. */
    readonly end: string;
    readonly report: PodReport;
  };

  test.each<LongRow>([
    {
      name: 'all of it came, packed',
      start: HEAD,
      total: 1,
      end: gzip(`${HEAD}\n漢字\n${EXIT_7}late`),
      report: { ...ENDED, exitCode: 7, output: whole(`${HEAD}\n漢字\n`) },
    },
    {
      name: 'its end came, which begins within a character',
      start: HEAD,
      total: 200_000,
      end: `${B} tail 1234567\n\uFFFD\uFFFDthe end\n${EXIT_7}late`,
      report: {
        ...ENDED,
        exitCode: 7,
        output: {
          text: `${HEAD}\n[1,234,567 bytes of output are missing here]\nthe end\n`,
          truncated: true,
          missingBytes: 1_234_567,
        },
      },
    },
    {
      name: 'its end came, after a start that is whole lines',
      start: 'line\n',
      total: 200_000,
      end: `${B} tail 199970\nthe end\n${EXIT_7}`,
      report: {
        ...ENDED,
        exitCode: 7,
        output: {
          text: 'line\n[199,970 bytes of output are missing here]\nthe end\n',
          truncated: true,
          missingBytes: 199_970,
        },
      },
    },
    {
      name: 'its end came, and nothing is missing before it',
      start: HEAD,
      total: 200_000,
      end: `${B} tail 0\nthe end\n${EXIT_7}`,
      report: { ...ENDED, exitCode: 7, output: whole(`${HEAD}the end\n`) },
    },
    {
      name: 'a sound spool without an exit mark is not whole: the disk of the pod was full',
      start: HEAD,
      total: 1,
      end: gzip(`${HEAD}\nmore`),
      report: { ...ENDED, output: truncated(`${HEAD}\nmore`) },
    },
    {
      name: 'what is not base64 leaves the start',
      start: HEAD,
      total: 200_000,
      end: `${B} gzip\n%%%%`,
      report: HEAD_ALONE,
    },
    {
      name: 'what is not gzip leaves the start',
      start: HEAD,
      total: 200_000,
      end: `${B} gzip\n${Buffer.from('hello').toString('base64')}`,
      report: HEAD_ALONE,
    },
    {
      name: 'a gzip section with nothing in it leaves the start',
      start: HEAD,
      total: 200_000,
      end: `${B} gzip\n`,
      report: HEAD_ALONE,
    },
    {
      name: 'gzip that is cut off leaves the start',
      start: HEAD,
      total: 200_000,
      end: gzip(Buffer.alloc(1000, 'abc')).slice(0, B.length + 18),
      report: HEAD_ALONE,
    },
    {
      name: 'of an output said to be no longer than its start, at least a byte is missing',
      start: HEAD,
      total: 1,
      end: `${B} gzip\n%%%%`,
      report: {
        ...ENDED,
        output: {
          text: `${HEAD}\n[1 bytes of output are missing here]\n`,
          truncated: true,
          missingBytes: 1,
        },
      },
    },
    {
      name: 'more than the pod ever packs is not unpacked',
      start: HEAD,
      total: 200_000,
      end: gzip(Buffer.alloc(64 * 1024 * 1024 + 1)),
      report: HEAD_ALONE,
    },
  ])('$name', async ({ start, total, end, report }) => {
    const logs = `${START}${BEGIN_LINE}${start}\n${B} part ${total}\n${FILES}\n${end}\n${B} end\n`;
    expect(await readStream(logs, B)).toEqual(report);
  });
});

describe('a stream that is cut anywhere is read, and leaves no mark in the output', () => {
  const BEGUN = `${START}${BEGIN_LINE}`;

  test.each([
    {
      name: 'a short output',
      logs: `${BEGUN}one\ntwo\n\n${B} exit 12\n${REST}`,
    },
    {
      name: 'a long output',
      logs: `${BEGUN}one\ntwo\n\n${B} part 100\n${FILES}\n\n${B} tail 0\nthree\n\n${B} exit 12\n\n${B} end\n`,
    },
  ])('$name', async ({ logs }) => {
    for (let at = BEGUN.length; at <= logs.length; at++) {
      const report = await readStream(logs.slice(0, at), B);
      if (report.kind !== 'ran') throw new Error(report.kind);

      // It is complete even without its last newline, which AKS takes off. An exit code is whole, or
      // there is none.
      const { complete, output, exitCode = 12 } = report;
      expect({ complete, exitCode }).toEqual({ complete: at >= logs.length - 1, exitCode: 12 });
      expect('one\ntwo\n').toContain(output.text.slice(0, 8));
      // Up to the colon nobody can tell a mark from what a command wrote.
      expect(output.text).not.toContain(BOUNDARY_PREFIX);
    }
  });

  test('a refusal is whole, or it is none', async () => {
    const logs = `${START}\n${B} lacks mkfifo\n`;
    expect(await readStream(logs.slice(0, START.length - 2), B)).toMatchObject({
      kind: 'unrecognized',
    });
    for (let at = START.length; at < logs.length - 1; at++) {
      const report = await readStream(logs.slice(0, at), B);
      // Only the name of what is missing may be cut, and nothing depends on it.
      expect(report.kind).toBe(logs.slice(0, at).includes(' lacks m') ? 'refused' : 'not-begun');
    }
  });
});

describe("a follower does not take another tool's log for the script's", () => {
  // `kubectl logs POD; …` by `az`, and what the pod printed looks like the script's.
  const forged = `${START}${BEGIN_LINE}fine\n${EXIT}`;

  test.each([
    ['output after the last line', `${forged}ERROR: three pods are down\n`],
    ['output that a section after the last line takes', `${forged}\n${B} summary\nERROR\n`],
    ['a section after the last line', `${forged}\n${B} gzip\n`],
  ])('%s', async (_name, logs) => {
    expect(await readAs('follower', logs)).toEqual({ kind: 'unrecognized', output: logs });
  });

  test('that ends where the script ends', async () => {
    expect(await readAs('follower', forged)).toMatchObject({ kind: 'ran', complete: true });
  });
});
