import { expect, test } from '@jest/globals';
import { baseName, below, isWithin, join, parent } from '../../../src/files/paths.ts';

test.each([
  ['/ws', '/ws/a/b', 'a/b', '/ws/a'],
  ['/', '/a', 'a', '/'],
  ['D:/', 'D:/a', 'a', 'D:'],
])('a path below %s: %s', (folder, path, rest, above) => {
  expect(isWithin(path, folder)).toBe(true);
  expect(below(path, folder)).toBe(rest);
  expect(join(folder, rest)).toBe(path);
  expect(parent(path)).toBe(above);
  expect(baseName(path)).toBe(rest.slice(rest.lastIndexOf('/') + 1));
});

test('a folder beside another is not within it, and a name alone is in no folder', () => {
  expect(isWithin('/ws-old/a', '/ws')).toBe(false);
  expect([parent('a'), join('', 'a')]).toEqual(['', 'a']);
});
