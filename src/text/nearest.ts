import leven from 'leven';

/** Longer than any name that people type. Comparing takes time with the square of the length. */
const MAX_TYPED = 200;

/**
 * The name of an input, an option, or a choice that a misspelled one most likely means: the one with the fewest typos,
 * or one that has it as a word (`hidden` of `include-hidden-files`). Undefined if none is near: a wrong guess misleads.
 */
export function nearestName(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase().replaceAll('_', '-');
  const isWord = (candidate: string) => wanted.length > 2 && candidate.split('-').includes(wanted);
  return fewestSlips(wanted, candidates) ?? candidates.find(isWord);
}

/** The path that a misspelled one most likely means: the same except for letter case, ending, a folder, or a typo. */
export function nearestPath(given: string, candidates: readonly string[]): string | undefined {
  const wanted = plainPath(given);
  const others = candidates.filter((candidate) => candidate !== wanted);
  if (wanted === '') return undefined;
  return (
    others.find((other) => other.toLowerCase() === wanted.toLowerCase()) ??
    others.find((other) => withoutEnding(other) === withoutEnding(wanted)) ??
    others.find(
      (other) => `/${other}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${other}`),
    ) ??
    others.find((other) => baseName(other) === baseName(wanted)) ??
    fewestSlips(wanted, others)
  );
}

/** A path without blanks around it, `./` at its start, and slashes at its end. */
export function plainPath(given: string): string {
  return given.trim().replaceAll(/^(?:\.\/+)+|(?<!\/)\/+$/g, '');
}

export function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean ${name}?`;
}

/** Allows one typo for every three letters, but never more than two. */
function fewestSlips(wanted: string, candidates: readonly string[]): string | undefined {
  const most = wanted.length > MAX_TYPED ? 0 : Math.min(2, Math.floor(wanted.length / 3));
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - wanted.length) <= most)
    .map((candidate) => ({ candidate, slips: slips(candidate, wanted) }))
    .sort((a, b) => a.slips - b.slips)[0];
  return near !== undefined && near.slips <= most ? near.candidate : undefined;
}

/** Letters to insert, delete, or replace. Two letters that changed places count once. */
function slips(one: string, other: string): number {
  const letters = (text: string) => Array.from(text).sort().join('');
  const distance = leven(one, other);
  return distance === 2 && letters(one) === letters(other) ? 1 : distance;
}

function withoutEnding(path: string): string {
  return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
