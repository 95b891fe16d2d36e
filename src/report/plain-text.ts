import { visible } from '../text/visible.ts';
import type { Block, Part, Prose } from './message.ts';

/** Prose on one line: for a log, an annotation, or a step output. */
export function plainText({ parts }: Prose): string {
  return parts.map(plainPart).join('');
}

function plainPart(part: Part): string {
  if (typeof part === 'string') return part;
  return visible(part.kind === 'foreign' ? quoted(part.text) : part.text);
}

/** Blocks, one below the other. What is to be pasted is indented by two spaces. */
export function plainBlocks(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const [at, block] of blocks.entries()) {
    switch (block.kind) {
      case 'prose':
        lines.push(plainText(block));
        break;
      case 'item':
        lines.push(`- ${plainText(block)}`);
        break;
      default:
        if (isSecondYaml(blocks, at)) lines.push('');
        lines.push(...block.lines.map((line) => (line === '' ? '' : `  ${line}`)));
    }
  }
  return lines.join('\n');
}

/** Two blocks of YAML belong to two places of a workflow, so they stay apart. */
function isSecondYaml(blocks: readonly Block[], at: number): boolean {
  return blocks[at]?.kind === 'yaml' && blocks[at - 1]?.kind === 'yaml';
}

/**
 * Kinds, names, versions, hosts, paths, and fields, but no URL, which people would click, and no
 * final period.
 */
const NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const LONGEST = 100;

/** Foreign text in quotes, unless it is a name that cannot contain a sentence. */
export function quoted(text: string): string {
  if (NAME.test(text)) return text;
  const clipped = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `"${clipped.replaceAll('"', "'")}"`;
}
