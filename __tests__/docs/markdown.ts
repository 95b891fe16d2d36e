import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export type Block = { readonly language: string; readonly text: string; readonly line: number };

/** What users read, by the paths below the repository: README.md, all of docs/, and two tools. */
export const documents: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/')))
    .sort(),
  'local/try/README.md',
  'scripts/acceptance/README.md',
];

export function readDocument(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

/** The fenced blocks of a document, at any indentation. */
export function blocksOf(document: string, language?: string): Block[] {
  const fences =
    /^(?<indent> *)(?<fence>```+)(?<language>\w*)\n(?<text>[\s\S]*?)^\k<indent>\k<fence>$/gm;
  return [...document.matchAll(fences)]
    .map(({ groups, index }) => ({
      language: groups?.['language'] ?? '',
      text: (groups?.['text'] ?? '').replaceAll(
        new RegExp(`^${groups?.['indent'] ?? ''}`, 'gm'),
        '',
      ),
      line: document.slice(0, index).split('\n').length + 1,
    }))
    .filter((block) => language === undefined || block.language === language);
}

/** The text outside fenced blocks and code spans. */
export function proseOf(document: string): string {
  return document.replaceAll(/^ *(```+)[\s\S]*?^ *\1$/gm, '').replaceAll(/`[^`\n]+`/g, '');
}
