import Sequencer from '@jest/test-sequencer';

type Tests = Awaited<ReturnType<Sequencer['sort']>>;

const isUnit = ({ path }: Tests[number]) => /__tests__.unit\b/.test(path);

/**
 * Jest's order, but unit tests come last. The others start processes or wait, some for a minute,
 * and one that started late would hold up the whole run.
 */
export default class UnitLast extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = await super.sort(tests);
    return [...sorted.filter((one) => !isUnit(one)), ...sorted.filter(isUnit)];
  }
}
