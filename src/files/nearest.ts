/**
 * The candidate that a misspelled path or name most likely means: the same but for letter case, the ending, a folder, or
 * a slip of one or two letters. Undefined where none is near: a wrong guess misleads.
 */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(given);
  if (wanted === '') return undefined;
  const tests: ((candidate: string) => boolean)[] = [
    (candidate) => candidate.toLowerCase() === wanted.toLowerCase(),
    (candidate) => withoutEnding(candidate) === withoutEnding(wanted),
    (candidate) => `/${candidate}`.endsWith(`/${wanted}`) || `/${wanted}`.endsWith(`/${candidate}`),
    (candidate) => baseName(candidate) === baseName(wanted),
    (candidate) => distance(candidate, wanted) <= Math.min(2, Math.floor(wanted.length / 3)),
  ];
  for (const isNear of tests) {
    const found = candidates.find((candidate) => candidate !== wanted && isNear(candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

function plain(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/(?<!\/)\/+$/, '');
}

function withoutEnding(path: string): string {
  return path.toLowerCase().replace(/\.(?:ya?ml|json)$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** How many letters to insert, to delete or to replace (Levenshtein); at least 3 where the lengths differ by that much. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 200) return 3;
  // Of what is read of `a` so far, to each beginning of `b`: to nothing, and to one letter more each.
  let row = Array.from(b, (_letter, index) => index + 1);
  let last = b.length;
  for (const [index, letter] of Array.from(a).entries()) {
    let diagonal = index;
    last = index + 1;
    row = row.map((above, at) => {
      const replaced = diagonal + (letter === b[at] ? 0 : 1);
      diagonal = above;
      last = Math.min(replaced, above + 1, last + 1);
      return last;
    });
  }
  return last;
}
