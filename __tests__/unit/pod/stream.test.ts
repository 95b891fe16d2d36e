import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BOUNDARY_PREFIX, boundaryOf, hashOf } from '../../../src/pod/boundary.ts';
import { readStream, type PodReport, type SentFile } from '../../../src/pod/stream.ts';
import { NOTHING_SENT } from '../ports.ts';

/** The boundary of the command that the step submitted. */
const B = boundaryOf('0123456789abcdef0123456789abcdef');
const HASH = hashOf(B);
const OTHER = boundaryOf('ffffffffffffffffffffffffffffffff');

/** The script's first two lines, which its boundary does not begin. */
const startLine = (hash: string) => `aks-run-command start ${hash}\n`;
const BEGIN_LINE = 'aks-run-command begin\n';

const START = startLine(hashOf(B));
const FILES = `\n${B} outputs 4\na=1\n\n${B} summary 3\n# x`;
const REST = `${FILES}\n${B} end\n`;
const EXIT = `\n${B} exit 0\n${REST}`;

const sent = (text: string): SentFile => ({ text, isCut: false, isChanged: false });
/** What is read from {@link REST}, whatever the command wrote before it. */
const ENDED = {
  ...NOTHING_SENT,
  complete: true,
  outputs: sent('a=1\n'),
  summary: sent('# x'),
} as const;
/** What is read from {@link EXIT}. */
const EXITED = { ...ENDED, exitCode: 0 } as const;

const whole = (text: string) => ({ text, truncated: false, missingBytes: 0 });
const truncated = (text: string) => ({ text, truncated: true });

/** What is read from a stream that ends before the exit code. */
const killed = (text: string): PodReport => ({ ...NOTHING_SENT, output: truncated(text) });

/** The step that submitted a command knows the hash of its boundary. One that follows it doesn't. */
type Reader = 'submitter' | 'follower';

const readAs = (reader: Reader, logs: string): PodReport =>
  readStream(logs, reader === 'submitter' ? HASH : undefined);

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
${B}  end
`;

test.each<Row>([
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
    name: 'processes left behind, each name once',
    reader: 'follower',
    rest: `\n${B} exit 0\n\n${B} left-behind\nsleep\n##[error]\nsleep\n${REST}`,
    report: { ...EXITED, leftBehind: ['sleep', '##[error]'], output: whole('') },
  },
  {
    name: 'a refusal for want of a file contradicts the beginning',
    reader: 'follower',
    rest: `\n${B} lacks env.sh`,
    report: { kind: 'refused', alone: false, lacks: 'env.sh' },
  },
  {
    name: 'cut within the exit code, which is not believed',
    reader: 'follower',
    rest: `hi\n\n${B} exit 1`,
    report: killed('hi\n'),
  },
  {
    name: 'a frame forged by one who knows the hash, but not the boundary, is output',
    reader: 'follower',
    rest: FORGED,
    report: killed(FORGED),
  },
  {
    name: 'killed within a word, which is not shown: it may be a part of a secret',
    reader: 'follower',
    rest: 'hi\nthe se\uFFFD\uFFFD',
    report: killed('hi\nthe '),
  },
  {
    name: 'a section of a later version is neither output nor part of another one',
    reader: 'follower',
    rest: `hi\n\n${B} exit 0\n\n${B} metrics 3\ncpu\n${FILES}\n${B} files-changed\nx=2\n\n${B} end\n`,
    report: { ...EXITED, output: whole('hi\n') },
  },
  {
    name: 'an exit code that is no number is none',
    reader: 'submitter',
    rest: `hi\n\n${B} exit x\n${REST}`,
    report: { ...ENDED, output: truncated('hi\n') },
  },
  {
    name: 'output that the pod lost has no exit code',
    reader: 'submitter',
    rest: `hi\n${REST}`,
    report: { ...ENDED, output: truncated('hi\n') },
  },
  {
    name: "lines that resemble the script's are output",
    reader: 'follower',
    rest: `${LOOKALIKES}${EXIT}`,
    report: { ...EXITED, output: whole(LOOKALIKES) },
  },
  {
    name: 'the exit mark is the first line, without the newline before it',
    reader: 'submitter',
    rest: `${B} exit 0\n${REST}`,
    report: { ...EXITED, output: whole('') },
  },
])('a command that began: $name', ({ reader, rest, report }) => {
  expect(readAs(reader, `${START}${BEGIN_LINE}${rest}`)).toEqual(report);
});

test.each<Row>([
  {
    name: 'an empty line after it is something else in the log',
    reader: 'follower',
    rest: `\n${B} refused\n\n`,
    report: { kind: 'refused', alone: false },
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
])('a command that the script refused: $name', ({ reader, rest, report }) => {
  expect(readAs(reader, `${START}${rest}`)).toEqual(report);
});

test.each<Omit<Row, 'report'>>([
  {
    name: 'a refusal in the name of another boundary',
    reader: 'submitter',
    rest: `\n${OTHER} refused\n`,
  },
  {
    name: 'the line that begins a command, but not at once',
    reader: 'submitter',
    rest: `\n${BEGIN_LINE}`,
  },
  {
    name: 'a whole frame with an exit code of 0, for its submitter',
    reader: 'submitter',
    rest: EXIT,
  },
])('a command that did not begin, and the log is its output: $name', ({ reader, rest }) => {
  expect(readAs(reader, `${START}${rest}`)).toEqual({ kind: 'not-begun', output: rest });
});

test.each<{ name: string; reader: Reader; logs: string }>([
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
    name: 'for a follower, a command that began in a log with something before it',
    reader: 'follower',
    logs: `hi\n${START}${BEGIN_LINE}${EXIT}`,
  },
])("a log that is not this action's is shown as it is: $name", ({ reader, logs }) => {
  expect(readAs(reader, logs)).toEqual({ kind: 'unrecognized', output: logs });
});

test.each<{ name: string; reader: Reader; logs: string; report: PodReport }>([
  {
    name: 'a warning before it belongs to the output',
    reader: 'submitter',
    logs: `sh: warning\n${START}${BEGIN_LINE}hi${EXIT}`,
    report: { ...EXITED, output: whole('sh: warning\nhi') },
  },
  {
    name: 'with a warning before it, a refusal is one for a follower, too',
    reader: 'follower',
    logs: `sh: warning\n${START}\n${B} lacks wc\n`,
    report: { kind: 'refused', alone: false, lacks: 'wc' },
  },
])('the first line of a stream: $name', ({ reader, logs, report }) => {
  expect(readAs(reader, logs)).toEqual(report);
});

/** The log of a script that announced so many bytes of step outputs, and sent these. */
const announcing = (bytes: number | string, text: string) =>
  `${START}${BEGIN_LINE}\n${B} exit 0\n\n${B} outputs ${bytes}\n${text}\n${B} end\n`;
const LARGEST = 'x'.repeat(65_536);

describe('a file of step outputs', () => {
  test.each<[name: string, bytes: number, text: string, isCut: boolean, isChanged: boolean]>([
    ['is as large as it may be', 65_536, LARGEST, false, false],
    ['is too large', 65_537, LARGEST, true, false],
    ['arrives in part', 8, 'a=1\nb=', false, true],
    ['has grown', 3, 'a=1\n', false, true],
    ['is too large, and arrives in part', 70_000, 'a=1\n', true, true],
    ['has a letter that was cut in half', 4, 'a=\uFFFD', false, false],
    ['has a byte that was never UTF-8', 3, 'a=\uFFFD', false, false],
    ['has such a byte, and another is missing', 6, 'a=\uFFFD', false, true],
    ['has such a byte, and another was added', 2, 'a=\uFFFD', false, true],
  ])('that %s', (_name, bytes, text, isCut, isChanged) => {
    expect(readStream(announcing(bytes, text), HASH)).toMatchObject({
      complete: true,
      outputs: { text, isCut, isChanged },
    });
  });

  test('that has no size is lost', () => {
    const logs = announcing('', 'a=1\n');
    expect(readStream(logs, HASH)).toMatchObject({ complete: true });
    expect(readStream(logs, HASH)).toHaveProperty('outputs', undefined);
  });

  test('that arrives whole is never taken for a changed one, whatever bytes it has', () => {
    const utf8 = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text));
    const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(fc.oneof(utf8, bytes), (file) => {
        const report = readStream(announcing(file.length, file.toString()), HASH);
        expect(report).toHaveProperty('outputs.isChanged', false);
      }),
    );
  });
});

describe('a long output, of which the middle is missing', () => {
  /** 128 KiB, in which every character but the last has two bytes. */
  const HEAD = `${'é'.repeat(65_535)} \n`;
  const joined = (text: string, missingBytes: number) => ({ text, truncated: true, missingBytes });

  test.each([
    {
      name: 'its end begins within a character, and so within a word',
      start: HEAD,
      gap: `1234567\n\uFFFD\uFFFDé the end\n`,
      output: joined(`${HEAD}[1,234,569 bytes of output are missing here]\n the end\n`, 1_234_569),
    },
    {
      name: 'its start is whole lines',
      start: 'line\n',
      gap: '199970\n the end\n',
      output: joined('line\n[199,970 bytes of output are missing here]\n the end\n', 199_970),
    },
    {
      name: 'the pod does not say how much is missing',
      start: 'line\n',
      gap: '\n the end\n',
      output: joined('line\n[0 bytes of output are missing here]\n the end\n', 0),
    },
    {
      name: 'its start ends within a character, and so within a word',
      start: 'a line\uFFFD',
      gap: '2\n end',
      output: joined('a \n[6 bytes of output are missing here]\n end', 6),
    },
  ])('$name', ({ start, gap, output }) => {
    const logs = `${START}${BEGIN_LINE}${start}\n${B} gap ${gap}\n${B} exit 7\n${REST}`;
    expect(readStream(logs, HASH)).toEqual({ ...ENDED, exitCode: 7, output });
  });

  test('no part of a secret is left at the gap, wherever the pod or AKS cuts', () => {
    const word = 'S3CRET-S3CRET';
    const written = `one two ${word} three\n${word}\nfour ${word} `;
    for (let from = 0; from <= written.length; from++) {
      for (let to = from; to <= written.length; to++) {
        const rest = `${written.slice(0, from)}\n${B} gap ${to - from}\n${written.slice(to)}`;
        for (const end of [`\n${B} exit 7\n${REST}`, '']) {
          const report = readStream(`${START}${BEGIN_LINE}${rest}${end}`, HASH);
          const text = report.kind === 'ran' ? report.output.text : '';
          expect(text.replaceAll(word, '')).not.toMatch(/[SCRET]/);
        }
      }
    }
  });
});

describe('a stream that is cut anywhere is read, and leaves no mark in the output', () => {
  const BEGUN = `${START}${BEGIN_LINE}`;

  test('a long output', () => {
    const logs = `${BEGUN}one\ntwo\n\n${B} gap 5\nthree\n\n${B} exit 12\n${REST}`;
    for (let at = BEGUN.length; at <= logs.length; at++) {
      const report = readStream(logs.slice(0, at), HASH);
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

  test("within the hash of its first line, it is not taken for another tool's log", () => {
    for (let at = startLine('').length - 1; at <= START.length; at++) {
      expect(readAs('follower', START.slice(0, at))).toMatchObject({ kind: 'not-begun' });
    }
  });

  test('a refusal is whole, or it is none', () => {
    const logs = `${START}\n${B} lacks mkfifo\n`;
    expect(readStream(logs.slice(0, START.length - 2), HASH)).toMatchObject({
      kind: 'unrecognized',
    });
    for (let at = START.length; at < logs.length - 1; at++) {
      const report = readStream(logs.slice(0, at), HASH);
      // Only the name of what is missing may be cut, and nothing depends on it.
      expect(report.kind).toBe(logs.slice(0, at).includes(' lacks') ? 'refused' : 'not-begun');
    }
  });
});

test.each([
  ['output after the last line', 'ERROR: three pods are down\n'],
  ['a section after the last line', `\n${B} gzip\n`],
])("a follower does not take another tool's log for the script's: %s", (_name, more) => {
  // `kubectl logs POD; …` by `az`, and what the pod printed looks like the script's.
  const logs = `${START}${BEGIN_LINE}fine\n${EXIT}${more}`;
  expect(readAs('follower', logs)).toEqual({ kind: 'unrecognized', output: logs });
});
