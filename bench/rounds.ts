import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { delays, operations, startLocalAzure, type RequestRecord } from '../local/azure/index.ts';
import { prepareAzureCli } from './azure-cli.ts';
import { SLOW_ANSWER_MS, WAIT_ROUNDS, type Case } from './cases.ts';
import { contenders, type Arena, type Contender, type Name, type Told, type Work } from './contenders.ts';
import { measure, type Measure } from './measure.ts';

/** One run of one contender. */
export type Sample = {
  readonly measure: Measure;
  readonly told: Told;
  /** Everything it asked for; of the result only, where others ran beside it. */
  readonly requests: readonly RequestRecord[];
  /** Milliseconds from the command's end to the process's; absent where nothing ran. */
  readonly lateMs?: number;
};

/** The samples of each contender that took part. */
export type Samples = Readonly<Partial<Record<Name, readonly Sample[]>>>;

/** Starts a stand-in and signs `az` in there; gives it to `work`, and takes everything away afterwards. */
export async function inArena<T>(
  options: { answerMs: number; withAzureCli: boolean },
  work: (arena: Arena) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const { answerMs } = options;
  const faults = answerMs > 0 ? operations.map((on) => delays(on, answerMs, { times: Infinity })) : [];
  // Longer than GitHub's: `az` is signed in once for all rounds.
  const azure = await startLocalAzure({ faults, idTokenLifetime: 3600 });
  try {
    const azureCli = options.withAzureCli ? await prepareAzureCli(azure, scratch) : undefined;
    return await work({ azure, scratch, azureCli });
  } finally {
    await azure.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** One after the other, round by round, after one round of the action that does not count. */
export async function race(
  { title, cluster, command, plant, inputs, names, rounds }: Case,
  arena: Arena,
): Promise<Samples> {
  console.log(`${title} …`);
  const workspace = await mkdtemp(path.join(arena.scratch, 'workspace-'));
  await plant?.(workspace);
  const work: Work = { cluster, command, workspace, files: plant !== undefined, ...(inputs && { inputs }) };
  const samples = noSamples();

  const example = await run(contenders([]).action, work, arena);
  if (example.told.kind === 'refused') throw new Error(example.told.message);
  const all = contenders(example.requests);
  for (let round = 0; round < rounds; round++) {
    for (const name of present(names, arena)) samples[name].push(await run(all[name], work, arena));
  }
  return samples;
}

/** Commands that sleep: side by side, since nobody works while they wait. */
export async function raceWaits(seconds: readonly number[], arena: Arena): Promise<Map<number, Samples>> {
  console.log(`commands of ${seconds.join(', ')} s, side by side …`);
  const workspace = await mkdtemp(path.join(arena.scratch, 'workspace-'));
  const workOf = (wait: number): Work => ({ cluster: 'plain', command: `sleep ${wait}`, workspace, files: false });
  const table = new Map(seconds.map((wait) => [wait, noSamples()]));

  const examples = new Map<number, readonly RequestRecord[]>();
  for (const wait of seconds) {
    const submitOnly = { ...workOf(wait), inputs: { wait: 'false' } };
    examples.set(wait, (await run(contenders([]).action, submitOnly, arena)).requests);
  }
  for (let round = 0; round < WAIT_ROUNDS; round++) {
    await Promise.all(
      seconds.flatMap((wait) =>
        present(WAITING, arena).map(async (name) => {
          const scratch = await mkdtemp(path.join(arena.scratch, 'side-'));
          const all = contenders(examples.get(wait) ?? []);
          const sample = await run(all[name], workOf(wait), { ...arena, scratch });
          const { told } = sample;
          const own = ({ operation, url }: RequestRecord) =>
            operation === 'command-result' && told.kind === 'ended' && url.includes(told.commandId);
          table.get(wait)?.[name].push({ ...sample, requests: sample.requests.filter(own) });
        }),
      ),
    );
  }
  return table;
}

/** What the action sends for a command without files. */
export async function submissionOf(command: string, arena: Arena): Promise<RequestRecord> {
  const workspace = await mkdtemp(path.join(arena.scratch, 'workspace-'));
  const { requests } = await run(contenders([]).action, { cluster: 'plain', command, workspace, files: false }, arena);
  const submission = requests.find(({ operation }) => operation === 'run-command');
  if (submission === undefined) throw new Error('The action submitted nothing');
  return submission;
}

const WAITING: readonly Name[] = ['action', 'floor', 'azSignedIn'];

const noSamples = (): Record<Name, Sample[]> => ({
  action: [],
  floor: [],
  az: [],
  azSignedIn: [],
  prompt: [],
  promptToken: [],
});

function present(names: readonly Name[], { azureCli }: Arena): Name[] {
  const needsAz: readonly Name[] = ['az', 'azSignedIn', 'prompt'];
  return names.filter((name) => azureCli !== undefined || !needsAz.includes(name));
}

async function run(contender: Contender, work: Work, arena: Arena): Promise<Sample> {
  const { azure, scratch } = arena;
  await mkdir(scratch, { recursive: true });
  const process = await contender.prepare(work, arena);
  const before = azure.requests().length;
  const measured = await measure(process, scratch);
  const requests = azure.requests().slice(before);
  const told = await contender.read(measured, arena);
  const command = azure.commands().find(({ id }) => told.kind === 'ended' && id === told.commandId);
  return {
    measure: measured,
    told,
    requests,
    ...(command?.finishedAt !== undefined && { lateMs: measured.endedAt - command.finishedAt }),
  };
}

/** The most requests of which each began after the one before was answered, where each answer takes {@link SLOW_ANSWER_MS}. */
export function inARow(requests: readonly RequestRecord[]): number {
  let count = 0;
  let answeredAt = -Infinity;
  for (const { at } of requests.toSorted((one, other) => one.at - other.at)) {
    if (at < answeredAt) continue;
    count += 1;
    answeredAt = at + SLOW_ANSWER_MS;
  }
  return count;
}
