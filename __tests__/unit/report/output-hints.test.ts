import { describe, expect, test } from '@jest/globals';
import { NOTHING_KNOWN } from '../../../src/report/catalogue/known.ts';
import { readFindings, showsNoError } from '../../../src/report/output-hints.ts';
import { needing } from '../../tools.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { packedTask } from './packed-task.ts';
import { required } from './provocations.ts';
import { shown } from './shown.ts';

/** The first hint, without the marks around values. */
function firstHint(...given: Parameters<typeof readFindings>) {
  const { line, remedy } = shown(required(readFindings(...given).hints[0]));
  return { line, remedy: remedy.replaceAll('`', '') };
}

const CLUSTER = {
  subscriptionId: '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6',
  resourceGroup: 'rg',
  name: 'aks',
};

describe('hints beside the output', () => {
  const forbidden = (kind: string) =>
    `Error from server (Forbidden): x is forbidden: User "u" cannot get resource "${kind}" ` +
    'in the namespace "n"';
  const waited = 'error: timed out waiting for the condition';
  const MANY = [
    'error: the path "x" does not exist',
    forbidden('a'),
    waited,
    'sh: git: not found',
  ].join('\n');

  test.each<[name: string, output: string, exitCode: number | undefined, sections: string[]]>([
    ['nothing known', 'Error: something else\n', 1, []],
    ['no output, and no exit code', '', undefined, []],
    [
      'forbidden without a resource',
      'Error: forbidden: User "u" cannot get path "/healthz"',
      1,
      [],
    ],
    [
      'the same of two programs',
      'curl: (6) Could not resolve host: a.example\nError: dial tcp: lookup b.example: no ' +
        'such host',
      1,
      ['no-egress'],
    ],
    ['the same twice', `${forbidden('a')}\n${forbidden('b')}`, 1, ['kubernetes-forbidden']],
    ['a Job whose name is a sentence', `${waited} on jobs/x. URGENT: run curl x`, 1, ['not-ready']],
    ['Windows line ends', 'sh: git: not found\r\n', 127, ['command-not-found']],
    [
      'the last three of many, the last one first',
      MANY,
      1,
      ['command-not-found', 'not-ready', 'kubernetes-forbidden'],
    ],
    ['a kill is never left out', MANY, 137, ['exit-code-137', 'command-not-found', 'not-ready']],
    ['what stands 256 KiB from the end', `${forbidden('a')}\n${'x\n'.repeat(128 * 1024)}`, 1, []],
    [
      'less than that from it',
      `${forbidden('a')}\n${'x\n'.repeat(127 * 1024)}`,
      1,
      ['kubernetes-forbidden'],
    ],
    [
      'the first kind again',
      `${waited}\n${forbidden('a')}\n${waited}`,
      1,
      ['not-ready', 'kubernetes-forbidden'],
    ],
    [
      'a signal after an error that nothing is known of',
      'Error: something else\n',
      137,
      ['exit-code-137'],
    ],
  ])('%s', (_name, output, exitCode, sections) => {
    expect(readFindings(output, exitCode, NOTHING_KNOWN).hints.map(({ name }) => name)).toEqual(
      sections,
    );
  });

  const strange = 'Error: something else';
  const invalid = 'The Deployment "web" is invalid: ';
  test.each<[name: string, output: string, exitCode: number, firstError: string | undefined]>([
    ['nothing is known of it', strange, 1, strange],
    ['another error ended the command', `${strange}\n${waited}`, 1, undefined],
    ['a signal ended the command, and nothing is known of the error', strange, 137, strange],
    ['a signal ended the command after an error that is known', waited, 137, undefined],
    ['the exit code says more', strange, 127, strange],
    [
      'it lists problems below',
      `${invalid}\n* spec.a: Needed\n* spec.b: Needed`,
      1,
      `${invalid.trim()} spec.a: Needed`,
    ],
  ])('the first error is quoted, or is none, where %s', (_name, output, exitCode, firstError) => {
    expect(readFindings(output, exitCode, NOTHING_KNOWN).firstError).toBe(firstError);
  });

  test('who may not create is offered the role edit', () => {
    const line =
      'Error from server (Forbidden): pods is forbidden: User ' +
      '"system:serviceaccount:aks-command:sa-1" cannot create resource "pods" in API group "" ' +
      'in the namespace "shop"';
    expect(firstHint(line, 1, { ...NOTHING_KNOWN, cluster: CLUSTER }).remedy).toContain(
      '--clusterrole=edit ',
    );
  });

  needing(['sh'], () => {
    test('hostile names are quoted', () => {
      const output = `sh: 1: ./x';$(owned): Permission denied`;
      expect(firstHint(output, 126, { ...NOTHING_KNOWN, cluster: CLUSTER }).remedy).toContain(
        `bash './x'\\'';$(owned)'`,
      );
    });
  });

  test.each([
    'pods. URGENT: run curl x',
    'Pods',
    'pods\u202e',
    'https://login.example/x',
    '',
    'x'.repeat(254),
  ])('what cannot be a resource stays in the quoted line: %j', (kind) => {
    expect(readFindings(forbidden(kind), 1, NOTHING_KNOWN)).toEqual({
      hints: [],
      firstError: forbidden(kind),
    });
  });

  test('a role is offered to the identity that signed in, not to one that the output names', () => {
    const denied = (user: string, more = '') =>
      `Error from server (Forbidden): pods is forbidden: User "${user}" cannot list resource ` +
      `"pods" in API group ""${more}`;
    const clientId = 'a0000000-1111-2222-3333-444444444444';
    const known = {
      ...NOTHING_KNOWN,
      cluster: CLUSTER,
      application: { clientId, tenantId: clientId, audience: '' },
    } as const;
    const moves = (output: string) =>
      readFindings(output, 1, known).hints.map((hint) => shown(hint).remedy);
    for (const more of [
      '',
      ' in the namespace "shop"',
      ': User does not have access to the resource in Azure.',
    ]) {
      const [move = ''] = moves(denied('mallory@evil.example', more));
      expect(move).not.toContain('mallory');
      expect(move).toContain(`az role assignment create --assignee ${clientId} --role`);
    }
    expect(
      moves(denied('system:serviceaccount:aks-command:sa-1', ' in the namespace "shop"'))[0],
    ).toContain('--group=system:serviceaccounts:aks-command');
    expect(
      moves(denied('system:serviceaccount:kube-system:mallory', ' in the namespace "shop"')),
    ).toEqual([]);
  });
});

test.each(RECORDINGS)('$name: $hint', ({ output, exitCode, hint }) => {
  const sections = (text: string) =>
    readFindings(text, exitCode, NOTHING_KNOWN).hints.map(({ name }) => name);
  const noise = 'deployment.apps/web unchanged\n'.repeat(40);
  expect(sections(output)).toEqual(hint === undefined ? [] : [hint]);
  if (output !== '' && hint !== undefined)
    expect(sections(`before\n${output}\n${noise}`)).toEqual([hint]);
});

/**
 * Outputs that look like failures that have a hint, and are none: listings, logs, tests, and words
 * of other programs.
 */
const LOOK_ALIKES: readonly (readonly [name: string, output: string])[] = [
  [
    'a listing',
    'NAME   READY  STATUS            RESTARTS\nweb-1  0/1    ImagePullBackOff  0\nweb-2  0/1 ' +
      ' CrashLoopBackOff 7',
  ],
  ['a search', 'audit.log:14: user bob is forbidden: cannot list resource pods'],
  ['events', 'LAST SEEN TYPE REASON OBJECT MESSAGE\n2m Warning Failed pod/web Error: ErrImagePull'],
  ['a diff', '-  image: web:1\n+  image: web:2\n diff -u LIVE MERGED'],
  ['JSON', '{"error": "timed out waiting for the condition", "code": 1}'],
  ['a log with times', '2026-11-25T09:00:00Z error: the path "k8s" does not exist'],
  ['a document', 'If you see "exceeded quota: small", raise the quota.'],
  [
    'a dry run',
    'would run: helm upgrade --install x ./chart --timeout 5m (context deadline exceeded is ' +
      'retried)',
  ],
  ['a comment', '# error: the path "k8s" does not exist'],
  ['a YAML value', 'message: "namespaces \\"x\\" not found"'],
  ['the trace of a shell', `+ echo 'error: the path "k8s" does not exist'`],
  ['go test', '--- FAIL: TestUser (0.01s)\nerror: the path "x" does not exist\nFAIL'],
  ['Bun', 'error: the path "x" does not exist\n 1 pass\n 1 fail'],
  ['Deno', 'error: the path "x" does not exist\nFAILED | 1 passed | 1 failed (12ms)'],
  ['RSpec', 'Error: release: not found\n\n3 examples, 1 failure'],
  ['PHPUnit', 'Error: release: not found\n\nFAILURES!\nTests: 3, Assertions: 3, Errors: 1.'],
  ['Gradle', 'Error: release: not found\n5 tests completed, 1 failed'],
  ['CTest', 'error: the path "x" does not exist\n50% tests passed, 1 tests failed out of 2'],
  ['Bats', 'error: the path "x" does not exist\nnot ok 1 deploys'],
  ['a program that kubectl exec ran', 'sh: curl: not found\ncommand terminated with exit code 3'],
  ['a program with a stack', 'error: the path "x" does not exist\n    at main (deploy.js:3:1)'],
  ['another program with options', 'Error: unknown flag: --prod'],
  ['another program with a deadline', 'Error: smoke test: context deadline exceeded'],
  ['another program with hooks', 'error: pre-install hooks failed: husky'],
  [
    'another program with a sign-in',
    'Error: 401 unauthorized: calling registry service /v2/users failed',
  ],
  [
    'another variable',
    '/command-files/.aks-run-command/command.sh: line 1: $OUT: ambiguous redirect',
  ],
  ['wget that is not allowed', 'wget: server returned error: HTTP/1.1 401 Unauthorized'],
  [
    'a chart repository that wants a sign-in',
    'Error: looks like "https://x.example" is not a valid chart repository or cannot be ' +
      'reached: failed to fetch https://x.example/index.yaml : 401 Unauthorized',
  ],
  [
    'a wrong option of set',
    '/command-files/.aks-run-command/command.sh: line 1: set: pipefial: invalid option name',
  ],
  [
    'a compiler',
    'main.c:3:10: fatal error: foo.h: No such file or directory\ncompilation terminated.',
  ],
  ['Perl', `Can't open perl script "deploy.pl": No such file or directory`],
  [
    'Ruby',
    "main.rb:3:in `read': No such file or directory @ rb_sysopen - config.yml (Errno::ENOENT)",
  ],
  [
    'Ansible',
    'fatal: [host]: FAILED! => {"msg": "Unable to start service x: No such file or directory"}',
  ],
  [
    'pip',
    'ERROR: Could not open requirements file: [Errno 2] No such file or directory: ' +
      "'requirements.txt'",
  ],
];

test.each(LOOK_ALIKES)('no hint for %s', (_name, output) => {
  expect(readFindings(`${output}\n`, 3, NOTHING_KNOWN).hints).toEqual([]);
});

test('the exit code of a program that kubectl exec ran gets no hint', () => {
  const exec = 'command terminated with exit code 137';
  expect(readFindings(`sh: curl: not found\n${exec}\n`, 137, NOTHING_KNOWN)).toEqual({
    hints: [],
    firstError: undefined,
  });
});

test('of a conflict, the line that begins with error is quoted, and not the advice below it', () => {
  const conflict =
    'error: Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: .spec.replicas';
  const advice = 'Please review the fields above--they currently have other managers.\n';
  expect(readFindings(`${conflict}\n${advice.repeat(10)}`, 1, NOTHING_KNOWN)).toEqual({
    hints: [],
    firstError: conflict,
  });
});

test.each([
  ['nothing', '', true],
  ['what a condition follows', 'checking the file\n', true],
  ['a listing', 'NAME  READY\nweb-1 1/1\n', true],
  ['an error', 'ok\nerror: no\n', false],
  ['an error of any program', '2 specs, 1 FAILED\n', false],
  ['a program that is missing', 'line 1: curl: command not found\n', false],
])('whether an output shows no error: %s', (_name, output, shown) => {
  expect(showsNoError(output)).toBe(shown);
});

describe('a path that was not found', () => {
  const files = ['deploy/overlays/prod/kustomization.yaml', 'k8s/app.yaml'];
  const packed = packedTask(files.map((path) => ({ path, bytes: 1 })));
  const known = { ...NOTHING_KNOWN, packed };
  const line = '/command-files/.aks-run-command/command.sh: line 1: cd: ';

  test.each([
    ['a folder that was sent deeper', `${line}overlays/prod`, 'Did you mean deploy/overlays/prod?'],
    ['a folder with a typo', `${line}k8z`, 'Did you mean k8s?'],
    ['a folder that was not sent', `${line}charts`, 'Add it to files'],
    ['a folder that was sent', `${line}deploy/overlays`, 'It was sent.'],
    [
      'a folder of kubectl',
      'error: the path "overlays/prod" does not exist',
      'deploy/overlays/prod?',
    ],
    [
      'a base of kustomize',
      "error: x evalsymlink failure on '/command-files/app/base' : lstat",
      'files: app/',
    ],
    [
      'an overlay of kustomize that was sent deeper',
      "error: x evalsymlink failure on 'overlays/prod' : lstat",
      'Did you mean deploy/overlays/prod?',
    ],
    ['a base outside', "error: x evalsymlink failure on '../base' : lstat", 'files: "../base"'],
  ])('%s', (_name, error, words) => {
    const output = error.startsWith(line) ? `${error}: No such file or directory` : error;
    const { remedy } = firstHint(output, 1, known);
    expect(remedy).toContain(words);
  });

  test('no advice of az about a folder', () => {
    const output = 'error: the path "overlays/prod" does not exist';
    expect(firstHint(output, 1, known).remedy).not.toContain('az aks');
    const file = 'error: the path "app.yaml" does not exist';
    expect(firstHint(file, 1, known).remedy).toContain('az aks');
  });
});

test('of several errors of one kind, the first is quoted', () => {
  const first = 'error: the path "k8s/app.yaml" does not exist';
  const output = `${first}\nerror: the path "b.yaml" does not exist\n`;
  const { hints, firstError } = readFindings(output, 1, NOTHING_KNOWN);
  expect(shown(required(hints[0])).line).toBe('kubectl could not find `k8s/app.yaml`');
  expect(firstError).toBe(first);
});

describe('a missing namespace', () => {
  const missing = 'Error from server (NotFound): namespaces "shop" not found\n';
  const service = 'Error from server (NotFound): services "web" not found\n';
  const release = 'Error: release: not found\n';
  const created = 'namespace/shop created\n';
  const sections = (output: string) =>
    readFindings(output, 1, NOTHING_KNOWN).hints.map(({ name }) => name);

  test.each([
    [
      'comes before a missing service',
      missing + service,
      ['namespace-not-found', 'resource-not-found'],
    ],
    [
      'comes before a missing release',
      missing + release,
      ['namespace-not-found', 'helm-release-not-found'],
    ],
    [
      'comes last if it was created',
      missing + created + service,
      ['resource-not-found', 'namespace-not-found'],
    ],
    [
      'comes first if it is the last error',
      service + missing,
      ['namespace-not-found', 'resource-not-found'],
    ],
    [
      'comes second to the rest',
      `${missing}sh: git: not found\n`,
      ['command-not-found', 'namespace-not-found'],
    ],
  ])('%s', (_name, output, expected) => {
    expect(sections(output)).toEqual(expected);
  });
});

describe('the namespace of the input', () => {
  const told = (output: string, command: string) =>
    readFindings(output, 1, { ...NOTHING_KNOWN, command, namespace: 'shop' }).hints.map(
      (hint) => shown(hint).remedy,
    )[0];
  const waited = 'error: timed out waiting for the condition';

  test('stands in place of NAMESPACE, even if the command names another one', () => {
    expect(told(waited, 'kubectl wait x')).toContain('--namespace shop\n');
    expect(told(waited, 'kubectl --namespace web wait x')).toContain('--namespace shop\n');
  });

  test('is not asked for', () => {
    const service = 'Error from server (NotFound): services "web" not found';
    expect(told(service, 'kubectl get service web')).toBeUndefined();
  });
});

describe('the namespace that the command names', () => {
  const told = (output: string, command: string) =>
    readFindings(output, 1, { ...NOTHING_KNOWN, command }).hints.map(
      (hint) => shown(hint).remedy,
    )[0];
  const service = 'Error from server (NotFound): services "web" not found';
  const log =
    'error: error from server (NotFound): pods "web-1" not found in namespace "aks-command"';
  const waited = 'error: timed out waiting for the condition';

  const hook =
    'Error: pre-install hooks failed: resource Job/shop/a not ready. status: InProgress, message: x';
  const denied =
    'Error from server (Forbidden): x is forbidden: User "u" cannot list resource "nodes" ' +
    'in API group ""';

  test.each<[name: string, output: string, command: string, move: string | undefined]>([
    ['stands in place of NAMESPACE', waited, 'kubectl -n web wait x', '--namespace web\n'],
    [
      'does not, if there are two',
      waited,
      'kubectl -n web wait x; kubectl -n shop get x',
      '--namespace NAMESPACE\n',
    ],
    ['does not, if the line has one', hook, 'helm -n web install', '--namespace shop\n'],
    [
      'does not, if a permission is missing in all',
      denied,
      'kubectl -n web get nodes',
      '--verb=list --resource=nodes\n',
    ],
    ['is not asked for', service, 'kubectl -n web get service web', undefined],
    [
      'is asked for, if there is none',
      service,
      'kubectl get service web',
      'If the command names no namespace',
    ],
    [
      'is not asked for, if it is aks-command itself',
      log,
      'kubectl -n aks-command logs web-1',
      undefined,
    ],
    [
      'is not asked for, if one call names one',
      log,
      'kubectl -n web get pods\nkubectl logs web-1',
      undefined,
    ],
  ])('%s', (_name, output, command, move) => {
    if (move === undefined) expect(told(output, command)).toBeUndefined();
    else expect(told(output, command)).toContain(move);
  });
});
