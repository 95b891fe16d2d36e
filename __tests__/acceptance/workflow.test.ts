import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readDocument } from '../docs/markdown.ts';

const text = readDocument('.github/workflows/acceptance.yml');

test('it is started by hand only, and deletes what it made', () => {
  const { on, jobs } = parse(text) as { on: unknown; jobs: Record<string, { environment: string; steps: object[] }> };
  expect({ on, environment: jobs['acceptance']?.environment }).toEqual({
    on: 'workflow_dispatch',
    environment: 'acceptance',
  });
  expect(jobs['acceptance']?.steps.at(-1)).toMatchObject({
    if: 'always()',
    run: expect.stringContaining('group delete'),
  });
});
