import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Packs the npm package into a folder: `npm run package -- FOLDER`. Everything that runs is in
 * `dist`, so the package depends on nothing, unlike what `npm pack` makes of this `package.json`.
 */

const root = path.resolve(import.meta.dirname, '..');
const [folder = '.'] = process.argv.slice(2);

/** What only this repository needs. */
const LEFT_OUT = [
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'workspaces',
  'scripts',
];

type Manifest = Record<string, unknown> & { files: string[] };
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** Before the publisher is filled in, a package names no repository, instead of a false one. */
const isPlaceholder = (value: unknown) => JSON.stringify(value).includes('/OWNER/');

const copy = mkdtempSync(path.join(tmpdir(), 'package-'));
try {
  for (const file of ['LICENSE', 'README.md', ...manifest.files])
    cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  const published = Object.entries(manifest).filter(
    ([field, value]) => !LEFT_OUT.includes(field) && !isPlaceholder(value),
  );
  const text = JSON.stringify(Object.fromEntries(published), undefined, 2);
  writeFileSync(path.join(copy, 'package.json'), `${text}\n`);
  // `npm run` says where npm is, so that this one packs, too.
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run this with npm: npm run package -- FOLDER');
  const args = [npm, 'pack', '--pack-destination', path.resolve(folder)];
  execFileSync(process.execPath, args, { cwd: copy, stdio: 'inherit' });
} finally {
  rmSync(copy, { recursive: true });
}
