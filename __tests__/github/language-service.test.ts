import path from 'node:path';
import { expect, test } from '@jest/globals';
import { findingsIn, readMetadata } from '../../local/github/language-service.ts';
import { scratch } from '../support/scratch.ts';
import { writeTree } from '../support/write-tree.ts';

const ACTION = 'octo-org/aks-run-command@v1';
const folder = scratch('language-service');
writeTree(folder, {
  'a/action.yml': JSON.stringify({
    inputs: { cluster: { required: true }, command: {}, 'on-cancel': { default: 'leave' } },
  }),
});
const action = await readMetadata(path.join(folder, 'a/action.yml'));
const actions = new Map([ACTION, './a'].map((uses) => [uses, action]));

const inJobs = (jobs: string) => `on: push\njobs:\n${jobs}\n`;
const inSteps = (steps: string) =>
  inJobs(`  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replaceAll(/^/gm, '      ')}`);
const ours = (inputs: string, uses = ACTION) => inSteps(`- uses: ${uses}\n  with: { ${inputs} }`);
const background = `- id: b\n  run: sleep 9\n  background: true\n`;

type Row = { name: string; workflow: string; errors?: string[]; warnings?: string[] };

test.each<Row>([
  { name: 'no mistake', workflow: ours('cluster: c, command: ls') },
  {
    name: 'an input of any letter case',
    workflow: inSteps(`- uses: ${ACTION}\n  with:\n    Cluster: c\n    COMMAND: ls`),
  },
  {
    name: 'a misspelled input',
    workflow: ours('cluster: c, on-cancle: stop'),
    errors: ["7:29: Invalid action input 'on-cancle'. Did you mean on-cancel?"],
  },
  {
    name: 'an input whose name is like no other',
    workflow: ours('cluster: c, run: ls'),
    errors: ["7:29: Invalid action input 'run'. Its inputs are cluster, command, on-cancel"],
  },
  {
    name: 'inputs that are no text',
    workflow: inSteps(
      `- uses: ${ACTION}\n  with:\n    cluster: { a: b }\n    command:\n      - ls\n      - ls`,
    ),
    errors: [
      '8:20: A mapping was not expected. An input is text: write cluster: | and, below it, one ' +
        'NAME=value per line',
      '10:13: A sequence was not expected. An input is text: write command: | and, below it, one ' +
        'value per line',
    ],
  },
  {
    name: 'a list in place of variables',
    workflow: inJobs('  a:\n    runs-on: ubuntu-latest\n    env: [A]\n    steps: [{ run: ls }]'),
    errors: [
      '5:10: A sequence was not expected',
      "5:10: Unexpected type 'SequenceToken' encountered while reading 'job env'. The type 'MappingToken' was expected.",
    ],
  },
  {
    name: 'a missing input',
    workflow: ours('command: ls'),
    errors: ['7:9: Missing required input `cluster`'],
  },
  {
    name: 'inputs of parallel steps',
    workflow: inSteps(
      `- parallel:\n  - uses: ${ACTION}\n    with: { clustr: c }\n  - uses: ./a\n    with: { cluster: c, comand: ls }`,
    ),
    errors: [
      "8:19: Invalid action input 'clustr'. Did you mean cluster?",
      '8:11: Missing required input `cluster`',
      "10:31: Invalid action input 'comand'. Did you mean command?",
    ],
  },
  {
    name: 'an input of a copy that needs a checkout',
    workflow: ours('comand: ls, cluster: c', './a'),
    errors: ["7:17: Invalid action input 'comand'. Did you mean command?"],
  },
  {
    name: 'an input of a copy that needs none',
    workflow: ours('comand: ls, cluster: c', '$/a'),
    errors: ["7:17: Invalid action input 'comand'. Did you mean command?"],
  },
  {
    name: 'a copy that is missing',
    workflow: ours('cluster: c', '$/b'),
    errors: ["6:15: Unable to resolve action `$/b`, no 'action.yml' or 'action.yaml' found in 'b'"],
  },
  { name: 'inputs of another action', workflow: ours('anything: 1', 'o/other@v1') },
  { name: 'a copy of another action, made by a step', workflow: ours('anything: 1', './b') },
  {
    name: 'a called workflow of another repository',
    workflow: inJobs('  a: { uses: o/r/.github/workflows/w.yml@v1 }'),
  },
  {
    name: 'a called workflow that is missing',
    workflow: inJobs('  a: { uses: ./.github/workflows/w.yml }'),
    errors: ['3:14: Unable to find reusable workflow'],
  },
  { name: 'background steps', workflow: inSteps(`${background}- wait: b\n- wait-all:`) },
  {
    name: 'a wait for an unknown step',
    workflow: inSteps(`${background}- wait: c`),
    errors: ["9:15: Step references unknown step ID 'c'"],
  },
  {
    name: 'wait-all with a value',
    workflow: inSteps(`${background}- wait-all: true`),
    errors: ['9:19: wait-all takes no value'],
  },
  {
    name: 'an unknown step in an expression',
    workflow: inSteps('- run: echo ${{ steps.nope.outputs.x }}'),
    warnings: ['6:19: Context access might be invalid: nope'],
  },
  {
    name: 'the line break at the end of a value',
    workflow: inSteps('- run: ls\n  env:\n    A: |\n      a'),
  },
])('$name', async ({ workflow, errors = [], warnings = [] }) => {
  const findings = await findingsIn(workflow, { folder, actions });
  const textsOf = (isError: boolean) =>
    findings.filter((one) => one.isError === isError).map(({ text }) => text);
  expect({ errors: textsOf(true), warnings: textsOf(false) }).toEqual({ errors, warnings });
});

test('a crash of the service is no silent pass', async () => {
  class Broken extends Map<string, never> {
    override get(): never {
      throw new Error('broken');
    }
  }
  await expect(findingsIn(ours('cluster: c'), { folder, actions: new Broken() })).rejects.toThrow(
    "GitHub's language service failed: Unhandled error while validating: broken",
  );
});
