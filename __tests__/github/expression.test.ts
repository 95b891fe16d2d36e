import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { condition, fill, fillValue, WorkflowError } from '../../local/github/expression.ts';
import { readAction } from '../../local/github/step.ts';

const contexts = {
  steps: { verify: { outputs: { 'exit-code': '10' } } },
  github: { ref: 'refs/heads/main' },
  env: { b: 3, l: ['a'] },
};
const scope = (failed = false, canceled = false) => {
  return { failed, canceled, contexts, onRead: () => false };
};

/** The operators and functions are GitHub's own evaluator's. */
test.each<[name: string, expression: string, value: string]>([
  ['a path in any letter case', 'STEPS.Verify.outputs.Exit-Code', '10'],
  ['nothing known counts as null', "secrets.X || 'fallback'", 'fallback'],
])('%s', (_name, expression, value) => {
  expect(fillValue(`\${{ ${expression} }}`, scope())).toBe(value);
});

test.each(['env.b +', 'a.b'])('refuses %s', (expression) => {
  expect(() => fillValue(`\${{ ${expression} }}`, scope())).toThrow(WorkflowError);
});

test('a text with expressions is as GitHub writes it', () => {
  expect(fill('x-${{ secrets.KEY }}-${{ env.b }}-${{ env.l }}-${{ true }}', scope())).toBe(
    'x--3-Array-true',
  );
});

test('what is read is reported by its path, even if a part of that is computed', () => {
  const reads = new Set<string>();
  const onRead = (path: string) => {
    reads.add(path);
    return false;
  };
  const path = "${{ STEPS.x['outputs'].tag }}";
  const computed = "${{ vars[format('PROD_{0}', env.b)] }} ${{ steps.*.outcome }}";
  fill(path + computed, { ...scope(), onRead });
  expect([...reads]).toEqual(['steps.x.outputs.tag', 'env.b', 'vars.PROD_3', 'steps.*.outcome']);
});

describe('conditions', () => {
  test.each<[name: string, text: string, failed: boolean, expected: boolean]>([
    ['without a status function need success', 'env.b == 3', false, true],
    ['all of it does', 'env.b == 4 || env.b == 3', true, false],
    ['failure(), after a failure', '${{ failure() && env.b == 3 }}', true, true],
    ['always()', 'always()', true, true],
  ])('%s', (_name, text, failed, expected) => {
    expect(condition(text, scope(failed))).toBe(expected);
  });

  test('the post step runs after every job, whose step may have been canceled alone', async () => {
    const root = path.resolve(import.meta.dirname, '../..');
    // Without it, the runner takes `always()`: ActionManifestManager.cs in actions/runner.
    expect(await readFile(path.join(root, 'action.yml'), 'utf8')).not.toMatch(/^ *post-if:/m);
    const { postIf } = await readAction(root);
    const states = [scope(), scope(true), scope(false, true), scope(true, true)];
    expect(states.map((state) => condition(postIf, state))).toEqual([true, true, true, true]);
    expect(states.map((state) => condition('env.b == 3', state))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
