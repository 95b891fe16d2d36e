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
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
