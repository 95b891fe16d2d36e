import { fork } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { numberOf, instrumented, root, sources } from './mutants/sources.ts';
import type { Mutant } from './mutants/mutate.ts';
import type { Told } from './mutants/worker.ts';

/**
 * Changes the sources in one place at a time, and runs the tests that come by that place: a change that no test notices
 * survives. `npm run test:mutants -- [--tests FOLDER|FILE]… [FOLDER|FILE…]`, all of the core and edge/azure unless told.
 */

/** Those of one room first: they are quick, and notice most. Those that start processes take too long. */
const TESTS = ['unit/*/**', 'unit', 'lifecycle', 'bench']
  .flatMap((folder) => globSync(`__tests__/${folder}/*.test.ts`, { cwd: root }).sort())
  .map((file) => file.replaceAll('\\', '/'))
  // It measures how long each pattern takes, for minutes in all, and every test of a pattern notices more.
  .filter((file) => file !== '__tests__/unit/linear.test.ts');
/** A mutant that keeps the process busy for so long is noticed by that. */
const SILENCE_MS = 120_000;

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true } },
});
/** In the order in which they are named. */
const tests = new Set((values.tests ?? ['']).flatMap((name) => TESTS.filter((file) => file.startsWith(name))));
const files = sources.filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
const mutants = new Map<number, Mutant & { readonly file: string }>(
  files.flatMap((file) =>
    instrumented(file).mutants.map((mutant, index) => [numberOf(file, index), { ...mutant, file }] as const),
  ),
);
const alive = new Set(mutants.keys());
for (const test of tests) {
  if (alive.size > 0) await tryAll(test);
  console.error(`${test}: ${alive.size} left`);
}
report();

/** One process after the other, until all that the tests come by have been tried. */
async function tryAll(test: string): Promise<void> {
  const left = new Set(alive);
  while (left.size > 0) {
    const done = await work(test, left);
    if (done) return;
  }
}

/** @returns whether the worker came to its end. */
function work(test: string, left: Set<number>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = fork(path.join(import.meta.dirname, 'mutants/worker.ts'), [test], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let trying: number | undefined;
    let isDirty = false;
    const end = () => worker.kill('SIGKILL');
    let silence = setTimeout(end, SILENCE_MS);
    const settle = (mutant: number, noticed: boolean) => {
      trying = undefined;
      left.delete(mutant);
      if (noticed) alive.delete(mutant);
    };
    worker.send([...left]);
    worker.on('message', (told: Told) => {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
      if (told.kind === 'unusable') console.error(`${test}: fails without any change: ${told.test}: ${told.error}`);
      else if (told.kind === 'usable') return;
      else if (told.kind === 'trying') trying = told.mutant;
      else if (told.kind === 'again') {
        trying = undefined;
        isDirty = true;
      } else settle(told.mutant, told.kind === 'noticed');
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      clearTimeout(silence);
      if (trying !== undefined) settle(trying, true);
      resolve(code === 0 && !isDirty);
    });
  });
}

function report(): void {
  const rooms = Map.groupBy(mutants, ([, { file }]) => path.dirname(file));
  for (const [room, all] of rooms) {
    const survivors = all.filter(([number]) => alive.has(number));
    console.log(`${room}: ${all.length - survivors.length} of ${all.length}`);
    for (const [, { file, line, from, to }] of survivors) console.log(`  ${file}:${line} ${from} -> ${to}`);
  }
  const noticed = mutants.size - alive.size;
  console.log(`\n${noticed} of ${mutants.size} mutants were noticed, ${((100 * noticed) / mutants.size).toFixed(1)} %`);
}
