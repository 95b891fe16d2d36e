import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEntries } from '../../local/runner/entries.ts';
import { parseFileCommand } from '../../src/pod/file-command.ts';

const LINUX = { windows: false };

test.each<
  [name: string, text: string, entries: [string, string][], options?: { windows: boolean }]
>([
  ['nothing', '', []],
  ['one', 'a=1', [['a', '1']]],
  [
    'several, and empty lines',
    '\na=1\n\nb=2=3\n',
    [
      ['a', '1'],
      ['b', '2=3'],
    ],
  ],
  ['an empty value', 'a=\n', [['a', '']]],
  [
    'a block',
    'a<<E\n1\n\n2\nE\nb=3',
    [
      ['a', '1\n\n2'],
      ['b', '3'],
    ],
  ],
  ['an empty block', 'a<<E\nE\n', [['a', '']]],
  ['an equals sign first', 'a=<<E\n', [['a', '<<E']]],
  ['a name that ends in <', 'a<<<E\n1\n<E\n', [['a', '1']]],
  ['a byte order mark', '\uFEFFa=1\n', [['a', '1']]],
  ['a carriage return', 'a=1\r\n', [['a', '1\r']]],
  [
    'the same on Windows',
    'a=1\r\nb<<E\r\n2\r\nE',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    { windows: true },
  ],
])('%s', (_name, text, entries, options = LINUX) => {
  expect(readEntries(text, options)).toEqual(entries);
});

test.each([
  ['no assignment', 'a\n', "Invalid format 'a'"],
  ['a block without an end', 'a<<E\n1\n', "Invalid value. Matching delimiter not found 'E'"],
  ['a block without a delimiter', 'a<<\n', "Invalid format 'a<<'"],
  ['a block without a name', '<<E\nE\n', "Invalid format '<<E'"],
])('%s fails the step', (_name, text, problem) => {
  expect(() => readEntries(text, LINUX)).toThrow(problem);
});

describe('the reader of the action, which is another one,', () => {
  const part = fc.constantFrom(
    'a',
    'b',
    'E',
    '=',
    '<',
    '<<',
    '\n',
    '\r',
    ' ',
    'a=1\n',
    'b<<E\n',
    '\nE\n',
  );
  test('reads the same, and refuses the same', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { assignments, malformed } = parseFileCommand(text);
        const own = assignments.map(({ name, value }) => [name, value]);
        let theirs: unknown;
        try {
          theirs = readEntries(text, LINUX);
        } catch {
          theirs = 'refused';
        }
        expect(malformed === undefined ? own : 'refused').toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});
