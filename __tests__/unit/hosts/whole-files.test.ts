import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { appendWhole, writeOutputFile } from '../../../src/hosts/whole-files.ts';
import { needing } from '../../support/tools.ts';
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
