import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { anyText } from '../../any-text.ts';
import { readFences } from '../../fences.ts';
import { codeBlock, details, markdownBlocks, markdownText } from '../../../src/report/markdown.ts';
import {
  code as input,
  foreign,
  item,
  message,
  say,
  sh,
  yaml,
} from '../../../src/report/message.ts';

/** Text of the kind that would like to be Markdown. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '```',
        '````\n',
        '\n```\n',
        '~~~',
        '\n',
        '\r',
        '\r\n',
        '    ',
        '</details>',
        '<img src=x>',
      ),
      fc.constantFrom(
        '# a',
        '> ',
        '- ',
        '::error::x',
        '\u001b[31m',
        '\u0000',
        '\u007f',
        '<!--',
        '\\',
        '\t',
      ),
      anyText({ maxLength: 6 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('a fence', () => {
  test('whatever the text, a reader sees one block of code and nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { code, outside } = readFences(`before\n${codeBlock(text)}after`);
        expect(code).toHaveLength(1);
        expect(outside).toBe('before\n\nafter');
      }),
      { numRuns: 1000 },
    );
  });

  test('plain text comes back as it was', () => {
    const plain = fc.string({
      unit: fc.constantFrom(...Array.from('ab`~ \n<>&*_#é漢\t')),
      maxLength: 60,
    });
    fc.assert(
      fc.property(plain, (text) => {
        const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
        expect(readFences(codeBlock(text)).code).toEqual([whole]);
      }),
      { numRuns: 1000 },
    );
  });

  test('a renderer agrees', () => {
    const shape = (tokens: readonly Token[]) =>
      tokens.filter(({ type }) => type !== 'space').map(({ type }) => type);
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shape(marked.lexer(codeBlock(text)))).toEqual(['code']);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['\u001b[1;31mred\u001b[0m', 'red\n'],
    ['\u001b]8;;https://x.example\u0007x\u001b]8;;\u0007', 'x\n'],
    ['a\rb\r\nc', 'a\nb\nc\n'],
    ['a\u0000b\u0008c\td', 'a\uFFFDb\uFFFDc\td\n'],
    ['', ''],
  ])('leaves out colors and links of a terminal, and shows controls as such: %j', (text, code) => {
    expect(readFences(codeBlock(text)).code).toEqual([code]);
  });
});

test('a details block holds its fence, whatever the text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { code, outside } = readFences(details('Output', codeBlock(text)));
      expect(code).toHaveLength(1);
      expect(outside).toBe('\n<details><summary>Output</summary>\n\n\n</details>\n');
    }),
  );
});

test.each([
  ['a*b', '`a*b`'],
  ['a\n# b', '`a\\u000a# b`'],
  ['a ``b`` c', '```a ``b`` c```'],
  ['`a', '`` `a ``'],
  [' a ', '`  a  `'],
  ['  ', ''],
  ['1m 30s', '1m 30s'],
  ['2,000', '2,000'],
])('a value in prose is code on one line, and nothing else is: %j', (value, code) => {
  expect(markdownText(say`say: ${value}_ ${value}.`)).toBe(`say: ${code}\\_ ${code}.`);
});

test('an input is code, and foreign text is quoted as well', () => {
  const prose = say`Set ${input('files')} to ${foreign('path', 'a b')}.`;
  expect(markdownText(prose)).toBe('Set `files` to `"a b"`.');
});

/** What a renderer makes of the text: all that is not code, and whether it holds HTML or a link. */
function rendered(markdown: string): { text: string; kinds: string[] } {
  const kinds: string[] = [];
  let text = '';
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    kinds.push(token.type);
    const { tokens, text: own } = token as Tokens.Text;
    const isLeaf = token.type === 'escape' || (token.type === 'text' && !tokens);
    if (isLeaf) text += own;
  });
  return { text, kinds };
}

test('whatever a value is, a renderer makes code of it and nothing else', () => {
  fc.assert(
    fc.property(hostile, hostile, (value, other) => {
      const { remedy } = message('x', [
        say`A.`,
        say`Begin ${`CANARY${value}`} middle ${foreign('x', `CANARY${other}`)} end`,
        item(say`Item ${`CANARY${value}`}.`),
        sh`echo ${`CANARY${value}`}`,
        yaml`x: ${`CANARY${other}`}`,
      ]);
      const { text, kinds } = rendered(markdownBlocks(remedy));
      expect(text).not.toContain('CANARY');
      expect(
        kinds.filter((kind) => /^(?:html|link|image|heading|strong|em|del)$/.test(kind)),
      ).toEqual([]);
      expect(kinds.filter((kind) => kind === 'code')).toHaveLength(2);
    }),
    { numRuns: 500 },
  );
});

test('what is to be pasted stands in a block of its own, between the prose around it', () => {
  const { remedy } = message('x', [
    say`A.`,
    say`Either:`,
    yaml`
      with:
        timeout: 3m
    `,
    say`Or:`,
    sh`az login`,
    item(say`Then this`),
    sh`true`,
  ]);
  expect(markdownBlocks(remedy)).toBe(
    [
      '\nEither:\n',
      '\n```yaml\nwith:\n  timeout: 3m\n```\n',
      '\nOr:\n',
      '\n```bash\naz login\n```\n',
      '- Then this',
      '\n```bash\ntrue\n```\n',
    ].join('\n'),
  );
});
