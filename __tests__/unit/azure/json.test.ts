import { expect, test } from '@jest/globals';
import { field, isRecord, parseJson } from '../../../src/azure/json.ts';

test.each([
  ['an object', '{"a":1}', { a: 1 }, true],
  ['an array', '[1]', [1], false],
  ['null', 'null', null, false],
  ['no JSON', '{a:1}', undefined, false],
  ['nothing', '', undefined, false],
])('parsed JSON: %s', (_name, text, value, record) => {
  expect(parseJson(text)).toEqual(value);
  expect(isRecord(parseJson(text))).toBe(record);
});

test.each([
  ['of an object', { a: 1 }, 1],
  ['that is missing', { b: 1 }, undefined],
  ['of an array', [1], undefined],
  ['of null', null, undefined],
  ['of a text', 'a', undefined],
])('a field %s', (_name, value, expected) => {
  expect(field(value, 'a')).toBe(expected);
});
