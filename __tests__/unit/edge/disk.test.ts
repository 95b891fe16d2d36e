import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import type { FileStats } from '../../../src/files/disk.ts';
import { onLinux } from '../../tools.ts';
import { scratch } from '../../scratch.ts';

const top = scratch('disk');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
  mkdirSync(path.join(folder, 'k8s'));
});

// Linux stands for the others here: what differs is how they tell where an open file is.
onLinux(() => {
  describe.each(['linux', 'darwin', 'win32'])(
    'a file is read as it is looked at: %s',
    (platform) => {
      const disk = nodeDisk(platform);
      const content = 'content '.repeat(12_500);
      let file = '';
      const read = async (looked: FileStats) => (await disk.read(file, looked))?.toString();
      beforeEach(() => {
        file = path.join(folder, 'k8s/a.yaml');
        writeFileSync(file, content);
      });

      test('all of it, and it is closed', async () => {
        const before = readdirSync('/proc/self/fd').length;
        expect(await read(await disk.stat(file))).toBe(content);
        expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
      });

      test('as it is by then, where it is shorter', async () => {
        const looked = await disk.stat(file);
        truncateSync(file, 3);
        expect(await read(looked)).toBe('con');
      });

      test('no more than was looked at, if it is longer: Node refuses to read 3 GB', async () => {
        const looked = await disk.stat(file);
        truncateSync(file, 3_000_000_000);
        expect(await read(looked)).toBe(content);
      });

      test('not where another one, or a folder, took its place', async () => {
        const looked = await disk.stat(file);
        writeFileSync(path.join(folder, 'other'), 'other');
        renameSync(path.join(folder, 'other'), file);
        expect(await read(looked)).toBeUndefined();
        const k8s = path.join(folder, 'k8s');
        expect(await disk.read(k8s, await disk.stat(k8s))).toBeUndefined();
      });

      test('not where a link did', async () => {
        const looked = await disk.stat(file);
        renameSync(file, path.join(folder, 'moved'));
        symlinkSync('../moved', file);
        await expect(read(looked)).rejects.toThrow('ELOOP');
      });

      // Windows has several spellings of a real path: there the file itself has to do.
      test('by a folder that is a link: not unless this is Windows', async () => {
        const looked = await disk.stat(file);
        renameSync(path.join(folder, 'k8s'), path.join(folder, 'moved'));
        symlinkSync('moved', path.join(folder, 'k8s'));
        expect(await read(looked)).toBe(platform === 'win32' ? content : undefined);
      });
    },
  );
});

test('a real path is spelled as on the disk, and what is not there has none', async () => {
  const disk = nodeDisk('linux');
  expect(await disk.realPath(path.join(folder, 'k8s/..'))).toBe(folder);
  await expect(disk.realPath(path.join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('paths have slashes, on Windows, too', () => {
  expect(nodeDisk('win32').resolve('/a', String.raw`b\c`)).toMatch(/\/a\/b\/c$/);
  if (path.sep === '/')
    expect(nodeDisk('linux').resolve('/a', String.raw`b\c`)).toBe(String.raw`/a/b\c`);
});

test('a listing marks folders, but not links to one; a file has a size and a mode', async () => {
  const disk = nodeDisk(process.platform);
  const file = path.join(folder, 'run.sh');
  writeFileSync(file, '12345', { mode: 0o750 });
  if (process.platform !== 'win32') symlinkSync('k8s', path.join(folder, 'link'));
  const folders = (await disk.list(folder)).filter(({ isFolder }) => isFolder);
  expect(folders).toEqual([{ name: 'k8s', isFolder: true }]);
  const mode = process.platform === 'win32' ? {} : { mode: 0o750 };
  expect(await disk.stat(file)).toMatchObject({ kind: 'file', bytes: 5, ...mode });
});

test('a search prints nothing, follows no link, and finds all but folders', async () => {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  const written: unknown[] = [];
  stdout.write = (text: unknown) => written.push(text) > 0;
  try {
    const disk = nodeDisk(process.platform);
    writeFileSync(path.join(folder, 'k8s/a.yaml'), '');
    if (process.platform !== 'win32') symlinkSync('k8s', path.join(folder, 'k8s/link'));
    const slashed = folder.replaceAll(path.sep, '/');
    const search = disk.search(slashed, 'k*');
    stdout.write('meanwhile');
    const names = process.platform === 'win32' ? ['a.yaml'] : ['a.yaml', 'link'];
    expect([...(await search)].sort()).toEqual(names.map((name) => `${slashed}/k8s/${name}`));
    expect(written).toEqual(['meanwhile']);
  } finally {
    stdout.write = write;
  }
});

test.each<[platform: string, windows: boolean, ignoresCase: boolean]>([
  ['linux', false, false],
  ['darwin', false, true],
  ['win32', true, true],
])('on %s', (platform, windows, ignoresCase) => {
  expect(nodeDisk(platform)).toMatchObject({ windows, ignoresCase });
});
