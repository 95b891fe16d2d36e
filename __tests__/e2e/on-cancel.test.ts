import { spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import {
  aksImage,
  answers,
  delays,
  errorBody,
  hangsAfter,
  podDoesNotStart,
  startLocalAzure,
  type LocalAzure,
  type LocalAzureOptions,
} from '../../local/azure/index.ts';
import { runStep } from '../../local/github/step.ts';
import { readDocument } from '../docs/markdown.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { until } from '../support/until.ts';
import { expectGolden, expectNoTokens, temporaryFolder } from './support.ts';
import { headline, said } from '../support/said.ts';

/**
 * A step with `on-cancel: stop` that is canceled, and its post step, both as the runner starts them.
 * `__tests__/lifecycle/stop.test.ts` has what takes minutes.
 */

type Inputs = Readonly<Record<string, string>>;

/** A command that shows when it has begun, so that a signal comes after it. */
const begun = (mark: string, ...lines: readonly string[]) =>
  [`echo begun; : >'${mark}'`, ...lines].join('\n');

type Scene = {
  readonly azure: LocalAzure;
  /** Exists once the command has begun. */
  readonly mark: string;
  /** Runs a step, or its post step if it has a state. */
  readonly run: (
    inputs: Inputs,
    more?: { state?: Inputs; onStart?: (child: ChildProcess) => void },
  ) => ReturnType<typeof runStep>;
};

/** A stand-in of its own for each test. */
async function withAzure(
  options: Partial<LocalAzureOptions>,
  work: (scene: Scene) => Promise<void>,
): Promise<void> {
  const azure = await startLocalAzure(options);
  try {
    const workspace = temporaryFolder();
    const mark = path.join(mkdtempSync(path.join(workspace, 'mark-')), 'begun');
    await work({
      azure,
      mark,
      async run(inputs, more = {}) {
        const env = azure.runnerEnv({ 'on-cancel': 'stop', ...inputs });
        const step = await runStep({ workspace, temp: temporaryFolder(), env, ...more });
        expectNoTokens(step, azure);
        return step;
      },
    });
  } finally {
    await azure.stop();
  }
}

const headlineOf = ({ summary }: { summary: string }) => /^### (.*)$/m.exec(summary)?.[1];
const hasBegun = ({ mark }: Scene) => existsSync(mark);

type Row = {
  readonly name: string;
  /** After it has begun; by default, it sleeps. */
  readonly command?: readonly string[];
  readonly inputs?: Inputs;
  readonly options?: Partial<LocalAzureOptions>;
  /** When the step gets its signal, which is SIGINT by default. */
  readonly when?: (scene: Scene) => boolean;
  readonly signal?: NodeJS.Signals;
  /** What happens between the step and its post step. */
  readonly before?: (scene: Scene) => Promise<void> | void;
  /** What happens while the post step runs. */
  readonly meanwhile?: (scene: Scene) => Promise<void>;
  readonly main?: { readonly state: string | undefined };
  readonly headline: RegExp;
  readonly says?: RegExp;
  readonly success?: boolean;
  /** The exit codes of all commands, in the order of their submission. */
  readonly exitCodes: readonly (number | undefined)[];
};

const STOPPED = headline('❌ plain: ', 'stopped');
const HAD_ENDED = headline('✅ plain: ', 'ended-before-stop');
const RUNNING = '⏳ plain: may still be running · ';
const FORBIDDEN =
  'User "x" cannot create resource "pods/exec" in API group "" in the namespace "aks-command"';
const POLICY =
  "ValidatingAdmissionPolicy 'aks-managed' with binding 'aks-managed' denied request: no";

/** Without the image's own `/tmp`, which would hide the mark of {@link begun}. */
const { toolFolders = [], tools = [] } = (await aksImage()).options;

const rows: readonly Row[] = [
  {
    name: 'a trap runs, and its exit code is the result',
    command: ['trap "echo cleaned up; exit 9" TERM', 'sleep 600 & wait'],
    headline: STOPPED,
    says: said('stopped', { exitCode: '9' }),
    exitCodes: [9, 0],
  },
  {
    name: 'without a trap',
    headline: STOPPED,
    says: said('stopped', { exitCode: '143' }),
    exitCodes: [143, 0],
  },
  {
    name: 'what ignores SIGTERM gets SIGKILL',
    command: ['trap "" TERM', 'sleep 600'],
    headline: STOPPED,
    says: said('stopped', { exitCode: '137' }),
    exitCodes: [137, 0],
  },
  {
    name: 'on a cluster with managed Entra',
    inputs: { cluster: 'entra' },
    headline: headline('❌ entra: ', 'stopped'),
    exitCodes: [143, 0],
  },
  {
    name: 'killed before the answer to its POST, so that only the hash is known',
    options: { faults: [hangsAfter('run-command')] },
    signal: 'SIGKILL',
    main: { state: undefined },
    headline: STOPPED,
    exitCodes: [143, 0],
  },
  {
    name: 'killed after the ID is known',
    when: (scene) => hasBegun(scene) && scene.azure.requests('command-result').length > 0,
    signal: 'SIGKILL',
    main: { state: undefined },
    headline: STOPPED,
    exitCodes: [143, 0],
  },
  {
    name: 'canceled while a second submission runs',
    inputs: { 'start-timeout': '2s' },
    options: { faults: [podDoesNotStart({ startsAfterMs: 3500 })] },
    headline: STOPPED,
    exitCodes: [75, 143, 0],
  },
  {
    name: 'the command ends before the post step',
    command: ['echo all of it'],
    options: { faults: [delays('command-result', 60_000, { times: Infinity })] },
    before: async ({ azure }) => {
      azure.clearFaults();
      await until(() => azure.commands().every(({ state }) => state === 'succeeded'));
    },
    headline: HAD_ENDED,
    says: said('ended-before-stop', { exitCode: '0' }),
    exitCodes: [0],
  },
  {
    name: 'the command times out before the post step',
    inputs: { timeout: '4s' },
    options: { faults: [delays('command-result', 60_000, { times: Infinity })] },
    before: async ({ azure }) => {
      azure.clearFaults();
      await until(() => azure.commands().every(({ state }) => state === 'succeeded'));
    },
    headline: headline('❌ plain: ', 'timed-out', { time: '4s' }),
    exitCodes: [124],
  },
  {
    name: 'the sign-in of the post step is refused',
    before({ azure }) {
      const body = '{"error":"x","error_description":"AADSTS700213: No matching record."}';
      azure.addFaults([answers('token', 400, { body })]);
    },
    headline: headline(RUNNING, 'no-federated-credential'),
    success: false,
    exitCodes: [undefined],
  },
  {
    name: 'the submission of the post step is refused',
    before({ azure }) {
      const body = errorBody('AuthorizationFailed', 'no');
      azure.addFaults([answers('run-command', 403, { body })]);
    },
    headline: headline(RUNNING, 'stop-not-run'),
    success: false,
    exitCodes: [undefined],
  },
  {
    name: 'the pod has no timeout of coreutils, and the command ends later',
    command: ['until [ -e "$MARK-over" ]; do sleep 0.1; done'],
    options: { pods: { toolFolders, tools: tools.filter((tool) => tool !== 'timeout') } },
    meanwhile: async ({ azure, mark }) => {
      await until(() => azure.commands()[1]?.exitCode === 11);
      writeFileSync(`${mark}-over`, '');
    },
    headline: HAD_ENDED,
    exitCodes: [0, 11],
  },
  {
    name: 'the node of the pod cannot be reached at first',
    options: { pods: { dialFailures: 1 } },
    headline: STOPPED,
    exitCodes: [143, 0],
  },
  {
    name: 'the identity may not enter the pod',
    options: { pods: { refusal: FORBIDDEN } },
    headline: headline(RUNNING, 'stop-forbidden'),
    says: /cannot create resource "pods\/exec"/,
    success: false,
    exitCodes: [undefined, 1],
  },
  {
    name: 'a policy lets nobody enter the pod, as on AKS Automatic',
    options: { pods: { refusal: POLICY } },
    headline: headline(RUNNING, 'stop-denied'),
    success: false,
    exitCodes: [undefined, 1],
  },
];

inNamespacesOnly(() => {
  test.concurrent.each(rows)('$name', async (row) => {
    await withAzure(row.options ?? {}, async (scene) => {
      const { azure, mark, run } = scene;
      const { command = ['sleep 600'], when = hasBegun } = row;
      const inputs = { command: begun(mark, ...command), env: `MARK=${mark}`, ...row.inputs };
      const step = await run(inputs, {
        onStart: (child) =>
          void until(() => when(scene)).then(() => child.kill(row.signal ?? 'SIGINT')),
      });
      expect(step.outputs['state']).toBe((row.main ?? { state: 'running' }).state);

      await row.before?.(scene);
      const [post] = await Promise.all([
        run(inputs, { state: step.state }),
        row.meanwhile?.(scene),
      ]);
      const commands = azure.commands();
      expect({
        exitCode: post.exitCode,
        exitCodes: commands.map(({ exitCode }) => exitCode),
        stderr: post.stderr,
        outputs: post.outputs,
      }).toEqual({
        exitCode: (row.success ?? true) ? 0 : 1,
        exitCodes: row.exitCodes,
        stderr: '',
        outputs: {},
      });
      expect(headlineOf(post)).toMatch(row.headline);
      expect(post.summary).toMatch(row.says ?? '');
      expect(post.summary + post.log.shown).not.toMatch(/out of memory|undefined|\[object/);
      expect(commands.every(({ runs }) => runs === 1)).toBe(true);
    });
  });

  // To the step, all are one signal. They differ in which steps run beside it and after it, before
  // the post steps, which run last in first out (StepsRunner.cs and JobExtension.cs of
  // actions/runner).
  test.concurrent.each([
    { name: '`cancel:` of a background step', beside: true, later: true },
    { name: '`timeout-minutes` with `continue-on-error`', beside: false, later: true },
    { name: 'the button', beside: false, later: false },
    { name: 'a newer run of its concurrency group', beside: false, later: false, newer: true },
  ])('a job whose step is canceled by $name', async ({ beside, later, newer }) => {
    await withAzure({}, async (scene) => {
      const { azure, mark, run } = scene;
      const command = begun(mark, 'trap "echo cleaned up; exit 9" TERM', 'sleep 600 & wait');
      const other = { command: 'echo deployed' };
      const runOther = async (does: boolean) => (does ? [await run(other)] : []);

      const cancel = Promise.withResolvers<undefined>();
      const step = run(
        { command },
        { onStart: (child) => void cancel.promise.then(() => child.kill('SIGINT')) },
      );
      await until(() => hasBegun(scene));
      const besideIt = await runOther(beside);
      cancel.resolve(undefined);
      const canceled = await step;
      const others = [...besideIt, ...(await runOther(later))];

      expect(canceled).toMatchObject({ exitCode: 1, outputs: { state: 'running' } });
      expect(headlineOf(canceled)).toMatch(headline(RUNNING, 'cancelled'));
      for (const text of [canceled.log.shown, canceled.summary])
        expect(text).toContain('When the job ends, after all other steps, the post step');
      const exitCodes = () => azure.commands().map(({ exitCode }) => exitCode);
      // Nothing stops it before the job ends.
      expect(exitCodes()).toEqual([undefined, ...others.map(() => 0)]);

      for (const { state } of others.toReversed()) {
        const post = await run(other, { state });
        expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', summary: '' });
      }
      const post = await run({ command }, { state: canceled.state });
      expect({ headline: headlineOf(post), exitCode: post.exitCode }).toEqual({
        headline: expect.stringMatching(STOPPED),
        exitCode: 0,
      });
      const stop = 0;
      expect(exitCodes()).toEqual([9, ...others.map(() => 0), stop]);

      // Its job starts when this one has ended.
      const replacing = await runOther(newer ?? false);
      expect(replacing.map(({ outputs }) => outputs['state'])).toEqual(newer ? ['succeeded'] : []);
      expect(azure.commands().every(({ runs }) => runs === 1)).toBe(true);
    });
  });

  test.concurrent('a step that waits for an earlier command', async () => {
    await withAzure({}, async (scene) => {
      const { azure, mark, run } = scene;
      const first = await run({ command: begun(mark, 'sleep 600'), wait: 'false' });
      const inputs = { 'command-id': first.outputs['command-id'] ?? '' };
      const follower = await run(inputs, {
        onStart: (child) =>
          void until(() => hasBegun(scene) && azure.requests('command-result').length > 0).then(
            () => child.kill('SIGINT'),
          ),
      });
      const post = await run(inputs, { state: follower.state });
      expect(headlineOf(post)).toMatch(STOPPED);
      expect(azure.commands()[0]).toMatchObject({ exitCode: 143, runs: 1 });
    });
  });

  test.concurrent('of two steps, only the one that was canceled is stopped', async () => {
    await withAzure({}, async (scene) => {
      const { azure, mark, run } = scene;
      const left = `${mark}-left`;
      const earlier = { command: begun(left, 'sleep 5; echo done'), wait: 'false' };
      const first = await run(earlier);
      await until(() => existsSync(left));
      const later = { command: begun(mark, 'sleep 600') };
      const second = await run(later, {
        onStart: (child) => void until(() => hasBegun(scene)).then(() => child.kill('SIGINT')),
      });
      expect(headlineOf(await run(later, { state: second.state }))).toMatch(STOPPED);
      const post = await run(earlier, { state: first.state });

      expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', summary: '' });
      await until(() => azure.commands()[0]?.state === 'succeeded');
      expect(azure.commands().map(({ exitCode }) => exitCode)).toEqual([0, 143, 0]);
    });
  });

  // In a container job, a cancel does not reach the step.
  test.concurrent('a step that is still there reports the same end', async () => {
    await withAzure({}, async (scene) => {
      const { azure, mark, run } = scene;
      const inputs = { command: begun(mark, 'sleep 600') };
      const state = Promise.withResolvers<Inputs>();
      const step = run(inputs, {
        onStart: () =>
          void until(() => hasBegun(scene)).then(() => {
            const [command] = azure.commands();
            const { subscriptionId, resourceGroup, name } = command?.cluster ?? {};
            const cluster = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
            state.resolve({ open: JSON.stringify({ cluster, id: command?.id }) });
          }),
      });
      const post = await run(inputs, { state: await state.promise });
      expect(headlineOf(post)).toMatch(STOPPED);
      const { outputs } = await step;
      expect(outputs).toMatchObject({ state: 'failed', 'exit-code': '143' });
      expect(azure.commands().map(({ runs }) => runs)).toEqual([1, 1]);
    });
  });

  test.concurrent('by hand, with the line in OPERATE.md', async () => {
    const [, line = ''] =
      /--command \\\n *'(kubectl exec [^']*)'/.exec(readDocument('docs/OPERATE.md')) ?? [];
    await withAzure({}, async (scene) => {
      const { azure, mark, run } = scene;
      const command = begun(mark, 'trap "exit 9" TERM', 'timeout 600 sleep 600 & wait');
      const { outputs } = await run({ command, wait: 'false' });
      await until(() => hasBegun(scene));
      const id = outputs['command-id'] ?? '';
      const byHand = await run({
        command: line.replace('command-ID', `command-${id}`),
        shell: 'sh',
      });
      expect(byHand.outputs).toMatchObject({ state: 'succeeded', output: '' });
      await until(() => azure.commands()[0]?.exitCode === 9);
    });
  });

  test('what people read of it', async () => {
    await withAzure({}, async (scene) => {
      const { mark, run } = scene;
      const command = begun(mark, 'trap "echo cleaned up; exit 9" TERM', 'sleep 600 & wait');
      const step = await run(
        { command },
        { onStart: (child) => void until(() => hasBegun(scene)).then(() => child.kill('SIGINT')) },
      );
      const post = await run({ command }, { state: step.state });
      await expectGolden('stopped.md', post.summary);
      await expectGolden('stopped.log', post.log.shown);
    });
  });
});

test('canceled during the sign-in: nothing is submitted, then or later', async () => {
  await withAzure({ faults: [delays('token', 60_000)] }, async ({ azure, run }) => {
    const step = await run(
      { command: 'true' },
      {
        onStart: (child) =>
          void until(() => azure.requests('token').length > 0).then(() => child.kill('SIGINT')),
      },
    );
    expect(step.outputs['state']).toBe('not-started');
    const post = await run({ command: 'true' }, { state: step.state });
    expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', summary: '' });
    expect(azure.commands()).toEqual([]);
  });
});

test.each([
  ['nothing', {}],
  ['half a state', { open: '{"cluster":"/subscriptions/' }],
  ['on-cancel: leave', { open: 'x' }],
])('the post step says and does nothing: %s', async (_name, state) => {
  await withAzure({}, async ({ azure, run }) => {
    const post = await run({ command: 'echo no >&2; exit 1' }, { state });
    expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', summary: '', outputs: {} });
    expect(azure.requests()).toEqual([]);
  });
});

// It runs after every job. Where there is nothing to stop, its door alone is read.
test.each([
  ['no state', {}, { status: 0, stdout: '', stderr: '' }],
  ['a state that the step has cleared', { STATE_open: '' }, { status: 0, stdout: '', stderr: '' }],
  [
    'a command to stop',
    { STATE_open: 'x' },
    { status: 1, stderr: expect.stringContaining('start.js') },
  ],
])('the post step without the files beside it: %s', (_name, env, expected) => {
  const alone = temporaryFolder();
  for (const file of ['post.js', 'package.json']) {
    copyFileSync(path.resolve('dist', file), path.join(alone, file));
  }
  const door = path.join(alone, 'post.js');
  expect(spawnSync(process.execPath, [door], { env, encoding: 'utf8' })).toMatchObject(expected);
});
