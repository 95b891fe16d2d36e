import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingPrograms } from '../../../src/report/warnings.ts';
import { needing } from '../../tools.ts';

describe('programs that the pod does not have', () => {
  const SHELLS = [
    ['bash', ['bash', '-e']],
    ['dash', ['dash', '-e']],
    ['busybox', ['busybox', 'sh', '-e']],
  ] as const;
  describe.each(SHELLS)('as %s reports them', (tool, [program, ...args]) => {
    needing([tool], () => {
      test('are found, once each, with their line', () => {
        const script =
          'true\nnope-1 | cat\nfor i in 1 2; do nope-1 || true; done\nx=$(nope_2 || ' +
          'true)\n./nope-3 || true\n';
        const folder = mkdtempSync(path.join(tmpdir(), 'missing-'));
        mkdirSync(path.join(folder, '.aks-run-command'));
        const file = path.join(folder, '.aks-run-command/command.sh');
        writeFileSync(file, script);
        const { stderr, status } = spawnSync(program, [...args, file], { encoding: 'utf8' });
        rmSync(folder, { recursive: true });

        expect(status).toBe(0);
        expect([...missingPrograms(stderr, script)]).toEqual([
          ['nope-1', 2],
          ['nope_2', 4],
        ]);
      });
    });
  });

  const line = '/command-files/.aks-run-command/command.sh: line 1: curl: command not found\n';
  test.each<
    [name: string, output: string, script: string | undefined, programs: readonly string[]]
  >([
    ['of an earlier command, whose text is not known', line, undefined, ['curl']],
    ['on a line that ends as on Windows', line.replace('\n', '\r\n'), 'curl x', ['curl']],
    [
      'not, where the script has no such word: the output quotes another command',
      line,
      'kubectl logs x',
      [],
    ],
    ['not, where the script has no such line', line.replace('line 1', 'line 9'), 'curl x', []],
    [
      'not, of a script that the command calls',
      './deploy.sh: line 1: curl: command not found\n',
      'curl x',
      [],
    ],
    [
      'not, of another shell',
      'bash: line 1: curl: command not found\nsh: 1: curl: not found\n',
      'curl x',
      [],
    ],
    ['not, within a line', `web-1 ${line}`, 'curl x', []],
    ['not, behind a carriage return', `web-1\r${line}`, 'curl x', []],
    ['not, indented', `  ${line}`, 'curl x', []],
    ['not, of a path', line.replace('curl', './curl'), './curl x', []],
    ['not, of a carriage return', line.replace('curl', String.raw`$'\r'`), String.raw`$'\r'`, []],
    ['not, with more behind it', line.replace('found', 'found, trying wget'), 'curl x', []],
  ])('%s', (_name, output, script, programs) => {
    expect([...missingPrograms(`ok\n${output}ok\n`, script).keys()]).toEqual(programs);
  });

  test('at most three', () => {
    const output = [1, 2, 3, 4].map((at) => line.replace('curl', `curl-${at}`)).join('');
    expect([...missingPrograms(output, undefined).keys()]).toEqual(['curl-1', 'curl-2', 'curl-3']);
  });
});
