import { stripVTControlCharacters } from 'node:util';

/**
 * Foreign text as a fenced block: the fence is longer than any run of backticks in the text, with blank lines around,
 * so that nothing of it is read as Markdown or HTML. Colours and other terminal controls are left out.
 */
export function fenced(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replaceAll(/\r\n?/g, '\n')
    // Controls other than tab and newline, which no browser shows.
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
  let longest = 2;
  for (const [run] of plain.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}text\n${plain}${plain.endsWith('\n') || plain === '' ? '' : '\n'}${fence}\n`;
}

/** A block that opens on a click. The title is a literal of ours. */
export function folded(title: string, markdown: string): string {
  return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}
