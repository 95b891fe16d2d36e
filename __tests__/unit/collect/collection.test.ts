import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCollection } from '../../../src/collect/collection.ts';
import { tarOf, type Entry } from '../collected.ts';
import { unquoted } from '../../../src/text/say.ts';

/** What is read, with contents as text. */
async function read(text: string): Promise<unknown> {
  const collection = await readCollection(text);
  if (collection.kind !== 'files') return collection;
  const { files, brought, ...rest } = collection;
  return {
    ...rest,
    brought: Object.fromEntries(brought),
    files: files.map(({ path, content }) => [path, content.toString()]),
  };
}

/** The same of what one pattern brought: `p`. */
const readArchive = (archive: string): Promise<unknown> => read(`= p\n${archive}`);

const NOTHING = {
  kind: 'files',
  files: [],
  leftOut: [],
  brought: { p: [] },
  complaints: [],
};
const invalid = (problem: string) => ({ kind: 'invalid', problem: unquoted(problem) });
const LEADS_OUT = invalid('a path in it leads out of the folder');
const NOT_WHOLE = invalid('it is not a whole tar archive');

test.each<[name: string, entries: readonly Entry[], expected: object]>([
  [
    'files, in folders that are not named',
    [{ name: './r/', size: 0, type: 'directory' }, ['./r/a', '1'], ['./b', '']],
    {
      files: [
        ['r/a', '1'],
        ['b', ''],
      ],
      brought: { p: ['r/a', 'b'] },
    },
  ],
  [
    'a file that comes twice',
    [
      ['./a', '1'],
      ['a', '2'],
    ],
    { files: [['a', '2']], brought: { p: ['a', 'a'] } },
  ],
  [
    'whatever is not a file',
    [
      { name: './l', size: 0, type: 'symlink', linkname: '/etc' },
      { name: './h', size: 0, type: 'link', linkname: './l' },
      { name: './p', size: 0, type: 'fifo' },
    ],
    { leftOut: ['l', 'h', 'p'].map((name) => ({ name, reason: 'not-a-file' })) },
  ],
  [
    'a path with two dots that leads out',
    [
      ['./a', '1'],
      ['../b', '2'],
    ],
    LEADS_OUT,
  ],
  ['a path that leads out and back', [['r/../../r/b', '2']], LEADS_OUT],
  ['an absolute path', [['/b', '2']], LEADS_OUT],
  ['a link that leads out', [{ name: '../l', size: 0, type: 'symlink', linkname: 'x' }], LEADS_OUT],
])('an archive: %s', async (_name, entries, expected) => {
  expect(await readArchive(await tarOf(entries))).toEqual(
    'kind' in expected ? expected : { ...NOTHING, ...expected },
  );
});

test('a name that is not UTF-8 is left out', async () => {
  const archive = Buffer.from(
    await tarOf([
      ['a~', '1'],
      ['b', '2'],
    ]),
    'base64',
  );
  archive[1] = 0xff;
  // The header's checksum is the sum of its bytes.
  archive.write(
    (Number.parseInt(archive.toString('latin1', 148, 154), 8) + 0xff - 0x7e)
      .toString(8)
      .padStart(6, '0'),
    148,
  );
  expect(await readArchive(archive.toString('base64'))).toEqual({
    ...NOTHING,
    files: [['b', '2']],
    brought: { p: ['b'] },
    leftOut: [{ name: 'a\uFFFD', reason: 'not-utf-8' }],
  });
});

test('what each pattern brought, and what tar complained about', async () => {
  const [a, both, none] = await Promise.all([
    tarOf([['a', '1']]),
    tarOf([
      ['a', '1'],
      ['b', '2'],
    ]),
    tarOf([]),
  ]);
  const brought = `? no*\n= a\n${a}= *\n${both}? ! x\n= empty\n${none}`;
  expect(await read(`${brought}! tar: ./b: Cannot open\n! ? \n`)).toEqual({
    ...NOTHING,
    files: [
      ['a', '1'],
      ['b', '2'],
    ],
    brought: { 'no*': [], a: ['a'], '*': ['a', 'b'], '! x': [], empty: [] },
    complaints: ['tar: ./b: Cannot open', '? '],
  });
});

describe('refused', () => {
  test.each([
    ['what is not base64', '= p\nQUJ$', invalid('it is not base64')],
    ['what ends within base64', '= p\nQUJ', invalid('it is not base64')],
    ['what no pattern brought', 'QUJD\n? p', invalid('it is not base64')],
    ['what is no archive', `= p\n${Buffer.from('hello').toString('base64')}`, NOT_WHOLE],
    ['a pattern that matches something, without an archive', '= p\n? x', NOT_WHOLE],
  ])('%s', async (_name, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  test('an archive that is cut anywhere before its end, or in which a byte of a header differs', async () => {
    const archive = Buffer.from(
      await tarOf([
        ['a', '1'],
        ['b', '2'.repeat(600)],
      ]),
      'base64',
    );
    const end = 512 * 5;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: end - 1 }), async (at) => {
        expect(await readArchive(archive.subarray(0, at).toString('base64'))).toEqual(NOT_WHOLE);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 511 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const forged = Buffer.from(archive);
        forged[at] = ((forged[at] ?? 0) + by) % 256;
        expect(await readArchive(forged.toString('base64'))).toEqual(NOT_WHOLE);
      }),
    );
  });
});
