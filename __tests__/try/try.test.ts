import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { isAlive } from '../support/is-alive.ts';
import { writeTree } from '../support/write-tree.ts';
import {
  checkout,
  CLUSTER,
  folder,
  manifest,
  ours,
  PROGRAM,
  repository,
  step,
  tryWorkflow,
  workflow,
} from './rehearsal.ts';

type Row = {
  readonly name: string;
  readonly workflow: string;
  readonly args?: readonly string[];
  readonly code: 1 | 2 | 3;
  readonly says: string;
};

test.each<Row>([
  {
    name: 'a job that fails, for which the workflow has no permissions',
    workflow: workflow({ a: [ours('ls')] }, { on: 'push', permissions: undefined }),
    code: 1,
    says: 'id-token: write',
  },
  {
    name: 'a misspelled input of this action',
    workflow: workflow({ a: [step({ comand: 'ls', ...CLUSTER })] }),
    code: 2,
    says: 'w.yml:10: "comand" is not an input of this action. Did you mean `command`?\n',
  },
  {
    name: 'an assignment to nothing',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['tag=1'],
    code: 2,
    says: 'inputs.NAME=VALUE',
  },
  {
    name: 'a setup that fails',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--setup', 'exit 1'],
    code: 2,
    says: "--setup: 'exit 1' failed\n",
  },
  {
    name: 'a condition that lets no step of this action run',
    workflow: workflow({ a: { if: "github.ref == 'refs/heads/release'", steps: [ours('ls')] } }),
    code: 3,
    says: 'Inconclusive: no step of this action ran.\n',
  },
  {
    name: 'a function that a rehearsal lacks',
    workflow: workflow({ a: [ours('ls', { env: "H=${{ hashFiles('a') }}" })] }),
    code: 3,
    says: 'hashFiles is not simulated',
  },
])('$name ends with $code', async ({ name, workflow: text, args = [], code, says }) => {
  writeTree(path.join(folder, name), { 'w.yml': text });
  const { stdout, stderr, ...ended } = await tryWorkflow([
    path.join(folder, name, 'w.yml'),
    ...args,
  ]);

  expect(stdout + stderr).toContain(says);
  expect(stdout + stderr).not.toMatch(/\n {4}at /);
  expect(ended.code).toBe(code);
});

test('what nobody here can decide is listed, even though the command hides its failure', async () => {
  const file = path.join(folder, 'undecided.yml');
  const commands = [
    'kubectl create token default',
    'curl -s https://user:pw@api.example.com/x?key=abc',
    'curl web:80',
    'kubectl apply -f https://manifests.example.com/a.yaml',
    'helm repo add a https://charts.example.com',
  ].map((command) => `${command} >/dev/null 2>&1 || true\n`);
  const env = 'HTTPS_PROXY=http://127.0.0.1:1';
  await writeFile(file, workflow({ a: [ours(commands.join(''), { env })] }));
  const { code, stdout } = await tryWorkflow([file]);

  expect(stdout).toContain('\nThe step succeeded.\n');
  expect(stdout).toContain(
    "\nInconclusive: commands asked for what a stand-in can't decide:\n" +
      '  serviceaccounts/token\n' +
      '  a connection to api.example.com\n' +
      '  curl\n' +
      '  a connection to manifests.example.com\n' +
      '  a connection to charts.example.com\n\n' +
      "The cluster was a stand-in: it compared objects with Kubernetes' schema, checked few of",
  );
  expect(code).toBe(3);
});

test('variables and secrets that nobody gave are listed, and have names for Kubernetes', async () => {
  const file = path.join(folder, 'examples.yml');
  const inputs = {
    cluster: '${{ vars.CLUSTER_ID }}',
    'client-id': '${{ secrets.CLIENT }}',
    'tenant-id': '${{ vars.TENANT }}',
    timeout: '${{ vars.TIME }}',
    env: 'NAME=${{ vars.APP_NAME }}',
    command: 'kubectl create namespace "$NAME"',
  };
  await writeFile(file, workflow({ a: [step(inputs)] }));
  const { code, stdout } = await tryWorkflow([file]);

  expect(stdout).toContain(`${file}:10: vars.CLUSTER_ID\n  ${file}:11: secrets.CLIENT\n`);
  expect(stdout).toContain('\nnamespace/example-app-name created\n');
  expect(code).toBe(0);
});

test('npm finds files from where one stands, and without git, the checkout is all of them', async () => {
  const root = path.join(folder, 'no-repository');
  writeTree(root, {
    'k8s/a.yaml': manifest,
    'deploy/w.yml': workflow({ a: [checkout, ours('kubectl apply -f k8s', { files: 'k8s' })] }),
  });
  const stdout = await new Promise<string>((resolve) => {
    execFile(
      'npm',
      ['--prefix', repository, 'run', 'try', '--', 'w.yml', '--workspace', '..'],
      {
        cwd: path.join(root, 'deploy'),
        env: { ...process.env, GIT_CEILING_DIRECTORIES: folder },
      },
      (_error, out) => {
        resolve(out);
      },
    );
  });

  expect(stdout).toContain('\nconfigmap/c created\n');
});

test('a KUBECONFIG of the environment is used by no step and no --setup, and that is said', async () => {
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
  const setup =
    'kubectl create namespace shop && ' +
    'kubectl create deployment shop --image=nginx --namespace shop';
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml', '--setup', setup], {
    KUBECONFIG: kubeconfig,
  });
  await new Promise((resolve) => production.close(resolve));

  expect(stdout).toContain(
    `KUBECONFIG (${kubeconfig}) is ignored. To use a real cluster: --kubeconfig FILE`,
  );
  expect(stdout).toContain('deployment.apps/shop created');
  expect(asked).toEqual([]);
  expect(code).toBe(0);
  expect(await readFile(kubeconfig, 'utf8')).toContain('127.0.0.1');
});

/** Each command writes its process ID to a file, and sleeps. */
test.each([
  {
    name: 'a step of this action',
    stepsFor: (pidFile: string) => [ours(`echo $$ > ${pidFile}; sleep 60`)],
    optionFor: () => '--run-steps',
  },
  {
    name: 'a run: step',
    stepsFor: (pidFile: string) => [{ run: `echo $$ > ${pidFile}; sleep 60` }, ours('ls')],
    optionFor: () => '--run-steps',
  },
  {
    name: 'a command of --setup',
    stepsFor: () => [ours('ls')],
    optionFor: (pidFile: string) => `--setup=echo $$ > ${pidFile}; exec sleep 60`,
  },
])('Ctrl-C ends what $name started', async ({ name, stepsFor, optionFor }) => {
  // Outside /tmp, of which each step has its own.
  const cache = path.join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const pidFile = path.join(cache, `pid-${process.pid}-${name.length}`);
  const file = path.join(folder, `endless-${name.length}.yml`);
  await writeFile(file, workflow({ a: stepsFor(pidFile) }));
  const child = spawn(process.execPath, [...PROGRAM, file, optionFor(pidFile)], {
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let pid = 0;
  while (pid === 0 && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  }
  child.kill('SIGINT');
  await rm(pidFile, { force: true });

  expect(await ended).toBe(130);
  // What was killed is there until the system has noticed. A test that waits for too long runs into
  // its own timeout.
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
});

test('a reader that goes away, such as head, is no crash', async () => {
  const file = path.join(folder, 'head.yml');
  await writeFile(file, workflow({ a: [ours('ls')] }));
  const command = `"${process.execPath}" --liftoff-only local/try/main.ts ${file} | head -n 1`;
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile('sh', ['-c', command], { cwd: repository }, (_error, out, err) => {
      resolve({ stdout: out, stderr: err });
    });
  });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
