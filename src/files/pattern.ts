import { expand } from 'brace-expansion';
import { compileGlob, literalOf, simplifyGlobs, type Glob } from './glob.ts';
import { isGitFolder } from './names.ts';
import { below, isWithin, parent } from './paths.ts';
import type { Compare } from './time.ts';

/** One line of the `files` input. */
export type FilePattern = {
  /** As the user wrote it. */
  readonly line: string;
  readonly excludes: boolean;
  /** Where to look for what it matches: one search or more, since braces have alternatives. */
  readonly searches: readonly PatternSearch[];
  /** Whether it matches a path below the root, either directly or through a folder above it. */
  matches(path: string): boolean;
  /** Whether a segment of it that begins with a dot matches this name. */
  spellsOut(name: string): boolean;
};

/** `k8s/*.{yaml,yml}` is one search: in `k8s`, for two globs. */
export type PatternSearch = {
  /** The names before the first wildcard, from the root on. */
  readonly start: readonly string[];
  /** Whether an alternative has no wildcard, so that it matches a file as well as a folder. */
  readonly isNamed: boolean;
  /** Relative to the start, if that is a folder. They may match more than the pattern does. */
  readonly simpleGlobs: readonly string[];
  /** Whether the pattern matches a path below the start, directly or through a folder above it. */
  matches(path: string): boolean;
};

/** What patterns are relative to, and how names are compared. */
export type PatternRoot = {
  /** Absolute names of the folder, with `/` between segments: as given, and with links resolved. */
  readonly folders: readonly string[];
  /** Windows: `\` separates folders, and absolute paths ignore letter case. */
  readonly windows: boolean;
  readonly ignoresCase: boolean;
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

/**
 * The patterns that the braces in a line expand to, as in bash: `*.{yaml,yml}` is two. Returns all
 * of them, or why there are none, as the end of a sentence about the line: with a lower limit than
 * the line needs, the package would drop patterns without a word.
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
 * @param compare runs each comparison with the pattern, and may count its time
 */
export function parseFilePattern(
  line: string,
  root: PatternRoot,
  compare: Compare,
): FilePattern | string {
  const text = line.replace(/^[!\s]+/, '');
  const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
  const alternatives = expandBraces(root.windows ? text.replaceAll('\\', '/') : text);
  if ('problem' in alternatives) return alternatives.problem;

  const globs: string[] = [];
  for (const alternative of alternatives) {
    const glob = relativeGlob(alternative, root);
    if (typeof glob !== 'string') return glob.problem;
    globs.push(glob);
  }
  const compile = (glob: string) => compileGlob(glob, root.ignoresCase, compare);
  return {
    line,
    excludes: bangs.length % 2 === 1,
    searches: searchesFor(globs, root.ignoresCase, compile),
    matches: matcherFor(globs.map(compile)),
    spellsOut: spellerFor(globs, compile),
  };
}

function searchesFor(
  globs: readonly string[],
  ignoresCase: boolean,
  compile: (glob: string) => Glob,
): PatternSearch[] {
  const byStart = new Map<string, { start: readonly string[]; rests: Set<string> }>();
  for (const glob of globs) {
    const { start, rest } = atFirstWildcard(glob);
    const search = byStart.get(start.join('/')) ?? { start, rests: new Set() };
    byStart.set(start.join('/'), search);
    search.rests.add(rest);
  }
  return [...byStart.values()].map(({ start, rests }) => ({
    start,
    isNamed: rests.has(''),
    simpleGlobs: simplifyGlobs([...rests], ignoresCase),
    matches: matcherFor([...rests].map(compile)),
  }));
}

/** Divides a glob into the names that it begins with, and the rest, which has wildcards. */
function atFirstWildcard(glob: string): { start: readonly string[]; rest: string } {
  const segments = glob === '' ? [] : glob.split('/');
  const start: string[] = [];
  for (const segment of segments) {
    const name = literalOf(segment);
    if (name === undefined) break;
    start.push(name);
  }
  const rest = segments.slice(start.length);
  // The package lets `a*/**` match the file `abc`, too, so it means no more than `a*` does.
  while (rest.length > 1 && rest.at(-1) === '**') rest.pop();
  return { start, rest: rest.join('/') };
}

/** Whether one of the globs matches a path, or a folder above it. Each folder is compared once. */
function matcherFor(globs: readonly Glob[]): (path: string) => boolean {
  const folders = new Map<string, boolean>();
  const matchesFolder = (folder: string): boolean => {
    if (folder === '') return false;
    const known = folders.get(folder);
    if (known !== undefined) return known;

    const isMatched = matches(folder);
    folders.set(folder, isMatched);
    return isMatched;
  };
  const matches = (path: string): boolean =>
    matchesFolder(parent(path)) || globs.some((glob) => glob.matches(path));
  return matches;
}

function spellerFor(globs: readonly string[], compile: (glob: string) => Glob) {
  const dotted = globs.flatMap((glob) =>
    glob.split('/').filter((segment) => segment.startsWith('.')),
  );
  const spelled = dotted.map(compile);
  return (name: string): boolean =>
    isGitFolder(name)
      ? dotted.some((segment) => segment.toLowerCase() === '.git')
      : spelled.some((glob) => glob.matches(name));
}

/** The pattern relative to the root. A pattern that leaves the root cannot be used. */
function relativeGlob(pattern: string, root: PatternRoot): string | { readonly problem: string } {
  const inside = root.folders
    .map((folder) => withoutRoot(pattern, folder, root.windows))
    .find((rest) => rest !== undefined);
  const problem = inside === undefined ? outsideRoot(pattern, root.windows) : undefined;
  if (problem !== undefined) return { problem };
  const segments = (inside ?? pattern)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return { problem: 'its .. leaves the working directory' };
  // The package would treat these as relative paths, and throw.
  if (segments.some((segment) => /^(?:\[\\?\.\]|\\?\.){1,2}$/.test(segment))) {
    return { problem: 'one of its folders is . or .. in brackets or after a backslash' };
  }
  if (segments.some((segment) => segment.split('*').length - 1 > MAX_STARS)) {
    return { problem: 'it has more than three * between two slashes. Use fewer' };
  }
  return segments.join('/');
}

function withoutRoot(pattern: string, folder: string, windows: boolean): string | undefined {
  const fold = (text: string) => (windows ? text.toLowerCase() : text);
  return isWithin(fold(pattern), fold(folder)) ? below(pattern, folder) : undefined;
}

function outsideRoot(pattern: string, windows: boolean): string | undefined {
  const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
  if (windows && drive !== '') {
    return `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, or a path relative to the working directory`;
  }
  if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern)) {
    const problem =
      runnerPathIn(pattern) === undefined
        ? 'it is an absolute path outside the working directory'
        : "it is a path on the runner outside the working directory: in a job with a container, github.workspace is the host's";
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
