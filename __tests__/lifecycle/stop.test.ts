import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  answers,
  errorBody,
  hangs,
  hangsAfter,
  podDoesNotStart,
  podFails,
  podStartsLate,
  resetsAfter,
  type Fault,
} from '../../local/azure/index.ts';
import { PROMPT } from '../../src/hosts/terminal/words.ts';
import { simulate, simulateDate, type During, type SimulationOptions } from './simulation.ts';
import { headline, said } from '../support/said.ts';

beforeAll(simulateDate);

const WHILE_IT_RUNS = { on: 'command-result', afterMs: 5000 } as const;
const REFUSED = { body: errorBody('AuthorizationFailed', 'no') };
const FORGOTTEN = { body: errorBody('NotFound', 'no') };

/** A step that is canceled, its post step, and everything that must come of the command. */
type Row = {
  readonly name: string;
  readonly cancel?: During['cancel'];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: SimulationOptions;
  readonly faults?: readonly Fault[];
  /** How long the runner takes to start the post step, and what goes wrong from then on. */
  readonly laterMs?: number;
  readonly laterFaults?: readonly Fault[];
  /** The headline of the summary, and what else it says. */
  readonly headline: RegExp;
  readonly says?: string | RegExp;
  readonly success: boolean;
  /** How long the post step takes at most, if that is less than it may. */
  readonly withinMs?: number;
  /** How often a command was submitted: that of the user, and what stops it. */
  readonly posted: number;
  /** The exit codes of the user's commands that ran. */
  readonly ended: readonly number[];
};

const STOPPED = {
  headline: headline('❌ plain: ', 'stopped'),
  says: said('stopped', { exitCode: '143' }),
  success: true,
  posted: 2,
  ended: [143],
} as const;
const NOT_STOPPED = { success: false, posted: 2, ended: [0] } as const;
const HAD_ENDED = headline('✅ plain: ', 'ended-before-stop');
const RUNNING = '⏳ plain: may still be running · ';
const UNKNOWN = '❓ plain: may or may not have run · ';

const headlineOf = ({ summary }: { readonly summary: string }) => /^### (.*)$/m.exec(summary)?.[1];

const rows: readonly Row[] = [
  { name: 'while the command runs', ...STOPPED },
  {
    name: 'the same with managed Entra',
    inputs: { cluster: 'entra' },
    ...STOPPED,
    headline: headline('❌ entra: ', 'stopped'),
  },
  {
    name: 'during the submission, so that no ID is known',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [hangsAfter('run-command')],
    ...STOPPED,
  },
  {
    name: 'before its pod starts, which it does while it is looked for',
    faults: [podStartsLate(40_000)],
    options: { startDeadline: Infinity },
    ...STOPPED,
  },
  {
    name: 'before its pod starts, and it starts never',
    faults: [podStartsLate(Infinity)],
    options: { startDeadline: Infinity },
    headline: headline(RUNNING, 'stop-no-pod'),
    says: said('stop-no-pod', 'tooLate'),
    ...NOT_STOPPED,
    ended: [],
  },
  {
    name: 'before its pod starts, for which there is more time than for the post step',
    inputs: { 'start-timeout': '10m' },
    faults: [podStartsLate(300_000)],
    options: { startDeadline: Infinity },
    headline: headline(RUNNING, 'stop-no-pod'),
    says: '12:10:00 UTC',
    ...NOT_STOPPED,
  },
  {
    // In a container job, the step may still be there, and resubmit it.
    name: 'before its pod starts, which refuses to run it before the post step looks',
    inputs: { 'start-timeout': '15s' },
    faults: [podStartsLate(20_000)],
    laterMs: 60_000,
    headline: headline(UNKNOWN, 'pod-refused'),
    says: said('@may-resubmit', 'workflow'),
    ...NOT_STOPPED,
    posted: 1,
    ended: [],
  },
  {
    name: 'and no pod came of a submission whose answer was lost',
    cancel: { on: 'run-command', afterMs: 100 },
    faults: [hangs('run-command')],
    headline: headline(UNKNOWN, 'stop-no-pod'),
    says: said('stop-no-pod', '!commandId'),
    ...NOT_STOPPED,
    ended: [],
  },
  {
    name: 'and the command ends before it can be stopped',
    laterMs: 60_000,
    headline: HAD_ENDED,
    says: said('ended-before-stop', { exitCode: '0' }),
    success: true,
    posted: 1,
    ended: [0],
  },
  {
    name: 'and its result is forgotten before the post step looks',
    laterMs: 1_200_000,
    laterFaults: [
      answers('command-result', 404, FORGOTTEN),
      answers('command-result', 404, FORGOTTEN, { skip: 2, times: Infinity }),
    ],
    headline: headline(UNKNOWN, 'stop-no-result'),
    says: /It no longer runs/,
    ...NOT_STOPPED,
    withinMs: 40_000,
  },
  {
    name: 'and the command ends while its result cannot be read',
    laterMs: 60_000,
    laterFaults: [answers('command-result', 503, {}, { times: 14 })],
    headline: HAD_ENDED,
    success: true,
    posted: 2,
    ended: [0],
  },
  {
    name: 'and the command ends after nothing to stop was found in its pod',
    options: { command: { isFound: false } },
    headline: HAD_ENDED,
    success: true,
    posted: 2,
    ended: [0],
  },
  {
    name: 'and nothing to stop is found in its pod, in which the command runs on',
    options: { command: { isFound: false, seconds: 600 } },
    headline: headline(RUNNING, 'stop-no-process'),
    ...NOT_STOPPED,
  },
  {
    name: 'and the command needs ten seconds to end',
    options: { command: { endsAfter: 10 } },
    ...STOPPED,
  },
  {
    name: 'and nothing ends the command',
    options: { command: { endsAfter: 600 } },
    headline: headline(RUNNING, 'stop-still-running'),
    says: 'kubectl delete pod',
    ...NOT_STOPPED,
    ended: [143],
  },
  {
    name: 'and the command ends by the signal, which Azure does not show',
    laterFaults: [answers('command-result', 503, {}, { skip: 4, times: Infinity })],
    headline: /^⏳ plain: may still be running · (?!.*has not ended)/,
    says: said('stop-still-running'),
    ...NOT_STOPPED,
    ended: [143],
  },
  {
    name: 'and the command ends by the signal, and Azure does not even show that it was sent',
    laterFaults: [answers('command-result', 503, {}, { skip: 1, times: Infinity })],
    headline: /^⏳ plain: may still be running · (?!.*was not stopped)/,
    says: said('stop-time-over'),
    ...NOT_STOPPED,
    ended: [143],
  },
  {
    name: 'and the pod that is to stop the command finds no room',
    laterFaults: [podDoesNotStart({ answerAfterMs: 30_000 })],
    headline: headline(RUNNING, 'stop-time-over'),
    says: said('@second-pod'),
    ...NOT_STOPPED,
  },
  {
    name: 'and the command that is to stop it is refused',
    laterFaults: [answers('run-command', 403, REFUSED)],
    headline: headline(RUNNING, 'stop-not-run'),
    ...NOT_STOPPED,
  },
  {
    name: 'and nobody can tell whether the command that is to stop it runs',
    laterFaults: [resetsAfter('run-command')],
    headline: headline('❌ plain: ', 'ended-in-doubt'),
    success: true,
    posted: 2,
    ended: [143],
  },
  {
    name: 'and the result of the command that stops it is lost',
    laterFaults: [podFails('Evicted', { ran: true })],
    headline: headline('❌ plain: ', 'ended-in-doubt'),
    success: true,
    posted: 2,
    ended: [143],
  },
  {
    name: 'and the post step cannot sign in',
    laterFaults: [
      answers('token', 400, {
        body: '{"error":"x","error_description":"AADSTS700213: No matching record."}',
      }),
    ],
    headline: headline(RUNNING, 'no-federated-credential'),
    ...NOT_STOPPED,
    posted: 1,
  },
  {
    name: 'and Azure does not answer the post step in time',
    laterFaults: [hangs('get-cluster', { times: Infinity })],
    headline: headline(RUNNING, 'stop-time-over'),
    ...NOT_STOPPED,
    posted: 1,
  },
  {
    name: 'and results may not be read',
    laterFaults: [answers('command-result', 403, REFUSED, { times: Infinity })],
    headline: headline(RUNNING, 'stop-not-run'),
    ...NOT_STOPPED,
    ended: [143],
  },
];

test.each(rows)('canceled $name', async (row) => {
  const { inputs = {}, faults = [], laterFaults = [], options, ...expected } = row;
  const command = { seconds: 40, ...options?.command };
  const simulation = simulate({ faults, ...options, command });

  const given = { 'on-cancel': 'stop', ...inputs };
  const step = await simulation.run(given, { cancel: row.cancel ?? WHILE_IT_RUNS });
  expect(step.success).toBe(false);
  if (row.laterMs) await simulation.clock.advance(row.laterMs);
  simulation.azure.clearFaults();
  simulation.azure.addFaults(laterFaults);
  const began = simulation.clock.now();
  const post = await simulation.runPostStep(step.state, given);
  const took = simulation.clock.now() - began;
  const posted = simulation.posted();
  await simulation.clock.advance(6 * 3_600_000);

  expect(headlineOf(post)).toMatch(row.headline);
  if (row.says !== undefined) expect(post.summary).toMatch(row.says);
  expect({ success: post.success, posted, ended: simulation.exitCodes() }).toEqual({
    success: expected.success,
    posted: expected.posted,
    ended: expected.ended,
  });
  expect(took).toBeLessThan(row.withinMs ?? 125_000);
  expect(post.outputs).toEqual({});
  expect(post.log + post.summary).not.toMatch(/undefined|\[object|exit code 137|out of memory/);
});

const REQUESTS = ['token', 'get-cluster', 'run-command', 'command-result'] as const;
const ON_CANCEL = { 'on-cancel': 'stop' };

type Quiet = Pick<Row, 'name' | 'cancel' | 'inputs' | 'options'>;
const quiet: readonly Quiet[] = [
  { name: 'succeeded' },
  { name: 'failed', options: { command: { exitCode: 3 } } },
  { name: 'does not wait', inputs: { wait: 'false' } },
  {
    name: 'has waited long enough',
    inputs: { 'command-id': 'c0ffee'.padEnd(32, '0'), command: '', timeout: '5s' },
  },
  { name: 'was refused', options: { faults: [answers('run-command', 403, REFUSED)] } },
  {
    name: 'was canceled during the sign-in',
    options: { faults: [hangs('token')] },
    cancel: { on: 'token', afterMs: 100 },
  },
  {
    name: 'was canceled after a pod had refused, before the next submission',
    inputs: { 'start-timeout': '15s' },
    options: { faults: [podStartsLate(8_500)], podClockOffset: 30_000 },
    cancel: { on: 'command-result', nth: 13, afterMs: 500 },
  },
];

test.each(quiet)('a step that $name leaves nothing to stop', async (row) => {
  const simulation = simulate(row.options);
  const given = { ...ON_CANCEL, ...row.inputs };
  const { state } = await simulation.run(given, row.cancel && { cancel: row.cancel });
  const count = () => REQUESTS.map((operation) => simulation.azure.requests(operation).length);
  const before = count();
  const post = await simulation.runPostStep(state, given);

  expect(post).toMatchObject({ success: true, log: '', summary: '', outputs: {} });
  expect(count()).toEqual(before);
});

test('on-cancel: leave saves nothing, and stops nothing in the post step', async () => {
  const simulation = simulate({ command: { seconds: 40 } });
  const left = await simulation.run({ 'on-cancel': 'leave' }, { cancel: WHILE_IT_RUNS });
  expect(left.state).toBe('');
  expect(left.summary).toContain('kubectl delete pod');
  expect(left.summary).not.toContain('post step');

  const other = simulate({ command: { seconds: 40 } });
  const { state, summary } = await other.run(ON_CANCEL, { cancel: WHILE_IT_RUNS });
  expect(summary).toMatch(said('cancelled', 'byPostStep'));
  expect(summary).not.toContain('kubectl delete pod');
  const post = await other.runPostStep(state, { 'on-cancel': 'leave' });
  expect(post).toMatchObject({ success: true, log: '', summary: '' });
  await other.clock.advance(600_000);
  expect(other.exitCodes()).toEqual([0]);
});

test('canceled while a second submission is answered: that one is stopped', async () => {
  const simulation = simulate({
    faults: [podStartsLate(20_000), hangsAfter('run-command', { skip: 1 })],
    command: { seconds: 40 },
  });
  const inputs = { ...ON_CANCEL, 'start-timeout': '10s' };
  const { state } = await simulation.run(inputs, {
    cancel: { on: 'run-command', nth: 2, afterMs: 500 },
  });
  const post = await simulation.runPostStep(state, inputs);

  expect(headlineOf(post)).toMatch(STOPPED.headline);
  const [first, second] = simulation.azure.commands();
  expect(first?.exitCode).toBe(75);
  expect(post.summary).toContain(second?.id);
  expect(simulation.exitCodes()).toEqual([143]);
});

test('a follower that is canceled stops the command that it waits for', async () => {
  const simulation = simulate({ command: { seconds: 600 } });
  const { outputs } = await simulation.run({ wait: 'false' });
  const follower = { ...ON_CANCEL, command: '', 'command-id': outputs['command-id'] ?? '' };
  const { state } = await simulation.run(follower, { cancel: { ...WHILE_IT_RUNS, nth: 3 } });
  const post = await simulation.runPostStep(state, follower);

  expect(headlineOf(post)).toMatch(STOPPED.headline);
  expect(post.success).toBe(true);
  expect(simulation.exitCodes()).toEqual([143]);
});

test('a follower does not take the end that another step brought about for its own stop', async () => {
  const simulation = simulate({ command: { seconds: 600 } });
  const first = await simulation.run(ON_CANCEL, { cancel: WHILE_IT_RUNS });
  const follower = { ...ON_CANCEL, command: '', 'command-id': first.outputs['command-id'] ?? '' };
  const second = await simulation.run(follower, { cancel: { ...WHILE_IT_RUNS, nth: 15 } });

  const stopped = await simulation.runPostStep(first.state, ON_CANCEL);
  expect(headlineOf(stopped)).toMatch(STOPPED.headline);
  const post = await simulation.runPostStep(second.state, follower);
  expect(headlineOf(post)).toMatch(headline('❌ plain: ', 'ended-before-stop'));
  expect(post.summary).toMatch(said('ended-before-stop', { exitCode: '143' }));
  expect(post.success).toBe(true);
});

test('a follower whose command is not stopped says what was seen of it', async () => {
  const simulation = simulate({
    command: { seconds: 600 },
    faults: [answers('run-command', 403, REFUSED, { skip: 1, times: Infinity })],
  });
  const { outputs } = await simulation.run({ wait: 'false' });
  const follower = { ...ON_CANCEL, command: '', 'command-id': outputs['command-id'] ?? '' };
  const { state } = await simulation.run(follower, { cancel: { ...WHILE_IT_RUNS, nth: 3 } });
  const seen = await simulation.runPostStep(state, follower);
  expect(headlineOf(seen)).toMatch(headline(RUNNING, 'stop-not-run'));

  simulation.azure.addFaults([answers('command-result', 503, {}, { times: Infinity })]);
  const unseen = await simulation.runPostStep(state, follower);
  expect(headlineOf(unseen)).toMatch(headline(UNKNOWN, 'stop-not-run'));
  expect([seen.success, unseen.success]).toEqual([false, false]);
});

test('the log of another submission proves nothing about this one', async () => {
  const otherLog = {
    rewrites: ({ body }: { body: string }) => ({
      body: body.replace(/start [0-9a-f]{8}/, 'start 00000000'),
    }),
  };
  const simulation = simulate({
    command: { seconds: 40 },
    wire: [{ on: 'command-result', do: otherLog, skip: 1, times: Infinity }],
  });
  const { state } = await simulation.run(ON_CANCEL, { cancel: WHILE_IT_RUNS });
  await simulation.clock.advance(60_000);
  const post = await simulation.runPostStep(state, ON_CANCEL);
  expect(post.success).toBe(false);
  expect(post.summary).toContain('may or may not have run');
});

test.each([
  ['client-id', { 'client-id': '' }, '`client-id` is required with `tenant-id`'],
  ['on-cancel', { 'on-cancel': 'abort' }, '`on-cancel`: `abort` is invalid'],
])('an input that is invalid in the post step: %s', async (_name, wrong, problem) => {
  const simulation = simulate({ command: { seconds: 40 } });
  const { state } = await simulation.run(ON_CANCEL, { cancel: WHILE_IT_RUNS });
  const post = await simulation.runPostStep(state, { ...wrong, summary: 'false' });
  expect(post).toMatchObject({ success: false, summary: '' });
  expect(post.log).toContain(problem);
  expect(post.log).toContain('The command may still be running in the cluster.');
  expect(post.log).not.toContain('did not run');
  expect(simulation.posted()).toBe(1);
});

test('what the command wrote to $GITHUB_OUTPUT is masked, whatever its name', async () => {
  const simulation = simulate({
    command: { seconds: 40, outputs: 'token=s3cret-value\n', output: 'it is s3cret-value\n' },
  });
  const { state } = await simulation.run(
    { ...ON_CANCEL, 'mask-outputs': 'token' },
    { cancel: WHILE_IT_RUNS },
  );
  const { masked } = await simulation.runPostStep(state, ON_CANCEL);
  expect(masked).toContain('s3cret-value');
});

describe('at a prompt, the process itself stops the command', () => {
  const atPrompt = { words: PROMPT, cancel: WHILE_IT_RUNS };

  test('and has its end as its result', async () => {
    const simulation = simulate({ command: { seconds: 600, output: 'the end\n' } });
    const { outputs, log, endedAt, cancelledAt = NaN } = await simulation.run(ON_CANCEL, atPrompt);
    expect(outputs).toMatchObject({ state: 'failed', 'exit-code': '143', output: 'the end\n' });
    expect(outputs['reason']).toMatch(said('stopped'));
    expect(log).toContain('Stopping the command');
    expect(log).not.toMatch(said('cancelled'));
    expect(endedAt - cancelledAt).toBeLessThan(125_000);
    expect(simulation.exitCodes()).toEqual([143]);
  });

  test('or says why it may still run', async () => {
    const simulation = simulate({
      command: { seconds: 600 },
      faults: [answers('run-command', 403, REFUSED, { skip: 1 })],
    });
    const { outputs, log } = await simulation.run(ON_CANCEL, atPrompt);
    expect(outputs).toMatchObject({ state: 'running', 'exit-code': '' });
    expect(log).toMatch(said('stop-not-run'));
  });

  test('unless nothing was submitted', async () => {
    const simulation = simulate({ faults: [hangs('token')] });
    const cancel = { on: 'token', afterMs: 100 } as const;
    const { outputs } = await simulation.run(ON_CANCEL, { words: PROMPT, cancel });
    expect(outputs).toMatchObject({ state: 'not-started' });
    expect(simulation.posted()).toBe(0);
  });
});
