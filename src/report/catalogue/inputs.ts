import { lines } from './moves.ts';
import type { Entries } from './row.ts';

/** More than this in a headline is not read. */
const NAMED = 3;

/** The inputs of the step. */
export const INPUT_FAILURES: Entries<'invalid-inputs'> = {
  'invalid-inputs': {
    section: 'invalid-inputs',
    sentence: lines(
      '[workflow] Inputs of the step are missing or invalid.',
      '[prompt] Options are missing or invalid.',
    ),
    title: lines('[workflow] inputs missing or invalid: {names}', '[prompt] options missing or invalid: {names}'),
    move: '- {problems}',
    read: ({ problems }) => ({ values: { problems, names: namesOf(problems) } }),
  },
};

/** The names that the problems begin with: ours. */
function namesOf(problems: readonly string[]): string {
  const names = [...new Set(problems.map((problem) => /^[^ :]*/.exec(problem)?.[0] ?? ''))];
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')}, …` : names.join(', ');
}
