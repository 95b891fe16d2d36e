import { fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Result } from './mutants/worker.ts';
import { instrument } from './mutants/mutate.ts';
import { numberOf, root, sources, textOf } from './mutants/sources.ts';

/**
 * `npm run test:mutants -- [FOLDER|FILE…]`: changes the sources in one place at a time, and runs the tests that come by
 * that place. A change that no test notices survives. Folders and files are tried with their own unit tests; without any,
 * the whole core and edge/azure with all of them.
 *
 * StrykerJS does this too, but needs more than eight minutes for one file of 300 mutants, since it loads the modules anew
 * for each mutant.
 */

/** A mutant that keeps the process busy for so long is noticed by that. */
const SILENCE_MS = 60_000;
const wanted = process.argv.slice(2);
const mutants = sources
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)))
  .flatMap((file) =>
    instrument(textOf(file), String).mutants.map((mutant, index) => ({
      ...mutant,
      file,
      number: numberOf(file, index),
    })),
  );
const alive = new Set(mutants.map(({ number }) => number));
// The tests of a room notice most of its mutants. `linear.test.ts` only measures, for minutes.
const rooms = wanted.length === 0 ? [''] : wanted.map((name) => name.replace(/^src\/|\.ts$/g, ''));
const tests = globSync(['__tests__/unit/**/*.test.ts', '__tests__/lifecycle/*.test.ts'], { cwd: root })
  .filter((file) => rooms.some((room) => file.includes(`/${room}`)) && !file.endsWith('linear.test.ts'))
  .sort();

/** Tries the living mutants with one test file, until no mutant ends the process. */
async function tryAll(test: string): Promise<void> {
  const left = new Set(alive);
  const trying = new Set<number>();
  do {
    for (const mutant of trying) alive.delete(mutant);
    trying.clear();
    const worker = fork(path.join(import.meta.dirname, 'mutants/worker.ts'), [test], { cwd: root, stdio: 'ignore' });
    let silence = setTimeout(() => undefined, 0);
    worker.on('message', ({ mutant, noticed }: Result) => {
      clearTimeout(silence);
      silence = setTimeout(() => worker.kill('SIGKILL'), SILENCE_MS);
      left.delete(mutant);
      trying.clear();
      if (noticed === undefined) trying.add(mutant);
      else if (noticed) alive.delete(mutant);
    });
    worker.send([...left]);
    await once(worker, 'exit');
    clearTimeout(silence);
  } while (trying.size > 0);
}

const queue = tests.values();
const lane = async () => {
  for (const test of queue) await tryAll(test);
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));

for (const [room, all] of Map.groupBy(mutants, ({ file }) => path.dirname(file))) {
  const survivors = all.filter(({ number }) => alive.has(number));
  console.log(`${room}: ${all.length - survivors.length} of ${all.length}`);
  for (const { file, line, from, to } of survivors)
    console.log(`  ${file}:${line} ${from} -> ${to}`.replaceAll(/\s+/g, ' '));
}
const noticed = mutants.length - alive.size;
console.log(
  `\n${noticed} of ${mutants.length} mutants were noticed, ${((100 * noticed) / mutants.length).toFixed(1)} %`,
);
