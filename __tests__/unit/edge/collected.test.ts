import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { canHold, collectorIn } from '../../../src/edge/collected.ts';
import type { CollectedFile } from '../../../src/pod/bundle.ts';
import { onLinux } from '../../tools.ts';

const scratch = mkdtempSync(join(tmpdir(), 'collected-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const below = (): string => mkdtempSync(join(scratch, 'temp-'));

function file(path: string | Buffer, content: string | Buffer = ''): CollectedFile {
  const bytes = Buffer.from(path);
  return { path: bytes, name: bytes.toString(), content: Buffer.from(content) };
}

function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o7777).toString(8);
}

describe('files', () => {
  test('come into a new folder at their paths, 0644 and 0755, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      const temp = below();
      const { folder, unheld } = await collectorIn({ below: temp }).keep([
        file('a.xml', '<a/>'),
        file('logs/deep/.hidden', Buffer.from([0, 255])),
        file('logs/empty'),
      ]);
      expect(unheld).toEqual([]);
      expect(readdirSync(temp).map((name) => join(temp, name))).toEqual([folder]);
      expect(readFileSync(join(folder, 'a.xml'), 'utf8')).toBe('<a/>');
      expect([...readFileSync(join(folder, 'logs/deep/.hidden'))]).toEqual([0, 255]);
      // Windows has no such modes.
      if (process.platform === 'win32') return;
      expect(['', 'logs', 'logs/deep'].map((name) => modeOf(join(folder, name)))).toEqual(['755', '755', '755']);
      expect(['a.xml', 'logs/empty'].map((name) => modeOf(join(folder, name)))).toEqual(['644', '644']);
    } finally {
      process.umask(before);
    }
  });

  onLinux(() => {
    test('keep every byte of their names', async () => {
      const segment = Buffer.from(
        [...Array(255).keys()].map((byte) => byte + 1).filter((byte) => byte !== 0x2f && byte !== 0x0a),
      );
      const { folder, unheld } = await collectorIn({ below: below() }).keep([
        { ...file(segment), content: Buffer.from('x') },
      ]);
      expect(unheld).toEqual([]);
      expect(readdirSync(folder, { encoding: 'buffer' })).toEqual([segment]);
    });
  });

  test('with a name that the system cannot hold are left out, and the others come', async () => {
    const { folder, unheld } = await collectorIn({ below: below() }).keep([
      file('a'),
      file('x'.repeat(256)),
      file(`${'y'.repeat(300)}/z`),
      file('a/b'),
    ]);
    expect(unheld).toEqual(['x'.repeat(256), `${'y'.repeat(300)}/z`, 'a/b']);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('of which none comes leave an empty folder', async () => {
    const { folder } = await collectorIn({ below: below() }).keep([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('where the disk does not take them, nothing is left of them', async () => {
  const temp = below();
  // A content that cannot be written stands for a disk that is full.
  const broken = {
    ...file('b'),
    get content(): Buffer {
      throw new Error('ENOSPC: no space left on device');
    },
  };
  await expect(collectorIn({ below: temp }).keep([file('a/b', 'x'), broken])).rejects.toThrow('ENOSPC');
  expect(readdirSync(temp)).toEqual([]);
});

describe('a folder that was asked for', () => {
  test('is made', async () => {
    const folder = join(below(), 'a/b');
    expect(await collectorIn({ folder }).keep([file('x', '1')])).toEqual({ folder, unheld: [] });
    expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('1');
  });

  test('is taken if it is empty', async () => {
    const folder = below();
    await collectorIn({ folder }).keep([file('x')]);
    expect(readdirSync(folder)).toEqual(['x']);
  });

  test('that holds anything is refused, and keeps it', async () => {
    const folder = below();
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/too'), '');
    await expect(collectorIn({ folder }).keep([file('x')])).rejects.toThrow('is not empty');
    expect(readdirSync(folder)).toEqual(['mine']);
  });
});

onLinux(() => {
  test('no link is followed: what lies in the way is left alone', async () => {
    const folder = below();
    const outside = below();
    const collector = collectorIn({ folder });
    const racing = {
      ...file('link/x'),
      get content(): Buffer {
        return Buffer.from('x');
      },
    };
    // In the place of the folder that comes second there is a link by then.
    const first = {
      ...file('a'),
      get content(): Buffer {
        execFileSync('ln', ['-s', outside, join(folder, 'link')]);
        return Buffer.from('');
      },
    };
    const { unheld } = await collector.keep([first, racing]);
    expect(unheld).toEqual(['link/x']);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('names on Windows', () => {
  test.each([
    ['a/b.xml', true],
    ['Controller/console', true],
    ['com10', true],
    ['.hidden', true],
    ['ä ö', true],
    ['a:b', false],
    ['a:', false],
    ['CON', false],
    ['x/nul.txt', false],
    ['Aux .log', false],
    ['lpt1', false],
    ['COM¹', false],
    ['conin$', false],
    ['a/b.', false],
    ['a /b', false],
    ['a?', false],
    ['a\tb', false],
    ['a|b', false],
    ['"a"', false],
    ['<a>', false],
    ['x'.repeat(255), true],
    ['x'.repeat(256), false],
  ])('%s', (name, held) => {
    expect(canHold('win32', file(name))).toBe(held);
    expect(canHold('linux', file(name))).toBe(true);
  });

  test('that are no UTF-8', () => {
    expect(canHold('win32', file(Buffer.from([0xff])))).toBe(false);
  });
});
