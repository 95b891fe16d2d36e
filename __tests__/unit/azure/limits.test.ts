import { describe, expect, test } from '@jest/globals';
import {
  describeAnswer,
  NOT_QUOTED,
  quotableText,
  requestIds,
  serviceError,
  type Answer,
} from '../../../src/azure/answer.ts';
import { commandIdOfLocation, commandIdOfMessage, parseCommandId } from '../../../src/azure/command-id.ts';
import { readCommandStatus } from '../../../src/azure/command-result.ts';
import { readIdToken } from '../../../src/azure/id-token.ts';
import { readSubmission } from '../../../src/azure/submission.ts';
import { retryAfterSeconds } from '../../../src/azure/answer.ts';

const MEGABYTE = 'x'.repeat(1024 * 1024);
/** Of a status, a code and its words. */
const FEW = 2_000;

const answered = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer & { kind: 'answered' } => ({
  kind: 'answered',
  status: 400,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A result whose properties are what a service should never send. */
const result = (properties: object) =>
  readCommandStatus(answered({ properties: { provisioningState: 'Succeeded', ...properties } }));

describe('what a service says has a type and a limit where it enters', () => {
  test.each<[string, unknown, unknown]>([
    ['exitCode', 1e300, undefined],
    ['exitCode', -1e300, undefined],
    ['exitCode', 2 ** 32, undefined],
    ['exitCode', 1.5, undefined],
    ['exitCode', '0', undefined],
    ['exitCode', null, undefined],
    ['exitCode', [0], undefined],
    ['exitCode', 255, 255],
    ['startedAt', MEGABYTE, undefined],
    ['startedAt', `2026-11-25T12:00:00.${'0'.repeat(40)}Z`, undefined],
    ['startedAt', '2026-11-25T12:00:00Z\n::error::x', undefined],
    ['startedAt', 1, undefined],
    ['startedAt', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00Z'],
    ['finishedAt', MEGABYTE, undefined],
    ['finishedAt', { $date: 1 }, undefined],
    ['reason', 1, undefined],
    ['reason', '', undefined],
    ['logs', 1, ''],
    ['logs', { length: 1 }, ''],
  ])('%s of a result, %p', (name, given, read) => {
    expect(Object.fromEntries(Object.entries(result({ [name]: given })))[name]).toEqual(read);
  });

  test.each<[string, string]>([
    ['the reason of a result', JSON.stringify(result({ reason: MEGABYTE }))],
    ["an error's code", serviceError(JSON.stringify({ error: { code: MEGABYTE, message: '' } })).code],
    ["an error's message", serviceError(JSON.stringify({ error: { code: '', message: MEGABYTE } })).message],
    ['a text', serviceError(MEGABYTE).message],
    ['a page', serviceError(`<title>${MEGABYTE}</title>`).message],
    ['an answer in a line', describeAnswer(answered(MEGABYTE))],
    ['a request id', requestIds(answered('', { 'x-ms-request-id': MEGABYTE }))],
  ])('%s of a megabyte', (_name, read) => {
    expect(read.length).toBeLessThanOrEqual(FEW);
  });

  test.each<[string, unknown]>([
    ['of a Location', commandIdOfLocation(`/commandResults/${MEGABYTE}`)],
    ['of a message', commandIdOfMessage(`command-${'a'.repeat(33)} did not start`)],
    ['with more behind it', parseCommandId(`${'a'.repeat(32)}\n`)],
    ['of a body', readSubmission({ ...answered({ id: MEGABYTE }), status: 200 })],
  ])('a command id %s is one, or none', (_name, read) => {
    expect(read ?? { kind: 'unclear' }).toEqual({ kind: 'unclear' });
  });

  test.each<[string, string, number | undefined]>([
    ['a number beyond all patience', '9'.repeat(100), undefined],
    ['a text', MEGABYTE, undefined],
    ['seconds', '17', 17],
  ])('Retry-After: %s', (_name, value, seconds) => {
    expect(retryAfterSeconds({ 'retry-after': value, date: 'Wed, 25 Nov 2026 12:00:00 GMT' })).toBe(seconds);
  });

  test('the claims of an ID token, and how long it says it lives', () => {
    const jwt = (payload: object) => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;
    expect(readIdToken(jwt({ sub: MEGABYTE, iss: 1, aud: ['a'], exp: 1e300, iat: 0 }))).toEqual({
      claims: { issuer: '', subject: '', audience: '', jobWorkflowRef: '' },
      lifetimeMs: 3_600_000,
    });
  });
});

test('of an answer that quotes what was sent, no words are shown', () => {
  const said = { code: 'C', message: 'M', properties: { provisioningState: 'Failed', reason: 'R' } };
  const answer = { ...answered(said, { 'x-ms-request-id': 'I' }), echoes: true } as const;
  expect(describeAnswer(answer)).toBe(`HTTP 400 (${NOT_QUOTED})`);
  expect(requestIds(answer)).toBe('');
  expect(readCommandStatus(answer)).toMatchObject({ reason: NOT_QUOTED });
  expect(quotableText(answer)).toBe('C\nM\n');
  expect(quotableText({ ...answered(said, { 'x-ms-request-id': 'I' }), status: 200 })).toBe('R\nx-ms-request-id I');
});
