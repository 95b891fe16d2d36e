import { describe, expect, test } from '@jest/globals';
import SkippedReporter, { skippedLines } from '../skipped.ts';

const skipped = (...ancestorTitles: string[]) => ({ ancestorTitles, status: 'pending' });

describe('what a machine could not run', () => {
  test('is told by name and count', () => {
    const results = [
      skipped('without busybox'),
      skipped('a pod', 'without busybox', 'ash'),
      skipped('without shellcheck'),
      skipped('outside Linux'),
      { ancestorTitles: ['without a result'], status: 'passed' },
      skipped('left out by -t'),
    ];
    expect(skippedLines(results)).toEqual([
      'skipped outside Linux: 1 test',
      'skipped without busybox: 2 tests',
      'skipped without shellcheck: 1 test',
    ]);
  });

  test.each([
    ['no error where all ran', 0, undefined],
    ['an error where one was left out', 1, 'EVERY_TOOL=1, but tests were left out: 1'],
  ])('is, with EVERY_TOOL=1, %s', (_name, numPendingTests, message) => {
    // Jest gives each file a copy of the environment.
    process.env['EVERY_TOOL'] = '1';
    const reporter = new SkippedReporter(undefined, { print: () => undefined });
    reporter.onRunComplete(undefined, { testResults: [], numPendingTests });
    expect(reporter.getLastError()?.message).toBe(message);
  });
});
