import { describe, expect, test } from '@jest/globals';
import { boundaryFile, boundaryOf, hashOf } from '../../../src/pod/boundary.ts';
import { armCommand, podFiles } from '../../../src/pod/script.ts';

describe('what is submitted', () => {
  test('the ARM command, readable where it can be', () => {
    expect(
      armCommand({
        hash: hashOf(boundaryOf('0123456789abcdef0123456789abcdef')),
        startBy: 1_800_000_000,
        timeout: 1800,
        shell: '',
        facts: { GITHUB_REF: 'refs/heads/a b', GITHUB_REPOSITORY: 'o/r' },
      }),
    ).toBe(
      "/bin/sh .aks-run-command/run.sh 6d586386c6b411062c1a1b0608b2c9aaf0caacbf0e37ce901d4b9658f6b79076 1800000000 1800 '' GITHUB_REPOSITORY=o/r 'GITHUB_REF=refs/heads/a b'",
    );
  });

  test('the files, variables for the owner alone', () => {
    const files = podFiles({ script: '1', command: '2\r\n', env: [{ name: 'A', value: "it's\n" }] });
    expect(files.map(({ path, mode, content }) => [path, mode.toString(8), content.toString()])).toEqual([
      ['.aks-run-command/run.sh', '644', '1'],
      ['.aks-run-command/command.sh', '644', '2\r\n'],
      ['.aks-run-command/env.sh', '600', "export A='it'\\''s\n'\n"],
    ]);
    expect(podFiles({ script: '1', command: '2', env: [] }).at(-1)?.content).toHaveLength(0);
  });

  test('what collects, and its patterns, where there are any', () => {
    const given = { script: '1', command: '2', env: [] };
    const paths = (patterns: string[]) =>
      podFiles({ ...given, collect: { script: 'collect it', patterns } })
        .slice(3)
        .map(({ path, mode, content }) => [path, mode.toString(8), content.toString()]);
    expect(paths(['a', 'b *'])).toEqual([
      ['.aks-run-command/collect.sh', '644', 'collect it'],
      ['.aks-run-command/collect', '644', 'a\nb *\n'],
    ]);
    expect(paths([])).toEqual([]);
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
