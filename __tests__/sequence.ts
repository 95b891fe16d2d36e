import { readFileSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

type Tests = Awaited<ReturnType<Sequencer['sort']>>;

const FOLDERS_WITH_PROCESSES = /__tests__.(?:pod|e2e|cli|docs|examples|try)\b/;

/** Tests that run side by side wait for clocks: started late, they would be what everyone waits for. */
const isPatient = (path: string) => readFileSync(path, 'utf8').includes('test.concurrent');

/**
 * Jest's order, but the most patient files come first, and then those that start processes. To start one takes a process the
 * longer, the more memory it has, and a worker of Jest's grows with every file.
 */
export default class ProcessesFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const rank = ({ path }: Tests[number]) =>
      isPatient(path) ? 0 : FOLDERS_WITH_PROCESSES.test(path) ? 1 : 2;
    return (await super.sort(tests)).toSorted((one, other) => rank(one) - rank(other));
  }
}
