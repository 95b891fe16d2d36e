import Sequencer from '@jest/test-sequencer';

type Tests = Awaited<ReturnType<Sequencer['sort']>>;

/** Each of them takes a processor for 20 seconds or more. */
const SLOW = [
  'acceptance/run',
  'cli/command-line',
  'examples/workflows',
  'kubernetes/recorded-answers',
  'setup/failures',
  'try/steps',
  'try/try',
];
const SLOW_FILE = new RegExp(String.raw`__tests__.(?:${SLOW.join('|')})\.test\.ts$`);

function rankOf(path: string): number {
  const name = path.replaceAll('\\', '/');
  if (SLOW_FILE.test(name)) return 0;
  return name.includes('/__tests__/unit/') ? 2 : 1;
}

/**
 * Jest's order, but slow files come first, and unit tests last. The others start processes or wait,
 * and one that started late would hold up the whole run.
 */
export default class SlowFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rankOf(one.path) - rankOf(other.path));
  }
}
