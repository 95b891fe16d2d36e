import { expandBraces } from './braces.ts';
import { isGitFolder } from './hidden.ts';
import { runnerPathIn } from './runner-path.ts';
import { foldName, isTaken, parseGlob, startOf, step, takesName, type Glob, type Place } from './glob.ts';

/** One line of the `files` input. Paths are relative to the root, with `/` between segments. */
export type FilePattern = {
  /** As the user wrote it. */
  readonly line: string;
  readonly excludes: boolean;
  /** What it takes below the root. */
  readonly start: Progress;
  /** Whether it names this folder, letter for letter, on the way to what it takes. */
  leadsThrough(folder: string): boolean;
  /** Whether a segment of it that begins with a dot spells out this name. */
  spells(name: string, ignoreCase: boolean): boolean;
};

/** How far a pattern got on the way to a path. */
export type Progress = {
  /** Whether it takes what the way led to: by itself, or by a folder above it. */
  readonly takes: boolean;
  /** Whether it may take something below. */
  readonly mayTakeBelow: boolean;
  /** Equal where the same is still to come. */
  readonly key: string;
  /** One segment further. */
  step(name: string, ignoreCase: boolean): Progress;
};

/** Where patterns are relative to, as far as that matters to absolute ones. */
export type PatternRoot = {
  /** Names of the same folder, absolute, `/` between segments: as given, and with links resolved. */
  readonly folders: readonly string[];
  /** Windows: `\` separates, and letter case and drive letter are ignored in absolute paths. */
  readonly windows: boolean;
};

/** Linux's `PATH_MAX`: a longer line is no pattern. */
const MAX_LENGTH = 4096;

/** More alternatives than anybody types; braces multiply. */
const MAX_ALTERNATIVES = 500;

/** Takes nothing. */
export const NOTHING: Progress = { takes: false, mayTakeBelow: false, key: '', step: () => NOTHING };

/**
 * Reads one line.
 *
 * @returns the pattern, or why it cannot be used: the end of a sentence about it.
 */
export function parseFilePattern(line: string, root: PatternRoot): FilePattern | string {
  const text = line.replace(/^[!\s]+/, '');
  const bangs = line.slice(0, line.length - text.length).replaceAll(/\s/g, '');
  if (text.length > MAX_LENGTH) return 'it is longer than any path. Write one pattern per line';
  const alternatives = expandBraces(root.windows ? text.replaceAll('\\', '/') : text, MAX_ALTERNATIVES + 1);
  if (alternatives.length > MAX_ALTERNATIVES) return 'its braces expand to more than 500 patterns';

  const globs: string[] = [];
  for (const alternative of alternatives) {
    const relative = relativeGlob(alternative, root);
    if (typeof relative !== 'string') return relative.problem;
    globs.push(relative);
  }
  const spelled = globs.flatMap((glob) => glob.split('/').filter((segment) => segment.startsWith('.')));
  const dotted = spelled.map((segment) => parseGlob(segment));
  return {
    line,
    excludes: bangs.length % 2 === 1,
    start: progressOf(globs.map((glob) => parseGlob(glob)).map((glob) => [glob, startOf(glob)])),
    leadsThrough: (folder) => globs.some((glob) => foldName(`${glob}/`).startsWith(foldName(`${folder}/`))),
    spells: (name, ignoreCase) =>
      isGitFolder(name)
        ? spelled.some((segment) => segment.toLowerCase() === '.git')
        : dotted.some((glob) => takesName(glob, name, ignoreCase)),
  };
}

function progressOf(alternatives: readonly (readonly [Glob, Place])[]): Progress {
  const alive = alternatives.filter(([, place]) => place.length > 0);
  if (alive.length === 0) return NOTHING;
  return {
    takes: alive.some(([glob, place]) => isTaken(glob, place)),
    mayTakeBelow: true,
    key: alive.map(([glob, place]) => [glob.length, ...place].join()).join(';'),
    step: (name, ignoreCase) =>
      progressOf(alive.map(([glob, place]) => [glob, step(glob, place, name, ignoreCase)] as const)),
  };
}

/** The pattern without what leads to the root. Nothing that leaves the root is a pattern. */
function relativeGlob(pattern: string, root: PatternRoot): string | { readonly problem: string } {
  const inside = root.folders
    .map((folder) => withoutRoot(pattern, folder, root.windows))
    .find((rest) => rest !== undefined);
  const rest = inside ?? pattern;
  if (inside === undefined) {
    const [, drive = ''] = /^\/([a-z])(?:\/|$)/i.exec(pattern) ?? [];
    if (root.windows && drive !== '') {
      return {
        problem: `it is a Git Bash path. Write ${drive.toUpperCase()}:/…, or a path relative to the working directory`,
      };
    }
    if (rest.startsWith('/') || /^[a-z]:/i.test(rest)) {
      const ofRunner =
        "it is a path on the runner outside the working directory: in a job with a container, github.workspace is the host's";
      const problem =
        runnerPathIn(rest) === undefined ? 'it is an absolute path outside the working directory' : ofRunner;
      return { problem: `${problem}. Write a path relative to the working directory` };
    }
    if (rest === '~' || rest.startsWith('~/')) return { problem: 'it points to the home folder' };
  }
  const segments = rest.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.includes('..') ? { problem: 'it leaves the working directory with ..' } : segments.join('/');
}

function withoutRoot(pattern: string, folder: string, windows: boolean): string | undefined {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  const fold = (text: string) => (windows ? text.toLowerCase() : text);
  return fold(`${pattern}/`).startsWith(fold(base)) ? pattern.slice(base.length) : undefined;
}
