import leven from 'leven';
import { say, type Text } from './say.ts';

// Which candidate a misspelled name or path most likely means. If none is near, the answer is
// undefined, because a wrong guess misleads.

/**
 * Longer than any name that people type. The time of a comparison grows with the square of the
 * length.
 */
const MAX_TYPED = 200;
const MAX_TYPOS = 2;

/** A question about the nearest candidate; undefined if there is none. */
export function didYouMean(nearest: string | undefined): Text | undefined {
  return nearest === undefined ? undefined : say`Did you mean ${nearest}?`;
}

/**
 * The name of an input, an option, or a choice: the same except for letter case and dashes, or for
 * few typos. Short names differ too little for typos.
 */
export function nearestName(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase().replaceAll('_', '-');
  const letters = (name: string) => name.toLowerCase().replaceAll('-', '');
  return (
    candidates.find((candidate) => letters(candidate) === letters(wanted)) ??
    (wanted.length > 3 ? nearestSpelling(wanted, candidates) : undefined)
  );
}

/**
 * The path of a file or folder: the same except for letter case, the ending, the folder, or a few
 * typos. Never the given path itself.
 */
export function nearestPath(given: string, candidates: Iterable<string>): string | undefined {
  const wanted = plainPath(given);
  if (wanted === '') return undefined;

  const others = [...candidates].filter((candidate) => candidate !== wanted);
  return (
    others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
    others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
    others.find((other) => baseName(other) === baseName(wanted)) ??
    nearestSpelling(wanted, others)
  );
}

/** The candidate with the fewest typos: one or two, and at most one for every three letters. */
function nearestSpelling(given: string, candidates: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let most = given.length > MAX_TYPED ? 0 : Math.min(MAX_TYPOS, Math.floor(given.length / 3));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - given.length) > most) continue;
    const count = typos(candidate, given);
    if (count > most) continue;
    nearest = candidate;
    most = count - 1;
  }
  return nearest;
}

/** A path without blanks around it, `./` at its start, and slashes at its end. */
export function plainPath(given: string): string {
  // The lookbehind lets a run of slashes match only from its start, which keeps this linear.
  return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}

/** Letters to insert, delete, or replace. Two swapped letters count once. */
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
