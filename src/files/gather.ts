import type { Clock } from '../clock.ts';
import { StepError } from '../failure.ts';
import { adviceOn, adviceText, exclusionHint, timeForAdvice } from './advice.ts';
import type { Disk } from './disk.ts';
import { biggestOf, type PackedFile } from './pack.ts';
import { parseFilePattern, type FilePattern } from './pattern.ts';
import { fail, openRoot, type AllowedFolders, type Root } from './root.ts';
import { mapConcurrently, search, type Found } from './search.ts';
import { MatchingTime } from './time.ts';

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
 * @param ports `cancelled` aborts when nobody waits for the files anymore, which ends the search
 * @param warn receives foreign text: names, and lines of the input
 * @throws StepError `files` for a pattern without matches, a path that leaves the workspace, a
 *   broken link, an unreadable file and the like; `too-large` for more than the action reads
 */
export async function gatherFiles(
  request: FilesRequest,
  ports: {
    readonly disk: Disk;
    readonly allowedFolders: AllowedFolders;
    readonly clock: Clock;
    readonly cancelled: AbortSignal;
  },
  warn: (message: string) => void,
): Promise<readonly PackedFile[]> {
  const { disk, allowedFolders, clock, cancelled } = ports;
  const { workingDirectory, includeHidden, ifNoFilesFound } = request;
  const root = await openRoot(disk, workingDirectory, allowedFolders);
  const time = new MatchingTime(clock, cancelled);

  const patterns: FilePattern[] = [];
  for (const line of request.patterns) {
    await time.turn();
    patterns.push(readPattern(line, root, disk, time));
  }
  const found = await search(disk, root, patterns, includeHidden, time);
  const files = await readFiles(disk, found.files);

  const unused = patterns.filter((pattern) => !found.used.has(pattern));
  const unmatched = unused.filter(({ excludes }) => !excludes).map(({ line }) => line);
  if (unmatched.length > 0 && ifNoFilesFound !== 'ignore') {
    const advice = await adviceOn(unmatched, root, workingDirectory, disk, clock);
    if (ifNoFilesFound === 'error') fail({ kind: 'no-match', patterns: unmatched, advice });
    for (const line of unmatched) warn(`No files were found for ${JSON.stringify(line)}.`);
    for (const hint of advice.hints) warn(adviceText(hint));
  }

  if (patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
    warn(ONLY_EXCLUSIONS);
  } else {
    const idle = unused.filter(({ excludes }) => excludes);
    const lastInclusion = patterns.findLastIndex(({ excludes }) => !excludes);
    const above = patterns.slice(0, lastInclusion);
    for (const warning of await warningsAbout(idle, above, files, ports, time)) warn(warning);
  }
  for (const { path, content } of files) {
    if (isScriptWithCrLf(content)) warn(`The script ${path} ${CRLF}`);
  }
  return files;
}

function readPattern(line: string, root: Root, disk: Disk, time: MatchingTime): FilePattern {
  const roots = [root.folder, root.unresolved];
  const pattern = parseFilePattern(line, roots, disk, (compare) => time.count(line, compare));
  return 'problem' in pattern
    ? fail({ kind: 'invalid-pattern', path: line, detail: pattern.problem })
    : pattern;
}

const ONLY_EXCLUSIONS =
  'No files were sent: every pattern begins with ! and excludes files. ' +
  'First list what to send, such as k8s/.';

/**
 * Warnings about exclusions that excluded nothing. Most of those are precautions, such as `!*.key`,
 * and are fine. A warning is due only if a file is sent that the exclusion seems to be about.
 *
 * @param above the patterns above the last one that includes files. An exclusion below it was
 *   already compared with every file.
 */
async function warningsAbout(
  exclusions: readonly FilePattern[],
  above: readonly FilePattern[],
  files: readonly PackedFile[],
  { disk, clock }: { readonly disk: Disk; readonly clock: Clock },
  time: MatchingTime,
): Promise<string[]> {
  const paths = files.map(({ path }) => path);
  const isOver = timeForAdvice(clock);
  const warnings: string[] = [];
  for (const exclusion of exclusions) {
    const { line } = exclusion;
    const missed = above.includes(exclusion)
      ? await firstMatched(exclusion, paths, time)
      : undefined;
    if (missed !== undefined) {
      warnings.push(
        `The exclusion ${line} does not apply to ${missed}: an exclusion applies only to the ` +
          'patterns above it. Move it down.',
      );
      continue;
    }
    const hint = exclusionHint(line, { paths, isOver }, disk.windows);
    if (hint !== undefined) {
      warnings.push(`The exclusion ${line} matches none of the files to send. ${hint}`);
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
  'has Windows line endings (CRLF), so the pod cannot run it. ' +
  'Add "*.sh text eol=lf" to .gitattributes.';

/** The kernel would look for an interpreter whose name ends with a carriage return. */
function isScriptWithCrLf(content: Buffer): boolean {
  return /^#![^\n]*\r\n/.test(content.toString('latin1', 0, 256));
}

/**
 * More than this in total is refused unread: ARM takes 4 MiB, and nothing compresses a hundredfold.
 */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Reads files by their real paths. A file that was swapped since the search is not read. */
async function readFiles(disk: Disk, found: readonly Found[]): Promise<PackedFile[]> {
  const files = found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
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
    const read = await disk.read(real, stats).catch(() => fail({ kind: 'unreadable', path }));
    const content = read ?? fail({ kind: 'swapped', path });
    return { path, content, mode: disk.windows ? modeOf(content) : stats.mode };
  });
}

/** Windows has no executable bit, so a script (`#!`) or an ELF binary counts as a program. */
function modeOf(content: Buffer): number {
  const start = content.toString('latin1', 0, 4);
  return start.startsWith('#!') || start === '\x7fELF' ? 0o755 : 0o644;
}
