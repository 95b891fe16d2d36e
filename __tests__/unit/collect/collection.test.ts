import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  COLLECT_LIMITS,
  readCollection,
  type Collection,
} from '../../../src/collect/collection.ts';

type Content = string | Buffer;

const pack = (payload: Content): string =>
  gzipSync(payload).toString('base64').replaceAll(/.{76}/g, '$&\n');
const bytes = (index: readonly Content[], content: Content = ''): Buffer =>
  Buffer.concat([
    ...index.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]),
    Buffer.from('\n'),
    Buffer.from(content),
  ]);
/** Reads it as a step that follows an earlier command, and so knows no patterns. */
const read = (index: readonly Content[], content: Content = ''): Promise<Collection> =>
  readCollection(pack(bytes(index, content)), undefined);

function shown(collection: Collection): unknown {
  if (collection.kind !== 'files') return collection;
  return {
    ...collection,
    files: collection.files.map(({ name, content }) => [name, content.toString()]),
  };
}
const nothing = { kind: 'files', files: [], leftOut: [], leftOutMore: 0, unmatched: [] };

const came = (files: Record<string, string>, more: Partial<typeof nothing> | object = {}) => ({
  ...nothing,
  files: Object.entries(files),
  ...more,
});
const over = (limit: string, total: number, biggest: Record<string, number>) => ({
  kind: 'over',
  limit,
  bytes: total,
  biggest: Object.entries(biggest).map(([path, size]) => ({ path, bytes: size })),
});
const ODD = ['file 3 x', ' ', 'C:', '...', '-n'];
const LEFT_OUT = [
  { name: 'a\nb\n\n', reason: 'line-break' },
  { name: 'p', reason: 'special' },
  { name: 'a\\b', reason: 'backslash' },
];
const BIG = [1, 9, 8, 7, 6, 5].map((size) => `file ${size * 10_000_000} f${size}`);
const BIGGEST = { f9: 90_000_000, f8: 80_000_000, f7: 70_000_000, f6: 60_000_000, f5: 50_000_000 };

test.each<[name: string, index: string[], content: string, expected: object]>([
  ['nothing', ['files'], '', nothing],
  [
    'a pattern that brought nothing',
    ['files', 'none 0 ./a b'],
    '',
    came({}, { unmatched: ['a b'] }),
  ],
  ['an empty file', ['files', 'file 0 a'], '', came({ a: '' })],
  [
    'files, sorted by path',
    ['files', 'file 2 ./b/c', 'file 1 a', 'file 3 b d'],
    '12345\n',
    came({ a: '3', 'b d': '45\n', 'b/c': '12' }),
  ],
  [
    'names that look like more of the line, or like a Windows path',
    ['files', ...ODD.map((name) => `file 0 ${name}`)],
    '',
    came(Object.fromEntries(ODD.toSorted().map((name) => [name, '']))),
  ],
  [
    'what was left out, with line breaks, and how many more',
    ['files', 'line-break 0 a//b////', 'special 0 p', 'backslash 0 a\\b', 'more 7 '],
    '',
    came({}, { leftOut: LEFT_OUT, leftOutMore: 7 }),
  ],
  [
    'how many more, before a file',
    ['files', 'more 7 ', 'file 1 a'],
    '1',
    came({ a: '1' }, { leftOutMore: 7 }),
  ],
  ['too many', ['too-many', 'file 2 a', 'file 3 b'], '', over('files', 5, { b: 3, a: 2 })],
  [
    'too big: the five biggest, and all',
    ['too-big', ...BIG],
    '',
    over('unpacked', 360_000_000, BIGGEST),
  ],
  ['too large', ['too-large 307201', 'file 2 a'], '', over('encoded', 307_201, { a: 2 })],
])('what the script sends: %s', async (_name, index, content, expected) => {
  expect(shown(await read(index, content))).toEqual(expected);
});

const zeros = (size: number): Buffer => Buffer.alloc(size);

describe('what nobody but an attacker sends: refused', () => {
  const both = Buffer.concat([gzipSync(bytes(['files'])), gzipSync('x')]).toString('base64');
  const half = gzipSync(bytes(['files', 'file 3 a'], 'abc'))
    .subarray(0, -9)
    .toString('base64');
  const gzip = 'it is not a valid gzip file of at most 32 MiB';
  const more = 'it holds more bytes than its index says';
  test.each<[string, string, string]>([
    ['no base64', '!', 'it is not base64'],
    ['half of base64', 'AAAAA', 'it is not base64'],
    [
      'longer than what may be sent',
      'A'.repeat(COLLECT_LIMITS.encoded + 1),
      'it is longer than 300 KiB',
    ],
    ['nothing', '', 'its index has no end'],
    ['half of a gzip', half, gzip],
    ['a second gzip behind the first', both, more],
    ['no end of the index', pack('files\nfile 0 a\n'), 'its index has no end'],
    ['an unknown first line', pack('file\n\n'), 'its first line is unknown'],
    ['an unknown first line that begins well', pack('files 3\n\n'), 'its first line is unknown'],
    ['an empty line first', pack('\n\n'), 'its first line is unknown'],
    ['a byte too few', pack('files\nfile 2 a\n\n1'), 'it holds fewer bytes than its index says'],
    ['a byte too many', pack('files\nfile 2 a\n\n123'), more],
    ['content where there is none', pack('too-big\nfile 2 a\n\n1'), more],
    ['a bomb of content', pack(bytes(['files', 'file 1 a'], zeros(56_000_000))), gzip],
    [
      'a bomb of lines',
      pack(`files\n${`none 0 ${'a'.repeat(4000)}\n`.repeat(5_000)}\n`),
      'its index is too long',
    ],
    ['a line without end', pack(`files\nfile 0 ${'a'.repeat(20_000_000)}`), 'its index has no end'],
  ])('%s', async (_name, base64, problem) => {
    expect(await readCollection(base64, undefined)).toEqual({ kind: 'invalid', problem });
  });

  const elsewhere = 'a path in it leads out of the folder';
  const malformed = 'a line of its index is malformed';
  const character = 'a path in it has a character that is not allowed';
  const tooDeep = 'a path in it is more than 32 folders deep';
  const twofold = 'a path in it is both a file and a folder';
  const deep = (segments: number): string => Array.from({ length: segments }, () => 'd').join('/');
  const folders = Array.from({ length: 1400 }, (_, i) => `file 0 a${i >> 1}/${i}/f`);
  test.each<[string, string[], string]>([
    ['an unknown kind', ['folder 0 a'], malformed],
    ['no size', ['file a'], malformed],
    ['a size below 0', ['file -1 a'], malformed],
    ['a size of another notation', ['file 0x1 a'], malformed],
    [
      'a size that no number holds',
      ['file 9999999999999999 a'],
      'a size in its index is not a number of bytes',
    ],
    ['an absolute path', ['file 0 /etc/passwd'], elsewhere],
    ['a parent', ['file 0 ..'], elsewhere],
    ['a parent within', ['file 0 a/../../b'], elsewhere],
    ['the folder itself', ['file 0 .'], elsewhere],
    ['a segment that is the folder itself', ['file 0 a/./b'], elsewhere],
    ['an empty segment', ['file 0 a//b'], elsewhere],
    ['a slash at the end', ['file 0 a/'], elsewhere],
    ['no path', ['file 0 '], elsewhere],
    ['a backslash', ['file 0 ..\\a'], character],
    ['a NUL', ['file 0 a\0b'], character],
    ['a path twice', ['file 0 a', 'file 0 a'], 'a path in it appears twice'],
    ['a path that is too deep', [`file 0 ${deep(33)}`], tooDeep],
    ['a path of 2,000 folders', [`file 0 ${deep(2000)}`], tooDeep],
    ['too many folders', folders, 'it holds more than 2,000 folders'],
    ['a file that is a folder', ['file 0 a/b/c', 'file 0 a'], twofold],
    ['a deep file that is a folder', ['file 0 a/b', 'file 0 a/b/c/d'], twofold],
  ])('%s', async (_name, index, problem) => {
    expect(await read(['files', ...index])).toEqual({ kind: 'invalid', problem });
  });
});

test.each([
  ['as long as it may be', 0, 'files'],
  ['a byte longer', 1, 'invalid'],
])('a collection %s', async (_name, more, kind) => {
  const base64 = pack(bytes(['files']));
  // Line breaks count, and mean nothing.
  expect(
    (
      await readCollection(
        base64 + '\n'.repeat(COLLECT_LIMITS.encoded - base64.length + more),
        undefined,
      )
    ).kind,
  ).toBe(kind);
});

test('a bug of ours is not taken for an attack', async () => {
  await expect(readCollection(undefined as unknown as string, [])).rejects.toThrow(TypeError);
});

describe('what the script guarantees', () => {
  const none = (...patterns: string[]) => patterns.map((pattern) => `none 0 ./${pattern}`);
  const links = (count: number) => Array.from({ length: count }, (_, at) => `link 0 ./l${at}`);
  const patterns = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
  const long = 'x'.repeat(COLLECT_LIMITS.path);
  const lineBreaks = '//'.repeat(COLLECT_LIMITS.path);
  const withLine = (...index: string[]) => ['files', ...index];
  const refused = (problem: string) => ({ kind: 'invalid', problem });

  test.each<
    [
      name: string,
      index: string[],
      asked: readonly string[] | undefined,
      problem: string | undefined,
    ]
  >([
    ['a pattern that was asked for', none('a b'), ['a b', 'c'], undefined],
    ['every pattern that was asked for', none(...patterns(2_000)), patterns(2_000), undefined],
    ['a long one that was asked for', none(`${long}x`), [`${long}x`], undefined],
    ['one that was not', none('a'), ['b'], 'it names a pattern that is not in collect'],
    ['one, where none was', none('a'), [], 'it names a pattern that is not in collect'],
    ['one twice', none('a', 'a'), ['a'], 'it names a pattern twice'],
    ['one twice, of an earlier command', none('a', 'a'), undefined, 'it names a pattern twice'],
    ['as many as there may be', none(...patterns(2_000)), undefined, undefined],
    ['one more', none(...patterns(2_001)), undefined, 'it names more than 2,000 patterns'],
    ['a pattern of 4,096 bytes', none(long), undefined, undefined],
    ['one of a byte more', none(`${long}x`), undefined, 'a pattern in it is too long'],
    ['20 things left out', links(20), [], undefined],
    ['21 things left out', links(21), [], 'it names more than 20 things left out'],
    ['a name of 4,096 line breaks', [`line-break 0 ${lineBreaks}`], [], undefined],
    ['a name of a byte more', [`line-break 0 ${lineBreaks}x`], [], 'a name in it is too long'],
    ['how many more twice', ['more 1 ', 'more 1 '], [], 'it counts twice what was left out'],
    ['a path that is too long', [`file 0 ${long}x`], [], 'a path in it is too long'],
  ])('%s', async (_name, index, asked, problem) => {
    const collection = await readCollection(pack(bytes(withLine(...index))), asked);
    if (problem === undefined) expect(collection.kind).toBe('files');
    else expect(collection).toEqual(refused(problem));
  });

  test('a path that is too long, among the biggest', async () => {
    expect(await read(['too-many', `file 1 ${long}x`])).toEqual(
      refused('a path in it is too long'),
    );
  });

  test('whatever is packed into 300 KiB, little of it is text to show', async () => {
    const line = fc.oneof(
      fc.nat(3000).map((at) => `none 0 ./${at}`),
      fc.nat(3000).map((at) => `link 0 ./${'n'.repeat(at)}${at}`),
      fc.integer({ min: 3000, max: 5000 }).map((size) => `special 0 ./${'s'.repeat(size)}`),
    );
    const index = fc.oneof(
      fc.array(line, { maxLength: 40 }),
      fc.array(line, { minLength: 3000, maxLength: 6000 }),
    );
    await fc.assert(
      fc.asyncProperty(index, async (lines) => {
        const collection = await readCollection(pack(bytes(withLine(...lines))), ['1', '2', '3']);
        if (collection.kind !== 'files') return;
        const names = [...collection.unmatched, ...collection.leftOut.map(({ name }) => name)];
        expect(names.length).toBeLessThanOrEqual(3 + COLLECT_LIMITS.leftOut);
        expect(names.every((name) => name.length <= COLLECT_LIMITS.path)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('limits', () => {
  const files = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `file 0 ${index}`);
  const { unpacked } = COLLECT_LIMITS;

  test.each<[name: string, index: string[], content: Content, kind: string]>([
    ['as many files as may come', files(2_000), '', 'files'],
    ['one more', files(2_001), '', 'invalid'],
    ['32 MiB', [`file ${unpacked} a`], zeros(unpacked), 'files'],
    ['a byte above', [`file ${unpacked + 1} a`], zeros(unpacked + 1), 'invalid'],
  ])('%s', async (_name, index, content, kind) => {
    expect((await read(['files', ...index], content)).kind).toBe(kind);
  });

  test('as many folders as may come, as deep as they may be', async () => {
    const deep = `file 0 ${'d/'.repeat(31)}f`;
    const folders = Array.from({ length: 1969 }, (_, i) => `file 0 ${i}/f`);
    expect((await read(['files', deep, ...folders])).kind).toBe('files');
    expect((await read(['files', deep, ...folders, 'file 0 more/f'])).kind).toBe('invalid');
  });
});

describe('whatever comes', () => {
  const segment = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((part) => Buffer.from(part));
  const isName = (part: Buffer) =>
    !/[\n\\/\0]/.test(part.toString('latin1')) && !['.', '..'].includes(part.toString('latin1'));
  const file = fc.record({
    path: fc
      .array(segment.filter(isName), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part) => part.toString('latin1')).join('/')),
    content: fc.uint8Array({ maxLength: 40 }).map((content) => Buffer.from(content)),
  });
  const tree = fc
    .uniqueArray(file, { selector: ({ path }) => path, maxLength: 8 })
    .filter((all) => !all.some((a) => all.some((b) => b.path.startsWith(`${a.path}/`))));

  test('names of any bytes, and files of any bytes, arrive as they are', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.boolean(), async (all, isPacked) => {
        const index = all.map(({ path, content }) =>
          Buffer.from(`file ${content.length} ${path}`, 'latin1'),
        );
        const plain = bytes(['files', ...index], Buffer.concat(all.map(({ content }) => content)));
        const collection = await readCollection(
          isPacked ? pack(plain) : plain.toString('base64'),
          [],
        );
        const got =
          collection.kind === 'files'
            ? collection.files.map(({ path, content }) => [
                path.toString('latin1'),
                content.toString('hex'),
              ])
            : collection;
        const sent = all.map(({ path, content }) => [path, content.toString('hex')]);
        expect(new Map(got as [string, string][])).toEqual(new Map(sent as [string, string][]));
      }),
    );
  });

  test('nothing is thrown, and no path leads out', async () => {
    const lines = ['files\n', 'too-big\n', 'file 0 ', 'file 1 ', 'link 1 ', 'none 0 '];
    const part = fc.constantFrom(...lines, '\n', 'a', '/', '..', '.', '\\', '\0', '\n\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(part).map((parts) => `files\n${parts.join('')}`),
        async (payload) => {
          const collection = await readCollection(pack(payload), undefined);
          if (collection.kind !== 'files') return;
          for (const { name } of collection.files) {
            expect(name.split('/').filter((one) => ['', '.', '..'].includes(one))).toEqual([]);
            expect(name).not.toMatch(/[\\\0]/);
          }
        },
      ),
    );
  });

  test('a flipped bit is a refusal, or names and bytes are those that were sent', async () => {
    const packed = gzipSync(bytes(['files', 'file 5 a/b'], 'hello'));
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length * 8 - 1), async (bit) => {
        const broken = Buffer.from(packed);
        broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const collection = shown(await readCollection(broken.toString('base64'), undefined));
        expect([
          { ...nothing, files: [['a/b', 'hello']] },
          expect.objectContaining({ kind: 'invalid' }),
        ]).toContainEqual(collection);
      }),
    );
  });
});
