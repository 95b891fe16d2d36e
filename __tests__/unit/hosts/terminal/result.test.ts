import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openResult, Result } from '../../../../src/hosts/terminal/result.ts';
import { onLinux } from '../../../support/tools.ts';
import { scratch } from '../../../support/scratch.ts';

const top = scratch('result');

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(top, 'folder-'));
});

test('numbers and booleans stay what they are, so that jq can test them', () => {
  const result = new Result();
  expect(result.json()).toBe('');
  const outputs = { state: 'failed', 'exit-code': 3, duration: null, 'output-truncated': false };
  for (const [name, value] of Object.entries(outputs)) result.outputs.set(name, value);
  result.stepOutputs.set('a', '1');
  expect(JSON.parse(result.json())).toEqual({ ...outputs, outputs: { a: '1' }, summary: '' });
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
    test.each([
      ['stdout', '-', 'use -o json'],
      ['a link, as /dev/stdout is', 'link', 'use -o json'],
      ['a folder', '.', 'it is not a regular file'],
    ])('%s is refused, and nothing changes', (_name, target, why) => {
      symlinkSync('old', at('link'));
      expect(() => openResult(target === '-' ? target : path.resolve(folder, target))).toThrow(why);
      expect(readFileSync(at('old'), 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['link', 'old']);
    });
  });
});
