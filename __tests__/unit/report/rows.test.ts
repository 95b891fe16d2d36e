import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROMPT, WORKFLOW } from '../../../src/hosts/words.ts';
import { knownFrom } from '../../../src/report/catalogue/known.ts';
import { lookUp, type Row } from '../../../src/report/catalogue/row.ts';
import { ROWS } from '../../../src/report/explain.ts';
import { plainBlocks, plainText } from '../../../src/report/plain-text.ts';

/** Rows whose words fast-check can make up. It knows no lookaround, nor what stands before a line. */
const generated = (ROWS as readonly Row[]).flatMap((row) => {
  if (row.words === undefined || /\(\?<?[=!]|\\b/.test(row.words.source)) return [];
  const flags = row.words.flags.replaceAll(/[^su]/g, '');
  return [{ row, pattern: new RegExp(row.words.source, flags) }];
});

test('most rows can be tried', () => {
  expect(generated.length).toBeGreaterThan(50);
});

describe.each(generated)('$row.section', ({ row, pattern }) => {
  // The types take it on trust which groups of a pattern are in every match.
  test('whatever matches it, its message has no hole and can be pasted', () => {
    fc.assert(
      fc.property(fc.stringMatching(pattern, { size: 'small' }), (text) => {
        const signs = { text, code: row.codes?.[0], ...pick(row) };
        const found = lookUp([row], signs);
        if (found === undefined) return;
        for (const words of [WORKFLOW, PROMPT]) {
          const message = found.row.explain(
            knownFrom({ words, files: ['k8s/a.yaml'] }),
            found.captured,
          );
          expect(plainText(message.sentence)).not.toContain('undefined');
          expect(plainBlocks(message.remedy)).not.toMatch(/\bundefined\b|\[object/);
        }
      }),
      { numRuns: 25 },
    );
  });
});

function pick({ status, exitCode }: Row) {
  return { ...(status !== undefined && { status }), ...(exitCode !== undefined && { exitCode }) };
}
