import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import { needing, onLinux } from '../../tools.ts';

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'disk-')));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(scratch, 'folder-'));
  mkdirSync(path.join(folder, 'k8s'));
});

// Linux stands for the others here: what differs is how they tell where an open file is.
onLinux(() => {
  describe.each(['linux', 'darwin', 'win32'])('a file is read as it is looked at: %s', (platform) => {
    const disk = nodeDisk(platform);
    const content = Buffer.alloc(100_000, 'content ');
    let file = '';
    beforeEach(() => {
      file = path.join(folder, 'k8s/a.yaml');
      writeFileSync(file, content);
    });

    test('all of it, and it is closed', async () => {
      const before = readdirSync('/proc/self/fd').length;
      expect(await disk.read(file, await disk.inspect(file))).toEqual(content);
      expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
    });

    test('as it is by then, where it is shorter', async () => {
      const looked = await disk.inspect(file);
      truncateSync(file, 3);
      expect(await disk.read(file, looked)).toEqual(content.subarray(0, 3));
    });

    test('not where another one took its place', async () => {
      const looked = await disk.inspect(file);
      writeFileSync(path.join(folder, 'other'), 'other');
      renameSync(path.join(folder, 'other'), file);
      expect(await disk.read(file, looked)).toBeUndefined();
    });

    test('not where a folder did', async () => {
      const k8s = path.join(folder, 'k8s');
      expect(await disk.read(k8s, await disk.inspect(k8s))).toBeUndefined();
    });

    test('not where a link did', async () => {
      const looked = await disk.inspect(file);
      renameSync(file, path.join(folder, 'moved'));
      symlinkSync('../moved', file);
      await expect(disk.read(file, looked)).rejects.toThrow('ELOOP');
    });

    // Windows has several spellings of a real path: there the file itself has to do.
    test('by a folder that is a link: not unless this is Windows', async () => {
      const looked = await disk.inspect(file);
      renameSync(path.join(folder, 'k8s'), path.join(folder, 'moved'));
      symlinkSync('moved', path.join(folder, 'k8s'));
      expect(await disk.read(file, looked)).toEqual(platform === 'win32' ? content : undefined);
    });
  });
});

test('a real path is spelled as the disk does, and there is none of what is not there', async () => {
  const disk = nodeDisk('linux');
  expect(await disk.realPath(path.join(folder, 'k8s/..'))).toBe(folder);
  await expect(disk.realPath(path.join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('paths have slashes, on Windows, too', () => {
  expect(nodeDisk('win32').resolve('/a', String.raw`b\c`)).toMatch(/\/a\/b\/c$/);
  if (path.sep === '/') expect(nodeDisk('linux').resolve('/a', String.raw`b\c`)).toBe(String.raw`/a/b\c`);
});

needing(['mkfifo'], () => {
  test('a list tells what each thing is', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    symlinkSync('file', path.join(folder, 'link'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const entries = await nodeDisk(process.platform).list(folder);
    expect(entries.map(({ name, kind }) => `${name}: ${kind}`).sort()).toEqual([
      'file: file',
      'k8s: folder',
      'link: link',
      'pipe: other',
    ]);
  });

  test('what is looked at is told with its size and its mode', async () => {
    const file = path.join(folder, 'run.sh');
    writeFileSync(file, '12345', { mode: 0o750 });
    expect(await nodeDisk(process.platform).inspect(file)).toMatchObject({ kind: 'file', bytes: 5, mode: 0o750 });
  });
});

describe('whether a folder ignores letter case', () => {
  onLinux(() => {
    test('not where no other spelling is found', async () => {
      expect(await nodeDisk('linux').ignoresCase(folder, 'k8s')).toBe(false);
    });

    test('not where both spellings are names of their own', async () => {
      mkdirSync(path.join(folder, 'K8S'));
      expect(await nodeDisk('linux').ignoresCase(folder, 'k8s')).toBe(false);
      expect(await nodeDisk('linux').ignoresCase(folder, 'K8S')).toBe(false);
    });

    test('where a spelling is found that is not listed, whatever number the file has by it, as with exFAT by FUSE', async () => {
      const disk = nodeDisk('linux');
      await disk.list(folder);
      mkdirSync(path.join(folder, 'K8S'));
      expect(await disk.ignoresCase(folder, 'k8s')).toBe(true);
    });
  });

  test('nobody can tell by a name without letters', async () => {
    writeFileSync(path.join(folder, '1.2'), '');
    expect(await nodeDisk(process.platform).ignoresCase(folder, '1.2')).toBe(false);
  });
});
