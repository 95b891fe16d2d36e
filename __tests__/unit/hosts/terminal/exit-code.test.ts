import { expect, test } from '@jest/globals';
import type { Failure } from '../../../../src/failure.ts';
import { exitCodeOf } from '../../../../src/hosts/terminal/exit-code.ts';
import { withoutResult, type State, type Verdict } from '../../../../src/verdict.ts';

const of = (state: State, failure?: Failure, exitCode?: number): Verdict => ({
  ...withoutResult(state, failure),
  exitCode,
});
const exit = (exitCode: number) =>
  of('failed', { code: 'exit-code', exitCode, allowed: undefined }, exitCode);
const timedOut = (exitCode: number) => of('failed', { code: 'timed-out', seconds: 60 }, exitCode);

test.each<[name: string, verdict: Verdict, success: boolean, exitCode: number]>([
  ['succeeded', of('succeeded', undefined, 0), true, 0],
  ['a dry run', of('dry-run'), true, 0],
  ['not waited for', of('running', { code: 'not-waited' }), true, 0],
  ['waited for too long', of('running', { code: 'cancelled' }), false, 254],
  ['exit code 3', exit(3), false, 3],
  ['exit code 255', exit(255), false, 255],
  ['exit code 256, which a shell would take for 0', exit(256), false, 255],
  ['timed out', timedOut(124), false, 124],
  ['timed out and killed', timedOut(137), false, 124],
  ['no variables', of('not-started', { code: 'no-variables' }), false, 125],
  ['lost outputs after 0', of('failed', { code: 'outputs-lost' }, 0), false, 255],
  ['lost outputs after 4', of('failed', { code: 'outputs-lost' }, 4), false, 4],
  ['succeeded, and could not be reported', of('succeeded', undefined, 0), false, 255],
  ['did not run', of('not-started', { code: 'no-id-token' }), false, 125],
  [
    'nobody can tell',
    of('unknown', { code: 'unproven', containerExitCode: undefined }),
    false,
    255,
  ],
])('the exit code at a prompt: %s', (_name, verdict, success, exitCode) => {
  expect(exitCodeOf(verdict, success)).toBe(exitCode);
});
