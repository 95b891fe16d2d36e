import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actionlint } from '../docs/actionlint.ts';
import { readDocument } from '../docs/markdown.ts';

const text = readDocument('.github/workflows/acceptance.yml');

test('actionlint finds nothing', async () => {
  expect(await actionlint(text)).toEqual([]);
});

test('it is started by hand only, pins each action, and deletes what it made', () => {
  const { on, jobs } = parse(text) as { on: unknown; jobs: Record<string, { environment: string; steps: object[] }> };
  expect({ on, environment: jobs['acceptance']?.environment }).toEqual({
    on: 'workflow_dispatch',
    environment: 'acceptance',
  });
  expect([...text.matchAll(/uses: (.*)/g)].filter(([, name]) => !/@[0-9a-f]{40} # v\d/.test(name ?? ''))).toEqual([]);
  expect(jobs['acceptance']?.steps.at(-1)).toMatchObject({
    if: 'always()',
    run: expect.stringContaining('group delete'),
  });
});
