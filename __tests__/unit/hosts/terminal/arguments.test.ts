import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anyText } from '../../../support/any-text.ts';
import { field } from '../../../../src/text/json.ts';
import { readArguments as readWith } from '../../../../src/hosts/terminal/arguments.ts';
import { HELP, OPTIONS } from '../../../../src/hosts/terminal/options.ts';
import { readFileCommand } from '../../../../src/text/file-command.ts';
import { DEFAULTS } from '../../../../src/inputs/defaults.ts';
import { PROMPT } from '../../../../src/hosts/terminal/words.ts';

const FILES = ['k8s/b.yaml', 'b.sh', 'bin/b.sh', 'kubectl'];

/** What the arguments ask for, with problems as plain text. */
function readArguments(args: readonly string[]) {
  const { problems, ...others } = readWith(args, (file) => FILES.includes(file));
  return { ...others, problems: problems.map(({ plain }) => plain) };
}

/** A line as it is typed, or its words, if one of them has blanks. */
type Typed = string | string[];
const wordsOf = (typed: Typed) => (typeof typed === 'string' ? typed.split(' ') : typed);

const action: unknown = parse(
  readFileSync(new URL('../../../../action.yml', import.meta.url), 'utf8'),
);
const declared = field(action, 'inputs');
const names = Object.keys(declared as object);

describe('options are the inputs of action.yml', () => {
  const inputs = OPTIONS.map(({ input }) => input);
  const withoutOption = names.filter((name) => !inputs.includes(name));

  test('no two of them set the same one', () => {
    expect(new Set(inputs).size).toBe(inputs.length);
  });

  test.each(withoutOption)(
    '%s has no option, so INSTEAD in arguments.ts says what to use',
    (name) => {
      expect(readArguments([`--${name}`, 'x']).problems).toEqual([
        expect.stringMatching(`^--${name} is not an option here\\. \\w`),
      ]);
    },
  );

  test('docs/COMMAND_LINE.md names those without one', () => {
    const document = readFileSync(
      new URL('../../../../docs/COMMAND_LINE.md', import.meta.url),
      'utf8',
    );
    const list = new Intl.ListFormat('en-US').format(withoutOption.map((name) => `\`${name}\``));
    const [, named] =
      /These inputs make sense only in a workflow, and have no option: ([^.]*)\./.exec(
        document.replaceAll(/\s+/g, ' '),
      ) ?? [];
    expect(named).toBe(list);
  });

  test('docs/COMMAND_LINE.md names each that is not in action.yml, but not --version', () => {
    const document = readFileSync(
      new URL('../../../../docs/COMMAND_LINE.md', import.meta.url),
      'utf8',
    );
    const own = OPTIONS.filter(({ input }) => !names.includes(input));
    const missing = own.filter(
      ({ name, letter = name }) => !RegExp(`-(?:-${name}|${letter})\\b`).test(document),
    );
    expect(missing.map(({ name }) => name)).toEqual(['version']);
  });

  test('a message names each as the help does', () => {
    for (const { input } of OPTIONS) expect(HELP).toContain(` ${PROMPT.input(input)}`);
  });

  test('no two options have one name or letter', () => {
    const all = OPTIONS.flatMap(({ name, aliases, letter }) =>
      [name, ...aliases, letter ?? []].flat(),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

function inputsOf(...args: string[]): Record<string, string> {
  const { inputs, problems } = readArguments(args);
  expect(problems).toEqual([]);
  return Object.fromEntries(inputs);
}

describe('what is read', () => {
  test.each<[name: string, typed: Typed, inputs: Record<string, string>]>([
    ['words', ['ls', '-l', 'a b'], { command: "ls -l 'a b'" }],
    ['options of the command', '-n c kubectl -n x', { cluster: 'c', command: 'kubectl -n x' }],
    ['the second -- belongs to the command', '-- a -- b', { command: 'a -- b' }],
    [
      'long options of the command',
      '--namespace a kubectl wait --timeout=5m --namespace b',
      { namespace: 'a', command: 'kubectl wait --timeout=5m --namespace b' },
    ],
    [
      'options of ours after a -- of the command',
      'kubectl exec -- --no-wait',
      { command: 'kubectl exec -- --no-wait' },
    ],
    [
      'options of ours after our own --',
      '-- x --no-wait --collect-to=y',
      { command: 'x --no-wait --collect-to=y' },
    ],
    [
      'letters of az',
      '-g r -n c -f x -c y',
      { 'resource-group': 'r', cluster: 'c', files: 'x', command: 'y' },
    ],
    [
      'names of az',
      '--name c --subscription s --only-show-errors y',
      { cluster: 'c', 'subscription-id': 's', quiet: 'true', command: 'y' },
    ],
    [
      'switches',
      '--no-wait --dry-run --include-hidden-files y',
      { wait: 'false', 'dry-run': 'true', 'include-hidden-files': 'true', command: 'y' },
    ],
    ['several patterns', '-f a --files=!b --file c x', { files: 'a\n!b\nc', command: 'x' }],
    ['the last of two values', '-g a -g b x', { 'resource-group': 'b', command: 'x' }],
    ['one cluster, named twice', '-n a --cluster a x', { cluster: 'a', command: 'x' }],
    ['a letter with an equals sign', '-n=a -c==x', { cluster: 'a', command: '=x' }],
    [
      'true after --, which is the command',
      '--no-wait -- true',
      { wait: 'false', command: 'true' },
    ],
    ['true after a value', '--no-wait -n a true', { wait: 'false', cluster: 'a', command: 'true' }],
    ['a value that begins with a dash, joined', '--command=-x', { command: '-x' }],
    ['a letter and its value in one word', '-ct', { command: 't' }],
    ['a dash as a value', '-n - x', { cluster: '-', command: 'x' }],
  ])('%s', (_name, typed, inputs) => {
    expect(inputsOf(...wordsOf(typed))).toEqual(inputs);
  });

  test('words reach the program as they are', () => {
    const word = anyText().filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const { command = '' } = inputsOf('--', ...words);
        const quoted = [...command.matchAll(/(?:^| )((?:'[^']*'|\\'|[A-Za-z0-9_@%+=:,./-])*)/g)];
        expect(quoted.map(([, text = '']) => text.replaceAll(/'([^']*)'|\\(')/g, '$1$2'))).toEqual(
          words,
        );
      }),
    );
  });
});

describe('what is not read gets a sentence', () => {
  test.each<[name: string, typed: Typed, words: string]>([
    ['a misspelled option', '--comand x', 'Did you mean --command?'],
    ['nothing near', '--zzz x', 'See aks-run-command --help.'],
    ['az: -o table', '-o table x', '-o table is not an option here. The only format is json.'],
    ['a terminal', '-it sh', '-it is not an option here. The command has no terminal and no stdin'],
    [
      'a token without its application',
      '--id-token-env TOKEN x',
      'needs --client-id and --tenant-id',
    ],
    ['a long option with one dash', ['-command', 'echo hi'], 'Did you mean --command?'],
    ["docker's -e", '-e A=1 x', '-e is not an option here. Use --env.'],
    ['az: --query', '--query logs x', 'jq'],
    ['az: --verbose', '--verbose x', 'Use --debug.'],
    ['a letter for the version', '-v', 'For the version, use --version.'],
    [
      'a pattern that the shell expanded',
      '-f k8s/a.yaml k8s/b.yaml -c x',
      'Quote it, or repeat --files',
    ],
    ['a script as one word', ['kubectl get pods'], "--command 'kubectl get pods'"],
    ['words and --command', '-c x y', 'cannot be combined'],
    ['an empty value', ['--resource-group', '', 'x'], '--resource-group is empty'],
    ['a value that is missing', '--timeout', '--timeout needs a value'],
    [
      'an option for a value',
      '--timeout --no-wait x',
      '--timeout needs a value: --timeout DURATION. If the value begins with a dash, write ' +
        '--timeout=DURATION.',
    ],
    [
      'a private key without a name, which is not shown',
      ['--env', '-----BEGIN PRIVATE KEY-----\nMIIE', 'x'],
      '--env needs a value: --env NAME[=VALUE].',
    ],
    [
      'a private key after a switch, which is not shown',
      ['--raw', '-----BEGIN PRIVATE KEY-----\nMIIE', 'x'],
      'A word that begins with a dash is not an option. See aks-run-command --help.',
    ],
    [
      'a private key for a value, which is not shown',
      ['--id-token-env', '-----BEGIN PRIVATE KEY-----\nMIIE', '--client-id', 'x', 'y'],
      '--id-token-env needs a value: --id-token-env NAME.',
    ],
    [
      'a token in place of its variable, which is not shown',
      '--id-token-env eyJhbGciOiJSUzI1NiJ9.e30.MIIE --client-id x y',
      'the name of the variable that holds the ID token, not the token.',
    ],
    [
      'a token for an option, which is not shown',
      '--eyJhbGciOiJSUzI1NiJ9.e30.MIIE x',
      'A word that begins with a dash is not an option.',
    ],
    [
      'a token that could be a name, which is not shown',
      [`--ghp_${'MIIE'.repeat(9)}`, 'x'],
      'A word that begins with a dash is not an option.',
    ],
    [
      'a password in the word of an option, which is not shown',
      '-pMIIE x',
      '-p is not an option. See aks-run-command --help.',
    ],
    ['a switch with a value', '--no-wait=false x', '--no-wait takes no value'],
    [
      'a switch as in a workflow',
      '--include-hidden-files true -c ls',
      '--include-hidden-files takes no value. To turn it off, leave it out. ' +
        'If true is the command, put -- before it.',
    ],
    ['a switch that is off', '--dry-run False x', 'If False is the command, put --'],
    [
      'two clusters',
      '--cluster plain -n aad x',
      '--cluster, which is also -n and --name, is given with different values.',
    ],
    ['an empty letter', '-n= x', '-n is empty'],
  ])('%s', (_name, typed, words) => {
    const { problems } = readArguments(wordsOf(typed));
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems.join()).not.toContain('MIIE');
  });

  test('all problems are told, each once', () => {
    const args = ['--comand', '--env', '', '-o', 'yaml', '-i', '-n'];
    expect(readArguments(args).problems).toEqual([
      expect.stringContaining('--comand is not an option'),
      expect.stringContaining('--env is empty'),
      expect.stringContaining('-o yaml is not an option'),
      expect.stringContaining('-i needs a value'),
    ]);
  });

  test.each<[name: string, args: string[]]>([
    ['whose ID is empty', ['--command-id', '']],
    ['without an ID at the end, as of a variable that is empty', ['-n', 'c', '--command-id']],
    ['without an ID before another option', ['-i', '--quiet']],
  ])('an earlier command %s is still asked for', (_name, args) => {
    const { inputs, problems } = readArguments(args);
    expect(inputs.get('command-id')).toBe('');
    expect(problems).toHaveLength(1);
  });

  test.each<[string, string[]]>([
    ['after --', ['-f', 'bin/a.sh', '--', 'bin/b.sh']],
    ['of a folder that is sent', ['-f', './bin/', 'bin/b.sh']],
    ['that is sent itself', ['-f', 'bin/b.sh', '-f', 'x', 'bin/b.sh']],
    ['of a pattern', ['-f', 'bin/*', 'bin/b.sh']],
    ['that is not there', ['-f', 'bin/a.sh', 'bin/c.sh']],
    ['with the name of a program', ['-f', 'k8s', 'kubectl']],
  ])('a word that is a file %s is the command', (_name, args) => {
    expect(inputsOf(...args)['command']).toBe(args.at(-1));
  });

  test.each<[string, string[], string]>([
    ['a value, and a variable to pass', ['A=1=2', 'B'], 'A=1=2\nB'],
    ['a line that would end the block', ['A=EOF\nEOF_\n'], 'A<<EOF__\nEOF\nEOF_\n\nEOF__'],
  ])('--env becomes the input env: %s', (_name, given, expected) => {
    const options = given.flatMap((variable) => ['--env', variable]);
    expect(inputsOf(...options, 'x')['env']).toBe(expected);
  });

  test('whatever its value, a variable arrives as it is', () => {
    const value = fc.oneof(
      anyText(),
      fc
        .array(fc.constantFrom('EOF', 'EOF_', '\n', '\r', '<<', '=', 'A', ' '))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        const { env = '' } = inputsOf('--env', `A=${a}`, '--env', `B=${b}`, 'x');
        const { assignments, bare, malformed } = readFileCommand(env);
        const read = assignments.map((one) => [one.name, one.value]);
        expect({ read, bare, malformed }).toEqual({
          read: [
            ['A', a],
            ['B', b],
          ],
          bare: [],
          malformed: [],
        });
      }),
    );
  });

  test('--help and --version are known, whatever else is wrong', () => {
    expect(readArguments(['--nonsense', '--help']).inputs.has('help')).toBe(true);
    expect(readArguments(['--version', '-c', 'x']).inputs.has('version')).toBe(true);
  });

  test.each([[['--help']], [['-h']]])('%j asks for the help', (args) => {
    expect(readArguments(args).inputs.has('help')).toBe(true);
  });
});

describe('the help', () => {
  test('fits 80 columns', () => {
    expect(HELP.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('declares every option that it shows', () => {
    const shown = HELP.match(/^ {2}(?:-\w,|  {2}) --[a-z-]+/gm)?.map((line) => line.slice(8));
    expect(OPTIONS.map(({ name }) => name)).toEqual(shown);
  });

  test('has what az aks command invoke calls an option, and what can be repeated', () => {
    const aliases = OPTIONS.flatMap((option) =>
      option.aliases.map((alias) => [option.name, alias]),
    );
    expect(aliases).toEqual([
      ['cluster', 'name'],
      ['subscription-id', 'subscription'],
      ['files', 'file'],
      ['quiet', 'only-show-errors'],
    ]);
    const repeats = OPTIONS.filter((option) => option.repeats).map(({ name }) => name);
    expect(repeats).toEqual(['files', 'env', 'collect']);
  });

  test('has the defaults of the inputs in brackets, and switches turn them round', () => {
    const shown = new Map<string, string>();
    for (const [, text = ''] of HELP.matchAll(/^ {2}(?:-\w,| {3}) --((?:.*)(?:\n {10}.*)*)$/gm)) {
      const [, value] = /\[([\w-]+)\]$/.exec(text) ?? [];
      if (value !== undefined) shown.set(/^[a-z-]+/.exec(text)?.[0] ?? '', value);
    }
    const withDefault = OPTIONS.filter(({ input }) => DEFAULTS[input] !== undefined);
    const withValue = withDefault.filter(({ placeholder }) => placeholder !== undefined);
    expect([...shown]).toEqual(withValue.map(({ name, input }) => [name, DEFAULTS[input]]));
    for (const { input, sets } of withDefault) {
      if (sets !== undefined) expect(DEFAULTS[input]).toBe(String(sets !== 'true'));
    }
  });
});
