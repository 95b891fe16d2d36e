import { expect, test } from '@jest/globals';
import { summaryPage } from '../../local/github/summary.ts';

const bodyOf = (markdown: string, title = 'a / b') =>
  /<article[^>]*>\n([^]*)<\/article>/.exec(summaryPage('w', [{ title, markdown }]))?.[1] ?? '';

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['a script in a line', 'x <img src=x onerror=alert(1)> y'],
  ['a link', '[a](javascript:alert(1)) <a href=" javascript:alert(1)">b</a>'],
  ['an autolink', '<javascript:alert(1)>'],
  ['a picture', '<svg onload=alert(1)><script>alert(1)</script></svg>'],
  ['a frame', '<iframe src="https://example.com"></iframe><object data="x"></object>'],
  [
    'another page',
    '<meta http-equiv="refresh" content="0;url=https://example.com"><base href="x">',
  ],
  ['a form', '<form action="https://example.com"><button formaction="x">a</button></form>'],
  ['a style', '<style>body { display: none }</style><p style="position: fixed">a</p>'],
  ['a tag that is not closed', '<details><script '],
])('%s from others stays inert', (_name, markdown) => {
  expect(bodyOf(markdown)).not.toMatch(
    /<(?:script|svg|iframe|object|meta|base|form|button|style)|\son\w+=|style=|href="\s*javascript:/i,
  );
});

test('what GitHub shows is shown', () => {
  const markdown =
    '# A\n\n<details><summary>more</summary>\n\n```sh\nls <a>\n```\n\n</details>\n\n' +
    '| a | b |\n| - | - |\n| `1` | ~~2~~ |\n\n- [x] done\n\n[a](https://example.com)';
  expect(bodyOf(markdown)).toMatchInlineSnapshot(`
    "<h1>a / b</h1>
    <h1>A</h1>
    <details><summary>more</summary><pre><code class="language-sh">ls &#x3C;a>
    </code></pre>
    </details><table>
    <thead>
    <tr>
    <th>a</th>
    <th>b</th>
    </tr>
    </thead>
    <tbody><tr>
    <td><code>1</code></td>
    <td><del>2</del></td>
    </tr>
    </tbody></table>
    <ul>
    <li><input checked disabled type="checkbox"> done</li>
    </ul>
    <p><a href="https://example.com">a</a></p>

    "
  `);
});

test('what is too deep to render is text', () => {
  expect(bodyOf(`${'> '.repeat(5000)}<b>`)).toMatch(/<pre>(?:&#62; )+&#60;b&#62;<\/pre>/);
});

test('a title is text', () => {
  expect(bodyOf('', '<b>&"')).toContain('<h1>&#60;b&#62;&#38;&#34;</h1>');
});

test('the page forbids scripts, should a sanitizer ever miss one', () => {
  expect(summaryPage('w', [])).toContain(`content="default-src 'none';`);
});
