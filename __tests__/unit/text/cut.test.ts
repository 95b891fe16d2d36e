import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  endOf,
  shownEnd,
  shownStart,
  withoutCutEnd,
  withoutCutStart,
} from '../../../src/text/cut.ts';

describe('the end of an output', () => {
  test.each([
    { name: 'all of it', text: 'a\nb\n', max: 4, end: 'a\nb\n' },
    { name: 'from a line that just fits', text: 'a\nb\n', max: 2, end: 'b\n' },
    { name: 'from the next line', text: 'a\nbcd\ne\n', max: 4, end: 'e\n' },
    { name: 'of one long line, from a word', text: 'abc de f\n', max: 6, end: ' de f\n' },
    { name: 'of one long word, which is left out', text: 'abcdef\n', max: 3, end: '\n' },
    { name: 'of pairs of surrogates', text: '😀😀 😀', max: 9, end: ' 😀' },
  ])('$name', ({ text, max, end }) => {
    expect(endOf(text, max)).toBe(end);
  });

  test('property: an end, no longer than allowed, from a line if one fits', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\r', ' ') });
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 4, max: 30 }), (lines, max) => {
        const text = lines.join('\n');
        const end = endOf(text, max);
        expect(text.endsWith(end)).toBe(true);
        expect(Buffer.byteLength(end)).toBeLessThanOrEqual(max);
        expect(end.isWellFormed()).toBe(true);
        const last = lines.at(-1) ?? '';
        if (last !== '' && Buffer.byteLength(last) <= max) expect(end.endsWith(last)).toBe(true);
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
    ['what only escape sequences make long', '\u001b[31mab\u001b[0m', 4, 'ab'],
  ])('the start: %s', (_name, text, max, start) => {
    expect(shownStart(text, max)).toBe(start);
  });

  test.each([
    ['all of it', 'a b', 3, 'a b'],
    ['from a line', 'a\nbc d\n', 5, 'bc d\n'],
    ['within a word', 'abc de', 4, '… de'],
    ['within the only word', 'abcde', 4, '…'],
    ['behind an escape sequence that has a blank', 's3\u001b]0;a b\u0007cret x', 6, '… x'],
  ])('the end: %s', (_name, text, max, end) => {
    expect(shownEnd(text, max)).toBe(end);
  });
});

describe('whatever is cut off, a secret is there as a whole, or nothing of it', () => {
  // No other text has these letters, so a part of a secret is found by any of them.
  const secret = fc.string({ unit: fc.constantFrom('S', 'é', '漢', '😀', '"'), minLength: 1 });
  const escape = fc.constantFrom('\u001b[31m', '\u001b]0;a b\u0007', '\u001b[ q', '\u001b(B');
  const piece = fc.oneof(fc.constantFrom('a', 'bc', '\t', '\r', '\u00a0'), fc.constant(' '));
  const around = fc.string({ unit: fc.oneof(piece, fc.constant('\n')), maxLength: 20 });

  /** A text with a secret in it as one word, and how much of it is to be left. */
  const given = fc.tuple(around, secret, around, fc.integer({ min: 1, max: 40 }));

  const expectWhole = (left: string, word: string) => {
    expect(left.split(word).join('')).not.toMatch(/[Sé漢😀"\ufffd]/u);
    expect(left.isWellFormed()).toBe(true);
  };

  test('from a plain text', () => {
    fc.assert(
      fc.property(given, ([before, word, after, max]) => {
        const text = `${before} ${word} ${after}`;
        for (const left of [
          endOf(text, max),
          shownEnd(text, max),
          shownStart(text, max),
          withoutCutStart(text.slice(-max)),
          withoutCutEnd(text.slice(0, max)),
        ]) {
          expectWhole(left, word);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('from one that has escape sequences within the secret', () => {
    fc.assert(
      fc.property(
        given,
        fc.array(fc.tuple(escape, fc.nat(10))),
        ([before, word, after, max], all) => {
          const letters = Array.from(word);
          for (const [sequence, at] of all) letters.splice(at, 0, sequence);
          const text = `${before} ${letters.join('')} ${after}`;
          expectWhole(shownEnd(text, max), word);
          expectWhole(shownStart(text, max), word);
        },
      ),
      { numRuns: 500 },
    );
  });
});
