import { visible } from '../text/visible.ts';
import type { Block, Foreign, Part, Prose } from './message.ts';

/** Prose on one line: for a log, an annotation, or a step output. */
export function plainText({ parts }: Pick<Prose, 'parts'>): string {
  return parts.map(plainPart).join('');
}

function plainPart(part: Part): string {
  if (typeof part === 'string') return part;
  return visible(part.kind === 'foreign' ? quoted(part) : part.text);
}

/** Blocks, one below the other. What is to be pasted is indented by two spaces. */
export function plainBlocks(blocks: readonly Block[]): string {
  const lines = blocks.flatMap((block, at) => {
    switch (block.kind) {
      case 'prose':
        return [plainText(block)];
      case 'item':
        return [`- ${plainText(block)}`];
      default: {
        const indented = block.lines.map((line) => (line === '' ? '' : `  ${line}`));
        return isSecondYaml(blocks, at) ? ['', ...indented] : indented;
      }
    }
  });
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
export function quoted({ text }: Pick<Foreign, 'text'>): string {
  if (NAME.test(text)) return text;
  const clipped = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `"${clipped.replaceAll('"', "'")}"`;
}
