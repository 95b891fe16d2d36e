import { expect, test } from '@jest/globals';
import { combinations } from '../../local/github/matrix.ts';

// The example in GitHub's documentation, "Expanding or adding matrix configurations".
test('include joins the combinations whose own values it keeps, and else adds one', () => {
  const matrix = {
    fruit: ['apple', 'pear'],
    animal: ['cat', 'dog'],
    include: [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  };

  expect(combinations(matrix)).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
    { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'pear', animal: 'dog', color: 'green' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ]);
});

test.each([
  ['no matrix', null, [{}]],
  ['only what is included', { include: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
  [
    'what is excluded by some of its values',
    { a: [1, 2], b: ['x', 'y'], exclude: [{ a: 1 }, { a: 2, b: 'x' }] },
    [{ a: 2, b: 'y' }],
  ],
  [
    'what is excluded, or joined, by an object',
    { a: [{ b: 1 }, { b: 2 }], exclude: [{ a: { b: 1 } }], include: [{ a: { b: 2 }, c: 3 }] },
    [{ a: { b: 2 }, c: 3 }],
  ],
  ['an empty list', { a: [] }, []],
])('the combinations of %s', (_name, matrix, found) => {
  expect(combinations(matrix)).toEqual(found);
});
