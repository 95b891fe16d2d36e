import { describe, expect, test } from '@jest/globals';
import { keepCollected } from '../../../src/collect/keep.ts';
import type { Disk } from '../../../src/files/disk.ts';
import type { ReceivedCollection } from '../../../src/pod/stream.ts';
import { notAllowed, NOTHING_COLLECTED } from '../collected.ts';

/** What `collect.sh` sends, with five bytes in each file. */
const received = (
  files: readonly string[],
  unmatched: readonly string[] = [],
): ReceivedCollection => {
  const index = [
    'files',
    ...unmatched.map((pattern) => `none 0 ./${pattern}`),
    ...files.map((name) => `file 5 ./${name}`),
  ];
  const text = `${index.join('\n')}\n\n${'12345'.repeat(files.length)}`;
  return { kind: 'received', base64: Buffer.from(text).toString('base64') };
};

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
  ['where nothing was asked for, and something came', received(['a']), []],
  ['of an earlier command, from which nothing came', undefined, undefined],
])('nothing is reported %s', async (_name, given, patterns) => {
  expect(await keepCollected(given, { ...KEEPING, patterns }, disk())).toBeUndefined();
});

const NOT_BASE64: ReceivedCollection = { kind: 'received', base64: '!' };
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
  ['what was refused', NOT_BASE64, { problem: { kind: 'invalid', problem: 'it is not base64' } }],
  ['files', received(['a']), A],
  ['no files: no folder', received([], ['x']), { unmatched: ['x'] }],
  [
    'a pattern that nobody asked for',
    received([], ['z']),
    { problem: { kind: 'invalid', problem: 'it names a pattern that is not in collect' } },
  ],
  [
    'a name that the system cannot hold',
    received(['a', 'CON']),
    { ...A, leftOut: notAllowed(['CON']) },
    disk(['CON']),
  ],
  ['a full disk', received(['a']), { problem: UNWRITABLE }, full],
])('what is reported of %s', async (_name, given, expected, keeper = disk()) => {
  expect(await keepCollected(given, KEEPING, keeper)).toEqual({
    ...NOTHING_COLLECTED,
    ...expected,
  });
});

test('the files of an earlier command are kept, whatever it was asked for', async () => {
  const keeping = { ...KEEPING, patterns: undefined };
  const collected = await keepCollected(received(['a'], ['z']), keeping, disk());
  expect(collected).toEqual({ ...NOTHING_COLLECTED, ...A, unmatched: ['z'] });
});

describe('if-no-files-collected', () => {
  test.each([
    ['error', { unmatched: [], problem: { kind: 'no-match', patterns: ['x'] } }],
    ['warn', { unmatched: ['x'] }],
    ['ignore', { unmatched: [] }],
  ] as const)('%s: the files that came are kept', async (ifNoFilesCollected, expected) => {
    const keeping = { ...KEEPING, ifNoFilesCollected };
    const collected = await keepCollected(received(['a'], ['x']), keeping, disk());
    expect(collected).toMatchObject({ ...expected, files: [{ path: 'a' }] });
    expect(collected?.problem === undefined).toBe(ifNoFilesCollected !== 'error');
  });

  test('error, where every pattern brought a file', async () => {
    const keeping = { ...KEEPING, ifNoFilesCollected: 'error' } as const;
    const collected = await keepCollected(received(['a']), keeping, disk());
    expect(collected?.problem).toBeUndefined();
  });
});
