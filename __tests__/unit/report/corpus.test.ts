import { expect, test } from '@jest/globals';
import { readFindings } from '../../../src/report/output-hints.ts';
import { RECORDINGS } from './corpus/recorded.ts';

const sections = (output: string, exitCode: number) =>
  readFindings(output, exitCode, {}).hints.map(({ section }) => section);

test.each(RECORDINGS)('$name: $hint', ({ output, exitCode, hint }) => {
  const noise = 'deployment.apps/web unchanged\n'.repeat(40);

  expect(sections(output, exitCode)).toEqual(hint === undefined ? [] : [hint]);
  if (output !== '' && hint !== undefined) expect(sections(`before\n${output}\n${noise}`, exitCode)).toEqual([hint]);
});
