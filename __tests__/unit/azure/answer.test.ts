import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../support/any-text.ts';
import { http } from '../ports.ts';
import {
  describeAnswer,
  isTransient,
  requestIds,
  retryAfterMs,
  serviceError,
  type Answer,
} from '../../../src/azure/answer.ts';

const NO_ANSWER: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };
const MEGABYTE = 'x'.repeat(1024 * 1024);
const WORDS = 'words '.repeat(250);

test.each([
  [
    "Entra's error",
    '{"error":"invalid_client","error_description":"AADSTS1: No."}',
    'invalid_client',
    'AADSTS1: No.',
  ],
  ['a long word', 'x'.repeat(101), '', '… (101 characters)'],
  [
    "a proxy's page",
    '<html>\n<head><TITLE> 502 Bad Gateway\n</TITLE></head><body>…</body>',
    '',
    '502 Bad Gateway',
  ],
  ['a page without a title', '\n <!DOCTYPE html><p>secret</p>', '', ''],
  ['a page whose title has no end', `<title>${MEGABYTE}</title>`, '', ''],
  ['cut JSON', '{"error":{"code":"Thr', '', '{"error":{"code":"Thr'],
  ['a megabyte for a code', JSON.stringify({ error: { code: MEGABYTE, message: 'm' } }), '', 'm'],
  ['many words', JSON.stringify({ message: WORDS + WORDS }), '', `${WORDS}…`],
  ['the longest code', JSON.stringify({ code: 'x'.repeat(100) }), 'x'.repeat(100), ''],
  ['the longest words', `${WORDS.slice(0, -1)}.`, '', `${WORDS.slice(0, -1)}.`],
])('what a service said of its failure: %s', (_name, body, code, message) => {
  expect(serviceError(body)).toEqual({ code, message });
});

test('whatever the body, two texts come out, and nothing undefined', () => {
  const keys = ['error', 'code', 'message', 'error_description'];
  const json = fc
    .dictionary(fc.constantFrom(...keys), fc.jsonValue())
    .map((value) => JSON.stringify(value));
  const body = fc.oneof(
    anyText(),
    fc.json(),
    json,
    fc.string().map((text) => `<title>${text}</title>`),
  );
  fc.assert(
    fc.property(body, (text) => {
      fc.pre(!text.includes('undefined') && !text.includes('[object'));
      const { code, message } = serviceError(text);
      expect([typeof code, typeof message]).toEqual(['string', 'string']);
      expect(code + message).not.toMatch(/undefined|\[object/);
    }),
  );
});

test.each<[answer: string, mayHelp: boolean, Answer]>([
  ['a torn connection', true, NO_ANSWER],
  ['a name that is not known', true, { ...NO_ANSWER, sent: 'never' }],
  ['a proxy that refuses', false, { ...NO_ANSWER, sent: 'blocked' }],
  ['a sign-in that failed', false, { ...NO_ANSWER, sent: 'unsigned' }],
  ['408', true, http(408)],
  ['500', true, http(500)],
  ['404', false, http(404)],
])('after %s, another try may help: %s', (_name, mayHelp, answer) => {
  expect(isTransient(answer)).toBe(mayHelp);
});

const NOON = 'Wed, 25 Nov 2026 12:00:00 GMT';
const LATER = 'Wed, 25 Nov 2026 12:00:30 GMT';
test.each<[string, Record<string, string>, number | undefined]>([
  ['blanks around', { 'retry-after': ' 5 ' }, 5],
  ["a date, by the service's own clock", { 'retry-after': LATER, date: NOON }, 30],
  ['a date that is over', { 'retry-after': NOON, date: LATER }, 0],
  ['words', { 'retry-after': 'soon', date: NOON }, undefined],
  ['more digits than a wait has', { 'retry-after': '9'.repeat(400), date: NOON }, undefined],
])('Retry-After: %s', (_name, headers, seconds) => {
  const expected = seconds === undefined ? undefined : seconds * 1000;
  expect(retryAfterMs(http(503, '', headers))).toBe(expected);
  expect(retryAfterMs(http(202, '', headers))).toBe(expected);
  expect(retryAfterMs(NO_ANSWER)).toBeUndefined();
});

const SAID = '{"code":"C","message":"M","properties":{"reason":"R"}}';
const IDS = { 'x-ms-correlation-request-id': 'b', 'x-ms-request-id': 'a' };
test.each<[name: string, answer: Answer, line: string, ids: string]>([
  ['no answer', NO_ANSWER, 'no answer (ECONNRESET)', ''],
  [
    'a code',
    http(400, '{"code":"BadRequest"}', IDS),
    'HTTP 400 BadRequest',
    'x-ms-request-id a, x-ms-correlation-request-id b',
  ],
  ['words', http(502, 'Bad gateway', { 'x-ms-request-id': MEGABYTE }), 'HTTP 502 Bad gateway', ''],
  [
    'the longest id',
    http(300, SAID, { 'x-ms-request-id': 'i'.repeat(100) }),
    'HTTP 300 C: M',
    `x-ms-request-id ${'i'.repeat(100)}`,
  ],
  ['a success, whose body may hold a token', http(200, SAID), 'HTTP 200', ''],
])('one line on an answer, and ids for support: %s', (_name, answer, line, ids) => {
  expect(describeAnswer(answer)).toBe(line);
  expect(requestIds(answer)).toBe(ids);
});
