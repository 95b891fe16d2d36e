import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import {
  checkout,
  CLUSTER,
  IDENTITY,
  ours,
  repository,
  step,
  tryFile,
  workflow,
  written,
  type Jobs,
} from './rehearsal.ts';

type Row = {
  readonly name: string;
  readonly jobs: Jobs;
  /** Lines of the table, without the job, of these jobs' steps. */
  readonly states: readonly string[];
  /** What the log of these jobs, or the end, has. */
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
};

const INPUTS = { ...CLUSTER, ...IDENTITY };
const COPY = './.github/actions/cluster';
const action = readFileSync(path.join(repository, 'action.yml'), 'utf8');
const files = { 'k8s/a.txt': 'tracked\n', [`${COPY.slice(2)}/action.yml`]: action };
const inEnvironment = (environment: string, command: string) => ({
  environment,
  steps: [
    step({
      cluster: '${{ vars.CLUSTER_ID }}',
      'client-id': '${{ secrets.CLIENT }}',
      'tenant-id': '${{ vars.TENANT }}',
      command,
    }),
  ],
});

const rows: readonly Row[] = [
  {
    name: 'a fork under another name, and a copy in the checkout',
    jobs: {
      forks: [
        checkout,
        { name: 'fork', uses: 'o/run-in-aks@v1', with: { ...INPUTS, Command: 'ls' } },
        { name: 'copy', uses: COPY, with: { ...INPUTS, command: 'echo copied' } },
      ],
    },
    states: ['actions/checkout not run', 'fork succeeded', 'copy succeeded'],
    says: ['\ncopied\n', '(o/run-in-aks@v1)'],
  },
  {
    name: 'a copy before the checkout',
    jobs: {
      early: [
        { name: 'of GitHub', uses: COPY.replace('.', '$'), with: { ...INPUTS, command: 'ls' } },
        { name: 'early', uses: COPY, with: { ...INPUTS, command: 'ls' } },
      ],
    },
    states: ['of GitHub succeeded', 'early failed'],
    says: [`There is no ${COPY} before actions/checkout.`],
  },
  {
    name: 'a copy by a reference to the repository itself, which needs no checkout',
    jobs: {
      self: [
        {
          name: 'self',
          uses: COPY.replace('.', '$'),
          with: { ...CLUSTER, ...IDENTITY, command: 'echo copied' },
        },
      ],
    },
    states: ['self succeeded'],
    says: ['\ncopied\n', '\n  output: (as in the log)\n'],
  },
  {
    name: 'other actions and scripts are listed, and run nowhere',
    jobs: {
      others: [
        { name: 'script', run: 'touch /tmp/ran; exit 1' },
        { name: 'maybe', run: 'exit 1', if: "github.ref == 'x'", id: 'nothing' },
        { name: 'other', uses: 'o/other@v1' },
        { name: 'never', run: 'exit 1', if: 'failure()' },
      ],
    },
    states: [
      'script not run',
      'maybe skipped: its condition is false',
      'other not run',
      'never skipped: its condition is false',
    ],
  },
  {
    name: 'no client-id and no azure/login',
    jobs: { 'no-identity': [{ name: 'a', ...step({ ...CLUSTER, command: 'ls' }) }] },
    states: ['a not-started'],
    says: ['client-id: ${{ vars.AZURE_CLIENT_ID }}'],
  },
  {
    name: 'azure/login with a secret, which needs no ID token',
    jobs: {
      login: {
        permissions: {},
        steps: [
          { uses: 'azure/login@v2', with: { creds: '${{ secrets.CREDS }}' } },
          { name: 'a', ...step({ ...CLUSTER, command: 'ls' }) },
        ],
      },
    },
    states: ['azure/login not run', 'a succeeded'],
  },
  {
    name: 'a job without id-token: write',
    jobs: { 'no-right': { permissions: {}, steps: [{ name: 'a', ...ours('ls') }] } },
    states: ['a not-started'],
    says: ['id-token: write'],
  },
  {
    name: 'the variable of an environment is another cluster in each, with an own subject',
    jobs: {
      staging: inEnvironment('staging', 'kubectl create configmap a -n web'),
      production: inEnvironment('production', 'kubectl get configmap -n web; kubectl get ns web'),
      later: inEnvironment('staging', 'kubectl get configmap a -n web'),
    },
    states: [
      'octo-org/aks-run-command succeeded',
      'octo-org/aks-run-command failed',
      'octo-org/aks-run-command succeeded',
    ],
    says: ['repo:octo-org/shop:environment:staging', 'namespaces "web" not found', '\n  web\n'],
  },
  {
    name: 'an output goes through a job and a matrix from JSON, with include',
    jobs: {
      list: {
        outputs: { list: '${{ steps.l.outputs.list }}' },
        steps: [{ id: 'l', name: 'l', ...ours(`echo 'list=["x","y"]' >> "$GITHUB_OUTPUT"`) }],
      },
      each: {
        needs: 'list',
        strategy: {
          matrix: {
            c: '${{ fromJSON(needs.list.outputs.list) }}',
            include: [{ c: 'y', more: 1 }],
          },
        },
        steps: [
          {
            name: 'm',
            ...ours('echo "got $A"', { env: 'A=${{ matrix.c }}/${{ matrix.more }}' }),
          },
        ],
      },
    },
    states: ['l succeeded', 'm succeeded', 'm succeeded'],
    says: ['\ngot x/\n', '\ngot y/1\n', 'each (y, 1)'],
  },
  {
    name: 'a failed combination leaves the others alone, and skips what needs the job',
    jobs: {
      some: {
        strategy: { matrix: { x: [1, 2] } },
        steps: [{ name: 's', ...ours('exit $X', { env: 'X=${{ matrix.x }}' }) }],
      },
      after: { needs: 'some', steps: [ours('ls')] },
    },
    states: ['s failed', 's failed', 'skipped: a job that it needs did not succeed'],
  },
  {
    name: 'steps after a failure, which is no typo of what they read, and continue-on-error',
    jobs: {
      fails: [
        { name: 'a', id: 'a', 'continue-on-error': true, ...ours('exit 3') },
        { name: 'b', if: "steps.a.outputs.exit-code == '3'", ...ours('exit 4') },
        { name: 'c', ...ours('ls') },
        { name: 'd', if: 'failure()', ...ours('ls') },
        { name: 'e', if: 'always()', run: 'echo ${{ steps.a.outputs.never }}' },
      ],
    },
    states: [
      'a failed',
      'b failed',
      'c skipped: an earlier step failed',
      'd succeeded',
      'e not run',
    ],
    saysNot: ['steps.a.outputs.never'],
  },
  {
    name: 'a job after one that may fail',
    jobs: {
      'may-fail': { 'continue-on-error': true, steps: [{ name: 'a', ...ours('exit 1') }] },
      forgiving: { needs: 'may-fail', steps: [{ name: 'b', run: 'ls' }] },
    },
    states: ['a failed', 'b not run'],
  },
  {
    name: 'outputs that no run has set: a typo in a step that runs, and in one that does not',
    jobs: {
      typos: {
        outputs: { x: '${{ steps.x.outputs.imge }}' },
        steps: [
          { id: 'x', name: 'x', ...ours('echo image=1 >> "$GITHUB_OUTPUT"') },
          {
            name: 'y',
            run: 'echo "$A"',
            env: { A: '${{ steps.x.outputs.exit_code }}', B: '${{ github.token }}' },
          },
          {
            name: 'z',
            ...ours('ls', {
              env: 'A=${{ steps.x.outputs.image }}${{ steps.x.outputs.collected }}',
            }),
          },
        ],
      },
    },
    states: ['x succeeded', 'y not run', 'z succeeded'],
    says: [
      'which expressions read:\n  typos: steps.x.outputs.exit_code\n  typos: steps.x.outputs.imge\n\n',
    ],
    saysNot: ['steps.x.outputs.image\n', 'steps.x.outputs.collected\n'],
  },
  {
    name: 'a masked output that another job uses is empty',
    jobs: {
      masks: {
        outputs: { v: '${{ steps.x.outputs.v }}' },
        steps: [
          {
            id: 'x',
            name: 'x',
            ...ours('echo v="secret-$(echo value)" >> $GITHUB_OUTPUT', { 'mask-outputs': 'v' }),
          },
        ],
      },
      unmasks: {
        needs: 'masks',
        steps: [{ name: 'u', ...ours('test -z "$V"', { env: 'V=${{ needs.masks.outputs.v }}' }) }],
      },
    },
    states: ['x succeeded', 'u succeeded'],
    says: ['The output v of masks is empty, as on GitHub', 'v: "***"'],
    saysNot: ['secret-value'],
  },
  {
    name: 'files are what git tracks, and only after a checkout',
    jobs: {
      files: [
        { name: 'none', 'continue-on-error': true, ...ours('ls', { files: 'k8s' }) },
        checkout,
        { name: 'some', ...ours('cat k8s/*', { files: 'k8s' }) },
        { uses: 'actions/checkout@v5', with: { path: 'app' } },
        { name: 'below', ...ours('cat app/k8s/*', { files: 'app/k8s' }) },
        { uses: 'actions/checkout@v5', with: { repository: 'o/other', path: 'other' } },
        { name: 'outside', ...ours('ls', { files: 'other' }) },
      ],
    },
    states: [
      'none not-started',
      'actions/checkout not run',
      'some succeeded',
      'actions/checkout not run',
      'below succeeded',
      'actions/checkout not run',
      'outside not-started',
    ],
    says: ['\ntracked\n', 'Git does not track k8s/new.txt, so GitHub lacks it.'],
    saysNot: ['untracked\n'],
  },
  {
    name: 'the path of the workspace, in inputs and in env',
    jobs: {
      workspace: {
        env: { ROOT: '${{ github.workspace }}' },
        steps: [
          checkout,
          { name: 'files', ...ours('cat k8s/*', { files: '${{ github.workspace }}/k8s/**' }) },
          {
            name: 'folder',
            ...ours('cat a.txt', { files: '*', 'working-directory': '${{ env.ROOT }}/k8s' }),
          },
        ],
      },
    },
    states: ['actions/checkout not run', 'files succeeded', 'folder succeeded'],
  },
  {
    name: 'a secret in a command',
    jobs: {
      text: [
        { name: 'text', ...ours('echo ${{ SECRETS.KEY }} ${{ secrets.OTHER }}') },
        { name: 'env', ...ours('test "$K" = k-value', { env: 'K=${{ secrets.KEY }}' }) },
      ],
    },
    states: ['text succeeded', 'env succeeded'],
    says: ['The command of "text" contains secrets.KEY', '\n*** ***\n'],
    saysNot: ['command of "env"', 'k-value', 'echo *** example'],
  },
  {
    name: 'a called workflow is listed, and jobs in which nothing runs need no values of it',
    jobs: {
      called: { uses: 'o/r/.github/workflows/w.yml@v1' },
      after: {
        if: "needs.called.outputs.go == 'yes'",
        needs: 'called',
        strategy: { matrix: { x: '${{ fromJSON(needs.called.outputs.list) }}' } },
        env: { A: '${{ needs.called.outputs.a }}' },
        steps: [{ name: 'x', run: 'echo ${{ needs.called.outputs.b }}' }],
      },
    },
    states: ['o/r/.github/workflows/w.yml@v1 not run', 'x not run'],
  },
  {
    name: 'variables of the workflow, the job, and the command line reach the step',
    jobs: {
      variables: {
        env: { B: 'b' },
        steps: [
          {
            name: 'v',
            env: { C: '${{ env.A }}${{ env.B }}c' },
            ...ours('echo $C$D', { env: 'C\nD' }),
          },
        ],
      },
    },
    states: ['v succeeded'],
    says: ['\nabcd\n'],
  },
];

/** What a rehearsal of these jobs says. A workflow without a step of this action is refused. */
async function rehearsed(jobs: Jobs): Promise<string> {
  const always = { always: { permissions: {}, steps: [ours('true')] } };
  const file = await written(workflow({ ...jobs, ...always }, { env: { A: 'a' } }), files, {
    'k8s/new.txt': 'untracked\n',
  });
  const args = ['secrets.KEY=k-value', 'env.D=d', 'vars.UNUSED=1'];
  const { said } = await tryFile(file, ...args);
  return said;
}

test.each(rows)('$name', async (row) => {
  const said = await rehearsed(row.jobs);
  const [refusal = '', end] = said.split(/^(?=JOB )/m);
  if (end === undefined) throw new Error(refusal);

  const ids = Object.keys(row.jobs);
  const states = end
    .split('\n')
    .filter((line) => ids.includes(/^[\w-]+/.exec(line)?.[0] ?? ''))
    .map((line) => line.replace(/^[\w-]+(?: \(.*?\))? +/, '').replace(/ {2,}/, ' '));

  expect(states).toEqual(row.states);
  for (const text of row.says ?? []) expect(said).toContain(text);
  for (const text of row.saysNot ?? []) expect(said).not.toContain(text);
});

test('the end lists forks, examples, and unused values', async () => {
  const fork = [{ uses: 'o/run-in-aks@v1', with: { ...CLUSTER, ...IDENTITY, command: 'ls' } }];
  const said = await rehearsed({ a: inEnvironment('staging', 'ls'), fork });
  expect(said).toContain(
    'Other repositories, taken as forks of this action, run their own code on GitHub:\n' +
      '  o/run-in-aks@v1\n\n',
  );
  expect(said).toContain('vars.CLUSTER_ID=example-cluster-id\n');
  expect(said).toContain('secrets.CLIENT=example-secret-client\n');
  expect(said).toContain('No expression reads these values:\n  secrets.KEY\n  vars.UNUSED\n\n');
});

test.each([
  ['without a name', {}],
  ['with a name', { name: 'Deploy the shop' }],
])('a workflow %s presents its file in the token', async (_name, head) => {
  const { said } = await tryFile(await written(workflow({ a: [ours('ls')] }, head)));
  expect(said).toContain(' octo-org/shop/.github/workflows/w.yml@refs/heads/main\n');
});

test('a workflow without a name has its path as its name', async () => {
  const steps = [ours('echo "$NAME"', { env: 'NAME=${{ github.workflow }}' })];
  const { said } = await tryFile(await written(workflow({ a: steps })));
  expect(said).toContain('\n.github/workflows/w.yml\n');
});
