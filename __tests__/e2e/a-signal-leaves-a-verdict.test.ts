import { expect, test } from '@jest/globals';
import { delays } from '../../local/azure/index.ts';
import { killOnce } from '../support/until.ts';
import { runOnOwnAzure } from './on-own-azure.ts';
import { scene } from './support.ts';
import { said } from '../support/said.ts';

/**
 * `__tests__/lifecycle/cancel.test.ts` has every moment, and how soon the step ends. This file has a
 * real signal, the second one of the runner; `__tests__/smoke` has the first.
 */
test('SIGTERM during a submission, which is answered in time', async () => {
  const { outputs, log, summary, exitCode, stderr, posted } = await runOnOwnAzure({
    // A step that is canceled waits for the answer for 1.5 seconds.
    faults: [delays('run-command', 100)],
    command: 'sleep 600',
    onStart(child, azure) {
      void killOnce(() => azure.requests('run-command').length > 0, child, 'SIGTERM');
    },
  });

  expect({ ...outputs, posted, exitCode, stderr }).toMatchObject({
    state: 'running',
    posted: 1,
    exitCode: 1,
    stderr: '',
  });
  expect(log.shown).toMatch(said('cancelled'));
  const id = outputs['command-id'] ?? '';
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  for (const text of [log.shown, summary]) {
    expect(text).toContain(id);
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

test('before anything was submitted, CTRL+BREAK of Windows: nothing runs', async () => {
  // Only Windows can send it.
  const env = onceListening('SIGBREAK', `process.emit('SIGBREAK')`);
  const { outputs, exitCode, stderr } = await run({ command: 'true' }, { env });
  expect({ state: outputs['state'], exitCode, stderr }).toEqual({
    state: 'not-started',
    exitCode: 1,
    stderr: '',
  });
});

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
