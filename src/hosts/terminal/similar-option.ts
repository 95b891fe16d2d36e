/**
 * The option that is most like the given one: the one that the fewest slips lead to, two swapped letters being one slip, or
 * one that has it for a word of its name. Undefined where none is like it. What is near to a file's path is another question,
 * with other answers (src/files/nearest.ts).
 */
export function similarOption(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().replaceAll('_', '-');
  const [best] = candidates
    .map((candidate) => ({ candidate, far: distance(wanted, candidate) }))
    .sort((a, b) => a.far - b.far);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  if (best !== undefined && best.far <= most) return best.candidate;
  return wanted.length < 3 ? undefined : candidates.find((candidate) => candidate.split('-').includes(wanted));
}

/** Levenshtein's, where two swapped neighbors count once. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
