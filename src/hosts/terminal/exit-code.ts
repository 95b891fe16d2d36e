import type { Verdict } from '../../verdict.ts';

/**
 * Exit codes for anything but the command's own end: those of `timeout` and `docker run`, and two
 * more.
 */
export const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 } as const;

/**
 * The exit code at a prompt: the command's own if it ended.
 *
 * @param success whether the verdict is the one that the user wants, and everything arrived
 */
export function exitCodeOf(
  { state, problems, exitCode = 0 }: Pick<Verdict, 'state' | 'problems' | 'exitCode'>,
  success: boolean,
): number {
  if (success) return 0;
  switch (state) {
    case 'not-started':
      return EXIT.didNotRun;
    case 'running':
      return EXIT.keepsRunning;
    case 'unknown':
    case 'dry-run':
      return EXIT.unknown;
    case 'succeeded':
    case 'failed':
      if (problems[0]?.code === 'timed-out') return EXIT.timedOut;
      // It ended with 0, but what it handed over is unusable. A shell sees only the last eight bits.
      return exitCode % 256 === 0 ? EXIT.unknown : exitCode;
  }
}
