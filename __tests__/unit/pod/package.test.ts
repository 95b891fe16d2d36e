import { describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { boundaryFile, boundaryOf, hashOf } from '../../../src/pod/boundary.ts';
import { armCommand, packShipment, podFiles } from '../../../src/pod/package.ts';
import { readFacts, type EnvironmentVariable } from '../../../src/pod/variables.ts';

test('the facts of a run: what the runner has, and two variables that may be empty', () => {
  const runner: Readonly<Record<string, string>> = {
    CI: 'true',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_TOKEN: 'secret',
  };
  expect(readFacts((name) => runner[name])).toEqual({ CI: 'true', GITHUB_ACTIONS: '', GITHUB_REF: 'refs/heads/main' });
});

describe('what is submitted', () => {
  test('nothing of `env` or the command is on the command line, which is readable', () => {
    expect(
      armCommand(hashOf(boundaryOf('0123456789abcdef0123456789abcdef')), {
        startBy: 1_800_000_000,
        timeout: 1800,
        shell: '',
        facts: { GITHUB_REF: 'refs/heads/a b', GITHUB_REPOSITORY: 'o/r' },
      }),
    ).toBe(
      "/bin/sh .aks-run-command/run.sh 6d586386c6b411062c1a1b0608b2c9aaf0caacbf0e37ce901d4b9658f6b79076 1800000000 1800 '' GITHUB_REPOSITORY=o/r 'GITHUB_REF=refs/heads/a b'",
    );
  });

  test('the files, variables for the owner alone, and what collects if there is anything to collect', () => {
    const filesOf = (command: string, env: EnvironmentVariable[], collect: string[]) =>
      podFiles({ command, env, collect }, { podScript: '1', collectScript: 'collect it' }).map(
        ({ path, mode, content }) => [path, mode.toString(8), content.toString()],
      );
    const first = [
      ['.aks-run-command/run.sh', '644', '1'],
      ['.aks-run-command/command.sh', '644', '2\r\n'],
    ];
    expect(filesOf('2\r\n', [], [])).toEqual([...first, ['.aks-run-command/env.sh', '600', '']]);
    expect(filesOf('2\r\n', [{ name: 'A', value: "it's\n" }], ['a', 'b *'])).toEqual([
      ...first,
      ['.aks-run-command/env.sh', '600', "export A='it'\\''s\n'\n"],
      ['.aks-run-command/collect.sh', '644', 'collect it'],
      ['.aks-run-command/collect', '644', 'a\nb *\n'],
    ]);
  });

  test('the boundary, for the owner alone, and as long in the zip whatever it is', () => {
    const boundary = boundaryOf('0123456789abcdef0123456789abcdef');
    expect(boundaryFile(boundary)).toEqual({
      path: '.aks-run-command/boundary',
      mode: 0o600,
      content: Buffer.from(boundary),
      stored: true,
    });
  });

  test.each(['', 'A'.repeat(32), '0'.repeat(31), `${'0'.repeat(32)}\n`])('no boundary of %j', (hex) => {
    expect(() => boundaryOf(hex)).toThrow(RangeError);
  });
});

test('each submission has a boundary of its own, in its zip, and its hash in the command', async () => {
  let drawn = 0;
  const shipment = await packShipment(
    {
      command: 'true',
      env: [],
      collect: [],
      files: { patterns: [], workingDirectory: '', ifNoFilesFound: 'error', includeHidden: false },
    },
    {
      workspace: { gather: () => Promise.resolve([]) },
      podScript: '',
      collectScript: '',
      randomHex: (bytes) => String(++drawn).padStart(2 * bytes, '0'),
    },
    () => undefined,
  );
  const sent = [1, 2, 3].map(() => shipment.address({ startBy: 0, timeout: 60, shell: '', facts: {} }));
  expect(new Set(sent.map(({ boundary }) => boundary)).size).toBe(3);
  for (const { boundary, body } of sent) {
    const zip = new AdmZip(Buffer.from(body.context, 'base64'));
    expect(zip.readAsText('.aks-run-command/boundary')).toBe(boundary);
    expect(body.command).toContain(hashOf(boundary));
  }
});
