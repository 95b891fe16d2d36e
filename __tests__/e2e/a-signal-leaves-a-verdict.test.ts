import { expect, test } from '@jest/globals';
import { delays, hangsAfter, type Fault, type Operation } from '../../local/azure/index.ts';
import { runOnOwnAzure } from './on-own-azure.ts';
import { scene } from './support.ts';

type Row = {
  readonly when: string;
  readonly signal: NodeJS.Signals;
  /** The signal comes after the `nth` request of this operation. */
  readonly on: Operation;
  readonly nth: number;
  readonly state: string;
  readonly faults: readonly Fault[];
};

/**
 * `__tests__/lifecycle/cancel.test.ts` has every moment, and how soon the step ends. This file has
 * real signals: both that the runner sends.
 */
test.concurrent.each<Row>([
  {
    when: 'during a submission without an answer',
    signal: 'SIGINT',
    on: 'run-command',
    nth: 1,
    state: 'unknown',
    faults: [hangsAfter('run-command')],
  },
  {
    when: 'during a submission, answered in time',
    signal: 'SIGTERM',
    on: 'run-command',
    nth: 1,
    state: 'running',
    // A step that is canceled waits for the answer for 1.5 seconds.
    faults: [delays('run-command', 100)],
  },
  {
    when: 'while following',
    signal: 'SIGINT',
    on: 'command-result',
    nth: 4,
    state: 'running',
    faults: [],
  },
])('$when: $signal', async ({ signal, on, nth, state, faults }) => {
  const { outputs, log, summary, exitCode, stderr, posted } = await runOnOwnAzure({
    faults,
    command: 'sleep 600',
    onStart(child, azure) {
      const watch = setInterval(() => {
        if (azure.requests(on).length < nth) return;
        clearInterval(watch);
        child.kill(signal);
      }, 10);
      child.once('exit', () => {
        clearInterval(watch);
      });
    },
  });

  expect({ state: outputs['state'], posted, exitCode, stderr }).toEqual({
    state,
    posted: 1,
    exitCode: 1,
    stderr: '',
  });
  expect(log.shown).toContain('canceled');
  const id = outputs['command-id'] ?? '';
  expect(id).toMatch(state === 'running' ? /^[0-9a-f]{32}$/ : /^$/);
  if (state !== 'running') return;
  for (const text of [log.shown, summary]) {
    expect(text).toContain(id);
    expect(text).toMatch(
      /may still be running|shown, the command has not started yet, and may still start until/,
    );
  }
});

/** Runs this as soon as the process listens for an event: before there is anything else to do. */
const onceListening = (event: string, line: string) => {
  const program = `process.on('newListener', (event) => {
    if (event === '${event}') setImmediate(() => { ${line} });
  });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
};

const { run } = scene();

test.each(['SIGINT', 'SIGTERM', 'SIGBREAK'])(
  'before anything was submitted, %s, which may be CTRL+BREAK on Windows: nothing runs',
  async (signal) => {
    // Only Windows can send the last one.
    const env = onceListening(signal, `process.emit('${signal}')`);
    const { outputs, exitCode, stderr } = await run({ command: 'true' }, { env });
    expect({ state: outputs['state'], exitCode, stderr }).toEqual({
      state: 'not-started',
      exitCode: 1,
      stderr: '',
    });
  },
);

test.each([
  ['uncaughtException', "throw new Error('stray')"],
  ['unhandledRejection', "void Promise.reject(new Error('stray'))"],
])('an error that nothing awaits changes no verdict: %s', async (event, line) => {
  const result = await run({ command: 'true' }, { env: onceListening(event, line) });
  expect(result.stdout).toContain('::debug::Unhandled error: stray');
  expect({ state: result.outputs['state'], exitCode: result.exitCode }).toEqual({
    state: 'succeeded',
    exitCode: 0,
  });
});
