import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

jest.setTimeout(120_000);
const repository = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'try-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `npm run try`, with these arguments and variables. */
function tryWorkflow(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--liftoff-only', path.join(repository, 'local/try/main.ts'), ...args],
      { cwd: repository, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

test('a KUBECONFIG of the environment is not used, and that is said', async () => {
  const asked: (string | undefined)[] = [];
  const production = createServer(({ url }, response) => {
    asked.push(url);
    response.end('{}');
  });
  await new Promise<void>((resolve) => production.listen(0, '127.0.0.1', resolve));
  const address = production.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const kubeconfig = path.join(folder, 'production');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      'current-context': 'a',
      clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port ?? 0}` } }],
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    }),
  );
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml'], { KUBECONFIG: kubeconfig });
  await new Promise((resolve) => production.close(resolve));

  expect(stdout).toContain(`KUBECONFIG (${kubeconfig}) is ignored. To use a real cluster: --kubeconfig FILE`);
  expect(asked).toEqual([]);
  expect(code).toBe(0);
  expect(await readFile(kubeconfig, 'utf8')).toContain('127.0.0.1');
});

test('--setup prepares the cluster before the first step', async () => {
  const setup = 'kubectl create namespace shop && kubectl create deployment shop --image=nginx --namespace shop';
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml', '--setup', setup]);
  expect(stdout).toContain('deployment.apps/shop created');
  expect(code).toBe(0);
});

test('nothing of one pod’s kubeconfig, home or /tmp reaches the next', async () => {
  const workflow = path.join(folder, 'two.yml');
  const step = (command: string) => `      - uses: OWNER/aks-run-command@v1
        with: { cluster: c, client-id: a, tenant-id: b, resource-group: r, command: "${command}" }
`;
  await writeFile(
    workflow,
    `on: workflow_dispatch
permissions: { id-token: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
${step('kubectl config set-context --current --namespace=first; touch ~/left-home /tmp/left-tmp')}${step("kubectl config view --minify -o jsonpath='in <{..namespace}>'; ls ~ /tmp")}`,
  );
  const { stdout } = await tryWorkflow([workflow]);

  expect(stdout).toContain('in <aks-command>');
  const [, second = ''] = stdout.split('in <aks-command>');
  expect(second).not.toContain('left-home');
  // Where the machine lets nobody have a /tmp of his own, that is said.
  if (!stdout.includes('files in /tmp remain for the next command')) expect(second).not.toContain('left-tmp');
});

const ours = (rest: string) => `      - uses: OWNER/aks-run-command@v1
        with: { cluster: c, resource-group: r, client-id: a, tenant-id: b, ${rest} }
`;
const head = `on: { workflow_dispatch: { inputs: { tag: { type: string, required: true } } } }
permissions: { id-token: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
`;

test.each([
  ['no file', undefined, [], 'There is no file'],
  ['broken YAML', 'on: push\njobs: [', ['inputs.tag=1'], 'refused.yml:2: '],
  [
    'an unknown key',
    `foo: 1\n${head}${ours('command: ls')}`,
    ['inputs.tag=1'],
    'refused.yml:1:1: unexpected key "foo"',
  ],
  [
    'a context that is not there',
    `${head}${ours("command: '${{ steps.x.outputs.y }}'")}`,
    ['inputs.tag=1'],
    'refused.yml:8:',
  ],
  [
    'a misspelled input of this action',
    `${head}${ours('comand: ls')}`,
    ['inputs.tag=1'],
    'refused.yml:7: "comand" is not an input',
  ],
  ['a required input without a value', `${head}${ours('command: ls')}`, [], 'inputs.tag=VALUE'],
  [
    'an input that is not declared',
    `${head}${ours('command: ls')}`,
    ['inputs.tag=1', 'inputs.x=1'],
    'there is no input x',
  ],
  ['an assignment to nothing', `${head}${ours('command: ls')}`, ['tag=1'], 'inputs.NAME=VALUE'],
  ['an unknown option', `${head}${ours('command: ls')}`, ['--nope'], "Unknown option '--nope'"],
])('refuses %s with exit code 2', async (_name, text, args, says) => {
  const file = path.join(folder, text === undefined ? 'none.yml' : 'refused.yml');
  if (text !== undefined) await writeFile(file, text);
  const { code, stderr } = await tryWorkflow([file, ...args]);

  expect(stderr).toContain(says);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(2);
});

test('a job without the permission for it gets no ID token', async () => {
  const file = path.join(folder, 'no-token.yml');
  await writeFile(file, `${head.replace('id-token: write', '')}${ours('command: ls')}`);
  const { code, stdout } = await tryWorkflow([file, 'inputs.tag=1']);

  expect(stdout).toContain('id-token: write');
  expect(code).toBe(1);
});

test('jobs, a matrix from JSON, a composite action and a reusable workflow', async () => {
  const workflows = path.join(folder, 'repository/.github/workflows');
  await mkdir(path.join(folder, 'repository/say'), { recursive: true });
  await mkdir(workflows, { recursive: true });
  await writeFile(
    path.join(folder, 'repository/say/action.yml'),
    `name: say
description: says something
inputs: { what: { description: what, required: true } }
outputs: { said: { description: said, value: '\${{ steps.s.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { id: s, shell: bash, run: 'echo "said=hi \${{ inputs.what }}" >> "$GITHUB_OUTPUT"' }
`,
  );
  await writeFile(
    path.join(workflows, 'called.yml'),
    `on: { workflow_call: { inputs: { who: { type: string } } } }
permissions: { id-token: write }
jobs:
  b:
    runs-on: ubuntu-latest
    steps:
${ours(`command: "echo called by '\${{ inputs.who }}'"`)}`,
  );
  await writeFile(
    path.join(workflows, 'main.yml'),
    `on: workflow_dispatch
permissions: { id-token: write }
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs: { list: '\${{ steps.l.outputs.list }}' }
    steps:
      - { id: l, run: 'echo ''list=["x","y"]'' >> "$GITHUB_OUTPUT"' }
  each:
    needs: plan
    runs-on: ubuntu-latest
    strategy: { matrix: { c: '\${{ fromJSON(needs.plan.outputs.list) }}', include: [{ c: y, more: 1 }] } }
    steps:
      - { uses: ./say, id: say, with: { what: '\${{ matrix.c }}' } }
${ours(`command: "echo \${{ steps.say.outputs.said }}/\${{ matrix.more }}/\${{ strategy.job-index }}"`)}
  call:
    needs: each
    uses: ./.github/workflows/called.yml
    permissions: { id-token: write }
    with: { who: main }
`,
  );
  const { code, stdout } = await tryWorkflow([path.join(workflows, 'main.yml'), '--run-steps']);

  expect(stdout).not.toContain('matrix.more is not known');
  for (const line of ['\nhi x//0\n', '\nhi y/1/1\n', '\ncalled by main\n']) expect(stdout).toContain(line);
  expect(code).toBe(0);
});

test('timeouts of jobs and steps, and fail-fast', async () => {
  const file = path.join(folder, 'timeouts.yml');
  const job = (id: string, lines: string) => `  ${id}:\n    if: always()\n    runs-on: ubuntu-latest\n${lines}\n`;
  await writeFile(
    file,
    `on: workflow_dispatch
permissions: { id-token: write }
jobs:
${job('step', `    steps: [{ name: slow, run: 'sleep 60 & sleep 60', timeout-minutes: 0.01 }]`)}
${job('job', `    timeout-minutes: 0.03\n    steps:\n${ours('command: sleep 60')}      - run: echo later`)}
${job('each', `    strategy: { matrix: { x: [1, 2] }, max-parallel: 1 }\n    steps:\n${ours("command: 'echo ${{ strategy.max-parallel }}; exit 4'")}`)}`,
  );
  const { code, stdout } = await tryWorkflow([file, '--run-steps']);

  expect(stdout).toContain('The step slow was stopped after its timeout-minutes, 0.01.');
  expect(stdout).toContain('The job job was stopped after its timeout-minutes, 0.03.');
  expect(stdout).not.toContain('\nlater\n');
  expect(stdout).toContain('\n1\n');
  expect(stdout).toContain('fail-fast: the other combinations of each do not run.');
  expect(code).toBe(1);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each([
  ['a step of this action', ours(`command: 'echo $$ > PIDFILE; sleep 60'`), '--run-steps'],
  ['a run: step', `      - run: 'echo $$ > PIDFILE; sleep 60'\n${ours('command: ls')}`, '--run-steps'],
  ['a command of --setup', ours('command: ls'), '--setup=echo $$ > PIDFILE; exec sleep 60'],
])('Ctrl-C ends what %s started', async (name, step, option) => {
  // Outside /tmp, of which each step has its own.
  const cache = path.join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const pids = path.join(cache, `pids-${process.pid}-${name.length}`);
  const file = path.join(folder, `endless-${name.length}.yml`);
  await writeFile(
    file,
    `${head.replace(/\{ workflow_dispatch.*\}/, 'workflow_dispatch')}${step.replace('PIDFILE', pids)}`,
  );
  const child = spawn(
    process.execPath,
    ['--liftoff-only', path.join(repository, 'local/try/main.ts'), file, option.replace('PIDFILE', pids)],
    { stdio: 'ignore' },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let pid = 0;
  while (pid === 0 && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    pid = Number(await readFile(pids, 'utf8').catch(() => '0'));
  }
  child.kill('SIGINT');
  await rm(pids, { force: true });

  expect(await ended).toBe(130);
  // What was killed is there until the system has noticed; a test that waits in vain runs into its own timeout.
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
});

test('a reader that goes away, such as head, is no crash', async () => {
  const file = path.join(folder, 'head.yml');
  await writeFile(file, `${head.replace(/\{ workflow_dispatch.*\}/, 'workflow_dispatch')}${ours('command: ls')}`);
  const command = `"${process.execPath}" --liftoff-only local/try/main.ts ${file} | head -n 1`;
  const { stdout, stderr } = await new Promise<Pick<Ended, 'stdout' | 'stderr'>>((resolve) => {
    execFile('sh', ['-c', command], { cwd: repository }, (_error, out, err) => {
      resolve({ stdout: out, stderr: err });
    });
  });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
