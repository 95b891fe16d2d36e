import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { fakePod } from '../__tests__/support/fake-pod.ts';
import {
  aksThrottles,
  delays,
  operations,
  startLocalAzure,
  type LocalAzure,
} from '../local/azure/index.ts';
import { azureCli, contenders, measure, median, type Contender, type Work } from './contenders.ts';
import { fourCommands } from './four.ts';

/** `npx node bench/main.ts`: measures on an idle machine, and writes RESULTS.md. */

/** Scratch folders are in memory, because a machine's disk may take a second for 2,000 files. */
const MEMORY = '/dev/shm';
if (existsSync(MEMORY)) process.env['TMPDIR'] = MEMORY;

const SLOW_MS = 200;
const ROUNDS = 7;
/**
 * Jobs of a matrix that start at once and share the buckets of one subscription, with the
 * documented sizes.
 */
const JOBS = 48;
/** Until all their processes have started, which two cores cannot do at once. */
const STARTED_MS = 20_000;
/** The least time that the bucket of 60 allows: one submission and one poll for each job. */
const BUCKET_SECONDS = 2 * JOBS - 60;

const slowFaults = operations.map((on) => delays(on, SLOW_MS, { times: Infinity }));

type Medians = Readonly<Record<string, { readonly wallMs: number; readonly lateMs: number }>>;

/** The contenders in turn, round by round, after one round that does not count. */
async function race(
  work: Work,
  all: Record<string, Contender>,
  rounds: number,
  azure: LocalAzure,
): Promise<Medians> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-race-'));
  const samples = new Map<string, { wallMs: number; lateMs: number }[]>();
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round++) {
    for (const [name, contender] of Object.entries(all)) {
      const { failure, ...sample } = await measure(contender, work, azure, scratch);
      if (failure !== undefined && round <= 0) console.log(`${name}: ${failure.slice(-300)}`);
      if (failure === undefined && round >= 0)
        samples.set(name, [...(samples.get(name) ?? []), sample]);
    }
  }
  rmSync(scratch, { recursive: true });
  const medianOf = (list: { wallMs: number; lateMs: number }[]) => ({
    wallMs: median(list.map(({ wallMs }) => wallMs)),
    lateMs: median(list.map(({ lateMs }) => lateMs)),
  });
  return Object.fromEntries([...samples].map(([name, list]) => [name, medianOf(list)]));
}

/**
 * 2,000 files of 10 KB, half of each random text: about 20 MB, which compress below ARM's limit.
 */
function plantFiles(workspace: string): void {
  for (let index = 0; index < 2000; index++) {
    const folder = path.join(workspace, `folder-${index % 40}`);
    mkdirSync(folder, { recursive: true });
    const random = randomBytes(600).toString('base64');
    writeFileSync(
      path.join(folder, `file-${index}.yaml`),
      random + `key-${index}: value\n`.repeat(540),
    );
  }
}

async function withAzure<T>(
  options: Parameters<typeof startLocalAzure>[0],
  use: (azure: LocalAzure) => Promise<T>,
): Promise<T> {
  const azure = await startLocalAzure(options);
  try {
    return await use(azure);
  } finally {
    await azure.stop();
  }
}

/**
 * The mean over commands of different lengths: with a single one, it is luck how soon after its end
 * a contender polls. Without az, whose files are uncompressed, so ARM refuses them.
 */
async function raceWithFiles(all: Record<string, Contender>, azure: LocalAzure): Promise<Medians> {
  const results: Medians[] = [];
  for (const pause of [0, 0.2, 0.4, 0.6, 0.8]) {
    const work = { command: `sleep ${pause}`, workspace, files: true };
    results.push(await race(work, all, 3, azure));
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
  const meanOf = (name: string) => ({
    wallMs: mean(results.map((result) => result[name]?.wallMs ?? NaN)),
    lateMs: mean(results.map((result) => result[name]?.lateMs ?? NaN)),
  });
  return Object.fromEntries(Object.keys(all).map((name) => [name, meanOf(name)]));
}

/**
 * From the first submission on: starts and pods, which 48 machines handle at once, would take these
 * two cores seconds.
 */
async function matrix(scratch: string): Promise<{ seconds: number; failures: number }> {
  const options: Parameters<typeof startLocalAzure>[0] = {
    throttles: aksThrottles,
    faults: [delays('id-token', STARTED_MS, { times: Infinity })],
    pod: fakePod({ run: () => Promise.resolve({}) }),
  };
  return withAzure(options, async (azure) => {
    const { action } = await contenders(azure, mkdtempSync(path.join(scratch, 'matrix-')));
    const ended = await Promise.all(
      Array.from({ length: JOBS }, () => measure(action, short, azure, scratch)),
    );
    const { at: began = NaN } = azure.requests('run-command')[0] ?? {};
    return {
      seconds: (Date.now() - began) / 1000,
      failures: ended.filter(({ failure }) => failure !== undefined).length,
    };
  });
}

const seconds = (ms: number | undefined) =>
  ms === undefined ? '–' : `${(ms / 1000).toFixed(2)} s`;
const times = (one = NaN, other = NaN) => `${(one / other).toFixed(2)} ×`;

/** Starts and ends of a process, in milliseconds: the median of some rounds. */
function startMs(...args: string[]): number {
  const once = () => {
    const began = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - began;
  };
  return median(Array.from({ length: 15 }, once));
}

const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
const workspace = path.join(scratch, 'workspace');
mkdirSync(workspace);
plantFiles(workspace);
const short: Work = { command: 'true', workspace, files: false };

// Longer than GitHub's ID tokens live: the Azure CLI takes its time.
const measured = await withAzure({ idTokenLifetime: 3600 }, async (azure) => {
  const ours = await contenders(azure, scratch);
  const az = await azureCli(azure, scratch);
  const all = az === undefined ? ours : { ...ours, az };
  const quick = Object.fromEntries(Object.entries(ours).filter(([name]) => name !== 'floor'));
  return {
    short: await race(short, all, ROUNDS, azure),
    files: await raceWithFiles(ours, azure),
    // Without az and the floor, because each contender takes 45 s.
    long: await race({ ...short, command: 'sleep 45' }, quick, 1, azure),
  };
});
const slow = await withAzure({ idTokenLifetime: 3600, faults: slowFaults }, async (azure) =>
  race(short, await contenders(azure, mkdtempSync(path.join(scratch, 'slow-'))), 3, azure),
);
const jobs = await matrix(scratch);
const four = await fourCommands(scratch);
const help = startMs('dist/index.js', '--help') - startMs('--eval', '0');
rmSync(scratch, { recursive: true });

const tableOf = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const contendersInOrder = ['action', 'plain action', 'floor', 'az'];
const timesOf = (title: string, result: Medians) => [
  title,
  ...contendersInOrder.map((name) => seconds(result[name]?.wallMs)),
];
const ratio = (result: Medians, other: string) =>
  times(result['action']?.wallMs, result[other]?.wallMs);

const targets = tableOf([
  ['', 'target', 'measured'],
  ['---', '---:', '---:'],
  ['short command, compared with the floor', 'at most 1.90 ×', ratio(measured.short, 'floor')],
  [
    'short command, compared with the plain action',
    'below 0.50 ×',
    ratio(measured.short, 'plain action'),
  ],
  [
    `the same, each answer ${SLOW_MS} ms late: one request more, which reads the cluster`,
    `at most ${seconds(SLOW_MS)} more`,
    seconds((slow['action']?.wallMs ?? NaN) - (slow['plain action']?.wallMs ?? NaN)),
  ],
  [
    '2,000 files of 20 MB, compared with the plain action',
    'below 1.00 ×',
    ratio(measured.files, 'plain action'),
  ],
  [
    'delay after the end of a command of 45 s',
    'at most 2.50 s',
    seconds(measured.long['action']?.lateMs),
  ],
  [
    `a matrix of ${JOBS} jobs, from its first submission on, compared with the ` +
      `${BUCKET_SECONDS} s that the documented bucket of requests takes`,
    'at most 1.30 ×',
    `${times(jobs.seconds, BUCKET_SECONDS)}, ${jobs.failures} failed`,
  ],
  ['`--help`, in addition to the start of Node', 'below 60 ms', `${help.toFixed(0)} ms`],
]);
const wallTimes = tableOf([
  ['', ...contendersInOrder],
  ['---', ...contendersInOrder.map(() => '---:')],
  timesOf('short command', measured.short),
  timesOf(`short command, each answer ${SLOW_MS} ms late`, slow),
  timesOf('2,000 files of 20 MB, and 0 to 0.8 s', measured.files),
  timesOf('command of 45 s', measured.long),
]);
const fourTimes = tableOf([
  ['', 'one after the other', 'by a matrix', 'by `parallel`'],
  ['---', '---:', '---:', '---:'],
  ...four,
]);
const results = `# Measurements

\`npx node bench/main.ts\` writes this page. Run it on an idle machine. Everything runs against
[local-azure](../local/azure/README.md) on the loopback interface, so the network and the nodes take
no time. **On a real cluster, users measure 15 to 35 s for each command**, because a pod must start.

${cpus().length} cores, Node ${process.version}. The contenders take turns. Figures are medians; with files, means of five.

- **action**: \`dist/index.js\`, started as GitHub's runner starts it.
- **plain action**: [plain-action.ts](plain-action.ts), the same packages in their plainest use. Its
  poller asks every second.
- **floor**: [floor.ts](floor.ts), the same requests by bare \`fetch\`, ten polls per second.
- **az**: \`az login\` and \`az aks command invoke\`, of Debian's package \`azure-cli\`.

${targets}

${wallTimes}

A dash means that the contender did not take part: \`az\` sends files uncompressed, and ARM refuses
20 MB. With late answers, 0.2 s of the action's time is a request for the metadata of local-azure's
endpoint. Public clouds don't need it.

## Four commands of two seconds

By a matrix, each job has a machine of its own, so the time is that of one step. Starting the jobs
isn't included. By \`parallel\`, four steps of one job run on this machine. Medians of three rounds.

${fourTimes}

Each of the four steps signs in by itself. The difference of the last two rows is the most that a
shared token could save. The first step has to get it anyway, so \`parallel\` would save nothing,
and the action shares nothing.
`;
writeFileSync('bench/RESULTS.md', await format(results, { parser: 'markdown', printWidth: 120 }));
