import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { isAlive } from '../is-alive.ts';
import { plant } from '../plant.ts';
import {
  called,
  checkout,
  folder,
  manifest,
  ours,
  PROGRAM,
  repository,
  repositoryOf,
  tryWorkflow,
  workflow,
  type Ended,
} from './rehearsal.ts';

const victim = path.join(folder, 'victim');
const upTo = (file: string) => `../../..${file}`;
const checkoutTo = (to: string) => ({ ...checkout, with: { path: to } });

/** What must not be reached is in the folder `victim`, to which git tracks a link. */
test.each([
  ['a checkout that goes up', [checkoutTo(upTo(victim))]],
  ['a checkout to an absolute path', [checkoutTo(victim)]],
  ['a checkout through a tracked link', [checkout, checkoutTo('tracked/new')]],
  ['a checkout through a link to nothing', [checkout, checkoutTo('dangling')]],
  ['an action that goes up', [checkout, { uses: `./${upTo(victim)}` }]],
  ['an action behind a tracked link', [checkout, { uses: './tracked' }]],
  ['an action whose file is a tracked link', [checkout, { uses: './say' }]],
  [
    'a run: step in a folder that goes up',
    [{ run: 'touch here', 'working-directory': upTo(victim) }],
  ],
])('the rehearsal stays in its folder: %s', async (_name, steps) => {
  await rm(victim, { recursive: true, force: true });
  plant(victim, { 'action.yml': 'name: say\nruns: { using: composite, steps: [] }\n' });
  const root = await repositoryOf(
    {
      '.github/workflows/w.yml': workflow({ a: [...steps, ours('ls')] }),
      'say/README.md': '',
    },
    {
      tracked: victim,
      dangling: path.join(victim, 'nothing'),
      'say/action.yml': path.join(victim, 'action.yml'),
    },
  );
  const ended = await tryWorkflow([path.join(root, '.github/workflows/w.yml'), '--run-steps']);

  expect(ended.stderr).toMatch(/^(?:.*: )?(?:uses|path|working-directory): \S+ is outside \S+\n$/m);
  expect(ended.code).toBe(2);
  expect(readdirSync(victim)).toEqual(['action.yml']);
});

test.each([
  ['that goes up', `./${upTo(path.join(victim, 'called.yml'))}`],
  ['that is a tracked link', './.github/workflows/linked.yml'],
])('the rehearsal reads no reusable workflow %s', async (_name, uses) => {
  plant(victim, { 'called.yml': called([ours('ls')]) });
  const root = await repositoryOf(
    { '.github/workflows/w.yml': workflow({ a: { uses } }) },
    { '.github/workflows/linked.yml': path.join(victim, 'called.yml') },
  );
  const { code, stderr } = await tryWorkflow([path.join(root, '.github/workflows/w.yml')]);

  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is outside') });
});

test('a checkout brings tracked links, even those to folders and to nothing', async () => {
  const root = await repositoryOf(
    {
      '.github/workflows/w.yml': workflow({
        a: [
          { run: 'touch made-before' },
          checkout,
          { run: 'readlink charts nowhere && ls' },
          ours('cat charts/a', { files: 'charts' }),
        ],
      }),
      'deploy/a': 'from the folder\n',
    },
    { charts: 'deploy', nowhere: 'no/where' },
  );
  const { code, stdout } = await tryWorkflow([
    path.join(root, '.github/workflows/w.yml'),
    '--run-steps',
  ]);

  expect(stdout).toContain('deploy\nno/where\ncharts\ndeploy\nnowhere\n');
  expect(stdout).toContain('from the folder');
  expect(code).toBe(0);
});

test('a pipe in place of a file command fails the step, and does not hang it', async () => {
  const files = {
    output: 'GITHUB_OUTPUT',
    env: 'GITHUB_ENV',
    path: 'GITHUB_PATH',
    'summary.md': 'GITHUB_STEP_SUMMARY',
  };
  const steps = Object.values(files).map((variable) => ({
    run: `rm "$${variable}" && mkfifo "$${variable}"`,
    'continue-on-error': true,
  }));
  const root = await repositoryOf({
    '.github/workflows/w.yml': workflow({ a: [...steps, ours('ls')] }),
  });
  const { code, stdout } = await tryWorkflow([
    path.join(root, '.github/workflows/w.yml'),
    '--run-steps',
  ]);

  for (const name of Object.keys(files))
    expect(stdout).toContain(`Error: The file command '${name}' is not a regular file`);
  expect(code).toBe(0);
});

test('a line that is no output fails the step, as on GitHub', async () => {
  const root = await repositoryOf({
    '.github/workflows/w.yml': workflow({
      a: [{ run: 'echo nonsense >> "$GITHUB_OUTPUT"' }, ours('ls')],
    }),
  });
  const { code, stdout } = await tryWorkflow([
    path.join(root, '.github/workflows/w.yml'),
    '--run-steps',
  ]);

  expect(stdout).toContain("The file command 'output' is invalid: Invalid format '");
  expect(code).toBe(1);
});

test('without a repository, the checkout is the whole folder', async () => {
  const root = path.join(folder, 'no-repository');
  await mkdir(path.join(root, 'k8s'), { recursive: true });
  await writeFile(path.join(root, 'k8s/a.yaml'), manifest);
  await writeFile(
    path.join(root, 'w.yml'),
    workflow({ a: [checkout, ours('kubectl apply -f k8s', { files: 'k8s' })] }),
  );
  const { code, stdout } = await tryWorkflow([path.join(root, 'w.yml')], {
    GIT_CEILING_DIRECTORIES: folder,
  });

  expect(stdout).toContain('configmap/c created');
  expect(code).toBe(0);
});

test('npm finds files from where one stands', async () => {
  const root = await repositoryOf({ 'deploy/w.yml': workflow({ a: [ours('echo from here')] }) });
  const stdout = await new Promise<string>((resolve) => {
    execFile(
      'npm',
      ['--prefix', repository, 'run', 'try', '--', 'w.yml', '--workspace', '..'],
      { cwd: path.join(root, 'deploy') },
      (_error, out) => {
        resolve(out);
      },
    );
  });

  expect(stdout).toContain('\nfrom here\n');
});

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
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml'], {
    KUBECONFIG: kubeconfig,
  });
  await new Promise((resolve) => production.close(resolve));

  expect(stdout).toContain(
    `KUBECONFIG (${kubeconfig}) is ignored. To use a real cluster: --kubeconfig FILE`,
  );
  expect(asked).toEqual([]);
  expect(code).toBe(0);
  expect(await readFile(kubeconfig, 'utf8')).toContain('127.0.0.1');
});

test('--setup prepares the cluster before the first step', async () => {
  const setup =
    'kubectl create namespace shop && ' +
    'kubectl create deployment shop --image=nginx --namespace shop';
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml', '--setup', setup]);
  expect(stdout).toContain('deployment.apps/shop created');
  expect(code).toBe(0);
});

test('nothing of one pod’s kubeconfig, home or /tmp reaches the next', async () => {
  const file = path.join(folder, 'two.yml');
  const changes =
    'kubectl config set-context --current --namespace=first; touch ~/left-home /tmp/left-tmp';
  const looks = "kubectl config view --minify -o jsonpath='in <{..namespace}>'; ls ~ /tmp";
  await writeFile(file, workflow({ a: [ours(changes), ours(looks)] }));
  const { stdout } = await tryWorkflow([file]);

  expect(stdout).toContain('in <>');
  const [, second = ''] = stdout.split('in <>');
  expect(second).not.toContain('left-home');
  // If the machine lets no user have a private /tmp, the output says so.
  if (!stdout.includes('files in /tmp remain for the next command'))
    expect(second).not.toContain('left-tmp');
});

test('jobs, a matrix from JSON, a composite action and a reusable workflow', async () => {
  const root = path.join(folder, 'repository');
  const workflows = path.join(root, '.github/workflows');
  plant(root, {
    'say/action.yml': `name: say
description: says something
inputs: { what: { description: what, required: true } }
outputs: { said: { description: said, value: '\${{ steps.s.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { id: s, shell: bash, run: 'echo "said=hi \${{ inputs.what }}" >> "$GITHUB_OUTPUT"' }
`,
    '.github/workflows/called.yml': workflow(
      { b: [ours("echo called by '${{ inputs.who }}'")] },
      { on: { workflow_call: { inputs: { who: { type: 'string' } } } } },
    ),
    '.github/workflows/main.yml': workflow({
      plan: {
        outputs: { list: '${{ steps.l.outputs.list }}' },
        steps: [{ id: 'l', run: `echo 'list=["x","y"]' >> "$GITHUB_OUTPUT"` }],
      },
      each: {
        needs: 'plan',
        strategy: {
          matrix: {
            c: '${{ fromJSON(needs.plan.outputs.list) }}',
            include: [{ c: 'y', more: 1 }],
          },
        },
        steps: [
          checkout,
          { uses: './say', id: 'say', with: { what: '${{ matrix.c }}' } },
          ours('echo ${{ steps.say.outputs.said }}/${{ matrix.more }}/${{ strategy.job-index }}'),
        ],
      },
      call: {
        needs: 'each',
        uses: './.github/workflows/called.yml',
        permissions: { 'id-token': 'write' },
        with: { who: 'main' },
      },
    }),
  });
  const { code, stdout } = await tryWorkflow([path.join(workflows, 'main.yml'), '--run-steps']);

  expect(stdout).not.toContain('matrix.more is not known');
  for (const line of ['\nhi x//0\n', '\nhi y/1/1\n', '\ncalled by main\n'])
    expect(stdout).toContain(line);
  expect(code).toBe(0);
});

test('timeouts of jobs and steps, and fail-fast', async () => {
  const file = path.join(folder, 'timeouts.yml');
  await writeFile(
    file,
    workflow({
      step: {
        if: 'always()',
        steps: [{ name: 'slow', run: 'sleep 60 & sleep 60', 'timeout-minutes': 0.01 }],
      },
      job: {
        if: 'always()',
        'timeout-minutes': 0.03,
        steps: [ours('sleep 60'), { run: 'echo later' }],
      },
      each: {
        if: 'always()',
        strategy: { matrix: { x: [1, 2] }, 'max-parallel': 1 },
        steps: [ours('echo ${{ strategy.job-total }}; exit 4')],
      },
    }),
  );
  const { code, stdout } = await tryWorkflow([file, '--run-steps']);

  expect(stdout).toContain('The step slow was stopped after its timeout-minutes, 0.01.');
  expect(stdout).toContain('The job job was stopped after its timeout-minutes, 0.03.');
  expect(stdout).not.toContain('\nlater\n');
  expect(stdout).toContain('\n2\n');
  expect(stdout).toContain('fail-fast: the other combinations of each do not run.');
  expect(code).toBe(1);
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
  const { stdout, stderr } = await new Promise<Pick<Ended, 'stdout' | 'stderr'>>((resolve) => {
    execFile('sh', ['-c', command], { cwd: repository }, (_error, out, err) => {
      resolve({ stdout: out, stderr: err });
    });
  });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
