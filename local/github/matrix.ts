import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Value } from './expression.ts';

type Combination = Readonly<Record<string, Value>>;

/** The combinations of a matrix, as GitHub makes them; a single empty one if there is no matrix. */
export function combinations(matrix: Value): readonly Combination[] {
  if (!isRecord(matrix)) return [{}];

  const { include = [], exclude = [], ...lists } = matrix;
  const excluded = listOf(exclude).filter(isRecord);
  const original = productOf(lists).filter((one) => !excluded.some((other) => has(one, other)));

  const extended = original.map((one) => ({ ...one }));
  const added: Combination[] = [];
  for (const extra of listOf(include).filter(isRecord)) {
    // What is included joins each combination whose own values it doesn't change, or becomes one
    // itself.
    const own = Object.fromEntries(Object.entries(extra).filter(([name]) => name in lists));
    const fitting = extended.filter((_, index) => has(original[index] ?? {}, own));
    for (const one of fitting) Object.assign(one, extra);
    if (fitting.length === 0) added.push(extra);
  }
  return [...extended, ...added];
}

/** Each value of each list with each value of the others. */
function productOf(lists: Combination): readonly Combination[] {
  if (Object.keys(lists).length === 0) return [];
  return Object.entries(lists).reduce<readonly Combination[]>(
    (all, [name, list]) =>
      all.flatMap((one) => listOf(list).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Whether a combination has all these values. */
const has = (one: Combination, values: Combination) =>
  Object.entries(values).every(([name, value]) => isDeepStrictEqual(one[name], value));

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as Value[]) : []);
