import { describe, expect, test } from '@jest/globals';
import { keepCollected } from '../../../src/lifecycle/keep-collected.ts';
import type { Disk } from '../../../src/files/disk.ts';
import type { Bundle } from '../../../src/pod/bundle.ts';
import type { PodReport } from '../../../src/pod/stream.ts';

const file = (name: string) => ({ path: Buffer.from(name), name, content: Buffer.from('12345') });
const files = (more: Partial<Bundle & { kind: 'files' }> = {}): Bundle => ({
  ...{ kind: 'files', files: [], leftOut: [], leftOutMore: 0, unmatched: [] },
  ...more,
});
const report = (bundle?: Bundle): PodReport => {
  const output = { text: '', truncated: false };
  return { kind: 'ran', output, complete: true, ...(bundle && { bundle }) };
};
type Writing = Pick<Disk, 'writeFolder'>;
const disk = (unheld: readonly string[] = []): Writing => ({
  writeFolder: () => Promise.resolve({ folder: '/temp/c', unheld }),
});
const full: Writing = { writeFolder: () => Promise.reject(new Error('ENOSPC')) };
const into = { below: '/temp' };
const asked = { asked: true, ifNoFilesCollected: 'warn', into } as const;

test.each<[string, PodReport, boolean]>([
  ['of what ran without the script', { kind: 'foreign', output: '' }, true],
  ['of a command that did not run', { kind: 'refused', alone: true, lacks: 'bash' }, true],
  ['where nobody asked, and nothing came', report(), false],
])('nothing to tell %s', async (_name, ending, isAsked) => {
  expect(await keepCollected(ending, { ...asked, asked: isAsked }, disk())).toBeUndefined();
});

const NOTHING = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
const BROKEN = { kind: 'refused', problem: 'x' } as const;
const A = { folder: '/temp/c', files: [{ path: 'a', bytes: 5 }] };
const UNWRITABLE = { kind: 'unwritable', detail: 'ENOSPC' } as const;
test.each<[string, PodReport, object, Writing?]>([
  ['what was lost', report(), { problem: { kind: 'lost' } }],
  ['what was refused', report(BROKEN), { problem: BROKEN }],
  ['files', report(files({ files: [file('a')] })), A],
  ['no files: no folder', report(files({ unmatched: ['x'] })), { unmatched: ['x'] }],
  [
    'a name that the system cannot hold',
    report(files({ files: [file('a'), file('CON')] })),
    { ...A, unheld: ['CON'] },
    disk(['CON']),
  ],
  ['a full disk', report(files({ files: [file('a')] })), { problem: UNWRITABLE }, full],
])('what is told of %s', async (_name, ending, told, keeper = disk()) => {
  expect(await keepCollected(ending, asked, keeper)).toEqual({ ...NOTHING, ...told });
});

describe('if-no-files-collected', () => {
  const ending = report(files({ files: [file('a')], unmatched: ['x'] }));
  test.each([
    ['error', { unmatched: [], problem: { kind: 'no-match', patterns: ['x'] } }],
    ['warn', { unmatched: ['x'] }],
    ['ignore', { unmatched: [] }],
  ] as const)('%s: the files that came are kept', async (ifNoFilesCollected, told) => {
    const collected = await keepCollected(ending, { ...asked, ifNoFilesCollected }, disk());
    expect(collected).toMatchObject({ ...told, files: [{ path: 'a' }] });
    expect(collected?.problem === undefined).toBe(ifNoFilesCollected !== 'error');
  });

  test('error, where every pattern brought a file', async () => {
    const all = report(files({ files: [file('a')] }));
    const collected = await keepCollected(all, { ...asked, ifNoFilesCollected: 'error' }, disk());
    expect(collected?.problem).toBeUndefined();
  });
});
