import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { delays, operations, startLocalAzure } from '../local/azure/index.ts';
import { contenders, measure, median, type Contender } from './contenders.ts';

/** Four commands by the steps of one job, by a matrix, and by `parallel`. */

const STEPS = 4;
const SECONDS = 2;
const SLOW_MS = 200;
const ROUNDS = 3;
/** What a step needs to sign in. */
const SIGN_IN = ['id-token', 'token'];

type Times = {
  /** Of four steps, one after the other. */
  readonly inTurn: number;
  /** Of one step, because each job of a matrix has a machine of its own. */
  readonly alone: number;
  /** Of four steps at once on this machine. */
  readonly atOnce: number;
};

/** Milliseconds, as medians, if the answers to these operations are late. */
async function timesOf(late: readonly string[], scratch: string): Promise<Times> {
  const slow = operations.filter((on) => late.includes(on));
  const faults = slow.map((on) => delays(on, SLOW_MS, { times: Infinity }));
  const azure = await startLocalAzure({ faults });
  const workspace = mkdtempSync(path.join(scratch, 'four-'));
  const { action } = await contenders(azure, workspace);
  const work = { command: `sleep ${SECONDS}`, workspace, files: false };
  const once = async (contender: Contender) => {
    const { wallMs, failure } = await measure(contender, work, azure, scratch);
    if (failure !== undefined) throw new Error(failure);
    return wallMs;
  };

  const rounds: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const each: number[] = [];
    for (let step = 0; step < STEPS; step++) each.push(await once(action));
    const inTurn = each.reduce((sum, wallMs) => sum + wallMs);
    const all = await Promise.all(Array.from({ length: STEPS }, () => once(action)));
    rounds.push({ inTurn, alone: median(each), atOnce: Math.max(...all) });
  }
  await azure.stop();
  return {
    inTurn: median(rounds.map(({ inTurn }) => inTurn)),
    alone: median(rounds.map(({ alone }) => alone)),
    atOnce: median(rounds.map(({ atOnce }) => atOnce)),
  };
}

/** The rows of a table: four commands of two seconds. */
export async function fourCommands(scratch: string): Promise<readonly (readonly string[])[]> {
  const row = (title: string, { inTurn, alone, atOnce }: Times) => [
    title,
    ...[inTurn, alone, atOnce].map((ms) => `${(ms / 1000).toFixed(2)} s`),
  ];
  const others = operations.filter((on) => !SIGN_IN.includes(on));
  return [
    row('no delay', await timesOf([], scratch)),
    row(`each answer ${SLOW_MS} ms late`, await timesOf(operations, scratch)),
    row('the same, but nothing late to sign in', await timesOf(others, scratch)),
  ];
}
