import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCollect } from '../../../src/inputs/collect.ts';
import { plainOf, readerOf } from './read.ts';

function read(collect: string): { patterns: readonly string[]; problems: readonly string[] } {
  const reader = readerOf({ collect });
  return { patterns: readCollect(reader), problems: reader.problems.map(plainOf) };
}

test.each<[string, string, string[]]>([
  ['blank lines and comments', '\n  # reports\n\n', []],
  [
    'one per line, blanks around and carriage returns gone',
    ' a \r\n\tb/*.xml\r\n',
    ['a', 'b/*.xml'],
  ],
  [
    'a leading ./, a trailing slash, repeated slashes',
    './reports/\na//b/./c',
    ['reports', 'a/b/c'],
  ],
  ['the working folder', '.', ['.']],
  ['two stars after the last slash', 'reports/**\na/{b,c}/**', ['reports', 'a/b', 'a/c']],
  ['braces', 'reports/{junit,trx}/*.xml', ['reports/junit/*.xml', 'reports/trx/*.xml']],
  [
    'a range in braces holds two dots and leaves nothing',
    'part-{1..3}',
    ['part-1', 'part-2', 'part-3'],
  ],
  ['the same twice', 'a\na/\n{a,b}', ['a', 'b']],
  ['what a shell would take apart', 'a b;c`d`$(e)"\'-f\n-n', ['a b;c`d`$(e)"\'-f', '-n']],
  ['a ! that does not lead', 'a/[!b]*', ['a/[!b]*']],
])('valid: %s', (_name, collect, patterns) => {
  expect(read(collect)).toEqual({ patterns, problems: [] });
});

describe('invalid', () => {
  const folder = "the folder's name instead of **: a folder brings back everything below it.";
  test.each([
    ['an absolute path', '/var/log', "a path relative to the command's working folder."],
    ['a parent', 'a/../b', 'a path without "..", below the command\'s working folder.'],
    [
      'a parent out of braces',
      '{.,}./b',
      'a path without "..", below the command\'s working folder.',
    ],
    ['a backslash', 'a\\b', '/ between folders; a backslash is not supported.'],
    ['an exclusion', '!a', 'patterns of files to bring back; exclusions are not supported.'],
    ['a double star within', 'reports/**/*.xml', folder],
    ['a double star alone', '**', folder],
    ['a double star at the root', '/**', "a path relative to the command's working folder."],
  ])('%s', (_name, line, allowed) => {
    expect(read(line).problems).toEqual([`collect: ${line} is invalid. Use ${allowed}`]);
  });

  test('each line has its own problem, and names itself', () => {
    expect(
      read('/a\nb\n!c').problems.map((problem) => /^collect: (.*) is invalid/.exec(problem)?.[1]),
    ).toEqual(['/a', '!c']);
  });

  const refused = (line: string, why: string) => `collect: ${line} cannot be used: ${why}`;
  const braces = 'its braces expand to more than 500 patterns.';
  test.each([
    ['as many as allowed', 'a{1..500}', []],
    ['sets that multiply', '{a,b}'.repeat(9), [refused('{a,b}'.repeat(9), braces)]],
    [
      'a line that is longer than any path',
      '{a,b}'.repeat(3000),
      [refused('…', 'it is longer than any path. Write one pattern per line.')],
    ],
  ])('one line: %s', (_name, line, problems) => {
    const { patterns, problems: found } = read(line);
    expect(found).toEqual(problems);
    expect(patterns).toHaveLength(problems.length > 0 ? 0 : 500);
  });
});

test('whatever is valid stays below the working folder', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '.', '/', '\\', '{', '}', ',', '!', '*', '~', ' ', '\n'),
  });
  fc.assert(
    fc.property(text, (collect) => {
      const { patterns, problems } = read(collect);
      if (problems.length > 0) return;
      for (const pattern of patterns) {
        expect(
          pattern === '.' || !pattern.split('/').some((one) => ['', '.', '..'].includes(one)),
        ).toBe(true);
      }
    }),
  );
});
