import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROMPT } from '../../../src/hosts/terminal/words.ts';
import { WORKFLOW } from '../../../src/hosts/words.ts';
import { NOTHING_KNOWN, phrasing } from '../../../src/report/catalogue/known.ts';
import { find } from '../../../src/report/catalogue/row.ts';
import { toMessage } from '../../../src/report/message.ts';
import { ROWS } from './all-rows.ts';
import { packedTask } from './packed-task.ts';
import { shown } from './shown.ts';

const packed = packedTask([{ path: 'k8s/a.yaml', bytes: 1 }]);

/**
 * Rows whose pattern fast-check can make up. It knows no lookaround, nor what stands before a line.
 */
const generated = ROWS.flatMap((row) => {
  const { text: pattern } = row.match;
  if (pattern === undefined || /\(\?<?[=!]|\\b/.test(pattern.source)) return [];
  const flags = pattern.flags.replaceAll(/[^su]/g, '');
  return [{ row, pattern: new RegExp(pattern.source, flags) }];
});

test('most rows can be tried', () => {
  expect(generated.length).toBeGreaterThan(30);
});

describe.each(generated)('$row.name', ({ row, pattern }) => {
  // The types take it on trust which groups of a pattern are in every match.
  test('whatever matches it, its message has no hole and can be pasted', () => {
    fc.assert(
      fc.property(fc.stringMatching(pattern, { size: 'small' }), (text) => {
        const { codes, ...others } = row.match;
        const signs = { ...others, text, code: codes?.[0] };
        for (const words of [WORKFLOW, PROMPT]) {
          const content = find([row], signs, { ...NOTHING_KNOWN, ...phrasing(words), packed });
          if (content === undefined) return;
          const { line, remedy } = shown(toMessage(row.name, content));
          expect(line + remedy).not.toMatch(/\bundefined\b|\[object/);
        }
      }),
      { numRuns: 25 },
    );
  });
});
