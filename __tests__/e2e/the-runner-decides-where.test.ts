import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scene, temporaryFolder } from './support.ts';

const { run, workspace } = scene();

test('files are from GITHUB_WORKSPACE and RUNNER_TEMP; they return to RUNNER_TEMP', async () => {
  const runnerTemp = temporaryFolder();
  const result = await run(
    { command: 'cat a.txt; echo 1 >b', files: 'a.txt', collect: 'b' },
    {
      runnerTemp,
      env: { GITHUB_WORKSPACE: workspace({ 'a.txt': 'of the workspace\n' }) },
    },
  );

  expect(result.outputs).toMatchObject({ state: 'succeeded', output: 'of the workspace\n' });
  for (const name of ['output-file', 'collected']) {
    expect(path.relative(runnerTemp, result.outputs[name] ?? '')).toMatch(/^aks-run-command-/);
  }
  expect(readFileSync(result.outputs['output-file'] ?? '', 'utf8')).toBe('of the workspace\n');
});
