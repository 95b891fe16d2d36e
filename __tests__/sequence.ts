import { readFileSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

type Tests = Awaited<ReturnType<Sequencer['sort']>>;

const FOLDERS_WITH_PROCESSES = /__tests__.(?:pod|e2e|cli|docs|examples|try)\b/;

/**
 * Tests that run side by side wait for clocks. If they started late, they would hold up the whole
 * run.
 */
const isPatient = (path: string) => readFileSync(path, 'utf8').includes('test.concurrent');

/**
 * Jest's order, but the files that wait the longest come first, and then those that start
 * processes. A process starts more slowly from a worker that has grown, and Jest's workers grow
 * with every file.
 */
export default class ProcessesFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const rank = ({ path }: Tests[number]) => {
      if (isPatient(path)) return 0;
      return FOLDERS_WITH_PROCESSES.test(path) ? 1 : 2;
    };
    return (await super.sort(tests)).toSorted((one, other) => rank(one) - rank(other));
  }
}
