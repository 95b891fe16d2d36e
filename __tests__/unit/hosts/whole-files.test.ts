import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { appendWhole, openResult, writeOutputFile } from '../../../src/hosts/whole-files.ts';
import { needing, onLinux } from '../../support/tools.ts';
import { scratch } from '../../support/scratch.ts';

const top = scratch('whole-files');

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
});

test('the output file is in a new folder, whole, and for this user alone', () => {
  const files = [writeOutputFile(folder, 'one\n'), writeOutputFile(folder, 'two\n')];
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['one\n', 'two\n']);
  for (const file of files) {
    expect(path.dirname(path.dirname(file))).toBe(folder);
    if (process.platform === 'win32') continue;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  }
});

needing(['mkfifo'], () => {
  test('a pipe in place of a file of the runner is refused, not waited for', () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(() => {
      appendWhole(at('pipe'), () => {
        throw new Error('opened');
      });
    }).toThrow(`${at('pipe')} is not a regular file`);
  });
});

describe('the file of --result', () => {
  beforeEach(() => {
    writeFileSync(at('old'), 'old');
  });

  test('an old result goes at once, and the new one is whole, for the caller alone', () => {
    const save = openResult(at('old'));
    expect(readdirSync(folder)).not.toContain('old');
    save('new');
    expect(readFileSync(at('old'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['old']);
    if (process.platform !== 'win32') expect(statSync(at('old')).mode & 0o777).toBe(0o600);
  });

  test('without a verdict, nothing is left', () => {
    openResult(at('new'))('');
    expect(readdirSync(folder)).toEqual(['old']);
  });

  onLinux(() => {
    // A pipe of its own: a change of the code that replaced a device of this machine would harm it.
    test('what is no regular file is written to, and never replaced', () => {
      execFileSync('mkfifo', [at('pipe')]);
      const reader = openSync(at('pipe'), constants.O_RDWR | constants.O_NONBLOCK);
      openResult(at('pipe'))('new');
      const written = Buffer.alloc(3);
      readSync(reader, written);
      closeSync(reader);
      expect(written.toString()).toBe('new');
      expect(statSync(at('pipe')).isFIFO()).toBe(true);
    });

    test.each([
      ['stdout', '-', 'use -o json'],
      [
        'a link to a file, as /dev/stdout is if stdout goes to a log',
        'link',
        'it is a link to a file',
      ],
      ['a folder', '.', 'EISDIR'],
    ])('%s is refused, and nothing changes', (_name, target, why) => {
      symlinkSync('old', at('link'));
      expect(() => openResult(target === '-' ? target : path.resolve(folder, target))).toThrow(why);
      expect(readFileSync(at('old'), 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['link', 'old']);
    });
  });
});
