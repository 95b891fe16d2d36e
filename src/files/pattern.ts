import { Minimatch, type MinimatchOptions } from 'minimatch';
import { expandBraces, TOO_LONG } from '../text/braces.ts';
import { say, type Text } from '../text/say.ts';
import { isGitFolder } from './names.ts';
import { below, isWithin } from './paths.ts';

/** One line of the `files` input. */
export type FilePattern = {
  /** As the user wrote it. */
  readonly line: string;
  readonly excludes: boolean;
  /** What its braces expand to, relative to the root; `**` for the root itself. */
  readonly globs: readonly string[];
  /**
   * Whether it matches a path below the root, either directly or through a folder above it. The path
   * of a folder may end in `/`: a pattern that ends in `/` matches no other path directly.
   */
  readonly matches: (path: string) => boolean;
  /** Whether a segment of it that begins with a dot matches this name. */
  readonly spellsOut: (name: string) => boolean;
};

/** The longest name on any system. Looking for a longer one fails. */
const MAX_NAME_LENGTH = 255;
/** A path from the root of a disk, or in the home folder. */
const ABSOLUTE = /^(?:\/|[a-z]:|~(?:\/|$))/i;
const OUTSIDE = say`
  it leads out of the working directory. To send files from another folder, make that folder the
  working directory
`;
/** The end of a pattern that only folders match. */
const NAMES_FOLDER = /(?:^|\/)\.{0,2}$/;
const UP_FROM_WILDCARD = say`it has ${'..'} after a wildcard. Write the path without ${'..'}`;

/** The options with which `@actions/glob` calls minimatch. */
const MINIMATCH_OPTIONS: MinimatchOptions = {
  dot: true,
  nobrace: true,
  nocomment: true,
  noext: true,
  nonegate: true,
};

/**
 * Reads a line. Returns the pattern, or why it cannot be used, as the end of a sentence about it.
 *
 * @param roots absolute names of the folder that patterns are relative to, with `/` between
 *   segments: as given, and with links resolved
 * @param windows `\` separates folders, and letter case makes no difference
 */
export function parseFilePattern(
  line: string,
  roots: readonly string[],
  windows: boolean,
): FilePattern | { readonly problem: Text } {
  const text = line.replace(/^[!\s]+/, '');
  const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
  const alternatives = expandBraces(windows ? text.replaceAll('\\', '/') : text);
  if ('problem' in alternatives) return alternatives;

  const compile = (glob: string) => new Minimatch(glob, { ...MINIMATCH_OPTIONS, nocase: windows });
  const globs: string[] = [];
  const matchers: Minimatch[] = [];
  for (const alternative of alternatives) {
    const glob = relativeGlob(alternative, roots, windows);
    if (typeof glob !== 'string') return glob;
    globs.push(glob);
    matchers.push(compile(`${glob}/**`));
    if (!NAMES_FOLDER.test(alternative)) matchers.push(compile(glob));
  }

  const dotted = globs.flatMap((glob) => glob.split('/')).filter((name) => name.startsWith('.'));
  const dottedMatchers = dotted.map(compile);
  return {
    line,
    // As in `@actions/glob`, a second `!` takes back the first.
    excludes: bangs.length % 2 === 1,
    globs,
    matches: (path) => matchers.some((matcher) => matcher.match(path)),
    spellsOut: (name) =>
      isGitFolder(name)
        ? dotted.some((segment) => segment.toLowerCase() === '.git')
        : dottedMatchers.some((matcher) => matcher.match(name)),
  };
}

/**
 * Why a line cannot be used, whatever the disk and the system, as the end of a sentence about it.
 * Where an absolute path leads depends on the disk.
 */
export function problemWithPattern(line: string): Text | undefined {
  const alternatives = expandBraces(line.replace(/^[!\s]+/, ''));
  if ('problem' in alternatives) return alternatives.problem;
  if (alternatives.some((path) => /^(?:[\\/]|[a-z]:)/i.test(path))) return undefined;

  const onWindows = parseFilePattern(line, [], true);
  const elsewhere = parseFilePattern(line, [], false);
  return 'problem' in onWindows && 'problem' in elsewhere ? elsewhere.problem : undefined;
}

/** Divides a glob into the folders that it names before its first wildcard, and the rest. */
export function splitGlob(glob: string): { start: string; rest: string } {
  const segments = glob.split('/');
  const folders: string[] = [];
  for (const segment of segments.slice(0, -1)) {
    const name = literalOf(segment);
    if (name === undefined) break;
    folders.push(name);
  }
  return { start: folders.join('/'), rest: segments.slice(folders.length).join('/') };
}

/** A character that stands for itself: after a backslash, or alone in brackets. */
const ESCAPED = /\\(.)|\[\\?([^\]\\!^])\]/g;

/**
 * The only name that a segment of a glob matches: `[x]` for `[[]x]`. Undefined if it has wildcards.
 */
function literalOf(segment: string): string | undefined {
  const hasWildcards = /[*?[]/.test(segment.replaceAll(ESCAPED, ''));
  return hasWildcards ? undefined : segment.replaceAll(ESCAPED, '$1$2');
}

/** The pattern relative to the root, or why it cannot be used. */
function relativeGlob(
  pattern: string,
  roots: readonly string[],
  windows: boolean,
): string | { readonly problem: Text } {
  const inside = roots
    .map((root) => withoutRoot(pattern, root, windows))
    .find((rest) => rest !== undefined);
  if (inside === undefined && ABSOLUTE.test(pattern)) return { problem: OUTSIDE };

  const segments: string[] = [];
  for (const segment of (inside ?? pattern).split('/')) {
    const name = literalOf(segment);
    if (name === '..') {
      const folder = segments.pop();
      if (folder === undefined) return { problem: OUTSIDE };
      if (literalOf(folder) === undefined) return { problem: UP_FROM_WILDCARD };
    } else if (name !== '' && name !== '.') {
      segments.push(segment);
    }
  }
  if (segments.some((segment) => segment.length > MAX_NAME_LENGTH)) return { problem: TOO_LONG };
  // In `@actions/glob`, `a*/**` matches the file `abc`, too, so it means no more than `a*` does.
  while (segments.length > 1 && segments.at(-1) === '**') segments.pop();
  return segments.join('/') || '**';
}

function withoutRoot(pattern: string, folder: string, windows: boolean): string | undefined {
  const fold = (text: string) => (windows ? text.toLowerCase() : text);
  return isWithin(fold(pattern), fold(folder)) ? below(pattern, folder) : undefined;
}
