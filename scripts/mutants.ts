import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { outside } from '../rooms.config.js';
import { applied, mutantsOf, type Mutant } from './mutants/mutate.ts';

/**
 * Changes the sources in one place at a time, and runs the tests that import the file: a change that no test notices
 * survives. `npm run test:mutants -- [--sample N] [FILE…]`, all of the core and edge/azure unless told. Works on a copy.
 */

const root = path.resolve(import.meta.dirname, '..');
/** A mutant that makes a loop endless is noticed by that. */
const TIMEOUT_MS = 120_000;
/** Where Jest looks for tests, the quick ones first; those that start processes take too long. */
const ROUNDS = [['__tests__/unit'], ['__tests__/lifecycle', '__tests__/bench']];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' } } });
const files = positionals.length > 0 ? positionals : coreAndAzure();
const copy = copyOfRepository();
try {
  let all = 0;
  let killed = 0;
  for (const file of files) {
    const result = await survivorsOf(file, Number(values.sample ?? Infinity));
    all += result.tried;
    killed += result.tried - result.survivors.length;
    console.log(`${file}: ${result.tried - result.survivors.length} of ${result.tried}`);
    for (const line of result.survivors) console.log(`  ${line}`);
  }
  console.log(`\n${killed} of ${all} mutants were noticed, ${((100 * killed) / Math.max(all, 1)).toFixed(1)} %`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function coreAndAzure(): string[] {
  const world = globSync(
    outside.filter((pattern) => pattern !== 'src/edge/**/*.ts'),
    { cwd: root },
  );
  const edge = globSync('src/edge/*.ts', { cwd: root });
  return globSync('src/**/*.ts', { cwd: root }).filter((file) => !world.includes(file) && !edge.includes(file));
}

function copyOfRepository(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mutants-'));
  const leftOut = new Set(['node_modules', '.git', 'coverage', 'dist', 'dist.next']);
  cpSync(root, folder, { recursive: true, filter: (name) => !leftOut.has(path.relative(root, name)) });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** Tries a file's mutants, or as many of them, evenly spread. */
async function survivorsOf(file: string, sample: number): Promise<{ tried: number; survivors: string[] }> {
  const target = path.join(copy, file);
  const text = readFileSync(path.join(root, file), 'utf8');
  const mutants = spread(mutantsOf(file, text), sample);
  const survivors: string[] = [];
  // Where nothing passes, every mutant would seem noticed.
  if (!(await passes(file, ROUNDS.flat())))
    throw new Error(`The tests of ${file} fail without any change, or there are none`);
  for (const mutant of mutants) {
    writeFileSync(target, applied(text, mutant));
    if (await testsPass(file)) survivors.push(describe(file, text, mutant));
  }
  writeFileSync(target, text);
  return { tried: mutants.length, survivors };
}

function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(items.length / count, 1);
  return items.filter((_, index) => index === 0 || Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function describe(file: string, text: string, { start, end, replacement, line }: Mutant): string {
  return `${file}:${line} ${text.slice(start, end).replaceAll(/\s+/g, ' ')} -> ${replacement}`;
}

/** Whether the tests that import the file, by whatever way, pass: one round after the other, as long as none fails. */
async function testsPass(file: string): Promise<boolean> {
  for (const folders of ROUNDS) if (!(await passes(file, folders, '--passWithNoTests'))) return false;
  return true;
}

function passes(file: string, folders: readonly string[], ...options: string[]): Promise<boolean> {
  const roots = ['src', ...folders].flatMap((folder) => ['--roots', `<rootDir>/${folder}`]);
  const jest = ['node_modules/jest/bin/jest.js', '--findRelatedTests', file, '--bail', '--silent', '--maxWorkers=2'];
  const args = ['--experimental-vm-modules', ...jest, ...roots, ...options];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: TIMEOUT_MS });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code === 0);
    });
  });
}
