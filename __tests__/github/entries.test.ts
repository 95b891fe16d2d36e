import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEntries } from '../../local/github/entries.ts';
import { parseStepOutputs } from '../../src/pod/step-outputs.ts';

const LINUX = { windows: false };

test('a byte order mark is no part of a name', () => {
  expect(readEntries('\uFEFFa=1\n', LINUX)).toEqual([['a', '1']]);
});

test('on Windows, lines end in CRLF', () => {
  const entries = [
    ['a', '1'],
    ['b', '2'],
  ];
  expect(readEntries('a=1\r\nb<<E\r\n2\r\nE', { windows: true })).toEqual(entries);
});

test.each([
  ['no assignment', 'a\n', "Invalid format 'a'"],
  ['a block without an end', 'a<<E\n1\n', "Invalid value. Matching delimiter not found 'E'"],
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
        const { assignments, malformed } = parseStepOutputs(text);
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
