import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { inNamespaces } from '../../local/azure/namespaces.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { scratch } from '../support/scratch.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { expectRun, lines } from './expect-run.ts';
import { image, inEach, TOOLS } from './run-pod.ts';

const stopScript = readFileSync(new URL('../../src/pod/stop.sh', import.meta.url), 'utf8');
const top = scratch('stop');

const ID = '476c56420763494ca19c24e67f15f66e';
const OTHER_ID = 'c0ffee'.padEnd(32, '0');
const HASH = 'a'.repeat(64);

/** Its words come from the test, which sees what it is asked for. */
const kubectl = 'echo "$*" | head -n 1 >>"$CALLS"; eval "$ANSWERS"';
const IMAGES = [
  image('dash, and bash', 'dash', [...TOOLS, 'bash', 'jq'], { kubectl }),
  image('bash', 'bash', [...TOOLS, 'bash', 'jq'], { kubectl }),
  image('busybox', 'busybox', [...TOOLS, 'jq'], { kubectl }, (tool) =>
    tool === 'jq' ? 'jq' : 'busybox',
  ),
];

const podOf = (phase: string, id = ID, command = 'run.sh') => ({
  metadata: { name: `command-${id}` },
  spec: { containers: [{ command: ['sh', '-c', command] }] },
  status: { phase },
});
const json = (value: unknown) => `printf %s '${JSON.stringify(value)}'`;
/** What kubectl answers: to `get`, by the number of its call, and to `exec`. */
const answers = (get: string, exec = 'exit 1') => `case $1 in get) ${get} ;; exec) ${exec} ;; esac`;
const GET = `get pods command-${ID} --namespace aks-command --ignore-not-found --output json`;
const LIST = 'get pods --namespace aks-command --ignore-not-found --output json';
const ofCommand = { ID, HASH: '' };

type Row = {
  readonly name: string;
  readonly answers: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly exitCode: number;
  readonly output: string;
  readonly calls: readonly string[];
};
const SENT = { exitCode: 0, output: `command-${ID}\n` };
const EXEC = `exec command-${ID} --namespace aks-command -- sh -c`;
const FIVE_TIMES = Array<readonly string[]>(5).fill([GET, EXEC]).flat();
const FOREVER = { UNTIL: '4000000000' };

const rows: readonly Row[] = [
  {
    name: 'a pod that runs',
    answers: answers(json(podOf('Running')), 'echo sent'),
    ...SENT,
    calls: [GET, EXEC],
  },
  {
    name: 'a pod that ends at once, and with it what sent the signal',
    answers: answers(json(podOf('Running')), 'echo sent; echo killed >&2; exit 137'),
    ...SENT,
    calls: [GET, EXEC],
  },
  {
    name: 'a pod that starts while it is asked for',
    answers: answers(
      `if [ $(wc -l <"$CALLS") -lt 2 ]; then ${json(podOf('Pending'))}; else ${json(podOf('Running'))}; fi`,
      'echo sent',
    ),
    variables: FOREVER,
    ...SENT,
    calls: [GET, GET, EXEC],
  },
  {
    name: 'a pod whose command begins while it is asked for',
    answers: answers(
      json(podOf('Running')),
      '[ $(wc -l <"$CALLS") -lt 4 ] || { echo sent; echo sent; }',
    ),
    ...SENT,
    calls: [GET, EXEC, GET, EXEC],
  },
  {
    name: 'a pod that does not start in time',
    answers: answers(json(podOf('Pending'))),
    exitCode: 10,
    output: `command-${ID}\n`,
    calls: [GET],
  },
  { name: 'no pod', answers: answers(':'), exitCode: 10, output: '\n', calls: [GET] },
  {
    name: 'a pod in which nothing of ours runs',
    answers: answers(json(podOf('Running')), ':'),
    exitCode: 11,
    output: `command-${ID}\n`,
    calls: FIVE_TIMES,
  },
  ...['Succeeded', 'Failed'].map((phase) => ({
    name: `a pod that has ${phase}`,
    answers: answers(json(podOf(phase))),
    variables: FOREVER,
    exitCode: 12,
    output: `command-${ID}\n`,
    calls: [GET],
  })),
  {
    name: 'pods that may not be read',
    answers: answers('echo "Error from server (Forbidden): no" >&2; exit 1'),
    variables: FOREVER,
    exitCode: 1,
    output: 'Error from server (Forbidden): no\n',
    calls: [GET],
  },
  {
    name: 'a pod that may not be entered',
    answers: answers(
      json(podOf('Running')),
      'echo "Error from server (Forbidden): no" >&2; exit 1',
    ),
    variables: FOREVER,
    exitCode: 1,
    output: 'Error from server (Forbidden): no\n',
    calls: [GET, EXEC],
  },
  {
    name: 'a pod of which only the hash is known, among others',
    answers: answers(
      json({ items: [podOf('Running', OTHER_ID), podOf('Running', ID, `run.sh ${HASH} 1`)] }),
      'echo sent',
    ),
    variables: { ID: '', HASH },
    ...SENT,
    calls: [LIST, EXEC],
  },
  {
    name: 'no pod with that hash',
    answers: answers(json({ items: [podOf('Running', OTHER_ID)] })),
    variables: { ID: '', HASH },
    exitCode: 10,
    output: '\n',
    calls: [LIST],
  },
];

/** What kubectl 1.35 says of a request that did not get through. */
const TRANSIENT = [
  'Error from server: error dialing backend: dial tcp 10.224.0.5:10250: i/o timeout',
  'Unable to connect to the server: net/http: TLS handshake timeout',
  'Get "https://10.0.0.1:443/api": dial tcp 10.0.0.1:443: connect: connection refused',
  'The connection to the server 10.0.0.1:443 was refused - did you specify the right host or port?',
  'Error from server: etcdserver: request timed out',
];
/** Whatever they quote, they are final. So is an answer after which the signal may have been sent. */
const FINAL = [
  'Error from server (Forbidden): pods "x" is forbidden: x says: error dialing backend',
  'Error from server: admission webhook "x" denied the request:\nTLS handshake timeout',
  "Error from server (Invalid): ValidatingAdmissionPolicy 'x' denied request: connection refused",
  'E1207 memcache.go:265] connection refused\nerror: error reading from error stream: EOF',
];
const [OUT_OF_REACH = ''] = TRANSIENT;
const fails = (words: string) => `printf '%s\\n' '${words.replaceAll("'", `'"'"'`)}' >&2; exit 1`;
/** For as long as kubectl has been called fewer times. */
const until = (calls: number, first: string, then: string) =>
  `if [ $(wc -l <"$CALLS") -lt ${calls} ]; then ${first}; else ${then}; fi`;

const failing: readonly Row[] = [
  ...TRANSIENT.flatMap((words) => [
    {
      name: `a pod that is found only then: ${words}`,
      answers: answers(until(2, fails(words), json(podOf('Running'))), 'echo sent'),
      ...SENT,
      calls: [GET, GET, EXEC],
    },
    {
      name: `a pod that is entered only then: ${words}`,
      answers: answers(json(podOf('Running')), until(3, fails(words), 'echo sent')),
      ...SENT,
      calls: [GET, EXEC, GET, EXEC],
    },
  ]),
  ...FINAL.flatMap((words) => [
    {
      name: `a pod that is not shown: ${words}`,
      answers: answers(fails(words)),
      exitCode: 1,
      output: `${words}\n`,
      calls: [GET],
    },
    {
      name: `a pod that is not entered: ${words}`,
      answers: answers(json(podOf('Running')), fails(words)),
      exitCode: 1,
      output: `${words}\n`,
      calls: [GET, EXEC],
    },
  ]),
  {
    name: 'an API server that is never reached, however long there is time',
    answers: answers(fails(OUT_OF_REACH)),
    variables: FOREVER,
    exitCode: 1,
    output: `${OUT_OF_REACH}\n`,
    calls: Array<string>(5).fill(GET),
  },
  {
    name: 'a node that is never reached',
    answers: answers(json(podOf('Running')), fails(OUT_OF_REACH)),
    exitCode: 1,
    output: `${OUT_OF_REACH}\n`,
    calls: FIVE_TIMES,
  },
  {
    name: 'a node that is reached, and whose pod has nothing of ours: the same tries',
    answers: answers(json(podOf('Running')), until(5, fails(OUT_OF_REACH), ':')),
    exitCode: 11,
    output: `command-${ID}\n`,
    calls: FIVE_TIMES,
  },
];

inEach(IMAGES, (on) => {
  test.each([...rows, ...failing])(
    '$name',
    async ({ answers, variables, exitCode, output, calls }) => {
      const asked = join(mkdtempSync(join(top, 'calls-')), 'calls');
      const env = { ...ofCommand, UNTIL: '0', ...variables };
      const pod = {
        command: stopScript.replace('sleep 2', 'sleep 0.01'),
        shell: 'sh' as const,
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        container: { CALLS: asked, ANSWERS: answers },
      };
      await expectRun(on, pod, { exitCode, output });
      const said = readFileSync(asked, 'utf8').trimEnd().split('\n');
      expect(said.map((call) => (call.startsWith(EXEC) ? EXEC : call))).toEqual(calls);
    },
  );
});

// Otherwise, a pod that runs would count as one that is not there.
inEach([image('without jq', 'dash', TOOLS, { kubectl })], (on) => {
  test('a pod of which nobody can tell what it does', async () => {
    const asked = join(mkdtempSync(join(top, 'calls-')), 'calls');
    const pod = {
      command: stopScript,
      shell: 'sh' as const,
      env: [{ name: 'ID', value: ID }],
      container: { CALLS: asked, ANSWERS: answers(json(podOf('Running'))), UNTIL: '0' },
    };
    await expectRun(on, pod, { exitCode: 127, output: /\bjq: not found\n$/ });
  });
});

/** What runs in the pod of the command, which has no `jq` or `kubectl` of its own. */
const send = /(?<=^send=')[^']*(?='$)/m.exec(stopScript)?.[0] ?? '';

inNamespacesOnly(() => {
  describe.each(['dash', 'bash', 'busybox'])('in a pod with %s', (sh) => {
    needing([sh, 'timeout'], () => {
      /** Runs in a PID namespace of its own: the first word of each line is a process's name. */
      async function inPod(...text: readonly string[]): Promise<string> {
        const folder = mkdtempSync(join(top, 'pod-'));
        const own = join(folder, '.aks-run-command');
        mkdirSync(own);
        writeFileSync(join(own, 'command.sh'), 'trap "exit 9" TERM\nsleep 600 & wait\n');
        writeFileSync(join(folder, 'send.sh'), send);
        const shell = sh === 'busybox' ? 'busybox sh' : sh;
        const script = lines(
          // Nothing outside is in danger, should there be no namespace.
          '[ $$ = 1 ] || exit 1',
          `is() { if kill -0 "$2" 2>/dev/null; then echo "$1 runs"; else wait "$2"; echo "$1 $?"; fi; }`,
          ...text,
        ).replaceAll('SEND', `${shell} -c "$(cat send.sh)"`);
        const [program, ...args] = [...(await inNamespaces()), toolOnPath('dash') ?? 'sh'];
        const { stdout } = await promisify(execFile)(program, [...args, '-c', script], {
          cwd: folder,
        });
        return stdout;
      }

      test('the command gets SIGTERM, and no other process', async () => {
        const said = await inPod(
          'timeout -k 10 600 sh "$PWD/.aks-run-command/command.sh" & own=$!',
          'timeout -k 10 600 sleep 600 & nested=$!',
          'timeout 600 sh "$PWD/.aks-run-command/command.sh" & unlike=$!',
          'sh -c "sleep 600; :" timeout -k 10 600 "$PWD/.aks-run-command/command.sh" & named=$!',
          'sleep 0.5; SEND',
          'sleep 0.5; is own "$own"; is nested "$nested"; is unlike "$unlike"; is named "$named"',
        );
        expect(said).toBe('sent\nown 9\nnested runs\nunlike runs\nnamed runs\n');
      });

      test('where there is none, it says nothing, and is no failure', async () => {
        expect(await inPod('timeout 600 sleep 600 & SEND; echo $?')).toBe('0\n');
      });
    });
  });
});
