import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { RECORDINGS } from '../__tests__/unit/report/corpus/recorded.ts';
import { knownFrom } from '../src/report/catalogue/known.ts';
import { KILLED, OUTPUT } from '../src/report/catalogue/pod-output.ts';
import type { Row } from '../src/report/catalogue/row.ts';
import { withoutScriptPath } from '../src/report/excerpt.ts';
import { markdownText } from '../src/report/markdown.ts';
import {
  capitals,
  foreign,
  type Block,
  type Foreign,
  type Message,
  type Part,
  type Prose,
} from '../src/report/message.ts';
import { readFindings } from '../src/report/output-hints.ts';
import { withIndex } from './troubleshooting-index.ts';

/**
 * The index of docs/TROUBLESHOOTING.md, and the part that explains outputs, generated from the
 * catalogue.
 */

const BEGIN = '<!-- What the command printed: npm run troubleshooting -->';
const END = '<!-- end of what the command printed -->';
const LONGEST = 240;

const ROWS: readonly Row[] = [...OUTPUT, KILLED];

/**
 * The document with that part as the catalogue defines it, and with its index.
 *
 * @throws Error if a sentence announces something that does not follow.
 */
export async function withOutputs(document: string, file: URL): Promise<string> {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error('docs/TROUBLESHOOTING.md has no markers');
  const first = [
    ...new Map(ROWS.toReversed().map((row) => [row.section, row])).values(),
  ].toReversed();
  const sections = first.map(sectionOf);
  const outputs = sections.map((section) => written(section, sections)).join('\n\n');
  const text = `${before}${BEGIN}\n\n${outputs}\n\n${END}${after}`;
  const unkept = unkeptPromises(text);
  if (unkept.length > 0) throw new Error(`Nothing follows these sentences:\n${unkept.join('\n')}`);
  return format(withIndex(text), { ...(await resolveConfig(file)), parser: 'markdown' });
}

/**
 * Sentences that promise something that does not follow: text to paste, or a first command of
 * several.
 */
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

/** What a row says if nothing is known: what it captures is a name in capitals. */
export function inCapitals(row: Row): Message {
  const groups = (row.match.text?.source ?? '').matchAll(/\(\?<([a-z]+)>/gi);
  const captured: Record<string, Foreign> = {};
  for (const [, name = ''] of groups) captured[name] = foreign(name, capitals(name));
  return row.explain(knownFrom({}), captured);
}

/**
 * A sentence as a heading: without a period, and with `…` for a value that is no name in capitals.
 */
export function headingOf({ parts }: Prose): string {
  const shown = parts.map((part) => {
    if (typeof part === 'string') return part;
    return part.kind === 'code' || /^[A-Z_]+$/.test(part.text) ? part.text : '…';
  });
  return shown.join('').replace(/\.$/, '');
}

/** A row as people see it: a line that a real program wrote, and the message about it. */
type Section = {
  readonly anchor: string;
  readonly heading: string;
  readonly line: string | undefined;
  /** Each paragraph, with what is to be pasted below it. */
  readonly steps: readonly string[];
};

function sectionOf(row: Row): Section {
  const recorded = RECORDINGS.find(({ hint }) => hint === row.section);
  const hints = recorded ? readFindings(recorded.output, recorded.exitCode, {}).hints : [];
  const hint = hints.find(({ section }) => section === row.section);
  const { sentence, remedy } = hint ?? inCapitals(row);
  const lines = (recorded?.output.split('\n') ?? []).map(withoutScriptPath);
  const patterns = ROWS.flatMap(({ section, match }) =>
    section === row.section && match.text ? [match.text] : [],
  );
  return {
    anchor: row.section,
    heading: headingOf(inCapitals(row).sentence),
    line: lines.find((text) => patterns.some((pattern) => pattern.test(text))),
    steps: stepsOf(remedy.length === 0 ? [sentence] : remedy),
  };
}

function stepsOf(blocks: readonly Block[]): string[] {
  const steps: string[] = [];
  for (const block of blocks) {
    const last = steps.pop();
    const isProse = block.kind === 'prose' || block.kind === 'item';
    if (last !== undefined && isProse) steps.push(last);
    steps.push(last === undefined || isProse ? paragraph(block) : `${last}\n\n${paragraph(block)}`);
  }
  return steps;
}

/** A step this long appears once, and the other sections link to it. */
const LONG_STEP = 200;

/** A section. What another section says better, or has said before, is a link to it. */
function written({ anchor, heading, line, steps }: Section, all: readonly Section[]): string {
  const shown = steps.map((step) => {
    const others = all.filter(({ steps }) => step.length > LONG_STEP && steps.includes(step));
    const best = others.find(({ steps: [first] }) => first === step) ?? others[0];
    return best === undefined || best.anchor === anchor
      ? step
      : `See [${best.heading}](#${best.anchor}).`;
  });
  return [
    `### <a id="${anchor}"></a>${heading}`,
    ...(line === undefined ? [] : [fence('text', [clipped(line)])]),
    ...shown,
  ].join('\n\n');
}

/** Prose is a paragraph, and what is to be pasted is code. */
function paragraph(block: Block): string {
  switch (block.kind) {
    case 'prose':
    case 'item':
      return block.parts.map(inDocument).join('');
    default:
      return fence(block.kind, block.lines);
  }
}

/**
 * Values and inputs are code. Of what is ours, only what Markdown would take for markup is escaped.
 */
function inDocument(part: Part): string {
  if (typeof part !== 'string') return markdownText({ kind: 'prose', parts: [part] });
  // Messages say "cannot", but documents say "can't".
  return part.replaceAll(/[<>*]/g, String.raw`\$&`).replaceAll(/\bcannot\b/g, "can't");
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
