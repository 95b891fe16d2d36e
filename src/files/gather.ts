import type { Clock } from '../clock.ts';
import { StepError } from '../failure.ts';
import { adviceOn, adviceText, exclusionHints } from './advice.ts';
import type { Disk } from './disk.ts';
import { biggestOf, type PackedFile } from './pack.ts';
import { parseFilePattern, type FilePattern } from './pattern.ts';
import { fail, openRoot, type Places, type Root } from './root.ts';
import { mapConcurrently, search, type Found, type Search } from './search.ts';
import { MatchingTime, type Compare } from './time.ts';

export type FilesRequest = {
  /** Lines of the `files` input without blanks and comments; `!` excludes. */
  readonly patterns: readonly string[];
  /** As given; empty for the workspace. */
  readonly workingDirectory: string;
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore';
  readonly includeHidden: boolean;
};

/** What gathering files needs of the world. */
export type GatherPorts = {
  readonly disk: Disk;
  readonly places: Places;
  readonly clock: Clock;
  /** Aborts when nobody waits for the files anymore, which ends the search. */
  readonly cancelled: AbortSignal;
};

/**
 * Reads the files that the patterns match, sorted by their paths in the zip.
 *
 * @param warn receives foreign text: names, and lines of the input
 * @throws StepError `files` for a pattern without matches, a path that leaves the workspace, a
 *   broken link, an unreadable file and the like; `too-large` for more than the action reads
 */
export async function gatherFiles(
  request: FilesRequest,
  ports: GatherPorts,
  warn: (message: string) => void,
): Promise<readonly PackedFile[]> {
  const { disk, places, clock, cancelled } = ports;
  const { workingDirectory, includeHidden, ifNoFilesFound } = request;
  const root = await openRoot(disk, workingDirectory, places);
  const time = new MatchingTime(clock, cancelled);
  const patterns = await readPatterns(request.patterns, root, disk, time);
  const found = await search({ disk, root, patterns, includeHidden, time });
  const files = await readFiles(disk, found.files.values());

  const unmatched = patterns.filter((pattern) => !pattern.excludes && !found.used.has(pattern));
  if (unmatched.length > 0 && ifNoFilesFound !== 'ignore') {
    const advice = await adviceOn(unmatched, root, workingDirectory, ports);
    const lines = unmatched.map(({ line }) => line);
    if (ifNoFilesFound === 'error') fail({ kind: 'no-match', patterns: lines, advice });
    for (const line of lines) warn(`No files were found for ${JSON.stringify(line)}.`);
    for (const hint of advice.hints) warn(adviceText(hint));
  }
  const sent = files.map(({ path }) => path);
  for (const warning of await exclusionWarnings(found, sent, clock)) warn(warning);
  for (const { path, content } of files) {
    if (isScriptWithCrLf(content)) warn(`The script ${path} ${CRLF}`);
  }
  return files;
}

async function readPatterns(
  lines: readonly string[],
  root: Root,
  disk: Disk,
  time: MatchingTime,
): Promise<FilePattern[]> {
  const patterns: FilePattern[] = [];
  for (const line of lines) {
    await time.turn();
    patterns.push(readPattern(line, root, disk, time));
  }
  return patterns;
}

function readPattern(
  line: string,
  { folder, unresolved }: Root,
  { windows, ignoresCase }: Disk,
  time: MatchingTime,
): FilePattern {
  const root = { folders: [folder, unresolved], windows, ignoresCase };
  const compare: Compare = (comparison) => time.count(line, comparison);
  const pattern = time.count(line, () => parseFilePattern(line, root, compare));
  return typeof pattern === 'string'
    ? fail({ kind: 'invalid-pattern', path: line, detail: pattern })
    : pattern;
}

/**
 * Warnings about exclusions that excluded nothing. Most of those are precautions, such as `!*.key`,
 * and are fine. A warning is due only if a file is sent that the exclusion seems to be about.
 */
async function exclusionWarnings(
  found: Search,
  sent: readonly string[],
  clock: Clock,
): Promise<string[]> {
  const { patterns, used, disk, time } = found;
  if (patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
    return [
      'No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.',
    ];
  }
  const hintOn = exclusionHints(sent, disk.windows, clock);
  const warnings: string[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (!pattern.excludes || used.has(pattern)) continue;
    // Those below all patterns were compared with each file, and matched none.
    const isLast = patterns.slice(index + 1).every(({ excludes }) => excludes);
    const missed = isLast ? undefined : await firstMatched(pattern, sent, time);
    const hint = missed === undefined ? hintOn(pattern.line) : undefined;
    if (missed !== undefined) {
      warnings.push(
        `The exclusion ${pattern.line} does not apply to ${missed}: an exclusion applies only to the patterns above it. Move it down.`,
      );
    } else if (hint !== undefined) {
      warnings.push(`The exclusion ${pattern.line} matches none of the files to send. ${hint}`);
    }
  }
  return warnings;
}

async function firstMatched(
  pattern: FilePattern,
  paths: readonly string[],
  time: MatchingTime,
): Promise<string | undefined> {
  for (const path of paths) {
    await time.turn();
    if (pattern.matches(path)) return path;
  }
  return undefined;
}

const CRLF =
  'has Windows line endings (CRLF), so the pod cannot run it. Add "*.sh text eol=lf" to .gitattributes.';

/** The kernel would look for an interpreter whose name ends with a carriage return. */
function isScriptWithCrLf(content: Buffer): boolean {
  const start = content.subarray(0, 256).toString('latin1');
  return start.startsWith('#!') && /^[^\n]*\r\n/.test(start);
}

/**
 * More than this in total is refused unread: ARM takes 4 MiB, and nothing compresses a hundredfold.
 */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Reads files by their real paths. A file that was swapped since the search is not read. */
async function readFiles(disk: Disk, found: Iterable<Found>): Promise<PackedFile[]> {
  const files = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sizes = files.map(({ path, inspected }) => ({ path, bytes: inspected.bytes }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_UNPACKED_BYTES) {
    const biggest = biggestOf(sizes);
    throw new StepError({
      code: 'too-large',
      bytes: total,
      limit: MAX_UNPACKED_BYTES,
      packed: false,
      biggest,
    });
  }
  return mapConcurrently(files, async ({ path, real, inspected }) => {
    const read = await disk.read(real, inspected).catch(() => fail({ kind: 'unreadable', path }));
    const content = read ?? fail({ kind: 'swapped', path });
    return { path, content, mode: disk.windows ? modeOf(content) : inspected.mode };
  });
}

/** Windows has no executable bit, so a script (`#!`) or an ELF binary counts as a program. */
function modeOf(content: Buffer): number {
  const [two, four] = [2, 4].map((length) => content.subarray(0, length).toString('latin1'));
  return two === '#!' || four === '\x7fELF' ? 0o755 : 0o644;
}
