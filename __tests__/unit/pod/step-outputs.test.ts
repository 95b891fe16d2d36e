import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../support/any-text.ts';
import { arrivedAssignments, parseStepOutputs } from '../../../src/pod/step-outputs.ts';

const found = (...assignments: [name: string, value: string, line: number][]) => ({
  assignments: assignments.map(([name, value, line]) => ({ name, value, line })),
});

describe('the grammar of the runner', () => {
  test.each([
    { name: 'empty lines', text: '\n\na=1\n\n', expected: found(['a', '1', 3]) },
    { name: 'signs in a value', text: 'a=b=<<EOF\n', expected: found(['a', 'b=<<EOF', 1]) },
    { name: 'blanks kept', text: ' a = b \n', expected: found([' a ', ' b ', 1]) },
    { name: 'CR kept', text: 'a=1\r\n', expected: found(['a', '1\r', 1]) },
    {
      name: 'a block',
      text: 'a<<EOF\n1\n2\nEOF\nb=3\n',
      expected: found(['a', '1\n2', 1], ['b', '3', 5]),
    },
    { name: 'an empty block', text: 'a<<EOF\nEOF\n', expected: found(['a', '', 1]) },
    {
      name: 'a delimiter with blanks and signs',
      text: 'a<< x=<<y \n1\n x=<<y \n',
      expected: found(['a', '1', 1]),
    },
    { name: 'a repeated name', text: 'a=1\na=2\n', expected: found(['a', '1', 1], ['a', '2', 2]) },
    { name: 'a byte order mark', text: '\uFEFFa=1\n', expected: found(['a', '1', 1]) },
  ])('$name', ({ text, expected }) => {
    expect(parseStepOutputs(text)).toEqual(expected);
  });

  const neither = 'is neither NAME=value nor NAME<<DELIMITER';
  const endless = 'starts a block, but no later line is its delimiter';
  test.each([
    ['a bare line', 'a=1\nsecret\n', 2, neither],
    ['a line of blanks', '  \n', 1, neither],
    ['no name', '=secret\n', 1, 'has no name before the ='],
    ['a block without a name', '<<E\nsecret\nE\n', 1, 'has no name before the <<'],
    ['no delimiter', 'a<<\nsecret\n\n', 1, 'has no delimiter after the <<'],
    ['a block that does not end', 'a=1\n\nb<<E\nsecret\nE \n', 3, endless],
    ['the first of two', 'bare\n=x\n', 1, neither],
  ])('malformed: %s', (_name, text, line, problem) => {
    const { malformed } = parseStepOutputs(text);
    expect([malformed?.line, malformed?.problem.plain]).toEqual([line, problem]);
  });
});

test('property: what is written as blocks is read back', () => {
  const name = fc.stringMatching(/^[A-Za-z][\w-]{0,9}$/);
  const value = anyText().filter((text) => !text.split('\n').includes('EOF'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const text = pairs.map(([key, content]) => `${key}<<EOF\n${content}\nEOF\n`).join('');
      const { assignments, malformed } = parseStepOutputs(text);
      expect(malformed).toBe(undefined);
      expect(assignments.map((entry) => [entry.name, entry.value])).toEqual(pairs);
    }),
  );
});

test('property: no text breaks it, and no problem shows the text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('=', '<<', '\n', 'sesame', 'E', ' ', '\r')), (parts) => {
      const { malformed } = parseStepOutputs(parts.join(''));
      if (malformed) {
        expect(malformed.problem.plain).not.toContain('sesame');
        expect(malformed.line).toBeGreaterThan(0);
      }
    }),
  );
});

test.each<[string, string, string[]]>([
  [
    'malformed behind the secret',
    'token=s3cret\nand more\nx=1\n',
    ['token: s3cret', 'token: and more', 'x: 1'],
  ],
  ['cut off in a block', 'token<<X\nline1\nline2', ['token: line1\nline2']],
])('all that arrived may be a secret: %s', (_name, text, expected) => {
  expect(arrivedAssignments(text).map(({ name, value }) => `${name}: ${value}`)).toEqual(expected);
});
