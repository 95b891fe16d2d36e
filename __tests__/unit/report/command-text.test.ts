import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingPrograms, namespacesIn } from '../../../src/report/command-text.ts';
import { needing } from '../../tools.ts';

describe('the namespace that a command names', () => {
  const always = { passesNamespace: 'always', namespace: undefined } as const;
  const never = { passesNamespace: 'never', namespace: undefined } as const;
  const shop = { ...always, namespace: 'shop' };
  test.each<[string, string, ReturnType<typeof namespacesIn>]>([
    ['by its short option', 'kubectl -n shop get pods', shop],
    ['in one word', 'kubectl get pods -nshop', shop],
    ['by its long option', 'helm list --namespace shop', shop],
    ['with an equals sign', 'kubectl get pods --namespace=shop && helm list -n=shop', shop],
    ['in quotes', `kubectl get pods -n 'shop'; helm list --namespace="shop"`, shop],
    [
      'in a script',
      'set -e\nif kubectl -n shop get deploy web; then\n  helm -n shop list | cat\nfi',
      shop,
    ],
    ['on a continued line', 'helm upgrade --install web ./chart \\\n  --namespace shop', shop],
    ['of a program by its path', '/usr/local/bin/kubectl get pods -n shop', shop],
    [
      'in a substitution',
      'x=$(kubectl -n shop get pods)\necho "$(kubectl -n shop get pods)"',
      shop,
    ],
    ['in a substitution in double quotes', 'echo "$(kubectl -n shop get pods)"', shop],
    ['through xargs', 'cat names | xargs -n 1 kubectl -n shop delete', shop],
    ['beside a string that looks like an end', `kubectl get pods -l 'a in (b;c)' -n shop`, shop],
    [
      'in some calls only',
      'kubectl get nodes\nkubectl -n shop get pods',
      { passesNamespace: 'sometimes', namespace: 'shop' },
    ],
    ['but two', 'kubectl -n shop get pods; kubectl -n web get pods', always],
    ['as a variable', 'kubectl -n "$NS" get pods', always],
    ['in a variable of its own', 'kubectl --namespace=$NS get pods', always],
    ['without a value', 'kubectl get pods -n', always],
    ['all of them', 'kubectl get pods -A; helm list --all-namespaces', always],
    ['not at all', 'kubectl get pods', never],
    ['not, but another option of that name', 'kubectl logs web --names', never],
    ['not, in a command without kubectl', './deploy.sh -n shop\nsed -n 5p a\n[ -n "$X" ]', never],
    ['not, behind --', 'kubectl exec web -- sed -n 5p a', never],
    ['not, in a comment', 'kubectl get pods # -n shop\n# kubectl -n shop', never],
    ['not, in what it prints', 'echo kubectl -n shop\nkubectl get pods', never],
    ['not, in a string', `echo 'kubectl -n shop get pods'\nkubectl get pods`, never],
    ['not, in a string in double quotes', 'kubectl get pods -l "a; kubectl -n shop"', never],
    ['not, in the next command', 'kubectl get pods; grep -n shop a', never],
    ['not, in no command', '', never],
  ])('%s', (_name, script, namespaces) => {
    expect(namespacesIn(script)).toEqual(namespaces);
  });
});

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
