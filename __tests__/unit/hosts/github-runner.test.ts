import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readEntries } from '../../../local/runner/entries.ts';
import { githubRunner } from '../../../src/hosts/github-runner.ts';
import type { Log } from '../../../src/hosts/port.ts';
import { trusted } from '../../../src/text/trusted.ts';
import { scratch } from '../../scratch.ts';

const folder = scratch('github-runner');

/** A file that a variable names, as the runner gives it to a step. */
function given(variable: string, content: string): string {
  const file = path.join(folder, variable);
  writeFileSync(file, content);
  process.env[variable] = file;
  return file;
}

describe('whether a run is of a pull request from a fork', () => {
  const pullRequest = (repo: unknown) => JSON.stringify({ pull_request: { head: { repo } } });
  test.each<[name: string, event: string, expected: boolean]>([
    ['a pull request from a fork', pullRequest({ fork: true }), true],
    ['a pull request from a branch', pullRequest({ fork: false }), false],
    ['a pull request whose fork was deleted', pullRequest(null), false],
    ['a push', '{"ref":"refs/heads/main","repository":{"fork":true}}', false],
    ['broken JSON', '{"pull_request":{"head":', false],
  ])('%s', (_name, event, expected) => {
    given('GITHUB_EVENT_PATH', event);
    expect(githubRunner().isFromFork()).toBe(expected);
  });

  test('no event file: not known to be', () => {
    delete process.env['GITHUB_EVENT_PATH'];
    expect(githubRunner().isFromFork()).toBe(false);
  });
});

describe('step outputs are read back as they were set, by the grammar of the runner', () => {
  test.each([
    ['a', 'one\ntwo\r\n'],
    ['a', ''],
    ['a<', 'value'],
    ['a<', ''],
    ['a<', 'x<<EOF=y\r'],
    ['<', 'value'],
    ['a<b', 'value\n'],
    ['::error::', '##[error]'],
    [' ', ' '],
  ])('%j with %j', (name, value) => {
    const file = given('GITHUB_OUTPUT', '');
    githubRunner().setOutput(name, value);
    githubRunner().setOutput('after', 'it');
    const entries = readEntries(readFileSync(file, 'utf8'), { windows: false });
    expect(Object.fromEntries(entries)).toEqual({ [name]: value, after: 'it' });
  });
});

test('inputs are read untrimmed, and named whether declared or not', () => {
  process.env['INPUT_COMMAND'] = ' echo \n';
  process.env['INPUT_SOMETHING_ELSE'] = 'x';
  const host = githubRunner();
  expect(host.input('command')).toBe(' echo \n');
  expect(host.input('none')).toBe('');
  expect(host.inputNames).toEqual(expect.arrayContaining(['command', 'something_else']));
});

/** What the host writes to stdout meanwhile. */
function written(work: () => void): string {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let text = '';
  stdout.write = (piece: string) => {
    text += piece;
    return true;
  };
  try {
    work();
  } finally {
    stdout.write = write;
  }
  return text.replaceAll(/[0-9a-f]{32}/g, 'TOKEN');
}

describe('foreign text', () => {
  const fence = (text: string) => `::stop-commands::TOKEN\n${text}::TOKEN::\n`;
  test.each([
    ['nothing', '', ''],
    ['plain text, as it is', 'a\nb\n', 'a\nb\n'],
    ['text without a line end gets one', 'a', 'a\n'],
    ['a command at the start of a line', '::error::x\n', fence('::error::x\n')],
    ['an old command, anywhere in a line', 'x ##[error]x\n', fence('x ##[error]x\n')],
    ['the fence ends on a line of its own', 'x ##[error]x', fence('x ##[error]x\n')],
  ])('is fenced if it could be a command: %s', (_name, text, expected) => {
    const host = githubRunner();
    expect(
      written(() => {
        host.log.show(text);
      }),
    ).toBe(expected);
    expect(written(() => void host.showOutput(text))).toBe(expected);
  });

  test('two fences have two tokens', () => {
    const tokens = new Set<string>();
    const { stdout } = process;
    const write = stdout.write.bind(stdout);
    stdout.write = (piece: string) => {
      tokens.add(/::stop-commands::([0-9a-f]{32})\n/.exec(piece)?.[1] ?? '');
      return true;
    };
    githubRunner().log.show('::a::');
    githubRunner().log.show('::a::');
    stdout.write = write;
    expect(tokens.size).toBe(2);
  });

  test('has its own group, and the fence is inside of it', () => {
    const { log } = githubRunner();
    const expected = `::group::Title\n${fence('##[x]\n')}::endgroup::\n`;
    expect(
      written(() => {
        log.group(trusted`Title`, '##[x]');
      }),
    ).toBe(expected);
    expect(
      written(() => {
        log.detail(trusted`Title`, '##[x]');
      }),
    ).toBe(expected);
  });
});

describe('our own lines', () => {
  test.each<[string, (log: Log) => void, string]>([
    [
      'a line',
      (log) => {
        log.info(trusted`a`);
      },
      'a\n',
    ],
    [
      'progress',
      (log) => {
        log.progress('running', trusted`a`);
      },
      'a\n',
    ],
    [
      'progress without a line',
      (log) => {
        log.progress('running');
      },
      '',
    ],
    [
      'a warning',
      (log) => {
        log.warn('a\nb');
      },
      '::warning::a%0Ab\n',
    ],
    [
      'a debug line that nobody asked for',
      (log) => {
        log.debug('a');
      },
      '',
    ],
  ])('%s', (_name, work, expected) => {
    expect(
      written(() => {
        work(githubRunner().log);
      }),
    ).toBe(expected);
  });

  test('a debug line, if the job is run with debug logging', () => {
    process.env['RUNNER_DEBUG'] = '1';
    expect(
      written(() => {
        githubRunner().log.debug('a');
      }),
    ).toBe('::debug::a\n');
    delete process.env['RUNNER_DEBUG'];
  });

  test('an error with its title, and a mask', () => {
    const host = githubRunner();
    expect(
      written(() => {
        host.error('a, b', 'c');
      }),
    ).toBe('::error title=a%2C b::c\n');
    expect(
      written(() => {
        host.mask('s3cret');
      }),
    ).toBe('::add-mask::s3cret\n');
  });
});

describe('files for later steps', () => {
  test('the whole output is in a file below RUNNER_TEMP', () => {
    process.env['RUNNER_TEMP'] = mkdtempSync(path.join(folder, 'temp-'));
    const file = githubRunner().keepOutput('all of it');
    expect(path.dirname(path.dirname(file))).toBe(process.env['RUNNER_TEMP']);
    expect(readFileSync(file, 'utf8')).toBe('all of it');
    delete process.env['RUNNER_TEMP'];
    const elsewhere = path.dirname(githubRunner().keepOutput(''));
    expect(path.dirname(elsewhere)).toBe(tmpdir());
    rmSync(elsewhere, { recursive: true });
  });

  test('without a file of the runner, what is missing is named', () => {
    delete process.env['GITHUB_OUTPUT'];
    delete process.env['GITHUB_STEP_SUMMARY'];
    const host = githubRunner();
    expect(() => {
      host.setOutput('a', 'b');
    }).toThrow('The runner did not set GITHUB_OUTPUT.');
    expect(() => {
      host.writeSummary('a', '');
    }).toThrow('The runner did not set GITHUB_STEP_SUMMARY.');
  });
});
