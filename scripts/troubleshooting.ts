import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { RECORDINGS } from '../__tests__/unit/report/corpus/recorded.ts';
import { WORKFLOW } from '../src/hosts/words.ts';
import { POD_OUTPUT } from '../src/report/catalogue/pod-output.ts';
import type { Row } from '../src/report/catalogue/row.ts';
import { compose } from '../src/report/explanation.ts';
import { readFindings, withoutScriptPath } from '../src/report/output-hints.ts';

/** The part of docs/TROUBLESHOOTING.md that explains outputs, generated from the catalogue. */

const BEGIN = '<!-- What the command printed: npm run troubleshooting -->';
const END = '<!-- end of what the command printed -->';
const LONGEST = 240;

/** Inputs are code in a document. */
const WORDS = { ...WORKFLOW, input: (name: string) => `\`${name}\`` };

/**
 * The document with that part as the catalogue defines it.
 *
 * @throws Error if a sentence announces something that does not follow.
 */
export async function withOutputs(document: string, file: URL): Promise<string> {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error('docs/TROUBLESHOOTING.md has no markers');
  const first = [
    ...new Map(POD_OUTPUT.toReversed().map((row) => [row.section, row])).values(),
  ].toReversed();
  const text = `${before}${BEGIN}\n\n${first.map(section).join('\n\n')}\n\n${END}${after}`;
  const unkept = unkeptPromises(text);
  if (unkept.length > 0) throw new Error(`Nothing follows these sentences:\n${unkept.join('\n')}`);
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

/** Sentences that promise something that does not follow: text to paste, or a first command of several. */
export function unkeptPromises(markdown: string): string[] {
  return markdown.split(/^#+ /m).flatMap((part) => {
    const blocks = part.split(/\n{2,}(?! |\})/);
    const commands = [...part.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, lines = '']) =>
      lines.trim().split('\n'),
    );
    return blocks.filter((block, at) => {
      const isAnnouncement = block.endsWith(':') && !/^(?:```|\|)/.test(block);
      const hasNothing = isAnnouncement && !/^(?:```|- |\d\. |\|)/.test(blocks[at + 1] ?? '');
      return hasNothing || (/\bfirst command\b/.test(block) && commands.length < 2);
    });
  });
}

/** A row as people see it: a line that a real program wrote, and what is said about it. */
function section(row: Row): string {
  const recorded = RECORDINGS.find(({ hint }) => hint === row.section);
  const hints = recorded
    ? readFindings(recorded.output, recorded.exitCode, { words: WORDS }).hints
    : [];
  const hint = hints.find(({ section }) => section === row.section);
  const { sentence, move } = hint ?? compose(row, {}, { words: WORDS });
  const lines = (recorded?.output.split('\n') ?? []).map(withoutScriptPath);
  const line = lines.find((text) => row.words?.test(text) === true);
  const heading = row.sentence
    .replaceAll(/\{noun:runner\}/g, 'the runner')
    .replaceAll(/\{\w+\}/g, '…');
  return [
    `### <a id="${row.section}"></a>${heading.replace(/\.$/, '')}`,
    ...(line === undefined ? [] : [fence('text', [clipped(line)])]),
    ...paragraphs(move === '' ? sentence : move),
  ].join('\n\n');
}

/** Prose becomes paragraphs, and indented text becomes code. */
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
      // Messages say "cannot", but documents say "can't".
      if (text !== '')
        parts.push(text.replaceAll(/[<>*]/g, String.raw`\$&`).replaceAll(/\bcannot\b/g, "can't"));
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
