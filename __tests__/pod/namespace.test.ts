import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { toolFolder } from '../../local/azure/index.ts';
import { startLocalKubernetes, type LocalKubernetes } from '../../local/kubernetes/index.ts';
import { scratch } from '../support/scratch.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { expectRefusal, expectRun, lines } from './expect-run.ts';
import { image, inEach, runPod, TOOLS, type Image, type Pod } from './run-pod.ts';

// Real kubectl and helm in the pod, and a Kubernetes API in memory with the namespaces default and
// shop.

const tools = await toolFolder();
if (tools !== undefined) process.env['PATH'] = [process.env['PATH'], tools].join(delimiter);

const KUBERNETES_TOOLS = ['kubectl', 'helm'];
const AKS = image('dash and bash', 'dash', [...TOOLS, ...KUBERNETES_TOOLS, 'bash']);
const BASH = image('bash', 'bash', [...TOOLS, ...KUBERNETES_TOOLS, 'bash']);
const NO_KUBECTL = image('dash without kubectl', 'dash', [...TOOLS, 'helm']);

const folder = scratch('namespace');
let kubernetes: LocalKubernetes;

beforeAll(async () => {
  kubernetes = await startLocalKubernetes();
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(shop);
  await fetch(`${kubernetes.url}/api/v1/namespaces`, { method: 'POST', headers, body });
});
afterAll(async () => {
  await kubernetes.stop();
});

let number = 0;
let home = '';
beforeEach(() => {
  number += 1;
  home = join(folder, `home-${number}`);
  mkdirSync(join(home, '.kube'), { recursive: true });
});

type Config = {
  readonly context?: string;
  readonly namespace?: string;
  readonly certificate?: string;
};

/** Writes a kubeconfig, and returns its path. JSON is YAML. */
function writeConfig(
  path: string,
  { context = 'local', namespace, certificate }: Config = {},
): string {
  const file = join(home, path);
  const user = certificate === undefined ? {} : { 'client-certificate': certificate };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: 'local', cluster: { server: kubernetes.url } }],
    users: [{ name: 'local', user }],
    contexts: [{ name: 'local', context: { cluster: 'local', user: 'local', namespace } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Where kubectl and helm act. */
const WHERE = lines(
  'kubectl create configmap made --dry-run=server --output=jsonpath={.metadata.namespace}',
  'echo " $(helm env HELM_NAMESPACE) $POD_NAMESPACE"',
);
const inShop = (command = WHERE, more: Partial<Pod> = {}): Pod => ({
  command,
  namespace: 'shop',
  ...more,
  container: { HOME: home, ...more.container },
});

inEach([AKS, BASH], (on) => {
  test('with a current context, they act in the namespace; the file stays unchanged', async () => {
    const file = writeConfig('.kube/config', { namespace: 'other' });
    const before = readFileSync(file, 'utf8');
    await expectRun(on, inShop(), { output: 'shop shop shop\n', exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  describe('in a HOME that nobody can write to', () => {
    const edits = [['[ -w "$HOME" ]', 'false']] as const;

    test('they find the kubeconfig', async () => {
      writeConfig('.kube/config');
      const pod = { command: WHERE, container: { HOME: home }, edits };
      await expectRun(on, pod, { output: 'default default \n', exitCode: 0 });
      await expectRun(on, inShop(WHERE, { edits }), { output: 'shop shop shop\n', exitCode: 0 });
    });

    test('KUBECONFIG comes before it', async () => {
      writeConfig('.kube/config');
      const KUBECONFIG = writeConfig('own', { namespace: 'shop' });
      const pod = { command: WHERE, container: { HOME: home, KUBECONFIG }, edits };
      await expectRun(on, pod, { output: 'shop shop \n', exitCode: 0 });
    });
  });
});

inEach([AKS], (on) => {
  test('without an input, kubectl and helm act as the kubeconfig says, or in default', async () => {
    writeConfig('.kube/config');
    const pod = { command: WHERE, container: { HOME: home } };
    await expectRun(on, pod, { output: 'default default \n', exitCode: 0 });
  });

  test('KUBECONFIG names a copy that only its owner can read, next to the outputs', async () => {
    writeConfig('.kube/config');
    const command =
      'ls -l "$KUBECONFIG" | head -c 10; echo; echo "${KUBECONFIG%/*}" "${GITHUB_OUTPUT%/*}"';
    const { report } = await runPod(on, inShop(command));
    const text = report.kind === 'ran' ? report.output.text : '';
    expect(text).toMatch(/^-rw-------\n(\S+) \1\n$/);
  });

  test.each(['a kubeconfig', 'a current context'])('without %s, there is no copy', async (what) => {
    if (what !== 'a kubeconfig') writeConfig('.kube/config', { context: '' });
    const command = 'echo "${KUBECONFIG-unset} $HELM_NAMESPACE $POD_NAMESPACE"';
    await expectRun(on, inShop(command), { output: 'unset shop shop\n', exitCode: 0 });
  });

  test('--namespace in the command wins', async () => {
    writeConfig('.kube/config');
    const command = lines(
      'kubectl create configmap made --namespace default --dry-run=server ' +
        '-o jsonpath={.metadata.namespace}',
      'echo " $(helm env HELM_NAMESPACE --namespace default)"',
    );
    await expectRun(on, inShop(command), { output: 'default default\n', exitCode: 0 });
  });

  test('several files in KUBECONFIG become one', async () => {
    const files = [
      writeConfig('.kube/first', { context: 'gone' }),
      writeConfig('.kube/second', { namespace: 'default' }),
    ];
    writeFileSync(files[0] ?? '', '{"apiVersion":"v1","kind":"Config"}');
    const container = { KUBECONFIG: `${files.join(':')}:/nonexistent` };
    await expectRun(on, inShop(WHERE, { container }), { output: 'shop shop shop\n', exitCode: 0 });
  });

  test('certificates at relative paths are in the copy', async () => {
    writeConfig('.kube/config', { certificate: 'own.crt' });
    writeFileSync(join(home, '.kube/own.crt'), 'a certificate');
    const command =
      "kubectl config view --raw -o 'jsonpath={.users[0].user.client-certificate-data}'";
    const output = Buffer.from('a certificate').toString('base64');
    await expectRun(on, inShop(command), { output, exitCode: 0 });
  });

  test('KUBECONFIG of env comes after it, and then no copy is needed', async () => {
    writeFileSync(join(home, '.kube/config'), 'broken: {');
    const own = writeConfig('.kube/own', { namespace: 'default' });
    const pod = inShop(WHERE, { env: [{ name: 'KUBECONFIG', value: own }] });
    await expectRun(on, pod, { output: 'default shop shop\n', exitCode: 0 });
  });

  test('the copy is made of the kubeconfig in the HOME that the command has', async () => {
    writeConfig('.kube/config', { context: '' });
    mkdirSync(join(home, 'own/.kube'), { recursive: true });
    writeConfig('own/.kube/config');
    const pod = inShop(WHERE, { env: [{ name: 'HOME', value: join(home, 'own') }] });
    await expectRun(on, pod, { output: 'shop shop shop\n', exitCode: 0 });
  });

  test('no variable of env but these two counts for the copy', async () => {
    writeConfig('.kube/config');
    const names = ['copy', 'home', 'namespace', 'tmp', 'PATH'];
    const env = names.map((name) => ({ name, value: '/nonexistent' }));
    const command = 'echo "$HELM_NAMESPACE $copy"; echo "${KUBECONFIG##*/}"';
    const output = 'shop /nonexistent\nkubeconfig\n';
    await expectRun(on, inShop(command, { env }), { output, exitCode: 0 });
  });

  test('HELM_NAMESPACE and POD_NAMESPACE of env come after it', async () => {
    writeConfig('.kube/config');
    const env = ['HELM_NAMESPACE', 'POD_NAMESPACE'].map((name) => ({ name, value: 'own' }));
    await expectRun(on, inShop(WHERE, { env }), { output: 'shop own own\n', exitCode: 0 });
  });
});

inEach([NO_KUBECTL], (on) => {
  test('a pod without kubectl has the two variables', async () => {
    writeConfig('.kube/config', { namespace: 'default' });
    const command =
      'echo "${KUBECONFIG-unset} $(helm env HELM_NAMESPACE) $HELM_NAMESPACE $POD_NAMESPACE"';
    await expectRun(on, inShop(command), { output: 'unset shop shop shop\n', exitCode: 0 });
  });
});

describe('if the copy cannot be made, nothing runs', () => {
  const expectWhy = (on: Image, why: unknown, more: Partial<Pod> = {}) =>
    expectRefusal(on, inShop('echo ran', more), { lacks: 'namespace', why });

  inEach([AKS], (on) => {
    test('a certificate is missing', async () => {
      writeConfig('.kube/config', { certificate: 'gone.crt' });
      const why = expect.stringMatching(/^error: open \S+\/gone\.crt: no such file or directory$/);
      await expectWhy(on, why);
    });
  });

  /** A kubectl that fails at one of the three calls. */
  const failingAt = (call: string, script: string, others = {}): Image => {
    const kubectl = `case "$2" in ${call}) ${script} ;; esac`;
    return image(`kubectl fails at ${call}`, 'dash', TOOLS, { kubectl, ...others });
  };

  needing(['dash'], () => {
    test('the copy takes so long that the pod is too late', async () => {
      writeConfig('.kube/config');
      // Once kubectl has come so far, it is late.
      const date = `if [ -e late ]; then echo 4000000000; else exec ${toolOnPath('date')} "$@"; fi`;
      const on = failingAt('set-context', ': >late', { date });
      await expectRefusal(on, inShop('echo ran'));
    });
  });

  const hanging = image('dash, where kubectl hangs', 'dash', TOOLS, { kubectl: 'sleep 600' });
  const edits = [['within 30 kubectl', 'within 2 kubectl']] as const;
  const ENDED = 'kubectl was killed, or did not end within 30 seconds';
  inEach([hanging], (on) => {
    test('kubectl hangs', async () => {
      await expectWhy(on, ENDED, { edits });
    });

    // Another pod may be in time, so this is no failure of kubectl.
    test.each([
      ['starts too late', -1],
      ['is too late after kubectl', 1],
    ])('the pod %s', async (_name, seconds) => {
      const startBy = Math.floor(Date.now() / 1000) + seconds;
      await expectRefusal(on, inShop('echo ran', { startBy, edits }));
    });
  });

  const long = 'x'.repeat(1000);
  needing(['dash'], () => {
    test.each<[what: string, on: Image, why: string]>([
      ['view', failingAt('view', 'echo "error: one" >&2; echo two >&2; exit 1'), 'error: one'],
      ['view, in many words', failingAt('view', `echo ${long} >&2; exit 1`), long],
      ['current-context, killed', failingAt('current-context', 'kill -9 $$'), ENDED],
      ['view, without a word', failingAt('view', 'exit 1'), 'kubectl failed'],
      ['set-context', failingAt('set-context', 'echo "error: no" >&2; exit 1'), 'error: no'],
    ])('kubectl fails: %s', (_name, on, why) => expectWhy(on, why));
  });
});
