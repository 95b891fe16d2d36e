import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secrets } from '../../../src/text/secrets.ts';

const holding = (...secrets: readonly string[]) => {
  const all = new Secrets();
  for (const secret of secrets) all.add(secret);
  return all;
};

const TOKEN = 'Abc.de+f/g_h-1234567890';

test.each([
  ['as it is', `the token ${TOKEN} is not valid`, 'the token *** is not valid'],
  ['in capitals', TOKEN.toUpperCase(), '***'],
  ['on two lines', 'the token abc.de+f\r\n/g_h-1234567890', 'the token ***'],
  ['with escaped line breaks', String.raw`abc.de+f\r\n/g_h-123\\n4567890`, '***'],
  ['as part of a URL', 'https://x/?t=Abc.de%2Bf%2Fg_h-1234567890&x', 'https://x/?t=***&x'],
  ['twice', TOKEN + TOKEN, '******'],
  ['16 letters of it', 'abcdefgh12345678', '***'],
  ['15 letters of it', 'no abcdefgh1234567 here', 'no abcdefgh1234567 here'],
  ['not at all', 'abc.de+f/g_x-1234567890', 'abc.de+f/g_x-1234567890'],
])('a token that the step holds: %s', (_name, text, shown) => {
  expect(holding(TOKEN, 'other-token-of-the-step').hide(text)).toBe(shown);
});

// A group that repeats runs out of stack, and blanks are what any such group takes.
test('megabytes between two letters are read', () => {
  const text = TOKEN.replace('h', `h${' '.repeat(8 * 1024 * 1024)}`);
  expect(holding(TOKEN).hide(text).replaceAll(' ', '')).toMatch(/^\*+$/);
});

const bytes = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * index * 7919 + index * 31) % 251));
const ZIP = bytes(1500).toString('base64');

const everyNth = (n: number, between: string) => (text: string) =>
  text.replaceAll(new RegExp(`(.{${n}})`, 'g'), `$1${between}`);

/** How a service may write a part of the zip. */
const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in lines of 76 characters': everyNth(76, '\r\n'),
  'in lines of 5 characters': everyNth(5, ' '),
  'in lines of JSON': everyNth(76, String.raw`\r\n`),
  'in lines of JSON in JSON': everyNth(10, String.raw`\\r\\n`),
  'in lines of HTML': everyNth(76, '<br>\n'),
  'for a URL': encodeURIComponent,
  'as .NET writes JSON': (text) => text.replaceAll('+', String.raw`\u002B`),
  'as PHP writes JSON': (text) => text.replaceAll('/', String.raw`\/`),
  'as HTML': (text) => text.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;'),
};

/** The longest part of the zip that can be read in a text, whatever is between its characters. */
function longestShown(text: string): number {
  const read = text.replaceAll('***', '|').replaceAll(/[^A-Za-z0-9+/|]/g, '');
  let longest = 0;
  for (let from = 0; from < read.length; from += 1) {
    let to = from + longest + 1;
    while (to <= read.length && ZIP.includes(read.slice(from, to))) {
      longest = to - from;
      to += 1;
    }
  }
  return longest;
}

test.each(Object.entries(WRITTEN))(
  'the zip, quoted %s, whole or any part of it: no 24 characters are shown',
  (_name, write) => {
    const secrets = holding(TOKEN, ZIP);
    fc.assert(
      fc.property(fc.nat({ max: 1900 }), fc.integer({ min: 24, max: 2000 }), (from, length) => {
        const sent = ZIP.slice(from, from + length);
        const shown = secrets.hide(`The request is not valid: ${write(sent)} (code 7)`);
        expect(shown).toMatch(/^The request is not [^]*7\)$/);
        expect(longestShown(shown)).toBeLessThan(24);
      }),
    );
  },
);

test('a part of the zip is hidden from its first letter to its last', () => {
  const part = ZIP.slice(3, 94);
  expect(holding(ZIP).hide(`no ${part} (7)`)).toBe('no *** (7)');
});

test.each([
  [
    'a resource ID',
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-production' +
      '/providers/Microsoft.ContainerService/managedClusters/aks-prod',
  ],
  ['an image', `mcr.microsoft.com/aks/command/runtime@sha256:${'0123456789abcdef'.repeat(4)}`],
  ['a subject', 'repo:octo-org@123456/shop@7891011:environment:production-westeurope'],
  ['the end of one secret before the beginning of another', `34567890${ZIP.slice(0, 8)}`],
])('%s stays whole', (_name, word) => {
  expect(holding(TOKEN, ZIP).hide(`no ${word} here`)).toBe(`no ${word} here`);
});

test('a text of JSON stays one of the same form, wherever the zip is quoted in it', () => {
  const part = fc
    .tuple(fc.nat({ max: 1900 }), fc.nat({ max: 200 }))
    .map(([from, length]) => ZIP.slice(from, from + length));
  const text = fc
    .array(fc.oneof(part, fc.constantFrom('\n', '"', '\\', '\b', '\\"', ' ', '+', ':', '{', 'n')))
    .map((parts) => parts.join(''));
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.record({ code: text, message: tie('value') }),
    ),
  })).value;
  const shapeOf = (value: unknown): unknown => {
    if (typeof value === 'string') return 'text';
    if (Array.isArray(value)) return value.map(shapeOf);
    return Object.values(value as object).map(shapeOf);
  };
  const secrets = holding(ZIP);
  fc.assert(
    fc.property(json, (value) => {
      const hidden: unknown = JSON.parse(secrets.hide(JSON.stringify(value)));
      expect(shapeOf(hidden)).toEqual(shapeOf(value));
      const twice: unknown = JSON.parse(secrets.hide(JSON.stringify(JSON.stringify(value))));
      expect(typeof twice).toBe('string');
    }),
  );
});

test('what has no secrets is left as it is', () => {
  const secrets = holding(TOKEN, ZIP);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(secrets.hide(text)).toBe(text);
      expect(holding().hide(text)).toBe(text);
    }),
  );
});
