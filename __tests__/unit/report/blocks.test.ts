import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { micromark } from 'micromark';
import { readFences } from '../../support/fences.ts';
import { HOSTILE_MARKDOWN } from '../../support/hostile.ts';
import {
  codeBlock,
  details,
  markdownBlocks,
  plainBlocks,
  wrappedLines,
} from '../../../src/report/blocks.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import type { Block } from '../../../src/messages/message.ts';
import { listing, pasteInputs, sh } from '../../../src/messages/paste.ts';
import { say } from '../../../src/text/say.ts';
import { withoutEscapes } from '../../../src/text/visible.ts';

describe('a fence', () => {
  test('whatever the text, a reader sees one block of code and nothing else', () => {
    fc.assert(
      fc.property(HOSTILE_MARKDOWN, (text) => {
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
      fc.property(HOSTILE_MARKDOWN, (text) => {
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

test('a details block holds its title and its fence, whatever the text', () => {
  fc.assert(
    fc.property(HOSTILE_MARKDOWN, (text) => {
      const { code, outside } = readFences(details(say`Of ${text}`, codeBlock(text)));
      expect(code).toHaveLength(1);
      expect(outside).toMatch(/^\n<details><summary>Of [^<]*<\/summary>\n\n\n<\/details>\n$/);
    }),
  );
});

describe('lines that wrap', () => {
  test.each([
    ['nothing', ' \n', ''],
    ['lines, without blank ones', 'a b\n\n  c\r\n', '\n` a b `\\\n`   c `\n'],
    ['colors and tabs', '\u001b[31mred\u001b[0m\t`x`', '\n`` red\t`x` ``\n'],
  ])('%s', (_name, text, markdown) => {
    expect(wrappedLines(text)).toBe(markdown);
  });

  test.each([
    ['marked', (markdown: string) => marked.parse(markdown, { async: false, gfm: true })],
    ['micromark', (markdown: string) => micromark(markdown, { allowDangerousHtml: true })],
  ])('whatever the text, %s makes code of each line and nothing else', (_name, render) => {
    fc.assert(
      fc.property(HOSTILE_MARKDOWN, (text) => {
        const html = render(`before\n${wrappedLines(text)}\nafter`);
        const lines = withoutEscapes(text)
          .split(/\r\n?|\n/)
          .filter((line) => line.trim() !== '');
        expect(html.match(/<code>[^<>]+<\/code>/g) ?? []).toHaveLength(lines.length);
        const around = html.replaceAll(/<code>[^<>]+<\/code>|<br ?\/?>/g, '').replaceAll(/\s/g, '');
        expect(around.replace('<p></p>', '')).toBe('<p>before</p><p>after</p>');
      }),
      { numRuns: 1000 },
    );
  });
});

test('whatever a value is, a renderer makes code of it and nothing else', () => {
  fc.assert(
    fc.property(HOSTILE_MARKDOWN, HOSTILE_MARKDOWN, (value, other) => {
      const remedy: Block[] = [
        say`Begin ${`CANARY${value}`} middle ${other} end`,
        { kind: 'items', items: [say`Item ${`CANARY${value}`}.`, say`${other}`] },
        sh`echo ${`CANARY${value}`}`,
        pasteInputs({ x: `CANARY${other}` }, WORKFLOW),
      ];
      const kinds: string[] = [];
      let text = '';
      void marked.walkTokens(marked.lexer(markdownBlocks(remedy)), (token) => {
        kinds.push(token.type);
        const { tokens, text: own } = token as Tokens.Text;
        if (token.type === 'text' && !tokens) text += own;
      });
      expect(text).not.toContain('CANARY');
      expect(
        kinds.filter((kind) => /^(?:html|link|image|heading|strong|em|del)$/.test(kind)),
      ).toEqual([]);
      expect(kinds.filter((kind) => kind === 'code')).toHaveLength(2);
      expect(kinds.filter((kind) => kind === 'list')).toHaveLength(1);
    }),
    { numRuns: 500 },
  );
});

describe('what is to be pasted', () => {
  const remedy: Block[] = [
    say`Either:`,
    { kind: 'yaml', lines: ['permissions: {}'] },
    { kind: 'yaml', lines: ['with:', '  timeout: 3m'] },
    { kind: 'sh', lines: ['az login', 'az logout'] },
    { kind: 'items', items: [say`One item.`, say`Another.`] },
    listing(['1 KB  a\nb', '', '2 KB  c']),
  ];

  test('is indented in a log, and two blocks of YAML stay apart', () => {
    expect(plainBlocks(remedy)).toBe(
      [
        'Either:',
        '  permissions: {}',
        '',
        '  with:',
        '    timeout: 3m',
        '  az login',
        '  az logout',
        '- One item.',
        '- Another.',
        String.raw`  1 KB  a\u000ab`,
        '',
        '  2 KB  c',
      ].join('\n'),
    );
  });

  test('stands in blocks of its own in a summary, and commands in one', () => {
    expect(markdownBlocks(remedy)).toBe(
      [
        '\nEither:\n',
        '\n```yaml\npermissions: {}\n```\n',
        '\n```yaml\nwith:\n  timeout: 3m\n```\n',
        '\n```bash\naz login\naz logout\n```\n',
        '\n- One item.\n- Another.\n',
        '\n```text\n1 KB  a\\u000ab\n\n2 KB  c\n```\n',
      ].join(''),
    );
  });
});
