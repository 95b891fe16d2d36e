import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secrets } from '../../../src/text/secrets.ts';

const holding = (...secrets: readonly string[]) => {
  const all = new Secrets();
  for (const secret of secrets) all.add(secret);
  return all;
};

const TOKEN = 'Abc.de+f/g_h-1234567890==';

test.each([
  ['as it is', TOKEN],
  ['in JSON', String.raw`Abc.de+f\/g_h-1234567890==`],
  ['in JSON of .NET', String.raw`Abc.de\u002Bf/g_h-1234567890==`],
  ['in a URL', 'Abc.de%2Bf%2Fg_h-1234567890%3D%3D'],
  ['in base64', Buffer.from(TOKEN).toString('base64')],
])('a token that a service quotes %s', (_name, quoted) => {
  const secrets = holding('another-token', TOKEN);
  expect(secrets.hide(`The token ${quoted} and ${quoted}&x`)).toBe('The token *** and ***&x');
});

test('a text without a secret stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(holding(TOKEN).hide(text)).toBe(text);
      expect(holding('').hide(text)).toBe(text);
    }),
  );
});
