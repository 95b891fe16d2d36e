import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run check:changed [-- BASE]` checks types, and runs the tests of everything that differs from
 * where this branch left BASE, or else `origin/main`. Jest follows what tests import; the table has
 * what they only read.
 */
const READ_BY: readonly (readonly [file: RegExp, tests: string])[] = [
  [/./, 'docs'],
  [/^src\/pod\/.*\.sh$/, 'pod'],
  [/^src\/messages\/.*\.md$/, 'unit/messages'],
  [/^examples\//, 'examples'],
  [/^setup\//, 'setup'],
  [/^(?:scripts\/|package|CHANGELOG|RELEASING)/, 'release'],
];

const [base = 'origin/main'] = process.argv.slice(2);

function git(...args: readonly string[]): string[] {
  const output = execFileSync('git', args, { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

/** The tests in a folder, or else those of the nearest folder above it. */
function testsIn(folder: string): string[] {
  const tests = globSync(`${folder}/**/*.test.ts`);
  return tests.length > 0 ? tests : testsIn(path.dirname(folder));
}

const [fork = base] = git('merge-base', 'HEAD', base);
const changed = [
  ...git('diff', '--name-only', fork),
  ...git('ls-files', '--others', '--exclude-standard'),
].filter((file) => existsSync(file) && !file.startsWith('dist/'));

const readers = READ_BY.filter(([file]) => changed.some((one) => file.test(one)));
const data = changed.filter((file) => file.startsWith('__tests__/') && !file.endsWith('.ts'));
const files = [
  ...changed,
  ...readers.flatMap(([, tests]) => testsIn(`__tests__/${tests}`)),
  ...data.flatMap((file) => testsIn(path.dirname(file))),
];

const steps = [
  ['run', '--silent', 'check:types'],
  ['test', '--', '--findRelatedTests', ...new Set(files)],
];
for (const step of changed.length === 0 ? [] : steps) {
  const { status } = spawnSync('npm', step, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
