import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answers, demo, errorBody } from '../../local/azure/index.ts';
import { createWorld, simulateDate, type WireFault } from './world.ts';

beforeAll(simulateDate);

const codes = (format: (code: string) => string) => (text: string) =>
  Array.from(text, (one) => format(one.charCodeAt(0).toString(16).padStart(2, '0'))).join('');
const ENCODINGS = [
  (text: string) => text,
  encodeURIComponent,
  codes((code) => `%${code}`),
  codes((code) => `\\u00${code}`),
  codes((code) => `&#x${code};`),
  (text: string) => text.replaceAll('/', String.raw`\/`),
  (text: string) => text.replaceAll(/(.{7})/g, '$1\n'),
];

const SECRET = 'a-value-of-env';
const part = fc.oneof(
  fc
    .nat()
    .map((at) => (_token: string, zip: string) => zip.slice(at % (zip.length - 24)).slice(0, 1500)),
  fc.nat().map((at) => (token: string) => token.slice(at % (token.length - 24)).slice(0, 1500)),
  fc.constant(() => SECRET),
);
const form = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `<html><title>${text}</title></html>`,
  (text) =>
    JSON.stringify({ error: { code: 'BadRequest', message: `This was the request: ${text}` } }),
  (text) => JSON.stringify({ code: text, message: 'no' }),
);

test('whatever a gateway says back of a request, and in whatever encoding, no message, output or summary has it', async () => {
  const encodings = fc.array(fc.constantFrom(...ENCODINGS), { minLength: 1, maxLength: 2 });
  const status = fc.constantFrom(400, 403, 404, 409, 413, 500, 502);
  await fc.assert(
    fc.asyncProperty(part, encodings, form, status, async (take, encode, dress, code) => {
      let said = '';
      const gateway: WireFault['do'] = {
        echoes: (authorization, body) => {
          const { context = '' } = JSON.parse(body) as { context?: string };
          said = encode.reduce(
            (text, one) => one(text),
            take(authorization.slice('Bearer '.length), context),
          );
          return { status: code, body: dress(said) };
        },
      };
      const world = createWorld({ wire: [{ on: 'run-command', do: gateway, times: Infinity }] });
      const { log, summary, outputs } = await world.run({
        env: `SECRET=${SECRET}`,
        summary: 'true',
      });
      const shown = [log, summary, JSON.stringify(outputs)].join('\n').replaceAll(/\s/g, '');
      expect(said).not.toBe('');
      for (const line of [said.slice(0, 24), said.slice(-24)])
        expect(shown).not.toContain(line.replaceAll(/\s/g, ''));
    }),
    { numRuns: 60 },
  );
});

test("a value of env is no secret if the log shows it anyway: the cluster's subscription, the token's subject", async () => {
  const { job } = createWorld().azure;
  const env = `SUBSCRIPTION=${demo.subscriptionId}\nREPOSITORY=${job.repository}`;
  for (const [on, value] of [
    ['run-command', demo.subscriptionId] as const,
    ['token', job.repository] as const,
  ]) {
    const body = errorBody('AuthorizationFailed', `It may not do that over ${value}.`);
    const { log } = await createWorld({ faults: [answers(on, 403, { body })] }).run({ env });
    expect(log).toContain(`over ${value}.`);
  }
});
