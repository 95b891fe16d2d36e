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
  ours,
  PROGRAM,
  repository,
  step,
  tryFile,
  workflow,
  written,
} from './rehearsal.ts';

const required = { tag: { type: 'string', required: true } };
const push = { on: 'push' };
const build = { id: 'build', name: 'build', run: 'make' };
const inputsOf = (name: string, given: object) => ({
  on: { workflow_dispatch: { inputs: { [name]: given } } },
});

type Row = {
  readonly name: string;
  readonly workflow: string;
  readonly args?: readonly string[];
  readonly code: 0 | 1 | 2 | 3;
  readonly says: string;
};

test.each<Row>([
  { name: 'broken YAML', workflow: 'on: push\njobs: [', code: 2, says: 'w.yml: ' },
  {
    name: 'what actionlint finds',
    workflow: `foo: 1\n${workflow({ a: [ours('ls')] })}`,
    code: 2,
    says: 'w.yml:1:1: unexpected key "foo"',
  },
  {
    name: 'a misspelled input of this action',
    workflow: workflow({ a: [{ name: 'Go', ...step({ comand: 'ls', ...CLUSTER }) }] }),
    code: 2,
    says: 'Go: "comand" is not an input of this action. Did you mean `command`?\n',
  },
  {
    name: 'no step of this action',
    workflow: workflow({ a: [{ run: 'ls' }] }),
    code: 2,
    says: 'no step uses OWNER/aks-run-command@... or a copy of it',
  },
  {
    name: 'a required input without a value',
    workflow: workflow({ a: [ours('ls')] }, inputsOf('tag', { ...required.tag })),
    code: 2,
    says: 'inputs.tag=VALUE',
  },
  {
    name: 'an assignment to nothing',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['tag=1'],
    code: 2,
    says: "'tag=1' is invalid. Use inputs.NAME=VALUE",
  },
  {
    name: 'outputs of steps that do not run, in one list',
    workflow: workflow({
      a: [
        build,
        { name: 'Go', ...ours('ls', { env: 'A=${{ steps.build.outputs.a }}' }) },
        { name: 'no', run: 'echo ${{ steps.build.outputs.c }}' },
      ],
    }).replace('command: ls', 'command: ${{ fromJSON(steps.build.outputs.b) }}'),
    code: 2,
    says:
      'The step "Go" needs what no step of this action sets. Add to the command line:\n' +
      '  steps.build.outputs.b=VALUE\n  steps.build.outputs.a=VALUE\n',
  },
  {
    name: 'an output of a job whose step does not run',
    workflow: workflow({
      a: { outputs: { tag: '${{ steps.build.outputs.tag }}' }, steps: [build] },
      b: { needs: 'a', steps: [ours('ls', { env: 'A=${{ needs.a.outputs.tag }}' })] },
    }),
    code: 2,
    says: '  steps.build.outputs.tag=VALUE\n',
  },
  {
    name: 'the same with a value',
    workflow: workflow({
      a: { outputs: { tag: 'v${{ steps.build.outputs.tag }}' }, steps: [build] },
      b: { needs: 'a', steps: [ours('echo $A', { env: 'A=${{ needs.a.outputs.tag }}' })] },
    }),
    args: ['steps.build.outputs.tag=12'],
    code: 0,
    says: '\nv12\n',
  },
  {
    name: 'an output of a called workflow',
    workflow: workflow({
      a: { uses: 'o/r/.github/workflows/w.yml@v1' },
      b: { needs: 'a', if: "needs.a.outputs.go == 'yes'", steps: [ours('ls')] },
    }),
    code: 2,
    says: 'The condition of the job b needs',
  },
  {
    name: 'a matrix from an output that nobody knows',
    workflow: workflow({
      a: { outputs: { l: '${{ steps.build.outputs.l }}' }, steps: [build] },
      b: {
        needs: 'a',
        strategy: { matrix: { c: '${{ fromJSON(needs.a.outputs.l) }}' } },
        steps: [ours('ls')],
      },
    }),
    code: 2,
    says: 'The matrix of the job b needs',
  },
  {
    name: 'the payload of an event',
    workflow: workflow({ a: [ours('ls', { env: 'A=${{ github.event.number }}' })] }, push),
    code: 2,
    says: '  github.event.number=VALUE\n',
  },
  {
    name: 'a boolean input, and an input of the event',
    workflow: workflow(
      { a: [{ if: 'inputs.go', ...ours('test ${{ github.event.inputs.go }} = true') }] },
      inputsOf('go', { type: 'boolean' }),
    ),
    args: ['inputs.go=true'],
    code: 0,
    says: 'succeeded',
  },
  {
    name: 'a checkout outside of the workspace',
    workflow: workflow({ a: [{ ...checkout, with: { path: '../up' } }, ours('ls')] }),
    code: 2,
    says: 'the path ../up is outside the workspace',
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
  {
    name: 'what nobody here can decide, even though the command hides its failure',
    workflow: workflow({ a: [ours('kubectl create token default >/dev/null 2>&1 || true')] }),
    code: 3,
    says: "Inconclusive: commands asked for what can't be decided here:\n  serviceaccounts/token\n",
  },
])('$name ends with $code', async ({ workflow: text, args = [], code, says }) => {
  const { stdout, stderr, ...ended } = await tryFile([await written(text), ...args]);

  expect(stdout + stderr).toContain(says);
  expect(stdout + stderr).not.toMatch(/\n {4}at /);
  expect(ended.code).toBe(code);
});

test('npm finds the file from where one stands', async () => {
  const file = await written(workflow({ a: [ours('echo found')] }));
  const stdout = await new Promise<string>((resolve) => {
    execFile(
      'npm',
      ['--prefix', repository, 'run', 'try', '--', 'w.yml'],
      { cwd: path.dirname(file) },
      (_error, out) => {
        resolve(out);
      },
    );
  });

  expect(stdout).toContain('\nfound\n');
});

test('the setup has the environment of the caller, the commands have not, and KUBECONFIG is ignored', async () => {
  const asked: (string | undefined)[] = [];
  const production = createServer(({ url }, response) => {
    asked.push(url);
    response.end('{}');
  });
  await new Promise<void>((resolve) => production.listen(0, '127.0.0.1', resolve));
  const address = production.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const kubeconfig = path.join(folder, 'production');
  const server = `http://127.0.0.1:${port ?? 0}`;
  const config = {
    'current-context': 'a',
    clusters: [{ name: 'a', cluster: { server } }],
    contexts: [{ name: 'a', context: { cluster: 'a' } }],
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  const command = 'kubectl get configmap a; echo "token: $GH_TOKEN."; env';
  const { code, stdout } = await tryFile(
    [
      await written(workflow({ a: [ours(command)] })),
      '--setup',
      'kubectl create configmap a && echo "setup: $GH_TOKEN"',
    ],
    { KUBECONFIG: kubeconfig, GH_TOKEN: 'of-the-caller' },
  );
  await new Promise((resolve) => production.close(resolve));

  expect(stdout).toContain('setup: of-the-caller\n');
  expect(stdout).toContain('token: .\n');
  expect(stdout.match(/of-the-caller/g)).toHaveLength(1);
  expect({ code, asked }).toEqual({ code: 0, asked: [] });
});

test('a cluster of one’s own is used as it is', async () => {
  const asked: (string | undefined)[] = [];
  const own = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const address = own.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  writeTree(folder, {
    own: JSON.stringify({
      'current-context': 'a',
      clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port ?? 0}` } }],
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    }),
  });
  const file = await written(workflow({ a: [ours('kubectl get --raw /api/v1/pods')] }));
  const { code, stdout } = await tryFile([file, '--kubeconfig', path.join(folder, 'own')]);
  await new Promise((resolve) => own.close(resolve));

  expect(asked).toContain('/api/v1/pods');
  expect(stdout).toContain(`The cluster was the one of ${path.join(folder, 'own')}.\n`);
  expect(stdout).not.toContain('stand-in');
  expect(code).toBe(1);
});

/** Each command writes its process ID to a file, and sleeps. */
test.each([
  {
    name: 'a step of this action',
    stepFor: (pidFile: string) => ours(`echo $$ > ${pidFile}; sleep 60`),
    setupFor: () => 'true',
  },
  {
    name: 'a command of --setup',
    stepFor: () => ours('ls'),
    setupFor: (pidFile: string) => `echo $$ > ${pidFile}; exec sleep 60`,
  },
])('Ctrl-C ends what $name started', async ({ name, stepFor, setupFor }) => {
  // Outside /tmp, of which each step has its own.
  const cache = path.join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const pidFile = path.join(cache, `pid-${process.pid}-${name.length}`);
  const file = await written(workflow({ a: [stepFor(pidFile)] }));
  const child = spawn(process.execPath, [...PROGRAM, file, '--setup', setupFor(pidFile)], {
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
  const file = await written(workflow({ a: [ours('ls')] }));
  const command = `"${process.execPath}" --liftoff-only local/try/main.ts ${file} | head -n 1`;
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile('sh', ['-c', command], { cwd: repository }, (_error, out, err) => {
      resolve({ stdout: out, stderr: err });
    });
  });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
