import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import { scratch } from '../../scratch.ts';

const top = scratch('disk');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
  mkdirSync(path.join(folder, 'k8s'));
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

test('a listing tells files, folders, and links apart', async () => {
  const disk = nodeDisk(process.platform);
  writeFileSync(path.join(folder, 'run.sh'), '');
  if (process.platform !== 'win32') symlinkSync('k8s', path.join(folder, 'link'));
  const kinds = (await disk.list(folder)).map(
    ({ name, isFile, isFolder }) => `${name} ${isFile} ${isFolder}`,
  );
  const link = process.platform === 'win32' ? [] : ['link false false'];
  expect(kinds.sort()).toEqual(['k8s false true', ...link, 'run.sh true false']);
});

test('a file has a size, a mode, and bytes', async () => {
  const disk = nodeDisk(process.platform);
  const file = path.join(folder, 'run.sh');
  writeFileSync(file, '12345', { mode: 0o750 });
  const mode = process.platform === 'win32' ? {} : { mode: 0o750 };
  expect(await disk.stat(file)).toMatchObject({ kind: 'file', bytes: 5, ...mode });
  expect(String(await disk.read(file))).toBe('12345');
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
    const search = disk.search(slashed, ['k*', 'none']);
    stdout.write('meanwhile');
    const names = process.platform === 'win32' ? ['a.yaml'] : ['a.yaml', 'link'];
    expect([...(await search)].sort()).toEqual(names.map((name) => `${slashed}/k8s/${name}`));
    expect(written).toEqual(['meanwhile']);
  } finally {
    stdout.write = write;
  }
});
