import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOf, shownEnd, shownStart } from '../../../src/report/excerpt.ts';

describe('the end of an output', () => {
  test.each([
    { name: 'all of it', text: 'a\nb\n', max: 4, end: 'a\nb\n' },
    { name: 'from a line that just fits', text: 'a\nb\n', max: 2, end: 'b\n' },
    { name: 'from the next line', text: 'a\nbcd\ne\n', max: 4, end: 'e\n' },
    { name: 'of one long line that ends', text: 'abcdef\n', max: 3, end: 'ef\n' },
    { name: 'of pairs of surrogates', text: '😀😀😀', max: 9, end: '😀😀' },
  ])('$name', ({ text, max, end }) => {
    expect(endOf(text, max)).toBe(end);
  });

  test('property: an end, no longer than allowed, from a line where one fits', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\r') });
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 4, max: 30 }), (lines, max) => {
        const text = lines.join('\n');
        const end = endOf(text, max);
        expect(text.endsWith(end)).toBe(true);
        expect(Buffer.byteLength(end)).toBeLessThanOrEqual(max);
        expect(end.isWellFormed()).toBe(true);
        expect(end !== '' || text === '').toBe(true);
      }),
    );
  });
});

describe('what is cut is cut between words', () => {
  test.each([
    ['all of it', 'a bc', 4, 'a bc'],
    ['within a word', 'a bcd', 4, 'a …'],
    ['within the only word', 'abcde', 4, '…'],
    ['behind a word', 'ab cde', 3, 'ab …'],
  ])('the start: %s', (_name, text, max, start) => {
    expect(shownStart(text, max)).toBe(start);
  });

  test.each([
    ['all of it', 'a b', 3, 'a b'],
    ['from a line', 'a\nbc d\n', 5, 'bc d\n'],
    ['within a word', 'abc de', 4, '… de'],
    ['within the only word', 'abcde', 4, '…'],
  ])('the end: %s', (_name, text, max, end) => {
    expect(shownEnd(text, max)).toBe(end);
  });
});
