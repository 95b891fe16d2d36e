import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readFindings } from '../../../src/report/output-hints.ts';
import { ROWS } from './corpus/rows.ts';

/** What really ran, by name: corpus/record.ts writes it. */
const recorded = new Map(
  readFileSync(new URL('corpus/corpus.txt', import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((text) => {
      const [, name = '', exitCode = ''] = /^(.*) \| .* \| exit (\d+)\n/.exec(text) ?? [];
      const [, ...output] = text.split('\n\n');
      return [name, { exitCode: Number(exitCode), output: output.join('\n\n') }];
    }),
);

describe('real outputs of kubectl, helm, jq, shells, and their neighbors', () => {
  test.each(ROWS)('$name: $hint', ({ name, hint }) => {
    const ran = recorded.get(name);
    const { hints } = readFindings(ran?.output ?? '', ran?.exitCode, {});
    expect(hints.map(({ section }) => section)).toEqual(hint === undefined ? [] : [hint]);
  });

  test('are all recorded: node __tests__/unit/report/corpus/record.ts', () => {
    expect([...recorded.keys()]).toEqual(ROWS.map(({ name }) => name));
    expect(ROWS.filter(({ hint }) => hint === undefined).length).toBeGreaterThan(70);
    expect(ROWS.length).toBeGreaterThan(150);
  });
});
