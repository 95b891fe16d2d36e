import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import {
  capitalized,
  enumerated,
  list,
  say,
  unquoted,
  withoutPeriod,
  type Text,
} from '../../../src/text/say.ts';
import { HOSTILE_MARKDOWN } from '../../support/hostile.ts';

const runner = say`the runner`;

test.each<[name: string, text: Text, markdown: string, plain: string]>([
  ['our own words stay Markdown', say`Use \`az login\`.`, 'Use `az login`.', 'Use az login.'],
  ['a value is code', say`No ${'k8s/*.yaml'}.`, 'No `k8s/*.yaml`.', 'No k8s/*.yaml.'],
  ['a number is not', say`Line ${7}.`, 'Line 7.', 'Line 7.'],
  ['nor a checked name', say`On ${unquoted('prod')}.`, 'On prod.', 'On prod.'],
  ['a text in a text', say`A ${say`b ${'c'}`}.`, 'A b `c`.', 'A b c.'],
  ['a list', say`For ${list(['a', 'b'])}.`, 'For `a`, `b`.', 'For a, b.'],
  ['an empty list', list([]), '', ''],
  ['a list in a sentence', enumerated(['a', 'b', 'c'], 'or'), '`a`, `b`, or `c`', 'a, b, or c'],
  ['nothing behind a sentence', say`A. ${say``}`, 'A.', 'A.'],
  ['a value that ends in a period', say`In ${'.'}.`, 'In `.`.', 'In ".".'],
  ['nothing', say`The value ${''}.`, 'The value `""`.', 'The value "".'],
  ['what is not known', say`The ${undefined}.`, 'The ….', 'The ….'],
  ['a backtick in a value', say`${'a`b'}`, '``a`b``', "a'b"],
  ['a backtick at the end of one', say`${'`a'}`, '`` `a ``', "'a"],
  ['blanks around a value', say`x ${' a '} y`, 'x `  a  ` y', 'x  a  y'],
  ['a line break', say`${'a\n# b'}`, '`a\\u000a# b`', String.raw`a\u000a# b`],
  ['what is not seen', say`${'x\u202e'}`, '`x\\u202e`', String.raw`x\u202e`],
  [
    'a question, and no period',
    say`${say`Is it ${'a'}?`}. ${'x?'}.`,
    'Is it `a`? `x?`.',
    'Is it a? x?.',
  ],
  ['a sentence as a headline', withoutPeriod(say`A ${'b'}.`), 'A `b`', 'A b'],
  ['a sentence', capitalized(runner), 'The runner', 'The runner'],
  ['a sentence that begins with code', capitalized(say`${'az'} x`), '`az` x', 'az x'],
])('%s', (_name, text, markdown, plain) => {
  expect([text.markdown, text.plain]).toEqual([markdown, plain]);
});

test('of a long list, twenty values and a count', () => {
  const values = Array.from({ length: 25 }, (_, at) => `p${at}`);
  expect(list(values).plain).toMatch(/^p0, p1, .*, p19, and 5 more$/);
  expect(list(values.slice(0, 20)).plain).toMatch(/, p19$/);
});

/** What a renderer makes of the text: all that is not code, and the kinds of its parts. */
function rendered(markdown: string): { text: string; kinds: string[] } {
  const kinds: string[] = [];
  let text = '';
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    kinds.push(token.type);
    const { tokens, text: own } = token as Tokens.Text;
    const isLeaf = token.type === 'escape' || (token.type === 'text' && !tokens);
    if (isLeaf) text += own;
  });
  return { text, kinds };
}

describe('whatever a value is', () => {
  test('a renderer makes code of it and nothing else', () => {
    fc.assert(
      fc.property(HOSTILE_MARKDOWN, HOSTILE_MARKDOWN, (one, other) => {
        const { markdown } = say`Begin ${`CANARY${one}`}, then ${list([`${other}CANARY`, one])}.`;
        const { text, kinds } = rendered(markdown);
        expect(text).not.toContain('CANARY');
        expect(new Set(kinds)).toEqual(new Set(['paragraph', 'text', 'codespan']));
        expect(markdown).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('no backtick of it reaches a shell', () => {
    fc.assert(
      fc.property(HOSTILE_MARKDOWN, (value) => {
        expect(say`No \`file\` ${value}.`.plain).not.toContain('`');
      }),
    );
  });
});
