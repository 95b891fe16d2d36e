import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { createBackground } from '../../local/try/background.ts';
import { readWorkflow, type Step } from '../../local/github/workflow.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { CLUSTER, IDENTITY, ours, repository, tryFile, workflow, written } from './rehearsal.ts';

type Steps = Parameters<typeof workflow>[0][string] & readonly object[];

type Row = {
  readonly name: string;
  readonly steps: Steps;
  readonly args?: readonly string[];
  readonly code: 0 | 1 | 2;
  /** The table without the names of the jobs; empty if nothing runs. */
  readonly states: readonly string[];
  readonly says?: readonly (string | RegExp)[];
};

const background = true;
const files = {
  'copy/action.yml': readFileSync(path.join(repository, 'action.yml'), 'utf8'),
  'composite/action.yml': stringify({
    name: 'c',
    description: 'c',
    runs: { using: 'composite', steps: [{ run: 'ls', shell: 'bash', background }] },
  }),
};

/** Creates something in the cluster, and waits for something else. */
const meet = (mine: string, other: string) =>
  `kubectl create configmap ${mine}; until kubectl get configmap ${other}; do sleep 0.2; done`;

/** A step that fails at once, because there is no checkout. */
const fails = { uses: './copy', with: { ...CLUSTER, ...IDENTITY, command: 'ls' } };

/** What a later step reads of the step `x`: its outcome and its output `v`. */
const READ = '${{ steps.x.outcome }}/${{ steps.x.outputs.v }}';
const reads = (name: string, expected: string) => ({
  name,
  ...ours(`test "$GOT" = '${expected}'`, { env: `GOT=${READ}` }),
});
const writes = (id: string, more = 'true') => ({
  id,
  name: id,
  background,
  ...ours(`echo v=1 >> "$GITHUB_OUTPUT"; ${more}`),
});

const rows: readonly Row[] = [
  {
    name: 'the steps of a parallel run at the same time, and the log of each is in one piece',
    steps: [
      {
        parallel: [
          { name: 'a', ...ours(meet('a', 'b')) },
          { name: 'b', ...ours(meet('b', 'a')) },
        ],
      },
      { name: 'after', ...ours('kubectl get configmap a b') },
    ],
    code: 0,
    states: ['a succeeded', 'b succeeded', 'Parallel group succeeded', 'after succeeded'],
    says: [
      /\n== j \/ a starts in the background\n\n== j \/ b starts in the background\n\n== j \/ Parallel group \(wait: a, b\)\n/,
      /\n== j \/ a \(octo-org.*\)\n(?:(?!== ).*\n)*configmap\/a created\n(?:(?!== ).*\n)*Outputs\n/,
      /\n== j \/ b \(octo-org.*\)\n(?:(?!== ).*\n)*configmap\/b created\n(?:(?!== ).*\n)*Outputs\n/,
    ],
  },
  {
    name: 'outcome and outputs are seen after a wait',
    steps: [
      writes('x'),
      reads('before', '/'),
      { wait: 'x', id: 'w' },
      reads('after', 'success/1'),
      { name: 'wait', ...ours("test ${{ steps.w.outcome }} = 'success'") },
    ],
    code: 0,
    states: [
      'x succeeded',
      'before succeeded',
      'Wait succeeded',
      'after succeeded',
      'wait succeeded',
    ],
  },
  {
    name: 'a failure fails the first wait that includes it, and what was before it has run',
    steps: [
      writes('x', 'exit 3'),
      writes('y'),
      { name: 'between', ...ours('ls') },
      { wait: 'y', name: 'Wait for y' },
      { name: 'unaware', ...ours('ls') },
      { wait: ['x', 'y'] },
      { name: 'skipped', ...ours('ls') },
      { 'wait-all': null },
      { ...reads('later', 'failure/1'), if: 'failure()' },
    ],
    code: 1,
    states: [
      'x failed',
      'y succeeded',
      'between succeeded',
      'Wait for y succeeded',
      'unaware succeeded',
      'Wait failed',
      'skipped skipped: an earlier step failed',
      'Wait for all succeeded',
      'later succeeded',
    ],
  },
  {
    name: 'continue-on-error forgives a background step, and not a wait',
    steps: [
      { ...writes('x', 'exit 3'), 'continue-on-error': true },
      { 'wait-all': null },
      reads('after', 'failure/1'),
      writes('y', 'exit 3'),
      { wait: 'y', 'continue-on-error': true },
    ],
    code: 1,
    states: ['x failed', 'Wait for all succeeded', 'after succeeded', 'y failed', 'Wait failed'],
  },
  {
    name: 'the job waits for what no step waits for, whatever has failed',
    steps: [
      writes('x'),
      { name: 'fails', ...ours('exit 1') },
      writes('never'),
      { wait: 'x' },
      { name: 'y', if: 'always()', background, ...ours('exit 2') },
    ],
    code: 1,
    states: [
      'x succeeded',
      'fails failed',
      'never skipped: an earlier step failed',
      'Wait succeeded',
      'y failed',
      'Wait for all background steps failed',
    ],
  },
  {
    name: 'a step that is canceled leaves the job successful',
    steps: [
      writes('x', 'kubectl create configmap x; sleep 60'),
      { name: 'started', ...ours('until kubectl get configmap x; do sleep 0.2; done') },
      { cancel: 'x' },
      { name: 'after', ...ours("test ${{ steps.x.outcome }} = 'cancelled'") },
      { name: 'never', ...ours('ls'), if: 'cancelled() || failure()' },
    ],
    code: 0,
    states: [
      'x running',
      'started succeeded',
      'Cancel succeeded',
      'after succeeded',
      'never skipped: its condition is false',
    ],
    says: ['\n== j / Cancel (cancel: x)\n'],
  },
  {
    name: 'a wait for a canceled step is canceled, too, whatever happened to others',
    steps: [
      writes('x'),
      writes('y', 'exit 3'),
      { cancel: 'x' },
      { wait: ['x', 'y'], id: 'w' },
      { name: 'after', ...ours("test ${{ steps.w.outcome }} = 'cancelled'") },
    ],
    code: 1,
    states: ['x canceled', 'y failed', 'Cancel succeeded', 'Wait canceled', 'after succeeded'],
  },
  {
    name: 'a step that is canceled before it submits anything',
    steps: [writes('x'), { cancel: 'x' }],
    code: 0,
    states: ['x canceled', 'Cancel succeeded'],
  },
  {
    name: 'a step that has ended is not canceled',
    steps: [writes('x'), { wait: 'x' }, { cancel: 'x' }, reads('after', 'success/1')],
    code: 0,
    states: ['x succeeded', 'Wait succeeded', 'Cancel succeeded', 'after succeeded'],
  },
  {
    name: 'a step that failed before it was canceled fails the job, but only at its end',
    steps: [
      { id: 'x', name: 'x', background, ...fails },
      { cancel: 'x' },
      { name: 'after', ...ours("test ${{ steps.x.outcome }} = 'failure'") },
    ],
    code: 1,
    states: ['x failed', 'Cancel succeeded', 'after succeeded'],
  },
  {
    name: 'steps of others are listed, and their outputs are asked for after the wait',
    steps: [
      { id: 'server', name: 'server', run: 'npm start', background },
      { name: 'before', ...ours('test -z "$A"', { env: 'A=${{ steps.server.outputs.url }}' }) },
      { wait: 'server' },
      { name: 'after', ...ours('ls', { env: 'A=${{ steps.server.outputs.url }}' }) },
    ],
    code: 2,
    states: [],
    says: ['The step "after" needs what', '  steps.server.outputs.url=VALUE\n'],
  },
  {
    name: 'a background step that was skipped has no outcome',
    steps: [{ ...writes('x'), if: "github.ref == 'x'" }, { wait: 'x' }, reads('after', '/')],
    code: 0,
    states: ['x skipped: its condition is false', 'Wait succeeded', 'after succeeded'],
  },
  {
    name: 'a run that is canceled cancels the steps in the background, and no wait',
    steps: [
      writes('x', 'sleep 60'),
      writes('y', 'sleep 60'),
      { 'wait-all': null },
      { name: 'after', ...ours('ls') },
      { name: 'cleanup', if: 'always()', ...ours('ls') },
      { ...writes('z'), if: 'always()' },
    ],
    args: ['--cancel-after', '5s'],
    code: 1,
    states: [
      'x running',
      'y running',
      'Wait for all canceled',
      'after skipped: the run was canceled',
      'cleanup succeeded',
      'z canceled',
      'Wait for all background steps canceled',
    ],
  },
  {
    name: 'a value of wait-all',
    steps: [writes('x'), { 'wait-all': true }],
    code: 2,
    states: [],
    says: [/w\.yml:\d+:\d+: wait-all takes no value\n/],
  },
  {
    name: 'a background step in a composite action',
    steps: [{ uses: './composite' }, { name: 'x', ...ours('ls') }],
    code: 2,
    states: [],
    says: [/composite\/action\.yml:\d+:\d+: Unexpected value 'background'\n/],
  },
  {
    name: 'a condition of a wait',
    steps: [writes('x'), { name: 'Join', wait: 'x', if: 'always()' }],
    code: 2,
    states: [],
    says: [/w\.yml:\d+:\d+: Unexpected value 'if'\n/],
  },
];

async function rehearsed({ steps, args = [] }: Pick<Row, 'steps' | 'args'>) {
  const { code, said } = await tryFile(await written(workflow({ j: steps }), files), ...args);
  const table = said.includes('\nJOB ') ? said.slice(said.indexOf('\nJOB ')) : '';
  const states = [...table.matchAll(/^j +(.*)$/gm)].map(([, line = '']) =>
    line.replace(/ {2,}/, ' '),
  );
  return { code, said, states };
}

test.each(rows)('$name', async ({ says = [], ...row }) => {
  const { code, said, states } = await rehearsed(row);

  expect({ code, states, said }).toEqual({ code: row.code, states: row.states, said });
  for (const text of says) expect(said).toMatch(text);
});

inNamespacesOnly(() => {
  test('post steps stop the commands of canceled steps, the last one first', async () => {
    const stops = (name: string) => ({
      id: name,
      name,
      background,
      ...ours(`trap 'echo cleaned up ${name}; exit 9' TERM; ${meet(name, 'go')}; sleep 60 & wait`, {
        'on-cancel': 'stop',
      }),
    });
    const started = `until kubectl get configmap a b; do sleep 0.2; done; kubectl create configmap go`;
    const { code, said, states } = await rehearsed({
      steps: [
        stops('a'),
        stops('b'),
        { name: 'started', ...ours(started) },
        { cancel: 'a' },
        { cancel: 'b' },
      ],
    });

    expect({ code, states }).toEqual({
      code: 0,
      states: [
        'a running',
        'b running',
        'started succeeded',
        'Cancel succeeded',
        'Cancel succeeded',
        'Post b succeeded',
        'Post a succeeded',
      ],
    });
    expect(said).toMatch(
      /== j \/ Post b\n[^]*cleaned up b\n[^]*== j \/ Post a\n[^]*cleaned up a\n[^]*JOB /,
    );
  });
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('at most ten steps run at once', async () => {
  const steps = Array.from({ length: 12 }, stepOf);
  const background = createBackground<number>();
  const ends: (() => void)[] = [];
  for (const [index, step] of steps.entries())
    background.start(
      step,
      () =>
        new Promise((resolve) =>
          ends.push(() => {
            resolve(index);
          }),
        ),
    );

  await settle();
  expect(ends).toHaveLength(10);
  ends[3]?.();
  await settle();
  expect(ends).toHaveLength(11);
  for (const end of ends) end();
  await settle();
  ends[11]?.();
  expect(await background.ends()).toEqual([...steps.keys()]);
});

test('a step that is canceled while ten others run ends at once, and leaves its turn', async () => {
  const [eleventh, twelfth, ...ten] = Array.from({ length: 12 }, stepOf);
  if (eleventh === undefined || twelfth === undefined) throw new Error('no step');
  const background = createBackground<string>();
  const free = Promise.withResolvers<string>();
  const states: string[] = [];
  for (const step of ten) background.start(step, () => free.promise);
  for (const step of [eleventh, twelfth])
    background.start(step, (canceled) => {
      states.push(canceled.aborted ? 'canceled' : 'ran');
      return Promise.resolve('');
    });

  background.cancel(eleventh);
  await background.endOf(eleventh);
  await settle();
  expect(states).toEqual(['canceled']);
  free.resolve('');
  await background.ends();
  expect(states).toEqual(['canceled', 'ran']);
});

function stepOf(): Step {
  const [job] = readWorkflow(workflow({ j: [ours('ls')] }), 'w.yml').jobs;
  const [step] = job?.steps ?? [];
  if (step === undefined) throw new Error('no step');
  return step;
}
