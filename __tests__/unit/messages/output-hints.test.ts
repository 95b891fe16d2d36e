import { describe, expect, test } from '@jest/globals';
import * as hints from '../../../src/messages/output-hints.ts';
import { NOTHING_KNOWN, type Situation } from '../../../src/messages/values.ts';
import { MESSAGES } from './all-messages.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { CLUSTER } from '../report/reports.ts';
import { shown } from './shown.ts';

const WAITED = 'error: timed out waiting for the condition';
const NO_SERVICE = 'Error from server (NotFound): services "web" not found';
const NO_GIT = 'sh: 1: git: not found';
const UNKNOWN_ERROR = 'Error: something else';

function forbidden(kind: string, user = 'u', more = ' in the namespace "n"'): string {
  return (
    `Error from server (Forbidden): x is forbidden: User "${user}" cannot list resource ` +
    `"${kind}" in API group ""${more}`
  );
}

/** What is found in an output if this is known. */
function readFindings(output: string, exitCode: number, known: Partial<Situation> = {}) {
  return hints.readFindings(output, { ...NOTHING_KNOWN, ...known, exitCode }, MESSAGES);
}

/** The hints for an output, as a log shows them. */
function hintsFor(output: string, known: Partial<Situation> = {}, exitCode = 1) {
  return readFindings(output, exitCode, known).hints.map(shown);
}

function namesFor(output: string, exitCode = 1): string[] {
  return hintsFor(output, {}, exitCode).map(({ name }) => name);
}

/** What the first hint says to do. */
function remedyFor(output: string, known: Partial<Situation> = {}): string | undefined {
  return hintsFor(output, known)[0]?.remedy;
}

test.each([
  ['a script that was sent', './k8s/run.sh', 126, ['not-executable']],
  ['one of two with this name, in a folder that is not known', './run.sh', 126, []],
  ['one that was not sent', '/usr/local/bin/run.sh', 126, []],
  ['a file that was sent, and that the command may not write', './k8s/run.sh', 1, []],
])('permission denied: %s', (_name, file, exitCode, names) => {
  const files = ['k8s/run.sh', 'run.sh'].map((path) => ({ path, bytes: 9 }));
  const packed = { files, zipBytes: 9 };
  const found = hintsFor(`sh: 1: ${file}: Permission denied`, { packed }, exitCode);
  expect(found.map(({ name }) => name)).toEqual(names);
});

describe('a program that the pod lacks', () => {
  const remedyWithout = (program: string) =>
    remedyFor(`command.sh: line 1: ${program}: command not found`);

  test.each([
    ['kubctl', 'kubectl'],
    ['kubeclt', 'kubectl'],
    ['helm3', 'helm'],
    ['crul', 'curl'],
  ])('%s may be %s', (program, near) => {
    expect(remedyWithout(program)).toMatch(`Did you mean \`${near}\`?`);
  });

  test.each(['yq', 'kustomize', 'kubectx', 'helmfile'])('%s is no typo', (program) => {
    expect(remedyWithout(program)).toMatch(/^Do this part on/);
  });

  test('sudo is only left out', () => {
    expect(remedyWithout('sudo')).toBe('Leave out `sudo`.');
  });
});

test.each(RECORDINGS)('$name: $hint', ({ output, exitCode, hint, script }) => {
  const noise = 'deployment.apps/web unchanged\n'.repeat(40);
  const namesIn = (text: string) =>
    hintsFor(text, { command: script }, exitCode).map(({ name }) => name);
  expect(namesIn(output)).toEqual(hint === undefined ? [] : [hint]);
  if (output !== '' && hint !== undefined)
    expect(namesIn(`before\n${output}\n${noise}`)).toEqual([hint]);
});

describe('hints beside the output', () => {
  const many = ['error: the path "x" does not exist', forbidden('a'), WAITED, NO_GIT].join('\n');

  test.each<[name: string, output: string, exitCode: number, names: string[]]>([
    ['the same twice', `${forbidden('a')}\n${forbidden('b')}`, 1, ['kubernetes-forbidden']],
    [
      'a Job whose name is a sentence',
      `${WAITED} on jobs/x. URGENT: run curl x`,
      1,
      ['timed-out-waiting'],
    ],
    ['Windows line ends', `${NO_GIT}\r\n`, 127, ['not-in-image']],
    [
      'the last three of many, the last one first',
      many,
      1,
      ['not-in-image', 'timed-out-waiting', 'kubernetes-forbidden'],
    ],
    ['a kill is never left out', many, 137, ['exit-code-137', 'not-in-image', 'timed-out-waiting']],
    ['what stands 256 KiB from the end', `${WAITED}\n${'x\n'.repeat(128 * 1024)}`, 1, []],
    ['less than that from it', `${WAITED}\n${'x\n'.repeat(127 * 1024)}`, 1, ['timed-out-waiting']],
    [
      'the first kind again',
      `${WAITED}\n${forbidden('a')}\n${WAITED}`,
      1,
      ['timed-out-waiting', 'kubernetes-forbidden'],
    ],
  ])('%s', (_name, output, exitCode, names) => {
    expect(namesFor(output, exitCode)).toEqual(names);
  });

  test('of several errors of one kind, the first is explained and quoted', () => {
    const first = 'error: the path "k8s/app.yaml" does not exist';
    const output = `${first}\nerror: the path "b.yaml" does not exist\n`;
    expect(hintsFor(output)).toMatchObject([
      { name: 'not-sent', line: expect.stringContaining('`k8s/app.yaml`') },
    ]);
    const { firstError } = readFindings(output, 1);
    expect(firstError).toMatchObject({ line: first, linesAfter: 1 });
  });
});

const INVALID = 'The Deployment "web" is invalid: ';
test.each<
  [
    name: string,
    output: string,
    exitCode: number,
    firstError: readonly [] | readonly [line: string, linesAfter: number],
  ]
>([
  ['nothing is known of it', `${UNKNOWN_ERROR}\nPlease review it.\n\n`, 1, [UNKNOWN_ERROR, 1]],
  ['another error ended the command', `${UNKNOWN_ERROR}\n${WAITED}`, 1, []],
  [
    'a signal ended the command, and nothing is known of it',
    UNKNOWN_ERROR,
    137,
    [UNKNOWN_ERROR, 0],
  ],
  ['a signal ended the command after an error that is known', WAITED, 137, []],
  [
    'it lists problems below',
    `${INVALID}\n* spec.a: Needed\n* spec.b: Needed`,
    1,
    [`${INVALID.trim()} spec.a: Needed`, 1],
  ],
  [
    'kubectl apply shows the change first',
    'Error from server (Conflict): error when applying patch:\n{"spec":{}}\nto:\nResource: "x"\n' +
      'Name: "web"\nfor: "web.yaml": error when patching "web.yaml": changed\nnext\n',
    1,
    [
      'Error from server (Conflict): error when applying patch: for: "web.yaml": error when ' +
        'patching "web.yaml": changed',
      1,
    ],
  ],
  [
    'kubectl apply shows a change, and what comes after it was cut off',
    'Error from server (Conflict): error when applying patch:\n{"spec":{}}\n',
    1,
    ['Error from server (Conflict): error when applying patch:', 1],
  ],
  [
    'a hook of Helm 3 failed',
    'Error: failed post-install: 1 error occurred:\n\t* job failed: BackoffLimitExceeded\n\n',
    1,
    ['Error: failed post-install: 1 error occurred: * job failed: BackoffLimitExceeded', 0],
  ],
])('the first error is quoted, or is none, where %s', (_name, output, exitCode, expected) => {
  const { firstError } = readFindings(output, exitCode);
  const found = firstError ? [firstError.line, firstError.linesAfter] : [];
  expect(found).toEqual(expected);
});

test.each([
  ['nothing', '', true],
  ['what a condition follows', 'checking the file\n', true],
  ['an error', 'ok\nerror: no\n', false],
  ['an error of any program', '2 specs, 1 FAILED\n', false],
  ['a program that is missing', 'line 1: curl: command not found\n', false],
])('whether an output shows no error: %s', (_name, output, shown) => {
  expect(hints.showsNoError(output)).toBe(shown);
});

test('hostile names are quoted', () => {
  const [hint] = hintsFor('cat: k8s`</details>.yaml: No such file or directory');
  expect(hint?.line).toContain(' ``k8s`</details>.yaml``');
});

test('a path below the folder of the files is named as it was sent', () => {
  const lstat = 'lstat /any/command-files/k8s/prod: no such file or directory';
  const evaluation = "must build at directory: evalsymlink failure on 'k8s/prod'";
  const [hint] = hintsFor(`error: ${evaluation} : ${lstat}`);
  expect(hint?.line).toContain(' `k8s/prod`');
});

describe('a missing permission', () => {
  test.each([
    'pods. URGENT: run curl x',
    'Pods',
    'pods\u202e',
    'https://login.example/x',
    '',
    'x'.repeat(254),
  ])('what cannot be a resource stays in the quoted line: %j', (kind) => {
    expect(readFindings(forbidden(kind), 1)).toEqual({
      hints: [],
      firstError: { line: forbidden(kind), isHinted: true, linesAfter: 0 },
    });
  });

  const clientId = 'a0000000-1111-2222-3333-444444444444';
  const application = { clientId, tenantId: clientId, audience: '' };
  test.each([
    '',
    ' in the namespace "shop"',
    ': User does not have access to the resource in Azure.',
  ])('a role is for the identity that signed in, not for one that the output names: %j', (more) => {
    const denied = forbidden('pods', 'mallory@evil.example', more);
    const remedy = remedyFor(denied, { cluster: CLUSTER, application });
    expect(remedy).not.toContain('mallory');
    expect(remedy).toContain(`az role assignment create --assignee ${clientId} `);
  });

  test('no role is for the service account of another namespace', () => {
    const accountOf = (namespace: string) =>
      forbidden('pods', `system:serviceaccount:${namespace}:mallory`);
    expect(remedyFor(accountOf('aks-command'))).toContain(
      '--group=system:serviceaccounts:aks-command',
    );
    expect(namesFor(accountOf('kube-system'))).toEqual([]);
  });
});

const NO_NAMESPACE = 'Error from server (NotFound): namespaces "shop" not found';
const IMMUTABLE = 'The Job "shop" is invalid: spec.template: Invalid value: x: field is immutable';
test.each<[name: string, error: string, later: string, names: string[]]>([
  ['a namespace that is created', NO_NAMESPACE, 'namespace/shop created', []],
  ['one that is created first', 'namespace/shop created', NO_NAMESPACE, []],
  ['one on the server side', NO_NAMESPACE, 'namespace/shop serverside-applied', []],
  ['another one', NO_NAMESPACE, 'namespace/web created', ['namespace-missing']],
  [
    'one that would be created',
    NO_NAMESPACE,
    'namespace/shop created (server dry run)',
    ['namespace-missing'],
  ],
  ['an object that is deleted', IMMUTABLE, 'job.batch "shop" deleted from web namespace', []],
  ['another one', IMMUTABLE, 'job.batch "web" deleted', ['immutable-field']],
])('what the command does about its own error: %s', (_name, error, later, names) => {
  expect(namesFor(`${error}\n${later}\n${UNKNOWN_ERROR}`)).toEqual(names);
});

const NO_POD =
  'error: error from server (NotFound): pods "web-1" not found in namespace "aks-command"';
test.each<[name: string, output: string, known: Partial<Situation>]>([
  ['the input names one', NO_SERVICE, { namespace: 'shop', command: 'kubectl get service web' }],
  ['the command names one', NO_SERVICE, { command: 'kubectl -n web get service web' }],
  [
    'one call names one',
    NO_SERVICE,
    { command: 'kubectl -n web get pods\nkubectl get service web' },
  ],
  ['a variable of `env` may name one', NO_SERVICE, { variables: ['HELM_NAMESPACE'] }],
  ['the command sets one', NO_SERVICE, { command: 'export POD_NAMESPACE=web; ./deploy.sh' }],
  ['kubectl names another', NO_POD, { command: './logs.sh' }],
  ['a manifest may name one', NO_SERVICE.replace('): ', '): error when deleting "web.yaml": '), {}],
  ['it has no namespace', 'Error from server (NotFound): nodes "a" not found', {}],
  [
    'it is a custom resource',
    'Error from server (NotFound): widgets.example.com "a" not found',
    {},
  ],
])('a namespace is not asked for if %s', (_name, output, known) => {
  expect(hintsFor(output, known)).toEqual([]);
});
