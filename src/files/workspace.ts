import type { PackedFile } from './archive.ts';
import type { Disk } from './disk.ts';
import { parseFilePattern, type FilePattern } from './file-pattern.ts';
import type { NoMatchAdvice } from '../failure.ts';
import { adviceOn } from './no-match.ts';
import { noticesOf, type FilesNotice } from './notice.ts';
import { readFiles } from './read.ts';
import type { FilesRequest } from './request.ts';
import { fail, openRoot, type Places, type Root } from './root.ts';
import { walk, type Search } from './walk.ts';

/** The runner's files. */
export type Workspace = {
  /**
   * Reads the files that the patterns take.
   *
   * @throws StepError `files` for a path that leaves the workspace, a broken link, an unreadable file and the like.
   */
  select(request: FilesRequest): Promise<Selected>;
};

export type Selected = {
  readonly files: readonly PackedFile[];
  /** Patterns that took nothing, as the user wrote them; exclusions aside. */
  readonly unmatched: readonly string[];
  /** What is probably wrong with those, where anybody is to be told. */
  readonly advice: NoMatchAdvice;
  /** What is worth a warning. */
  readonly notices: readonly FilesNotice[];
};

/** More than the biggest repositories have; looking at so many takes some seconds. */
const MAX_ENTRIES = 1_000_000;

/** The files of these places. */
export function workspaceOn(disk: Disk, places: Places, maxEntries = MAX_ENTRIES): Workspace {
  return {
    async select(request) {
      const root = await openRoot(disk, request.workingDirectory, places);
      const patterns = request.patterns.map((line) => read(line, root, disk));
      const search: Search = { disk, root, patterns, includeHidden: request.includeHidden, maxEntries };
      const { files: found, used } = await walk(search);
      const idle = patterns.filter((_pattern, index) => !used.has(index));
      const files = await readFiles(disk, found);
      const unmatched = await withoutMatch(search, idle);
      const isTold = unmatched.length > 0 && request.ifNoFilesFound !== 'ignore';
      const advice = isTold ? await adviceOn(unmatched, root, request.workingDirectory, disk) : { hints: [] };
      return {
        files,
        unmatched: unmatched.map(({ line }) => line),
        advice,
        notices: noticesOf(files, patterns, idle),
      };
    },
  };
}

function read(line: string, { folder, given }: Root, { windows }: Disk): FilePattern {
  const pattern = parseFilePattern(line, { folders: [folder, given], windows });
  return typeof pattern === 'string' ? fail({ kind: 'invalid-pattern', path: line, detail: pattern }) : pattern;
}

/** An exclusion that leaves nothing of a pattern is no mistake in the pattern. */
async function withoutMatch(search: Search, idle: readonly FilePattern[]): Promise<FilePattern[]> {
  const patterns = idle.filter(({ excludes }) => !excludes);
  if (patterns.length === 0 || !search.patterns.some(({ excludes }) => excludes)) return patterns;
  // What cannot be packed is in the way of a pattern only where there is something to take.
  const found = await walk({ ...search, patterns }).catch(() => undefined);
  return patterns.filter((_pattern, index) => found?.used.has(index) === false);
}
