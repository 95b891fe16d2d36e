import { expect, test } from '@jest/globals';
import { below, isWithin, join } from '../../../src/files/paths.ts';

test.each([
  ['/ws', '/ws/a/b', 'a/b'],
  ['/', '/a', 'a'],
  ['D:/', 'D:/a', 'a'],
])('a path below %s: %s', (folder, path, rest) => {
  expect(isWithin(path, folder)).toBe(true);
  expect(below(path, folder)).toBe(rest);
  expect(join(folder, rest)).toBe(path);
});

test('a folder beside another is not within it, and either part may be empty', () => {
  expect(isWithin('/ws-old/a', '/ws')).toBe(false);
  expect([join('', 'a'), join('a', '')]).toEqual(['a', 'a']);
});
