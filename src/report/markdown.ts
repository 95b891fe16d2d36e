import { withoutEscapes } from '../text/visible.ts';
import { VALUE_MARKS } from './catalogue/paste.ts';

/**
 * Puts foreign text into a fenced block. The fence is longer than any run of backticks in the text, with blank lines
 * around it, so that no part is read as Markdown or HTML. Colors and other terminal controls are left out. The language
 * is a literal of ours.
 */
export function fenced(text: string, language = 'text'): string {
  const plain = withoutEscapes(text)
    .replaceAll(/\r\n?/g, '\n')
    // Control characters that no browser shows: all except tab and newline.
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
  const fence = ticks(plain, 3);
  return `\n${fence}${language}\n${plain}${plain.endsWith('\n') || plain === '' ? '' : '\n'}${fence}\n`;
}

/** A block that opens on a click. The title is a literal of ours. */
export function folded(title: string, markdown: string): string {
  return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}

/**
 * A line of prose. Text between `VALUE_MARKS` is foreign and becomes code, in which GitHub reads no Markdown, HTML,
 * link, mention, or math. The rest is ours, so it is enough to escape its special characters.
 */
export function prose(text: string): string {
  return withoutEscapes(text)
    .split(VALUE)
    .map((part, index) =>
      index % 2 === 1 ? code(part) : part.replaceAll(/[\\`*_[\]<>#|~$]/g, '\\$&'),
    )
    .join('')
    .trim();
}

const VALUE = new RegExp(
  `${VALUE_MARKS.begin}([^${VALUE_MARKS.begin}${VALUE_MARKS.end}]*)${VALUE_MARKS.end}`,
);

/** Foreign text on one line, as code; empty if there is none. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  if (line.trim() === '') return '';
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return ticks(line, 1) + pad + line + pad + ticks(line, 1);
}

/** More backticks than any run of them in the text has. */
function ticks(text: string, least: number): string {
  let count = least;
  for (const [run] of text.matchAll(/`+/g)) count = Math.max(count, run.length + 1);
  return '`'.repeat(count);
}

/** Formats text: lines of prose, list items after `- `, and code to paste if indented by two spaces or more. */
export function blocks(text: string): string {
  const parts: string[] = [];
  let pasted: string[] = [];
  const flush = () => {
    const code = pasted.join('\n');
    if (code !== '')
      parts.push(fenced(code, /^(?:- )?[\w-]+:(?:\s|$)/.test(code) ? 'yaml' : 'bash'));
    pasted = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('  ')) {
      pasted.push(line.slice(2));
      continue;
    }
    flush();
    if (line.startsWith('- ')) parts.push(`- ${prose(line.slice(2))}`);
    else if (line.trim() !== '') parts.push(`\n${prose(line)}\n`);
  }
  flush();
  return parts.join('\n');
}
