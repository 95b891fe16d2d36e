import { visible, withoutEscapes } from '../text/visible.ts';
import type { Block, Part, Prose } from './message.ts';
import { quoted } from './plain-text.ts';

/**
 * Puts foreign text into a fenced block. The fence is longer than any run of backticks in the text,
 * with blank lines around it, so that no part is read as Markdown or HTML. Colors and other
 * terminal controls are left out. The language is a literal of ours.
 */
export function codeBlock(text: string, language = 'text'): string {
  const plain = withoutEscapes(text)
    .replaceAll(/\r\n?/g, '\n')
    // Control characters that no browser shows: all except tab and newline.
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD');
  const fence = ticks(plain, 3);
  const lineEnd = plain === '' || plain.endsWith('\n') ? '' : '\n';
  return `\n${fence}${language}\n${plain}${lineEnd}${fence}\n`;
}

/** A block that opens on a click. The title is a literal of ours. */
export function details(title: string, markdown: string): string {
  return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}

/**
 * Prose on one line. Values become code, in which GitHub reads no Markdown, HTML, link, mention, or
 * math. The rest is ours, so it is enough to escape its special characters.
 */
export function markdownText({ parts }: Prose): string {
  return parts.map(markdownPart).join('').trim();
}

function markdownPart(part: Part): string {
  if (typeof part === 'string') return part.replaceAll(/[\\`*_[\]<>#|~$]/g, '\\$&');
  const text = visible(part.kind === 'foreign' ? quoted(part.text) : part.text);
  return isNumber(text) ? text : codeSpan(text);
}

/** Numbers and durations, which need no code around them. */
function isNumber(text: string): boolean {
  return /^\d[\d ,hms]*$/.test(text);
}

/** Foreign text on one line, as code; empty if there is none. */
function codeSpan(text: string): string {
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

const LANGUAGES = { sh: 'bash', yaml: 'yaml', text: 'text' } as const;

/** Blocks, one below the other. */
export function markdownBlocks(blocks: readonly Block[]): string {
  return blocks.map(markdownBlock).join('\n');
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'prose':
      return `\n${markdownText(block)}\n`;
    case 'item':
      return `- ${markdownText(block)}`;
    default:
      return codeBlock(block.lines.join('\n'), LANGUAGES[block.kind]);
  }
}
