import { StepError, type InvalidPattern } from '../failure.ts';
import { nearestPath } from '../text/nearest.ts';
import { list, say, type Text } from '../text/say.ts';
import type { Disk } from './disk.ts';
import type { Match } from './match.ts';
import { isGitFolder } from './names.ts';
import { biggestOf, type PackedFile } from './pack.ts';
import { join } from './paths.ts';
import { parseFilePattern, type FilePattern } from './pattern.ts';
import { fail, openRoot, type AllowedFolders, type Root } from './root.ts';
import { mapConcurrently, search } from './search.ts';

// How files are found: each line of `files` is a pattern (pattern.ts), relative to the root, which
// is `working-directory` (root.ts). For each pattern that includes, `@actions/glob` searches the
// root, and each folder behind a link that the pattern matches (search.ts). What it finds has two
// paths, and both decide whether it may be sent (match.ts). With a link `k8s/base` to `shared`:
//
//   path   k8s/base/app.yaml            below the root, as in the zip; patterns match it
//   real   /workspace/shared/app.yaml   where it is, with all links resolved

export type FilesRequest = {
  /** Lines of the `files` input without blanks and comments; `!` excludes. */
  readonly patterns: readonly string[];
  /** As given; empty for the workspace. */
  readonly workingDirectory: string;
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore';
  readonly includeHidden: boolean;
};

/**
 * Reads the files that the patterns match, sorted by their paths in the zip.
 *
 * @throws StepError `files` for a pattern without matches, a path that leaves the workspace, a
 *   broken link, an unreadable file and the like; `too-large` for more than the action reads
 */
export async function gatherFiles(
  request: FilesRequest,
  { disk, allowedFolders }: { readonly disk: Disk; readonly allowedFolders: AllowedFolders },
  log: { warn(message: Text): void },
): Promise<readonly PackedFile[]> {
  const root = await openRoot(disk, request.workingDirectory, allowedFolders);
  const patterns = readPatterns(request.patterns, root, disk);
  const { files, leadToHidden, excludedBy } = await search(
    disk,
    root,
    patterns,
    request.includeHidden,
  );
  if (leadToHidden.length > 0) log.warn(leftOut(leadToHidden, request.includeHidden));

  const unmatched = patterns.filter(
    ({ excludes, matches }) => !excludes && !files.some(({ path }) => matches(path)),
  );
  if (request.ifNoFilesFound !== 'ignore') {
    const excluded = [...excludedBy].filter(([pattern]) => unmatched.includes(pattern));
    const missing = unmatched.filter((pattern) => !excludedBy.has(pattern));
    await reportMissing(missing, request, root, disk, log);
    reportExcluded(excluded, request, log);
  }
  const packed = await readFiles(disk, files);
  for (const { path, content } of packed) {
    if (isScriptWithCrLf(content)) log.warn(say`The script ${path} ${CRLF}`);
  }
  return packed;
}

/** Reads all lines, so that all mistakes are reported together. */
function readPatterns(lines: readonly string[], root: Root, { windows }: Disk): FilePattern[] {
  const roots = [root.folder, root.given];
  const patterns: FilePattern[] = [];
  const invalid: InvalidPattern[] = [];
  for (const line of lines) {
    const pattern = parseFilePattern(line, roots, windows);
    if ('problem' in pattern) invalid.push({ line, problem: pattern.problem });
    else patterns.push(pattern);
  }
  const [first, ...others] = invalid;
  if (first !== undefined) fail({ kind: 'invalid-pattern', invalid: [first, ...others] });
  return patterns;
}

/** Reports patterns that found nothing. */
async function reportMissing(
  missing: readonly FilePattern[],
  { ifNoFilesFound }: FilesRequest,
  root: Root,
  disk: Disk,
  log: { warn(message: Text): void },
): Promise<void> {
  if (missing.length === 0) return;

  const patterns = missing.map(({ line }) => line);
  const nearest = await nearestTo(missing, root.folder, disk);
  if (ifNoFilesFound === 'error') fail({ kind: 'no-match', patterns, nearest });

  for (const line of patterns) log.warn(say`No files were found for ${line}.`);
  for (const name of nearest) log.warn(say`Did you mean ${name}?`);
}

/** Reports patterns of which exclusions left nothing, each with those exclusions. */
function reportExcluded(
  excluded: readonly (readonly [FilePattern, readonly string[]])[],
  { ifNoFilesFound }: FilesRequest,
  log: { warn(message: Text): void },
): void {
  if (excluded.length === 0) return;

  if (ifNoFilesFound === 'error') {
    const patterns = excluded.map(([{ line }]) => line);
    const exclusions = new Set(excluded.flatMap(([, lines]) => lines));
    fail({ kind: 'all-excluded', patterns, exclusions: [...exclusions] });
  }
  for (const [{ line }, exclusions] of excluded) {
    log.warn(say`All files found for ${line} are excluded by ${list(exclusions)}.`);
  }
}

/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 10_000;
/** How many globs are compared. Nobody reads more advice than this. */
const MAX_GLOBS = 10;

/** Paths that were probably meant by patterns that brought nothing. */
async function nearestTo(
  patterns: readonly FilePattern[],
  folder: string,
  disk: Disk,
): Promise<string[]> {
  const paths = await listPaths(disk, folder);
  // What a pattern matches is hidden or excluded, and not misspelled.
  const misspelled = patterns.filter(({ matches }) => !paths.some((path) => matches(`${path}/`)));
  const globs = misspelled.flatMap((pattern) => pattern.globs).slice(0, MAX_GLOBS);
  return [...new Set(globs.flatMap((glob) => nearestPath(glob, paths) ?? []))];
}

/** Files and folders, those near the top first. Leaves out `.git`, and doesn't follow links. */
async function listPaths(disk: Disk, top: string): Promise<string[]> {
  const paths: string[] = [];
  // The loop also visits the folders that are added while it runs.
  const folders = [''];
  for (const folder of folders) {
    const entries = await disk.list(join(top, folder)).catch(() => []);
    for (const { name, isFolder } of entries.filter((entry) => !isGitFolder(entry.name))) {
      paths.push(join(folder, name));
      if (isFolder) folders.push(join(folder, name));
    }
    if (paths.length > MAX_NAMES) break;
  }
  return paths.slice(0, MAX_NAMES);
}

/** Without this warning, nobody would notice that a manifest behind a link is missing. */
function leftOut(paths: readonly string[], includeHidden: boolean): Text {
  if (includeHidden) {
    return say`Not sent, because a link leads into ${'.git'}: ${list(paths)}.`;
  }
  return say`
    Not sent, because a link leads to a hidden file or folder: ${list(paths)}. To send it, set
    ${'include-hidden-files'}.
  `;
}

const CRLF = say`
  has Windows line endings (CRLF), so the pod cannot run it. Add ${'*.sh text eol=lf'} to
  ${'.gitattributes'}, run ${'git add --renormalize .'}, and commit both.
`;

/** The kernel would look for an interpreter whose name ends with a carriage return. */
function isScriptWithCrLf(content: Buffer): boolean {
  return /^#![^\n]*\r\n/.test(content.toString('latin1', 0, 256));
}

/**
 * More than this in total is refused unread: ARM takes 4 MiB, and nothing compresses a hundredfold.
 */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

async function readFiles(disk: Disk, matches: readonly Match[]): Promise<PackedFile[]> {
  const files = matches.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const sizes = files.map(({ path, stats }) => ({ path, bytes: stats.bytes }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_UNPACKED_BYTES) {
    throw new StepError({
      code: 'too-large',
      afterPacking: false,
      bytes: total,
      limit: MAX_UNPACKED_BYTES,
      biggest: biggestOf(sizes),
    });
  }
  return mapConcurrently(files, async ({ path, real, stats }) => {
    const content = await disk.read(real).catch(() => fail({ kind: 'unreadable', path }));
    return { path, content, mode: disk.windows ? modeOf(content) : stats.mode };
  });
}

/** Windows has no executable bit, so a script (`#!`) or an ELF binary counts as a program. */
function modeOf(content: Buffer): number {
  const start = content.toString('latin1', 0, 4);
  return start.startsWith('#!') || start === '\x7fELF' ? 0o755 : 0o644;
}
