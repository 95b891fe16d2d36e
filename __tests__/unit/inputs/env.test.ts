import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEnv } from '../../../src/inputs/env.ts';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { plainOf, readerOf } from './read.ts';

const RUNNER: Readonly<Record<string, string>> = {
  TOKEN: 's3cret',
  EMPTY: '',
  http_token: 'x',
  QUOTED: '"x"',
  LISTED: 'x, B=1',
};

function read(env: string, variable = (name: string) => RUNNER[name]) {
  const reader = readerOf({ env }, { variable });
  const variables = readEnv(reader).map(({ name, value }) => [name, value] as const);
  return {
    variables,
    problems: reader.problems.map(({ plain }) => plain.replace(/^env: /, '')),
    warnings: reader.warnings.map(plainOf),
  };
}

describe('what is taken', () => {
  // With its name, the =, and a NUL, it has 128 KiB.
  const longest = 'x'.repeat(128 * 1024 - 3);
  test.each<[string, string, string]>([
    ['a value with quotes and blanks', `A= "it's" $x \n`, `A= "it's" $x `],
    ["the runner's own", 'TOKEN\nA=1', 'TOKEN=s3cret|A=1'],
    ["the runner's own in small letters", 'http_token', 'http_token=x'],
    ['the last of equal names', 'A=1\nTOKEN\nA=2\nTOKEN=x', 'A=2|TOKEN=x'],
    ['names in any letter case', 'a=1\nA=2\n_x9=3', 'a=1|A=2|_x9=3'],
    ['names that only look owned', 'ENV=2\nBASH_ENV=3\nLC_ALL=5', 'ENV=2|BASH_ENV=3|LC_ALL=5'],
    ['CR in a value', 'A=1\r\nB<<E\n2\r\n3\nE', 'A=1\r|B=2\r\n3'],
    ['the longest value', `A=${longest}`, `A=${longest}`],
  ])('%s', (_name, input, expected) => {
    const { variables, problems } = read(input);
    expect(variables.map((variable) => variable.join('=')).join('|')).toBe(expected);
    expect(problems).toEqual([]);
  });
});

const nameless =
  'is neither NAME=value nor the name of a variable that is set. A name has letters, digits, and ' +
  'underscores, with no digit first and no spaces around it.';

describe('what is refused', () => {
  const forSeveralLines =
    'For a multiline value, write NAME<<EOF, then the lines, then EOF on a separate line.';
  const colon = `has a colon after the name. Use an equals sign: NAME=value. ${forSeveralLines}`;
  const dash = `begins with a dash. Leave it out: NAME=value. ${forSeveralLines}`;
  const lost = `${nameless} ${forSeveralLines}`;
  const long = 'is too long: name and value together must be smaller than 128 KiB.';
  const pem = 'KEY=-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC';
  test.each<[string, string, ...string[]]>([
    [
      'no variable of the runner',
      'A=1\nNONE',
      'line 2: NONE has no value, and no variable with that name is set. Set it in the ' +
        "step's own env:, next to with:.",
    ],
    [
      'lines of a key without its delimiter: none of them is shown',
      `${pem}\nwIBAQC7VJ\n_aB9`,
      `line 2 ${lost}`,
    ],
    [
      'a whole key, whose last line looks like a name',
      `${pem}\nb/AQ==\n-----END KEY-----\nA=1`,
      `line 2 ${lost}`,
    ],
    ['blanks around the =', 'A = 1', `line 1 ${lost}`],
    ['export', 'export A=1', `line 1 ${lost}`],
    ['a comment', '# the tag', `line 1 ${lost}`],
    ['a pair of JSON', '"A": "sesame"', `line 1 ${lost}`],
    ['YAML', 'A: 1', `line 1 ${colon}`],
    ['YAML with an equals sign in its value', 'A: b=sesame', `line 1 ${colon}`],
    ['a value of YAML without its delimiter', 'A=replicas: 2\nimage: web\n', `line 2 ${colon}`],
    ['a list of YAML', '- A=1\n- B=sesame', `line 1 ${dash}`],
    ['a list of YAML, with a name alone', 'A=1\n- TOKEN', `line 2 ${dash}`],
    ['a digit first', '1A=1', `line 1 ${lost}`],
    ['a hyphen in the name of a block', 'A-B<<E\nx\nE', `line 1 ${lost}`],
    ['a name that ends in CR', 'TOKEN\r\nA=1', `line 1 ${lost}`],
    [
      'a block without an end',
      '\nA<<E\nx',
      'line 2 starts a block, but no later line is its delimiter.',
    ],
    ['a value too long in bytes', `A=${'é'.repeat(65_535)}`, `line 1: A ${long}`],
    [
      'several, in order',
      'x y\nPWD=1\nHOME=2\n=',
      `line 1 ${lost}`,
      'line 2: PWD is reserved by the shell. Choose another name, or set it in the command.',
      'line 3: the pod sets HOME itself. Choose another name.',
      'line 4 has no name before the =.',
    ],
  ])('%s', (_name, input, ...problems) => {
    expect(read(input).problems).toEqual(problems);
  });

  const owned =
    'PATH IFS PWD OLDPWD UID EUID PPID SHELLOPTS BASHOPTS BASHPID BASH BASH_VERSION OPTIND OPTARG ' +
    'OPTERR LINENO RANDOM SRANDOM SECONDS EPOCHSECONDS EPOCHREALTIME FUNCNAME GROUPS DIRSTACK ' +
    'PIPESTATUS SHLVL _ PS1 PS2 PS4 HISTCMD COMP_WORDBREAKS POSIXLY_CORRECT GITHUB_OUTPUT';
  test.each(owned.split(' '))('%s', (name) => {
    for (const line of [`${name}=1`, name]) {
      expect(read(line)).toMatchObject({
        variables: [],
        problems: [expect.stringContaining(name)],
      });
    }
  });
});

describe('what may have been meant otherwise', () => {
  const quotes = 'has quotes around its value, and they are part of it. Leave them out.';
  const list =
    'sets one variable, although its value has a comma and another NAME=. Give each variable a ' +
    'line of its own.';
  test.each([
    ['double quotes', 'B=1\nA="x y"', [`env: line 2 (A) ${quotes}`]],
    ['quotes after a byte order mark', '\ufeffA="x"', [`env: line 1 (A) ${quotes}`]],
    ['quotes in a block are meant', 'A<<E\n"x"\nE', []],
    ["quotes of the runner's own", 'QUOTED', []],
    ['a list on one line', 'TAG=x, FOO=bar', [`env: line 1 (TAG) ${list}`]],
    ['a list in a block is meant', 'A<<E\nx, B=1\nE', []],
    ["a list of the runner's own", 'LISTED', []],
    ['what is no list of variables', 'A=x, b=1\nB=x,C=1\nC=x, y', []],
    ['no name', 'A B="x"', []],
  ])('%s', (_name, input, warnings) => {
    expect(read(input).warnings).toEqual(warnings);
  });
});

describe('values that are empty', () => {
  const why =
    'A secret or variable that sets it may not exist, or may belong to an environment that ' +
    'the job does not name. In that case, add environment: NAME next to runs-on. If an empty ' +
    'value is intended, write NAME<<EOF and, on the next line, EOF.';
  test.each([
    ['one', 'A=1\nDB_PASSWORD=', [`env: DB_PASSWORD is empty. ${why}`]],
    ['several', 'A=\nB=\nC=\r', [`env: A, B are empty. ${why}`]],
    ['what may be a secret in base64', 'A=\nc2VjcmV0=', [`env: A, a variable are empty. ${why}`]],
    ["the runner's own", 'EMPTY', [`env: EMPTY is empty. ${why}`]],
    ['a block, which means it', 'A<<EOF\nEOF\nB<<EOF\n\nEOF', []],
    ['a name that is set again', 'A=\nA=1', []],
    ['blanks', 'A= ', []],
  ])('%s', (_name, input, warnings) => {
    expect(read(input).warnings).toEqual(warnings);
  });
});

test('at a prompt, an option is an entry, and its value has any number of lines', () => {
  const env = 'A<<EOF\n1\n2\nEOF\nLOST\nlost\nB="x"\nC=1, D=2';
  const reader = readerOf({ env }, { words: PROMPT });
  readEnv(reader);
  expect(reader.problems.map(plainOf)).toEqual([
    '--env: number 2: LOST has no value, and no variable with that name is set.',
    `--env: number 3 ${nameless}`,
  ]);
  expect(reader.warnings.map(plainOf)).toEqual([
    expect.stringMatching(/^--env: number 4 \(B\) has quotes/),
    '--env: number 5 (C) sets one variable, although its value has a comma and another NAME=. ' +
      'Give each variable an --env of its own.',
  ]);
});

test('no problem and no warning shows a value', () => {
  // No name, so that it is never one of a variable.
  const names = ['A', 'TOKEN', 'HOME', '9'];
  const piece = fc.constantFrom(...names, 's-same', '=', '<<', '\n', ' ', '\r', '"', ', B=');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { problems, warnings } = read(`X=s-same${pieces.join('')}`, () => 's-same');
      expect([...problems, ...warnings].join('\n')).not.toContain('s-same');
    }),
  );
});
