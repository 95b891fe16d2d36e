import { describe, expect, test } from '@jest/globals';
import type { SentCollection } from '../../../src/collect/collection.ts';
import { saveCollected } from '../../../src/collect/save.ts';
import type { Disk } from '../../../src/files/disk.ts';
import { notAllowed, NOTHING_COLLECTED, tarOf, type Entry } from '../collected.ts';
import { say } from '../../../src/text/say.ts';

/** What each pattern brought. */
type Brought = Readonly<Record<string, readonly Entry[]>>;

/** What `collect.sh` sends. */
async function sent(brought: Brought): Promise<SentCollection> {
  const parts = Object.entries(brought).map(async ([pattern, entries]) =>
    entries.length === 0 ? `? ${pattern}\n` : `= ${pattern}\n${await tarOf(entries)}`,
  );
  return { kind: 'sent', text: (await Promise.all(parts)).join('') };
}

const fileOf = (name: string): Entry => [name, '12345'];
const EMPTY_FOLDER: Entry = { name: './a/', size: 0, type: 'directory' };
const LINK: Entry = { name: 'l', size: 0, type: 'symlink', linkname: 'a' };
const ONLY_A = await sent({ a: [fileOf('a')] });
const A_NOT_X = await sent({ a: [fileOf('a')], x: [] });
const A_AND_LINK = await sent({ '*': [fileOf('a'), LINK] });

type Writing = Pick<Disk, 'writeFolder'>;
const disk = (refused: readonly string[] = []): Writing => ({
  writeFolder: () => Promise.resolve({ folder: '/temp/c', notAllowed: refused }),
});
const full: Writing = { writeFolder: () => Promise.reject(new Error('ENOSPC')) };
const KEEPING = { patterns: ['a'], ifNoFilesCollected: 'warn', into: { below: '/temp' } } as const;

test.each<[string, SentCollection | undefined, readonly string[] | undefined]>([
  ['where nothing was asked for, and nothing came', undefined, []],
  ['where nothing was asked for, and something came', ONLY_A, []],
  ['of an earlier command, from which nothing came', undefined, undefined],
])('nothing is reported %s', async (_name, given, patterns) => {
  expect(await saveCollected(given, { ...KEEPING, patterns }, disk())).toBeUndefined();
});

const NOT_BASE64: SentCollection = { kind: 'sent', text: '!' };
const IN_TIME: SentCollection = { kind: 'uncollected', because: 'time' };
const A = { folder: '/temp/c', files: [{ path: 'a', bytes: 5 }] };
const L_LEFT_OUT = { leftOut: [{ name: 'l', reason: 'not-a-file' }] };
const UNWRITABLE = { kind: 'unwritable', detail: 'ENOSPC' } as const;

type Row = [
  name: string,
  given: SentCollection | undefined,
  patterns: readonly string[],
  expected: object,
  keeper?: Writing,
];
test.each<Row>([
  ['what was lost', undefined, ['a'], { problem: { kind: 'lost' } }],
  ['what could not be collected', IN_TIME, ['a'], { problem: IN_TIME }],
  [
    'what was refused',
    NOT_BASE64,
    ['a'],
    { problem: { kind: 'invalid', problem: say`it is not base64` } },
  ],
  [
    'a pattern of which the pod says nothing',
    ONLY_A,
    ['a', 'b'],
    { problem: { kind: 'invalid', problem: say`it does not have all patterns` } },
  ],
  ['files', ONLY_A, ['a'], A],
  ['no files: no folder', await sent({ x: [] }), ['x'], { unmatched: ['x'] }],
  ['a folder with nothing in it', await sent({ a: [EMPTY_FOLDER] }), ['a'], { unmatched: ['a'] }],
  ['a link', await sent({ l: [LINK] }), ['l'], { unmatched: ['l'], ...L_LEFT_OUT }],
  ['a file, and a link beside it', A_AND_LINK, ['*'], { ...A, ...L_LEFT_OUT }],
  [
    'a name that the system cannot hold',
    await sent({ a: [fileOf('a')], 'C*': [fileOf('CON')] }),
    ['a', 'C*'],
    { ...A, leftOut: notAllowed(['CON']), unmatched: ['C*'] },
    disk(['CON']),
  ],
  [
    'only names that the system cannot hold: no folder',
    await sent({ 'C*': [fileOf('CON')] }),
    ['C*'],
    { leftOut: notAllowed(['CON']), unmatched: ['C*'] },
    disk(['CON']),
  ],
  ['a full disk', A_AND_LINK, ['*'], { problem: UNWRITABLE, ...L_LEFT_OUT }, full],
  [
    'a full disk, and no files',
    A_NOT_X,
    ['a', 'x'],
    { problem: UNWRITABLE, unmatched: ['x'] },
    full,
  ],
])('what is reported of %s', async (_name, given, patterns, expected, keeper = disk()) => {
  expect(await saveCollected(given, { ...KEEPING, patterns }, keeper)).toEqual({
    ...NOTHING_COLLECTED,
    ...expected,
  });
});

test('the files of an earlier command are kept, whatever it was asked for', async () => {
  const keeping = { ...KEEPING, patterns: undefined };
  const collected = await saveCollected(A_NOT_X, keeping, disk());
  expect(collected).toEqual({ ...NOTHING_COLLECTED, ...A, unmatched: ['x'] });
});

describe('if-no-files-collected', () => {
  test.each([
    ['error', { unmatched: [], problem: { kind: 'no-match', patterns: ['x'] } }],
    ['warn', { unmatched: ['x'], problem: undefined }],
    ['ignore', { unmatched: [], problem: undefined }],
  ] as const)('%s: the files that came are kept', async (ifNoFilesCollected, expected) => {
    const keeping = { ...KEEPING, patterns: ['a', 'x'], ifNoFilesCollected };
    const collected = await saveCollected(A_NOT_X, keeping, disk());
    expect(collected).toMatchObject({ ...expected, files: [{ path: 'a' }] });
  });

  test('error, where every pattern brought a file', async () => {
    const keeping = { ...KEEPING, ifNoFilesCollected: 'error' } as const;
    const collected = await saveCollected(ONLY_A, keeping, disk());
    expect(collected?.problem).toBeUndefined();
  });
});
