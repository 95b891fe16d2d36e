import { expect, test } from '@jest/globals';
import { nearest } from '../../../src/files/nearest.ts';

test.each<[string, string, readonly string[], string | undefined]>([
  ['another ending', 'k8s/app.yml', ['k8s/app.yaml'], 'k8s/app.yaml'],
  ['another folder', 'app.yaml', ['k8s/app.yaml'], 'k8s/app.yaml'],
  ['a slip', 'deplyo', ['deploy'], 'deploy'],
  ['nothing near', 'deploy', ['README.md'], undefined],
  ['the working folder itself, which no name is near to', './', ['.yaml'], undefined],
])('%s', (_name, given, candidates, expected) => {
  expect(nearest(given, candidates)).toBe(expected);
});
