import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COLLECT_LIMITS, readBundle, type Bundle } from '../../../src/pod/bundle.ts';

type Content = string | Buffer;

const pack = (payload: Content): string => gzipSync(payload).toString('base64').replaceAll(/.{76}/g, '$&\n');
const bytes = (index: readonly Content[], content: Content = ''): Buffer =>
  Buffer.concat([
    ...index.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]),
    Buffer.from('\n'),
    Buffer.from(content),
  ]);
const read = (index: readonly Content[], content: Content = ''): Promise<Bundle> =>
  readBundle(pack(bytes(index, content)));

function shown(bundle: Bundle): unknown {
  if (bundle.kind !== 'files') return bundle;
  return { ...bundle, files: bundle.files.map(({ name, content }) => [name, content.toString()]) };
}
const nothing = { kind: 'files', files: [], leftOut: [], leftOutMore: 0, unmatched: [] };

describe('what the script sends', () => {
  test.each<[string, string[], string, object]>([
    ['nothing', ['files'], '', nothing],
    ['a pattern that brought nothing', ['files', 'none 0 ./a b'], '', { ...nothing, unmatched: ['a b'] }],
    ['an empty file', ['files', 'file 0 a'], '', { ...nothing, files: [['a', '']] }],
    [
      'files, sorted by path',
      ['files', 'file 2 ./b/c', 'file 1 a', 'file 3 b d'],
      '12345\n',
      {
        ...nothing,
        files: [
          ['a', '3'],
          ['b d', '45\n'],
          ['b/c', '12'],
        ],
      },
    ],
    [
      'names that look like more of the line, or like a Windows path',
      ['files', 'file 0 file 3 x', 'file 0  ', 'file 0 C:', 'file 0 ...', 'file 0 -n'],
      '',
      {
        ...nothing,
        files: [
          [' ', ''],
          ['-n', ''],
          ['...', ''],
          ['C:', ''],
          ['file 3 x', ''],
        ],
      },
    ],
    [
      'what was left out, with line breaks, and how many more',
      ['files', 'line-break 0 a//b////', 'special 0 p', 'backslash 0 a\\b', 'more 7 '],
      '',
      {
        ...nothing,
        leftOut: [
          { name: 'a\nb\n\n', reason: 'line-break' },
          { name: 'p', reason: 'special' },
          { name: 'a\\b', reason: 'backslash' },
        ],
        leftOutMore: 7,
      },
    ],
    [
      'how many more, before a file',
      ['files', 'more 7 ', 'file 1 a'],
      '1',
      { ...nothing, files: [['a', '1']], leftOutMore: 7 },
    ],
    [
      'too many',
      ['too-many', 'file 2 a', 'file 3 b'],
      '',
      {
        kind: 'over',
        limit: 'files',
        bytes: 5,
        biggest: [
          { path: 'b', bytes: 3 },
          { path: 'a', bytes: 2 },
        ],
      },
    ],
    [
      'too big: the five biggest, and all',
      ['too-big', ...[1, 9, 8, 7, 6, 5].map((size) => `file ${size * 10_000_000} f${size}`)],
      '',
      {
        kind: 'over',
        limit: 'unpacked',
        bytes: 360_000_000,
        biggest: [9, 8, 7, 6, 5].map((size) => ({ path: `f${size}`, bytes: size * 10_000_000 })),
      },
    ],
    [
      'too large',
      ['too-large 307201', 'file 2 a'],
      '',
      { kind: 'over', limit: 'sent', bytes: 307_201, biggest: [{ path: 'a', bytes: 2 }] },
    ],
  ])('%s', async (_name, index, content, expected) => {
    expect(shown(await read(index, content))).toEqual(expected);
  });
});

const zeros = (size: number): Buffer => Buffer.alloc(size);

describe('what nobody but an attacker sends: refused', () => {
  const elsewhere = 'a path in it leads out of the folder';
  const malformed = 'a line of its index is malformed';
  const gzip = 'it is not a valid gzip file of at most 32 MiB';
  const both = Buffer.concat([gzipSync(bytes(['files'])), gzipSync('x')]).toString('base64');
  const deep = (segments: number): string => Array.from({ length: segments }, () => 'd').join('/');
  const folders = (count: number): string =>
    Array.from({ length: count }, (_, i) => `file 0 a${i >> 1}/${i}/f`).join('\n');
  test.each<[string, string, string]>([
    ['no base64', '!', 'it is not base64'],
    ['half of base64', 'AAAAA', 'it is not base64'],
    ['longer than what may be sent', 'A'.repeat(COLLECT_LIMITS.sent + 1), 'it is longer than 300 KiB'],
    ['nothing', '', 'its index has no end'],
    [
      'half of a gzip',
      gzipSync(bytes(['files', 'file 3 a'], 'abc'))
        .subarray(0, -9)
        .toString('base64'),
      gzip,
    ],
    ['a second gzip behind the first', both, 'it holds more bytes than its index says'],
    ['no end of the index', pack('files\nfile 0 a\n'), 'its index has no end'],
    ['an unknown first line', pack('file\n\n'), 'its first line is unknown'],
    ['an unknown first line that begins well', pack('files 3\n\n'), 'its first line is unknown'],
    ['an empty line first', pack('\n\n'), 'its first line is unknown'],
    ['an unknown kind', pack('files\nfolder 0 a\n\n'), malformed],
    ['no size', pack('files\nfile a\n\n'), malformed],
    ['a size below 0', pack('files\nfile -1 a\n\n'), malformed],
    ['a size of another notation', pack('files\nfile 0x1 a\n\n1'), malformed],
    [
      'a size that no number holds',
      pack('files\nfile 9999999999999999 a\n\n'),
      'a size in its index is not a number of bytes',
    ],
    ['a byte too few', pack('files\nfile 2 a\n\n1'), 'it holds fewer bytes than its index says'],
    ['a byte too many', pack('files\nfile 2 a\n\n123'), 'it holds more bytes than its index says'],
    ['content where there is none', pack('too-big\nfile 2 a\n\n1'), 'it holds more bytes than its index says'],
    ['an absolute path', pack('files\nfile 0 /etc/passwd\n\n'), elsewhere],
    ['a parent', pack('files\nfile 0 ..\n\n'), elsewhere],
    ['a parent within', pack('files\nfile 0 a/../../b\n\n'), elsewhere],
    ['the folder itself', pack('files\nfile 0 .\n\n'), elsewhere],
    ['a segment that is the folder itself', pack('files\nfile 0 a/./b\n\n'), elsewhere],
    ['an empty segment', pack('files\nfile 0 a//b\n\n'), elsewhere],
    ['a slash at the end', pack('files\nfile 0 a/\n\n'), elsewhere],
    ['no path', pack('files\nfile 0 \n\n'), elsewhere],
    ['a backslash', pack('files\nfile 0 ..\\a\n\n'), 'a path in it has a character that is not allowed'],
    ['a NUL', pack('files\nfile 0 a\0b\n\n'), 'a path in it has a character that is not allowed'],
    ['a path twice', pack('files\nfile 0 a\nfile 0 a\n\n'), 'a path in it appears twice'],
    ['a path that is too deep', pack(`files\nfile 0 ${deep(33)}\n\n`), 'a path in it is more than 32 folders deep'],
    ['a path of 2,000 folders', pack(`files\nfile 0 ${deep(2000)}\n\n`), 'a path in it is more than 32 folders deep'],
    ['too many folders', pack(`files\n${folders(1400)}\n\n`), 'it holds more than 2,000 folders'],
    ['a bomb of content', pack(bytes(['files', 'file 1 a'], zeros(200_000_000))), gzip],
    ['a bomb of lines', pack(`files\n${`none 0 ${'a'.repeat(4000)}\n`.repeat(10_000)}\n`), 'its index is too long'],
    ['a line without end', pack(`files\nfile 0 ${'a'.repeat(40_000_000)}`), 'its index has no end'],
    ['a file that is a folder', pack('files\nfile 0 a/b/c\nfile 0 a\n\n'), 'a path in it is both a file and a folder'],
    [
      'a deep file that is a folder',
      pack('files\nfile 0 a/b\nfile 0 a/b/c/d\n\n'),
      'a path in it is both a file and a folder',
    ],
  ])('%s', async (_name, base64, problem) => {
    expect(await readBundle(base64)).toEqual({ kind: 'refused', problem });
  });
});

test.each([
  ['as long as it may be', 0, 'files'],
  ['a byte longer', 1, 'refused'],
])('a bundle %s', async (_name, more, kind) => {
  const base64 = pack(bytes(['files']));
  // Line breaks count, and mean nothing.
  expect((await readBundle(base64 + '\n'.repeat(COLLECT_LIMITS.sent - base64.length + more))).kind).toBe(kind);
});

test('a bug of ours is not taken for an attack', async () => {
  await expect(readBundle(undefined as unknown as string)).rejects.toThrow(TypeError);
});

describe('limits', () => {
  const files = (count: number): string[] => Array.from({ length: count }, (_, index) => `file 0 ${index}`);
  const { unpacked } = COLLECT_LIMITS;

  test.each([
    ['one file below', 1_999, 'files'],
    ['as many files as may come', 2_000, 'files'],
    ['one more', 2_001, 'refused'],
  ])('%s', async (_name, count, kind) => {
    expect((await read(['files', ...files(count)])).kind).toBe(kind);
  });

  test.each([
    ['a byte below 32 MiB', unpacked - 1, 'files'],
    ['32 MiB', unpacked, 'files'],
    ['a byte above', unpacked + 1, 'refused'],
  ])('%s', async (_name, size, kind) => {
    expect((await read(['files', `file ${size} a`], zeros(size))).kind).toBe(kind);
  });

  test('as many folders as may come, as deep as they may be', async () => {
    const inFolders = (count: number) =>
      Array.from(
        { length: count },
        (_, i) => `file 0 ${Array.from({ length: 31 }, (_each, at) => `${i}-${at}`).join('/')}/f`,
      );
    expect((await read(['files', ...inFolders(64)])).kind).toBe('files');
    expect((await read(['files', ...inFolders(65)])).kind).toBe('refused');
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
        const index = all.map(({ path, content }) => Buffer.from(`file ${content.length} ${path}`, 'latin1'));
        const plain = bytes(['files', ...index], Buffer.concat(all.map(({ content }) => content)));
        const bundle = await readBundle(isPacked ? pack(plain) : plain.toString('base64'));
        const got =
          bundle.kind === 'files'
            ? bundle.files.map(({ path, content }) => [path.toString('latin1'), content.toString('hex')])
            : bundle;
        const sent = all.map(({ path, content }) => [path, content.toString('hex')]);
        expect(new Map(got as [string, string][])).toEqual(new Map(sent as [string, string][]));
      }),
    );
  });

  test('nothing is thrown, and no path leads out', async () => {
    const part = fc.constantFrom(
      'files\n',
      'too-big\n',
      'file 0 ',
      'file 1 ',
      'link 1 ',
      '\n',
      'a',
      '/',
      '..',
      '.',
      '\\',
      '\0',
      '\n\n',
      'none 0 ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(part).map((parts) => `files\n${parts.join('')}`),
        async (payload) => {
          const bundle = await readBundle(pack(payload));
          if (bundle.kind !== 'files') return;
          for (const { name } of bundle.files) {
            expect(name.split('/').filter((one) => ['', '.', '..'].includes(one))).toEqual([]);
            expect(name).not.toMatch(/[\\\0]/);
          }
        },
      ),
    );
  });

  test('a bit that turns over is a refusal, or names and bytes are those that were sent', async () => {
    const packed = gzipSync(bytes(['files', 'file 5 a/b'], 'hello'));
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length * 8 - 1), async (bit) => {
        const broken = Buffer.from(packed);
        broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const bundle = shown(await readBundle(broken.toString('base64')));
        expect([
          { ...nothing, files: [['a/b', 'hello']] },
          expect.objectContaining({ kind: 'refused' }),
        ]).toContainEqual(bundle);
      }),
    );
  });
});
