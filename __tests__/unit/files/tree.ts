import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, promises, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeDisk } from '../../../src/edge/disk.ts';
import { StepError, type Failure } from '../../../src/failure.ts';
import type { Disk } from '../../../src/files/disk.ts';
import { gatherFiles, type FilesRequest } from '../../../src/files/gather.ts';
import type { Text } from '../../../src/text/say.ts';
import { scratch } from '../../support/scratch.ts';

/**
 * Folders as objects, files as their content: `->` before the target of a link, and `PIPE` for what
 * is neither. Absolute targets start at the folder that holds the tree.
 */
export type Tree = { readonly [name: string]: string | Tree };

export const PIPE = '|pipe|';

const trees = scratch('tree');
const folders = new WeakMap<Tree, string>();

/** The folder with a tree, which is written to disk once. */
export function grown(tree: Tree): string {
  const known = folders.get(tree);
  if (known !== undefined) return known;

  const top = mkdtempSync(path.join(trees, 't-'));
  folders.set(tree, top);
  const grow = (folder: string, children: Tree) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, child] of Object.entries(children)) {
      const at = path.join(folder, name);
      if (typeof child !== 'string') grow(at, child);
      else if (child === PIPE) execFileSync('mkfifo', [at]);
      else if (child.startsWith('->')) symlinkSync(child.slice(2).replace(/^\//, `${top}/`), at);
      else writeFileSync(at, child, { mode: 0o640 });
    }
  };
  grow(top, tree);
  return top;
}

export type Given = Partial<
  Pick<FilesRequest, 'workingDirectory' | 'includeHidden' | 'ifNoFilesFound'>
> & {
  readonly files: string;
  /** Below the tree, as `/temp` is; the workspace is `/ws` unless it is given. */
  readonly workspace?: string;
  readonly temp?: string | undefined;
  readonly platform?: string;
  /** What differs from this disk. */
  readonly disk?: ((real: Disk, top: string) => Partial<Disk>) | undefined;
};

/** A disk that cannot read a path, whoever runs the tests: root reads everything. */
export const unreadable =
  (name: string) =>
  (real: Disk, top: string): Partial<Disk> => {
    const guard = (at: string) =>
      at === top + name
        ? Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES', path: at }))
        : Promise.resolve();
    return {
      realPath: (at) => guard(at).then(() => real.realPath(at)),
      list: (at) => guard(at).then(() => real.list(at)),
      search: async (at, globs) => {
        const { readdir } = promises;
        const guarded = (folder: string) => guard(folder).then(() => readdir(folder));
        // How `@actions/glob` reads a folder.
        promises.readdir = guarded as typeof readdir;
        try {
          return await real.search(at, globs);
        } finally {
          promises.readdir = readdir;
        }
      },
      stat: (at) => guard(at).then(() => real.stat(at)),
    };
  };

/** What is gathered from a tree: the files, and the warnings. Paths in them begin at the tree. */
export async function gathered(tree: Tree, given: Given) {
  const top = grown(tree);
  const { files, workspace = '/ws', workingDirectory = '' } = given;
  const temp = 'temp' in given ? given.temp : '/temp';
  const disk = nodeDisk(given.platform ?? process.platform);
  const request: FilesRequest = {
    patterns: files
      .replaceAll('TOP', top)
      .split('\n')
      .filter((line) => line !== ''),
    workingDirectory: workingDirectory.startsWith('/') ? top + workingDirectory : workingDirectory,
    includeHidden: given.includeHidden ?? false,
    ifNoFilesFound: given.ifNoFilesFound ?? 'error',
  };
  const source = {
    disk: { ...disk, ...given.disk?.(disk, top) },
    allowedFolders: {
      workspace: top + workspace,
      temp: temp === undefined ? undefined : top + temp,
    },
  };
  const warnings: string[] = [];
  const warn = (warning: Text) => void warnings.push(warning.plain);
  const found = await gatherFiles(request, source, { warn });
  return { files: found, names: found.map(({ path: name }) => name), warnings };
}

/** What keeps files from being gathered; paths in it begin at the tree. */
export async function failureOf(tree: Tree, given: Given): Promise<Failure | undefined> {
  try {
    await gathered(tree, given);
    return undefined;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return JSON.parse(JSON.stringify(error.failure).replaceAll(grown(tree), '')) as Failure;
  }
}
