import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MARKS, type Mark } from '../../src/pod/sections.ts';
import { onLinux } from '../support/tools.ts';
import { lines, sent } from './expect-run.ts';
import { AKS, inEach, runPod, runScript, type Pod } from './run-pod.ts';

/** Each line of the script that begins with the boundary: a run that has it, and what is read. */
const LINES: Readonly<Record<Mark, readonly [pod: Pod, report: object]>> = {
  refused: [
    { command: 'true', startBy: 1 },
    { kind: 'refused', alone: true },
  ],
  lacks: [
    { command: 'true', without: ['.aks-run-command/env.sh'] },
    { kind: 'refused', alone: true, lacks: 'env.sh' },
  ],
  gap: [
    { command: 'head -c 520193 /dev/zero | tr "\\0" " "' },
    { output: { truncated: true, missingBytes: 1 } },
  ],
  exit: [{ command: 'exit 3' }, { exitCode: 3 }],
  'timed-out': [
    { command: 'sleep 600', timeout: 1 },
    { exitCode: 124, timedOutAfter: 1 },
  ],
  'left-behind': [
    {
      command: 'sleep 600 & until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done',
      edits: [['{ sleep 5;', '{ sleep 0;']],
    },
    { leftBehind: ['sleep'] },
  ],
  outputs: [{ command: 'echo a=1 >>"$GITHUB_OUTPUT"' }, { outputs: sent('a=1\n') }],
  summary: [{ command: 'echo "# Hi" >>"$GITHUB_STEP_SUMMARY"' }, { summary: sent('# Hi\n') }],
  collected: [
    { command: 'echo 1 >a', collect: ['a', 'b'] },
    { collection: { text: expect.stringMatching(/^= a\n[A-Za-z0-9+/=\n]+\n\? b\n$/) } },
  ],
  uncollected: [
    { command: 'truncate -s 400000 a', collect: ['a'] },
    { collection: { kind: 'uncollected', because: 'size' } },
  ],
  end: [{ command: 'true' }, { complete: true }],
};

onLinux(() => {
  inEach([AKS], (on) => {
    test.concurrent.each(MARKS)('the mark %s', async (mark) => {
      const [pod, expected] = LINES[mark];
      const { report, logs, boundary } = await runPod(on, pod);
      expect(report).toMatchObject(expected);
      expect(logs).toContain(`\n${boundary} ${mark}`);
    });
  });
});

test('the script prints no other marks than those that the reader knows', () => {
  const printed = runScript.matchAll(/\b(?:mark|refuse|send) ([a-z-]+)/g);
  const marks = new Set(Array.from(printed, ([, mark]) => mark));
  expect([...marks].sort()).toEqual([...MARKS].sort());
});

test.each(MARKS)('the mark %s is read, and explained at the top of the script', (mark) => {
  const [reader, outputReader] = ['stream', 'output'].map((name) =>
    readFileSync(new URL(`../../src/pod/${name}.ts`, import.meta.url), 'utf8'),
  );
  expect(`${reader}${outputReader}`).toContain(`'${mark}'`);
  const [head = ''] = runScript.split('\nexec ');
  expect(head).toMatch(new RegExp(`^#.*(?:BOUNDARY |\`)${mark}\\b`, 'm'));
});

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
