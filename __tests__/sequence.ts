import Sequencer from '@jest/test-sequencer';

type Tests = Awaited<ReturnType<Sequencer['sort']>>;

const FOLDERS_WITH_PROCESSES = /__tests__.(?:pod|e2e|cli|docs|examples|try|azure)\b/;

/**
 * Jest's order, but files that start processes come first. To start one takes a process the longer, the more memory it has,
 * and a worker of Jest's grows with every file.
 */
export default class ProcessesFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const { true: first = [], false: rest = [] } = Object.groupBy(
      await super.sort(tests),
      ({ path }) => `${FOLDERS_WITH_PROCESSES.test(path)}`,
    );
    return [...first, ...rest];
  }
}
