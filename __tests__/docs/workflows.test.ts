import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { shellcheckFindings } from '../shell-scripts.ts';
import { needing } from '../tools.ts';
import { actionlint } from './actionlint.ts';
import { readDocument, root } from './markdown.ts';

type Workflow = { permissions: unknown; jobs: Record<string, { steps: { run?: string }[] }> };

describe.each(readdirSync(path.join(root, '.github/workflows')))('our workflow %s', (file) => {
  const text = readDocument(`.github/workflows/${file}`);
  const { permissions, jobs } = parse(text) as Workflow;
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

  test('passes actionlint', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  test('grants permissions to jobs only, and pins every action to a commit, with its version in a comment', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
    const loose = uses.filter((action) => !/^\.\/|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
    expect({ permissions, loose }).toEqual({ permissions: {}, loose: [] });
  });

  needing(['shellcheck'], () => {
    test('has scripts that pass shellcheck', () => {
      const asRun = scripts.map((script, index) => [String(index), `set -e\n${script}`] as const);
      expect(asRun.length > 0 ? shellcheckFindings(asRun, 'bash') : '').toBe('');
    });
  });

  test('puts no expression into a script', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});
