import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCollection } from '../../../src/collect/collection.ts';
import { tarOf, type Entry } from '../collected.ts';
import { Text } from '../../../src/text/say.ts';

/** What is read, with contents as text. */
async function read(text: string): Promise<unknown> {
  const collection = await readCollection(text);
  if (collection.kind !== 'files') return collection;
  const { files, ...rest } = collection;
  return { ...rest, files: files.map(({ path, content }) => [path, content.toString()]) };
}

const NOTHING = {
  kind: 'files',
  files: [],
  leftOut: [],
  unmatched: [],
  complaints: [],
  moreComplaints: 0,
};
const invalid = (problem: string) => ({ kind: 'invalid', problem: new Text(problem, problem) });
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
    },
  ],
  [
    'a file that comes twice',
    [
      ['./a', '1'],
      ['a', '2'],
    ],
    { files: [['a', '2']] },
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
  expect(await read(await tarOf(entries))).toEqual(
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
  expect(await read(archive.toString('base64'))).toEqual({
    ...NOTHING,
    files: [['b', '2']],
    leftOut: [{ name: 'a\uFFFD', reason: 'not-utf-8' }],
  });
});

test('patterns that matched nothing, and what tar complained about', async () => {
  const text = `? no*\n? ! x\n${await tarOf([['a', '1']])}! tar: ./b: Cannot open\n! ? \n+ 12\n`;
  expect(await read(text)).toEqual({
    ...NOTHING,
    files: [['a', '1']],
    unmatched: ['no*', '! x'],
    complaints: ['tar: ./b: Cannot open', '? '],
    moreComplaints: 12,
  });
});

describe('refused', () => {
  test.each([
    ['what is not base64', 'QUJ$', invalid('it is not base64')],
    ['what ends within base64', 'QUJ', invalid('it is not base64')],
    ['what is no archive', Buffer.from('hello').toString('base64'), NOT_WHOLE],
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
        expect(await read(archive.subarray(0, at).toString('base64'))).toEqual(NOT_WHOLE);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 511 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const forged = Buffer.from(archive);
        forged[at] = ((forged[at] ?? 0) + by) % 256;
        expect(await read(forged.toString('base64'))).toEqual(NOT_WHOLE);
      }),
    );
  });
});

test('any text is read or refused, and never more than it holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
      const collection = await readCollection(Buffer.from(bytes).toString('base64'));
      expect(['files', 'invalid']).toContain(collection.kind);
    }),
  );
});
