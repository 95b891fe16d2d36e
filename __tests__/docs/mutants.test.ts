import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { instrument } from '../../scripts/mutants/mutate.ts';

/** What a function returns with all mutants asleep, and with each of them awake in turn. */
function values(source: string): unknown[] {
  const { text, mutants } = instrument(`(() => ${source})()`, 0);
  const run = (awake: number): unknown => {
    const __isAwake = (number: number) => number === awake;
    return runInNewContext(text, { __isAwake, a: 1, b: 2, yes: true, list: [] });
  };
  return [run(-1), ...mutants.map(({ number }) => run(number))];
}

test.each([
  ['an operator becomes its neighbor', 'a < b', [true, true]],
  [
    'both sides of an operator are changed, too',
    'yes && a < b && !yes',
    [false, true, false, false, true],
  ],
  ['a condition is always or never met', 'yes ? a : b', [1, 1, 2]],
  ['a negation goes', '!yes', [false, true]],
  ['a number is one more', '2', [2, 3]],
  ['a boolean is the other', '[true, false].join()', ['true,false', 'false,false', 'true,true']],
  ['a spread is of nothing', '({ ...{ a } }).a', [1, undefined]],
  ['a statement goes', '{ list.push(a); return list.length; }', [1, 0]],
])('%s', (_name, source, expected) => {
  expect(values(source)).toEqual(expected);
});

test.each([
  ['types', '() => { type A = 1 | true; const a: A = b; }'],
  ['imports', "import a from 'a';"],
  ['keys', '() => ({ 1: b })'],
  ['tables, which are made while a module loads,', 'const a = [1, true, 2 + 3];'],
])('%s are left alone', (_name, source) => {
  expect(instrument(source, 0)).toEqual({ text: source, mutants: [] });
});

test('a mutant is listed by its number, its line, and what becomes what', () => {
  expect(instrument('const a = () =>\n  !b;', 7).mutants).toEqual([
    { number: 7, line: 2, from: '!b', to: '(b)' },
  ]);
});
