import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sentTexts } from '../../../src/azure/sent.ts';

/** Bytes that look random, and are the same in each run. */
const bytes = Buffer.from(
  Array.from({ length: 3000 }, (_, index) => (index * index * 7919 + index * 31) % 251),
);
const ZIP = Buffer.concat([Buffer.from('PK\u0003\u0004'), deflateRawSync(bytes)]).toString(
  'base64',
);
const TOKEN = ['{"alg":"RS256"}', '{"sub":"someone"}', bytes.toString('latin1')]
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const SIGNS = `it's \\"pass"&<wörd>+1`;
const FOREIGN = 'пароль-секрет';
const VALUES = [
  'hunter2-pass',
  'a%2Fb%2Fc',
  'two words',
  'ab',
  'x y z',
  '2026.11.27',
  'p%40ss&amp;word',
  SIGNS,
  FOREIGN,
];

const sent = sentTexts(VALUES);
sent.remember(`Bearer ${TOKEN}`);
sent.remember(JSON.stringify({ command: 'sh run.sh', context: ZIP }));

const codes = (format: (code: string) => string) => (text: string) =>
  Array.from(text, (one) => format(one.charCodeAt(0).toString(16).padStart(2, '0'))).join('');
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'of URLs': encodeURIComponent,
  'percent throughout': codes((code) => `%${code}`),
  'JSON escapes': codes((code) => `\\u00${code}`),
  'escapes of scripts': codes((code) => `\\x${code}`),
  entities: codes((code) => `&#x${code};`),
  'escaped slashes': (text) => text.replaceAll('/', String.raw`\/`),
  wrapped: (text) => text.replaceAll(/(.{7})/g, '$1\r\n'),
  'wrapped, in JSON': (text) => text.replaceAll(/(.{7})/g, String.raw`$1\n`),
  'the letters of URLs': (text) =>
    text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
};

describe.each([
  ['the zip', ZIP],
  ['a token', TOKEN],
])('any 24 characters of %s', (_name, secret) => {
  test('are found, in each encoding and any three of them, one inside another', () => {
    const encodings = fc.array(fc.constantFrom(...Object.values(ENCODINGS)), { maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(secret.length - 24), encodings, fc.lorem(), (at, chosen, words) => {
        const encoded = chosen.reduce((text, encode) => encode(text), secret.slice(at, at + 24));
        expect(sent.isIn(`${words} "${encoded}" ${words}`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const escapedBytes = (format: (byte: number) => string) => (text: string) =>
  Array.from(Buffer.from(text), (byte) =>
    byte < 128 ? String.fromCharCode(byte) : format(byte),
  ).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

test.each<readonly [string, (text: string) => string]>([
  ['JSON', JSON.stringify],
  ['JSON within JSON', (text) => JSON.stringify(JSON.stringify(text))],
  ['a shell', (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`],
  ['a form', (text) => new URLSearchParams({ text }).toString()],
  [
    'named entities',
    (text) => text.replaceAll("'", '&rsquo;').replaceAll('&', '&amp;').replaceAll('+', '&plus;'),
  ],
  ['base64', base64],
  [
    'base64 for URLs, from the middle',
    (text) => Buffer.from(`?q=${text}`).toString('base64url').slice(3),
  ],
  ['hexadecimal', (text) => `\\x${hex(text)}`],
  ['hexadecimal with signs between', (text) => hex(text).replaceAll(/../g, '0x$&, ')],
  ['a log of nginx', escapedBytes((byte) => `\\x${byte.toString(16).toUpperCase()}`)],
  ['octal bytes', escapedBytes((byte) => `\\${byte.toString(8)}`)],
  ['entities of letters', (text) => text.replaceAll('ö', '&ouml;')],
  [
    'escape of JavaScript',
    (text) =>
      text.replaceAll(/[^ -~]/g, (one) => `%u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
])('a value of env with many signs, or in other letters, is found as %s', (_name, quote) => {
  for (const value of [SIGNS, FOREIGN])
    expect(sent.isIn(`near ${quote(value)}: syntax error`)).toBe(true);
});

test('a text of many layers is looked at quickly, however much was sent', async () => {
  const much = sentTexts(VALUES);
  for (const part of ['UEsD', 'kVYZ'])
    much.remember(randomBytes(2_000_000).toString('base64') + part);
  for (const words of ['abcdefghij', 'UEFHRSBhYmNk']) {
    expect(much.isIn(`${words.repeat(110)} %25${'25'.repeat(8)}41`)).toBe(false);
    await setTimeout();
  }
});

test.each<readonly [string, (text: string) => string]>([
  ['base64', base64],
  ['hexadecimal', hex],
])('the zip and a token are found within %s', (_name, quote) => {
  for (const secret of [ZIP, TOKEN])
    expect(sent.isIn(`body: ${quote(`{"it":"${secret}"}`).slice(50, 300)}`)).toBe(true);
});

test.each([
  ['a header', (token: string) => `Bearer ${token}`],
  ['a body of run command', (clusterToken: string) => JSON.stringify({ clusterToken })],
  ['a form', (token: string) => `grant_type=x&client_assertion=${token}&scope=y`],
])('a short token is known in %s', (_name, place) => {
  const one = sentTexts([]);
  one.remember(place('short.token-of_40.letters.abcdefghijklmn'));
  expect(one.isIn('the token short.token-of_40.letters is not valid')).toBe(true);
});

test.each([
  ['whole', 'The value hunter2-pass is not valid.', true],
  ['encoded', 'The value hunter2%2dpass is not valid.', true],
  ['in part', 'The value hunter2 is not valid.', false],
  ['that looks encoded itself', 'got a%2Fb%2Fc', true],
  ['wrapped', 'got "two\n  words"', true],
  ['that looks encoded itself, encoded', 'got %70%2540ss%26amp%3Bword', true],
  ['of digits', 'v2026.11.27 is unknown', true],
  ['of digits, in a date', 'Timestamp: 2026-11-27 10:00:00Z', false],
  ['of less than six characters', 'ab is about abc', false],
  ['of less than six characters without its spaces', 'xyz', false],
])('a value of env %s', (_name, text, isThere) => {
  expect(sent.isIn(text)).toBe(isThere);
});

test.each([
  '',
  'The client does not have authorization to perform action Microsoft.ContainerService/managedClusters/read',
  'AADSTS700024: Client assertion is not within its valid time range. Trace ID: 6dae42f8-4368-4678-94ff-3960e28e3630',
  'eyJ is not a token, UEsDB no zip, heyJude.x, &bogus; &#x110000; %zz \\u12',
])('what was not sent is no secret: %s', (text) => {
  expect(sent.isIn(text)).toBe(false);
});
