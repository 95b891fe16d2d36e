import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { readArguments } from '../../../../src/hosts/terminal/arguments.ts';
import { Printer } from '../../../../src/hosts/terminal/printer.ts';
import { Terminal } from '../../../../src/hosts/terminal/terminal.ts';
import { scratch } from '../../../support/scratch.ts';

const folder = scratch('terminal');

type Given = {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly stdout?: Writable;
  readonly cancelled?: AbortSignal;
  readonly saveResult?: (text: string) => void;
};

/** A host at a prompt, for a command with these options, and what it has written. */
function prompt(options: readonly string[], given: Given = {}) {
  const { env = {}, isTTY = false, stdout = new PassThrough(), saveResult } = given;
  const commandLine = readArguments([...options, '-c', 'x'], () => false);

  const stderr = new PassThrough();
  const printer = new Printer(
    asTerminal(stdout, isTTY),
    asTerminal(stderr, isTTY),
    env,
    commandLine.inputs,
    given.cancelled ?? new AbortController().signal,
  );
  const text = (stream: Writable) =>
    stream instanceof PassThrough ? String(stream.read() ?? '') : '';
  const host = new Terminal(commandLine, env, printer, saveResult);
  return {
    host,
    end: () => host.end(),
    close: () => {
      host.close();
    },
    printer,
    written: () => text(stdout),
    told: () => text(stderr),
  };
}

const asTerminal = (stream: Writable, isTTY: boolean) =>
  Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream;

/** A stdout whose every write fails. */
const failing = (code: string) =>
  new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`${code}: it failed`), { code }));
    },
  });

describe('the output', () => {
  const COLORED = '\u001b[31mred\u001b[0m\u0007\n';
  const HOSTILE = '##vso[task.setvariable]x\n';
  const AGENT = { TF_BUILD: 'True' };
  test.each<[string, string[], Given, string, string]>([
    ['goes to stdout as it is', [], {}, COLORED, COLORED],
    ['is safe on a terminal', [], { isTTY: true }, COLORED, COLORED.replace('\u0007', '\\u0007')],
    ['is in the JSON instead', ['-o', 'json'], {}, COLORED, ''],
    ['has no command of this CI', [], { env: AGENT }, HOSTILE, HOSTILE.replace('##', '#\\#')],
    ['keeps it elsewhere', [], {}, HOSTILE, HOSTILE],
    [
      'keeps all of it with --raw',
      ['--raw'],
      { isTTY: true, env: AGENT },
      COLORED + HOSTILE,
      COLORED + HOSTILE,
    ],
  ])('%s', async (_name, options, given, text, expected) => {
    const { host, written, told } = prompt(options, given);
    await host.showOutput(text);
    expect(written()).toBe(expected);
    const isBroken = expected.includes('#\\#');
    expect(told()).toBe(
      isBroken
        ? 'Warning: The output contains commands that this CI would run, ' +
            'so each one was disabled with a backslash. To keep them, use --raw.\n'
        : '',
    );
  });

  test('that nobody reads on is no error, and one that cannot be written is', async () => {
    const closed = prompt([], { stdout: failing('EPIPE') });
    await closed.host.showOutput('x');
    expect([await closed.end(), closed.told()]).toEqual([true, '']);
    const full = prompt([], { stdout: failing('ENOSPC') });
    await full.host.showOutput('x');
    expect([await full.end(), full.told()]).toEqual([
      false,
      'Error: The output could not be written to stdout: ENOSPC: it failed\n',
    ]);
  });

  test('is not waited for once the run was cancelled', async () => {
    const stuck = new Writable({ write: () => undefined });
    const cancel = new AbortController();
    const { host } = prompt([], { stdout: stuck, cancelled: cancel.signal });
    const shown = host.showOutput('x');
    cancel.abort();
    await expect(shown).resolves.toBeUndefined();
  });
});

/** What is on stdout after a run that set these outputs. */
async function printedFor(
  outputs: Readonly<Record<string, string>>,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { host, end, written } = prompt(options, { env });
  for (const [name, value] of Object.entries(outputs)) host.setOutput(name, value);
  expect(await end()).toBe(true);
  return written();
}

describe('the JSON', () => {
  const JSON_OPTION = ['-o', 'json'];
  test('has the outputs of the action, the step outputs, and the summary', async () => {
    const { host, end, written } = prompt(JSON_OPTION);
    host.setOutput('state', 'failed');
    host.setOutput('exit-code', null);
    host.setOutput('exit-code', 4);
    host.setStepOutput('state', 'value');
    host.writeSummary('# Ours', '# Its own');
    expect(await end()).toBe(true);
    const json = written();
    expect(json).toBe(`${JSON.stringify(JSON.parse(json), undefined, 2)}\n`);
    expect(JSON.parse(json)).toEqual({
      state: 'failed',
      'exit-code': 4,
      outputs: { state: 'value' },
      summary: '# Its own',
    });
  });

  test('has no control character, and says the same', async () => {
    const controls = Array.from({ length: 0x2070 }, (_, code) => String.fromCharCode(code))
      .filter((character) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character))
      // Neither of these changes how a line is read.
      .filter((character) => !/[\u00ad\u0600-\u200f\u2060-\u2065\u206a-\u206f]/.test(character))
      .join('');
    const json = await printedFor({ state: 'succeeded', output: controls }, JSON_OPTION);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(JSON.parse(json)).toMatchObject({ output: controls });
  });

  test('has no command for an agent, and says the same', async () => {
    const outputs = { state: 'succeeded', output: '##[x]' };
    const json = await printedFor(outputs, JSON_OPTION, { TF_BUILD: 'True' });
    expect(json).not.toContain('##');
    expect(JSON.parse(json)).toMatchObject({ output: '##[x]' });
  });

  test('is not printed without a verdict', async () => {
    expect(await printedFor({ 'command-id': 'x' }, JSON_OPTION)).toBe('');
  });
});

describe('the ID of --no-wait', () => {
  test.each<[name: string, options: string[], id: string, expected: string]>([
    ['is printed', ['--no-wait'], 'abc', 'abc\n'],
    ['is empty, because nothing was submitted', ['--no-wait'], '', ''],
    ['is not asked for', [], 'abc', ''],
  ])('%s', async (_name, options, id, expected) => {
    expect(await printedFor({ 'command-id': id }, options)).toBe(expected);
  });
});

describe('the file of --result', () => {
  const kept = () => {
    const saved: string[] = [];
    return { saved, saveResult: (text: string) => void saved.push(text) };
  };

  test('is written once, as soon as the host is closed', async () => {
    const { saved, saveResult } = kept();
    const { host, close, end } = prompt([], { saveResult });
    host.setOutput('state', 'running');
    close();
    host.setOutput('state', 'succeeded');
    await end();
    expect(saved.map((text) => (JSON.parse(text) as { state: string }).state)).toEqual(['running']);
  });

  test('is empty without a verdict', async () => {
    const { saved, saveResult } = kept();
    await prompt([], { saveResult }).end();
    expect(saved).toEqual(['']);
  });

  test('that cannot be written is an error', async () => {
    const saveResult = () => {
      throw new Error('no space');
    };
    const { host, end, told } = prompt([], { saveResult });
    host.setOutput('state', 'succeeded');
    expect([await end(), told()]).toEqual([
      false,
      'Error: The --result file could not be written: no space\n',
    ]);
  });

  test('names a file with the output, as the JSON does; without them, there is none', () => {
    for (const { host } of [prompt([], kept()), prompt(['-o', 'json'])]) {
      const file = host.keepOutput('text');
      expect(path.dirname(path.dirname(file))).toBe(tmpdir());
      expect(readFileSync(file, 'utf8')).toBe('text');
      rmSync(path.dirname(file), { recursive: true });
    }
    expect(prompt([]).host.keepOutput('text')).toBe('');
  });
});

describe('an input', () => {
  const SHOP = { id: '11111111-2222-3333-4444-555555555555', name: 'Shop', isDefault: false };
  const MAIN = { id: '66666666-2222-3333-4444-555555555555', name: 'Main', isDefault: true };

  /** The variables of a machine where `az` has these subscriptions, or a file with this text. */
  function machine(subscriptions: unknown) {
    const home = mkdtempSync(path.join(folder, 'azure-'));
    const text =
      typeof subscriptions === 'string'
        ? subscriptions
        : `\uFEFF${JSON.stringify({ subscriptions })}`;
    if (text !== '') writeFileSync(path.join(home, 'azureProfile.json'), text);
    return { AZURE_CONFIG_DIR: home };
  }

  test.each<[string, string[], unknown, string]>([
    ['the default one', ['-n', 'c'], [SHOP, MAIN], MAIN.id],
    ['none is the default', ['-n', 'c'], [SHOP], ''],
    ['the given one', ['-n', 'c', '--subscription', SHOP.id], [SHOP, MAIN], SHOP.id],
    ['of a resource ID', ['-n', '/x/y'], [MAIN], ''],
    ['without a cluster', [], [MAIN], ''],
    ['an entry whose ID is no text', ['-n', 'c'], [{ id: 7, isDefault: true }], ''],
    ['no JSON', ['-n', 'c'], '{', ''],
    ['no file', ['-n', 'c'], '', ''],
  ])('subscription-id, from the session of az: %s', (_name, options, subscriptions, expected) => {
    const { host } = prompt(options, { env: machine(subscriptions) });
    expect(host.input('subscription-id')).toBe(expected);
  });

  test('subscription-id is not that of the checkout, where an empty AZURE_CONFIG_DIR leads', () => {
    const before = process.cwd();
    process.chdir(machine([MAIN]).AZURE_CONFIG_DIR);
    try {
      const { host } = prompt(['-n', 'c'], { env: { AZURE_CONFIG_DIR: '' } });
      expect(host.input('subscription-id')).not.toBe(MAIN.id);
    } finally {
      process.chdir(before);
    }
  });

  test.each<[string, string[], string]>([
    ['by default, the current folder', [], process.cwd()],
    ['below it', ['--working-directory', 'x'], path.resolve('x')],
  ])(
    'working-directory is an absolute path, and files come only from it: %s',
    (_name, options, expected) => {
      const { host } = prompt(options);
      expect(host.input('working-directory')).toBe(expected);
      expect(host.allowedFolders).toEqual({ workspace: expected, temp: undefined });
    },
  );

  test('any other is what was given, and empty if it was not', () => {
    const options = ['-n', 'c', '--timeout', ' 5m ', '-f', 'a', '-f', 'b'];
    const { host } = prompt(options, { env: machine([MAIN]) });
    expect(['timeout', 'files', 'command', 'shell', 'resource-group'].map(host.input)).toEqual([
      ' 5m ',
      'a\nb',
      'x',
      '',
      '',
    ]);
  });
});

describe('an ID token', () => {
  const FROM_GITHUB = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?x',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer',
  };
  const FROM_FILE = { AZURE_FEDERATED_TOKEN_FILE: '/var/token' };
  const AS_CLIENT = ['--client-id', 'c', '--tenant-id', 't'];

  test.each<[string, string[], Record<string, string>, unknown]>([
    [
      'a variable that the user names, before all others',
      [...AS_CLIENT, '--id-token-env', 'JWT'],
      { ...FROM_GITHUB, ...FROM_FILE },
      { kind: 'variable', name: 'JWT' },
    ],
    [
      "GitHub's token service, before a file",
      AS_CLIENT,
      { ...FROM_GITHUB, ...FROM_FILE },
      { kind: 'github', url: 'https://token.example/?x', requestToken: 'bearer' },
    ],
    ['a file', AS_CLIENT, FROM_FILE, { kind: 'file', path: '/var/token' }],
    ['nowhere', AS_CLIENT, {}, undefined],
  ])('comes from %s', (_name, options, env, expected) => {
    expect(prompt(options, { env }).host.idTokenSource()).toEqual(expected);
  });

  test('is not there for a pull request from a fork, which the event shows', () => {
    const event = path.join(folder, 'event.json');
    writeFileSync(event, '{"pull_request":{"head":{"repo":{"fork":true}}}}');
    expect(prompt([], { env: { GITHUB_EVENT_PATH: event } }).host.isFromFork()).toBe(true);
    expect(prompt([]).host.isFromFork()).toBe(false);
  });
});

test('an empty option is given, too', () => {
  const { host } = prompt(['--command-id', '']);
  expect(host.isGiven('command-id')).toBe(true);
  expect(host.isGiven('cluster')).toBe(false);
});

test('collected files go into the folder of --collect-to', () => {
  expect(prompt(['--collect-to', 'new']).host.collectInto).toEqual({ at: 'new' });
  expect(prompt([]).host.collectInto).toEqual({ below: tmpdir() });
});

test('what is wrong with the arguments is known, on one line and visible', () => {
  expect(prompt(['--result', '']).host.problems.map(({ plain }) => plain)).toEqual([
    '--result is empty. If its value comes from a variable, check that the variable is set.',
  ]);
  expect(prompt(['-o', 'a\nb\u001b']).host.problems.map(({ plain }) => plain)).toEqual([
    expect.stringContaining('-o a\\u000ab\\u001b is not'),
  ]);
});

test('what is to be pasted names the variable with the token, if it signs in as a client', () => {
  const { host } = prompt(['--client-id', 'c', '--tenant-id', 't', '--id-token-env', 'MY_TOKEN']);
  expect(host.words.paste({ cluster: 'x' })).toEqual(['aks-run-command --cluster=x']);
  expect(host.words.paste({ cluster: 'x', 'client-id': 'c' })).toEqual([
    'aks-run-command --cluster=x --client-id=c --id-token-env=MY_TOKEN',
  ]);
});

test('the live line makes room for the output, and is gone at the end', async () => {
  const { host, printer, end, told } = prompt([], { isTTY: true });
  printer.start();
  const clear = '\r\u001b[K';
  expect(told()).toMatch(/^\r.*signing in/);
  await host.showOutput('x');
  expect(told()).toBe(clear);
  printer.progress('running');
  expect(told()).toMatch(/running \((?:\ds|less than 1s)\), waiting for it to end$/);
  await end();
  expect(told()).toBe(clear);
});

test('secrets are hidden, and an error is a title, or a title and a message', () => {
  const { host, told } = prompt([]);
  host.mask('s3cret');
  host.error('The s3cret title', '');
  host.error('Title', 'message');
  expect(told()).toBe('Error: The *** title\nError: Title\nmessage\n');
});
