import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../support/any-text.ts';
import { visible, visibleLines } from '../../../src/text/visible.ts';

describe('what is not seen is written out', () => {
  test.each([
    ['a line break', 'a\nb', String.raw`a\u000ab`],
    ['a lone carriage return', 'a\rb', String.raw`a\u000db`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['a tab', 'a\tb', String.raw`a\u0009b`],
    ['a terminal escape', '\u001b[31m', String.raw`\u001b[31m`],
    ['an 8-bit control', '\u009b31m', String.raw`\u009b31m`],
    ['text from right to left', 'a\u202eb', String.raw`a\u202eb`],
    ['an isolate', '\u2066a\u2069', String.raw`\u2066a\u2069`],
    ['a zero-width space', 'kube\u200bctl', String.raw`kube\u200bctl`],
    ['a soft hyphen', 'kube\u00adctl', String.raw`kube\u00adctl`],
    ['a byte order mark', '\ufeffa', String.raw`\ufeffa`],
    ['letters that are blank', 'a\u3164\u115f\uffa0', String.raw`a\u3164\u115f\uffa0`],
    ['tags, which spell a hidden text', 'a\u{e0041}', String.raw`a\udb40\udc41`],
    ['a selector behind a letter', 'a\ufe0f\ufe01', String.raw`a\ufe0f\ufe01`],
    ['half of a pair', 'a\ud800', String.raw`a\ud800`],
    ['what is seen stays', 'gałąź/分支/🌱 ⚠️ "x" \\', 'gałąź/分支/🌱 ⚠️ "x" \\'],
  ])('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('lines stay lines, and a tab stays a tab', () => {
    expect(visibleLines('a\tb\r\nc\u202ed\re\n')).toBe('a\tb\nc\\u202ed\ne\n');
  });

  test('whatever it is, nothing of it is left, and JSON gives it back', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(visible(text)).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u,
        );
        expect(JSON.parse(visible(JSON.stringify({ text })))).toEqual({ text });
      }),
    );
  });
});
