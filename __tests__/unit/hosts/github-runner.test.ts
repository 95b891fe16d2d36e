import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEntries } from '../../../local/github/entries.ts';
import { readLog } from '../../../local/github/log.ts';
import { githubIdToken } from '../../../src/hosts/github-job.ts';
import { githubRunner } from '../../../src/hosts/github-runner.ts';
import { say, unquoted } from '../../../src/text/say.ts';
import { anyText } from '../../support/any-text.ts';
import { scratch } from '../../support/scratch.ts';

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

describe('where a job requests its ID token', () => {
  const URL = 'https://pipelines.example/token';
  const TOKEN = 'request-token';
  test.each<[name: string, url: string | undefined, token: string | undefined, is: unknown]>([
    ['a URL and a token', URL, TOKEN, { kind: 'github', url: URL, requestToken: TOKEN }],
    ['no token', URL, undefined, undefined],
    ['no URL', undefined, TOKEN, undefined],
    ['an empty token', URL, '', undefined],
  ])('%s', (_name, url, token, source) => {
    const variables = new Map([
      ['ACTIONS_ID_TOKEN_REQUEST_URL', url],
      ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', token],
    ]);
    expect(githubIdToken((name) => variables.get(name))).toEqual(source);
  });
});

describe('step outputs are read back as they were set, by the grammar of the runner', () => {
  test.each([
    ['a', 'one\ntwo\r\n'],
    ['a<', ''],
    ['a<', 'x<<EOF=y\r'],
    ['a<b', 'value\n'],
    ['::error::', '##[error]'],
  ])('%j with %j', (name, value) => {
    const file = given('GITHUB_OUTPUT', '');
    githubRunner().setOutput(name, value);
    githubRunner().setOutput('after', 'it');
    const entries = readEntries(readFileSync(file, 'utf8'), { windows: false });
    expect(Object.fromEntries(entries)).toEqual({ [name]: value, after: 'it' });
  });
});

test('what a step saves, its post step reads, and without a file nothing is printed', () => {
  const file = given('GITHUB_STATE', '');
  const host = githubRunner();
  expect(host.savedState()).toBe('');
  host.saveState('{"a":1}');
  host.saveState('');
  host.saveState('{"b":2}');
  expect(host.savedState()).toBe('{"b":2}');

  const entries = readEntries(readFileSync(file, 'utf8'), { windows: false });
  const [[name, value] = ['', '']] = [...new Map(entries)];
  process.env[`STATE_${name}`] = value;
  expect(githubRunner().savedState()).toBe('{"b":2}');
  expect(readFileSync(new URL('../../../src/post.ts', import.meta.url), 'utf8')).toContain(
    `process.env['STATE_${name}']`,
  );

  Reflect.deleteProperty(process.env, `STATE_${name}`);
  delete process.env['GITHUB_STATE'];
  expect(() => {
    host.saveState('x');
  }).toThrow('The runner did not set GITHUB_STATE');
});

test('inputs are read untrimmed, and blank ones are not given', () => {
  process.env['INPUT_COMMAND'] = ' echo \n';
  process.env['INPUT_COMMAND-ID'] = ' ';
  const host = githubRunner();
  expect(host.input('command')).toBe(' echo \n');
  expect(host.input('none')).toBe('');
  expect(['command', 'command-id', 'none'].map(host.isGiven)).toEqual([true, false, false]);
});

/** What is written to stdout meanwhile. */
function stdoutOf(work: () => void): string {
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
  return text;
}

/** The same, whatever the token of a fence. */
const written = (work: () => void) => stdoutOf(work).replaceAll(/[0-9a-f]{32}/g, 'TOKEN');

describe('untrusted text', () => {
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
    const text = stdoutOf(() => {
      githubRunner().log.show('::a::');
      githubRunner().log.show('::a::');
    });
    expect(new Set(text.match(/::stop-commands::[0-9a-f]{32}/g)).size).toBe(2);
  });

  test('has its own group, and the fence is inside of it', () => {
    const { log } = githubRunner();
    const group = `::group::Title\n${fence('##[x]\n')}::endgroup::\n`;
    expect(
      written(() => {
        log.group(say`Title`, '##[x]');
        log.detail(say`Title`, '##[x]');
      }),
    ).toBe(group + group);
  });
});

describe('our own lines', () => {
  test('are written as they are, and a warning as a command', () => {
    const { log } = githubRunner();
    expect(
      written(() => {
        log.info(say`a`);
        log.progress('running', say`b`);
        log.progress('running');
        log.debug('Nobody asked for this.');
        log.warn(unquoted('c\nd'));
      }),
    ).toBe('a\nb\n::warning::c%0Ad\n');
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
    expect(
      written(() => {
        githubRunner().error('a, b', 'c');
        githubRunner().mask('s3cret');
      }),
    ).toBe('::error title=a%2C b::c\n::add-mask::s3cret\n');
  });
});

/**
 * Characters that ICU may join with a colon next to them, or overlook: the 622 that it joins with a
 * colon before them (ICU 76, root collation), and many more.
 */
const JOINING = Array.from({ length: 0xe1000 }, (_, code) => String.fromCodePoint(code)).filter(
  (character) =>
    /[\p{M}\p{Lm}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Grapheme_Extend}]/u.test(character),
);
const joining = fc.oneof(
  fc.constantFrom('\u0301', '\uff9e', '\uff9f', '\u00ad', '\u200d', '\u0600', '\u{e0001}'),
  fc.constantFrom(...JOINING),
);
const MARKS = ['##[error]x', '##[add-mask]', '##[', '::error::x', '::', ':', ']', '%0A', ',', '='];
/** Text that would like to be a command, or to keep one from being read. */
const hostile = fc
  .array(
    fc.oneof(joining, fc.constantFrom(...MARKS, ' ', '\r', '\n', 'a'), anyText({ maxLength: 3 })),
  )
  .map((parts) => parts.join('').toWellFormed());

describe('the runner reads back what a command is about, and obeys nothing else', () => {
  const host = githubRunner();
  const { log } = host;
  beforeAll(() => {
    process.env['RUNNER_DEBUG'] = '1';
  });
  afterAll(() => {
    delete process.env['RUNNER_DEBUG'];
  });
  type Way = readonly [name: string, write: (text: string) => void];
  const ways: readonly Way[] = [
    [
      'add-mask',
      (text) => {
        host.mask(text);
      },
    ],
    [
      'warning',
      (text) => {
        log.warn(unquoted(text));
      },
    ],
    [
      'debug',
      (text) => {
        log.debug(text);
      },
    ],
    [
      'group',
      (text) => {
        log.group(unquoted(text), '');
      },
    ],
    [
      'error',
      (text) => {
        host.error('title', text);
      },
    ],
  ];

  test.each(ways)('%s', (name, write) => {
    const property = fc.property(hostile, (text) => {
      const { commands } = readLog(
        stdoutOf(() => {
          write(text);
        }),
      );
      expect(commands.map((command) => command.name).filter((own) => own !== 'endgroup')).toEqual([
        name,
      ]);
      expect(commands[0]?.data.replace(/^\n/, '')).toBe(text.replace(/^\n/, ''));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('error, by its title', () => {
    const property = fc.property(hostile, hostile, (title, text) => {
      const { commands } = readLog(
        stdoutOf(() => {
          host.error(title, text);
        }),
      );
      expect(commands.map(({ name }) => name)).toEqual(['error']);
      expect(commands[0]?.data.replace(/^\n/, '')).toBe(text.replace(/^\n/, ''));
      expect(commands[0]?.properties['title']?.trim() ?? '').toBe(title.trim());
    });
    fc.assert(property, { numRuns: 500 });
  });

  test.each(['\u0301', '\uff9e', '\uff9f', '\u200d', '\u0000'])(
    'a secret that begins with %j is hidden, and what is in it does nothing',
    (character) => {
      const secret = `${character}s3cret ##[error]x`;
      const { commands, shown } = readLog(
        stdoutOf(() => {
          host.mask(secret);
          log.show(`it is ${secret}!`);
        }),
      );
      expect(commands.map(({ name }) => name)).toEqual(['add-mask']);
      expect(shown).toBe('it is ***!\n');
    },
  );

  test('no line is a command of the old form, even if the runner found no other in it', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, text) => {
        const lines = stdoutOf(() => {
          host.mask(text);
          host.error(title, text);
        });
        const [, name = '-'] = /##\[([^\] ]*)/.exec(lines) ?? [];
        expect(name).toBe('-');
      }),
    );
  });
});

test('untrusted lines that are not fenced are no commands', () => {
  const { log } = githubRunner();
  fc.assert(
    fc.property(hostile, (text) => {
      expect(
        readLog(
          stdoutOf(() => {
            log.show(text);
          }),
        ).commands,
      ).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('files come from the workspace or RUNNER_TEMP, and collected ones never go into the workspace', () => {
  Object.assign(process.env, { GITHUB_WORKSPACE: '/repo', RUNNER_TEMP: '/temp' });
  expect(githubRunner()).toMatchObject({
    allowedFolders: { workspace: '/repo', temp: '/temp' },
    collectInto: { below: '/temp' },
  });
  delete process.env['GITHUB_WORKSPACE'];
  delete process.env['RUNNER_TEMP'];
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
