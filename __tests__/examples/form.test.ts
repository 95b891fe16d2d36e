import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { isOurs } from '../../local/runner/workflow.ts';
import { actionlint } from '../docs/actionlint.ts';
import { examples } from './support.ts';

const files = readdirSync(examples).filter((name) => name.endsWith('.yml'));

describe.each(files)('%s', (file) => {
  const text = readFileSync(path.join(examples, file), 'utf8');
  const uses = [...text.matchAll(/uses: (?<action>\S+)(?<comment>.*)/g)].map(({ groups }) => ({ ...groups }));

  test('actionlint finds nothing', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  test('begins with what it does and what to set up', () => {
    const header = text.slice(0, text.indexOf('\nname: '));
    expect(header).toMatch(/^(#.*\n?)+$/);
    expect(header).toContain('# Set up: ');
    expect(header).toMatch(/Replace OWNER/);
  });

  test('grants no permission to the workflow, only to jobs', () => {
    expect((parse(text) as { permissions: unknown }).permissions).toEqual({});
  });

  test('pins other actions to a commit, with the version in a comment', () => {
    for (const { action = '', comment } of uses.filter(({ action = '' }) => !isOurs(action))) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  test('always uses the same version of this action', () => {
    const ours = uses.map(({ action = '' }) => action).filter(isOurs);
    expect(new Set(ours)).toEqual(new Set(['OWNER/aks-run-command@v1']));
  });
});

test('actionlint would find a mistake', async () => {
  expect(await actionlint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n')).not.toEqual([]);
});
