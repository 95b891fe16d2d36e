import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { anyText } from '../../any-text.ts';
import { readFences } from '../../fences.ts';
import { VALUE_MARKS } from '../../../src/report/catalogue/paste.ts';
import { blocks, fenced, folded, prose } from '../../../src/report/markdown.ts';

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
        const { code, outside } = readFences(`before\n${fenced(text)}after`);
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
        expect(readFences(fenced(text)).code).toEqual([whole]);
      }),
      { numRuns: 1000 },
    );
  });

  test('a renderer agrees', () => {
    const shape = (tokens: readonly Token[]) =>
      tokens.filter(({ type }) => type !== 'space').map(({ type }) => type);
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shape(marked.lexer(fenced(text)))).toEqual(['code']);
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
    expect(readFences(fenced(text)).code).toEqual([code]);
  });
});

test('a folded block holds its fence, whatever the text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { code, outside } = readFences(folded('Output', fenced(text)));
      expect(code).toHaveLength(1);
      expect(outside).toBe('\n<details><summary>Output</summary>\n\n\n</details>\n');
    }),
  );
});

test.each([
  ['a*b', '`a*b`'],
  ['a\n# b', '`a # b`'],
  ['a ``b`` c', '```a ``b`` c```'],
  ['`a', '`` `a ``'],
  [' a ', '`  a  `'],
  ['  ', ''],
])('a value in prose is code on one line, and nothing else is: %j', (value, code) => {
  const said = VALUE_MARKS.begin + value + VALUE_MARKS.end;
  expect(prose(`say: ${said}_ ${said}.`)).toBe(`say: ${code}\\_ ${code}.`);
});

test('what is to be pasted stands in a block of its own, between the prose around it', () => {
  expect(blocks('Either:\n  with:\n    timeout: 3m\nOr:\n  az login\n- Then this\n  true')).toBe(
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
