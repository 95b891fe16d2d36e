import { readFileSync } from 'node:fs';
import AdmZip from 'adm-zip';
import { parse } from 'yaml';
import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/pod/boundary.ts';
import type { CommandId } from '../../src/azure/command-result.ts';
import type { Answered } from '../../src/azure/answer.ts';
import type { Azure, Target } from '../../src/azure/port.ts';
import { StepError } from '../../src/failure.ts';
import { main, type Ports } from '../../src/main.ts';
import { REFUSED_EXIT_CODE } from '../../src/pod/stream.ts';
import { framed, refusal, whole } from '../support/fake-pod.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { tarOf } from './collected.ts';
import { http, ID, keptHost, ports as plainPorts } from './ports.ts';
import { said } from '../support/said.ts';

const EMPTY_TAR = await tarOf([]);

type Body = Parameters<Azure['runCommand']>[0];

const HEX = '0123456789abcdef0123456789abcdef';
const BOUNDARY = `aks-run-command:${HEX}`;
const INPUTS = {
  cluster:
    '/subscriptions/5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6/resourceGroups/rg' +
    '/providers/Microsoft.ContainerService/managedClusters/prod',
  command: 'kubectl get pods',
};
const runScript = readFileSync(new URL('../../src/pod/run.sh', import.meta.url), 'utf8');
const messages = readFileSync(new URL('../../src/messages/messages.md', import.meta.url), 'utf8');

const NOON = { date: 'Wed, 25 Nov 2026 12:00:00 GMT' };
const ACCEPTED = http(202, '', { location: `/commandResults/${ID}`, ...NOON });
/** What AKS gives back for a pod that ran the script. */
const result = (exitCode: number, output = 'hello\n', { outputs = '', summary = '' } = {}) => {
  const times = { startedAt: '2026-11-25T12:00:01Z', finishedAt: '2026-11-25T12:00:04Z' };
  const logs = whole(BOUNDARY, { exitCode, output, outputs, summary });
  return http(
    200,
    { id: ID, properties: { provisioningState: 'Succeeded', exitCode, ...times, logs } },
    NOON,
  );
};

type Step = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** The workspace: files by their absolute paths. */
  readonly files?: Readonly<Record<string, string>>;
  readonly azure?: Partial<Azure>;
  readonly host?: Partial<Ports['host']>;
  /** The request at which the step is cancelled. */
  readonly cancelOn?: string;
  readonly ports?: Partial<Ports>;
};

/** Runs a step on plain values; by default the command ends with exit code 0. */
async function step({ files = {}, cancelOn, ...given }: Step = {}) {
  const { clock, random, cancelled, cancel } = plainPorts();
  const host = keptHost({ ...INPUTS, ...given.inputs }, given.variables);
  const bodies: Body[] = [];
  const asked: string[] = [];
  let target: Target | undefined;
  const azure: Azure = {
    signIn: () => Promise.resolve('a token'),
    readCluster: () => Promise.resolve(http(200, { name: 'prod', properties: {} })),
    runCommand: () => Promise.resolve(ACCEPTED),
    readResult: () => Promise.resolve(result(0)),
    clusterToken: () => Promise.resolve('cluster-token'),
    forgetTokens: () => undefined,
    ...given.azure,
  };
  const watched = new Proxy(azure, {
    get: (target, name: keyof Azure) => (argument: Body & CommandId) => {
      asked.push(name);
      if (name === 'runCommand') bodies.push(argument);
      if (name === cancelOn) cancel();
      return target[name](argument);
    },
  });
  const { success } = await main({
    clock,
    random,
    cancelled,
    host: Object.defineProperties(host, Object.getOwnPropertyDescriptors(given.host ?? {})),
    disk: memoryDisk(files),
    azureFor: (given) => {
      target = given;
      return watched;
    },
    runScript,
    collectScript: 'collect',
    stopScript: 'stop',
    messages,
    randomHex: () => HEX,
    ...given.ports,
  });
  const log = host.transcript.join('\n');
  const outputs = host.outputs();
  return { success, target, asked, bodies, outputs, log, summary: host.summary() };
}

test('a command runs: its exit code, its output, its step outputs, its summary', async () => {
  const { success, outputs, log, summary } = await step({
    azure: {
      readResult: () =>
        Promise.resolve(result(0, 'hi\n', { outputs: 'url=https://x\n', summary: '# Done\n' })),
    },
  });

  expect(success).toBe(true);
  expect(outputs).toMatchObject({
    state: 'succeeded',
    'exit-code': '0',
    output: 'hi\n',
    'command-id': ID,
    duration: '3',
    url: 'https://x',
  });
  expect(log).toContain('group Sending to prod\n');
  expect(log).not.toContain('dry run');
  expect(log).toContain('show hi\n');
  expect(summary).toContain('# Done\n');
  expect(summary).toContain('```bash\nkubectl get pods\n```');
});

test('what is sent: files, command, variables of the run, shell, and namespace', async () => {
  const { bodies, summary } = await step({
    inputs: { shell: 'bash', namespace: 'shop', timeout: '5m', env: 'TOKEN=s3cret', files: 'k8s' },
    variables: { CI: 'true', GITHUB_REPOSITORY: 'o/r', GITHUB_REF_NAME: "it's" },
    files: { '/workspace/k8s/a.yaml': 'a: 1\n', '/workspace/README.md': '# Shop\n' },
  });
  const [body] = bodies;
  const entries = new AdmZip(Buffer.from(body?.context ?? '', 'base64')).getEntries();

  expect(bodies).toHaveLength(1);
  const noon = Date.parse('2026-11-25T12:00:00Z') / 1000;
  expect(body?.command).toBe(
    `/bin/sh .aks-run-command/run.sh ${hashOf(BOUNDARY)} ${noon + 90} 300 bash shop CI=true ` +
      "GITHUB_REPOSITORY=o/r 'GITHUB_REF_NAME=it'\\''s'",
  );
  expect(body).not.toHaveProperty('clusterToken');
  const sent = Object.fromEntries(
    entries.map((entry) => [entry.entryName, entry.getData().toString()]),
  );
  expect(sent).toMatchObject({ '.aks-run-command/run.sh': runScript, 'k8s/a.yaml': 'a: 1\n' });
  expect(sent).not.toHaveProperty('README.md');
  expect(summary).toContain('<summary>Command and 1 file</summary>');
});

test('a warning about an input or the files is shown, and the command runs', async () => {
  const { outputs, log } = await step({
    inputs: { env: 'A="1"', files: 'x', 'if-no-files-found': 'warn' },
  });

  expect(outputs['state']).toBe('succeeded');
  expect(log).toMatch(/^warn `env`: line 1 \(`A`\) has quotes/m);
  expect(log).toContain('warn No files were found for `x`.');
});

test('a mistake in the files is reported before a missing permission, and nothing is sent', async () => {
  const azure = { signIn: () => Promise.reject(new StepError({ code: 'no-id-token' })) };
  const { success, outputs, bodies, log } = await step({ inputs: { files: 'k8s/**' }, azure });

  expect({ success, bodies }).toEqual({ success: false, bodies: [] });
  expect(outputs['state']).toBe('not-started');
  expect(log).toContain('k8s/**');
  expect(log).not.toContain('id-token');
});

test('a dry run sends nothing', async () => {
  const { success, outputs, asked } = await step({ inputs: { 'dry-run': 'true' } });

  expect({ success, state: outputs['state'] }).toEqual({ success: true, state: 'dry-run' });
  expect(asked).not.toContain('runCommand');
});

describe('the token for the cluster', () => {
  const unavailable = () => Promise.reject(new StepError({ code: 'no-id-token' }));

  test('is requested while the cluster is read', async () => {
    const read = Promise.withResolvers<Answered>();
    const clusterToken = () => {
      read.resolve(http(200, { properties: { aadProfile: { managed: true } } }));
      return Promise.resolve('cluster-token');
    };
    const { bodies } = await step({ azure: { readCluster: () => read.promise, clusterToken } });
    expect(bodies).toMatchObject([{ clusterToken: 'cluster-token' }]);
  });

  test('is not missed on a cluster without managed Entra', async () => {
    const { success, bodies } = await step({ azure: { clusterToken: unavailable } });
    expect(success).toBe(true);
    expect(bodies).toMatchObject([{ accessToken: 'a token' }]);
  });
});

test('files that were to come back, and did not, fail the step', async () => {
  const { success, outputs } = await step({ inputs: { collect: 'reports' } });

  expect(success).toBe(false);
  expect(outputs).toMatchObject({ state: 'failed', 'exit-code': '0', collected: '' });
});

test('invalid inputs: every one is named, and nothing else happens', async () => {
  const { success, outputs, asked, log, summary } = await step({
    inputs: { timeout: 'soon', wait: 'maybe' },
  });

  expect({ success, asked }).toEqual({ success: false, asked: [] });
  expect(outputs['state']).toBe('not-started');
  for (const told of [log, summary]) {
    expect(told).toContain('`timeout`: `soon` is invalid');
    expect(told).toContain('`wait`: `maybe` is invalid');
  }
});

test.each<[string, NonNullable<Step['inputs']>, Answered?]>([
  ['a command', {}],
  ['a command that may not have been accepted', {}, http(500, '', ACCEPTED.headers)],
  ['an earlier command', { command: '', 'command-id': ID }],
])(
  'the ID of %s is an output while it runs, since the step may be killed',
  async (_name, inputs, answer = ACCEPTED) => {
    const outputs: string[] = [];
    let outputsAtLook: readonly string[] = [];
    await step({
      inputs,
      host: { setOutput: (name) => void outputs.push(name) },
      azure: {
        runCommand: () => Promise.resolve(answer),
        readResult() {
          outputsAtLook = [...outputs];
          return Promise.resolve(result(0));
        },
      },
    });
    expect(outputsAtLook).toEqual(['command-id']);
  },
);

describe('a state that cannot be saved', () => {
  const given: Step = {
    inputs: { 'on-cancel': 'stop' },
    host: {
      saveState() {
        throw new Error('ENOSPC: no space left on device');
      },
    },
  };

  test('is a warning, and the step goes on', async () => {
    const { outputs, log } = await step(given);
    expect(outputs['state']).toBe('succeeded');
    expect(log).toMatch(/^warn .*may not know what to stop.*ENOSPC/m);
  });

  test('leaves it to people to stop the command', async () => {
    const { summary } = await step({
      ...given,
      cancelOn: 'readResult',
      azure: { readResult: () => new Promise(() => undefined) },
    });
    expect(summary).toContain('kubectl delete pod');
    expect(summary).not.toContain('post step');
  });
});

describe('an earlier command', () => {
  const inputs = { command: '', 'command-id': ID };

  test('may have run, even if another input is invalid', async () => {
    const { success, outputs, asked, log } = await step({ inputs: { ...inputs, timeout: 'soon' } });
    expect({ success, asked }).toEqual({ success: false, asked: [] });
    expect(outputs).toMatchObject({ state: 'unknown', 'command-id': ID });
    expect(log).toContain('`timeout`: `soon` is invalid');
    expect(log).not.toContain('The command did not run');
  });

  test('may have run, even if its ID is invalid', async () => {
    const { outputs, asked, log } = await step({
      inputs: { ...inputs, 'command-id': ID.toUpperCase() },
    });
    expect(asked).toEqual([]);
    expect(outputs).toMatchObject({ state: 'unknown', 'command-id': '' });
    expect(log).toContain(`Did you mean \`${ID}\`?`);
  });

  test('is waited for, and not submitted', async () => {
    const { success, outputs, asked, log } = await step({ inputs });
    expect(success).toBe(true);
    expect(log).toContain(`info Waiting for command ${ID} on prod, for up to 30m.`);
    expect(outputs).toMatchObject({ state: 'succeeded', 'command-id': ID, output: 'hello\n' });
    expect(asked).not.toContain('runCommand');
  });

  const noToken = new StepError({ code: 'no-id-token' });
  const nothing = () => {
    throw noToken;
  };
  test.each<[string, Step]>([
    ['the sign-in fails', { azure: { signIn: () => Promise.reject(noToken) } }],
    ['there is nothing to sign in with', { ports: { azureFor: nothing } }],
  ])('is unknown if %s', async (_name, given) => {
    const { success, outputs, log } = await step({ inputs, ...given });
    expect(success).toBe(false);
    expect(outputs).toMatchObject({ state: 'unknown', 'command-id': ID });
    expect(log).toContain('id-token: write');
  });
});

test('a cancel while it searches the disk: nothing was sent, and the step fails, with wait: false too', async () => {
  const disk = { ...memoryDisk({}), search: () => new Promise<never>(() => undefined) };
  const { success, outputs, bodies, log } = await step({
    inputs: { wait: 'false', files: '*' },
    cancelOn: 'signIn',
    ports: { disk },
  });
  expect({ success, bodies }).toEqual({ success: false, bodies: [] });
  expect(log).toContain('error prod: did not run\n');
  expect(log).toMatch(said('cancelled'));
  expect(outputs).toMatchObject({ state: 'not-started', 'command-id': '' });
});

describe('what nobody expects', () => {
  const broken = (error: unknown) => ({
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    readResult: () => Promise.reject(error),
  });

  test('shows its stack, and the command may have run', async () => {
    const { success, outputs, log } = await step({
      azure: broken(new TypeError('x is not a function')),
    });

    expect(success).toBe(false);
    expect(outputs).toMatchObject({ state: 'unknown', 'command-id': ID });
    expect(log).toContain('TypeError: x is not a function');
    expect(log).toMatch(/main\.test\.ts:\d+/);
  });

  const get = () => {
    throw new Error('y');
  };
  const unreadable = Object.defineProperty(new Error('x'), 'stack', { get });
  test.each<[string, unknown, string]>([
    ['an error without a stack', Object.assign(new Error('bare'), { stack: undefined }), 'bare'],
    ['no error at all', 'thrown text', 'thrown text'],
    ['an object without a text', Object.create(null), 'an error that cannot be read'],
    ['an error that throws when it is read', unreadable, 'an error that cannot be read'],
  ])('%s', async (_name, error, words) => {
    expect((await step({ azure: broken(error) })).log).toContain(words);
  });

  test('while collected files are kept, the command may have run', async () => {
    const { success, outputs, log } = await step({
      host: {
        get collectInto(): never {
          throw new TypeError('no folder');
        },
      },
    });
    expect(success).toBe(false);
    expect(outputs).toMatchObject({ state: 'unknown', 'command-id': ID });
    expect(log).toContain('TypeError: no folder');
  });

  test('while the inputs are read, nothing ran', async () => {
    const input = () => {
      throw new Error('no INPUT_CLUSTER');
    };
    const { success, outputs, log } = await step({ host: { input } });
    expect({ success, state: outputs['state'] }).toEqual({ success: false, state: 'not-started' });
    expect(log).toContain('no INPUT_CLUSTER');
  });

  const fails = () => Promise.reject(new Error('no'));
  test.each<[string, Partial<Azure>, string]>([
    ['on the way to ARM, it may have arrived', { runCommand: fails }, 'unknown'],
    ['before that, nothing ran', { readCluster: fails }, 'not-started'],
  ])('%s', async (_name, azure, state) => {
    expect((await step({ azure })).outputs).toMatchObject({ state, 'command-id': '' });
  });
});

test('after a mask that fails, state, exit code, and command ID are set all the same', async () => {
  const mask = () => {
    throw new Error('write EIO');
  };
  const { success, outputs, log } = await step({
    inputs: { 'mask-outputs': 'token' },
    azure: { readResult: () => Promise.resolve(result(0, '', { outputs: 'token=s3cret\n' })) },
    host: { mask },
  });

  expect(success).toBe(false);
  expect(outputs).toMatchObject({ state: 'succeeded', 'exit-code': '0', 'command-id': ID });
  expect(log).toContain(
    'error The result could not be reported\nThe command ran and succeeded. `write EIO`',
  );
});

test('a command ID that cannot be written is reported, and the command is followed', async () => {
  const setOutput = () => {
    throw new Error('no GITHUB_OUTPUT');
  };
  const { success, asked, log } = await step({ host: { setOutput } });

  expect(success).toBe(false);
  expect(asked).toContain('readResult');
  expect(log).toMatch(said('outputs-unwritable'));
  expect(log).toContain('no GITHUB_OUTPUT');
});

describe('every input changes what the step does', () => {
  const GUID = '5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6';
  const OTHER_GUID = '00000000-0000-4000-8000-000000000001';
  const BY_NAME = { cluster: 'prod', 'resource-group': 'rg', 'subscription-id': GUID };
  const OIDC = { 'client-id': GUID, 'tenant-id': GUID };

  /** AKS's result of a pod that wrote this log. */
  const logged = (logs: string, exitCode: number) =>
    http(200, { properties: { provisioningState: 'Succeeded', exitCode, logs } });
  const tooLate = logged(refusal(BOUNDARY, 'refused'), REFUSED_EXIT_CODE);
  const token = result(0, '', { outputs: 'token=s3cret\n' });
  const collected = `collected\n= reports\n${EMPTY_TAR}`;
  const noReports = logged(
    framed(BOUNDARY, '', 'exit 0', 'outputs 0', 'summary 0', collected, 'end'),
    0,
  );
  const resultIs = (answer: Answered) => ({ readResult: () => Promise.resolve(answer) });

  /** The name of an input, two of its values, and the step in which they make a difference. */
  const rows: readonly (readonly [input: string, one: string, other: string, step?: Step])[] = [
    ['cluster', INPUTS.cluster, `${INPUTS.cluster}-2`],
    ['resource-group', 'rg', 'rg-2', { inputs: BY_NAME }],
    ['subscription-id', GUID, OTHER_GUID, { inputs: BY_NAME }],
    ['client-id', GUID, OTHER_GUID, { inputs: OIDC }],
    ['tenant-id', GUID, OTHER_GUID, { inputs: OIDC }],
    ['audience', '', 'urn:x', { inputs: OIDC }],
    ['environment', '', 'azureusgovernment'],
    ['command', 'true', 'false'],
    ['shell', '', 'sh'],
    ['namespace', '', 'shop'],
    ['files', '', 'k8s'],
    ['working-directory', '', 'k8s', { inputs: { files: '**' } }],
    ['if-no-files-found', 'error', 'warn', { inputs: { files: 'none' } }],
    ['include-hidden-files', 'false', 'true', { inputs: { files: '**' } }],
    ['env', '', 'A=1'],
    ['timeout', '30m', '5m'],
    ['start-timeout', '90s', '45s'],
    ['start-retries', '0', '1', { azure: resultIs(tooLate) }],
    ['wait', 'true', 'false'],
    ['command-id', ID, HEX, { inputs: { command: '' } }],
    [
      'on-cancel',
      'leave',
      'stop',
      { cancelOn: 'readResult', azure: { readResult: () => new Promise(() => undefined) } },
    ],
    ['allowed-exit-codes', '0', '3', { azure: resultIs(result(3)) }],
    ['mask-outputs', '', 'token', { azure: resultIs(token) }],
    ['collect', '', 'reports'],
    [
      'if-no-files-collected',
      'warn',
      'error',
      { inputs: { collect: 'reports' }, azure: resultIs(noReports) },
    ],
    ['summary', 'true', 'false'],
    ['dry-run', 'false', 'true'],
  ];

  /** What a step does that someone else sees. */
  async function observe(given: Step) {
    const { target, ...done } = await step(given);
    const { cluster, application, cloud } = target ?? {};
    return { ...done, cluster, application, cloud };
  }

  test.each(rows)('%s', async (input, one, other, given = {}) => {
    const files = { '/workspace/k8s/a.yaml': 'a: 1\n', '/workspace/k8s/.b.yaml': 'b: 1\n' };
    const observed = (value: string) =>
      observe({ ...given, inputs: { ...given.inputs, [input]: value }, files });

    const before = await observed(one);
    expect(before.log).not.toContain('invalid');
    const after = await observed(other);
    expect(after.log).not.toContain('invalid');
    expect(after).not.toEqual(before);
  });

  /** Inputs that only say more about what a step with `command-id` refuses, or does not do. */
  const WITHOUT_MEANING = [
    'shell',
    'working-directory',
    'if-no-files-found',
    'include-hidden-files',
    'start-timeout',
    'start-retries',
  ];
  const ofEarlier = rows.filter(
    ([input]) => input !== 'command-id' && !WITHOUT_MEANING.includes(input),
  );

  test.each(ofEarlier)('%s, of an earlier command, too, or it is refused', async (...row) => {
    const [input, one, other, given] = row;
    const inputs = { ...given?.inputs, files: '', collect: '', command: '', 'command-id': ID };
    const observed = (value: string) =>
      observe({ ...given, inputs: { ...inputs, [input]: value } });
    const before = await observed(input === 'command' ? '' : one);
    expect(before.log).not.toMatch(/invalid|cannot be used/);
    expect(await observed(other)).not.toEqual(before);
  });

  test('has a row for each input of action.yml', () => {
    const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
    const { inputs } = parse(text) as { inputs: object };
    expect(rows.map(([input]) => input)).toEqual(Object.keys(inputs));
  });
});
