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
import { beforeEach, expect, test } from '@jest/globals';
import { resultFile } from '../../../../src/hosts/terminal/result-file.ts';
import { onLinux } from '../../../tools.ts';
import { scratch } from '../../../scratch.ts';

const top = scratch('result');
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
  writeFileSync(at('old'), 'old');
});

test('an old result goes at once, and the new one is whole, for the caller alone', () => {
  const result = resultFile(at('old'));
  expect(readdirSync(folder)).not.toContain('old');
  result.write('new');
  expect(readFileSync(at('old'), 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['old']);
  if (process.platform !== 'win32') expect(statSync(at('old')).mode & 0o777).toBe(0o600);
});

test('without a verdict, nothing is left', () => {
  resultFile(at('new')).discard();
  expect(readdirSync(folder)).toEqual(['old']);
});

onLinux(() => {
  // A pipe of its own: a change of the code that replaced a device of this machine would harm it.
  test('what is no regular file is written to, and never replaced', () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reader = openSync(at('pipe'), constants.O_RDWR | constants.O_NONBLOCK);
    resultFile(at('pipe')).write('new');
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
    ['a folder', '.', 'it is a folder'],
    ['what is in no folder', 'missing/x', 'ENOENT'],
    ['what nobody can write', '/proc/x', 'ENOENT'],
  ])('%s is refused, and nothing changes', (_name, target, why) => {
    symlinkSync('old', at('link'));
    expect(() => resultFile(target === '-' ? target : path.resolve(folder, target))).toThrow(why);
    expect(readFileSync(at('old'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['link', 'old']);
  });
});
