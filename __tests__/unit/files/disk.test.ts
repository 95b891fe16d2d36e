import { expect, test } from '@jest/globals';
import { below, diskErrorOf, isWithin, join, parent } from '../../../src/files/disk.ts';

test.each([
  ['/ws', '/ws/a/b', 'a/b', '/ws/a'],
  ['/', '/a', 'a', '/'],
  ['D:/', 'D:/a', 'a', 'D:'],
])('a path below %s: %s', (folder, path, rest, above) => {
  expect(isWithin(path, folder)).toBe(true);
  expect(below(path, folder)).toBe(rest);
  expect(join(folder, rest)).toBe(path);
  expect(parent(path)).toBe(above);
});

test('a folder beside another is not within it, and a name alone is in no folder', () => {
  expect(isWithin('/ws-old/a', '/ws')).toBe(false);
  expect([parent('a'), join('', 'a')]).toEqual(['', 'a']);
});

test.each<[string, unknown, ReturnType<typeof diskErrorOf>]>([
  [
    'the file system',
    Object.assign(new Error(), { code: 'ELOOP', path: '/a' }),
    { code: 'ELOOP', path: '/a' },
  ],
  [
    'the file system, without a path',
    Object.assign(new Error(), { code: 'EIO' }),
    { code: 'EIO', path: '' },
  ],
  ['something else', new Error('broken'), undefined],
  ['nobody', null, undefined],
  ['a word', 'broken', undefined],
])('an error of %s', (_name, error, expected) => {
  expect(diskErrorOf(error)).toEqual(expected);
});
