import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../src/text/duration.ts';

test.each([
  ['seconds', '90s', 90],
  ['all three', '1h1m1s', 3661],
  ['more of a unit than the next one holds', '90m', 5400],
])('reads %s: %s', (_name, text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

const NO_NUMBERS = ['', ' ', '10', 'm', '1.5h', '-1s', '1e3', '1000000000s', '٩s'];
const NO_UNITS = ['1h 30m', '30s1m', '1m1m', '1d', '1H', '1h30', '90s\n'];

test.each([...NO_NUMBERS, ...NO_UNITS])('does not read %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [0, 'less than 1s'],
  [0.4, 'less than 1s'],
  [-3, 'less than 1s'],
  [45, '45s'],
  [90, '1m 30s'],
  [3600, '1h'],
  [7500, '2h 05m'],
  [90061, '25h 01m 01s'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds).plain).toBe(text);
});

test('what is written is read again, without its blanks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds).plain.replaceAll(' ', ''))).toBe(seconds);
    }),
  );
});
