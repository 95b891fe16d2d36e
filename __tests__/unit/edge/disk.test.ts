import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { nodeDisk } from '../../../src/edge/disk.ts';
import type { NewFile } from '../../../src/files/disk.ts';
import { onLinux } from '../../support/tools.ts';
import { scratch } from '../../support/scratch.ts';

const disk = nodeDisk(process.platform);
const top = scratch('disk');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
  mkdirSync(path.join(folder, 'k8s'));
});

test('paths have slashes, on Windows, too', () => {
  expect(nodeDisk('win32').resolve('/a', String.raw`b\c`)).toMatch(/\/a\/b\/c$/);
  if (path.sep === '/')
    expect(nodeDisk('linux').resolve('/a', String.raw`b\c`)).toBe(String.raw`/a/b\c`);
});

test('a listing tells files, folders, and links apart', async () => {
  writeFileSync(path.join(folder, 'run.sh'), '');
  if (process.platform !== 'win32') symlinkSync('k8s', path.join(folder, 'link'));
  const kinds = (await disk.list(folder)).map(
    ({ name, isFile, isFolder }) => `${name} ${isFile} ${isFolder}`,
  );
  const link = process.platform === 'win32' ? [] : ['link false false'];
  expect(kinds.sort()).toEqual(['k8s false true', ...link, 'run.sh true false']);
});

test('a file has a size, a mode, and bytes', async () => {
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

const below = (): string => mkdtempSync(path.join(top, 'temp-'));

function file(name: string, content: string | Buffer = ''): NewFile {
  return { path: name, content: Buffer.from(content) };
}

const modesIn = (folder: string, names: string[]) =>
  names.map((name) => (lstatSync(path.join(folder, name)).mode & 0o7777).toString(8));

describe('files that were collected', () => {
  test('come into a new folder at their paths, readable for all, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      const temp = below();
      const { folder, notAllowed } = await disk.writeFolder({ below: temp }, [
        file('a.xml', '<a/>'),
        file('logs/deep/.hidden', Buffer.from([0, 255])),
        file('logs/empty'),
      ]);
      expect(notAllowed).toEqual([]);
      expect(readdirSync(temp).map((name) => path.join(temp, name))).toEqual([folder]);
      expect(readFileSync(path.join(folder, 'a.xml'), 'utf8')).toBe('<a/>');
      expect([...readFileSync(path.join(folder, 'logs/deep/.hidden'))]).toEqual([0, 255]);
      // Windows has no such modes.
      if (process.platform === 'win32') return;
      expect(modesIn(folder, [''])).toEqual(['755']);
      expect(modesIn(folder, ['a.xml', 'logs/empty'])).toEqual(['644', '644']);
    } finally {
      process.umask(before);
    }
  });

  test('with a name that the system cannot hold are left out, and the others come', async () => {
    const long = ['x'.repeat(256), `${'y'.repeat(300)}/z`];
    const files = ['a', ...long, 'a/b'].map((name) => file(name));
    const { folder, notAllowed } = await disk.writeFolder({ below: below() }, files);
    expect(notAllowed).toEqual([...long, 'a/b']);
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

test('where the disk does not take them, nothing is left of them', async () => {
  const temp = below();
  const full = {
    path: 'b',
    get content(): Buffer {
      throw new Error('ENOSPC: no space left on device');
    },
  };
  await expect(disk.writeFolder({ below: temp }, [file('a/b', 'x'), full])).rejects.toThrow(
    'ENOSPC',
  );
  expect(readdirSync(temp)).toEqual([]);
});

describe('a folder that was asked for', () => {
  test.each([
    ['is made', 'a/b'],
    ['is taken if it is empty', ''],
  ])('%s', async (_name, name) => {
    const folder = path.join(below(), name);
    expect(await disk.writeFolder({ at: folder }, [file('x', '1')])).toEqual({
      folder,
      notAllowed: [],
    });
    expect(readFileSync(path.join(folder, 'x'), 'utf8')).toBe('1');
  });

  test('that holds anything is refused, and keeps it', async () => {
    const folder = below();
    mkdirSync(path.join(folder, 'mine'));
    writeFileSync(path.join(folder, 'mine/too'), '');
    await expect(disk.writeFolder({ at: folder }, [file('x')])).rejects.toThrow('is not empty');
    expect(readdirSync(folder)).toEqual(['mine']);
  });
});

onLinux(() => {
  test('a path that is too long to open is left out, though each of its names is not', async () => {
    const long = Array.from({ length: 17 }, () => 'x'.repeat(240)).join('/');
    const { folder, notAllowed } = await disk.writeFolder({ below: below() }, [
      file(long),
      file('a'),
    ]);
    expect(notAllowed).toEqual([long]);
    expect(readdirSync(folder)).toContain('a');
  });
});

describe('names on Windows', () => {
  const held = ['a/b.xml', 'Controller/console', 'com10', '.hidden', 'ä ö', 'x'.repeat(255)];
  const devices = ['CON', 'x/nul.txt', 'Aux .log', 'lpt1', 'COM¹', 'conin$'];
  const others = ['a:b', 'a/b.', 'a /b', 'a?', 'a\tb', '..\\b', 'x'.repeat(256)];
  test.each([...held, ...devices, ...others])('%s', async (name) => {
    const { notAllowed } = await nodeDisk('win32').writeFolder({ below: below() }, [file(name)]);
    expect(notAllowed).toEqual(held.includes(name) ? [] : [name]);
  });

  onLinux(() => {
    test('are like any other elsewhere', async () => {
      const files = [...devices, 'a:b', 'a?'].map((name) => file(name));
      const { notAllowed } = await disk.writeFolder({ below: below() }, files);
      expect(notAllowed).toEqual([]);
    });
  });
});
