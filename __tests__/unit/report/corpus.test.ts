import { describe, expect, test } from '@jest/globals';
import { readFindings } from '../../../src/report/output-hints.ts';
import { CLUSTER_ROWS } from './corpus/cluster-rows.ts';
import { recordedIn } from './corpus/recorded.ts';
import { ROWS } from './corpus/rows.ts';

const inMemory = recordedIn('corpus.txt');
const inCluster = recordedIn('cluster.txt');
const recorded = new Map([...inMemory, ...inCluster]);

describe('real outputs of kubectl, helm, jq, shells, and their neighbors', () => {
  test.each([...ROWS, ...CLUSTER_ROWS])('$name: $hint', ({ name, hint }) => {
    const ran = recorded.get(name);
    const { hints } = readFindings(ran?.output ?? '', ran?.exitCode, {});
    expect(hints.map(({ section }) => section)).toEqual(hint === undefined ? [] : [hint]);
    // No name is missing: a placeholder stands in capitals.
    for (const { title, sentence } of hints)
      expect(title + sentence).not.toMatch(
        /\b(?:DEPLOYMENT|FIELD|FLAG|HOST|KIND|MANAGER|NAME|PATH|POLICY|RELEASE|RESOURCE|VERB)\b/,
      );
  });

  test('are all recorded: node __tests__/unit/report/corpus/record.ts', () => {
    expect([...inMemory.keys()]).toEqual(ROWS.map(({ name }) => name));
    expect([...inCluster.keys()]).toEqual(CLUSTER_ROWS.map(({ name }) => name));
    expect(ROWS.filter(({ hint }) => hint === undefined).length).toBeGreaterThan(140);
    expect(ROWS.length).toBeGreaterThan(300);
  });
});
