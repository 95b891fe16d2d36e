import { expect, test } from '@jest/globals';
import type { Answer } from '../../src/azure/answer.ts';
import { parseCommandId } from '../../src/azure/command-result.ts';
import { followCommand } from '../../src/lifecycle/run.ts';
import { judge } from '../../src/verdict.ts';
import { clusterOf, runTask, TASK } from '../unit/lifecycle/cluster-of-values.ts';
import { http } from '../unit/ports.ts';
import { commandsOf, readRecordings, type Exchange } from './recording.ts';

/**
 * What a step makes of each command of a recording: one that submits it, and one that follows it.
 */
const STATES: Readonly<Record<string, readonly { submits?: string; follows: string }[]>> = {
  // Commands of other tools: a step that takes them for its own misses its script's first line.
  'azure-cli-2021.json': [{ submits: 'unknown unproven', follows: 'succeeded' }],
  'azure-cli-2022.json': [{ submits: 'unknown unproven', follows: 'succeeded' }],
  'azure-powershell-2023-get.json': [{ follows: 'succeeded' }],
  'azure-powershell-2023-start.json': [
    { submits: 'unknown unproven', follows: 'succeeded' },
    { submits: 'unknown unproven', follows: 'succeeded' },
  ],
  'azure-sdk-for-go-2022.json': [{ submits: 'unknown unproven', follows: 'succeeded' }],
  'azure-sdk-for-go-2023.json': [{ submits: 'unknown unproven', follows: 'succeeded' }],
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
  const result = (passed: number) =>
    answerOf(looks.findLast(({ seconds }) => seconds <= begin + passed / 1000) ?? looks[0]);
  const commandId = parseCommandId(id);
  if (commandId === undefined) throw new Error(`No command id: ${id}`);

  if (post !== undefined) {
    const { ports, submitted, ids } = clusterOf({ submissions: [answerOf(post)], result });
    const { state, failure, startedAt } = judge(await runTask(TASK, ports), {
      allowedExitCodes: [0],
      ownCommand: true,
    });
    expect([state, failure?.code].join(' ').trim()).toBe(states?.submits);
    expect(startedAt).toMatch(/^20\d\d-/);
    expect({ ids, submitted: submitted() }).toEqual({ ids: [id], submitted: 1 });
  }

  const { ports } = clusterOf({ result });
  const followed = judge(await followCommand(commandId, 600, ports), {
    allowedExitCodes: [0],
    ownCommand: false,
  });
  expect([followed.state, followed.failure?.code].join(' ').trim()).toBe(states?.follows);
  expect(followed.commandId).toBe(id);
});

function answerOf(exchange: Exchange | undefined): Answer {
  if (exchange === undefined) throw new Error('Nothing was recorded');
  return http(exchange.status, exchange.body, exchange.headers);
}
