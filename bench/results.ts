import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, release } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { CASES, WAITS, type Case, type CaseName } from './cases.ts';
import { NAMES, type Name } from './contenders.ts';
import { BURST, PER_SECOND, type MatrixResult } from './matrix.ts';
import { median } from './measure.ts';
import type { PodCost } from './pod.ts';
import { inARow, type Sample, type Samples } from './rounds.ts';
import { latenessByArithmetic } from './schedule.ts';
import type { Startup } from './startup.ts';

/** What was measured, as Markdown. */

const FILE = path.join(import.meta.dirname, 'RESULTS.md');
const HEADINGS = ['The action, a floor, and `az`', 'A matrix of jobs on one subscription'] as const;
const PREAMBLE = `# Measurements

\`npm run bench\` writes the first part of this page, \`npm run bench -- --matrix\` the second. Run them on an idle machine.
Everything runs against [local-azure](../local/azure/README.md) on the loopback interface, so the network and the nodes take no
time. If there is a \`/dev/shm\`, files are kept in memory.
`;

export type CaseSamples = Readonly<Record<CaseName, Samples>>;
type WaitSamples = ReadonlyMap<number, Samples>;
/** All that was measured for the first part. */
export type Measured = {
  readonly cases: CaseSamples;
  readonly waits: WaitSamples;
  readonly startup: Startup;
  readonly pod: readonly PodCost[];
  /** Its version. */
  readonly azureCli: string | undefined;
};

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

const HEADS: Readonly<Record<Name, string>> = {
  action: 'action',
  floor: 'floor',
  az: 'az, login and invoke',
  azSignedIn: 'az, invoke alone',
  prompt: 'aks-run-command',
  promptToken: 'aks-run-command',
};
const BESIDE = ['action', 'floor', 'azSignedIn'] as const;
const ALL = ['action', 'floor', 'az', 'azSignedIn'] as const;
const heads = (names: readonly Name[], what?: string) =>
  names.map((name) => (what === undefined ? HEADS[name] : `${HEADS[name]}: ${what}`));

/** A case's medians of one figure, contender by contender. */
const each = (
  samples: Samples,
  names: readonly Name[],
  of: (sample: Sample) => number | undefined,
  show: (value: number | undefined) => string,
) => names.map((name) => (isRefused(samples, name) ? 'refused' : show(middle(samples[name], of))));

const isRefused = (samples: Samples, name: Name) => samples[name]?.some(({ told }) => told.kind === 'refused') ?? false;
const wallOf = (samples: Samples, name: Name) => (isRefused(samples, name) ? undefined : middle(samples[name], wall));

const titled = (cases: CaseSamples, keys: readonly CaseName[], cells: (samples: Samples) => Cell[]) =>
  keys.map((key) => [CASES[key].title, ...cells(cases[key])]);
const KEYS = Object.keys(CASES) as CaseName[];
const BESIDE_AZ = KEYS.filter((key) => (CASES[key] as Case).names.length > 1);
const COLLECTING = ['collectNone', 'collectMany', 'collectOne'] as const;

export function describe(measured: Measured): string {
  const { cases, azureCli } = measured;
  const az = azureCli === undefined ? 'no Azure CLI, so its columns are empty' : `Azure CLI ${azureCli}`;
  return `${machine()}, ${az}. All figures are medians. The contenders take turns in each round.

- **action**: \`dist/index.js\`, started as GitHub's runner starts it. Signing in is included.
- **floor**: a Node process that sends the same requests with \`fetch\`. Its request body is ready before it starts.
- **az, login and invoke**: \`az login --federated-token\`, then \`az aks command invoke\`. Together they do the same work as the action.
- **az, invoke alone**: \`az aks command invoke\` by a user who is already signed in.

### Targets

${table(['', 'at most', 'measured'], targets(measured))}

### How long a step takes

${table(
  ['', ...heads(ALL), 'action / floor', 'az, login and invoke / action'],
  titled(cases, BESIDE_AZ, (samples) => [
    ...each(samples, ALL, wall, seconds),
    times(wallOf(samples, 'action'), wallOf(samples, 'floor')),
    times(wallOf(samples, 'az'), wallOf(samples, 'action')),
  ]),
)}
${refusals(cases)}
${whereAzIsAhead(cases)}

### Where the time of a short command goes

${table(['', 'action', 'floor'], breakdown(measured))}

### Requests

"In a row" counts requests that wait for the answer to the previous one. The last of them finds the result.

${table(
  ['', ...heads(ALL, 'in a row'), ...heads(ALL, 'total')],
  titled(cases, ['plain200', 'entra200'], (samples) => [
    ...each(samples, ALL, tripsInARow, count),
    ...each(samples, ALL, requestCount, count),
  ]),
)}

With a named cloud, there is one request fewer in a row and two fewer in total. Its endpoints are known, so the action reads no
metadata.

### Delay after the end of a command

The time from the end of the command to the end of the process. The commands run at the same time.

${table(
  ['command of', ...heads(BESIDE, 'delay'), ...heads(BESIDE, 'polls')],
  WAITS.map((wait) => {
    const samples = measured.waits.get(wait) ?? {};
    return [`${wait} s`, ...each(samples, BESIDE, late, seconds), ...each(samples, BESIDE, requestCount, count)];
  }),
)}

${arithmetic()}

### How much of the output arrives, in bytes

${table(
  ['', ...heads(BESIDE)],
  titled(cases, ['output', 'longOutput'], (samples) => each(samples, BESIDE, outputBytes, count)),
)}

AKS keeps 512 KiB. The floor shows what AKS kept, unchanged.

### Files brought back by \`collect\`

${table(
  ['', 'time', 'CPU', 'memory'],
  titled(cases, COLLECTING, (samples) => [
    ...each(samples, ['action'], wall, seconds),
    ...each(samples, ['action'], cpu, seconds),
    ...each(samples, ['action'], peak, mebibytes),
  ]),
)}

### The command line

${table(['', 'aks-run-command', 'az', 'Node itself'], commandLine(measured))}

### What the script in the pod costs

A command that does nothing. The script starts the command, keeps its output, and enforces the timeout.

${table(
  ['', 'script', 'the shell alone', 'processes started by the script'],
  measured.pod.map(({ shell, ms, aloneMs, forks }) => [shell, milliseconds(ms), milliseconds(aloneMs), count(forks)]),
)}

### CPU time and peak memory

${table(
  ['', ...heads(ALL, 'CPU'), ...heads(ALL, 'memory')],
  titled(cases, BESIDE_AZ, (samples) => [...each(samples, ALL, cpu, seconds), ...each(samples, ALL, peak, mebibytes)]),
)}
`;
}

const milliseconds = (ms: number) => `${ms.toFixed(0)} ms`;

/** The figures that the project promises. */
function targets({ cases, waits, startup, pod }: Measured): Cell[][] {
  const toFloor = (samples: Samples) => times(wallOf(samples, 'action'), wallOf(samples, 'floor'));
  const wait = waits.get(45) ?? {};
  const long = latenessByArithmetic(600).action;
  return [
    ['short command, compared with the floor', '1.30 ×', toFloor(cases.plain)],
    ['2,000 files, 20 MB, compared with the floor', '1.50 ×', toFloor(cases.files)],
    ['2,000 files, 20 MB, memory', '200 MiB', mebibytes(middle(cases.files.action, peak))],
    ['45 s command: delay after its end', '2.50 s', seconds(middle(wait.action, late))],
    ['45 s command: polls', 32, count(middle(wait.action, requestCount))],
    ['10 min command: delay after its end, calculated', '5.00 s', seconds(long.mostSeconds * 1000)],
    ['requests in a row, plain', 6, count(middle(cases.plain200.action, tripsInARow))],
    ['requests in a row, Entra', 6, count(middle(cases.entra200.action, tripsInARow))],
    ['`--help`, in addition to the start of Node', '60 ms', milliseconds(startup.helpMs - startup.nodeMs)],
    ...pod.map(({ shell, ms, aloneMs }) => [
      `script in the pod, ${shell}, in addition to the shell`,
      NONE,
      milliseconds(ms - aloneMs),
    ]),
  ];
}

/** What the median short command spends, part by part, told by when its requests arrive. */
function breakdown({ cases: { plain }, startup }: Measured): Cell[][] {
  const at = ({ requests }: Sample, wanted: string) =>
    requests.filter(({ operation }) => operation === wanted).map(({ at: time }) => time);
  const first = ({ requests }: Sample) => Math.min(...requests.map(({ at: time }) => time));
  const cluster = (sample: Sample) => at(sample, 'get-cluster')[0] ?? NaN;
  const submission = (sample: Sample) => at(sample, 'run-command')[0] ?? NaN;
  const lastLook = (sample: Sample) => at(sample, 'command-result').at(-1) ?? NaN;
  const parts: [string, (sample: Sample) => number][] = [
    ['start of Node', () => startup.nodeMs],
    ['load the code for the first request', (sample) => first(sample) - sample.measure.startedAt - startup.nodeMs],
    ['sign in: ID token, metadata, Entra', (sample) => cluster(sample) - first(sample)],
    ['read the cluster, pack', (sample) => submission(sample) - cluster(sample)],
    ['submit, run, poll', (sample) => lastLook(sample) - submission(sample)],
    ['read the result, report, exit', (sample) => sample.measure.endedAt - lastLook(sample)],
    ['total', wall],
  ];
  return parts.map(([title, of]) => [
    title,
    ...(['action', 'floor'] as const).map((name) => seconds(middle(plain[name], of))),
  ]);
}

function commandLine({ cases: { plain }, startup }: Measured): Cell[][] {
  const pair = (own: Name, other: Name) => [
    ...each(plain, [own], wall, seconds),
    ...each(plain, [other], wall, seconds),
  ];
  return [
    ['`--help`', seconds(startup.helpMs), NONE, seconds(startup.nodeMs)],
    ['short command, after `az login`', ...pair('prompt', 'azSignedIn'), NONE],
    ['short command, with an ID token', ...pair('promptToken', 'az'), NONE],
  ];
}

function arithmetic(): string {
  const rows = [45, 600].map((wait) => {
    const { action, az } = latenessByArithmetic(wait);
    const show = ({ meanSeconds, mostSeconds }: typeof action) => [
      seconds(meanSeconds * 1000),
      seconds(mostSeconds * 1000),
    ];
    return [wait === 600 ? '10 min' : `${wait} s`, ...show(action), ...show(az), action.looks, az.looks];
  });
  const head = ['action: mean', 'action: most', 'az: mean', 'az: most', 'action: polls', 'az: polls'];
  return `The next table is calculated, not measured. It uses the action's own polling code, and one poll every 5 s for \`az\`. The
commands end at any moment in the five seconds after the given time. Answers take no time.

${table(['command of', ...head], rows)}`;
}

/** Says honestly where `az` is faster, and why. */
function whereAzIsAhead(cases: CaseSamples): string {
  const ahead = (name: Name) =>
    BESIDE_AZ.filter((key) => (wallOf(cases[key], name) ?? Infinity) < (wallOf(cases[key], 'action') ?? 0)).map(
      (key) => CASES[key].title,
    );
  const list = (titles: readonly string[]) => titles.map((title) => `"${title}"`).join(', ');
  const alone = ahead('azSignedIn');
  const together = ahead('az');
  const sentences = [
    together.length === 0
      ? '`az` with its login is never faster.'
      : `\`az\` with its login is faster in ${list(together)}: slow answers give a short command time to end before the first poll of \`az\`, so it doesn't need its second poll, 5 s later.`,
    alone.length === 0
      ? '`az` is never faster, even if it is already signed in.'
      : `If it is already signed in, \`az\` is faster in ${list(alone)}. It then sends three requests in a row, while the action also requests an ID token and its access tokens.`,
    'If answers take no time, `az` polls once before a short command has ended, and then waits 5 s for its second poll.',
  ];
  return sentences.join(' ');
}

/** What a contender said where it could not do the work. */
function refusals(cases: CaseSamples): string {
  const told = Object.entries(cases).flatMap(([key, samples]) =>
    NAMES.flatMap((name) => {
      const refused = samples[name]?.map((sample) => sample.told).find(({ kind }) => kind === 'refused');
      const [line = ''] = refused?.kind === 'refused' ? refused.message.split('\n') : [];
      return refused === undefined ? [] : [`${CASES[key as CaseName].title}, ${HEADS[name]}: \`${line}\``];
    }),
  );
  return told.map((line) => `\n${line}\n`).join('');
}

export function describeMatrix(results: readonly MatrixResult[]): string {
  return `${machine()}.

The jobs start at once, and each runs a short command on the same cluster. AKS documents a bucket of ${BURST} requests for each
subscription and region, refilled at 1 per second. Here, it is refilled at ${PER_SECOND} per second to save time. Each job needs at
least a submission and one poll. Two cores can't start 256 processes at once, as 256 runners would, so the jobs of a row share
a process. It runs the action's sources from the inputs to the verdict, with the real clients and network, but without the
log and files.

${table(
  [
    'jobs',
    'time',
    'minimum with this bucket',
    'ratio',
    'accepted requests per job',
    'throttled requests per job',
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
