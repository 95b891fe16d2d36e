import { access, constants } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { azureCliVersion } from './azure-cli.ts';
import { CASES, SLOW_ANSWER_MS, WAITS, type CaseName } from './cases.ts';
import type { Arena } from './contenders.ts';
import { runMatrix, SIZES, type MatrixResult } from './matrix.ts';
import { describe, describeMatrix, writePart, type CaseSamples } from './results.ts';
import { measurePod } from './pod.ts';
import { inArena, race, raceWaits, submissionOf, type Samples } from './rounds.ts';
import { measureStartup } from './startup.ts';

/** `npm run bench`, `npm run bench -- --matrix`: measures, and writes RESULTS.md. */

async function bench(): Promise<void> {
  const azureCli = await azureCliVersion();
  if (azureCli === undefined)
    console.log('azure-cli is not installed, and only root can install it. Continuing without it.');
  const withAzureCli = azureCli !== undefined;
  const keys = Object.keys(CASES) as CaseName[];
  const samples = new Map<string, Samples>();
  const raceAll = async (answerMs: number, arena: Arena) => {
    for (const key of keys.filter((one) => CASES[one].answerMs === answerMs)) {
      samples.set(key, await race(CASES[key], arena));
    }
  };

  const { waits, startup, pod } = await inArena({ answerMs: 0, withAzureCli }, async (arena) => {
    await raceAll(0, arena);
    return {
      startup: await measureStartup(arena.scratch),
      pod: await measurePod(await submissionOf('true', arena), arena.scratch),
      waits: await raceWaits(WAITS, arena),
    };
  });
  for (const answerMs of [50, SLOW_ANSWER_MS]) {
    await inArena({ answerMs, withAzureCli }, (arena) => raceAll(answerMs, arena));
  }
  const cases = Object.fromEntries(samples) as CaseSamples;
  await writePart(0, describe({ cases, waits, startup, pod, azureCli }));
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
