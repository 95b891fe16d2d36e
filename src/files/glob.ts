import { Minimatch, type MinimatchOptions } from 'minimatch';
import type { Compare } from './time.ts';

/** A pattern without braces, compiled. The paths it is compared with have `/` between segments. */
export type Glob = {
  /** Whether it matches a file or folder. A folder that matches stands for everything below it. */
  matches(path: string): boolean;
  /** Whether it may match something in a folder that it does not match itself. */
  reachesInto(folder: string): boolean;
};

/** The options of `@actions/glob`. */
const OPTIONS: MinimatchOptions = {
  dot: true,
  nobrace: true,
  nocomment: true,
  noext: true,
  nonegate: true,
};

/**
 * Compiles a glob; the empty one matches everything. Compiling takes time, so it waits until the
 * first comparison.
 */
export function compileGlob(glob: string, ignoresCase: boolean, compare: Compare): Glob {
  let compiled: Minimatch | undefined;
  const match = (path: string, partial: boolean) =>
    compare(() => {
      compiled ??= new Minimatch(glob || '**', { ...OPTIONS, nocase: ignoresCase });
      return compiled.match(path, partial);
    });
  return {
    matches: (path) => match(path, false),
    reachesInto: (folder) => match(folder, true),
  };
}

/** A character that stands for itself: after a backslash, or alone in brackets. */
const ESCAPED = /\\(.)|\[([^\]\\!^])\]/g;

/**
 * The only name that a segment of a glob matches: `[x]` for `[[]x]`. Undefined if it has wildcards.
 */
export function literalOf(segment: string): string | undefined {
  const hasWildcards = /[*?[]/.test(segment.replaceAll(ESCAPED, ''));
  return hasWildcards ? undefined : segment.replaceAll(ESCAPED, '$1$2');
}
