import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import typescript from 'typescript';
import { field, parseJson } from '../src/text/json.ts';

/** A package with at least one file in the bundle. */
export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, from its package.json. */
  readonly license: string;
  /** The texts of its license and notice files; empty if it has none. */
  readonly licenseText: string;
};

/** The files that are started. Each loads the bundle only if it needs it. */
const DOORS = ['index', 'post'];

/**
 * Bundles `src/` into a folder: ES modules, unminified so that they can be reviewed. ncc's own list of
 * licenses (`--license`) has no versions.
 *
 * @returns the packages in it, sorted by name and version
 */
export function bundle(folder: string): BundledPackage[] {
  const temp = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const statsFile = path.join(temp, 'stats.json');
  try {
    const options = [
      '--out',
      folder,
      '--target',
      'es2024',
      '--no-cache',
      '--transpile-only',
      '--stats-out',
      statsFile,
    ];
    const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js';
    execFileSync(process.execPath, [ncc, 'build', 'src/start.ts', ...options], {
      stdio: 'inherit',
    });
    // ncc has its own name for it.
    renameSync(path.join(folder, 'index.js'), path.join(folder, 'start.js'));
    for (const door of DOORS) writeDoor(door, folder);
    const stats = parseJson(readFileSync(statsFile, 'utf8'));
    const dropped = dropBrowser(folder);
    return packageFolders(stats, dropped)
      .map(readPackage)
      .sort((a, b) => compare(`${a.name}@${a.version}`, `${b.name}@${b.version}`));
  } finally {
    rmSync(temp, { recursive: true });
  }
}

/** Writes a file that is started: its source, without types. */
function writeDoor(name: string, folder: string): void {
  const source = readFileSync(`src/${name}.ts`, 'utf8');
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: {
      target: typescript.ScriptTarget.ES2024,
      module: typescript.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
    },
  });
  writeFileSync(path.join(folder, `${name}.js`), outputText);
}

/**
 * Removes the chunk that opens a browser, and the script `xdg-open` with it. They belong to the
 * interactive sign-in of `@azure/identity`, which the action never uses and which would load them
 * only then.
 *
 * @returns the number of the chunk
 */
function dropBrowser(folder: string): string {
  const chunks = readdirSync(folder).filter(
    (name) =>
      name.endsWith('.js') && readFileSync(path.join(folder, name), 'utf8').includes('xdg-open'),
  );
  const number = chunks.length === 1 ? /^(\d+)\.index\.js$/.exec(chunks[0] ?? '')?.[1] : undefined;
  if (number === undefined)
    throw new Error(`Expected one chunk that needs xdg-open, found: ${chunks.join(', ')}`);
  rmSync(path.join(folder, `${number}.index.js`));
  rmSync(path.join(folder, 'xdg-open'));
  return number;
}

/** The folders of packages with modules in any chunk except the dropped one. */
function packageFolders(stats: unknown, dropped: string): string[] {
  const found = new Set<string>();
  for (const module of arrayOf(field(stats, 'modules'))) {
    if (arrayOf(field(module, 'chunks')).every((chunk) => String(chunk) === dropped)) continue;
    // A module that webpack has combined lists its parts.
    for (const part of [module, ...arrayOf(field(module, 'modules'))]) {
      const file = field(part, 'nameForCondition');
      const [, packageFolder] =
        /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(String(file)) ?? [];
      if (packageFolder !== undefined) found.add(packageFolder);
    }
  }
  return [...found];
}

function readPackage(folder: string): BundledPackage {
  const manifest = parseJson(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name))
    .sort(compare)
    // The same bytes on every system, although some packages have CRLF.
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  const text = (name: string) => {
    const value = field(manifest, name);
    if (typeof value !== 'string') throw new Error(`${folder}/package.json has no ${name}`);
    return value;
  };
  return {
    name: text('name'),
    version: text('version'),
    license: text('license'),
    licenseText: texts.join('\n\n'),
  };
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** By code units, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
