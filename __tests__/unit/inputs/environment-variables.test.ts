import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  MAX_ENVIRONMENT_BYTES,
  MAX_VARIABLE_BYTES,
  readEnvironmentVariables,
} from '../../../src/inputs/environment-variables.ts';
import { FACT_NAMES, POD_NAMES } from '../../../src/pod/variables.ts';

const runner = (name: string): string | undefined => ({ TOKEN: 's3cret', EMPTY: '', http_token: 'x' })[name];
const read = (input: string): ReturnType<typeof readEnvironmentVariables> => readEnvironmentVariables(input, runner);

describe('what is taken', () => {
  test.each<{ name: string; input: string; expected: [string, string][] }>([
    { name: 'nothing', input: '', expected: [] },
    { name: 'a value', input: 'A=1\n', expected: [['A', '1']] },
    { name: 'a value with quotes and blanks', input: `A= "it's" $x \n`, expected: [['A', ` "it's" $x `]] },
    {
      name: 'a block',
      input: 'A<<E\n1\n\n2\nE\nB=3',
      expected: [
        ['A', '1\n\n2'],
        ['B', '3'],
      ],
    },
    {
      name: "the runner's own",
      input: 'TOKEN\nA=1',
      expected: [
        ['TOKEN', 's3cret'],
        ['A', '1'],
      ],
    },
    { name: "the runner's own, empty", input: 'EMPTY', expected: [['EMPTY', '']] },
    { name: "the runner's own in small letters", input: 'http_token', expected: [['http_token', 'x']] },
    {
      name: 'the last of equal names',
      input: 'A=1\nTOKEN\nA=2\nTOKEN=x',
      expected: [
        ['A', '2'],
        ['TOKEN', 'x'],
      ],
    },
    {
      name: 'names in any letter case',
      input: 'a=1\nA=2\n_x9=3',
      expected: [
        ['a', '1'],
        ['A', '2'],
        ['_x9', '3'],
      ],
    },
    {
      name: 'names that only look owned',
      input: 'PATH=1\nENV=2\nBASH_ENV=3\nLD_PRELOAD=4\nLC_ALL=5\nGITHUB_TOKEN=6\nKUBECONFIG=7',
      expected: [
        ['PATH', '1'],
        ['ENV', '2'],
        ['BASH_ENV', '3'],
        ['LD_PRELOAD', '4'],
        ['LC_ALL', '5'],
        ['GITHUB_TOKEN', '6'],
        ['KUBECONFIG', '7'],
      ],
    },
    {
      name: 'CR in a value',
      input: 'A=1\r\nB<<E\n2\r\n3\nE',
      expected: [
        ['A', '1\r'],
        ['B', '2\r\n3'],
      ],
    },
    {
      name: 'the longest value',
      input: `A=${'x'.repeat(MAX_VARIABLE_BYTES - 3)}`,
      expected: [['A', 'x'.repeat(131_069)]],
    },
  ])('$name', ({ input, expected }) => {
    expect(read(input)).toEqual({
      variables: expected.map(([name, value]) => ({ name, value })),
      problems: [],
      doubts: [],
    });
  });
});

describe('what is refused', () => {
  const lost =
    'is neither NAME=value nor the name of a variable that is set. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';
  const blanks = 'has spaces around the name. Write NAME=value without spaces around the =';
  const form = 'needs a name of letters, digits, and underscores that does not begin with a digit';
  test.each([
    {
      name: 'no variable of the runner',
      input: 'A=1\nNONE',
      problems: [{ line: 2, name: 'NONE', problem: 'has no value, and no variable of that name is set' }],
    },
    {
      name: 'lines of a key without its delimiter: none of them is shown',
      input: 'KEY=-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nwIBAQC7VJ\n_aB9',
      problems: [{ line: 2, problem: lost }],
    },
    {
      name: 'a whole key, whose last line looks like a name: one problem',
      input: 'KEY=-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nb/AQ==\n-----END KEY-----\nA=1',
      problems: [{ line: 2, problem: lost }],
    },
    { name: 'a bare sentence', input: 'my secret', problems: [{ line: 1, problem: lost }] },
    { name: 'a small name that the runner lacks', input: 'my_variable', problems: [{ line: 1, problem: lost }] },
    ...[
      ['blanks around the =', 'A = 1', blanks],
      ['a blank before it', 'A =1', blanks],
      ['a blank before the name', ' A=1', blanks],
      ['a blank before a bare name', '  HOME2', blanks],
      ['export', 'export A=1', 'begins with export. Write only NAME=value'],
      ['a comment', '# the tag', 'begins with #, but env has no comments. Remove the line'],
      ['a comment with an =', '#A=1', 'begins with #, but env has no comments. Remove the line'],
      [
        'JSON',
        '{"A": "sesame",\n "B": 2}',
        'looks like JSON. Write NAME=value, one per line, without quotes or commas',
      ],
      ['a list', '- A=1', 'begins with a dash. Write only NAME=value'],
      ['YAML', 'A: 1', 'looks like YAML. Write NAME=value'],
      ['YAML with an =', 'a.b: x=1', 'looks like YAML. Write NAME=value'],
      ['YAML with nothing behind', 'A:', 'looks like YAML. Write NAME=value'],
      ['a sentence with an =', 'a b=1', form],
    ].map(([name = '', input = '', problem = '']) => ({ name, input, problems: [{ line: 1, problem }] })),
    { name: 'a digit first', input: '1A=1', problems: [{ line: 1, problem: form }] },
    { name: 'a letter of another alphabet', input: 'É=1', problems: [{ line: 1, problem: form }] },
    { name: 'a hyphen in the name of a block', input: 'A-B<<E\nx\nE', problems: [{ line: 1, problem: form }] },
    {
      name: 'a line that ends in CR',
      input: 'TOKEN\r\nA=1',
      problems: [{ line: 1, problem: 'ends in a carriage return. Use LF line endings' }],
    },
    { name: 'no name', input: '=x', problems: [{ line: 1, problem: 'has no name before the "="' }] },
    {
      name: 'a block without an end',
      input: '\nA<<E\nx',
      problems: [{ line: 2, problem: 'starts a block, but no later line is its delimiter' }],
    },
    {
      name: 'NUL',
      input: 'A=a\0b',
      problems: [{ line: 1, name: 'A', problem: 'contains a NUL character, which no variable can have' }],
    },
    {
      name: 'a small name of a value that cannot be',
      input: 'tag=a\0b',
      problems: [{ line: 1, name: 'tag', problem: 'contains a NUL character, which no variable can have' }],
    },
    {
      name: 'a value too long',
      input: `A=${'x'.repeat(131_070)}`,
      problems: [{ line: 1, name: 'A', problem: 'is too long: name and value together must be smaller than 128 KiB' }],
    },
    {
      name: 'a value too long in bytes',
      input: `A=${'é'.repeat(65_535)}`,
      problems: [{ line: 1, name: 'A', problem: 'is too long: name and value together must be smaller than 128 KiB' }],
    },
    {
      name: 'several, in order',
      input: 'x y\nPWD=1\nHOME=2\n=',
      problems: [
        { line: 1, problem: lost },
        { line: 2, name: 'PWD', problem: 'is reserved by the shell' },
        { line: 3, name: 'HOME', problem: 'is already set in the pod' },
        { line: 4, problem: 'has no name before the "="' },
      ],
    },
  ])('$name', ({ input, problems }) => {
    expect(read(input).problems.map((problem) => ({ ...problem, order: 0 }))).toEqual(
      problems.map((problem) => ({ ...problem, order: 0 })),
    );
  });

  test('each is told by its order, too', () => {
    const { problems } = read('A<<E\n1\n2\nE\nPWD=1\nB=1\nUID<<E\nE\n=');
    expect(problems.map(({ line, order }) => ({ line, order }))).toEqual([
      { line: 5, order: 2 },
      { line: 7, order: 4 },
      { line: 9, order: 0 },
    ]);
  });

  const owned =
    'IFS PWD OLDPWD UID EUID PPID SHELLOPTS BASHOPTS BASHPID BASH BASH_VERSION BASH_VERSINFO BASH_COMMAND BASH_ARGV0 OPTIND OPTARG OPTERR LINENO RANDOM SRANDOM SECONDS EPOCHSECONDS EPOCHREALTIME FUNCNAME GROUPS DIRSTACK PIPESTATUS SHLVL _ PS1 PS2 PS4 HISTCMD COMP_WORDBREAKS POSIXLY_CORRECT'.split(
      ' ',
    );
  test.each([...owned, ...FACT_NAMES, ...POD_NAMES])('%s', (name) => {
    expect(read(`${name}=1`)).toMatchObject({ variables: [], problems: [{ line: 1, name }] });
    expect(read(name)).toMatchObject({ variables: [], problems: [{ line: 1, name }] });
  });

  test('more than the kernel takes, together', () => {
    // Each as the kernel counts it: `V1=…` and a NUL.
    const line = (index: number, bytes: number) => `V${index}=`.padEnd(bytes - 1, 'x');
    const most = Array.from({ length: 16 }, (_, index) => line(index, MAX_ENVIRONMENT_BYTES / 16));
    expect(read(most.join('\n')).problems).toEqual([]);
    expect(read(`${most.join('\n')}x`).problems).toEqual([
      { line: 16, order: 16, problem: 'brings the variables to more than 1536 KiB' },
    ]);
  });
});

describe('what may have been meant otherwise', () => {
  const quotes = 'has quotes around its value, and they are part of it. Leave them out';
  const several = 'is a single variable: everything after the first = is its value. Write one NAME=value per line';
  test.each([
    ['double quotes', 'B=1\nA="x y"', [{ line: 2, order: 2, name: 'A', problem: quotes }]],
    ['single quotes', "A='x'", [{ line: 1, order: 1, name: 'A', problem: quotes }]],
    ['several in one line', 'A=1, B=2', [{ line: 1, order: 1, name: 'A', problem: several }]],
    ['quotes in a block are meant', 'A<<E\n"x"\nE', []],
    ['one quote', 'A="x', []],
    ['labels', 'LABELS=app=web,tier=db', []],
    ['a list', 'A=1, 2', []],
    ['no name', 'A B="x"', []],
  ])('%s', (_name, input, doubts) => {
    expect(read(input).doubts).toEqual(doubts);
  });
});

test('property: no problem tells a value', () => {
  const piece = fc.constantFrom('A', '=', '<<', '\n', 'sesame', 'TOKEN', '\0', 'HOME', ' ', '\r', '9');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { problems } = readEnvironmentVariables(`X=sesame${pieces.join('')}`, () => 'sesame');
      for (const { name = '', problem } of problems) {
        expect(problem).not.toContain('sesame');
        expect(name).toMatch(/^(?:[A-Za-z_][A-Za-z0-9_]*)?$/);
      }
    }),
  );
});
