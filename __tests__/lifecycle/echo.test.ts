import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simulate, simulateDate, type Rewrite } from './simulation.ts';

beforeAll(simulateDate);

const SECRET = 'a-value-of-env';
const ENCODINGS = [
  (text: string) => text,
  encodeURIComponent,
  (text: string) => text.replaceAll('+', String.raw`\u002B`),
  (text: string) => text.replaceAll('/', String.raw`\/`),
  (text: string) => text.replaceAll(/(.{76})/g, String.raw`$1\r\n`),
  (text: string) => text.replaceAll(/(.{76})/g, '$1\r\n'),
];

/** Long enough for 24 characters in its middle, however it is written. */
const SHORTEST = 140;
const partOfZip = fc
  .nat()
  .map(
    (at) => (_token: string, zip: string) => zip.slice(at % (zip.length - SHORTEST)).slice(0, 1500),
  );
const aToken = fc.constantFrom(
  (token: string) => token,
  (token: string) => token.toUpperCase(),
);
const sent = fc.oneof(
  fc.tuple(partOfZip, fc.constantFrom(...ENCODINGS)),
  fc.tuple(aToken, fc.constantFrom(...ENCODINGS)),
);
const form = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `<html><title>${text}</title></html>`,
  (text) =>
    JSON.stringify({ error: { code: 'BadRequest', message: `This was the request: ${text}` } }),
  (text) => JSON.stringify({ code: text, message: 'no' }),
);

test('no message, output, or summary has what a gateway echoes of zip or token', async () => {
  const status = fc.constantFrom(400, 403, 404, 409, 413, 500, 502);
  await fc.assert(
    fc.asyncProperty(sent, form, status, async ([take, encode], dress, code) => {
      let said = '';
      const rewrites: Rewrite = (_answer, { headers, body }) => {
        const { context = '' } = JSON.parse(body) as { context?: string };
        said = encode(take((headers['authorization'] ?? '').slice('Bearer '.length), context));
        return { status: code, headers: {}, body: dress(said) };
      };
      const wire = [{ on: 'run-command', do: { rewrites }, times: Infinity }] as const;
      const simulation = simulate({ wire });
      const { log, summary, outputs } = await simulation.run({
        env: `SECRET=${SECRET}`,
        summary: 'true',
      });
      const shown = [log, summary, JSON.stringify(outputs)].join('\n').replaceAll(/\s/g, '');
      expect(said).not.toBe('');
      const middle = said.replaceAll(/\s/g, '').slice(100, 124);
      expect(shown).not.toContain(middle);
    }),
    { numRuns: 20 },
  );
});
