import path from 'node:path';
import { readAction } from '../local/runner/step.ts';
import { REPOSITORY } from './contenders.ts';
import { measure, median, type Measure } from './measure.ts';

/** What a process takes that has nothing to do, and one that only shows its help. */
export type Startup = { readonly nodeMs: number; readonly helpMs: number };

const ROUNDS = 15;

/** In turn, after one of each that does not count. */
export async function measureStartup(scratch: string): Promise<Startup> {
  console.log('start of Node, --help …');
  const { main } = await readAction(REPOSITORY);
  const node = (...args: string[]) =>
    measure({ program: process.execPath, args, cwd: scratch, env: { PATH: process.env['PATH'] ?? '' } }, scratch);
  const wall = ({ startedAt, endedAt }: Measure) => endedAt - startedAt;
  const nothing: number[] = [];
  const help: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const one = wall(await node('--eval', '0'));
    const other = wall(await node(path.join(REPOSITORY, main), '--help'));
    if (round < 0) continue;
    nothing.push(one);
    help.push(other);
  }
  return { nodeMs: median(nothing), helpMs: median(help) };
}
