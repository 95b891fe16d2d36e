import { expect, test } from '@jest/globals';
import { showMarkdown } from '../../local/try/show-markdown.ts';

test.each([
  ['a heading', '### ✅ c: succeeded', '\u001B[1m✅ c: succeeded\u001B[0m'],
  ['what is folded', 'a\n\n<details><summary>Command</summary>\n\n```bash\nls\n```\n\n</details>', 'a\n\n▸ Command'],
  ['a fenced text', '```text\n<a & b>\n```', '\u001B[2m│ <a & b>\u001B[0m'],
  [
    'inline styles',
    '**a** *b* `c<d` [e](f) &lt;',
    '\u001B[1ma\u001B[0m \u001B[3mb\u001B[0m \u001B[2mc<d\u001B[0m \u001B[4me\u001B[0m <',
  ],
  ['a list', '- a\n- b', '• a\n• b'],
  ['a quotation', '> a', '┃ a'],
  ['a rule', '---', '\u001B[2m────────\u001B[0m'],
  ['a table', '| a | bb |\n| - | - |\n| **ccc** | d |', '\u001B[1ma    bb\u001B[0m\nccc  d'],
  ['tags', '<b>a</b>', 'a'],
  ['escape sequences of others', 'a\u001B[31mb', 'a�[31mb'],
])('shows %s on a terminal', (_name, markdown, shown) => {
  expect(showMarkdown(markdown)).toBe(shown);
});
