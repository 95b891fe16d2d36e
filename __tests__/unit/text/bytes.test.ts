import { expect, test } from '@jest/globals';
import { formatBytes, formatCount, formatFiles } from '../../../src/text/bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [70 * 1024 + 512, '70.5 KiB'],
  [1024 ** 2 - 52, '1023.9 KiB'],
  [1024 ** 2 - 1, '1.0 MiB'],
  [5000 * 1024 ** 3, '5000.0 GiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes).plain).toBe(text);
});

test('a count has its thousands apart', () => {
  expect([0, 999, 1_000, 1_234_567].map((count) => formatCount(count).plain)).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
  ]);
});

test.each([
  [[], '0 files, 0 B'],
  [[7], '1 file, 7 B'],
  [[1000, 1048], '2 files, 2.0 KiB'],
])('files of %j bytes: %s', (sizes, text) => {
  expect(formatFiles(sizes.map((bytes) => ({ bytes }))).plain).toBe(text);
});
