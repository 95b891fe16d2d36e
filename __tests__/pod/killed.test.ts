import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { judge } from '../../src/verdict.ts';
import { ID, RESULT } from '../unit/ports.ts';
import { toolOnPath } from '../support/tools.ts';
import { AKS, image, inEach, runPod, runScript, TOOLS } from './run-pod.ts';

/** Functions that the command below does not need: whatever is in them changes nothing. */
const NOT_CALLED =
  /^(?:set_namespace|copy_kubeconfig|end_group|writers|end_writers|show_end)\(\) [^]*?^[})]$/gm;

/** Each line of code that runs, and before which another statement can stand. */
const called = runScript.replaceAll(NOT_CALLED, (text) => text.replaceAll(/.+/g, ''));
const LINES = called.split('\n').flatMap((line, at) => {
  if (/^\s*(?:#|$)/.test(line)) return [];
  const text = runScript.split('\n').toSpliced(at, 0, 'kill -9 $$').join('\n');
  const { status } = spawnSync('sh', ['-n'], { input: text });
  return status === 0 ? [[at, line.trim()] as const] : [];
});

/**
 * What AKS reports as the exit code of a container that is killed, and what it may report by
 * mistake.
 */
const CODES = [137, 0];

inEach([AKS], (on) => {
  test.concurrent.each(LINES)('killed before line %d: %s', async (diesBefore) => {
    const { report, exitCode, logs } = await runPod(on, {
      command: 'echo ran',
      collect: ['*'],
      diesBefore,
    });
    if (report.kind === 'refused') throw new Error('Nothing refused to run it');
    const begun = logs.includes('aks-run-command begin\n');

    for (const code of exitCode === null ? CODES : [exitCode]) {
      const result = { ...RESULT, exitCode: code, logs };
      const ended = {
        kind: 'ended',
        id: ID,
        seconds: undefined,
        mayStartUntil: undefined,
      } as const;
      const ending = { ...ended, result, podReport: report };
      const { state } = judge(ending, { allowedExitCodes: [0], ownCommand: true });
      const whole = report.kind === 'ran' && report.complete && report.exitCode === 0;
      const stateOfRun = whole && code === 0 ? 'succeeded' : 'failed';
      expect({ begun, state }).toEqual({ begun, state: begun ? stateOfRun : 'unknown' });
    }
    if (!logs.includes('aks-run-command start ')) expect(logs).toBe('');
    if (!begun) expect(logs).not.toContain('ran\n');
  });
});

/** A place in the script, and the exit code of a script that cannot start a process there. */
const PLACES = [
  ['what keeps the log', 'keep_log & log', 137],
  ['the command', 'group=$(run_command', 137],
  ['what ends processes left behind', '{ sleep 5; end_writers', 3],
] as const;

inEach([AKS], (on) => {
  test.concurrent.each(PLACES)(
    'a script that cannot start %s has no exit code of its own',
    async (_name, line, expected) => {
      const edits = [[line, `exit 2; ${line}`]] as const;
      const { exitCode, logs } = await runPod(on, { command: 'exit 3', edits });
      expect(exitCode).toBe(expected);
      expect(logs).toContain('aks-run-command begin\n');
    },
  );
});

/** An image whose tool does something else the first, second, or later time that it is used. */
const breaking = (tool: string, time: number, name: string, instead: string) =>
  image(`dash, whose ${tool} ${name} at use ${time}`, 'dash', TOOLS, {
    [tool]: `uses=$(cat "$0.uses"); echo "x$uses" >"$0.uses"
[ "$uses" != ${'x'.repeat(time - 1)} ] || { ${instead}; }
exec ${toolOnPath(tool)} "$@"`,
  });
const killing = (tool: string, time = 1) => breaking(tool, time, 'is killed', 'kill -9 $$');
/** It reads what then reaches neither the log nor `wc`, and is killed. */
const losing = breaking('dd', 1, 'is killed between a read and a write', 'read -r _; kill -9 $$');
/** It counts what it could read, and fails. */
const unreadable = (time: number) =>
  breaking('wc', time, 'cannot read all', 'cat >/dev/null; echo 2; exit 1');

/** More than what is shown at once, so that each tool is used, and `wc` four times. */
const NUMBERS = Array.from({ length: 40_000 }, (_, i) => `${i}\n`).join('');
const TIMES_OF_WC = [1, 2, 3, 4];

inEach(
  [
    ...['dd', 'head', 'tail', 'tee'].map((tool) => killing(tool)),
    losing,
    ...TIMES_OF_WC.flatMap((time) => [killing('wc', time), unreadable(time)]),
  ],
  (on) => {
    test('what is read as whole is whole', async () => {
      const { report } = await runPod(on, {
        command: 'echo a=1 >>"$GITHUB_OUTPUT"; exec cat numbers',
        env: [{ name: 'PATH', value: '/usr/bin:/bin' }],
        files: { numbers: NUMBERS },
      });
      if (report.kind !== 'ran') throw new Error(report.kind);
      const { output, exitCode, complete, outputs } = report;
      const isLost = exitCode === undefined && output.truncated;
      expect(isLost || output.text === NUMBERS).toBe(true);
      expect(!complete || outputs?.text === 'a=1\n').toBe(true);
    });
  },
);

inEach([killing('wc', 2)], (on) => {
  test('files whose size cannot be told are not called too large', async () => {
    const { report } = await runPod(on, { command: 'echo 1 >a', collect: ['a'] });
    expect(report).toMatchObject({
      exitCode: 0,
      complete: true,
      collection: { kind: 'uncollected', because: 'disk' },
    });
  });
});
