import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip } from '../../../src/text/long-words.ts';

const CLUSTER =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-production-westeurope' +
  '/providers/Microsoft.ContainerService/managedClusters/aks-prod';
const DIGEST = `mcr.microsoft.com/aks/command/runtime@sha256:${'0123456789abcdef'.repeat(4)}`;

test('a word of more than 75 characters is shown by its length', () => {
  expect(clip(`a ${'x'.repeat(75)} b`)).toBe(`a ${'x'.repeat(75)} b`);
  expect(clip(`a ${'x'.repeat(76)} b`)).toBe('a … (76 characters) b');
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
  ['a zip after a slash', `/${'AKlwUElbhsosojbepIN7jLb5Ws9iDs6s'.repeat(4)}`],
])('%s does not', (_name, word) => {
  expect(clip(word)).toMatch(/… \(\d+ characters\)$/);
});

test('a text of short words stays', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 40 }), (text) => {
      expect(clip(text)).toBe(text);
    }),
  );
});
