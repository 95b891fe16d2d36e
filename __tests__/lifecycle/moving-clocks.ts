import fc from 'fast-check';
import type { ClockSet, SimulationOptions } from './simulation.ts';

const MINUTE = 60_000;

const set = fc.option(
  fc.record<ClockSet>({
    afterMs: fc.nat({ max: 4 * MINUTE }),
    byMs: fc.constantFrom(-120, -4, 4, 7).map((minutes) => minutes * MINUTE),
  }),
  { nil: undefined },
);
const asleep = fc.option(
  fc.record({
    afterMs: fc.nat({ max: MINUTE }),
    forMs: fc.integer({ min: 5 * MINUTE, max: 10 * MINUTE }),
  }),
  { freq: 3, nil: undefined },
);

/**
 * Clocks that are set while a step runs, on a machine that may sleep. One clock is always right: if
 * all of them hide how long the machine slept, no client can tell.
 */
export const movingClocks: fc.Arbitrary<
  Pick<SimulationOptions, 'runnerSet' | 'datesSet' | 'suspended'>
> = fc
  .record({ runnerSet: set, datesSet: set, suspended: asleep })
  .filter(
    ({ runnerSet, datesSet, suspended }) =>
      suspended === undefined || !isBack(runnerSet) || !isBack(datesSet),
  );

function isBack(clock: ClockSet | undefined): boolean {
  return clock !== undefined && clock.byMs < 0;
}
