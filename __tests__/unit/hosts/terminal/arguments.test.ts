import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { expectGolden } from '../../../golden.ts';
import { anyText } from '../../../any-text.ts';
import { field } from '../../../../src/azure/json.ts';
import { readArguments as readWith } from '../../../../src/hosts/terminal/arguments.ts';
import { HELP, OPTIONS } from '../../../../src/hosts/terminal/options.ts';
import { readFileCommand } from '../../../../src/pod/file-command.ts';
import { PROMPT } from '../../../../src/hosts/terminal/words.ts';

const FILES = ['k8s/b.yaml', 'b.sh', 'bin/b.sh', 'kubectl'];
const readArguments = (args: readonly string[]) => readWith(args, (file) => FILES.includes(file));

const action: unknown = parse(
  readFileSync(new URL('../../../../action.yml', import.meta.url), 'utf8'),
);
const declared = field(action, 'inputs');
const names = Object.keys(declared as object);

describe('options are the inputs of action.yml', () => {
  const inputs = OPTIONS.flatMap(({ input }) => input ?? []);
  const withoutOption = names.filter((name) => !inputs.includes(name));

  test('each of them has one input', () => {
    expect(names).toEqual(expect.arrayContaining(inputs));
    expect(new Set(inputs).size).toBe(inputs.length);
  });

  test.each(withoutOption)(
    '%s has no option, so INSTEAD in arguments.ts says what to use',
    (name) => {
      expect(readArguments([`--${name}`, 'x'])).toEqual({
        kind: 'mistakes',
        mistakes: [expect.stringMatching(`^--${name} is not an option here\\. \\w`)],
        hasCommandId: false,
      });
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

  test.each(OPTIONS.filter(({ input }) => input !== undefined))(
    '$name has the same default',
    (option) => {
      // A switch is what its input's default is not.
      const opposites = { true: 'false', false: 'true' };
      const byDefault = option.sets === undefined ? option.default : opposites[option.sets];
      expect(byDefault).toBe(field(field(declared, option.input ?? ''), 'default'));
    },
  );

  test('a message names each as the help does', () => {
    for (const { input } of OPTIONS) if (input) expect(HELP).toContain(` ${PROMPT.input(input)}`);
  });

  test('no two options have one name or letter', () => {
    const all = OPTIONS.flatMap(({ name, aliases = [], letter }) => [
      name,
      ...aliases,
      ...(letter === undefined ? [] : [letter]),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });
});

function inputsOf(...args: string[]): Record<string, string> {
  const read = readArguments(args);
  if (read.kind !== 'run') throw new Error(JSON.stringify(read));
  return Object.fromEntries(read.inputs);
}

describe('what is read', () => {
  test.each<[string, string[], Record<string, string>]>([
    ['words', ['ls', '-l', 'a b'], { command: "ls -l 'a b'" }],
    [
      'options of the command',
      ['-n', 'c', 'kubectl', '-n', 'x'],
      { cluster: 'c', command: 'kubectl -n x' },
    ],
    ['the second -- belongs to the command', ['--', 'a', '--', 'b'], { command: 'a -- b' }],
    [
      'az: -g and -n',
      ['-g', 'r', '-n', 'c', '-c', 'y'],
      { 'resource-group': 'r', cluster: 'c', command: 'y' },
    ],
    [
      'a namespace, and one of the command',
      ['--namespace', 'a', 'kubectl', '--namespace', 'b'],
      { namespace: 'a', command: 'kubectl --namespace b' },
    ],
    ['az: -f and -c', ['-f', 'x', '-c', 'y'], { files: 'x', command: 'y' }],
    [
      'az: --name and --file',
      ['--name', 'c', '--file', 'x', 'y'],
      { cluster: 'c', files: 'x', command: 'y' },
    ],
    ['az: --subscription', ['--subscription', 's', 'y'], { 'subscription-id': 's', command: 'y' }],
    ['az: --only-show-errors', ['--only-show-errors', 'y'], { command: 'y' }],
    [
      'switches',
      ['--no-wait', '--dry-run', 'x'],
      { wait: 'false', 'dry-run': 'true', command: 'x' },
    ],
    [
      'a long switch',
      ['--include-hidden-files', 'x'],
      { 'include-hidden-files': 'true', command: 'x' },
    ],
    [
      'several patterns',
      ['-f', 'a', '--files=!b', '--file', 'c', 'x'],
      { files: 'a\n!b\nc', command: 'x' },
    ],
    ['the last of two values', ['-n', 'a', '--cluster', 'b', 'x'], { cluster: 'b', command: 'x' }],
    ['a value that begins with a dash, joined', ['--command=-x'], { command: '-x' }],
    ['a letter and its value in one word', ['-ct'], { command: 't' }],
    ['a dash as a value', ['-n', '-', 'x'], { cluster: '-', command: 'x' }],
  ])('%s', (_name, args, inputs) => {
    expect(inputsOf(...args)).toEqual(inputs);
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
  test.each<[string, string[], string]>([
    ['a misspelled option', ['--comand', 'x'], 'Did you mean --command?'],
    ['underscores', ['--resource_group', 'x', 'y'], 'Did you mean --resource-group?'],
    ['a part of a name', ['--hidden', 'x'], 'Did you mean --include-hidden-files?'],
    ['nothing near', ['--zzz', 'x'], 'See aks-run-command --help.'],
    [
      'az: -o table',
      ['-o', 'table', 'x'],
      '-o table is not an option here. The only format is json.',
    ],
    [
      'a terminal',
      ['-it', 'sh'],
      '-it is not an option here. The command has no terminal and no stdin',
    ],
    ['a terminal, the other way round', ['-ti', 'sh'], 'has no terminal and no stdin'],
    [
      'a token without its application',
      ['--id-token-env', 'TOKEN', 'x'],
      'needs --client-id and --tenant-id',
    ],
    [
      'a variable without a name',
      ['--env', 'A=1', '--env', 's3 cret', 'x'],
      '--env number 2 is neither',
    ],
    ['a name with a digit first', ['--env', '1A=x', 'x'], '--env number 1 is neither NAME=value'],
    ['a block as in a workflow', ['--env', 'A<<EOF\nx\nEOF', 'x'], '--env number 1 is neither'],
    ['help as a word', ['help'], 'There are no subcommands here. Use --help.'],
    ['version as a word', ['version'], 'Use --version.'],
    ['a letter for the version', ['-v'], 'For the version, use --version.'],
    ['az: --query', ['--query', 'logs', 'x'], 'jq'],
    ['an empty namespace', ['--namespace', '', 'x'], '--namespace is empty'],
    [
      'a pattern that the shell expanded',
      ['-f', 'k8s/a.yaml', 'k8s/b.yaml', '-c', 'x'],
      'Quote it, or repeat --files',
    ],
    ['a file from outside', ['-f', '../k8s/a.yaml', 'x'], 'use --working-directory'],
    ['a script as one word', ['kubectl get pods'], "--command 'kubectl get pods'"],
    ['words and --command', ['-c', 'x', 'y'], 'cannot be combined'],
    ['--script and --command-id', ['--script', 'x', '-i', 'y'], 'cannot be combined'],
    ['nothing to run', ['-g', 'rg'], 'There is no command to run'],
    ['an empty value', ['--resource-group', '', 'x'], '--resource-group is empty'],
    ['a value that is missing', ['--timeout'], '--timeout needs a value'],
    [
      'an option for a value',
      ['--timeout', '--no-wait', 'x'],
      '--timeout needs a value. If you mean --no-wait, write --timeout=--no-wait.',
    ],
    [
      'a private key without a name, which is not shown',
      ['--env', '-----BEGIN PRIVATE KEY-----\nMIIE', 'x'],
      '--env needs a value: --env NAME[=VALUE].',
    ],
    [
      'a private key after an option that does not exist, which is not shown',
      ['-e', '-----BEGIN PRIVATE KEY-----\nMIIE', 'x'],
      'A word that begins with three dashes is not an option.',
    ],
    [
      'a private key for a value, which is not shown',
      ['--id-token-env', '-----BEGIN PRIVATE KEY-----\nMIIE', 'x'],
      '--id-token-env needs a value: --id-token-env NAME.',
    ],
    [
      'a token in place of its variable, which is not shown',
      ['--id-token-env', 'eyJhbGciOiJSUzI1NiJ9.e30.MIIE', '--client-id', 'x', 'y'],
      'the name of the variable that holds the ID token, not the token.',
    ],
    ['an option for the value of a letter', ['-n', '-x', 'y'], 'If you mean -x, write -n-x.'],
    ['a switch with a value', ['--no-wait=false', 'x'], '--no-wait takes no value'],
    ['--wait', ['--wait', 'x'], 'It waits by default.'],
    ['--run', ['--run', 'x'], 'For a script, use --command.'],
    [
      'az: invoke',
      ['invoke', '-g', 'r', '-n', 'c', '-c', 'x'],
      'There are no subcommands here. Leave out invoke. The options come first',
    ],
    [
      'az: command invoke, after options',
      ['-g', 'r', '-n', 'c', 'command', 'invoke', '--command', 'x'],
      'Leave out command invoke.',
    ],
    [
      'az: all of it',
      ['az', 'aks', 'command', 'invoke', '-n', 'c'],
      'Leave out az aks command invoke.',
    ],
    [
      'az: result',
      ['command', 'result', '-g', 'r', '-n', 'c', '-i', 'x'],
      'Leave out command result. For the result of an earlier command, use --command-id ID.',
    ],
    [
      'an option of ours after the command',
      ['-n', '/c', 'kubectl', 'get', 'pods', '--no-wait'],
      '--no-wait after the command belongs to the command. Put the options of ' +
        'aks-run-command before the command. If --no-wait is meant for the command, put -- ' +
        'before the command.',
    ],
    [
      'several of them, with values',
      ['-n', '/c', 'helm', 'list', '--collect-to=x', '--start-timeout', '3m'],
      '--collect-to and --start-timeout after the command belong to the command.',
    ],
    [
      'the cluster after the command',
      ['kubectl', 'get', 'pods', '-g', 'r', '-n', 'c'],
      '-g and -n after the command belong to the command.',
    ],
    [
      'the resource group after the command',
      ['-n', 'c', 'kubectl', 'get', 'pods', '-g', 'r'],
      '-g after the command belongs to the command.',
    ],
  ])('%s', (_name, args, words) => {
    const read = readArguments(args);
    expect(read.kind).toBe('mistakes');
    const told = read.kind === 'mistakes' ? read.mistakes.join('\n') : '';
    expect(told).toContain(words);
    expect(told).not.toContain('MIIE');
  });

  test.each<[string, string[], string[]]>([
    [
      'called as az would have put it',
      ['-f', 'k8s/a.yaml', '-c', 'cat a.yaml'],
      ['k8s/a.yaml keeps its path'],
    ],
    [
      'called with ./ before it',
      ['-f', './k8s/a.yaml', 'kubectl', 'apply', '-f', './a.yaml'],
      ['Call it k8s/a.yaml'],
    ],
    ['called by its path', ['-f', 'k8s/a.yaml', '-c', 'kubectl apply -f k8s/a.yaml'], []],
    ['in the folder itself', ['-f', 'a.yaml', '-c', 'kubectl apply -f a.yaml'], []],
    ['the folder itself', ['-f', './/', '-c', "cat 'a.yaml'"], []],
    ['a pattern', ['-f', 'k8s/*.yaml', '-c', 'kubectl apply -f k8s'], []],
    ['another name', ['-f', 'k8s/a.yaml', '-c', 'kubectl apply -f aa.yaml'], []],
  ])('a file that az flattens, %s', (_name, args, warned) => {
    const read = readArguments(args);
    expect(read.kind === 'run' && read.warnings).toEqual(
      warned.map((words) => expect.stringContaining(words)),
    );
  });

  test.each<[string, boolean, string[]]>([
    ['an id, and a mistake', true, ['-i', 'x', '--comand', 'y']],
    ['an empty id', true, ['--command-id', '']],
    ['no id at the end, as of a variable that is empty', true, ['-n', 'c', '--command-id']],
    ['no id before another option', true, ['-i', '--quiet']],
    ['a terminal', false, ['-it', 'sh']],
    ['a new command', false, ['--comand', 'y']],
  ])('an earlier command may have run: %s: %p', (_name, hasCommandId, args) => {
    expect(readArguments(args)).toMatchObject({ kind: 'mistakes', hasCommandId });
  });

  test.each<[name: string, args: string[]]>([
    ['an empty variable', ['--env', '', 'x']],
    ['a command that is missing', ['-n', 'c', '--command']],
    ['an id that is missing', ['-n', 'c', '--command-id']],
  ])('%s is one mistake', (_name, args) => {
    const read = readArguments(args);
    expect(read.kind === 'mistakes' && read.mistakes).toHaveLength(1);
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

  const ON_CLUSTER = ['-g', 'r', '-n', 'c'];
  test.each<[string, string[]]>([
    [
      'short options of kubectl',
      [...ON_CLUSTER, 'kubectl', 'get', 'pods', '-n', 'x', '-o', 'json'],
    ],
    [
      'long options of kubectl',
      [...ON_CLUSTER, 'kubectl', 'wait', '--timeout=5m', '--cluster', 'x', '--namespace', 'x'],
    ],
    ['--dry-run, which helm has too', [...ON_CLUSTER, 'helm', 'upgrade', '--dry-run']],
    ['a resource ID has the group', ['-n', '/c', 'x', '-g', 'y']],
    [
      'options of ours after a -- of the command',
      [...ON_CLUSTER, 'kubectl', 'exec', '--', '--no-wait'],
    ],
    [
      'options of ours after -- of our own',
      [...ON_CLUSTER, '--', 'x', '--no-wait', '--collect-to=y'],
    ],
    ['a program that is named like a subcommand', [...ON_CLUSTER, '--', 'invoke', 'deploy']],
    ['a word of az that is another', [...ON_CLUSTER, 'command', '-v', 'invoke']],
    ['the end of a word', [...ON_CLUSTER, 'nvoke', 'result']],
    ['help, on a cluster', [...ON_CLUSTER, 'help']],
  ])('a command keeps its own words: %s', (_name, args) => {
    const start = args.findIndex((word) => !['-g', 'r', '-n', 'c', '/c', '--'].includes(word));
    expect(inputsOf(...args)['command']).toBe(args.slice(start).join(' '));
  });

  test("the prompt's own options", () => {
    const read = readArguments([
      '-o',
      'json',
      '--quiet',
      '--id-token-env',
      'TOKEN',
      '--client-id',
      'c',
      '-c',
      'x',
    ]);
    const options = { output: 'json', quiet: '', 'id-token-env': 'TOKEN' };
    expect(read.kind === 'run' && Object.fromEntries(read.options)).toEqual(options);
  });

  test.each<[string, string[], string]>([
    ['a value, and a variable to pass', ['A=1=2', 'B'], 'A=1=2\nB'],
    ['line breaks', ['A=1\n2\n', 'B=3'], 'A<<EOF\n1\n2\n\nEOF\nB=3'],
    ['a line that would end the block', ['A=EOF\nEOF_\n'], 'A<<EOF__\nEOF\nEOF_\n\nEOF__'],
    ['what looks like a block', ['A=<<EOF'], 'A=<<EOF'],
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

  test.each<[string, string[], string]>([
    ['-h', ['-h'], 'help'],
    ['--help, whatever else is wrong', ['--nonsense', '--help'], 'help'],
    ['--version', ['--version', '-c', 'x'], 'version'],
  ])('%s', (_name, args, kind) => {
    expect(readArguments(args)).toEqual({ kind });
  });

  test('the help, of which no line is longer than 110 columns', async () => {
    await expectGolden(new URL('golden/help.txt', import.meta.url), HELP);
    expect(HELP.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });
});
