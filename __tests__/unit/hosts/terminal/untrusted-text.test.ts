import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLog } from '../../../../local/github/log.ts';
import {
  forTerminal,
  isReadByAgent,
  withoutCommands,
} from '../../../../src/hosts/terminal/untrusted-text.ts';

describe('untrusted text on a terminal', () => {
  test.each([
    ['text', 'a\tb\r\nc\n', 'a\tb\r\nc\n'],
    ['colors', '\u001b[1;31mred\u001b[0m\n', '\u001b[1;31mred\u001b[0m\n'],
    ['colors that do not end', '\u001b[31mred\n', '\u001b[31mred\n\u001b[0m'],
    ['a line overwritten', 'evil\rgood', 'evil\\u000dgood'],
    [
      'text turned round',
      'a\u202egnp.exe\u202c \u2066x\u2069',
      'a\\u202egnp.exe\\u202c \\u2066x\\u2069',
    ],
    ['another alphabet', 'שלום\u200f مرحبا', 'שלום\u200f مرحبا'],
  ])('%s', (_name, text, shown) => {
    expect(forTerminal(text)).toBe(shown);
  });

  test('nothing but colors is left, of whatever text', () => {
    const controls = ['\u001b', '\u0007', '\r', '\n', '\u009b'];
    const piece = fc.constantFrom(...controls, '[', ']', '31m', '0m', ';', 'A', 'x');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // eslint-disable-next-line no-control-regex
        const left = forTerminal(pieces.join('')).replaceAll(/\u001b\[[\d;:]*m|\r\n|[\t\n]/g, '');
        // eslint-disable-next-line no-control-regex
        expect(left).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('text in a log that obeys', () => {
  test.each([
    ['Azure Pipelines', 'x ##vso[task.x]y', 'x #\\#vso[task.x]y'],
    ['what a comparison overlooks', '#\u00ad#v\u200bso[a]b', '#\u00ad\\#v\u200bso[a]b'],
    ['before the bracket, too', '##vso\u00ad[a]b ##\u2063[x]', '#\\#vso\u00ad[a]b #\\#\u2063[x]'],
    ['controls and fillers, which ICU overlooks', '#\u0081#V\u115fSO[a]', '#\u0081\\#V\u115fSO[a]'],
    ['TeamCity', '##teamcity[message]', '#\\#teamcity[message]'],
    ['a title of a log', '##[error]x', '#\\#[error]x'],
    ['GitHub', '::error::x', ':\\:error::x'],
    ['after blanks', ' \t\u00a0\u0085::error a=x::y', ' \t\u00a0\u0085:\\:error a=x::y'],
    ['after a lone carriage return', 'a\r::error::x', 'a\r:\\:error::x'],
    ['what ICU overlooks between colons', '::error:\u00ad:x', ':\\:error:\u00ad:x'],
    ['an address of IPv6', '::1 localhost', '::1 localhost'],
    ['C++', 'a std::vector::size', 'a std::vector::size'],
    ['Markdown', '## [a](b)', '## [a](b)'],
  ])('%s', (_name, text, broken) => {
    expect(withoutCommands(text)).toBe(broken);
  });

  test.each([
    ['Azure Pipelines', { TF_BUILD: 'True' }, true],
    ['TeamCity', { TEAMCITY_VERSION: '2026.1' }, true],
    ['a run: step', { GITHUB_ACTIONS: 'true' }, true],
    ['another CI', { CI: 'true', TF_BUILD: '' }, false],
  ])('obeys it: %s', (_name, env, obeys) => {
    expect(isReadByAgent(env)).toBe(obeys);
  });

  test.each(['漢', '##漢', '::漢'])('it may be megabytes: of %s', (start) => {
    const text = start + '漢'.repeat(8 * 1024 * 1024);
    // Jest would print it.
    expect(withoutCommands(text) === text).toBe(true);
  });

  test('the runner finds no command in it, whatever it is', () => {
    const marks = ['##', '#', '[', ']', '::', ':', 'error', 'add-mask', 'x'];
    const blanks = [' ', '\t', '\r', '\n', '\u00a0', '\u0085', '\u2003'];
    const ignored = ['\u0000', '\u00ad', '\u200d', '\u0301', '\uff9e', '\u0600', '\u{e0001}'];
    const piece = fc.constantFrom(...marks, ...blanks, ...ignored);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(readLog(withoutCommands(pieces.join(''))).commands).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
