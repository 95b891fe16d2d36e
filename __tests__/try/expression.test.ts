import { describe, expect, test } from '@jest/globals';
import { condition, evaluate, interpolate, WorkflowError } from '../../local/runner/expression.ts';

const contexts = {
  steps: { verify: { outputs: { 'exit-code': '10' } } },
  github: { ref: 'refs/heads/main' },
  env: { b: 3, l: ['a'] },
};
const context = (failed = false) => ({ failed, contexts });

test.each([
  ['a path', 'steps.verify.outputs.exit-code', '10'],
  ['an index', "steps['verify'].outputs.exit-code", '10'],
  ['a path in any letter case', 'STEPS.Verify.outputs.Exit-Code', '10'],
  ['text with an apostrophe', "'it''s'", "it's"],
  ['equal, whatever the letter case', "github.ref == 'REFS/heads/main'", true],
  ['a text that is a number', 'steps.verify.outputs.exit-code == 10', true],
  ['a list from JSON', "join(fromJSON('[1,2]'), '-')", '1-2'],
  ['and before or', 'true || false && false', true],
  ['the last value of an and', "true && 'yes' || 'no'", 'yes'],
  ['not', '!(1 < 2)', false],
  ['nothing known counts as null', "secrets.X || 'fallback'", 'fallback'],
  ['contains', "contains('Hello', 'ELL')", true],
  ['format', "format('{0}-{1}', 'a', env.b)", 'a-3'],
])('%s', (_name, expression, value) => {
  expect(evaluate(expression, context())).toBe(value);
});

test.each(['env.b +', 'a.b', 'nope(1)', '(1', "'open", '1 2'])('refuses %s', (expression) => {
  expect(() => evaluate(expression, context())).toThrow(WorkflowError);
});

test('a text with expressions is as GitHub writes it', () => {
  expect(interpolate('x-${{ secrets.KEY }}-${{ env.b }}-${{ env.l }}-${{ true }}', context())).toBe('x--3-Array-true');
});

describe('conditions', () => {
  test.each([
    ['without a status function need success', 'env.b == 3', false, true],
    ['without a status function, after a failure', 'env.b == 3', true, false],
    ['failure(), after a failure', '${{ failure() && env.b == 3 }}', true, true],
    ['failure(), after success', 'failure()', false, false],
    ['always()', 'always()', true, true],
  ] as const)('%s', (_name, text, failed, expected) => {
    expect(condition(text, context(failed))).toBe(expected);
  });
});
