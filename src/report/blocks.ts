import { ticksAround, type Text } from '../text/say.ts';
import { withoutEscapes } from '../text/visible.ts';
import type { Block } from '../messages/message.ts';
import { shownLines } from '../messages/paste.ts';

/**
 * Blocks in a log or an annotation, one below the other. What is to be pasted is indented by two
 * spaces.
 */
export function plainBlocks(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const [at, block] of blocks.entries()) {
    // Two blocks of YAML belong to two places of a workflow, so they stay apart.
    if (block.kind === 'yaml' && blocks[at - 1]?.kind === 'yaml') lines.push('');
    lines.push(...plainLines(block));
  }
  return lines.join('\n');
}

function plainLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [block.markdown];
    case 'items':
      return itemLines(block.items);
    case 'sh':
    case 'yaml':
    case 'listing':
      return shownLines(block).map((line) => (line === '' ? '' : `  ${line}`));
  }
}

/** Blocks in a job summary. */
export function markdownBlocks(blocks: readonly Block[]): string {
  return blocks.map(markdownBlock).join('');
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return paragraph(block);
    case 'items':
      // One block, or GitHub would space them out.
      return `\n${itemLines(block.items).join('\n')}\n`;
    case 'sh':
      return codeBlock(shownLines(block).join('\n'), 'bash');
    case 'yaml':
      return codeBlock(block.lines.join('\n'), 'yaml');
    case 'listing':
      return codeBlock(block.lines.join('\n'));
  }
}

function itemLines(items: readonly Text[]): string[] {
  return items.map(({ markdown }) => `- ${markdown}`);
}

/** A text by itself in a job summary; nothing if it is empty. */
export function paragraph({ markdown }: Text): string {
  return markdown === '' ? '' : `\n${markdown}\n`;
}

/**
 * Untrusted lines by themselves in a job summary, as code that wraps, so that an error on one long
 * line can be read whole. In a fenced block, it would have to be scrolled.
 */
export function wrappedLines(text: string): string {
  const lines = printable(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(codeLine);
  return lines.length === 0 ? '' : `\n${lines.join('\\\n')}\n`;
}

/** A line as a code span. Markdown takes off the blanks, which keep its own backticks apart. */
function codeLine(line: string): string {
  const ticks = ticksAround(line, 1);
  return `${ticks} ${line} ${ticks}`;
}

/**
 * Puts untrusted text into a fenced block. The fence is longer than any run of backticks in the
 * text, with blank lines around it, so that no part is read as Markdown or HTML. The language is a
 * literal of ours.
 */
export function codeBlock(text: string, language = 'text'): string {
  const shown = printable(text);
  const fence = ticksAround(shown, 3);
  const lineEnd = shown === '' || shown.endsWith('\n') ? '' : '\n';
  return `\n${fence}${language}\n${shown}${lineEnd}${fence}\n`;
}

/** Untrusted text in lines, without colors and other terminal controls. */
function printable(text: string): string {
  return (
    withoutEscapes(text)
      .replaceAll(/\r\n?/g, '\n')
      // Control characters that no browser shows: all except tab and newline.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD')
  );
}

/** A block that opens on a click. */
export function details({ plain }: Text, markdown: string): string {
  // Within HTML, a code span would not be read as code.
  const title = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `\n<details><summary>${title}</summary>\n${markdown}\n</details>\n`;
}
