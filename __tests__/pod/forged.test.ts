import { describe, expect, test } from '@jest/globals';
import { onLinux } from '../tools.ts';
import { lines } from './expect-run.ts';
import { AKS, inEach, runPod } from './run-pod.ts';

/**
 * Writes a refusal in the name of the script wherever the script writes, and then ends as a refusal
 * does.
 */
const FORGE_REFUSAL = lines(
  'read -r _ _ _ script _ </proc/$PPID/stat', // the parent of `timeout`
  'for fd in /proc/$script/fd/*; do ' +
    '[ ! -p "$fd" ] || (printf "\\n%s refused\\n" "$BOUNDARY" >"$fd") || :; done',
  'exit 75',
);
/** The same, and the script is killed, too, so that nothing follows. */
const FORGE_AND_KILL = FORGE_REFUSAL.replace('exit 75', 'kill -9 $script; sleep 1');

describe('a command that found out the boundary', () => {
  onLinux(() => {
    inEach([AKS], (on) => {
      test.each([
        ['refuses in the name of the script', FORGE_REFUSAL, 75],
        ['refuses and kills the script', FORGE_AND_KILL, null],
      ])('%s, which proves nothing: the log says that it began', async (_name, command, ended) => {
        const { exitCode, report } = await runPod(on, {
          command,
          shell: 'sh',
          knowsBoundary: true,
        });
        expect({ exitCode, report }).toEqual({
          exitCode: ended,
          report: { kind: 'refused', alone: false },
        });
      });
    });
  });
});
