import { describe, expect, test } from '@jest/globals';
import { keepCollected } from '../../../src/lifecycle/keep-collected.ts';
import type { Bundle } from '../../../src/pod/bundle.ts';
import type { PodReport } from '../../../src/pod/stream.ts';

const file = (name: string) => ({ path: Buffer.from(name), name, content: Buffer.from('12345') });
const files = (more: Partial<Bundle & { kind: 'files' }> = {}): Bundle => ({
  kind: 'files',
  files: [],
  leftOut: [],
  leftOutMore: 0,
  unmatched: [],
  ...more,
});
const report = (bundle?: Bundle, more: object = {}): PodReport => ({
  kind: 'ran',
  output: { text: '', truncated: false },
  complete: true,
  ...(bundle && { bundle }),
  ...more,
});
const collector = (unheld: readonly string[] = []) => ({ keep: () => Promise.resolve({ folder: '/temp/c', unheld }) });
const full = { keep: () => Promise.reject(new Error('ENOSPC')) };
const asked = { asked: true, ifNoFilesCollected: 'warn' } as const;

describe('nothing to tell', () => {
  test.each<[string, PodReport, boolean]>([
    ['of what ran without the script', { kind: 'foreign', output: '' }, true],
    ['of a command that did not run', { kind: 'refused', alone: true, lacks: 'bash' }, true],
    ['where nobody asked, and nothing came', report(), false],
  ])('%s', async (_name, ending, isAsked) => {
    expect(await keepCollected(ending, { ...asked, asked: isAsked }, collector())).toBeUndefined();
  });
});

test('of what did not come back, nothing but why', async () => {
  const nothing = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };
  expect(await keepCollected(report(), asked, collector())).toEqual({ ...nothing, problem: { kind: 'lost' } });
  const refused = { kind: 'refused', problem: 'x' } as const;
  expect(await keepCollected(report(refused), asked, collector())).toEqual({ ...nothing, problem: refused });
});

describe('what is told', () => {
  test.each<[string, PodReport, object]>([
    ['asked for, and lost', report(), { problem: { kind: 'lost' } }],
    ['refused', report({ kind: 'refused', problem: 'x' }), { problem: { kind: 'refused', problem: 'x' } }],
    ['files', report(files({ files: [file('a')] })), { folder: '/temp/c', files: [{ path: 'a', bytes: 5 }] }],
    ['no files: no folder', report(files({ unmatched: ['x'] })), { folder: '', files: [], unmatched: ['x'] }],
  ])('%s', async (_name, ending, told) => {
    expect(await keepCollected(ending, asked, collector())).toMatchObject(told);
  });

  test('a name that the system cannot hold is not among the files', async () => {
    const ending = report(files({ files: [file('a'), file('CON')] }));
    expect(await keepCollected(ending, asked, collector(['CON']))).toMatchObject({
      files: [{ path: 'a', bytes: 5 }],
      unheld: ['CON'],
    });
  });

  test('a disk that does not take them', async () => {
    expect(await keepCollected(report(files({ files: [file('a')] })), asked, full)).toMatchObject({
      folder: '',
      problem: { kind: 'unwritable', detail: 'ENOSPC' },
    });
  });
});

describe('if-no-files-collected', () => {
  const ending = report(files({ files: [file('a')], unmatched: ['x'] }));
  test.each([
    ['error', { unmatched: [], problem: { kind: 'no-match', patterns: ['x'] } }],
    ['warn', { unmatched: ['x'] }],
    ['ignore', { unmatched: [] }],
  ] as const)('%s: the files that came are kept', async (ifNoFilesCollected, told) => {
    const collected = await keepCollected(ending, { asked: true, ifNoFilesCollected }, collector());
    expect(collected).toMatchObject({ ...told, files: [{ path: 'a' }] });
    expect(collected?.problem === undefined).toBe(ifNoFilesCollected !== 'error');
  });

  test('error, where every pattern brought a file', async () => {
    const all = report(files({ files: [file('a')] }));
    const collected = await keepCollected(all, { asked: true, ifNoFilesCollected: 'error' }, collector());
    expect(collected?.problem).toBeUndefined();
  });
});
