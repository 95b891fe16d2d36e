import { beforeAll, expect, test } from '@jest/globals';
import type { HttpResponse } from '../../local/azure/index.ts';
import { simulate, simulateDate } from '../lifecycle/simulation.ts';
import { commandsOf, readRecordings, type Exchange } from './recording.ts';
import { said } from '../support/said.ts';

beforeAll(simulateDate);

/**
 * What a step makes of each command of a recording: one that submits it, and one that follows it.
 */
const STATES: Readonly<Record<string, readonly { submits?: string; follows: string }[]>> = {
  // Commands of other tools: a step that takes them for its own misses its script's first line.
  'azure-cli-2021.json': [{ submits: 'unknown', follows: 'succeeded' }],
  'azure-cli-2022.json': [{ submits: 'unknown', follows: 'succeeded' }],
  'azure-powershell-2023-get.json': [{ follows: 'succeeded' }],
  'azure-powershell-2023-start.json': [
    { submits: 'unknown', follows: 'succeeded' },
    { submits: 'unknown', follows: 'succeeded' },
  ],
  'azure-sdk-for-go-2022.json': [{ submits: 'unknown', follows: 'succeeded' }],
  'azure-sdk-for-go-2023.json': [{ submits: 'unknown', follows: 'succeeded' }],
};

const recordings = readRecordings();

test('each recording is replayed', () => {
  expect(recordings.map(({ name }) => name)).toEqual(Object.keys(STATES).sort());
});

const commands = recordings.flatMap((recording) =>
  commandsOf(recording).map(([id, own], index) => {
    const { name } = recording;
    return { name, id, own, states: STATES[name]?.[index] };
  }),
);

test.each(commands)('$name, command $id', async ({ id, own, states }) => {
  const post = own.find(({ method }) => method === 'POST');
  const looks = own.filter(({ method }) => method === 'GET');
  const begin = (post ?? looks[0])?.seconds ?? NaN;
  const play = async (inputs: Readonly<Record<string, string>>) => {
    const first = inputs['command-id'] === undefined ? 'run-command' : 'command-result';
    const simulation = simulate({
      wire: [
        { on: 'run-command', do: { rewrites: () => answerOf(post) }, times: Infinity },
        { on: 'command-result', do: { rewrites: () => answerOf(now()) }, times: Infinity },
      ],
    });
    const now = () => {
      const beganAt = simulation.azure.requests(first)[0]?.at ?? NaN;
      const passed = (simulation.clock.now() - beganAt) / 1000;
      return looks.findLast(({ seconds }) => seconds <= begin + passed) ?? looks[0];
    };
    const { outputs } = await simulation.run(inputs);
    return { outputs, posted: simulation.posted() };
  };

  if (post !== undefined) {
    const { outputs, posted } = await play({});
    expect(outputs).toMatchObject({ state: states?.submits, 'command-id': id });
    expect(outputs['reason']).toMatch(said('unproven'));
    expect(outputs['started-at']).toMatch(/^20\d\d-/);
    expect(posted).toBe(1);
  }

  const { outputs } = await play({ command: '', 'command-id': id, timeout: '10m' });
  expect(outputs).toMatchObject({ state: states?.follows, 'command-id': id });
});

function answerOf(exchange: Exchange | undefined): HttpResponse {
  if (exchange === undefined) throw new Error('Nothing was recorded');
  const { status, body, headers } = exchange;
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
