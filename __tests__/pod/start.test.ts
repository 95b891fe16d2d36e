import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Shell } from '../../src/pod/shell.ts';
import { needing } from '../tools.ts';
import { expectRun, type Ran } from './expect-run.ts';
import { COMMON, FULL, POOR, image, inEach, runPod, type Image } from './run-pod.ts';

const SCRIPT = fileURLToPath(new URL('../../src/pod/pod-script.sh', import.meta.url));
const [DASH] = FULL;
const [, , , NOTHING] = POOR;

describe('the text', () => {
  needing(['shellcheck'], () => {
    test('passes shellcheck', () => {
      execFileSync('shellcheck', ['-s', 'sh', SCRIPT]);
    });
  });
});

describe('the shells', () => {
  const script = 'f() { false | true; echo "${BASH_VERSION:+bash} $-"; }; f; false; echo no';
  const both = image('dash and bash', 'dash', [...COMMON, 'bash']);
  const rows: { name: string; on: Image; shell: Shell; command?: string; expected: Ran }[] = [
    { name: 'unset', on: both, shell: '', expected: { output: 'bash ehB\n', exitCode: 1 } },
    { name: 'bash', on: both, shell: 'bash', expected: { output: '', exitCode: 1 } },
    { name: 'sh', on: both, shell: 'sh', expected: { output: ' e\n', exitCode: 1 } },
    { name: 'unset, no bash', on: DASH, shell: '', expected: { output: ' e\n', exitCode: 1 } },
    { name: 'bash, none there', on: DASH, shell: 'bash', expected: { output: '', exitCode: 127, noBash: true } },
    {
      name: 'bash, none in a poor pod',
      on: NOTHING,
      shell: 'bash',
      expected: { output: '', exitCode: 127, noBash: true },
    },
  ];
  for (const { name, on, shell, expected } of rows) {
    needing(on.needs, () => {
      test(name, () => expectRun(on, { command: script, shell }, expected));
    });
  }

  needing(both.needs, () => {
    test('an environment that traces every shell to its output does not show the boundary while the command runs', async () => {
      const container = { SHELLOPTS: 'verbose:xtrace', BASH_XTRACEFD: '1', PS4: '+ ' };
      const { logs, boundary } = await runPod(image('bash alone', 'bash', COMMON), {
        command: 'echo hello',
        container,
      });
      expect(logs.slice(0, logs.indexOf('\nhello\n'))).not.toContain(boundary);
    });

    test('bash reads no startup file', async () => {
      const container = { HOME: '/tmp', PS1: 'x' };
      await expectRun(
        both,
        { command: 'shopt -q login_shell || echo "$0"', shell: 'bash', container },
        {
          output: /\.aks-run-command\/command\.sh\n$/,
          exitCode: 0,
        },
      );
    });
  });
});

describe('a start-by time', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  const clocks: Image[] = [
    image('date', 'dash', ['date']),
    image("busybox's date", 'busybox', ['busybox:date']),
    image("bash's printf", 'bash', ['bash']),
    image('mawk', 'dash', ['mawk:awk']),
    image("busybox's awk", 'busybox', ['busybox:awk']),
  ];
  inEach(clocks, (on) => {
    test('refused at it', async () => {
      const { report, exitCode } = await runPod(on, { command: 'echo ran', startBy: now() });
      expect({ report, exitCode }).toEqual({ report: { kind: 'refused', alone: true }, exitCode: 75 });
    });
    test('not before it', async () => {
      await expectRun(on, { command: 'echo ran', startBy: now() + 60 }, { output: 'ran\n', exitCode: 0 });
    });
  });
  test('without any clock it runs', async () => {
    await expectRun(NOTHING, { command: 'echo ran', startBy: 1 }, { output: 'ran\n', exitCode: 0 });
  });
});
