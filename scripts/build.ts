import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { bundle, type BundledPackage } from './bundle.ts';

/** What a bundle depends on: sources, settings, and the packages that npm has installed. */
const SOURCES = [
  'src/**/*.*',
  'scripts/{build,bundle}.ts',
  '{package,tsconfig}.json',
  'node_modules/.package-lock.json',
];

/** The hashes of what the last build read and wrote: a note of this machine, not of the project. */
const NOTE = 'node_modules/.cache/dist.txt';

/**
 * Builds `dist/`, unless the last build left it as it is, from the same sources. Jest calls this
 * before tests that start the bundle, so that none of them passes on another one.
 */
export default function buildIfStale(): void {
  const isFresh = existsSync(NOTE) && readFileSync(NOTE, 'utf8') === noteOf(hashOf(SOURCES));
  if (!isFresh) build();
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
  rmSync('dist', { recursive: true, force: true });
  renameSync(next, 'dist');
  mkdirSync(path.dirname(NOTE), { recursive: true });
  writeFileSync(NOTE, noteOf(sources));
}

function licenseOf({ name, version, license, licenseText }: BundledPackage): string {
  return `${name}@${version}\nLicense: ${license}${licenseText && `\n\n${licenseText}`}`;
}

function noteOf(sources: string): string {
  return `${sources}\n${hashOf(['dist/*'])}\n`;
}

function hashOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(patterns).sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

if (import.meta.main) build();
