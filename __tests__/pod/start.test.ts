import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { NO_BOUNDARY_EXIT_CODE, readStream } from '../../src/pod/stream.ts';
import type { Shell } from '../../src/pod/variables.ts';
import { scratch } from '../support/scratch.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { expectRefusal, expectRun } from './expect-run.ts';
import { AKS, image, inEach, runPod, SHELLS, TOOLS, type Image, type Pod } from './run-pod.ts';

/** It has no bash. */
const DASH = image('dash', 'dash');

describe('the shells', () => {
  const script = 'f() { false | true; echo "${BASH_VERSION:+bash} $-"; }; f; false; echo no';
  const rows: readonly (readonly [name: string, on: Image, shell: Shell, output: string])[] = [
    ['unset', AKS, '', 'bash ehB\n'],
    ['bash', AKS, 'bash', ''],
    ['sh', AKS, 'sh', ' e\n'],
    ['unset, no bash', DASH, '', ' e\n'],
  ];
  for (const [name, on, shell, output] of rows) {
    needing(on.needs, () => {
      test(name, () => expectRun(on, { command: script, shell }, { output, exitCode: 1 }));
    });
  }

  needing(AKS.needs, () => {
    test('an environment that traces shells does not show the boundary meanwhile', async () => {
      const container = { SHELLOPTS: 'verbose:xtrace', BASH_XTRACEFD: '1', PS4: '+ ' };
      const { logs, boundary } = await runPod(image('bash', 'bash'), {
        command: 'echo hello',
        container,
      });
      expect(logs.slice(0, logs.indexOf('\nhello\n'))).not.toContain(boundary);
    });

    test('bash reads no startup file', async () => {
      const pod = {
        command: 'shopt -q login_shell || echo "$0"',
        container: { HOME: '/tmp', PS1: 'x' },
      };
      const expected = { output: /\.aks-run-command\/command\.sh\n$/, exitCode: 0 };
      await expectRun(AKS, { ...pod, shell: 'bash' }, expected);
    });
  });
});

inEach([AKS], (on) => {
  test.concurrent('a pod on a busy node runs the command all the same', async () => {
    const edits = [['set -- $(read_output)', 'sleep 1; set -- $(read_output)']] as const;
    await expectRun(on, { command: 'echo ran; exit 3', edits }, { output: 'ran\n', exitCode: 3 });
  });
});

describe('a pod that cannot run the command', () => {
  /** What the script uses. Without one of them, it could lose output. */
  const USED = 'cat date dd head mkfifo mktemp rm sleep tail tee wc'.split(' ');
  const without = (gone: string): Image =>
    image(
      `dash without ${gone}`,
      'dash',
      TOOLS.filter((tool) => tool !== gone),
    );
  const notGnu = image('dash with the tar of busybox', 'dash', [...TOOLS, 'busybox'], {
    tar: `exec ${toolOnPath('busybox')} tar "$@"`,
  });
  const full = image('dash, with a mktemp that fails', 'dash', TOOLS, { mktemp: 'exit 1' });
  const env = '.aks-run-command/env.sh';
  /** `lacks`: what the refusal names. */
  type Row = readonly [name: string, on: Image, pod: Partial<Pod>, lacks: string];
  const rows: readonly Row[] = [
    ['has no tools at all', { ...DASH, sh: '/bin/sh', path: '/nonexistent' }, {}, 'cat'],
    ...USED.map((tool) => [`has no ${tool}`, without(tool), {}, tool] as const),
    ['has no base64 to collect', without('base64'), { collect: ['a'] }, 'base64'],
    ['has no tar to collect', without('tar'), { collect: ['a'] }, 'tar'],
    ['has no folder to write to', full, {}, 'disk'],
    ['has another tar', notGnu, { collect: ['a'] }, 'GNU tar'],
    ['has no bash, which was asked for', DASH, { shell: 'bash' }, 'bash'],
    ['has lost the variables', DASH, { without: [env] }, 'env.sh'],
    ['has lost the command', DASH, { without: ['.aks-run-command/command.sh'] }, 'command.sh'],
    ['starts too late and lacks a tool', without('wc'), { startBy: 1 }, 'wc'],
  ];
  for (const [name, on, pod, lacks] of rows) {
    needing(on.needs, () => {
      test.concurrent(`${name}: nothing runs`, () => expectRefusal(on, pod, { lacks }));
    });
  }

  const rm = `case "$*" in *boundary*) exit 1 ;; esac; exec ${toolOnPath('rm')} "$@"`;
  inEach([image('dash, in a folder that seems read-only', 'dash', TOOLS, { rm })], (on) => {
    test.concurrent('cannot delete the boundary, which the command would find', async () => {
      await expectRefusal(on, {}, { lacks: 'disk' });
    });
  });

  inEach([AKS], (on) => {
    test.concurrent('starts too late', async () => {
      const now = Math.floor(Date.now() / 1000);
      await expectRefusal(on, { startBy: now });
      const pod = { command: 'echo ran', startBy: now + 3600 };
      await expectRun(on, pod, { output: 'ran\n', exitCode: 0 });
    });
  });

  const late = scratch('late');
  inEach(SHELLS, (on) => {
    test.concurrent('starts too late, and cannot even write that to the log', async () => {
      const ran = join(late, on.name);
      const { logs, exitCode } = await runPod(on, {
        command: `echo ran >${ran}`,
        startBy: Math.floor(Date.now() / 1000),
        withoutLog: true,
      });
      expect({ logs, exitCode, hasRun: existsSync(ran) }).toEqual({
        logs: '',
        exitCode: 75,
        hasRun: false,
      });
    });
  });

  needing(DASH.needs, () => {
    test('has no boundary: it prints only the first line, which says whose it is', async () => {
      const { logs, exitCode, report } = await runPod(DASH, {
        without: ['.aks-run-command/boundary'],
        command: 'echo ran',
      });
      expect({ exitCode, report }).toEqual({
        exitCode: NO_BOUNDARY_EXIT_CODE,
        report: { kind: 'not-begun', output: '' },
      });
      expect(readStream(logs)).toEqual({ kind: 'not-begun', output: '' });
    });
  });
});
