import { expect, test } from '@jest/globals';
import { applied, mutantsOf } from '../../scripts/mutants/mutate.ts';

test.each([
  ['an operator becomes its neighbor', 'a < b;', ['a <= b;', ';']],
  ['a condition is always or never met', 'if (a) b();', ['if (true) b();', 'if (false) b();', 'if (a) ;']],
  ['a negation goes', 'const a = !b;', ['const a = b;']],
  ['a number is one more', 'const a = 2;', ['const a = (2 + 1);']],
  ['a spread is of nothing', 'const a = { ...b };', ['const a = { ...{} };']],
  ['types and imports are left alone', "import a from 'a'; type B = 1 | true;", []],
])('%s', (_name, source, expected) => {
  expect(
    mutantsOf('a.ts', source)
      .map((mutant) => applied(source, mutant))
      .sort(),
  ).toEqual(expected.toSorted());
});
