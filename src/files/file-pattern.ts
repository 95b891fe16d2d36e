import { Minimatch, minimatch, type MinimatchOptions } from 'minimatch';

/** One line of the `files` input. Paths are relative to the root, with `/` between segments. */
export type FilePattern = {
  /** As the user wrote it. */
  readonly line: string;
  /** Without `!` and a leading `./`; empty for the root itself. */
  readonly glob: string;
  readonly excludes: boolean;
  /** Whether it takes this path, or a folder that holds it. */
  matches(path: string): boolean;
  /** Whether it may take something below this folder. */
  mayMatchBelow(folder: string): boolean;
};

/** The options with which `@actions/glob` matches, so that both decide alike. */
function options(caseInsensitive: boolean): MinimatchOptions {
  return { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true, nocase: caseInsensitive };
}

/**
 * Reads one line.
 *
 * @param root the folder that patterns are relative to; an absolute pattern below it becomes relative.
 * @param platform `win32` reads `\` as a separator and ignores letter case, as `@actions/glob` does.
 * @returns undefined for a pattern that leaves the root: absolute elsewhere, from the home folder, or with `..`.
 */
export function parseFilePattern(line: string, root: string, platform: string): FilePattern | undefined {
  const windows = platform === 'win32';
  const pattern = line.replace(/^[!\s]+/, '');
  const bangs = line.slice(0, line.length - pattern.length);
  const normalized = windows ? pattern.replaceAll('\\', '/') : pattern;
  const glob = relativeGlob(normalized, windows ? root.replaceAll('\\', '/') : root);
  if (glob === undefined) return undefined;

  const self = new Minimatch(glob, options(windows));
  const below = new Minimatch(glob === '' ? '**' : `${glob}/**`, options(windows));
  return {
    line,
    glob,
    excludes: bangs.replaceAll(/\s/g, '').length % 2 === 1,
    matches: (path) => self.match(path) || below.match(path),
    mayMatchBelow: (folder) => below.match(folder, true) || self.match(folder, true),
  };
}

function relativeGlob(pattern: string, root: string): string | undefined {
  const base = root.endsWith('/') ? root : `${root}/`;
  const inside = `${pattern}/`.startsWith(base) ? pattern.slice(base.length) : pattern;
  const absolute = inside.startsWith('/') || /^[a-z]:/i.test(inside) || inside === '~' || inside.startsWith('~/');
  const segments = inside.split('/').filter((segment, index) => segment !== '' && (segment !== '.' || index > 0));
  return absolute || segments.includes('..') ? undefined : segments.join('/');
}

/** A chart's ignore file: without it helm would read other files in the pod than on the runner. */
const ALWAYS_VISIBLE = '.helmignore';

/**
 * Whether a path is hidden and the pattern did not ask for it: each dot-segment must be spelled out, by a segment of
 * the pattern that begins with a dot itself. `.git` must be spelled in full, whatever else is included.
 */
export function isHidden(path: string, pattern: FilePattern, includeHidden: boolean): boolean {
  const spelled = pattern.glob.split('/').filter((segment) => segment.startsWith('.'));
  const segments = path.split('/');
  return segments.some((segment, index) => {
    if (!segment.startsWith('.')) return false;
    if (segment === '.git') return !spelled.includes('.git');
    if (includeHidden || (segment === ALWAYS_VISIBLE && index === segments.length - 1)) return false;
    return !spelled.some((glob) => minimatch(segment, glob, options(false)));
  });
}
