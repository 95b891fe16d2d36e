import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allowsName, writeFolder } from '../../../src/edge/collected.ts';
import type { NewFile } from '../../../src/files/disk.ts';
import { onLinux } from '../../tools.ts';
import { scratch } from '../../scratch.ts';

const top = scratch('collected');

const below = (): string => mkdtempSync(join(top, 'temp-'));

function file(path: string, content: string | Buffer = ''): NewFile {
  return { path, content: Buffer.from(content) };
}

const modesIn = (folder: string, names: string[]) =>
  names.map((name) => (lstatSync(join(folder, name)).mode & 0o7777).toString(8));

describe('files', () => {
  test('come into a new folder at their paths, readable for all, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      const temp = below();
      const { folder, notAllowed } = await writeFolder({ below: temp }, [
        file('a.xml', '<a/>'),
        file('logs/deep/.hidden', Buffer.from([0, 255])),
        file('logs/empty'),
      ]);
      expect(notAllowed).toEqual([]);
      expect(readdirSync(temp).map((name) => join(temp, name))).toEqual([folder]);
      expect(readFileSync(join(folder, 'a.xml'), 'utf8')).toBe('<a/>');
      expect([...readFileSync(join(folder, 'logs/deep/.hidden'))]).toEqual([0, 255]);
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
    const { folder, notAllowed } = await writeFolder({ below: below() }, files);
    expect(notAllowed).toEqual([...long, 'a/b']);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('of which none comes leave an empty folder', async () => {
    const { folder } = await writeFolder({ below: below() }, []);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** A file at whose turn something happens. */
const meanwhile = (path: string, act: () => void): NewFile => ({
  ...file(path),
  get content(): Buffer {
    act();
    return Buffer.from('x');
  },
});

test('where the disk does not take them, nothing is left of them', async () => {
  const temp = below();
  const full = meanwhile('b', () => {
    throw new Error('ENOSPC: no space left on device');
  });
  await expect(writeFolder({ below: temp }, [file('a/b', 'x'), full])).rejects.toThrow('ENOSPC');
  expect(readdirSync(temp)).toEqual([]);
});

describe('a folder that was asked for', () => {
  test.each([
    ['is made', 'a/b'],
    ['is taken if it is empty', ''],
  ])('%s', async (_name, name) => {
    const folder = join(below(), name);
    expect(await writeFolder({ at: folder }, [file('x', '1')])).toEqual({ folder, notAllowed: [] });
    expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('1');
  });

  test('that holds anything is refused, and keeps it', async () => {
    const folder = below();
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/too'), '');
    await expect(writeFolder({ at: folder }, [file('x')])).rejects.toThrow('is not empty');
    expect(readdirSync(folder)).toEqual(['mine']);
  });
});

onLinux(() => {
  test('a path that is too long to open is left out, though each of its names is not', async () => {
    const long = Array.from({ length: 17 }, () => 'x'.repeat(240)).join('/');
    const { folder, notAllowed } = await writeFolder({ below: below() }, [file(long), file('a')]);
    expect(notAllowed).toEqual([long]);
    expect(readdirSync(folder)).toContain('a');
  });
});

describe('names on Windows', () => {
  const held = ['a/b.xml', 'Controller/console', 'com10', '.hidden', 'ä ö', 'x'.repeat(255)];
  const devices = ['CON', 'x/nul.txt', 'Aux .log', 'lpt1', 'COM¹', 'conin$'];
  const others = ['a:b', 'a/b.', 'a /b', 'a?', 'a\tb', '..\\b', 'x'.repeat(256)];
  test.each([...held, ...devices, ...others])('%s', (name) => {
    expect(allowsName('win32', name)).toBe(held.includes(name));
    expect(allowsName('linux', name)).toBe(true);
  });
});
