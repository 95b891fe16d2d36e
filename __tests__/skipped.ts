/** A result of Jest's, as far as it is read here. */
type Result = {
  readonly ancestorTitles: readonly string[];
  readonly status: string;
};

/** The block around tests that are left out says why: `without busybox`, `outside Linux`. */
const REASON = /^(without|outside) \S/;

/** One line per reason: `skipped without busybox: 14 tests`. */
export function skippedLines(results: readonly Result[]): string[] {
  const counts = new Map<string, number>();
  for (const { status, ancestorTitles } of results) {
    const reason = ancestorTitles.find((title) => REASON.test(title));
    if (status === 'pending' && reason !== undefined)
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .toSorted()
    .map(([reason, count]) => `skipped ${reason}: ${count} ${count === 1 ? 'test' : 'tests'}`);
}

/**
 * Jest's reporter of the last lines: what this machine could not run. With `EVERY_TOOL=1`, as in
 * CI, a test that was left out, for whatever reason, fails the run.
 */
export default class SkippedReporter {
  #error: Error | undefined;
  readonly #print: (text: string) => unknown;

  /**
   * @param options the reporter's options in Jest's configuration; `print` is standard error by
   *   default
   */
  constructor(
    _jest: unknown,
    { print = (text) => process.stderr.write(text) }: { print?: (text: string) => unknown } = {},
  ) {
    this.#print = print;
  }

  onRunComplete(
    _contexts: unknown,
    run: {
      readonly testResults: readonly { readonly testResults: readonly Result[] }[];
      readonly numPendingTests: number;
    },
  ): void {
    const lines = skippedLines(run.testResults.flatMap(({ testResults }) => testResults));
    if (process.env['EVERY_TOOL'] === '1' && run.numPendingTests > 0) {
      this.#error = new Error(`EVERY_TOOL=1, but tests were left out: ${run.numPendingTests}`);
      lines.push(this.#error.message);
    }
    this.#print(lines.map((line) => `${line}\n`).join(''));
  }

  getLastError(): Error | undefined {
    return this.#error;
  }
}
