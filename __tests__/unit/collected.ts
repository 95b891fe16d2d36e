import type { Collected } from '../../src/collect/keep.ts';

/** The result if no file came back, and nothing is wrong. */
export const NOTHING_COLLECTED: Collected = {
  folder: '',
  files: [],
  leftOut: [],
  leftOutMore: 0,
  unmatched: [],
};

/** Files whose names this system does not allow. */
export function notAllowed(names: readonly string[]): Collected['leftOut'] {
  return names.map((name) => ({ name, reason: 'name-not-allowed' }));
}
