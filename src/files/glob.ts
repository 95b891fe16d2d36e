/**
 * A glob of paths, read segment by segment: `*`, `?`, `[…]`, `**`, as in minimatch with `dot`, without extended globs.
 *
 * The time of a match grows with the product of both lengths, whatever the glob and the path: regular expressions, which
 * other matchers make of globs, take exponential time for some.
 */
export type Glob = readonly Segment[];

type Segment =
  | { readonly kind: 'folders' }
  | {
      readonly kind: 'name';
      readonly parts: readonly Part[];
      /** The same for names in lower case and with composed letters. */
      readonly folded: readonly Part[];
    };

/** A part of a name takes one character, a star any number of them. */
type Part = { readonly kind: 'star' } | { readonly kind: 'one'; readonly takes: (character: string) => boolean };

/** What a file system that ignores letter case, and how an accented letter is composed, compares of a name. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** How far into a glob the segments of a path have led: the positions of it that may come next. */
export type Place = readonly number[];

const FOLDERS: Segment = { kind: 'folders' };
const ANY_NAME: Segment = { kind: 'name', parts: [{ kind: 'star' }], folded: [{ kind: 'star' }] };

/**
 * Reads a glob; empty for the root itself. A backslash takes a character's meaning away: where it separates, it has become
 * a `/` before.
 */
export function parseGlob(text: string): Glob {
  const segments: Segment[] = [];
  for (const segment of text.split('/').filter((part) => part !== '')) {
    if (segment !== '**') segments.push(nameSegment(segment));
    else if (segments.at(-1) !== FOLDERS) segments.push(FOLDERS);
  }
  // Whatever lies below a match is taken, so that `a/**` is `a/*`: all that is in `a`, but no file of that name.
  if (segments.at(-1) === FOLDERS) segments.push(ANY_NAME);
  return segments;
}

/** The place before the first segment. */
export function startOf(glob: Glob): Place {
  return withFolders(glob, [0]);
}

/** The place behind one more segment; empty where nothing from there on can be taken. */
export function step(glob: Glob, place: Place, name: string, ignoreCase: boolean): Place {
  const characters = Array.from(ignoreCase ? foldName(name) : name);
  const next = place.flatMap((position) => {
    const segment = glob[position];
    // Below what is taken everything is.
    if (segment === undefined || segment.kind === 'folders') return [position];
    return matchesName(ignoreCase ? segment.folded : segment.parts, characters) ? [position + 1] : [];
  });
  return withFolders(glob, next);
}

/** Whether the path that led here is taken: by itself, or by a folder above it. */
export function isTaken(glob: Glob, place: Place): boolean {
  return place.includes(glob.length);
}

/** Whether a glob of one segment takes this name. */
export function takesName(glob: Glob, name: string, ignoreCase: boolean): boolean {
  return isTaken(glob, step(glob, startOf(glob), name, ignoreCase));
}

/** `**` stands for no folder at all, too. */
function withFolders(glob: Glob, place: Place): Place {
  const all = new Set<number>();
  for (const position of place) {
    all.add(position);
    if (glob[position]?.kind === 'folders') all.add(position + 1);
  }
  return [...all];
}

/** Only the last star is ever tried again: what those before it took need not change. */
function matchesName(parts: readonly Part[], characters: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let star: { readonly part: number; at: number } | undefined;
  for (let character = characters[at]; character !== undefined; character = characters[at]) {
    const current = parts[part];
    if (current?.kind === 'star') {
      star = { part, at };
      part += 1;
    } else if (current?.takes(character) === true) {
      part += 1;
      at += 1;
    } else if (star !== undefined) {
      star.at += 1;
      part = star.part + 1;
      at = star.at;
    } else {
      return false;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === 'star');
}

function nameSegment(text: string): Segment {
  const folded = foldName(text).replaceAll(/\[:(?:upper|lower):\]/g, '[:alpha:]');
  return { kind: 'name', parts: parseName(text), folded: parseName(folded) };
}

function parseName(segment: string): Part[] {
  const characters = Array.from(segment);
  const parts: Part[] = [];
  for (let at = 0, character = characters[at]; character !== undefined; character = characters[++at]) {
    const next = characters[at + 1];
    const set = character === '[' ? parseSet(characters, at) : undefined;
    if (character === '*') {
      parts.push({ kind: 'star' });
    } else if (character === '?') {
      parts.push({ kind: 'one', takes: () => true });
    } else if (set !== undefined) {
      parts.push({ kind: 'one', takes: set.takes });
      at = set.end;
    } else if (character === '\\' && next !== undefined) {
      parts.push(literal(next));
      at += 1;
    } else {
      parts.push(literal(character));
    }
  }
  return parts;
}

function literal(expected: string): Part {
  return { kind: 'one', takes: (character) => character === expected };
}

/** Classes of `[[:alpha:]]`; letters of every alphabet, as minimatch has them. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{Nl}\p{Nd}]/u,
  alpha: /[\p{L}\p{Nl}]/u,
  ascii: /\p{ASCII}/u,
  blank: /[\p{Zs}\t]/u,
  digit: /\p{Nd}/u,
  lower: /\p{Ll}/u,
  punct: /\p{P}/u,
  space: /[\p{Z}\t\r\n\v\f]/u,
  upper: /\p{Lu}/u,
  word: /[\p{L}\p{Nl}\p{Nd}\p{Pc}]/u,
  xdigit: /[A-Fa-f0-9]/,
};

type CharacterSet = { readonly takes: (character: string) => boolean; readonly end: number };

/** Reads `[…]`; undefined where no bracket closes it, and the opening one is a character like any other. */
function parseSet(characters: readonly string[], start: number): CharacterSet | undefined {
  const negated = ['!', '^'].includes(characters[start + 1] ?? '');
  const first = start + (negated ? 2 : 1);
  const members: ((character: string) => boolean)[] = [];
  for (let at = first; at < characters.length; at++) {
    if (characters[at] === ']' && at > first) {
      return { end: at, takes: (character) => members.some((member) => member(character)) !== negated };
    }
    const [, name = ''] = /^\[:(\w+):\]/.exec(characters.slice(at, at + 11).join('')) ?? [];
    const known = CLASSES[name];
    if (known !== undefined) {
      members.push((character) => known.test(character));
      at += name.length + 3;
      continue;
    }
    const from = memberAt(characters, at);
    const to = characters[from.end + 1] === '-' ? memberAt(characters, from.end + 2) : from;
    const isRange = to !== from && to.character !== ']' && to.character !== '';
    at = isRange ? to.end : from.end;
    const [low, high] = [codeOf(from.character), codeOf(isRange ? to.character : from.character)];
    members.push((character) => low <= codeOf(character) && codeOf(character) <= high);
  }
  return undefined;
}

function memberAt(characters: readonly string[], at: number): { character: string; end: number } {
  const end = characters[at] === '\\' ? at + 1 : at;
  return { character: characters[end] ?? '', end };
}

function codeOf(character: string): number {
  return Number(character.codePointAt(0));
}
