import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, release } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { CASES, WAITS } from './cases.ts';
import { NAMES, type Name } from './contenders.ts';
import { BURST, PER_SECOND, type MatrixResult } from './matrix.ts';
import { median } from './measure.ts';
import { inARow, type Sample, type Samples } from './rounds.ts';

/** What was measured, as Markdown. */

const FILE = path.join(import.meta.dirname, 'RESULTS.md');
const HEADINGS = ['The action, a floor, and `az`', 'A matrix of jobs on one subscription'] as const;
const PREAMBLE = `# Measured

\`npm run bench\` writes the first part, \`npm run bench -- --matrix\` the second, each on a machine with nothing else to do.
Everything runs against [local-azure](../local-azure/README.md) on the loopback, so networks and nodes take no time; files
are kept in memory where there is a \`/dev/shm\`.
`;

export type Versions = { readonly azureCli: string | undefined };
export type CaseSamples = Readonly<Record<keyof typeof CASES, Samples>>;
export type WaitSamples = ReadonlyMap<number, Samples>;

/** Puts a part into RESULTS.md, in the place of the one that was there. */
export async function writePart(index: 0 | 1, body: string): Promise<void> {
  const text = await readFile(FILE, 'utf8').catch(() => '');
  const parts = HEADINGS.map((heading, at) => {
    const kept = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0]?.trim();
    const content = at === index ? body.trim() : kept;
    return content === undefined ? '' : `\n## ${heading}\n\n${content}\n`;
  });
  await writeFile(FILE, await format(PREAMBLE + parts.join(''), { parser: 'markdown' }));
}

const machine = () =>
  `${availableParallelism()} cores (${process.arch}, ${process.platform} ${release()}), Node ${process.versions.node}`;

type Cell = string | number;

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** The median of what the samples have; undefined where they have none. */
function middle(
  samples: readonly Sample[] | undefined,
  of: (sample: Sample) => number | undefined,
): number | undefined {
  const values = (samples ?? []).flatMap((sample) => of(sample) ?? []);
  return values.length === 0 ? undefined : median(values);
}

const wall = ({ measure }: Sample) => measure.endedAt - measure.startedAt;
const cpu = ({ measure }: Sample) => measure.cpuMs;
const peak = ({ measure }: Sample) => measure.peakMiB;
const late = ({ lateMs }: Sample) => lateMs;
const requestCount = ({ requests }: Sample) => requests.length;
const tripsInARow = ({ requests }: Sample) => inARow(requests);
const outputBytes = ({ told }: Sample) => (told.kind === 'ended' ? told.outputBytes : undefined);

const NONE = '–';
const seconds = (ms: number | undefined) => (ms === undefined ? NONE : `${(ms / 1000).toFixed(2)} s`);
const count = (value: number | undefined) => (value === undefined ? NONE : value.toLocaleString('en-US'));
const mebibytes = (value: number | undefined) => (value === undefined ? NONE : `${Math.round(value)} MiB`);
const times = (over: number | undefined, under: number | undefined) =>
  over === undefined || under === undefined ? NONE : `${(over / under).toFixed(over / under < 10 ? 2 : 1)} ×`;

/** A case's medians of one figure, contender by contender. */
const each = (
  samples: Samples,
  of: (sample: Sample) => number | undefined,
  show: (value: number | undefined) => string,
) => NAMES.map((name) => (isRefused(samples, name) ? 'refused' : show(middle(samples[name], of))));

const isRefused = (samples: Samples, name: Name) => samples[name]?.some(({ told }) => told.kind === 'refused') ?? false;

export function describe(cases: CaseSamples, waits: WaitSamples, { azureCli }: Versions): string {
  const rows = (keys: readonly (keyof typeof CASES)[], cells: (samples: Samples) => Cell[]) =>
    keys.map((key) => [CASES[key].title, ...cells(cases[key])]);
  const all = Object.keys(CASES) as (keyof typeof CASES)[];
  const waitRows = (cells: (samples: Samples) => Cell[]) =>
    WAITS.map((wait) => [`${wait} s`, ...cells(waits.get(wait) ?? {})]);

  const az = azureCli === undefined ? 'no Azure CLI, so that its columns are empty' : `Azure CLI ${azureCli}`;
  return `${machine()}, ${az}.

**action**: \`dist/index.js\` as GitHub's runner starts it, from the start of its process to its end, signing in included.
**floor**: a Node process that makes the same requests by bare \`fetch\`, with a body that is ready, at the same times.
**az**: \`az aks command invoke\`, signed in beforehand. Medians; the three take turns, round by round.

### What has to hold

${table(['', 'at most', 'measured'], targets(cases, waits))}

### How long it takes

${table(
  ['', ...NAMES, 'action to floor', 'az to action'],
  rows(all, (samples) => [
    ...each(samples, wall, seconds),
    times(middle(samples.action, wall), middle(samples.floor, wall)),
    isRefused(samples, 'az') ? NONE : times(middle(samples.az, wall), middle(samples.action, wall)),
  ]),
)}
${refusals(cases)}
### Requests

In a row: each began after the one before was answered. The last of them is the look that finds the result.

${table(
  ['', ...NAMES.map((name) => `${name}, in a row`), ...NAMES.map((name) => `${name}, in all`)],
  rows(['plainDelayed', 'entraDelayed'], (samples) => [
    ...each(samples, tripsInARow, count),
    ...each(samples, requestCount, count),
  ]),
)}

A named cloud needs one less in a row and two less in all: its endpoints are known, so nobody asks for metadata, and MSAL
knows its authorities, so nobody asks for their configuration.

### How late an end is told

From the end of the command to the end of the process, and how often it looked. The commands run side by side.

${table(
  [
    'command of',
    ...NAMES.map((name) => `${name}, late`),
    ...NAMES.map((name) => `${name}, looks`),
    ...NAMES.map((name) => `${name}, in all`),
  ],
  waitRows((samples) => [
    ...each(samples, late, seconds),
    ...each(samples, requestCount, count),
    ...each(samples, wall, seconds),
  ]),
)}

### How much of the output arrives, in bytes

${table(
  ['', ...NAMES],
  rows(['output', 'longOutput'], (samples) => each(samples, outputBytes, count)),
)}

AKS keeps 512 KiB. The floor's is what AKS kept, as it stands.

### CPU time and peak memory

${table(
  ['', ...NAMES.map((name) => `${name}, CPU`), ...NAMES.map((name) => `${name}, memory`)],
  rows(all, (samples) => [...each(samples, cpu, seconds), ...each(samples, peak, mebibytes)]),
)}
`;
}

/** The figures that the project promises. */
function targets(cases: CaseSamples, waits: WaitSamples): Cell[][] {
  const short = middle(cases.plain.action, wall);
  const files = middle(cases.files.action, wall);
  const wait = waits.get(18) ?? {};
  const laterThanAz = [cases.plain, cases.entra, ...waits.values()].filter(
    ({ action, az }) => (middle(action, wall) ?? 0) > (middle(az, wall) ?? Infinity),
  );
  return [
    ['short command, to the floor', '1.60 ×', times(short, middle(cases.plain.floor, wall))],
    ['short command, to `az`', '1/15', `1/${((middle(cases.plain.az, wall) ?? NaN) / (short ?? NaN)).toFixed(1)}`],
    ['round trips in a row, plain', 6, count(middle(cases.plainDelayed.action, tripsInARow))],
    ['round trips in a row, Entra', 7, count(middle(cases.entraDelayed.action, tripsInARow))],
    ['18 s command, told after its end', '2.50 s', seconds(middle(wait.action, late))],
    ['18 s command, looks', 20, count(middle(wait.action, requestCount))],
    ['durations at which `az` tells earlier', 0, laterThanAz.length],
    ['2,000 files, on top of none', '1.50 s', seconds((files ?? NaN) - (short ?? NaN))],
    ['2,000 files, memory', '250 MiB', mebibytes(middle(cases.files.action, peak))],
  ];
}

/** What a contender said where it could not do the work. */
function refusals(cases: CaseSamples): string {
  const told = Object.entries(cases).flatMap(([key, samples]) =>
    NAMES.flatMap((name) => {
      const refused = samples[name]?.map((sample) => sample.told).find(({ kind }) => kind === 'refused');
      const [line = ''] = refused?.kind === 'refused' ? refused.message.split('\n') : [];
      return refused === undefined ? [] : [`${CASES[key as keyof typeof CASES].title}, ${name}: \`${line}\``];
    }),
  );
  return told.map((line) => `\n${line}\n`).join('');
}

export function describeMatrix(results: readonly MatrixResult[]): string {
  return `${machine()}.

Jobs that start at once, each running a short command on the same cluster. AKS documents a bucket of ${BURST} requests for a
subscription and region, refilled at 1 a second; here at ${PER_SECOND} a second, to keep it short. The least that it allows is
a submission and one look a job. Two cores cannot start 256 processes at once as 256 runners would, so the jobs of a row
share a process: the action's sources from the inputs to the verdict, the real clients and network, without log and files.

${table(
  [
    'jobs',
    'took',
    'the bucket allows',
    'ratio',
    'requests a job that passed',
    'throttled answers a job',
    'failed',
    'not run exactly once',
  ],
  results.map(({ jobs, seconds: took, limitSeconds, passed, throttled, failures, notRunOnce }) => [
    jobs,
    `${took.toFixed(1)} s`,
    `${limitSeconds.toFixed(1)} s`,
    limitSeconds === 0 ? NONE : times(took, limitSeconds),
    passed.toFixed(2),
    (throttled / jobs).toFixed(1),
    failures,
    notRunOnce,
  ]),
)}
`;
}
