import { describe, expect, test } from '@jest/globals';
import { keepCollected } from '../../../src/collect/keep.ts';
import type { Disk } from '../../../src/files/disk.ts';
import type { ReceivedCollection } from '../../../src/pod/stream.ts';
import { notAllowed, NOTHING_COLLECTED, tarOf } from '../collected.ts';
import { say } from '../../../src/text/say.ts';

/** What `collect.sh` sends, with five bytes in each file. */
const sent = async (
  files: readonly string[],
  unmatched: readonly string[] = [],
): Promise<ReceivedCollection> => {
  const archive = await tarOf(files.map((name) => [name, '12345']));
  return { kind: 'received', text: `${unmatched.map((one) => `? ${one}\n`).join('')}${archive}` };
};
const EMPTY_FOLDER = { name: './a/', size: 0, type: 'directory' } as const;
const LINK = { name: 'l', size: 0, type: 'symlink', linkname: 'a' } as const;
const ONLY_A = await sent(['a']);
const A_NOT_X = await sent(['a'], ['x']);

type Writing = Pick<Disk, 'writeFolder'>;
const disk = (refused: readonly string[] = []): Writing => ({
  writeFolder: () => Promise.resolve({ folder: '/temp/c', notAllowed: refused }),
});
const full: Writing = { writeFolder: () => Promise.reject(new Error('ENOSPC')) };
const KEEPING = {
  patterns: ['a', 'CON', 'x'],
  ifNoFilesCollected: 'warn',
  into: { below: '/temp' },
} as const;

test.each<[string, ReceivedCollection | undefined, readonly string[] | undefined]>([
  ['where nothing was asked for, and nothing came', undefined, []],
  ['where nothing was asked for, and something came', ONLY_A, []],
  ['of an earlier command, from which nothing came', undefined, undefined],
])('nothing is reported %s', async (_name, given, patterns) => {
  expect(await keepCollected(given, { ...KEEPING, patterns }, disk())).toBeUndefined();
});

const NOT_BASE64: ReceivedCollection = { kind: 'received', text: '!' };
const IN_TIME: ReceivedCollection = { kind: 'uncollected', because: 'time' };
const A = { folder: '/temp/c', files: [{ path: 'a', bytes: 5 }] };
const UNWRITABLE = { kind: 'unwritable', detail: 'ENOSPC' } as const;

type Row = [
  name: string,
  given: ReceivedCollection | undefined,
  expected: object,
  keeper?: Writing,
];
test.each<Row>([
  ['what was lost', undefined, { problem: { kind: 'lost' } }],
  ['what could not be collected', IN_TIME, { problem: IN_TIME }],
  [
    'what was refused',
    NOT_BASE64,
    { problem: { kind: 'invalid', problem: say`it is not base64` } },
  ],
  ['files', ONLY_A, A],
  ['no files: no folder', await sent([], ['x']), { unmatched: ['x'] }],
  [
    'a folder with nothing in it',
    { kind: 'received', text: await tarOf([EMPTY_FOLDER]) },
    { unmatched: KEEPING.patterns },
  ],
  [
    'a file, and a link beside it',
    { kind: 'received', text: await tarOf([['a', '12345'], LINK]) },
    { ...A, leftOut: [{ name: 'l', reason: 'not-a-file' }] },
  ],
  [
    'a name that the system cannot hold',
    await sent(['a', 'CON']),
    { ...A, leftOut: notAllowed(['CON']) },
    disk(['CON']),
  ],
  ['a full disk', ONLY_A, { problem: UNWRITABLE }, full],
])('what is reported of %s', async (_name, given, expected, keeper = disk()) => {
  expect(await keepCollected(given, KEEPING, keeper)).toEqual({
    ...NOTHING_COLLECTED,
    ...expected,
  });
});

test('the size of a file is in bytes, and so is that of one with other letters', async () => {
  const text = await tarOf([['a', '\u20AC\u00E9']]);
  const collected = await keepCollected({ kind: 'received', text }, KEEPING, disk());
  expect(collected?.files).toEqual([{ path: 'a', bytes: 5 }]);
});

test('the files of an earlier command are kept, whatever it was asked for', async () => {
  const keeping = { ...KEEPING, patterns: undefined };
  const collected = await keepCollected(A_NOT_X, keeping, disk());
  expect(collected).toEqual({ ...NOTHING_COLLECTED, ...A, unmatched: ['x'] });
});

test('of an empty folder of an earlier command, nothing is said: its patterns are not known', async () => {
  const given = { kind: 'received', text: await tarOf([EMPTY_FOLDER]) } as const;
  const keeping = { ...KEEPING, patterns: undefined };
  expect(await keepCollected(given, keeping, disk())).toEqual(NOTHING_COLLECTED);
});

describe('if-no-files-collected', () => {
  test.each([
    ['error', { unmatched: [], problem: { kind: 'no-match', patterns: ['x'] } }],
    ['warn', { unmatched: ['x'] }],
    ['ignore', { unmatched: [] }],
  ] as const)('%s: the files that came are kept', async (ifNoFilesCollected, expected) => {
    const keeping = { ...KEEPING, ifNoFilesCollected };
    const collected = await keepCollected(A_NOT_X, keeping, disk());
    expect(collected).toMatchObject({ ...expected, files: [{ path: 'a' }] });
    expect(collected?.problem === undefined).toBe(ifNoFilesCollected !== 'error');
  });

  test('error, where every pattern brought a file', async () => {
    const keeping = { ...KEEPING, ifNoFilesCollected: 'error' } as const;
    const collected = await keepCollected(ONLY_A, keeping, disk());
    expect(collected?.problem).toBeUndefined();
  });
});
