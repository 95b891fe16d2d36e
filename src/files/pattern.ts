import { expand } from 'brace-expansion';
import { Minimatch, type MinimatchOptions } from 'minimatch';
import type { Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { below, isWithin, parent } from './paths.ts';

/** One line of the `files` input. */
export type FilePattern = {
  /** As the user wrote it. */
  readonly line: string;
  readonly excludes: boolean;
  /**
   * Where to look for what it matches: the path before the first wildcard, empty for the root, and
   * what to ask `@actions/glob` for if that is a folder. `k8s/*.{yaml,yml}` is one search, in `k8s`
   * for two globs. They may match more than the pattern does.
   */
  readonly searches: ReadonlyMap<string, readonly string[]>;
  /** Whether it matches a path below the root, either directly or through a folder above it. */
  matches(path: string): boolean;
  /** Whether a segment of it that begins with a dot matches this name. */
  spellsOut(name: string): boolean;
};

/** Linux's `PATH_MAX`. A longer line is not a pattern. */
const MAX_LENGTH = 4096;
/** Alternatives multiply with each brace. Nobody types as many as this. */
const MAX_ALTERNATIVES = 500;
/**
 * A comparison takes as long as the name's length to the power of the stars: five against 250
 * dashes take 39 s, and nothing can interrupt that.
 */
const MAX_STARS = 3;
/** Each glob is a search of its own. With more of them, one search for everything is faster. */
const MAX_SIMPLE_GLOBS = 10;

/** The options with which `@actions/glob` calls minimatch. */
const MINIMATCH_OPTIONS: MinimatchOptions = {
  dot: true,
  nobrace: true,
  nocomment: true,
  noext: true,
  nonegate: true,
};

/**
 * The patterns that the braces in a line expand to, as in bash: `*.{yaml,yml}` is two. Returns all
 * of them, or why there are none, as the end of a sentence about the line: beyond its limit, the
 * package silently drops patterns.
 */
export function expandBraces(line: string): readonly string[] | { readonly problem: string } {
  if (line.length > MAX_LENGTH) {
    return { problem: 'it is longer than any path. Write one pattern per line' };
  }
  const patterns = line.includes('{') ? expand(line, { max: MAX_ALTERNATIVES + 1 }) : [line];
  if (patterns.length > MAX_ALTERNATIVES) {
    return { problem: `its braces expand to more than ${MAX_ALTERNATIVES} patterns` };
  }
  return patterns;
}

/**
 * Reads a line. Returns the pattern, or why it cannot be used, as the end of a sentence about it.
 *
 * @param roots absolute names of the folder that patterns are relative to, with `/` between
 *   segments: as given, and with links resolved
 * @param disk whose rules for names apply
 * @param compare runs each comparison with the pattern, and may count its time
 */
export function parseFilePattern(
  line: string,
  roots: readonly string[],
  disk: Pick<Disk, 'windows' | 'ignoresCase'>,
  compare: (comparison: () => boolean) => boolean,
): FilePattern | { readonly problem: string } {
  const { windows, ignoresCase } = disk;
  const text = line.replace(/^[!\s]+/, '');
  const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
  const alternatives = expandBraces(windows ? text.replaceAll('\\', '/') : text);
  if ('problem' in alternatives) return alternatives;

  const globs: string[] = [];
  for (const alternative of alternatives) {
    const glob = relativeGlob(alternative, roots, windows);
    if (typeof glob !== 'string') return glob;
    globs.push(glob);
  }

  // A disk that ignores letter case also ignores how accented letters are composed.
  const spelled = (name: string) => (ignoresCase ? name.normalize('NFC') : name);
  const compile = (glob: string) =>
    new Minimatch(spelled(glob) || '**', { ...MINIMATCH_OPTIONS, nocase: ignoresCase });
  const matcherOf = (glob: string) => {
    // Compiled at the first comparison, whose time counts: alternatives may take long.
    let compiled: Minimatch | undefined;
    return (name: string) =>
      compare(() => {
        compiled ??= compile(glob);
        return compiled.match(spelled(name));
      });
  };
  const matchers = globs.map(matcherOf);

  const dotted = globs.flatMap((glob) => glob.split('/')).filter((name) => name.startsWith('.'));
  const dottedMatchers = dotted.map(matcherOf);
  return {
    line,
    // As in `@actions/glob`, a second `!` takes back the first.
    excludes: bangs.length % 2 === 1,
    searches: searchesFor(globs, ignoresCase),
    matches: withFoldersAbove((path) => matchers.some((matches) => matches(path))),
    spellsOut: (name) =>
      isGitFolder(name)
        ? dotted.some((segment) => segment.toLowerCase() === '.git')
        : dottedMatchers.some((matches) => matches(name)),
  };
}

/** Whether a path matches, or a folder above it. Each folder is compared once. */
function withFoldersAbove(matches: (path: string) => boolean): (path: string) => boolean {
  const folders = new Map([['', false]]);
  const matchesFolder = (folder: string): boolean => {
    const earlier = folders.get(folder);
    if (earlier !== undefined) return earlier;

    const isMatched = matchesPath(folder);
    folders.set(folder, isMatched);
    return isMatched;
  };
  const matchesPath = (path: string) => matchesFolder(parent(path)) || matches(path);
  return matchesPath;
}

function searchesFor(
  globs: readonly string[],
  ignoresCase: boolean,
): ReadonlyMap<string, readonly string[]> {
  const searches = new Map<string, Set<string>>();
  for (const glob of globs) {
    const { start, rest } = atFirstWildcard(glob);
    const simple = searches.get(start) ?? new Set();
    searches.set(start, simple.add(simplifyGlob(rest, ignoresCase)));
  }
  return new Map([...searches].map(([start, simple]) => [start, fewestOf(simple)]));
}

function fewestOf(globs: ReadonlySet<string>): string[] {
  const findsAll = globs.has('**') || globs.size > MAX_SIMPLE_GLOBS;
  return findsAll ? ['**'] : [...globs];
}

/** Divides a glob into the path before the first wildcard, and the segments from there on. */
function atFirstWildcard(glob: string): { start: string; rest: readonly string[] } {
  const segments = glob === '' ? [] : glob.split('/');
  const names = segments.map(literalOf);
  const first = names.indexOf(undefined);
  const length = first < 0 ? segments.length : first;
  return { start: names.slice(0, length).join('/'), rest: segments.slice(length) };
}

/** A character that stands for itself: after a backslash, or alone in brackets. */
const ESCAPED = /\\(.)|\[([^\]\\!^])\]/g;

/**
 * The only name that a segment of a glob matches: `[x]` for `[[]x]`. Undefined if it has wildcards.
 */
function literalOf(segment: string): string | undefined {
  const hasWildcards = /[*?[]/.test(segment.replaceAll(ESCAPED, ''));
  return hasWildcards ? undefined : segment.replaceAll(ESCAPED, '$1$2');
}

/**
 * A glob that matches whatever the given segments match, and perhaps more. `@actions/glob` compares
 * a name with it in little time, which matters, since nothing can interrupt it. It leads into as
 * few other folders as that allows.
 */
function simplifyGlob(segments: readonly string[], ignoresCase: boolean): string {
  if (segments.length === 0) return '**';

  const twoStars = segments.indexOf('**');
  // Two stars lead into every folder, whatever follows them.
  const leading = twoStars < 0 ? segments : segments.slice(0, twoStars + 1);
  return leading.map((segment) => simplifySegment(segment, ignoresCase)).join('/');
}

/** `a-*.*.yaml` becomes `a-*.yaml`, since each further star multiplies the time. */
function simplifySegment(segment: string, ignoresCase: boolean): string {
  if (segment === '**') return segment;
  const stars = starsIn(segment);
  const isPlain = !/[[\\]/.test(segment);
  // The package trims patterns, and it divides them at line breaks.
  const wouldBeChanged = /[\r\n]|\s$/.test(segment);
  const cannotBeSimplified = !isPlain && (stars > 1 || ignoresCase);
  if (wouldBeChanged || cannotBeSimplified) return '*';

  const simple = stars > 1 ? segment.replace(/\*.*\*/s, '*') : segment;
  if (!ignoresCase) return simple;
  // On macOS, the package ignores neither case nor how accented letters are composed.
  return /\?|[^\0-\x7f]/.test(simple) ? '*' : simple.replaceAll(/[a-z]/gi, '?');
}

function starsIn(segment: string): number {
  return segment.split('*').length - 1;
}

/** The pattern relative to the root. A pattern that leaves the root cannot be used. */
function relativeGlob(
  pattern: string,
  roots: readonly string[],
  windows: boolean,
): string | { readonly problem: string } {
  const inside = roots
    .map((root) => withoutRoot(pattern, root, windows))
    .find((rest) => rest !== undefined);
  const problem = inside === undefined ? outsideRoot(pattern, windows) : undefined;
  if (problem !== undefined) return { problem };

  const segments = (inside ?? pattern)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return { problem: 'its .. leaves the working directory' };
  // `@actions/glob` would treat these as relative paths, and throw.
  if (segments.some((segment) => /^(?:\[\\?\.\]|\\?\.){1,2}$/.test(segment))) {
    return { problem: 'one of its folders is . or .. in brackets or after a backslash' };
  }
  if (segments.some((segment) => starsIn(segment) > MAX_STARS)) {
    return { problem: 'it has more than three * between two slashes. Use fewer' };
  }
  // In `@actions/glob`, `a*/**` matches the file `abc`, too, so it means no more than `a*` does.
  while (segments.length > 1 && segments.at(-1) === '**') segments.pop();
  return segments.join('/');
}

function withoutRoot(pattern: string, folder: string, windows: boolean): string | undefined {
  const fold = (text: string) => (windows ? text.toLowerCase() : text);
  return isWithin(fold(pattern), fold(folder)) ? below(pattern, folder) : undefined;
}

function outsideRoot(pattern: string, windows: boolean): string | undefined {
  const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
  if (windows && drive !== '') {
    return (
      `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, ` +
      'or a path relative to the working directory'
    );
  }
  if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern)) {
    const problem =
      runnerPathIn(pattern) === undefined
        ? 'it is an absolute path outside the working directory'
        : 'it is a path on the runner outside the working directory: ' +
          "in a job with a container, github.workspace is the host's";
    return `${problem}. Write a path relative to the working directory`;
  }
  return pattern === '~' || pattern.startsWith('~/') ? 'it points to the home folder' : undefined;
}

/**
 * A path in the runner's workspace, `…/work/REPOSITORY/REPOSITORY`, or in its temp folder. The pod
 * has neither; a container does only if an input begins with it (ContainerInfo.cs:164-192). Bounded
 * repetitions keep the match fast.
 */
const RUNNER_PATH =
  /(?<=^|[\s"'=:(!,<>])(?:(?:[a-z]:)?[\\/](?:[^\s\\/'"`;|&<>()]{1,255}[\\/]){0,15}?(?:_?work|__w)|[a-z]:[\\/]a)[\\/](?:([^\s\\/'"`;|&<>()]{1,255})[\\/]\1|_temp)(?![^\s\\/'"`;|&<>()])/i;

/** The first such path in a text; undefined if there is none. */
export function runnerPathIn(text: string): string | undefined {
  return RUNNER_PATH.exec(text)?.[0];
}
