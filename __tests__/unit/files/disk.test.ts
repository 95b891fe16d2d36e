import { expect, test } from '@jest/globals';
import { diskErrorCode } from '../../../src/files/disk.ts';

test.each<[string, unknown, string | undefined]>([
  ['the file system', Object.assign(new Error(), { code: 'ELOOP' }), 'ELOOP'],
  ['something else', new Error('broken'), undefined],
  ['nobody', null, undefined],
  ['a word', 'broken', undefined],
])('an error of %s', (_name, error, expected) => {
  expect(diskErrorCode(error)).toBe(expected);
});
