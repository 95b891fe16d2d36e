import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { execute } from '../cli/support.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { until } from '../support/until.ts';
import { createWitness, type Witness } from '../support/witness.ts';
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

/** Alone, so that whoever fills in the publisher leaves it. */
const OWNER = 'OWNER';

type Row = {
  readonly name: string;
  readonly workflow: string;
  readonly args?: readonly string[];
  readonly code: 0 | 1 | 2 | 3;
  readonly says: string;
};

/** A step whose action GitHub refuses. */
const refused = (uses: string, says: string): Row => ({
  name: uses,
  workflow: workflow({ a: [{ ...ours('ls'), uses }] }),
  code: 2,
  says,
});

test.each<Row>([
  {
    name: 'a duration without its unit',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--cancel-after', '5'],
    code: 2,
    says: '--cancel-after 5 is invalid. Use a duration such as 5s\n',
  },
  { name: 'broken YAML', workflow: 'on: push\njobs: [', code: 2, says: 'w.yml: ' },
  {
    name: 'a value that YAML takes for a tag',
    workflow: workflow({ a: [ours('ls')] }).replace('command: ls', '$&\n          files: !docs/**'),
    code: 2,
    says: 'w.yml: Unresolved tag: !docs/** at line ',
  },
  {
    name: 'an unknown key',
    workflow: `foo: 1\n${workflow({ a: [ours('ls')] })}`,
    code: 2,
    says: "w.yml:1:1: Unexpected value 'foo'\n",
  },
  {
    name: 'a misspelled input of this action',
    workflow: workflow({ a: [step({ comand: 'ls', ...CLUSTER })] }),
    code: 2,
    says: "w.yml:10:11: Invalid action input 'comand'. Did you mean command?\n",
  },
  refused(
    `${OWNER}/aks-run-command@v1`,
    `cannot find ${OWNER}/aks-run-command@v1. Replace OWNER. A rehearsal takes any name and commit.`,
  ),
  refused('octo-org/aks-run-command@COMMIT', 'Replace COMMIT. '),
  refused(
    'YOU/YOUR-FORK@COMMIT',
    'Replace YOU, YOUR-FORK, COMMIT. A rehearsal takes any name and commit. ' +
      'The README says which ones GitHub needs\n',
  ),
  refused('aks-run-command@v1', 'w.yml:8:15: Expected format {owner}/{repo}[/path]@{ref}. '),
  refused('octo-org/aks-run-command', 'w.yml:8:15: Expected format {owner}/{repo}[/path]@{ref}. '),
  {
    name: 'no step of this action',
    workflow: workflow({ a: [{ run: 'ls' }] }),
    code: 2,
    says: 'no step uses OWNER/aks-run-command@... or a copy of it\n',
  },
  {
    name: 'a copy of this action that is not in the checkout',
    workflow: workflow({ a: [checkout, { ...ours('ls'), uses: './.github/actions/aks' }] }),
    code: 2,
    says:
      'w.yml: there is no ./.github/actions/aks/action.yml. ' +
      'Copy action.yml, LICENSE, and dist/ of the action into ./.github/actions/aks\n',
  },
  {
    name: 'a required input without a value',
    workflow: workflow({ a: [ours('ls')] }, inputsOf('tag', { ...required.tag })),
    code: 2,
    says: 'inputs.tag=VALUE',
  },
  {
    name: 'a misspelled input of the workflow',
    workflow: workflow({ a: [ours('ls')] }, inputsOf('tag', { ...required.tag })),
    args: ['inputs.tga=1'],
    code: 2,
    says: 'w.yml has no input tga. Its inputs are: tag\n',
  },
  {
    name: 'an input of a workflow that has none',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['inputs.tag=1'],
    code: 2,
    says: 'w.yml has no input tag\n',
  },
  {
    name: 'a misspelled option',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--stricct'],
    code: 2,
    says: "Unknown option '--stricct'. Did you mean --strict?\n",
  },
  {
    name: 'an option of another program',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--workflows'],
    code: 2,
    says: "Unknown option '--workflows'. --help lists all options\n",
  },
  {
    name: 'an option without its value',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--setup'],
    code: 2,
    says: "Option '--setup <value>' argument missing\n",
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
    name: 'an output of a job that is not needed, which is empty',
    workflow: workflow({
      a: { outputs: { tag: '${{ steps.build.outputs.tag }}' }, steps: [build] },
      b: { steps: [ours('echo "[$A]"', { env: 'A=${{ needs.a.outputs.tag }}' })] },
    }),
    code: 0,
    says: '\n[]\n',
  },
  {
    name: 'a called workflow that has the permissions of its caller',
    workflow: workflow({ a: [ours('ls')] }, { on: 'workflow_call', permissions: undefined }),
    code: 0,
    says: 'succeeded',
  },
  {
    name: 'a strategy from an expression',
    workflow: workflow({
      a: { strategy: `\${{ fromJSON('{"matrix":{"c":["x"]}}') }}`, steps: [ours('ls')] },
    }),
    code: 0,
    says: '\na (x)  ',
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
    workflow: workflow({ a: [ours('ls', { env: 'A=${{ github.event.head_commit.id }}' })] }, push),
    code: 2,
    says: '  github.event.head_commit.id=VALUE\n',
  },
  {
    name: 'a part of the payload with a value',
    workflow: workflow(
      { a: [ours('echo $A', { env: 'A=${{ github.event.pull_request.number }}' })] },
      { on: 'pull_request' },
    ),
    args: ['github.event.pull_request.number=12'],
    code: 0,
    says: '\n12\n',
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
    name: 'a boolean input that is false, and not the word',
    workflow: workflow(
      { a: [{ if: '!inputs.go', ...ours('ls') }] },
      inputsOf('go', { type: 'boolean' }),
    ),
    args: ['inputs.go=false'],
    code: 0,
    says: 'succeeded',
  },
  {
    name: 'a number as an input',
    workflow: workflow(
      { a: [ours("echo '${{ toJSON(inputs.replicas) }}'")] },
      inputsOf('replicas', { type: 'number' }),
    ),
    args: ['inputs.replicas=2'],
    code: 0,
    says: '\n2\n',
  },
  {
    name: 'a checkout of what nobody knows, which no step of this action needs',
    workflow: workflow(
      {
        a: [
          build,
          { ...checkout, with: { ref: '${{ steps.build.outputs.ref }}' } },
          ours('echo ${{ inputs.tag || steps.build.outputs.tag }}'),
        ],
      },
      inputsOf('tag', {}),
    ),
    args: ['inputs.tag=2.9.0'],
    code: 0,
    says: '\n2.9.0\n',
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
  ...[
    { name: 'an input', inputs: { env: "H=${{ hashFiles('a') }}" } },
    { name: 'a condition', more: { if: "hashFiles('a') != ''" } },
  ].map(({ name, inputs = {}, more = {} }) => ({
    name: `a function that a rehearsal lacks, in ${name},`,
    workflow: workflow({
      a: [
        { uses: 'actions/cache@v5', with: { key: "${{ hashFiles('b') }}" } },
        { ...ours('ls', inputs), ...more },
      ],
    }),
    code: 3 as const,
    says:
      "w.yml:19: hashFiles('a') is not simulated. " +
      'To rehearse the workflow, put a fixed value in its place\n',
  })),
  ...[
    { files: 'dist/**' },
    { files: 'dist/**', 'if-no-files-found': 'warn' },
    { files: '*', 'working-directory': 'dist' },
  ].map((inputs) => ({
    name: `a file of a step that does not run (${Object.values(inputs).join(', ')})`,
    workflow: workflow({ a: [checkout, build, { name: 'Go', ...ours('cat dist/a', inputs) }] }),
    code: 3 as const,
    says:
      'Inconclusive: steps that were not run may create files that these steps lack. ' +
      'To rehearse them, add copies to git:\n  a: Go\n',
  })),
  ...[
    { name: 'a file that no step creates', steps: [checkout] },
    { name: 'a file that only a skipped step creates', steps: [{ ...build, if: 'false' }] },
  ].map(({ name, steps }) => ({
    name,
    workflow: workflow({ a: [...steps, ours('cat dist/a', { files: 'dist/**' })] }),
    code: 1 as const,
    says: 'No files were found for `dist/**`',
  })),
  {
    name: 'what nobody here can decide, even though the command hides its failure',
    workflow: workflow({ a: [ours('kubectl create token default >/dev/null 2>&1 || true')] }),
    code: 3,
    says: "Inconclusive: commands asked for what can't be decided here:\n  serviceaccounts/token\n",
  },
])('$name ends with $code', async ({ workflow: text, args = [], code, says }) => {
  const ended = await tryFile(await written(text), ...args);

  expect(ended.said).toContain(says);
  expect(ended.code).toBe(code);
});

describe('--strict', () => {
  const unset = [{ id: 'a', ...ours('ls') }, { run: 'echo ${{ steps.a.outputs.imge }}' }];
  test.each([
    ['a warning', [ours('echo ${{ secrets.KEY }}')], 1],
    ['an unset output', unset, 1],
    ['nothing', [ours('ls')], 0],
  ])('%s', async (_name, steps, code) => {
    const file = await written(workflow({ a: steps }));
    const [usual, strict] = [await tryFile(file), await tryFile(file, '--strict')];
    expect([usual.code, strict.code]).toEqual([0, code]);
  });
});

test('the last line is a page with the summaries, without masked values and scripts', async () => {
  const command = `
    echo 'token=made-in-the-pod' >> "$GITHUB_OUTPUT"
    echo "$KEY made-in-the-pod <script>alert(1)</script> **bold**" >> "$GITHUB_STEP_SUMMARY"`;
  const go = { name: 'Go', ...ours(command, { env: 'KEY', 'mask-outputs': 'token' }) };
  const steps = [{ ...go, env: { KEY: '${{ secrets.KEY }}' } }];
  const { said } = await tryFile(await written(workflow({ a: steps })), 'secrets.KEY=k-value');
  const page = await readFile(said.trimEnd().split(' ').at(-1) ?? '', 'utf8');

  expect(page).toContain('<h1>a / Go</h1>');
  expect(page).toContain('*** ***  <strong>bold</strong>');
  expect(page).not.toMatch(/k-value|made-in-the-pod|<script/);
  expect(said).not.toContain('k-value');
});

test('an example of this clone may still say OWNER', async () => {
  const { code } = await tryFile(path.join(repository, 'examples/after-azure-login.yml'));
  expect(code).toBe(0);
});

test('npm finds the file from where one stands; --setup has the environment of the caller, and no command', async () => {
  const production = await recordingServer();
  writeTree(folder, { production: kubeconfigOf(production.url) });
  const command = 'kubectl get configmap a; echo "token: $GH_TOKEN."; env';
  const file = await written(workflow({ a: [ours(command)] }));
  const setup = ['kubectl create configmap a', 'echo "setup: $GH_TOKEN"'];
  const { code, stdout } = await execute(
    'npm',
    [
      '--prefix',
      repository,
      'run',
      'try',
      '--',
      'w.yml',
      ...setup.flatMap((one) => ['--setup', one]),
    ],
    {
      cwd: path.dirname(file),
      env: {
        ...process.env,
        KUBECONFIG: path.join(folder, 'production'),
        GH_TOKEN: 'of-the-caller',
      },
    },
  );
  await production.stop();

  expect(stdout).toContain('setup: of-the-caller\n');
  expect(stdout).toContain('token: .\n');
  expect(stdout.match(/of-the-caller/g)).toHaveLength(1);
  expect({ code, asked: production.asked }).toEqual({ code: 0, asked: [] });
});

inNamespacesOnly(() => {
  test('--cancel-after cancels the run, and the post step stops the command', async () => {
    const command = "trap 'echo cleaned up; exit 9' TERM; sleep 60 & wait";
    const steps = [
      { name: 'Deploy', ...ours(command, { 'on-cancel': 'stop' }) },
      { name: 'After', ...ours('echo after') },
      { name: 'Cleanup', ...ours('echo cleanup'), if: 'cancelled()' },
    ];
    const jobs = { a: { steps }, b: { needs: 'a', steps: [ours('ls')] } };
    const { code, said } = await tryFile(await written(workflow(jobs)), '--cancel-after', '3s');

    expect(code).toBe(1);
    const table = said.slice(said.indexOf('\nJOB')).replaceAll(/  +/g, ' ').split('\n');
    expect(table.slice(2, 7)).toEqual([
      'a Deploy running',
      'a After skipped: the run was canceled',
      'a Cleanup succeeded',
      'a Post Deploy succeeded',
      'b skipped: a job that it needs did not succeed',
    ]);
    expect(said).toMatch(/== a \/ Post Deploy\n[^]*cleaned up[^]*The command was stopped/);
  });
});

test('--cancel-after says if nothing ran for so long', async () => {
  const { code, said } = await tryFile(
    await written(workflow({ a: [ours('ls')] })),
    '--cancel-after',
    '1h',
  );
  expect(code).toBe(0);
  expect(said).toContain('No step of this action ran for that long, so nothing was canceled.\n');
});

test('a cluster of one’s own is used as it is', async () => {
  const own = await recordingServer();
  const kubeconfig = path.join(folder, 'own');
  writeTree(folder, { own: kubeconfigOf(own.url) });
  const file = await written(workflow({ a: [ours('kubectl get --raw /api/v1/pods')] }));
  const { code, said } = await tryFile(file, '--kubeconfig', kubeconfig);
  await own.stop();

  expect(own.asked).toContain('/api/v1/pods');
  expect(said).toContain(`The cluster was the one of ${kubeconfig}.\n`);
  expect(said).not.toContain('stand-in');
  expect(code).toBe(1);
});

/** A server that has nothing, and keeps the addresses for which it was asked. */
async function recordingServer() {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}`, asked, stop };
}

const kubeconfigOf = (server: string) =>
  JSON.stringify({
    'current-context': 'a',
    clusters: [{ name: 'a', cluster: { server } }],
    contexts: [{ name: 'a', context: { cluster: 'a' } }],
  });

test.each([
  {
    name: 'a step of this action',
    stepFor: ({ hold }: Witness) => ours(`${hold}; sleep 60`),
    setupFor: () => 'true',
  },
  {
    name: 'a command of --setup',
    stepFor: () => ours('ls'),
    setupFor: ({ hold }: Witness) => `${hold}; exec sleep 60`,
  },
])('Ctrl-C ends what $name started', async ({ stepFor, setupFor }) => {
  // Outside /tmp, of which each step has its own.
  const cache = path.join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const place = await mkdtemp(path.join(cache, 'witness-'));
  const witness = createWitness(path.join(place, 'witness'));
  const file = await written(workflow({ a: [stepFor(witness)] }));
  const child = spawn(process.execPath, [...PROGRAM, file, '--setup', setupFor(witness)], {
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await until(() => witness.isHeld() || child.exitCode !== null);
  child.kill('SIGINT');

  expect(await ended).toBe(130);
  // What was killed is there until the system has noticed.
  await until(() => !witness.isHeld());
  await rm(place, { recursive: true });
});

test('a reader that goes away, such as head, is no crash', async () => {
  const file = await written(workflow({ a: [ours('ls')] }));
  const command = `"${process.execPath}" --liftoff-only local/try/main.ts ${file} | head -n 1`;
  const { stdout, stderr } = await execute('sh', ['-c', command], { cwd: repository });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
