import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle, type BundledPackage } from './bundle.ts';

/** What a bundle depends on: sources, settings, and packages. */
const SOURCES = ['src/**/*.*', 'scripts/{build,bundle}.ts', 'tsconfig.json', 'package-lock.json'];

/**
 * The hashes of what the last build read and wrote. They are committed with the bundle, so that it
 * can be checked in any checkout.
 */
const HASHES = 'hashes.txt';

/**
 * Builds `dist/`, unless the last build left it as it is, from the same sources. Jest calls this
 * before tests that start the bundle, so that none of them passes on another one.
 */
export default function buildIfStale(): void {
  if (isStale()) build();
}

function isStale(): boolean {
  const file = path.join('dist', HASHES);
  return !existsSync(file) || readFileSync(file, 'utf8') !== hashesOf(hashOf(SOURCES), 'dist');
}

function build(): void {
  const sources = hashOf(SOURCES);
  // Built next to the old bundle and then moved into place, so that a step that runs meanwhile
  // finds a complete one.
  const next = 'dist.next';
  rmSync(next, { recursive: true, force: true });
  const packages = bundle(next);
  writeFileSync(
    `${next}/licenses.txt`,
    `${packages.map(licenseOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
  );
  writeFileSync(path.join(next, HASHES), hashesOf(sources, next));
  rmSync('dist', { recursive: true, force: true });
  renameSync(next, 'dist');
}

function licenseOf({ name, version, license, licenseText }: BundledPackage): string {
  return `${name}@${version}\nLicense: ${license}${licenseText && `\n\n${licenseText}`}`;
}

/** @param folder of a bundle */
function hashesOf(sources: string, folder: string): string {
  return `sources ${sources}\nbundle  ${hashOf(['*'], folder)}\n`;
}

/** A hash of files and their names, the same on every system. */
function hashOf(patterns: readonly string[], folder = '.'): string {
  const files = globSync(patterns, { cwd: folder, exclude: [HASHES] });
  const hash = createHash('sha256');
  for (const file of files.map((name) => name.replaceAll(path.sep, '/')).sort()) {
    hash.update(file).update(readFileSync(path.join(folder, file)));
  }
  return hash.digest('hex');
}

/** For `npm run check`, which must not take the time of a build. */
function checkFresh(): void {
  if (!isStale()) return;
  console.error(
    'dist/ is not the bundle of these sources. Run npm run build, and commit all of dist/.',
  );
  process.exitCode = 1;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) checkFresh();
  else build();
}
