import { expect, test } from '@jest/globals';
import { codeOf } from '../../../src/files/disk.ts';

test.each<[string, unknown, string]>([
  ['an error of the file system', Object.assign(new Error('ELOOP: too many links'), { code: 'ELOOP' }), 'ELOOP'],
  ['an error without a code', new Error('broken'), ''],
  ['what is no error', 'broken', ''],
])('the code of %s', (_name, error, code) => {
  expect(codeOf(error)).toBe(code);
});
