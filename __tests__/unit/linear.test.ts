import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync, type NewExpression, type RegExpLiteral } from '@swc/core';
import fc from 'fast-check';
import { CATALOGUE, explain } from '../../src/report/explanation.ts';
import { fenced, prose } from '../../src/report/markdown.ts';
import { missingPrograms } from '../../src/report/command-text.ts';
import { readFindings } from '../../src/report/output-hints.ts';
import { visibleLines } from '../../src/text/visible.ts';
import { forTerminal, withoutCommands } from '../../src/hosts/terminal/text.ts';
import { readStream } from '../../src/pod/stream.ts';
import { arrivedAssignments } from '../../src/pod/file-command.ts';

/**
 * Every regular expression there is, found in the sources, against 100 KiB of what keeps it busy. A pattern that looks
 * at each character again for each one before it needs half a minute for that. The ceiling is far above what any needs
 * on a busy machine, and far below that.
 */
const LENGTH = 100 * 1024;
const CEILING_MS = 3_000;

/** Patterns that see a line or the words of a service at most, which others cut to this length before. */
const SHORT: Readonly<Record<string, number>> = {
  // MAX_LINE of output-hints.ts, MAX_FOREIGN_WORDS of answer.ts
  'src/report/catalogue/': 2_048,
  // A number of ours
  'src/text/bytes.ts': 40,
};

type Pattern = { readonly where: string; readonly pattern: RegExp; readonly limit: number };

const root = path.resolve(import.meta.dirname, '../..');

/** All literals in a file, and how often it makes a pattern of other parts. */
function patternsIn(file: string): { literals: Pattern[]; made: number } {
  const limit = Object.entries(SHORT).find(([start]) => file.startsWith(start))?.[1] ?? LENGTH;
  const literals: Pattern[] = [];
  let made = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const part = node as RegExpLiteral | NewExpression;
    if (part.type === 'RegExpLiteral') {
      const where = `${file} /${part.pattern}/${part.flags}`;
      literals.push({
        where,
        pattern: new RegExp(part.pattern, part.flags.replace('g', '')),
        limit,
      });
    }
    if (
      part.type === 'NewExpression' &&
      part.callee.type === 'Identifier' &&
      part.callee.value === 'RegExp'
    )
      made += 1;
    Object.values(node).forEach(visit);
  };
  visit(
    parseSync(readFileSync(path.join(root, file), 'utf8'), {
      syntax: 'typescript',
      target: 'es2024',
    }),
  );
  return { literals, made };
}

const files = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const inSources = files.map((file) => ({ file, ...patternsIn(file) }));
const rows: Pattern[] = CATALOGUE.flatMap(({ section, words }) =>
  words === undefined
    ? []
    : [{ where: `the catalogue's row ${section}`, pattern: words, limit: 2_048 }],
);

/** A piece, over and over, up to a length. */
const over = (piece: string, length = LENGTH) => piece.repeat(Math.ceil(length / piece.length));

/** Texts that a pattern takes in, or nearly: beginnings and ends of what it matches, over and over. */
function busyTexts({ pattern, limit }: Pattern): string[] {
  const matching = new RegExp(samplable(pattern.source), pattern.flags.replaceAll(/[gimy]/g, ''));
  const samples = fc.sample(fc.stringMatching(matching, { size: 'small' }), {
    numRuns: 2,
    seed: 1,
  });
  const pieces = new Set<string>();
  for (const sample of samples) {
    for (const length of [1, 3, 10, 40])
      pieces.add(sample.slice(0, length)).add(sample.slice(-length));
  }
  pieces.delete('');
  return [...pieces].map((piece) => `${over(piece, limit).slice(0, limit)}\u0001`);
}

/** The source without what only looks around, which the generator does not know, and without names. */
function samplable(source: string): string {
  let text = source
    .replaceAll(/\\[bB1]|\\p\{Surrogate\}/g, '')
    .replaceAll(/\(\?<[a-zA-Z]\w*>/g, '(');
  for (let at = text.search(/\(\?<?[=!]/); at >= 0; at = text.search(/\(\?<?[=!]/)) {
    let depth = 0;
    let end = at;
    do {
      const [token = ''] = /^(?:\\.|\[(?:\\.|[^\]\\])*\]|.)/s.exec(text.slice(end)) ?? [];
      if (token === '') throw new Error(`A group without an end: ${source}`);
      depth += { '(': 1, ')': -1 }[token] ?? 0;
      end += token.length;
    } while (depth > 0);
    text = text.slice(0, at) + text.slice(end);
  }
  return text === '' ? '0' : text;
}

describe('no text keeps a pattern busy', () => {
  const all = [...inSources.flatMap(({ literals }) => literals), ...rows];

  test.each(all.map((one) => [one.where, one] as const))('%s', (_where, one) => {
    let slowest = 0;
    for (const text of busyTexts(one)) {
      const began = performance.now();
      one.pattern.lastIndex = 0;
      one.pattern.exec(text);
      slowest = Math.max(slowest, performance.now() - began);
    }
    expect(slowest).toBeLessThan(CEILING_MS);
  });

  test('patterns made of parts are tried through what uses them', () => {
    const made = inSources.filter((file) => file.made > 0).map(({ file }) => file);
    expect(made.sort()).toEqual([
      'src/hosts/terminal/text.ts',
      'src/report/catalogue/pod-output.ts',
      'src/report/markdown.ts',
      'src/report/output-hints.ts',
      'src/text/visible.ts',
    ]);
  });
});

const PIECES = [
  ['escapes', '\u001b]'],
  ['colors', '\u001b[31;'],
  ['hashes', '#\u200b'],
  ['colons', ' :'],
  ['blanks', ' \t'],
  ['carriage returns', '\r'],
  ['line breaks', '\n'],
  ['backticks', '`'],
  ['marks of values', '\ue000'],
  ['forbidden', 'Error: x is forbidden: User "" cannot get resource "'],
  ['errors', 'error: \n'],
  ['webhooks', 'Error: admission webhook "'],
  ['paths of the script', '/a.aks-run-command'],
  ['marks', `\naks-run-command:${'0'.repeat(32)} `],
  ['blocks that never end', 'a<<b\n'],
  ['pages', '<html <title>'],
  ['quotes', '"'],
  ['calls', 'kubectl -n "$('],
  ['missing programs', '/a/.aks-run-command/command.sh: line 1: a: '],
] as const;

describe('no text keeps busy what reads or shows it', () => {
  test.each(PIECES)('%s', async (_name, piece) => {
    const text = over(piece);
    const began = performance.now();
    const answer = { kind: 'answered', status: 400, headers: {}, body: text } as const;
    explain({ code: 'submission-refused', answer }, {});
    explain({ code: 'aks-failed', reason: text }, {});
    explain({ code: 'no-session', detail: text }, {});
    readFindings(text, 1, { files: ['a'], command: text });
    missingPrograms(text, text);
    await readStream(`aks-run-command start ${'0'.repeat(64)}\n${text}`);
    arrivedAssignments(text);
    for (const show of [fenced, prose, visibleLines, forTerminal, withoutCommands]) show(text);
    expect(performance.now() - began).toBeLessThan(4 * CEILING_MS);
  });
});
