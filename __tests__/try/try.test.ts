import { execFile, execFileSync, spawn } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { plant, type Tree } from '../plant.ts';
import { scratch } from '../scratch.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = scratch('try');

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `npm run try`, with these arguments and variables. */
function tryWorkflow(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
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

/**
 * A repository in which git tracks these files, but for those whose name contains `untracked`.
 *
 * @param links what the links in it point to, by their names
 */
async function repositoryOf(files: Tree, links: Tree = {}): Promise<string> {
  const root = await mkdtemp(path.join(folder, 'repository-'));
  plant(root, files);
  for (const [name, to] of Object.entries(links)) symlinkSync(to, path.join(root, name));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  const tracked = Object.keys({ ...files, ...links }).filter((name) => !name.includes('untracked'));
  execFileSync('git', ['add', '--force', ...tracked], { cwd: root });
  return root;
}

const subscription = '5b0a0002-0000-4000-8000-000000000002';
const identity = `client-id: ${subscription}, tenant-id: ${subscription}`;
const target = (name: string) =>
  `cluster: ${name}, resource-group: r, subscription-id: ${subscription}`;
/** A step of this action; lines that end in it can go on below. */
const step = (inputs: string) =>
  `      - uses: OWNER/aks-run-command@v1\n        with: { ${inputs} }\n`;
const ours = (command: string, more = '') =>
  step(`${target('c')}, ${identity}, command: ${JSON.stringify(command)}${more}`);
const checkout = '      - uses: actions/checkout@v5\n';
const job = (id: string, steps: string, more = '') =>
  `  ${id}:\n    runs-on: ubuntu-latest\n${more}    steps:\n${steps}`;
const head = 'on: workflow_dispatch\npermissions: { id-token: write }\njobs:\n';
const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: default }\n';
const called = (steps: string, on = '{}') =>
  `on: { workflow_call: ${on} }\njobs:\n${job('b', steps)}`;

type Row = {
  readonly name: string;
  /** The workflow; `.github/workflows/w.yml`. */
  readonly workflow: string;
  readonly files?: Tree;
  readonly args?: readonly string[];
  readonly code: number;
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
};

const inline = `"secret-$(echo value)"`;

const noYes: readonly Row[] = [
  {
    name: 'no client-id and no azure/login',
    workflow: `on: push\njobs:\n${job('a', step(`${target('c')}, command: ls`))}`,
    code: 1,
    says: ['the runner has no Azure session'],
  },
  {
    name: 'azure/login without id-token: write',
    workflow: `on: push\njobs:\n${job('a', `      - uses: azure/login@v2\n        with: { ${identity} }\n${step(`${target('c')}, command: ls`)}`)}`,
    code: 1,
    says: ['Error: azure/login needs permissions: id-token: write'],
  },
  {
    name: 'client-id without id-token: write',
    workflow: `on: push\njobs:\n${job('a', ours('ls'))}`,
    code: 1,
    says: ['id-token: write'],
  },
  {
    name: 'a misspelled variable',
    workflow: `${head}${job('a', step("cluster: '${{ vars.CLUSTER_ID }}', command: ls, client-id: '${{ vars.CLUSTR_ID }}'"))}`,
    code: 2,
    says: ['w.yml:8: did you mean vars.CLUSTER_ID instead of vars.CLUSTR_ID?'],
  },
  {
    name: 'a variable that differs from the given one by a letter',
    workflow: `${head}${job('a', step("cluster: '${{ vars.CLUSTER_ID }}', command: ls"))}`,
    args: ['vars.CLUSTERS_ID=x'],
    code: 2,
    says: ['did you mean vars.CLUSTERS_ID instead of vars.CLUSTER_ID?'],
  },
  {
    name: 'a masked output that another job uses',
    workflow: `${head}${job('a', ours(`echo v=${inline} >> $GITHUB_OUTPUT`, ', mask-outputs: v').replace('- uses', '- id: x\n        uses'), "    outputs: { v: '${{ steps.x.outputs.v }}' }\n")}${job('b', step(`${target('c')}, ${identity}, command: 'test -n "$V"', env: 'V=\${{ needs.a.outputs.v }}'`), '    needs: a\n')}`,
    code: 1,
    says: [
      'The output v of the job a is empty, as on GitHub: it contains a masked value',
      'v: "***"',
    ],
    saysNot: ['secret-value'],
  },
  {
    name: 'a called workflow without secrets: inherit',
    workflow: `${head}  a:\n    uses: ./.github/workflows/called.yml\n`,
    files: {
      '.github/workflows/called.yml': called(
        step(`${target('c')}, ${identity}, command: 'test -n "$K"', env: 'K=\${{ secrets.KEY }}'`),
      ),
    },
    code: 1,
    says: ['secrets.KEY is empty, as on GitHub'],
  },
  {
    name: 'files without a checkout',
    workflow: `${head}${job('a', ours('ls', ', files: k8s'))}`,
    files: { 'k8s/a.yaml': manifest },
    code: 1,
    says: ['k8s'],
  },
  {
    name: 'a file that one job writes and another one sends',
    workflow: `${head}${job('a', `${checkout}      - run: echo hi > out.txt\n`)}${job('b', `${checkout}${ours('cat out.txt', ', files: out.txt')}`, '    needs: a\n')}`,
    args: ['--run-steps'],
    code: 1,
    says: ['out.txt'],
  },
  {
    name: 'a file that git does not track',
    workflow: `${head}${job('a', `${checkout}${ours('test ! -e k8s/untracked.yaml', ', files: k8s')}`)}`,
    files: { 'k8s/a.yaml': manifest, 'k8s/untracked.yaml': manifest },
    code: 0,
    says: ['Git does not track k8s/untracked.yaml, so GitHub will not have it.'],
  },
  {
    name: 'a local action without a checkout',
    workflow: `${head}${job('a', `      - uses: ./say\n${ours('ls')}`)}`,
    files: { 'say/action.yml': 'name: say\nruns: { using: composite, steps: [] }\n' },
    code: 1,
    says: ['the workspace has no ./say/action.yml. Did you forget actions/checkout?'],
  },
  {
    name: 'a namespace of another cluster',
    workflow: `${head}${job('a', `${ours('kubectl create namespace shop')}${step(`${target('d')}, ${identity}, command: kubectl get namespace shop`)}`)}`,
    code: 1,
    says: ['namespaces "shop" not found'],
  },
  {
    name: 'a refusal that the command swallows',
    workflow: `${head}${job('a', ours('kubectl create quota q --hard=pods=1 2> /dev/null || true'))}`,
    code: 3,
    says: ['Inconclusive', 'writing of ResourceQuota objects'],
  },
  {
    name: 'a matrix value that no combination has',
    workflow: `${head}${job('a', ours('ls'), '    strategy: { matrix: { cluster: [one, two] } }\n')}`,
    args: ['matrix.cluster=nope'],
    code: 2,
    says: ['The job a has no matrix.cluster=nope, only one, two'],
  },
  {
    name: 'a called job with more rights than its caller',
    workflow: `on: push\npermissions: { id-token: none }\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n`,
    files: {
      '.github/workflows/called.yml': called(ours('ls')).replace(
        'jobs:',
        'permissions: { id-token: write }\njobs:',
      ),
    },
    code: 2,
    says: ['whose job b requests id-token: write. Grant it here, too'],
  },
  {
    name: 'a condition that lets no step of this action run',
    workflow: `${head}${job('a', ours('ls'), "    if: github.ref == 'refs/heads/release'\n")}`,
    code: 3,
    says: ['no step of this action ran'],
  },
  {
    name: 'a list from an output that nobody knows',
    workflow: `${head}${job('p', '      - { id: l, run: exit 1 }\n', "    outputs: { l: '${{ steps.l.outputs.l }}' }\n")}${job('a', ours('ls'), "    needs: p\n    strategy: { matrix: { c: '${{ fromJSON(needs.p.outputs.l) }}' } }\n")}`,
    code: 2,
    says: ['fromJSON(needs.p.outputs.l)'],
  },
];

/** What a rehearsal knows beyond the log of the step. */
const advice: readonly Row[] = [
  {
    name: 'curl, although the command hides that it failed',
    workflow: `${head}${job('a', ours('curl -s https://user:pw@api.example.com/x?key=abc > /dev/null 2>&1 || true'))}`,
    code: 3,
    says: ['Inconclusive', '  a connection to api.example.com\n'],
    saysNot: ['connection to user'],
  },
  {
    name: 'curl without a URL',
    workflow: `${head}${job('a', ours('curl web:80 || true'))}`,
    code: 3,
    says: ['  curl\n'],
  },
  {
    name: 'a manifest on the internet',
    workflow: `${head}${job('a', ours('kubectl apply -f https://example.com/a.yaml || true'))}`,
    code: 3,
    says: ['not simulated: only the cluster answers', '  a connection to example.com\n'],
  },
  {
    name: 'a chart on the internet, with a proxy in env',
    workflow: `${head}${job('a', ours('helm repo add a https://charts.example.com || true', ", env: 'HTTPS_PROXY=http://127.0.0.1:1'"))}`,
    code: 3,
    says: ['  a connection to charts.example.com\n'],
  },
  {
    name: 'an image from variables that are not set',
    workflow: `${head}${job('a', ours('kubectl create deployment web --image=$REGISTRY/app:$TAG && kubectl rollout status deployment/web --timeout=60s'))}`,
    code: 1,
    says: ['in the namespace default waits: Failed to apply default image tag "/app:"'],
  },
  {
    name: 'a service account that is missing',
    workflow: `${head}${job('a', `${checkout}${ours('kubectl apply -f d.yaml && kubectl rollout status deployment/web', ', files: d.yaml')}`)}`,
    files: {
      'd.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: shop, containers: [{ name: web, image: 'web:1' }] }
`,
    },
    code: 1,
    says: ['service account "shop" not found', 'exceeded its progress deadline'],
  },
  {
    name: 'a secret that is missing, while the command still waits for it',
    workflow: `${head}${job('a', ours(`kubectl run p --image=x --overrides='{"spec":{"containers":[{"name":"p","image":"x","envFrom":[{"secretRef":{"name":"keys"}}]}]}}' && kubectl wait pod/p --for=condition=Ready --timeout=15s`))}`,
    code: 1,
    says: [
      '== Step OWNER/aks-run-command\n   Pod p in the namespace default waits: secret "keys" not found\n',
      '   Note: Pod p in the namespace default waits: secret "keys" not found\n',
    ],
  },
  {
    name: 'a namespace that is missing',
    workflow: `${head}${job('a', ours('kubectl create configmap a --namespace shop'))}`,
    code: 1,
    says: ["If yours has this namespace: --setup 'kubectl create namespace shop'"],
  },
  {
    name: 'a deployment that is missing',
    workflow: `${head}${job('a', ours('kubectl set image deployment/web web=x:1'))}`,
    code: 1,
    says: ['If yours has what was not found, create it with --setup COMMAND.'],
  },
  {
    name: 'a node of the workflow’s own',
    workflow: `${head}${job('a', ours(`kubectl run p --image=x --overrides='{"spec":{"nodeSelector":{"agentpool":"gpu"}}}' && sleep 1 && exit 1`))}`,
    code: 1,
    says: ["--setup 'kubectl label nodes --all NAME=VALUE --overwrite'"],
  },
  {
    name: 'the same with its label',
    workflow: `${head}${job('a', ours(`kubectl run p --image=x --overrides='{"spec":{"nodeSelector":{"agentpool":"gpu"}}}' && kubectl wait pod/p --for=condition=Ready --timeout=60s`))}`,
    args: ['--setup', 'kubectl label nodes --all agentpool=gpu --overwrite'],
    code: 0,
  },
  {
    name: 'files of a run: step that was skipped',
    workflow: `${head}${job('a', `${checkout}      - { name: Render, run: echo hi > out.yaml }\n${ours('ls', ', files: out.yaml')}`)}`,
    code: 1,
    says: ['a step that was skipped: "Render". To run the run: steps, add --run-steps.'],
  },
  {
    name: 'files of another action',
    workflow: `${head}${job('a', `${checkout}      - { name: Bake, uses: azure/k8s-bake@v3 }\n${ours('ls', ', files: out.yaml')}`)}`,
    code: 1,
    says: ['a step that was skipped: "Bake". A rehearsal cannot run other actions.'],
  },
  {
    name: 'a local action that uses itself',
    workflow: `${head}${job('a', `${checkout}      - uses: ./say\n${ours('ls')}`)}`,
    files: {
      'say/action.yml': 'name: say\nruns: { using: composite, steps: [{ uses: ./say }] }\n',
    },
    code: 2,
    says: ['uses: ./say is at more than 10 levels'],
  },
  {
    name: 'hashFiles',
    workflow: `${head}${job('a', ours('ls', ', env: "H=${{ hashFiles(\'a\') }}"'))}`,
    code: 3,
    says: ['hashFiles is not simulated'],
  },
  {
    name: 'an output, which is shown once, and the command’s own summary',
    workflow: `${head}${job('a', ours('echo marker; echo "## Deployed" >> $GITHUB_STEP_SUMMARY').replace('echo marker', "printf 'mar%s' ker"))}`,
    code: 0,
    says: ['\nSummary\n  ## Deployed\n', 'The cluster was a stand-in', '--kubeconfig FILE'],
    saysNot: ['"marker'],
  },
  {
    name: 'a step after one that failed, and a job that needs it',
    workflow: `${head}${job('a', `${ours('exit 1')}${ours('ls')}`)}${job('b', ours('ls'), '    needs: a\n')}`,
    code: 1,
    says: [
      'skipped, because an earlier step failed',
      '== Job b: skipped, because a job that it needs did not succeed',
    ],
  },
  {
    name: 'a called workflow, whose jobs have the name that GitHub shows',
    workflow: `${head}  staging:\n    uses: ./.github/workflows/called.yml\n`,
    files: { '.github/workflows/called.yml': called(ours('ls')) },
    code: 0,
    says: ['== Job staging / b\n'],
  },
];

const noAlarm: readonly Row[] = [
  {
    name: 'names of variables that differ by a number or a short word',
    workflow: `${head}${job('a', step("cluster: '${{ vars.EU_ID }}${{ vars.US_ID }}', command: ls, client-id: '${{ vars.ID_1 }}', tenant-id: '${{ vars.ID_2 }}'"))}`,
    args: ['--help'],
    code: 0,
  },
  {
    name: 'variables and secrets that nobody gave',
    workflow: `${head}${job('a', step("cluster: '${{ vars.CLUSTER_ID }}', client-id: '${{ secrets.CLIENT }}', tenant-id: '${{ vars.TENANT }}', timeout: '${{ vars.TIME }}', command: ls"))}`,
    code: 0,
    says: ['w.yml:8: vars.CLUSTER_ID', 'w.yml:8: secrets.CLIENT'],
  },
  {
    name: 'the same cluster in two jobs',
    workflow: `${head}${job('a', ours('kubectl create namespace shop'))}${job('b', ours('kubectl get namespace shop'), '    needs: a\n')}`,
    code: 0,
  },
  {
    name: 'labels of the pods of a job, and the service of the API',
    workflow: `${head}${job('a', ours('kubectl create job j --image=x -- true && kubectl get pods -l batch.kubernetes.io/job-name=j -o jsonpath={..metadata.labels} | grep batch.kubernetes.io/controller-uid && kubectl get service kubernetes -n default'))}`,
    code: 0,
  },
  {
    name: 'a pending pod has an event and no address',
    workflow: `${head}${job('a', ours(`kubectl run p --image=x --overrides='{"spec":{"nodeSelector":{"a":"b"}}}' && sleep 1 && kubectl describe pod p | grep FailedScheduling && test -z "$(kubectl get pod p -o jsonpath={.status.podIP})"`))}`,
    code: 0,
  },
  {
    name: 'an output that a failed step did not set',
    workflow: `${head}${job('a', `${ours('exit 3').replace('- uses', '- id: x\n        continue-on-error: true\n        uses')}${ours('test -z "$V"', ", env: 'V=${{ steps.x.outputs.ready }}'")}`)}`,
    code: 0,
    saysNot: ['unknown in a rehearsal'],
  },
  {
    name: 'the subject of a job with an environment',
    workflow: `${head}${job('a', ours('ls'), '    environment: production\n')}`,
    code: 0,
    says: ['subject           repo:octo-org/shop:environment:production'],
  },
  {
    name: 'what a step of this action left for the steps of its job',
    workflow: `${head}${job('a', `${ours('mkdir r && echo yes > r/f', ', collect: r').replace('- uses', '- id: x\n        uses')}      - run: cat "$C/r/f"\n        env: { C: '\${{ steps.x.outputs.collected }}' }\n`)}`,
    args: ['--run-steps'],
    code: 0,
    says: ['\nyes\n'],
  },
  {
    name: 'an input of the event',
    workflow: `${head.replace('workflow_dispatch', '{ workflow_dispatch: { inputs: { tag: { type: string, required: true } } } }')}${job('a', ours('test "$T" = 1', ", env: 'T=${{ github.event.inputs.tag }}'"))}`,
    args: ['inputs.tag=1'],
    code: 0,
    saysNot: ['unknown in a rehearsal'],
  },
];

const refused: readonly Row[] = [
  { name: 'broken YAML', workflow: 'on: push\njobs: [', code: 2, says: ['w.yml:2: '] },
  {
    name: 'an unknown key',
    workflow: `foo: 1\n${head}${job('a', ours('ls'))}`,
    code: 2,
    says: ['w.yml:1:1: unexpected key "foo"'],
  },
  {
    name: 'a misspelled input of this action',
    workflow: `${head}${job('a', step(`${target('c')}, comand: ls`))}`,
    code: 2,
    says: ['w.yml:8: "comand" is not an input of this action. Did you mean command?'],
  },
  {
    name: 'a required input without a value',
    workflow: `on: { workflow_dispatch: { inputs: { tag: { type: string, required: true } } } }\njobs:\n${job('a', ours('ls'))}`,
    code: 2,
    says: ['inputs.tag=VALUE'],
  },
  {
    name: 'an input that is not declared',
    workflow: `${head}${job('a', ours('ls'))}`,
    args: ['inputs.x=1'],
    code: 2,
    says: ['there is no inputs.x'],
  },
  {
    name: 'an assignment to nothing',
    workflow: `${head}${job('a', ours('ls'))}`,
    args: ['tag=1'],
    code: 2,
    says: ['inputs.NAME=VALUE'],
  },
  {
    name: 'a setup that fails',
    workflow: `${head}${job('a', ours('ls'))}`,
    args: ['--setup', 'exit 1'],
    code: 2,
    says: ["--setup: 'exit 1' failed"],
  },
  {
    name: 'a called workflow that calls itself',
    workflow: `on: { workflow_call: {} }\njobs:\n  a:\n    uses: ./.github/workflows/w.yml\n`,
    code: 2,
    says: ['more than ten levels'],
  },
  {
    name: 'a called workflow without a required input',
    workflow: `${head}  a:\n    uses: ./.github/workflows/called.yml\n`,
    files: {
      '.github/workflows/called.yml': called(
        ours('ls'),
        '{ inputs: { who: { type: string, required: true } } }',
      ),
    },
    code: 2,
    says: ['without the input who, which is required'],
  },
];

test.each([...noYes, ...advice, ...noAlarm, ...refused])('$name: exit code $code', async (row) => {
  const { workflow, files = {}, args = [], code, says = [], saysNot = [] } = row;
  const root = await repositoryOf({ '.github/workflows/w.yml': workflow, ...files });
  const before = readdirSync(root, { recursive: true })
    .filter((name) => !String(name).startsWith('.git/'))
    .sort();
  const ended = await tryWorkflow([path.join(root, '.github/workflows/w.yml'), ...args]);
  const said = ended.stdout + ended.stderr;

  for (const text of says) expect(said).toContain(text);
  for (const text of saysNot) expect(said).not.toContain(text);
  expect(said).not.toMatch(/\n {4}at /);
  expect({ code: ended.code, said }).toEqual({ code, said });
  // Nothing is written into the checkout.
  expect(
    readdirSync(root, { recursive: true })
      .filter((name) => !String(name).startsWith('.git/'))
      .sort(),
  ).toEqual(before);
});

const victim = path.join(folder, 'victim');
const upTo = (file: string) => `../../..${file}`;

/** What may not be reached lies in the folder `victim`, to which git tracks a link. */
test.each([
  [
    'a checkout that goes up',
    checkout.replace('\n', `\n        with: { path: '${upTo(victim)}' }\n`),
  ],
  [
    'a checkout to an absolute path',
    checkout.replace('\n', `\n        with: { path: '${victim}' }\n`),
  ],
  [
    'a checkout through a tracked link',
    `${checkout}${checkout.replace('\n', '\n        with: { path: tracked/new }\n')}`,
  ],
  [
    'a checkout through a link to nothing',
    `${checkout}${checkout.replace('\n', '\n        with: { path: dangling }\n')}`,
  ],
  ['an action that goes up', `${checkout}      - uses: ./${upTo(victim)}\n`],
  ['an action behind a tracked link', `${checkout}      - uses: ./tracked\n`],
  ['an action whose file is a tracked link', `${checkout}      - uses: ./say\n`],
  [
    'a run: step in a folder that goes up',
    `      - { run: touch here, working-directory: '${upTo(victim)}' }\n`,
  ],
])('the rehearsal stays in its folder: %s', async (_name, steps) => {
  await rm(victim, { recursive: true, force: true });
  plant(victim, { 'action.yml': 'name: say\nruns: { using: composite, steps: [] }\n' });
  const workflow = `${head}${job('a', `${steps}${ours('ls')}`)}`;
  const root = await repositoryOf(
    { '.github/workflows/w.yml': workflow, 'say/README.md': '' },
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
  plant(victim, { 'called.yml': called(ours('ls')) });
  const root = await repositoryOf(
    { '.github/workflows/w.yml': `${head}  a:\n    uses: ${uses}\n` },
    { '.github/workflows/linked.yml': path.join(victim, 'called.yml') },
  );
  const { code, stderr } = await tryWorkflow([path.join(root, '.github/workflows/w.yml')]);

  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is outside') });
});

test('a checkout brings tracked links, to folders and to nothing, and leaves nothing else', async () => {
  const root = await repositoryOf(
    {
      '.github/workflows/w.yml': `${head}${job('a', `      - run: touch made-before\n${checkout}      - run: readlink charts nowhere && ls\n${ours('cat charts/a', ', files: charts')}`)}`,
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

test.each([
  ['a pipe', 'rm "$FILE" && mkfifo "$FILE"', "The file command 'NAME' is not a regular file"],
  [
    'a link',
    'touch other; ln -sf "$PWD/other" "$FILE"',
    "The file command 'NAME' is not a regular file",
  ],
  ['a folder', 'rm "$FILE" && mkdir "$FILE"', "The file command 'NAME' is not a regular file"],
])(
  '%s in place of a file command fails the step, and does not hang it',
  async (_name, script, says) => {
    const files = {
      output: 'GITHUB_OUTPUT',
      env: 'GITHUB_ENV',
      path: 'GITHUB_PATH',
      'summary.md': 'GITHUB_STEP_SUMMARY',
    };
    const steps = Object.values(files).map(
      (variable) =>
        `      - { run: '${script.replaceAll('FILE', variable)}', continue-on-error: true }\n`,
    );
    const root = await repositoryOf({
      '.github/workflows/w.yml': `${head}${job('a', `${steps.join('')}${ours('ls')}`)}`,
    });
    const { code, stdout } = await tryWorkflow([
      path.join(root, '.github/workflows/w.yml'),
      '--run-steps',
    ]);

    for (const name of Object.keys(files))
      expect(stdout).toContain(`Error: ${says.replace('NAME', name)}`);
    expect(code).toBe(0);
  },
);

test('a line that is no output fails the step, as on GitHub', async () => {
  const root = await repositoryOf({
    '.github/workflows/w.yml': `${head}${job('a', `      - run: echo nonsense >> "$GITHUB_OUTPUT"\n${ours('ls')}`)}`,
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
    `${head}${job('a', `${checkout}${ours('kubectl apply -f k8s', ', files: k8s')}`)}`,
  );
  const { code, stdout } = await tryWorkflow([path.join(root, 'w.yml')], {
    GIT_CEILING_DIRECTORIES: folder,
  });

  expect(stdout).toContain('configmap/c created');
  expect(code).toBe(0);
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
    'kubectl create namespace shop && kubectl create deployment shop --image=nginx --namespace shop';
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml', '--setup', setup]);
  expect(stdout).toContain('deployment.apps/shop created');
  expect(code).toBe(0);
});

test('nothing of one pod’s kubeconfig, home or /tmp reaches the next', async () => {
  const workflow = path.join(folder, 'two.yml');
  await writeFile(
    workflow,
    `${head}${job('a', `${ours('kubectl config set-context --current --namespace=first; touch ~/left-home /tmp/left-tmp')}${ours("kubectl config view --minify -o jsonpath='in <{..namespace}>'; ls ~ /tmp")}`)}`,
  );
  const { stdout } = await tryWorkflow([workflow]);

  expect(stdout).toContain('in <>');
  const [, second = ''] = stdout.split('in <>');
  expect(second).not.toContain('left-home');
  // Where the machine lets nobody have a /tmp of his own, that is said.
  if (!stdout.includes('files in /tmp remain for the next command'))
    expect(second).not.toContain('left-tmp');
});

const any = (inputs: string) => step(`${target('c')}, ${identity}, ${inputs}`);
const beginning = job('a', '');

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
${any(`command: "echo called by '\${{ inputs.who }}'"`)}`,
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
      - uses: actions/checkout@v5
      - { uses: ./say, id: say, with: { what: '\${{ matrix.c }}' } }
${any(`command: "echo \${{ steps.say.outputs.said }}/\${{ matrix.more }}/\${{ strategy.job-index }}"`)}
  call:
    needs: each
    uses: ./.github/workflows/called.yml
    permissions: { id-token: write }
    with: { who: main }
`,
  );
  const { code, stdout } = await tryWorkflow([path.join(workflows, 'main.yml'), '--run-steps']);

  expect(stdout).not.toContain('matrix.more is not known');
  for (const line of ['\nhi x//0\n', '\nhi y/1/1\n', '\ncalled by main\n'])
    expect(stdout).toContain(line);
  expect(code).toBe(0);
});

test('timeouts of jobs and steps, and fail-fast', async () => {
  const file = path.join(folder, 'timeouts.yml');
  const always = (id: string, lines: string) =>
    `  ${id}:\n    if: always()\n    runs-on: ubuntu-latest\n${lines}\n`;
  await writeFile(
    file,
    `on: workflow_dispatch
permissions: { id-token: write }
jobs:
${always('step', `    steps: [{ name: slow, run: 'sleep 60 & sleep 60', timeout-minutes: 0.01 }]`)}
${always('job', `    timeout-minutes: 0.03\n    steps:\n${any('command: sleep 60')}      - run: echo later`)}
${always('each', `    strategy: { matrix: { x: [1, 2] }, max-parallel: 1 }\n    steps:\n${any("command: 'echo ${{ strategy.job-total }}; exit 4'")}`)}`,
  );
  const { code, stdout } = await tryWorkflow([file, '--run-steps']);

  expect(stdout).toContain('The step slow was stopped after its timeout-minutes, 0.01.');
  expect(stdout).toContain('The job job was stopped after its timeout-minutes, 0.03.');
  expect(stdout).not.toContain('\nlater\n');
  expect(stdout).toContain('\n2\n');
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
  ['a step of this action', any(`command: 'echo $$ > PIDFILE; sleep 60'`), '--run-steps'],
  [
    'a run: step',
    `      - run: 'echo $$ > PIDFILE; sleep 60'\n${any('command: ls')}`,
    '--run-steps',
  ],
  ['a command of --setup', any('command: ls'), '--setup=echo $$ > PIDFILE; exec sleep 60'],
])('Ctrl-C ends what %s started', async (name, step, option) => {
  // Outside /tmp, of which each step has its own.
  const cache = path.join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const pids = path.join(cache, `pids-${process.pid}-${name.length}`);
  const file = path.join(folder, `endless-${name.length}.yml`);
  await writeFile(file, `${head}${beginning}${step.replace('PIDFILE', pids)}`);
  const child = spawn(
    process.execPath,
    [
      '--liftoff-only',
      path.join(repository, 'local/try/main.ts'),
      file,
      option.replace('PIDFILE', pids),
    ],
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
  await writeFile(file, `${head}${beginning}${any('command: ls')}`);
  const command = `"${process.execPath}" --liftoff-only local/try/main.ts ${file} | head -n 1`;
  const { stdout, stderr } = await new Promise<Pick<Ended, 'stdout' | 'stderr'>>((resolve) => {
    execFile('sh', ['-c', command], { cwd: repository }, (_error, out, err) => {
      resolve({ stdout: out, stderr: err });
    });
  });

  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
