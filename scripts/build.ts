import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../src/azure/json.ts';

/** Builds `dist/`: the bundle, unminified so that it can be reviewed, and the licenses of everything in it. */
const run = (tool: string, ...args: string[]) => {
  execFileSync(process.execPath, [`node_modules/${tool}`, ...args], { stdio: 'inherit' });
};

// Beside the old one and then in its place, so that a step that runs meanwhile finds a whole bundle.
const next = 'dist.next';
rmSync(next, { recursive: true, force: true });
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'src/index.ts',
  '--out',
  next,
  '--target',
  'es2024',
  '--no-cache',
  '--transpile-only',
);
dropBrowser();
const { folder: listed, count } = bundledPackages();
run(
  'generate-license-file/bin/generate-license-file',
  '--input',
  path.join(listed, 'package.json'),
  '--output',
  `${next}/licenses.txt`,
  '--overwrite',
  '--ci',
  '--no-spinner',
);
// On Windows the list, and the licenses in packages, have CRLF; the same sources give the same bytes everywhere.
const licenses = `${next}/licenses.txt`;
const text = readFileSync(licenses, 'utf8').replaceAll('\r\n', '\n');
const named = text.match(/^ - /gm)?.length ?? 0;
if (named !== count) throw new Error(`licenses.txt names ${named} packages of ${count}`);
writeFileSync(licenses, text);
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');
rmSync(listed, { recursive: true });

/**
 * Takes out what opens a browser, a chunk and a script of `xdg-open`: for the interactive sign-in of `@azure/identity`, which
 * nothing here asks for, and which would load them only then.
 */
function dropBrowser(): void {
  const script = `${next}/xdg-open`;
  const [chunk, ...others] = globSync(`${next}/*.js`).filter((file) => readFileSync(file, 'utf8').includes('xdg-open'));
  if (chunk === undefined || others.length > 0 || !/[/\\]\d+\.index\.js$/.test(chunk)) {
    throw new Error(`Not one chunk asks for xdg-open: ${[chunk, ...others].join(', ')}`);
  }
  rmSync(chunk);
  rmSync(script);
}

/**
 * A folder with a package.json whose dependencies are what the sources import, and with what tells the licenses of these and
 * of all that they need. The package's own has no dependencies, since the bundle brings them along, and through a link to
 * `node_modules` only the first of them are found.
 */
function bundledPackages(): { folder: string; count: number } {
  const imports = globSync('src/**/*.ts').flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[^']*)?'/g),
  ]);
  const versions = field(parseJson(readFileSync('package.json', 'utf8')), 'devDependencies');
  const names = [...new Set(imports.map(([, name = '']) => name))].filter(
    (name) => field(versions, name) !== undefined,
  );
  const dependencies = Object.fromEntries(names.map((name) => [name, field(versions, name)]));
  const folder = mkdtempSync(path.join(tmpdir(), 'licenses-'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bundled', version: '0.0.0', dependencies }));
  const copied = new Set<string>();
  copyLicenses(names, '.', folder, copied);
  return { folder, count: copied.size };
}

/** Copies what tells the license of each package, and of what it needs, to the same place below a folder. */
function copyLicenses(names: readonly string[], from: string, folder: string, copied: Set<string>): void {
  for (const name of names) {
    const found = installed(name, from);
    if (found === undefined) throw new Error(`${name}, which ${from} needs, is not installed`);
    if (copied.has(found)) continue;
    copied.add(found);
    for (const file of readdirSync(found)) {
      if (!/^(?:package\.json$|licen[cs]e|copying|notice|readme)/i.test(file)) continue;
      cpSync(path.join(found, file), path.join(folder, found, file), { recursive: true });
    }
    const needed = field(parseJson(readFileSync(path.join(found, 'package.json'), 'utf8')), 'dependencies');
    if (typeof needed === 'object' && needed !== null) copyLicenses(Object.keys(needed), found, folder, copied);
  }
}

/** Where Node.js finds a package, below the repository. */
function installed(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === '.') return undefined;
  }
}
