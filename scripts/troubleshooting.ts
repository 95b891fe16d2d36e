import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { RECORDINGS } from '../__tests__/unit/report/corpus/recorded.ts';
import { WORKFLOW } from '../src/hosts/words.ts';
import { POD_OUTPUT } from '../src/report/catalogue/pod-output.ts';
import type { Row } from '../src/report/catalogue/row.ts';
import { compose } from '../src/report/explanation.ts';
import { withoutScriptPath } from '../src/report/quote.ts';

/** The part of docs/TROUBLESHOOTING.md that says what outputs mean, made from the catalogue. */

const BEGIN = '<!-- What the command printed: npm run troubleshooting -->';
const END = '<!-- end of what the command printed -->';
const LONGEST = 240;

/** Inputs are code in a document. */
const WORDS = { ...WORKFLOW, input: (name: string) => `\`${name}\`` };

/** The document with that part as the catalogue has it. */
export async function withOutputs(document: string, file: URL): Promise<string> {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error('docs/TROUBLESHOOTING.md has no markers');
  const first = [...new Map(POD_OUTPUT.toReversed().map((row) => [row.section, row])).values()].toReversed();
  const text = `${before}${BEGIN}\n\n${first.map(section).join('\n\n')}\n${END}${after}`;
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

function section(row: Row): string {
  const { sentence, move } = compose(row, { missing: '', unsent: 'PATH' }, '', { words: WORDS });
  const example = RECORDINGS.filter(({ hint }) => hint === row.section).flatMap(({ output }) => output.split('\n'));
  const line = example.find((text) => row.match.words?.test(withoutScriptPath(text)) === true);
  return [
    `<a id="${row.section}"></a>`,
    `### ${row.sentence
      .replaceAll(/\{noun:runner\}/g, 'the runner')
      .replaceAll(/\{\w+\}/g, '…')
      .replace(/\.$/, '')}`,
    ...(line === undefined ? [] : [fence('text', [clipped(withoutScriptPath(line))])]),
    ...paragraphs(move === '' ? sentence : move),
  ].join('\n\n');
}

/** Prose as paragraphs, what is indented as code. */
function paragraphs(move: string): string[] {
  const parts: string[] = [];
  let code: string[] = [];
  const flush = () => {
    if (code.length > 0) parts.push(fence(/^[\w-]+:/.test(code[0] ?? '') ? 'yaml' : 'sh', code));
    code = [];
  };
  for (const text of move.split('\n')) {
    if (text.startsWith('  ')) {
      code.push(text.slice(2));
    } else {
      flush();
      if (text !== '') parts.push(text.replaceAll(/[<>*]/g, String.raw`\$&`));
    }
  }
  flush();
  return parts;
}

function fence(language: string, lines: readonly string[]): string {
  return ['```' + language, ...lines, '```'].join('\n');
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

if (import.meta.main) {
  const file = new URL('../docs/TROUBLESHOOTING.md', import.meta.url);
  await writeFile(file, await withOutputs(await readFile(file, 'utf8'), file));
}
