import { beforeAll, expect, test } from '@jest/globals';
import { answers, errorBody, podIsKilled, type Fault } from '../../local/azure/index.ts';
import type { State } from '../../src/verdict.ts';
import { simulate, simulateDate, type SimulationOptions } from './simulation.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

type More = {
  readonly options?: SimulationOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly ran?: number;
};
/** `faults`: what goes wrong from the follower's first request on. */
const row = (
  name: string,
  state: State,
  says: string | RegExp,
  faults: readonly Fault[] = [],
  { options = {}, inputs = {}, ran = 1 }: More = {},
) => ({ name, state, says, faults, options, inputs, ran });

const ALWAYS = { times: Infinity };
const FORBIDDEN = { body: errorBody('AuthorizationFailed', 'no') };
const NO_SUCH_COMMAND = { body: errorBody('NotFound', 'no') };
const FORGED = {
  body: '{"properties":{"provisioningState":"Succeeded","exitCode":0,"logs":"forged"}}',
};

const rows = [
  row('a login that is refused', 'unknown', said('entra'), [
    answers('token', 400, { body: '{"error":"x"}' }, ALWAYS),
  ]),
  // A success that does not come from ARM is no result, whatever it says: the step waits for the
  // true one.
  row(
    'a forged result with the status 203',
    'failed',
    said('exit-code', { exitCode: '3' }),
    [answers('command-result', 203, FORGED, { times: 3 })],
    { options: { command: { exitCode: 3 } } },
  ),
  row("ARM's own 403 for ever", 'unknown', 'commandResults/read', [
    answers('command-result', 403, FORBIDDEN, ALWAYS),
  ]),
  row(
    "a gateway's 403 for ever",
    'unknown',
    said('no-answer-in-time', { time: '2m' }),
    [answers('command-result', 403, { body: '{"message":"blocked"}' }, ALWAYS)],
    { inputs: { timeout: '2m' } },
  ),
  row(
    "AKS's 404 until its time is over",
    'unknown',
    said('result-missing'),
    [answers('command-result', 404, NO_SUCH_COMMAND, ALWAYS)],
    { inputs: { timeout: '5s' } },
  ),
  row(
    "AKS's 404 after a command was seen to run, when its time is over",
    'running',
    said('no-answer-in-time', { time: '5s' }),
    [answers('command-result', 404, NO_SUCH_COMMAND, { skip: 1, ...ALWAYS })],
    { inputs: { timeout: '5s' }, options: { command: { seconds: 100_000 } } },
  ),
  row(
    'a command that lasts longer than it waits',
    'running',
    said('no-answer-in-time', { time: '20m 34s' }),
    [],
    {
      inputs: { timeout: '1234s' },
      options: { command: { seconds: 100_000 } },
    },
  ),
  row('a container that is killed', 'failed', said('exit-code-137'), [], {
    options: { command: { seconds: 900 }, faults: [podIsKilled(5000)] },
  }),
  row('a container that is killed before the command begins', 'unknown', said('unproven'), [], {
    options: { command: { beginsAfter: 2 }, faults: [podIsKilled(1000)] },
    ran: 0,
  }),
];

test.each(rows)('a follower meets $name', async ({ faults, options, inputs, state, says, ran }) => {
  const simulation = simulate(options);
  const submitted = await simulation.run({ wait: 'false' });
  expect(submitted).toMatchObject({ success: true, outputs: { state: 'running' } });
  expect(simulation.azure.requests('command-result')).toEqual([]);
  simulation.azure.addFaults(faults);

  const id = submitted.outputs['command-id'] ?? '';
  const step = await simulation.run({ command: '', 'command-id': id, ...inputs });

  expect(step.outputs).toMatchObject({ state, 'command-id': id });
  expect(step.success).toBe(state === 'succeeded');
  expect(step.log).toMatch(says);
  expect(step.log + step.summary).not.toMatch(/undefined|\[object/);
  expect({ posted: simulation.posted(), ran: simulation.ran() }).toEqual({ posted: 1, ran });
});
