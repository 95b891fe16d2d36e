import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { instrument } from '../../scripts/mutants/mutate.ts';

/** What a source is with all mutants asleep, and with one after the other awake. */
function values(source: string): unknown[] {
  const { text, mutants } = instrument('a.ts', source, (index) => `awake === ${index}`);
  const run = (awake: number): unknown => runInNewContext(text, { awake, a: 1, b: 2, yes: true, list: [] });
  return [run(-1), ...mutants.map((_mutant, index) => run(index))];
}

test.each([
  ['an operator becomes its neighbor', '[a < b]', [[true], [true]]],
  ['both sides of an operator are changed, too', '[yes && a < b && !yes]', [[false], [true], [false], [false], [true]]],
  ['a condition is always or never met', '[yes ? a : b]', [[1], [1], [2]]],
  ['a negation goes', '[!yes]', [[false], [true]]],
  ['a number is one more', '[2]', [[2], [3]]],
  [
    'a boolean is the other',
    '[true, false]',
    [
      [true, false],
      [false, false],
      [true, true],
    ],
  ],
  ['a spread is of nothing', '[{ ...{ a } }]', [[{ a: 1 }], [{}]]],
  ['a statement goes', 'if (yes) list.push(a); else list.push(b); list', [[1], [1], [2], [], [1]]],
])('%s', (_name, source, expected) => {
  // Where the last statement of all goes, there is no value.
  const found = values(source).filter((value) => value !== undefined);
  expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
});

test.each([
  ['types', 'type A = 1 | true; const a: A = b;'],
  ['imports', "import a from 'a';"],
  ['keys', 'const a = { 1: b };'],
])('%s are left alone', (_name, source) => {
  expect(instrument('a.ts', source, String)).toEqual({ text: source, mutants: [] });
});

test('a mutant is told by its line, and what becomes what', () => {
  expect(instrument('a.ts', 'const a =\n  b <\n  2;', String).mutants).toEqual([
    { line: 2, from: '<', to: '<=' },
    { line: 3, from: '2', to: '(2 + 1)' },
  ]);
});
