import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../local/github/step.ts';
import { readWorkflow } from '../../local/github/workflow.ts';
import { isOurs } from '../../local/try/our-step.ts';
import { warningsOf } from '../../local/try/warnings.ts';
import { blocksOf, documents, readDocument, root } from '../docs/markdown.ts';
import { completeWorkflow } from '../docs/workflow.ts';
import { checkout, CLUSTER, IDENTITY, step, workflow, type Jobs } from './rehearsal.ts';

const { inputs: defaults } = await readAction(root);

const warnings = (text: string) =>
  warningsOf(text, readWorkflow(text, 'w.yml'), (one) => isOurs(one, root), defaults);

const DEPLOY = { name: 'Deploy' };
const FIXED = { 'client-id': IDENTITY['client-id'] };
const VARIABLE = { 'client-id': '${{ vars.AZURE_CLIENT_ID }}' };
const ours = (command: string, inputs = {}) => ({
  ...DEPLOY,
  ...step({ ...CLUSTER, ...IDENTITY, command, ...inputs }),
});
const AS_ENV = ': set it as the env: of the step, and put only its name into the input env.';
const contains = (what: string) =>
  `The command of "Deploy" contains ${what}, whose text becomes code`;
const onlyRunner = (name: string) =>
  `The command of "Deploy" reads $${name}, which only the runner has: add the line ${name} to the input env.`;
const early = (whose: string, limits: string, minutes: number) =>
  `The timeout-minutes of ${whose} can end "Deploy" before its ${limits} are over: ` +
  `lower its timeout, or raise timeout-minutes to at least ${minutes}.`;
const inputOf = (type: string) => ({ on: { workflow_dispatch: { inputs: { tag: { type } } } } });

type Row = {
  readonly name: string;
  readonly jobs: Jobs;
  readonly head?: Readonly<Record<string, unknown>>;
  /** The sentences, without their places. */
  readonly finds: readonly string[];
};

const rows: readonly Row[] = [
  {
    name: 'a variable of the workflow, the job, the step, or an earlier script',
    head: { env: { A: 1, OTHER: 1 } },
    jobs: {
      a: {
        env: { B: 1 },
        steps: [
          { run: 'echo "D=1" >> "$GITHUB_ENV"' },
          { ...ours('echo $A "${B:-1}" ${#C} $D $ANY'), env: { C: 1 } },
        ],
      },
    },
    finds: ['A', 'B', 'C', 'D'].map(onlyRunner),
  },
  {
    name: 'variables that the pod gets or the command sets, and a quoted dollar',
    head: { env: { A: 1, B: 1, C: 1, D: 1, E: 1, F: 1, '(': 1 } },
    jobs: {
      a: [
        ours('C=2; read -r D; for E in 1; do :; done; echo $A$B$C$D$E \\$F', {
          env: 'A\nB<<X\n1\nX\n',
        }),
        ours('echo $A', { env: '${{ steps.a.outputs.lines }}' }),
      ],
    },
    finds: [],
  },
  {
    name: 'a variable that is set to itself, or stands after --for',
    head: { env: { A: 1, B: 1, C: 1 } },
    jobs: {
      a: [ours('kubectl set env deployment/shop A=$A; B="${B:-1}"; kubectl wait --for=delete $C')],
    },
    finds: ['A', 'B', 'C'].map(onlyRunner),
  },
  {
    name: 'variables that other commands set, and a document without variables',
    head: { env: { A: 1, B: 1, C: 1, D: 1 } },
    jobs: {
      a: [
        ours('printf -v A x; mapfile -t B < f; echo $A $B; jq --arg C x .c=$C f'),
        ours('cat <<\'END\'\n$D\nEND\ncat <<-"END"\n  $D\n\tEND\n'),
      ],
    },
    finds: [],
  },
  {
    name: 'text of others in a command, directly and from elsewhere',
    jobs: {
      a: {
        outputs: { title: '${{ steps.s.outputs.title }}' },
        steps: [
          { id: 's', run: 'x', env: { T: '${{ github.event.issue.title }}' } },
          ours('${{ github.event.commits[0].message }} ${{ toJSON(github.event) }}'),
        ],
      },
      b: {
        needs: 'a',
        env: { HEAD: '${{ github.head_ref || github.ref_name }}' },
        steps: [ours('${{ env.HEAD }} ${{ needs.a.outputs.title }}')],
      },
    },
    finds: [
      `${contains('github.event.commits.0.message')}${AS_ENV}`,
      `${contains('github.event')}${AS_ENV}`,
      `${contains('env.HEAD from github.head_ref')}${AS_ENV}`,
      `${contains('needs.a.outputs.title from github.event.issue.title')}${AS_ENV}`,
    ],
  },
  {
    name: 'a secret in a command',
    jobs: { a: [ours('echo ${{ secrets.KEY }}')] },
    finds: [`${contains('secrets.KEY')}, and AKS keeps it${AS_ENV}`],
  },
  {
    name: 'an input of any text in a command',
    head: inputOf('string'),
    jobs: { a: [ours('echo ${{ inputs.tag }} ${{ github.event.inputs.tag }}')] },
    finds: [
      `${contains('inputs.tag')}${AS_ENV}`,
      `${contains('github.event.inputs.tag')}${AS_ENV}`,
    ],
  },
  {
    name: 'what is no text of others, or only compared',
    head: inputOf('number'),
    jobs: {
      a: [
        { id: 's', uses: 'o/other@v1', with: { ref: '${{ github.head_ref }}' } },
        ours(
          "${{ inputs.tag }} ${{ github.sha }} ${{ github.head_ref == 'x' && 1 || 2 }} " +
            '${{ contains(github.event.issue.title, 1) }} ${{ steps.s.outputs.x }} ${{ env.NONE }}',
        ),
      ],
    },
    finds: [],
  },
  {
    name: 'an output of a background step before the wait for it',
    jobs: {
      a: [
        { ...ours('ls'), id: 'd', background: true },
        { name: 'Early', if: "steps.d.outcome == 'success'", run: 'ls' },
        { name: 'Other', run: 'echo ${{ steps.e.outputs.x }}' },
        { wait: 'd' },
        { name: 'Late', run: 'echo ${{ steps.d.outputs.x }}' },
      ],
      b: [{ ...ours('ls'), id: 'd' }, { run: 'echo ${{ steps.d.outputs.x }}' }],
    },
    finds: [
      '"Early" reads steps.d while "Deploy" runs in the background, so it is empty: ' +
        'read it after a step that waits for d.',
    ],
  },
  {
    name: 'parallel steps',
    jobs: {
      a: [
        {
          parallel: [
            { run: 'ls' },
            { ...ours('ls'), id: 'd' },
            ours('ls', { env: 'A=${{ steps.d.outputs.x }}', files: 'k8s' }),
          ],
        },
        { run: 'echo ${{ steps.d.outputs.x }}' },
      ],
    },
    finds: [
      '"Deploy" reads steps.d while "Deploy" runs in the background, so it is empty: ' +
        'read it after a step that waits for d.',
    ],
  },
  {
    name: 'timeout-minutes instead of timeout',
    jobs: { a: [{ ...ours('ls'), 'timeout-minutes': 45 }] },
    finds: [
      'The timeout-minutes of "Deploy" ends the step without a verdict, and the command runs on: ' +
        'set the input timeout instead.',
    ],
  },
  {
    name: 'the same with a post step that stops the command',
    jobs: { a: [{ ...ours('ls', { 'on-cancel': 'stop' }), 'timeout-minutes': 45 }] },
    finds: [
      'The timeout-minutes of "Deploy" ends the step without a verdict: set the input timeout instead.',
    ],
  },
  {
    name: 'timeout-minutes that end before the timeout',
    jobs: {
      a: [{ ...ours('ls', { timeout: '20m' }), 'timeout-minutes': 21 }],
      b: { 'timeout-minutes': 30, steps: [ours('ls')] },
    },
    finds: [
      early('the step', 'timeout (20m) and start-timeout (90s)', 22),
      early('the job', 'timeout (30m) and start-timeout (90s)', 32),
    ],
  },
  {
    name: 'timeout-minutes that are long enough, or that nobody knows, and a step that does not wait',
    jobs: {
      a: {
        'timeout-minutes': 10,
        steps: [
          { ...ours('ls', { timeout: '8m30s' }), 'timeout-minutes': 10 },
          ours('ls', { wait: false }),
          { ...ours('ls', { timeout: '${{ vars.T }}' }), 'timeout-minutes': '${{ vars.M }}' },
        ],
      },
    },
    finds: [],
  },
  {
    name: 'client-id without id-token: write',
    head: { permissions: { contents: 'read' } },
    jobs: { a: [ours('ls')], b: { permissions: { 'id-token': 'write' }, steps: [ours('ls')] } },
    finds: [
      'The job a uses client-id but may not request an ID token: add id-token: write to its permissions.',
    ],
  },
  {
    name: 'a checkout without contents: read',
    jobs: {
      a: [checkout, ours('ls')],
      b: { permissions: { 'id-token': 'write', contents: 'none' }, steps: [checkout, ours('ls')] },
    },
    finds: ['a', 'b'].map(
      (job) =>
        `The job ${job} may not read the repository, so actions/checkout fails if it is private: ` +
        'add contents: read to its permissions.',
    ),
  },
  {
    name: 'a checkout that may read the repository, or has another token',
    head: { permissions: undefined },
    jobs: {
      a: {
        permissions: { 'id-token': 'write' },
        steps: [{ ...checkout, with: { token: '${{ secrets.T }}' } }, ours('ls')],
      },
      b: {
        permissions: { 'id-token': 'write' },
        steps: [{ ...checkout, with: { repository: 'o/public' } }, ours('ls')],
      },
      c: { permissions: { 'id-token': 'write', contents: 'read' }, steps: [checkout, ours('ls')] },
      d: { permissions: 'write-all', steps: [checkout, ours('ls')] },
      e: [checkout, ours('ls', { 'client-id': '', 'tenant-id': '' })],
    },
    finds: [],
  },
  {
    name: 'a command that creates a namespace',
    jobs: {
      a: [
        ours('helm upgrade --install a . --create-namespace'),
        { ...ours('kubectl get ns b || kubectl create ns b'), name: 'Other' },
        ours('# kubectl create namespace c\nkubectl create configmap namespace'),
      ],
    },
    finds: ['Deploy', 'Other'].map(
      (name) =>
        `The command of "${name}" creates a namespace, which the identity of setup.sh cannot do ` +
        'on a cluster with managed Entra: leave it out, and create the namespace once with more ' +
        'permissions.',
    ),
  },
  {
    name: 'azure/login with client-id, without id-token: write',
    head: { permissions: { contents: 'read' } },
    jobs: {
      a: [
        { uses: 'azure/login@v2', with: IDENTITY },
        { ...DEPLOY, ...step(CLUSTER) },
      ],
      b: [{ uses: 'azure/login@v2', with: { creds: '${{ secrets.C }}' } }, step(CLUSTER)],
    },
    finds: [
      'The job a uses client-id but may not request an ID token: add id-token: write to its permissions.',
    ],
  },
  {
    name: 'permissions of a calling workflow',
    head: { on: ['push', 'workflow_call'], permissions: undefined },
    jobs: { a: [ours('ls')] },
    finds: [],
  },
  {
    name: 'client-id without environment',
    jobs: {
      a: { environment: 'production', steps: [ours('ls', VARIABLE)] },
      b: [ours('ls', VARIABLE)],
      c: { environment: 'x', steps: [ours('ls', FIXED)] },
      d: [ours('ls', FIXED)],
    },
    finds: ['b', 'd'].map(
      (job) =>
        `The job ${job} uses client-id but has no environment:, and the identity of setup.sh ` +
        'trusts only jobs that have one: add environment: NAME, unless its credential names a branch.',
    ),
  },
  {
    name: 'an identity that no other job has with an environment',
    jobs: { a: [ours('ls', FIXED)] },
    finds: [],
  },
  {
    name: 'files without actions/checkout',
    jobs: { a: [{ uses: 'azure/login@v2' }, ours('ls', { files: 'k8s' })] },
    finds: [
      'No step before "Deploy" brings files, so the input files finds none: add actions/checkout above it.',
    ],
  },
  {
    name: 'files from a checkout, an artifact, a script, another action, or another folder',
    head: { permissions: 'write-all' },
    jobs: {
      a: [checkout, ours('ls', { files: 'k8s' })],
      b: [{ uses: 'actions/download-artifact@v5' }, ours('ls', { files: 'k8s' })],
      c: [{ run: 'make' }, ours('ls', { files: 'k8s' })],
      e: [{ uses: 'o/release-downloader@v1' }, ours('ls', { files: 'k8s' })],
      d: [ours('ls', { files: '*', 'working-directory': '${{ steps.a.outputs.collected }}' })],
    },
    finds: [],
  },
];

test.each(rows)('$name', ({ jobs, head, finds }) => {
  const found = warnings(workflow(jobs, head)).map((line) => line.replace(/^\d+:\d+: /, ''));
  expect(found).toEqual(finds);
});

test('a warning has the place in a group of parallel steps', () => {
  const text = workflow({
    a: [
      { uses: 'o/other@v1' },
      { parallel: [{ run: 'ls' }, ours('ls'), ours('echo ${{ github.head_ref }}')] },
    ],
  });
  const line = text.split('\n').findIndex((one) => one.includes('head_ref')) + 1;
  expect(warnings(text)).toEqual([expect.stringMatching(`^${line}:`)]);
});

test('a warning begins with the place of what it is about', () => {
  const text = `on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/setup-node@v6
      - name: Deploy
        uses: octo-org/aks-run-command@v1
        with:
          cluster: c
          client-id: \${{ vars.ID }}
          command: echo \${{ github.head_ref }}
          files: k8s
`;
  const places = warnings(text).map((line) => /^\d+:\d+/.exec(line)?.[0]);
  expect(places).toEqual(['4:3', '4:3', '6:5', '14:11', '15:11']);
});

const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name): [string, string] => [name, readDocument(`${folder}/${name}`)]);
const blocks = documents
  .filter((name) => name !== 'docs/COMMAND_LINE.md')
  .flatMap((name) =>
    blocksOf(readDocument(name), 'yaml').map(({ line, text }): [string, string] => [
      `${name}:${line}`,
      completeWorkflow(text),
    ]),
  );

describe('no sample gets a warning', () => {
  test.each([...filesIn('examples'), ...blocks])('%s', (_name, text) => {
    expect(warnings(text)).toEqual([]);
  });
});
