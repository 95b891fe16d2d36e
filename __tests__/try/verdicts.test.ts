import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from '@jest/globals';
import { ABOUT_THE_STAND_IN, expectVerdict, type Row } from './expect-verdict.ts';
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
  step,
  workflow,
} from './rehearsal.ts';

const WITHOUT_PERMISSIONS = { on: 'push', permissions: undefined };

/** What is rehearsed as this action: its `action.yml` in a folder of the checkout. */
const VENDORED = './.github/actions/cluster';
const copy = readFileSync(path.join(repository, 'action.yml'), 'utf8');

const fails: readonly Row[] = [
  {
    name: 'no client-id and no azure/login',
    workflow: workflow({ a: [step({ ...CLUSTER, command: 'ls' })] }, WITHOUT_PERMISSIONS),
    code: 1,
    says: ['the runner has no Azure session'],
  },
  {
    name: 'azure/login without id-token: write',
    workflow: workflow(
      {
        a: [{ uses: 'azure/login@v2', with: IDENTITY }, step({ ...CLUSTER, command: 'ls' })],
      },
      WITHOUT_PERMISSIONS,
    ),
    code: 1,
    says: ['Error: azure/login needs permissions: id-token: write'],
  },
  {
    name: 'client-id without id-token: write',
    workflow: workflow({ a: [ours('ls')] }, WITHOUT_PERMISSIONS),
    code: 1,
    says: ['id-token: write'],
  },
  {
    name: 'a masked output that another job uses',
    workflow: workflow({
      a: {
        outputs: { v: '${{ steps.x.outputs.v }}' },
        steps: [
          {
            id: 'x',
            ...ours('echo v="secret-$(echo value)" >> $GITHUB_OUTPUT', { 'mask-outputs': 'v' }),
          },
        ],
      },
      b: { needs: 'a', steps: [ours('test -n "$V"', { env: 'V=${{ needs.a.outputs.v }}' })] },
    }),
    code: 1,
    says: [
      'The output v of the job a is empty, as on GitHub: it contains a masked value',
      'v: "***"',
    ],
    saysNot: ['secret-value'],
  },
  {
    name: 'a called workflow without secrets: inherit',
    workflow: workflow({ a: calls }),
    files: { [CALLED]: called([ours('test -n "$K"', { env: 'K=${{ secrets.KEY }}' })]) },
    code: 1,
    says: ['secrets.KEY is empty, as on GitHub'],
  },
  {
    name: 'files without a checkout',
    workflow: workflow({ a: [ours('ls', { files: 'k8s' })] }),
    files: { 'k8s/a.yaml': manifest },
    code: 1,
    says: ['k8s'],
  },
  {
    name: 'a file that one job writes and another one sends',
    workflow: workflow({
      a: [checkout, { run: 'echo hi > out.txt' }],
      b: { needs: 'a', steps: [checkout, ours('cat out.txt', { files: 'out.txt' })] },
    }),
    args: ['--run-steps'],
    code: 1,
    says: ['out.txt'],
  },
  {
    name: 'a local action without a checkout',
    workflow: workflow({ a: [{ uses: './say' }, ours('ls')] }),
    files: { 'say/action.yml': 'name: say\nruns: { using: composite, steps: [] }\n' },
    code: 1,
    says: ['the workspace has no ./say/action.yml. Did you forget actions/checkout?'],
  },
  {
    name: 'a namespace that another job made, but in another cluster',
    workflow: workflow({
      a: [ours('kubectl create namespace shop')],
      b: {
        needs: 'a',
        steps: [
          ours('kubectl get namespace shop -o name'),
          ours('kubectl get namespace shop', { cluster: 'd' }),
        ],
      },
    }),
    code: 1,
    says: ['\nnamespace/shop\n', 'namespaces "shop" not found'],
  },
];

const passes: readonly Row[] = [
  {
    name: 'a fork under another name',
    workflow: workflow({
      a: [
        { uses: 'shop/run-in-aks@v1', with: { ...CLUSTER, ...IDENTITY, command: 'echo forked' } },
      ],
    }),
    code: 0,
    says: ['\nforked\n', 'shop/run-in-aks@v1 is rehearsed with the action of this clone'],
  },
  {
    name: 'a copy of this action in the checkout',
    workflow: workflow({
      a: [checkout, { uses: VENDORED, with: { ...CLUSTER, ...IDENTITY, command: 'echo copied' } }],
    }),
    files: { [`${VENDORED.slice(2)}/action.yml`]: copy },
    code: 0,
    says: ['\ncopied\n', `${VENDORED} is rehearsed with the action of this clone`],
  },
  {
    name: 'a matrix whose jobs set different outputs, which a later job gets together',
    workflow: workflow({
      each: {
        strategy: { matrix: { v: [1, 2, 3] } },
        outputs: { o1: '${{ steps.g.outputs.o1 }}', o2: '${{ steps.g.outputs.o2 }}' },
        steps: [
          {
            id: 'g',
            name: 'make ${{ matrix.v }}',
            ...ours('echo "o$V=from $V" >> "$GITHUB_OUTPUT"', { env: 'V=${{ matrix.v }}' }),
          },
        ],
      },
      all: {
        needs: 'each',
        steps: [
          ours('echo "$O"', {
            env: 'O=${{ needs.each.outputs.o1 }}, ${{ needs.each.outputs.o2 }}',
          }),
        ],
      },
    }),
    code: 0,
    says: ['== Step make 1\n', '== Step make 3\n', '\nfrom 1, from 2\n'],
    saysNot: ['${{'],
  },
  {
    name: 'azure/login, whose session the step uses',
    workflow: workflow({
      a: [{ uses: 'azure/login@v2', with: IDENTITY }, step({ ...CLUSTER, command: 'ls' })],
    }),
    code: 0,
    says: ['Signing in with the existing Azure session'],
    saysNot: ["GitHub's ID token"],
  },
  {
    name: 'a file that git does not track, which is named',
    workflow: workflow({ a: [checkout, ours('test ! -e k8s/untracked.yaml', { files: 'k8s' })] }),
    files: { 'k8s/a.yaml': manifest, 'k8s/untracked.yaml': manifest },
    code: 0,
    says: ['Git does not track k8s/untracked.yaml, so GitHub will not have it.'],
  },
  {
    name: 'names of variables that differ by a number or a short word',
    workflow: workflow({
      a: [
        step({
          cluster: '${{ vars.EU_ID }}${{ vars.US_ID }}',
          command: 'ls',
          'client-id': '${{ vars.ID_1 }}',
          'tenant-id': '${{ vars.ID_2 }}',
        }),
      ],
    }),
    args: ['--help'],
    code: 0,
  },
  {
    name: 'an output that a failed step did not set',
    workflow: workflow({
      a: [
        { id: 'x', 'continue-on-error': true, ...ours('exit 3') },
        ours('test -z "$V"', { env: 'V=${{ steps.x.outputs.ready }}' }),
      ],
    }),
    code: 0,
    saysNot: ['unknown in a rehearsal'],
  },
  {
    name: 'the subject of a job with an environment',
    workflow: workflow({ a: { environment: 'production', steps: [ours('ls')] } }),
    code: 0,
    says: ['subject           repo:octo-org/shop:environment:production'],
  },
  {
    name: 'what a step of this action left for the steps of its job',
    workflow: workflow({
      a: [
        { id: 'x', ...ours('mkdir r && echo yes > r/f', { collect: 'r' }) },
        { run: 'cat "$C/r/f"', env: { C: '${{ steps.x.outputs.collected }}' } },
      ],
    }),
    args: ['--run-steps'],
    code: 0,
    says: ['\nyes\n'],
  },
  {
    name: 'an input of the event',
    workflow: workflow(
      { a: [ours('test "$T" = 1', { env: 'T=${{ github.event.inputs.tag }}' })] },
      { on: { workflow_dispatch: { inputs: { tag: { type: 'string', required: true } } } } },
    ),
    args: ['inputs.tag=1'],
    code: 0,
    saysNot: ['unknown in a rehearsal'],
  },
  {
    name: 'an output, which is shown once, and the command’s own summary',
    workflow: workflow({
      a: [ours('printf "mar%s" ker; echo "## Deployed" >> $GITHUB_STEP_SUMMARY')],
    }),
    code: 0,
    says: ['\nSummary\n  ## Deployed\n', ABOUT_THE_STAND_IN, '--kubeconfig FILE'],
    saysNot: ['"marker'],
  },
  {
    name: 'a called workflow, whose jobs have the name that GitHub shows',
    workflow: workflow({ staging: calls }),
    files: { [CALLED]: called([ours('ls')]) },
    code: 0,
    says: ['== Job staging / b\n'],
  },
];

/** The first input of a workflow's only step is in line 10. */
const refuses: readonly Row[] = [
  {
    name: 'a misspelled input of a copy of this action',
    workflow: workflow({ a: [checkout, { uses: VENDORED, with: { comand: 'ls', ...CLUSTER } }] }),
    files: { [`${VENDORED.slice(2)}/action.yml`]: copy },
    code: 2,
    says: ['"comand" is not an input of this action. Did you mean `command`?'],
  },
  { name: 'broken YAML', workflow: 'on: push\njobs: [', code: 2, says: ['w.yml:2: '] },
  {
    name: 'an unknown key',
    workflow: `foo: 1\n${workflow({ a: [ours('ls')] })}`,
    code: 2,
    says: ['w.yml:1:1: unexpected key "foo"'],
  },
  {
    name: 'a misspelled input of this action',
    workflow: workflow({ a: [step({ comand: 'ls', ...CLUSTER })] }),
    code: 2,
    says: ['w.yml:10: "comand" is not an input of this action. Did you mean `command`?'],
  },
  {
    name: 'a misspelled variable',
    workflow: workflow({
      a: [
        step({
          cluster: '${{ vars.CLUSTER_ID }}',
          'client-id': '${{ vars.CLUSTR_ID }}',
          command: 'ls',
        }),
      ],
    }),
    code: 2,
    says: ['w.yml:11: did you mean vars.CLUSTER_ID instead of vars.CLUSTR_ID?'],
  },
  {
    name: 'a variable that differs from the given one by a letter',
    workflow: workflow({ a: [step({ cluster: '${{ vars.CLUSTER_ID }}', command: 'ls' })] }),
    args: ['vars.CLUSTERS_ID=x'],
    code: 2,
    says: ['did you mean vars.CLUSTERS_ID instead of vars.CLUSTER_ID?'],
  },
  {
    name: 'a matrix value that no combination has',
    workflow: workflow({
      a: { strategy: { matrix: { cluster: ['one', 'two'] } }, steps: [ours('ls')] },
    }),
    args: ['matrix.cluster=nope'],
    code: 2,
    says: ['The job a has no matrix.cluster=nope, only one, two'],
  },
  {
    name: 'a called job with more permissions than its caller',
    workflow: workflow({ a: calls }, { on: 'push', permissions: { 'id-token': 'none' } }),
    files: { [CALLED]: `permissions: { id-token: write }\n${called([ours('ls')])}` },
    code: 2,
    says: ['whose job b requests id-token: write. Grant it here, too'],
  },
  {
    name: 'a list from an output that nobody knows',
    workflow: workflow({
      p: { outputs: { l: '${{ steps.l.outputs.l }}' }, steps: [{ id: 'l', run: 'exit 1' }] },
      a: {
        needs: 'p',
        strategy: { matrix: { c: '${{ fromJSON(needs.p.outputs.l) }}' } },
        steps: [ours('ls')],
      },
    }),
    code: 2,
    says: ['fromJSON(needs.p.outputs.l)'],
  },
  {
    name: 'a required input without a value',
    workflow: workflow(
      { a: [ours('ls')] },
      { on: { workflow_dispatch: { inputs: { tag: { type: 'string', required: true } } } } },
    ),
    code: 2,
    says: ['inputs.tag=VALUE'],
  },
  {
    name: 'an input that is not declared',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['inputs.x=1'],
    code: 2,
    says: ['there is no inputs.x'],
  },
  {
    name: 'an assignment to nothing',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['tag=1'],
    code: 2,
    says: ['inputs.NAME=VALUE'],
  },
  {
    name: 'a setup that fails',
    workflow: workflow({ a: [ours('ls')] }),
    args: ['--setup', 'exit 1'],
    code: 2,
    says: ["--setup: 'exit 1' failed"],
  },
  {
    name: 'a called workflow that calls itself',
    workflow: workflow({ a: { uses: './.github/workflows/w.yml' } }, { on: { workflow_call: {} } }),
    code: 2,
    says: ['more than ten levels'],
  },
  {
    name: 'a local action that uses itself',
    workflow: workflow({ a: [checkout, { uses: './say' }, ours('ls')] }),
    files: {
      'say/action.yml': 'name: say\nruns: { using: composite, steps: [{ uses: ./say }] }\n',
    },
    code: 2,
    says: ['uses: ./say is at more than 10 levels'],
  },
  {
    name: 'a called workflow without a required input',
    workflow: workflow({ a: calls }),
    files: { [CALLED]: called([ours('ls')], { who: { type: 'string', required: true } }) },
    code: 2,
    says: ['without the input who, which is required'],
  },
];

/** A rehearsal with examples for values that nobody gave, which it names with their lines. */
const assumes: readonly Row[] = [
  {
    name: 'variables and secrets that nobody gave',
    workflow: workflow({
      a: [
        step({
          cluster: '${{ vars.CLUSTER_ID }}',
          'client-id': '${{ secrets.CLIENT }}',
          'tenant-id': '${{ vars.TENANT }}',
          timeout: '${{ vars.TIME }}',
          command: 'ls',
        }),
      ],
    }),
    code: 0,
    says: ['w.yml:10: vars.CLUSTER_ID', 'w.yml:11: secrets.CLIENT'],
  },
  {
    name: 'a variable that names something in the cluster',
    workflow: workflow({
      a: [ours('kubectl create namespace "$NAME"', { env: 'NAME=${{ vars.APP_NAME }}' })],
    }),
    code: 0,
    says: ['namespace/example-app-name created'],
  },
];

describe.each([
  ['works', passes],
  ['works with examples', assumes],
  ['fails', fails],
  ['is refused', refuses],
])('a workflow that %s', (_verdict, rows) => {
  test.each(rows)('$name', expectVerdict);
});
