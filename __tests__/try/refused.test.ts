import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WorkflowError } from '../../local/runner/expression.ts';
import { checkWorkflow } from '../../local/try/check.ts';
import { rehearse } from '../../local/try/rehearsal.ts';
import { writeTree, type Tree } from '../support/write-tree.ts';
import {
  called,
  CALLED,
  calls,
  checkout,
  CLUSTER,
  folder,
  ours,
  repository,
  repositoryOf,
  step,
  workflow,
} from './rehearsal.ts';

// What is wrong with a workflow or its values ends a rehearsal before a step of this action runs.

type Values = Readonly<Record<string, string>>;

/** Checks and runs the workflow `w.yml` of a checkout. */
async function run(source: string, text: string, values: Values = {}): Promise<void> {
  writeTree(source, { 'w.yml': text });
  const given = new Map(Object.entries(values));
  const checked = await checkWorkflow(path.join(source, 'w.yml'), source, given);
  await rehearse({
    workflow: checked.workflow,
    given: checked.values,
    source,
    runSteps: true,
    kubeconfig: () => Promise.reject(new Error('A step of this action runs')),
    say: () => undefined,
    ran: () => undefined,
  });
}

/** What the user reads. */
async function refusalOf(ended: Promise<void>): Promise<string> {
  const error: unknown = await ended.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowError)) throw new TypeError('Not refused', { cause: error });
  return error.message;
}

type Row = {
  readonly name: string;
  readonly workflow: string;
  readonly files?: Tree;
  readonly values?: Values;
  readonly says: string;
};

const VENDORED = './.github/actions/cluster';
const requiresTag = {
  on: { workflow_dispatch: { inputs: { tag: { type: 'string', required: true } } } },
};

/** The first input of a workflow's only step is in line 10. */
const rows: readonly Row[] = [
  { name: 'broken YAML', workflow: 'on: push\njobs: [', says: 'w.yml:2: ' },
  {
    name: 'an unknown key',
    workflow: `foo: 1\n${workflow({ a: [ours('ls')] })}`,
    says: 'w.yml:1:1: unexpected key "foo"',
  },
  {
    name: 'a misspelled input of a copy of this action',
    workflow: workflow({ a: [checkout, { uses: VENDORED, with: { comand: 'ls', ...CLUSTER } }] }),
    files: {
      [`${VENDORED}/action.yml`]: readFileSync(path.join(repository, 'action.yml'), 'utf8'),
    },
    says: 'w.yml:11: "comand" is not an input of this action. Did you mean `command`?',
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
    says: 'w.yml:11: did you mean vars.CLUSTER_ID instead of vars.CLUSTR_ID?',
  },
  {
    name: 'a variable that differs from the given one by a letter',
    workflow: workflow({ a: [step({ cluster: '${{ vars.CLUSTER_ID }}', command: 'ls' })] }),
    values: { 'vars.CLUSTERS_ID': 'x' },
    says: 'did you mean vars.CLUSTERS_ID instead of vars.CLUSTER_ID?',
  },
  {
    name: 'a required input without a value',
    workflow: workflow({ a: [ours('ls')] }, requiresTag),
    says: 'inputs.tag=VALUE',
  },
  {
    name: 'an input that is not declared',
    workflow: workflow({ a: [ours('ls')] }),
    values: { 'inputs.x': '1' },
    says: 'there is no inputs.x',
  },
  {
    name: 'a matrix value that no combination has',
    workflow: workflow({
      a: { strategy: { matrix: { cluster: ['one', 'two'] } }, steps: [ours('ls')] },
    }),
    values: { 'matrix.cluster': 'nope' },
    says: 'The job a has no matrix.cluster=nope, only one, two',
  },
  {
    name: 'a list from an output that nobody knows',
    workflow: workflow({
      p: {
        outputs: { l: '${{ steps.l.outputs.l }}' },
        steps: [{ id: 'l', uses: 'octo-org/list@v1' }],
      },
      a: {
        needs: 'p',
        strategy: { matrix: { c: '${{ fromJSON(needs.p.outputs.l) }}' } },
        steps: [ours('ls')],
      },
    }),
    says: 'fromJSON(needs.p.outputs.l)',
  },
  {
    name: 'a called workflow with more permissions than its caller',
    workflow: workflow({ a: calls }, { permissions: { 'id-token': 'none' } }),
    files: { [CALLED]: `permissions: { id-token: write }\n${called([ours('ls')])}` },
    says: 'whose job b requests id-token: write. Grant it here, too',
  },
  {
    name: 'a called workflow without a required input',
    workflow: workflow({ a: calls }),
    files: { [CALLED]: called([ours('ls')], { who: { type: 'string', required: true } }) },
    says: 'without the input who, which is required',
  },
  {
    name: 'a called workflow that calls itself',
    workflow: workflow({ a: { uses: './w.yml' } }, { on: { workflow_call: {} } }),
    says: 'more than ten levels',
  },
  {
    name: 'a local action that uses itself',
    workflow: workflow({ a: [checkout, { uses: './say' }, ours('ls')] }),
    files: {
      'say/action.yml': 'name: say\nruns: { using: composite, steps: [{ uses: ./say }] }\n',
    },
    says: 'uses: ./say is at more than 10 levels',
  },
];

test.each(rows)('$name is refused', async ({ name, workflow: text, files = {}, values, says }) => {
  const source = path.join(folder, name);
  writeTree(source, files);

  expect(await refusalOf(run(source, text, values))).toContain(says);
});

test('names of variables that differ by a number or a short word are taken', async () => {
  const names = ['EU_ID', 'US_ID', 'ID_1', 'ID_2'].map((name) => `vars.${name}`);
  const cluster = names.map((name) => `\${{ ${name} }}`).join('');
  const source = path.join(folder, 'names');
  writeTree(source, { 'w.yml': workflow({ a: [step({ cluster, command: 'ls' })] }) });
  const { examples } = await checkWorkflow(path.join(source, 'w.yml'), source, new Map());

  expect(examples.map((one) => one.path)).toEqual(names);
});

describe('the rehearsal stays in its folder', () => {
  // It must not be reached, although git tracks a link to it.
  const victim = path.join(folder, 'victim');
  const upTo = (file: string) => `../../..${file}`;
  const checkoutTo = (to: string) => ({ ...checkout, with: { path: to } });
  let root = '';
  beforeAll(async () => {
    root = await repositoryOf(
      { 'say/README.md': '' },
      {
        tracked: victim,
        dangling: path.join(victim, 'nothing'),
        'say/action.yml': path.join(victim, 'action.yml'),
        'linked.yml': path.join(victim, 'called.yml'),
      },
    );
  });
  beforeEach(async () => {
    await rm(victim, { recursive: true, force: true });
    writeTree(victim, {
      'action.yml': 'name: say\nruns: { using: composite, steps: [] }\n',
      'called.yml': called([ours('ls')]),
    });
  });

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
  ])('%s', async (_name, steps) => {
    expect(await refusalOf(run(root, workflow({ a: [...steps, ours('ls')] })))).toMatch(
      /^(?:.*: )?(?:uses|path|working-directory): \S+ is outside \S+$/,
    );
    expect(readdirSync(victim).sort()).toEqual(['action.yml', 'called.yml']);
  });

  test.each([
    ['a reusable workflow that goes up', `./${upTo(path.join(victim, 'called.yml'))}`],
    ['a reusable workflow that is a tracked link', './linked.yml'],
  ])('%s', async (_name, uses) => {
    expect(await refusalOf(run(root, workflow({ a: { uses } })))).toContain('is outside');
  });
});
