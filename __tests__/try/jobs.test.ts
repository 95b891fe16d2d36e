import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  called,
  CALLED,
  calls,
  checkout,
  CLUSTER,
  IDENTITY,
  manifest,
  ours,
  repository,
  repositoryOf,
  step,
  tryWorkflow,
  workflow,
  type Jobs,
} from './rehearsal.ts';

type Row = {
  readonly name: string;
  readonly jobs: Jobs;
  /** What becomes of the last of them. */
  readonly result: 'success' | 'failure' | 'skipped';
  /** What the log of these jobs has. */
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
};

/** What is rehearsed as this action: its `action.yml` in a folder of the checkout. */
const VENDORED = './.github/actions/cluster';

const files = {
  'k8s/a.yaml': manifest,
  'k8s/untracked.yaml': manifest,
  'tokens.yaml': manifest.replace('c', '#{NAME}#'),
  'deploy/a': 'from the folder\n',
  [`${VENDORED.slice(2)}/action.yml`]: readFileSync(path.join(repository, 'action.yml'), 'utf8'),
  'say/action.yml': `name: say
description: says something
inputs: { what: { description: what, required: true } }
outputs: { said: { description: said, value: '\${{ steps.s.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { id: s, shell: bash, run: 'echo "said=hi \${{ inputs.what }}" >> "$GITHUB_OUTPUT"' }
`,
  [CALLED]: called(
    [
      ours('echo called by $WHO; test -n "$KEY"', {
        env: 'WHO=${{ inputs.who }}\nKEY=${{ secrets.KEY }}',
      }),
    ],
    { who: { type: 'string' } },
  ),
};
const links = { charts: 'deploy', nowhere: 'no/where' };

const rows: readonly Row[] = [
  {
    name: 'a fork under another name',
    jobs: {
      fork: [
        { uses: 'shop/run-in-aks@v1', with: { ...CLUSTER, ...IDENTITY, command: 'echo forked' } },
      ],
    },
    result: 'success',
    says: ['\nforked\n', 'shop/run-in-aks@v1 is rehearsed with the action of this clone'],
  },
  {
    name: 'a copy of this action in the checkout',
    jobs: {
      copy: [
        checkout,
        { uses: VENDORED, with: { ...CLUSTER, ...IDENTITY, command: 'echo copied' } },
      ],
    },
    result: 'success',
    says: ['\ncopied\n', `${VENDORED} is rehearsed with the action of this clone`],
  },
  {
    name: 'no client-id and no azure/login',
    jobs: { 'no-identity': [step({ ...CLUSTER, command: 'ls' })] },
    result: 'failure',
    says: ['the runner has no Azure session'],
  },
  {
    name: 'azure/login without id-token: write',
    jobs: {
      'no-login': {
        permissions: {},
        steps: [{ uses: 'azure/login@v2', with: IDENTITY }, step({ ...CLUSTER, command: 'ls' })],
      },
    },
    result: 'failure',
    says: ['Error: azure/login needs permissions: id-token: write'],
  },
  {
    name: 'azure/login, whose session the step uses',
    jobs: {
      login: [{ uses: 'azure/login@v2', with: IDENTITY }, step({ ...CLUSTER, command: 'ls' })],
    },
    result: 'success',
    says: ['Signing in with the existing Azure session'],
    saysNot: ["GitHub's ID token"],
  },
  {
    name: 'the subject of a job with an environment',
    jobs: { subject: { environment: 'production', steps: [ours('ls')] } },
    result: 'success',
    says: ['subject           repo:octo-org/shop:environment:production'],
  },
  {
    name: 'an input of the event',
    jobs: { event: [ours('test "$T" = 1', { env: 'T=${{ github.event.inputs.tag }}' })] },
    result: 'success',
    saysNot: ['unknown in a rehearsal'],
  },
  {
    name: 'an output, which is shown once, and the command’s own summary',
    jobs: { shown: [ours('printf "mar%s" ker; echo "## Deployed" >> $GITHUB_STEP_SUMMARY')] },
    result: 'success',
    says: ['\nSummary\n  ## Deployed\n'],
    saysNot: ['"marker'],
  },
  {
    name: 'an output that a failed step did not set',
    jobs: {
      unset: [
        { id: 'x', 'continue-on-error': true, ...ours('exit 3') },
        ours('test -z "$V"', { env: 'V=${{ steps.x.outputs.ready }}' }),
      ],
    },
    result: 'success',
    saysNot: ['unknown in a rehearsal'],
  },
  {
    name: 'a masked output that another job uses',
    jobs: {
      masks: {
        outputs: { v: '${{ steps.x.outputs.v }}' },
        steps: [
          {
            id: 'x',
            ...ours('echo v="secret-$(echo value)" >> $GITHUB_OUTPUT', { 'mask-outputs': 'v' }),
          },
        ],
      },
      unmasks: {
        needs: 'masks',
        steps: [ours('test -n "$V"', { env: 'V=${{ needs.masks.outputs.v }}' })],
      },
    },
    result: 'failure',
    says: [
      'The output v of the job masks is empty, as on GitHub: it contains a masked value',
      'v: "***"',
    ],
    saysNot: ['secret-value'],
  },
  {
    name: 'a called workflow without secrets: inherit, under the name that GitHub shows',
    jobs: { staging: calls },
    result: 'failure',
    says: ['== Job staging / b\n', 'secrets.KEY is empty, as on GitHub'],
  },
  {
    name: 'a step after one that failed, and a job that needs it',
    jobs: { fails: [ours('exit 1'), ours('ls')], later: { needs: 'fails', steps: [ours('ls')] } },
    result: 'skipped',
    says: [
      'skipped, because an earlier step failed',
      '== Job later: skipped, because a job that it needs did not succeed',
    ],
  },
  {
    name: 'a namespace that another job made, but in another cluster',
    jobs: {
      'makes-namespace': [ours('kubectl create namespace shop')],
      'uses-namespace': {
        needs: 'makes-namespace',
        steps: [
          ours('kubectl get namespace shop -o name'),
          ours('kubectl create configmap a --namespace shop', { cluster: 'd' }),
        ],
      },
    },
    result: 'failure',
    says: [
      '\nnamespace/shop\n',
      'namespaces "shop" not found',
      "If yours has this namespace: --setup 'kubectl create namespace shop'",
    ],
  },
  {
    name: 'a deployment that is missing',
    jobs: { 'no-deployment': [ours('kubectl set image deployment/web web=x:1')] },
    result: 'failure',
    says: ['If yours has what was not found, create it with --setup COMMAND.'],
  },
  {
    name: 'nothing of one pod’s kubeconfig or home in the next',
    jobs: {
      pods: [
        ours('kubectl config set-context --current --namespace=first; touch ~/left'),
        ours("kubectl config view --minify -o jsonpath='in <{..namespace}>'; ls ~"),
      ],
    },
    result: 'success',
    says: ['in <>'],
    saysNot: ['\nleft\n'],
  },
  {
    name: 'an image from variables that are not set, while the command still waits for it',
    jobs: {
      image: [
        ours(
          'kubectl create deployment api --image=$REGISTRY/app:$TAG && ' +
            'kubectl wait deployment/api --for=condition=Available --timeout=10s',
        ),
      ],
    },
    result: 'failure',
    says: [
      '\n   Pod api-',
      '\n   Note: Pod api-',
      ` in the namespace default waits: couldn't parse image name "/app:"`,
    ],
  },
  {
    name: 'a file that git does not track, which is named',
    jobs: {
      untracked: [checkout, ours('test ! -e k8s/untracked.yaml', { files: 'k8s' })],
    },
    result: 'success',
    says: ['Git does not track k8s/untracked.yaml, so GitHub will not have it.'],
  },
  {
    name: 'files without a checkout',
    jobs: { 'no-checkout': [ours('ls', { files: 'k8s' })] },
    result: 'failure',
    says: ['k8s'],
  },
  {
    name: 'a local action without a checkout',
    jobs: { 'no-action': [{ uses: './say' }, ours('ls')] },
    result: 'failure',
    says: ['the workspace has no ./say/action.yml. Did you forget actions/checkout?'],
  },
  {
    name: 'files of a run: step that was skipped',
    jobs: {
      'no-files': [
        checkout,
        { name: 'Render', run: 'echo hi > out.yaml' },
        ours('ls', { files: 'out.yaml' }),
      ],
    },
    result: 'failure',
    says: ['a step that was skipped: "Render". To run the run: steps, add --run-steps.'],
  },
  {
    name: 'files of another action',
    jobs: {
      'not-baked': [
        checkout,
        { name: 'Bake', uses: 'azure/k8s-bake@v3' },
        ours('ls', { files: 'out.yaml' }),
      ],
    },
    result: 'failure',
    says: ['a step that was skipped: "Bake". A rehearsal cannot run other actions.'],
  },
  {
    name: 'a file and a variable into which a skipped step puts something',
    jobs: {
      'not-replaced': [
        checkout,
        { name: 'Set the tag', run: `sed -i 's/TAG/2/' k8s/a.yaml; echo TAG=2 >> "$GITHUB_ENV"` },
        { name: 'Tokens', uses: 'cschleiden/replace-tokens@v1' },
        ours('kubectl apply -f tokens.yaml', { files: 'tokens.yaml' }),
      ],
    },
    result: 'failure',
    says: [
      'A file may lack what a step that was skipped puts into it: "Set the tag", "Tokens". To ' +
        'run the run: steps, add --run-steps.',
      'A variable may come from a step that was skipped and writes to GITHUB_ENV: ' +
        '"Set the tag". To run the run: steps, add --run-steps.',
    ],
  },
];

const fileCommands = {
  output: 'GITHUB_OUTPUT',
  env: 'GITHUB_ENV',
  path: 'GITHUB_PATH',
  'summary.md': 'GITHUB_STEP_SUMMARY',
};

const withRunSteps: readonly Row[] = [
  {
    name: 'tracked links in the checkout, even those to folders and to nothing',
    jobs: {
      links: [
        { run: 'touch made-before' },
        checkout,
        { run: 'readlink charts nowhere && ls -d [cdmn]*' },
        ours('cat charts/a', { files: 'charts' }),
      ],
    },
    result: 'success',
    says: ['deploy\nno/where\ncharts\ndeploy\nnowhere\n', 'from the folder'],
  },
  {
    name: 'a file that one job writes and another one sends',
    jobs: {
      writes: [checkout, { run: 'echo hi > out.txt' }],
      sends: { needs: 'writes', steps: [checkout, ours('cat out.txt', { files: 'out.txt' })] },
    },
    result: 'failure',
    says: ['out.txt'],
  },
  {
    name: 'what a step of this action left for the steps of its job',
    jobs: {
      collects: [
        { id: 'x', ...ours('mkdir r && echo yes > r/f', { collect: 'r' }) },
        { run: 'cat "$C/r/f"', env: { C: '${{ steps.x.outputs.collected }}' } },
      ],
    },
    result: 'success',
    says: ['\nyes\n'],
  },
  {
    name: 'a pipe in place of a file command fails the step, and does not hang it',
    jobs: {
      pipes: Object.values(fileCommands).map((variable) => ({
        run: `rm "$${variable}" && mkfifo "$${variable}"`,
        'continue-on-error': true,
      })),
    },
    result: 'success',
    says: Object.keys(fileCommands).map(
      (name) => `Error: The file command '${name}' is not a regular file`,
    ),
  },
  {
    name: 'a line that is no output fails the step, as on GitHub',
    jobs: { nonsense: [{ run: 'echo nonsense >> "$GITHUB_OUTPUT"' }] },
    result: 'failure',
    says: ["The file command 'output' is invalid: Invalid format '"],
  },
  {
    name: 'a matrix from JSON, a composite action, and a reusable workflow, which gets all outputs',
    jobs: {
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
        outputs: { x: '${{ steps.o.outputs.x }}', y: '${{ steps.o.outputs.y }}' },
        steps: [
          checkout,
          { uses: './say', id: 'say', with: { what: '${{ matrix.c }}' } },
          {
            id: 'o',
            name: 'make ${{ matrix.c }}',
            ...ours('echo "$OUTPUT" >> "$GITHUB_OUTPUT"', {
              env:
                'OUTPUT=${{ matrix.c }}=${{ steps.say.outputs.said }}/${{ matrix.more }}/' +
                '${{ strategy.job-index }}',
            }),
          },
        ],
      },
      call: {
        needs: 'each',
        ...calls,
        permissions: { 'id-token': 'write' },
        secrets: { KEY: 'k' },
        with: { who: '${{ needs.each.outputs.x }}, ${{ needs.each.outputs.y }}' },
      },
    },
    result: 'success',
    says: ['== Step make x\n', '== Step make y\n', '\ncalled by hi x//0, hi y/1/1\n'],
    saysNot: ['matrix.more is not known', '${{'],
  },
  {
    name: 'the timeout of a step',
    jobs: {
      'slow-step': [{ name: 'slow', run: 'sleep 60 & sleep 60', 'timeout-minutes': 0.01 }],
    },
    result: 'failure',
    says: ['The step slow was stopped after its timeout-minutes, 0.01.'],
  },
  {
    name: 'the timeout of a job',
    jobs: {
      'slow-job': {
        'timeout-minutes': 0.03,
        steps: [ours('sleep 60'), { run: 'echo later' }],
      },
    },
    result: 'failure',
    says: ['The job slow-job was stopped after its timeout-minutes, 0.03.'],
    saysNot: ['\nlater\n'],
  },
  {
    name: 'fail-fast',
    jobs: {
      fast: {
        strategy: { matrix: { x: [1, 2] }, 'max-parallel': 1 },
        steps: [{ run: 'echo "of ${{ strategy.job-total }}"; exit 4' }],
      },
    },
    result: 'failure',
    says: ['\nof 2\n', 'fail-fast: the other combinations of fast do not run.'],
  },
];

/** The rows' jobs, and a last one with a step for each of them, which says what became of it. */
function workflowOf(all: readonly Row[]): string {
  const jobs = Object.assign({}, ...all.map((row) => row.jobs)) as Jobs;
  const ids = Object.keys(jobs);
  const steps = ids.map((id) => ({
    name: `${id}: \${{ needs.${id}.result }}`,
    uses: 'octo-org/report@v1',
  }));
  return workflow(
    { ...jobs, results: { needs: ids, if: 'always()', steps } },
    { on: { workflow_dispatch: { inputs: { tag: { type: 'string', required: true } } } } },
  );
}

const checkoutOf = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.git/'))
    .sort();

/** One rehearsal runs all jobs of a table, and each test looks at those of its row. */
describe.each([
  ['what becomes of jobs', rows, []],
  ['what becomes of jobs with --run-steps', withRunSteps, ['--run-steps']],
])('%s', (_name, all, options) => {
  let stdout = '';
  beforeAll(async () => {
    const root = await repositoryOf({ ...files, 'w.yml': workflowOf(all) }, links);
    const before = checkoutOf(root);
    const values = ['inputs.tag=1', 'secrets.KEY=only-the-caller-has-it'];
    const ended = await tryWorkflow([path.join(root, 'w.yml'), ...values, ...options]);
    stdout = ended.stdout;

    expect(ended).toEqual({ code: 1, stdout, stderr: '' });
    // Nothing is written into the checkout.
    expect(checkoutOf(root)).toEqual(before);
  });

  test.each(all)('$name', ({ jobs, result, says = [], saysNot = [] }) => {
    const ids = Object.keys(jobs);
    const said = stdout
      .split(/(?=\n== Job )/)
      .filter((part) => ids.includes(/== Job ([\w-]+)/.exec(part)?.[1] ?? ''))
      .join('');

    for (const text of says) expect(said).toContain(text);
    for (const text of saysNot) expect(said).not.toContain(text);
    expect(stdout).toContain(`-- ${ids.at(-1) ?? ''}: ${result}: skipped`);
  });
});
