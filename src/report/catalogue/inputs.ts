import { lines } from './moves.ts';
import type { Entries } from './row.ts';

/** The inputs of the step. */
export const INPUT_FAILURES: Entries<'invalid-inputs'> = {
  'invalid-inputs': {
    section: 'invalid-inputs',
    sentence: lines(
      '[workflow] Inputs of the step are missing or invalid.',
      '[prompt] Options are missing or invalid.',
    ),
    move: '- {problems}',
    read: ({ problems }) => ({ values: { problems } }),
  },
};
