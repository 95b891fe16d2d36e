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
import { readEntries } from '../../../local/runner/entries.ts';
import { needing, onLinux } from '../../tools.ts';
import { scratch } from '../../scratch.ts';

const HOST = path.resolve(import.meta.dirname, '../../../src/hosts/github-runner.ts');
const top = scratch('whole-files');

let folder: string;
const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
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

/**
 * Runs a module with a limit on the size of each file, which a write meets as it meets a full disk.
 */
function withFilesUpTo32KiB(program: string): string {
  const env = {
    PATH: process.env['PATH'],
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: at('outputs'),
    GITHUB_STEP_SUMMARY: at('summary'),
  };
  const words = [process.execPath, '--input-type=module', '--eval', program];
  return execFileSync('sh', ['-c', 'ulimit -f 64; exec "$@"', 'sh', ...words], {
    env,
    encoding: 'utf8',
  });
}

needing(['sh'], () => {
  test('a file of the runner that fills up keeps its whole entries, and takes later ones', () => {
    writeFileSync(at('outputs'), 'before=1\n');
    writeFileSync(at('summary'), '# Before\n');
    const said = withFilesUpTo32KiB(`
      const { githubRunner } = await import(${JSON.stringify(HOST)});
      const host = githubRunner();
      const long = 'x'.repeat(40_000);
      const failures = [];
      const outputs = [['state', 'failed'], ['output', long], ['a<', long], ['b', '2']];
      for (const [name, value] of outputs) {
        try { host.setOutput(name, value); } catch (error) { failures.push(name, error.code); }
      }
      for (const text of ['# One\\n', long, '# Two\\n']) {
        try { host.writeSummary(text); } catch (error) { failures.push('summary', error.code); }
      }
      console.log(failures.join(' '));
    `);
    expect(said).toBe('output EFBIG a< EFBIG summary EFBIG\n');
    expect(readEntries(read('outputs'), { windows: false })).toEqual([
      ['before', '1'],
      ['state', 'failed'],
      ['b', '2'],
    ]);
    expect(read('summary')).toBe('# Before\n# One\n# Two\n');
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
