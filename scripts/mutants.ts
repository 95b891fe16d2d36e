import { fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Result } from './mutants/worker.ts';
import { instrumentFile, root, sources } from './mutants/mutate.ts';

/**
 * `npm run test:mutants -- [FOLDER|FILE…]`: changes the sources in one place at a time, and runs
 * the tests of that folder, or all of them. A change that no test notices survives. StrykerJS reloads
 * the modules for each one, which takes hours.
 */
const wanted = process.argv.length > 2 ? process.argv.slice(2) : ['src/'];
const mutants = sources
  .filter((file) => wanted.some((name) => file.startsWith(name)))
  .flatMap((file) => instrumentFile(file).mutants.map((mutant) => ({ ...mutant, file })));
const alive = new Set(mutants.map(({ number }) => number));
const folders = wanted.map((name) => name.replace(/^src\/([^/.]*).*/, '/$1'));
const tests = globSync('__tests__/{unit,lifecycle}/**/*.test.ts', { cwd: root })
  .filter((file) =>
    folders.some((folder) => file.replace('/unit', '').startsWith(`__tests__${folder}`)),
  )
  .sort();

const WORKER = path.join(import.meta.dirname, 'mutants/worker.ts');
/** Tries the surviving mutants with one test file, until no mutant ends the process. */
async function tryAll(test: string): Promise<void> {
  const left = new Set(alive);
  let trying: number[] = [];
  do {
    for (const mutant of trying) alive.delete(mutant);
    trying = [];
    const worker = fork(WORKER, [test], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let silence = setTimeout(() => undefined, 0);
    worker.on('message', ({ mutant, noticed }: Result) => {
      clearTimeout(silence);
      // A mutant that keeps the process busy this long counts as noticed.
      silence = setTimeout(() => worker.kill('SIGKILL'), 60_000);
      left.delete(mutant);
      trying = noticed === undefined ? [mutant] : [];
      if (noticed) alive.delete(mutant);
    });
    worker.send([...left]);
    const [exitCode] = (await once(worker, 'exit')) as [number | null];
    clearTimeout(silence);
    if (exitCode === 1) throw new Error(`${test} cannot be used`);
  } while (trying.length > 0);
}

const queue = tests.values();
const lane = async () => {
  for (const test of queue) await tryAll(test);
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));

for (const [folder, all] of Map.groupBy(mutants, ({ file }) => path.dirname(file))) {
  const survivors = all.filter(({ number }) => alive.has(number));
  const percent = (100 - (100 * survivors.length) / all.length).toFixed(1);
  console.log(
    `${folder}: ${all.length - survivors.length} of ${all.length} mutants were noticed, ${percent} %`,
  );
  for (const { file, line, from, to } of survivors)
    console.log(`  ${file}:${line} ${from} -> ${to}`.replaceAll(/\s+/g, ' '));
}
