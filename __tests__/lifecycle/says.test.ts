import { beforeAll, expect, test } from '@jest/globals';
import { answers, errorBody, podDoesNotStart } from '../../local/azure/index.ts';
import { simulate, simulateDate } from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

test('new tokens are requested and announced once a minute, however long Azure rejects them', async () => {
  const rejected = { body: errorBody('InvalidAuthenticationToken', 'The token is invalid.') };
  const simulation = simulate({
    faults: [answers('command-result', 401, rejected, { times: Infinity })],
    command: { seconds: 3_000 },
  });
  const { log, outputs } = await simulation.run({ timeout: '18m', 'start-timeout': '1m' });

  expect(outputs['state']).toBe('unknown');
  const renewals = log.match(/Azure rejected the access token/g) ?? [];
  expect(renewals.length).toBeGreaterThanOrEqual(19);
  expect(renewals.length).toBeLessThanOrEqual(21);
  expect(simulation.azure.requests('token').length).toBeLessThanOrEqual(22);
});

test('a step that does not wait says so as well after AKS gave up on a pod, which then starts', async () => {
  const simulation = simulate({
    faults: [podDoesNotStart({ answerAfterMs: 30_000, startsAfterMs: 60_000 })],
    command: { seconds: 100 },
  });
  const { log, outputs, success } = await simulation.run({ wait: 'false' });

  expect({ state: outputs['state'], success, posted: simulation.posted() }).toEqual({
    state: 'running',
    success: true,
    posted: 1,
  });
  expect(outputs['reason']).toMatch(said('not-waited'));
  expect(log).not.toContain('no result');
});
