import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PackedFile } from '../files/archive.ts';
import { messageOf, StepError, type FilesProblem } from '../failure.ts';
import { isHidden, parseFilePattern, type FilePattern } from '../files/file-pattern.ts';
import { biggestOf } from '../files/shipment.ts';
import type { Workspace } from '../files/workspace.ts';
import { ACTION_FOLDER, type FilesRequest } from '../files/request.ts';

/** Where files may come from. */
export type Places = {
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
};

/** Files beyond this total are refused unread: ARM takes 4 MB, and nothing compresses a hundredfold. */
export const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

const READERS = 16;

/** The runner's file system. */
export function workspaceIn(places: Places): Workspace {
  return {
    async collect(request) {
      const { given, root, confines } = await openRoot(request, places);
      const patterns = request.patterns.map((line) => {
        const pattern =
          parseFilePattern(line, root, process.platform) ?? parseFilePattern(line, given, process.platform);
        if (!pattern) return fail({ kind: 'invalid-pattern', path: line, detail: 'it leaves the working-directory' });
        return pattern;
      });

      /** Real path of each file, by its path in the zip. */
      const found = new Map<string, string>();
      const unmatched: string[] = [];
      for (const [index, pattern] of patterns.entries()) {
        if (pattern.excludes) continue;
        const excludes = patterns.slice(index + 1).filter((later) => later.excludes);
        const selection = { root, confines, pattern, excludes, includeHidden: request.includeHidden };
        const taken = await select(selection);
        // An exclusion that leaves nothing is no mistake in the pattern.
        const matched =
          taken.size > 0 || (excludes.length > 0 && (await select({ ...selection, excludes: [] })).size > 0);
        if (!matched) unmatched.push(pattern.line);
        for (const [name, file] of taken) found.set(name, file);
      }
      await addHelmIgnores(found, patterns);

      const own = [...found.keys()].find((name) => name.split('/')[0]?.toLowerCase() === ACTION_FOLDER);
      if (own !== undefined) fail({ kind: 'own-folder', path: own });
      return { files: await readAll(found, confines), unmatched };
    },
  };
}

type Selection = {
  readonly root: string;
  readonly confines: string;
  readonly pattern: FilePattern;
  readonly excludes: readonly FilePattern[];
  readonly includeHidden: boolean;
};

/** The root of the patterns, as given and with links resolved, and the folder that no file may leave. */
async function openRoot(
  request: FilesRequest,
  places: Places,
): Promise<{ given: string; root: string; confines: string }> {
  const given = path.resolve(places.workspace, request.workingDirectory);
  const shown = request.workingDirectory || places.workspace;
  const workspace = await realpath(places.workspace);
  const root = await realpath(given).catch(() => fail({ kind: 'working-directory-missing', path: shown }));
  if (!(await stat(root)).isDirectory()) fail({ kind: 'working-directory-missing', path: shown });
  if (isWithin(root, workspace)) return { given, root, confines: workspace };
  const temp = places.temp === undefined ? undefined : await realpath(places.temp).catch(() => undefined);
  // The temp folder itself holds the runner's own command files.
  if (temp !== undefined && root !== temp && isConfined(root, temp)) return { given, root, confines: temp };
  return fail({ kind: 'working-directory-outside', path: shown });
}

/** Within the workspace or temp folder, and not among the files by which the runner takes commands. */
function isConfined(target: string, confines: string): boolean {
  const [first = ''] = path.relative(confines, target).split(path.sep);
  return isWithin(target, confines) && !/^_(runner|github)_/.test(first);
}

/**
 * The files that one pattern takes. `@actions/glob` follows links before anyone can check them (`x -> /` walks the
 * machine), so it matches the plain tree, and what lies behind a link is walked here.
 */
async function select(selection: Selection): Promise<Map<string, string>> {
  const { root, pattern, excludes, includeHidden } = selection;
  const absolute = [pattern, ...excludes].map(({ glob, excludes: negate }) => {
    const literalRoot = escapeGlob(root.replace(/[\\/]$/, ''));
    return `${negate ? '!' : ''}${literalRoot}${glob === '' ? '' : `/${glob}`}`;
  });
  const options = { followSymbolicLinks: false, matchDirectories: false, excludeHiddenFiles: false };
  const taken = new Map<string, string>();
  try {
    // Loaded where there are patterns: it is as large as all of the rest that a step needs before its first request.
    const { create } = await import('@actions/glob');
    const globber = await create(absolute.join('\n'), options);
    for await (const item of globber.globGenerator()) {
      const name = path.relative(root, item).split(path.sep).join('/');
      if (!isHidden(name, pattern, includeHidden)) taken.set(name, item);
    }
  } catch (error) {
    fail(problemOf(error, root, pattern.line));
  }
  await walkLinks({ ...selection, taken }, '', root, [root]);
  return taken;
}

/** Replaces the links among `taken` by the files behind them, and adds what the pattern takes behind other links. */
async function walkLinks(
  selection: Selection & { readonly taken: Map<string, string> },
  folder: string,
  realFolder: string,
  chain: readonly string[],
): Promise<void> {
  const { root, confines, pattern, excludes, includeHidden, taken } = selection;
  const behindLink = realFolder !== path.join(root, folder);
  const takes = (name: string) =>
    pattern.matches(name) &&
    !isHidden(name, pattern, includeHidden) &&
    !excludes.some((exclude) => exclude.matches(name));

  const entries = await readdir(realFolder, { withFileTypes: true }).catch((error: unknown) =>
    fail(problemOf(error, root, pattern.line)),
  );
  for (const entry of entries) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const real = path.join(realFolder, entry.name);
    if (entry.isDirectory()) {
      if (pattern.mayMatchBelow(name) && !isHidden(name, pattern, includeHidden)) {
        await walkLinks(selection, name, real, [...chain, real]);
      }
    } else if (!entry.isSymbolicLink()) {
      if (behindLink && takes(name)) taken.set(name, real);
    } else {
      for (const below of taken.keys()) {
        if (`${below}/`.startsWith(`${name}/`)) taken.delete(below);
      }
      // Spelled out as the folder of what is wanted, a link is as much asked for as one that is wanted itself.
      const asked = takes(name) || pattern.glob.startsWith(`${name}/`);
      const onTheWay = pattern.mayMatchBelow(name) && !isHidden(name, pattern, includeHidden);
      if (!asked && !onTheWay) continue;
      const target = await realpath(real).catch((error: unknown) => linkProblem(error, name));
      // A link that the pattern asks for must be packable. One that only lies on its way is passed over.
      const problem: FilesProblem | undefined =
        typeof target !== 'string'
          ? target
          : !isConfined(target, confines)
            ? { kind: 'outside', path: name, target }
            : chain.some((ancestor) => isWithin(ancestor, target))
              ? { kind: 'link-cycle', path: name }
              : undefined;
      if (problem !== undefined && asked) fail(problem);
      if (problem !== undefined || typeof target !== 'string' || leadsToGit(target, selection)) continue;
      if ((await stat(target)).isDirectory()) await walkLinks(selection, name, target, [...chain, target]);
      else if (takes(name)) taken.set(name, target);
    }
  }
}

/** `.git` holds the checkout's token: no other name of it opens it. */
function leadsToGit(target: string, { confines, pattern }: Selection): boolean {
  const segments = path.relative(confines, target).split(path.sep);
  return segments.includes('.git') && !pattern.glob.split('/').includes('.git');
}

/** A chart's ignore file travels with its `Chart.yaml`, asked for or not, unless excluded. */
async function addHelmIgnores(found: Map<string, string>, patterns: readonly FilePattern[]): Promise<void> {
  for (const [name, file] of [...found]) {
    if (path.posix.basename(name) !== 'Chart.yaml') continue;
    const ignoreName = path.posix.join(path.posix.dirname(name), '.helmignore');
    const ignoreFile = path.join(path.dirname(file), '.helmignore');
    const excluded = patterns.some((pattern) => pattern.excludes && pattern.matches(ignoreName));
    const isFile = (await stat(ignoreFile).catch(() => undefined))?.isFile() ?? false;
    if (isFile && !excluded) found.set(ignoreName, ignoreFile);
  }
}

/** The last door: whatever the search came upon, and by whichever links, is read by its real path, within the confines. */
async function readAll(found: ReadonlyMap<string, string>, confines: string): Promise<PackedFile[]> {
  const names = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = await inBatches(names, async ([name, file]) => {
    const target = await realpath(file).catch(() => fail({ kind: 'unreadable', path: name }));
    if (!isConfined(target, confines)) fail({ kind: 'outside', path: name, target });
    const stats = await stat(target).catch(() => fail({ kind: 'unreadable', path: name }));
    if (!stats.isFile()) fail({ kind: 'not-a-file', path: name });
    return { path: name, file: target, bytes: stats.size, mode: stats.mode & 0o777 };
  });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_UNPACKED_BYTES) {
    const biggest = biggestOf(files);
    throw new StepError({ code: 'too-large', bytes: total, limit: MAX_UNPACKED_BYTES, packed: false, biggest });
  }
  return inBatches(files, async ({ path: name, file, mode }) => {
    const content = await readFile(file).catch((error: unknown) => {
      throw new StepError({ code: 'files', problem: { kind: 'unreadable', path: name } }, { cause: error });
    });
    return { path: name, content, mode: process.platform === 'win32' ? windowsMode(content) : mode };
  });
}

/** A few at a time: each open file is a descriptor, and a buffer. */
async function inBatches<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let start = 0; start < items.length; start += READERS) {
    done.push(...(await Promise.all(items.slice(start, start + READERS).map(work))));
  }
  return done;
}

/** Windows keeps no executable bit: what begins with `#!` is a program. */
function windowsMode(content: Buffer): number {
  return content.subarray(0, 2).toString('latin1') === '#!' ? 0o755 : 0o644;
}

function linkProblem(error: unknown, name: string): FilesProblem {
  return { kind: errorCode(error) === 'ELOOP' ? 'link-cycle' : 'broken-link', path: name };
}

function problemOf(error: unknown, root: string, line: string): FilesProblem {
  const place = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  if (place !== undefined)
    return { kind: 'unreadable', path: path.relative(root, place).split(path.sep).join('/') || '.' };
  return { kind: 'invalid-pattern', path: line, detail: messageOf(error) };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isWithin(target: string, folder: string): boolean {
  const relative = path.relative(folder, target);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}

/** A path as a pattern that matches just itself. */
function escapeGlob(literal: string): string {
  const escaped = process.platform === 'win32' ? literal : literal.replaceAll('\\', '\\\\');
  return escaped.replaceAll(/[[?*]/g, '[$&]');
}

function fail(problem: FilesProblem): never {
  throw new StepError({ code: 'files', problem });
}
