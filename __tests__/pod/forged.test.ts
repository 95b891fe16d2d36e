import { expect, test } from '@jest/globals';
import { onLinux } from '../tools.ts';
import { lines } from './expect-run.ts';
import { FULL, inEach, runPod } from './run-pod.ts';

/**
 * Writes the script's refusal into the pod's log, makes the script exit with the code of a refusal, and kills every process of
 * it that might say more. The script learns the exit code from a pipe, which is not the log.
 */
const FORGE_REFUSAL = lines(
  'parent() { read -r stat <"/proc/$1/stat"; set -- ${stat##*) }; echo "$2"; }',
  'above=; pid=$PPID; while main=$pid; pid=$(parent "$pid"); [ "$(parent "$pid")" -gt 1 ] && [ -e "/proc/$pid/cwd/.aks-run-command" ]; do above="$above $main"; done',
  'printf "\\n%s refused\\n" "$BOUNDARY" >"/proc/$main/fd/1"',
  'code=; for pid in $above; do for fd in 3 4 5 6 7 8 9; do',
  '  [ "$code" ] || [ ! -p "/proc/$pid/fd/$fd" ] || [ "/proc/$pid/fd/$fd" -ef "/proc/$main/fd/1" ] || code=/proc/$pid/fd/$fd',
  'done; done',
  '[ ! "$code" ] || echo 75 >"$code"',
  'for stat in /proc/[0-9]*; do pid=${stat#/proc/}; [ "$pid" != $$ ] && [ "$pid" != "$main" ] && [ "$stat/cwd" -ef . ] && kill -9 "$pid"; done',
  'exit 75',
);

onLinux(() => {
  inEach(FULL, (on) => {
    test('a command that refuses in the name of the script, after it began, proves nothing', async () => {
      const { logs, exitCode, report } = await runPod(on, { command: FORGE_REFUSAL, shell: 'sh', knowsBoundary: true });
      // All that a refusal needs is forged, but for what cannot be taken back.
      expect(logs.endsWith(' refused\n')).toBe(true);
      expect({ exitCode, report }).toEqual({ exitCode: 75, report: { kind: 'refused', alone: false } });
    });
  });
});
