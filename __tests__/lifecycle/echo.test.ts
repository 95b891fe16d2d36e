import { beforeAll, expect, test } from '@jest/globals';
import { simulate, simulateDate } from './simulation.ts';

beforeAll(simulateDate);

const json = (body: object) => JSON.stringify(body);

// A long word is shown by its beginning alone, so it comes in lines. For other encodings, see
// `unit/azure/secrets`.
const inLines = (text: string) => text.replaceAll(/(.{76})/g, '$1\n');

test.each<[name: string, status: number, quote: (sent: string) => string]>([
  ['in plain text', 502, (sent) => sent],
  ['as the title of a page', 413, (sent) => `<html><title>${sent}</title></html>`],
  ['in a refusal', 400, (sent) => json({ error: { code: 'X', message: `This: ${sent}` } })],
  ['in a failure', 500, (sent) => json({ error: { code: 'X', message: `This: ${sent}` } })],
])('zip and token are not shown if a gateway quotes them %s', async (_name, status, quote) => {
  const sent: string[] = [];
  const echoes = (authorization: string, body: string) => {
    const { context = '' } = JSON.parse(body) as { context?: string };
    const quoted = [authorization.slice('Bearer '.length), context.slice(500, 900)];
    sent.push(...quoted);
    return { status, body: quote(inLines(quoted.join(' '))) };
  };
  const simulation = simulate({ wire: [{ on: 'run-command', do: { echoes }, times: Infinity }] });
  const { log, summary, outputs } = await simulation.run({ env: 'SECRET=a-value-of-env' });

  const shown = [log, summary, json(outputs)].join('\n').replaceAll(/\\n|\s/g, '');
  expect(sent).toHaveLength(2);
  for (const text of sent) {
    const middle = text.slice(100, 124);
    expect(middle).toHaveLength(24);
    expect(shown).not.toContain(middle);
  }
});
