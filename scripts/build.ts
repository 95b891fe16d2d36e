import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { field, parseJson } from '../src/azure/json.ts';

/** Builds `dist/`: the bundle, unminified so that it can be reviewed, and the licences of everything in it. */
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
const listed = bundledPackages();
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
writeFileSync(licenses, readFileSync(licenses, 'utf8').replaceAll('\r\n', '\n'));
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
 * A folder with a package.json whose dependencies are what the sources import. The package's own has none, since the
 * bundle brings them along, and the licenses would be looked for in vain.
 */
function bundledPackages(): string {
  const imports = globSync('src/**/*.ts').flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[^']*)?'/g),
  ]);
  const names = new Set(imports.map(([, name = '']) => name));
  const versions = field(parseJson(readFileSync('package.json', 'utf8')), 'devDependencies');
  const dependencies = Object.fromEntries(
    [...names].flatMap((name) => {
      const version = field(versions, name);
      return typeof version === 'string' ? [[name, version]] : [];
    }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'licenses-'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bundled', version: '0.0.0', dependencies }));
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}
