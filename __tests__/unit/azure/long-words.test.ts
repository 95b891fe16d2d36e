import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip } from '../../../src/azure/long-words.ts';

const ZIP = Buffer.from(
  Array.from({ length: 1500 }, (_, index) => (index * index * 7919 + index * 31) % 251),
).toString('base64');
const CLUSTER =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-production-westeurope' +
  '/providers/Microsoft.ContainerService/managedClusters/aks-prod';
const DIGEST = `mcr.microsoft.com/aks/command/runtime@sha256:${'0123456789abcdef'.repeat(4)}`;

describe('what a service sends back of the request', () => {
  test.each<[string, string]>([
    ['whole', ZIP],
    ['URL-encoded', encodeURIComponent(ZIP)],
    ['as a string of .NET', ZIP.replaceAll('+', String.raw`\u002B`)],
  ])('%s: only its beginning is shown', (_name, sent) => {
    const shown = clip(`The request is invalid: ${sent} (code 7)`);
    expect(shown).toMatch(/^The request is invalid: /);
    expect(shown).toMatch(/characters\)/);
    expect(shown).not.toMatch(/[\w+/%\\]{61,}/);
    expect(shown.length).toBeLessThan(sent.length / 2 + 200);
  });

  test('a word of more than 100 characters is shown by its first 20 and its length', () => {
    expect(clip(`a ${'x'.repeat(100)} b`)).toBe(`a ${'x'.repeat(100)} b`);
    expect(clip(`a ${'x'.repeat(101)} b`)).toBe(`a ${'x'.repeat(20)}… (101 characters) b`);
  });
});

test.each([
  ['a resource ID', CLUSTER],
  ['an image with its digest', DIGEST],
  ['a URL', `https://management.azure.com${CLUSTER}`],
])('%s stays whole', (_name, word) => {
  expect(clip(`The scope ${word} is not valid`)).toBe(`The scope ${word} is not valid`);
});

test.each([
  ['a URL with a query', `https://x.example/?sig=${'s'.repeat(100)}`],
  ['a URL with a secret for a path', `https://x.example/${'s'.repeat(100)}`],
  ['a zip after a slash', `/${ZIP.replaceAll('/', '_').slice(0, 200)}`],
])('%s does not', (_name, word) => {
  expect(clip(word)).toMatch(/… \(\d+ characters\)$/);
});

test('whatever the text, it gets no longer than its words, and what is short stays', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 40 }), (text) => {
      expect(clip(text)).toBe(text);
    }),
  );
});
