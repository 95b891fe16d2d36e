import leven from 'leven';

/** Longer than any name that people type. Comparing takes time with the square of the length. */
const MAX_TYPED = 200;
const MAX_TYPOS = 2;

/**
 * The name of an input, an option, or a choice that a misspelled one most likely means: the one with the fewest typos,
 * or one that has it as a word (`hidden` of `include-hidden-files`). Undefined if none is near: a wrong guess misleads.
 */
export function nearestName(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase().replaceAll('_', '-');
  const isWord = (candidate: string) => wanted.length > 2 && candidate.split('-').includes(wanted);
  return nearestSpelling(wanted, candidates) ?? candidates.find(isWord);
}

/**
 * The path that a misspelled one most likely means: the same except for letter case, ending, a
 * folder, or a typo.
 */
export function nearestPath(given: string, candidates: Iterable<string>): string | undefined {
  const wanted = plainPath(given);
  if (wanted === '') return undefined;

  const likenesses: ((other: string) => boolean)[] = [
    (other) => other.toLowerCase() === wanted.toLowerCase(),
    (other) => withoutEnding(other) === withoutEnding(wanted),
    (other) => `/${other}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${other}`),
    (other) => baseName(other) === baseName(wanted),
  ];
  for (const isAlike of likenesses) {
    for (const other of otherThan(wanted, candidates)) {
      if (isAlike(other)) return other;
    }
  }
  return nearestSpelling(wanted, otherThan(wanted, candidates));
}

function* otherThan(given: string, candidates: Iterable<string>): Generator<string> {
  for (const candidate of candidates) {
    if (candidate !== given) yield candidate;
  }
}

/** A path without blanks around it, `./` at its start, and slashes at its end. */
export function plainPath(given: string): string {
  return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}

export function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean ${name}?`;
}

/**
 * The candidate with the fewest typos. Allows one for every three letters, but never more than two.
 */
export function nearestSpelling(given: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let most = given.length > MAX_TYPED ? 0 : Math.min(MAX_TYPOS, Math.floor(given.length / 3));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - given.length) > most) continue;
    const count = typos(candidate, given);
    if (count > most) continue;
    if (count === 0) return candidate;
    nearest = candidate;
    most = count - 1;
  }
  return nearest;
}

/** Letters to insert, delete, or replace. Two letters that changed places count once. */
function typos(one: string, other: string): number {
  const letters = (text: string) => Array.from(text).sort().join('');
  const distance = leven(one, other, { maxDistance: MAX_TYPOS + 1 });
  return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}

function withoutEnding(path: string): string {
  return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
