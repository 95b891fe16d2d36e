import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import leven from 'leven';
import { nearestName, nearestPath } from '../../../src/text/nearest.ts';

test.each<
  [name: string, given: string, candidates: readonly string[], expected: string | undefined]
>([
  ['another ending', 'k8s/app.yml', ['k8s/app.yaml'], 'k8s/app.yaml'],
  ['only other capitals', 'k8s/App.yaml', ['k8s/app.yml', 'k8s/app.yaml'], 'k8s/app.yaml'],
  ['another folder', 'app.yaml', ['k8s/app.yaml'], 'k8s/app.yaml'],
  ['a slip', 'deplyo', ['deploy'], 'deploy'],
  ['the fewest slips', 'deploi', ['deploy', 'deplaa'], 'deploy'],
  ['the working folder itself, which no name is near to', './', ['.yaml'], undefined],
])('a path: %s', (_name, given, candidates, expected) => {
  expect(nearestPath(given, candidates)).toBe(expected);
});

test.each<
  [name: string, given: string, candidates: readonly string[], expected: string | undefined]
>([
  ['two letters that changed places are one slip', 'wran', ['error', 'warn', 'ignore'], 'warn'],
  ['underscores and capitals', 'Resource_Grop', ['resource-group'], 'resource-group'],
  ['dashes left out', 'resourcegroup', ['resource-group'], 'resource-group'],
  ['capitals of a candidate', 'helm_namespace', ['HELM-NAMESPACE'], 'HELM-NAMESPACE'],
  ['three letters are too few for a slip', 'zsh', ['sh'], undefined],
])('a name: %s', (_name, given, candidates, expected) => {
  expect(nearestName(given, candidates)).toBe(expected);
});

test('a name is near up to one slip in three letters, two slips in six', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(name, name, (given, candidate) => {
      // Letters that changed places are in the table.
      fc.pre(
        given !== candidate &&
          Array.from(given).sort().join('') !== Array.from(candidate).sort().join(''),
      );
      const isNear = leven(given, candidate) <= Math.floor(given.length / 3);
      expect({ given, candidate, near: nearestPath(given, [candidate]) }).toEqual({
        given,
        candidate,
        near: isNear ? candidate : undefined,
      });
    }),
    { numRuns: 500 },
  );
});

test.each<[name: string, given: string, candidate: string, isNear: boolean]>([
  ['no more slips in a longer one', 'abcdefghi', 'xyzdefghi', false],
  ['200 letters', 'a'.repeat(200), `${'a'.repeat(199)}b`, true],
  ['more, which nobody types', 'a'.repeat(201), `${'a'.repeat(200)}b`, false],
])('%s', (_name, given, candidate, isNear) => {
  expect(nearestPath(given, [candidate])).toBe(isNear ? candidate : undefined);
});
