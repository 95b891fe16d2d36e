import { Minimatch, type MinimatchOptions } from 'minimatch';
import type { Compare } from './time.ts';

/** A pattern without braces, compiled. The paths it is compared with have `/` between segments. */
export type Glob = {
  /** Whether it matches a file or folder. A folder that matches stands for everything below it. */
  matches(path: string): boolean;
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
  return {
    matches: (path) =>
      compare(() => {
        compiled ??= new Minimatch(glob || '**', { ...OPTIONS, nocase: ignoresCase });
        return compiled.match(path);
      }),
  };
}

/** Each glob is a search of its own. With more of them, one search for everything is faster. */
const MAX_SIMPLE_GLOBS = 10;

/**
 * Globs that match whatever the given ones match, and perhaps more. `@actions/glob` compares a name
 * with each of them in little time, which matters, since nothing can interrupt it. They lead into
 * as few other folders as that allows.
 */
export function simplifyGlobs(globs: readonly string[], ignoresCase: boolean): readonly string[] {
  const simple = new Set(globs.map((glob) => simplifyGlob(glob, ignoresCase)));
  const findsAll = simple.has('**') || simple.size > MAX_SIMPLE_GLOBS;
  return findsAll ? ['**'] : [...simple];
}

function simplifyGlob(glob: string, ignoresCase: boolean): string {
  const segments = glob === '' ? ['**'] : glob.split('/');
  const twoStars = segments.indexOf('**');
  // Two stars lead into every folder, whatever stands behind them.
  const leading = twoStars < 0 ? segments : segments.slice(0, twoStars + 1);
  return leading.map((segment) => simplifySegment(segment, ignoresCase)).join('/');
}

/** `a-*.*.yaml` becomes `a-*.yaml`, since each further star multiplies the time. */
function simplifySegment(segment: string, ignoresCase: boolean): string {
  if (segment === '**') return segment;
  const stars = segment.split('*').length - 1;
  const isPlain = !/[[\\]/.test(segment);
  // The package trims patterns, and it divides them at line breaks.
  const isTorn = /[\r\n]|\s$/.test(segment);
  if (isTorn || (!isPlain && (stars > 1 || ignoresCase))) return '*';

  const simple = stars > 1 ? segment.replace(/\*.*\*/s, '*') : segment;
  // On macOS, the package doesn't ignore case.
  return ignoresCase ? simple.replaceAll(/[a-z]|[^\0-\x7f]/gi, '?') : simple;
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
