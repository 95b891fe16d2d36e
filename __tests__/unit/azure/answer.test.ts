import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';
import {
  deniesPermission,
  describeAnswer,
  requestIds,
  retryAfterSeconds,
  serviceError,
  type Answer,
  type Headers,
} from '../../../src/azure/answer.ts';

const answered = (status: number, body = '', headers: Headers = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body,
});
const NO_ANSWER: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };

describe('what a service said of its failure', () => {
  test.each([
    ["ARM's error", '{"error":{"code":"Throttled","message":"Slow down."}}', 'Throttled', 'Slow down.'],
    ['an error at the top level', '{"code":"NotFound","message":"No such thing."}', 'NotFound', 'No such thing.'],
    [
      "Entra's error",
      '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid secret."}',
      'invalid_client',
      'AADSTS7000215: Invalid secret.',
    ],
    ['a code alone', '{"error":{"code":"Conflict"}}', 'Conflict', ''],
    ['fields that are no text', '{"error":{"code":42,"message":{"a":1}}}', '', ''],
    ['null for an error', '{"error":null,"message":"m"}', '', 'm'],
    ['an empty object', '{}', '', ''],
    ['an array', '["a"]', '', '["a"]'],
    ['null', 'null', '', 'null'],
    ['an empty body', '', '', ''],
    ['plain words', '  upstream connect error \n', '', 'upstream connect error'],
    ["a proxy's page", '<html>\n<head><TITLE> 502 Bad Gateway\n</TITLE></head><body>…</body>', '', '502 Bad Gateway'],
    ['a page without a title', '\n <!DOCTYPE html><p>secret</p>', '', ''],
    ['cut JSON', '{"error":{"code":"Thr', '', '{"error":{"code":"Thr'],
  ])('%s', (_name, body, code, message) => {
    expect(serviceError(body)).toEqual({ code, message });
  });

  test('long words are cut, and say so', () => {
    const { message } = serviceError(JSON.stringify({ error: { code: 'X', message: 'y'.repeat(100_000) } }));

    expect(message).toMatch(/^y{1500}…$/);
  });

  test('whatever the body, two texts come out, and nothing undefined', () => {
    const body = fc.oneof(
      anyText(),
      fc.json(),
      fc.string().map((text) => `<title>${text}</title>`),
    );
    const error = fc.record(
      { error: fc.anything(), code: fc.anything(), message: fc.anything(), error_description: fc.anything() },
      { requiredKeys: [] },
    );
    const json = error.map((value) => JSON.stringify(value, (_key, part: unknown) => (isBig(part) ? 0 : part)));
    fc.assert(
      fc.property(fc.oneof(body, json), (text) => {
        fc.pre(!text.includes('undefined') && !text.includes('[object'));
        const { code, message } = serviceError(text);
        expect(typeof code).toBe('string');
        expect(typeof message).toBe('string');
        expect(code + message).not.toMatch(/undefined|\[object/);
      }),
    );
  });
});

const isBig = (value: unknown) => typeof value === 'bigint';

test.each<[string, Headers, number | undefined]>([
  ['no header', {}, undefined],
  ['seconds', { 'retry-after': '17' }, 17],
  ['zero', { 'retry-after': '0' }, 0],
  ['blanks around', { 'retry-after': ' 5 ' }, 5],
  [
    "a date, by the service's own clock",
    { 'retry-after': 'Wed, 25 Nov 2026 12:00:30 GMT', date: 'Wed, 25 Nov 2026 12:00:00 GMT' },
    30,
  ],
  ['a date that is over', { 'retry-after': 'Wed, 25 Nov 2026 12:00:00 GMT', date: 'Wed, 25 Nov 2026 12:00:30 GMT' }, 0],
  ['a date, and none to compare it with', { 'retry-after': 'Wed, 25 Nov 2026 12:00:30 GMT' }, undefined],
  ['words', { 'retry-after': 'soon' }, undefined],
  ['a negative number', { 'retry-after': '-1', date: 'Wed, 25 Nov 2026 12:00:00 GMT' }, 0],
  ['more digits than a wait has', { 'retry-after': '9'.repeat(400) }, undefined],
])('Retry-After: %s', (_name, headers, seconds) => {
  expect(retryAfterSeconds(headers)).toBe(seconds);
});

test.each<[string, Answer, string]>([
  ['no answer', NO_ANSWER, 'no answer (ECONNRESET)'],
  ['an empty body', answered(503), 'HTTP 503'],
  ['a code', answered(400, '{"code":"BadRequest"}'), 'HTTP 400 BadRequest'],
  ['words', answered(502, 'Bad gateway'), 'HTTP 502 Bad gateway'],
  ['both', answered(429, '{"error":{"code":"Throttled","message":"Wait."}}'), 'HTTP 429 Throttled: Wait.'],
  ['a success, whose body may hold a token', answered(200, '{"code":"x","message":"eyJ0"}'), 'HTTP 200'],
])('one line on an answer: %s', (_name, answer, line) => {
  expect(describeAnswer(answer)).toBe(line);
});

test.each<[string, Answer, string]>([
  ['no answer', NO_ANSWER, ''],
  ['none sent', answered(500), ''],
  ['one', answered(500, '', { 'x-ms-request-id': 'a' }), 'x-ms-request-id a'],
  [
    'both',
    answered(500, '', { 'x-ms-correlation-request-id': 'b', 'x-ms-request-id': 'a' }),
    'x-ms-request-id a, x-ms-correlation-request-id b',
  ],
])('ids for support: %s', (_name, answer, ids) => {
  expect(requestIds(answer)).toBe(ids);
});

test.each<[string, Answer, boolean]>([
  ["ARM's error", answered(403, '{"error":{"code":"AuthorizationFailed","message":"no"}}'), true],
  ['an error at the top level', answered(403, '{"code":"AuthorizationFailed"}'), true],
  ['a page', answered(403, '<html><title>403 Forbidden</title></html>'), false],
  ['an empty body', answered(403), false],
  ['words', answered(403, 'Forbidden'), false],
  ['JSON without a code', answered(403, '{"error":"forbidden"}'), false],
  ['a code that is a number', answered(403, '{"code":403}'), false],
  ['an empty code', answered(403, '{"code":""}'), false],
  ['another status', answered(404, '{"code":"AuthorizationFailed"}'), false],
  ['no answer', NO_ANSWER, false],
])('whether ARM itself denies a permission: %s', (_name, answer, denied) => {
  expect(deniesPermission(answer)).toBe(denied);
});
