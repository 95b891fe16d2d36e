import { access, constants } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { azureCliVersion } from './azure-cli.ts';
import { CASES, WAITS, type Case } from './cases.ts';
import { runMatrix, SIZES, type MatrixResult } from './matrix.ts';
import { describe, describeMatrix, writePart, type CaseSamples } from './results.ts';
import { inArena, race, raceWaits, type Samples } from './rounds.ts';

/** `npm run bench`, `npm run bench -- --matrix`: measures, and writes RESULTS.md. */

async function bench(): Promise<void> {
  const azureCli = await azureCliVersion();
  if (azureCli === undefined)
    console.log('There is no azure-cli here, and only root can install it: going on without.');
  const withAzureCli = azureCli !== undefined;
  const keys = Object.keys(CASES) as (keyof typeof CASES)[];
  const samples = new Map<string, Samples>();
  const isDelayed = (key: keyof typeof CASES) => (CASES[key] as Case).delayed ?? false;

  const waits = await inArena({ delayed: false, withAzureCli }, async (arena) => {
    for (const key of keys.filter((one) => !isDelayed(one))) samples.set(key, await race(CASES[key], arena));
    return raceWaits(WAITS, arena);
  });
  await inArena({ delayed: true, withAzureCli }, async (arena) => {
    for (const key of keys.filter(isDelayed)) samples.set(key, await race(CASES[key], arena));
  });
  await writePart(0, describe(Object.fromEntries(samples) as CaseSamples, waits, { azureCli }));
}

async function matrix(): Promise<void> {
  const results: MatrixResult[] = [];
  for (const jobs of SIZES) results.push(await runMatrix(jobs));
  await writePart(1, describeMatrix(results));
}

// A slow disk is nobody's achievement: the files of workspaces and pods are kept in memory where there is a place for it.
const memory = '/dev/shm';
await access(memory, constants.W_OK).then(
  () => (process.env['TMPDIR'] = memory),
  () => undefined,
);

const { values } = parseArgs({ options: { matrix: { type: 'boolean' } } });
await (values.matrix === true ? matrix() : bench());
