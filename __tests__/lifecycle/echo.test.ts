import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simulate, simulateDate, type WireFault } from './simulation.ts';

beforeAll(simulateDate);

/** Long enough for 24 characters in its middle. How it may be written is in `unit/azure/secrets`. */
const SHORTEST = 140;
const partOfZip = fc
  .nat()
  .map(
    (at) => (_token: string, zip: string) => zip.slice(at % (zip.length - SHORTEST)).slice(0, 1500),
  );
const theToken = fc.constant((token: string) => token);
const form = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `<html><title>${text}</title></html>`,
  (text) => JSON.stringify({ error: { code: 'BadRequest', message: `The request was: ${text}` } }),
  (text) => JSON.stringify({ code: text, message: 'no' }),
);
const status = fc.constantFrom(400, 403, 404, 409, 413, 500, 502);

test('no message, output, or summary has what a gateway echoes of zip or token', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(partOfZip, theToken), form, status, async (take, dress, code) => {
      let said = '';
      const gateway: WireFault['do'] = {
        echoes: (authorization, body) => {
          const { context = '' } = JSON.parse(body) as { context?: string };
          said = take(authorization.slice('Bearer '.length), context);
          return { status: code, body: dress(said) };
        },
      };
      const simulation = simulate({ wire: [{ on: 'run-command', do: gateway, times: Infinity }] });
      const { log, summary, outputs } = await simulation.run({ env: 'SECRET=a-value-of-env' });
      const shown = [log, summary, JSON.stringify(outputs)].join('\n');
      expect(said).not.toBe('');
      expect(shown).not.toContain(said.slice(100, 124));
    }),
    { numRuns: 40 },
  );
});
