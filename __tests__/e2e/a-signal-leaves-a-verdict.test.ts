import { expect, test } from '@jest/globals';
import { delays, hangsAfter, type Fault, type Operation } from '../../local/azure/index.ts';
import { runOnOwnAzure } from './on-own-azure.ts';

type Row = [
  when: string,
  signal: NodeJS.Signals,
  on: Operation,
  nth: number,
  state: string,
  faults: readonly Fault[],
];

/** `__tests__/lifecycle/cancel.test.ts` has every moment; here are real signals, and both that the runner sends. */
test.concurrent.each<Row>([
  [
    'during a submission without an answer',
    'SIGINT',
    'run-command',
    1,
    'unknown',
    [hangsAfter('run-command')],
  ],
  [
    'during a submission, answered in time',
    'SIGTERM',
    'run-command',
    1,
    'running',
    [delays('run-command', 900)],
  ],
  ['while following', 'SIGINT', 'command-result', 4, 'running', []],
])('%s: %s', async (_when, signal, on, nth, state, faults) => {
  let signalledAt = NaN;
  let endedAt = NaN;
  const { outputs, log, summary, exitCode, stderr, posted } = await runOnOwnAzure({
    faults,
    command: 'sleep 20',
    onStart(child, azure) {
      const watch = setInterval(() => {
        if (azure.requests(on).length < nth) return;
        clearInterval(watch);
        signalledAt = performance.now();
        child.kill(signal);
      }, 300);
      child.once('exit', () => {
        clearInterval(watch);
        endedAt = performance.now();
      });
    },
  });

  expect({ state: outputs['state'], posted, exitCode, stderr }).toEqual({
    state,
    posted: 1,
    exitCode: 1,
    stderr: '',
  });
  // The promise to users: the runner waits so long before it sends the next signal.
  expect(endedAt - signalledAt).toBeLessThan(7500);
  expect(log.shown).toContain('canceled');
  const id = outputs['command-id'] ?? '';
  expect(id).toMatch(state === 'running' ? /^[0-9a-f]{32}$/ : /^$/);
  if (state !== 'running') return;
  for (const told of [log.shown, summary]) {
    expect(told).toContain(id);
    expect(told).toMatch(/still running|has not started yet, and may still start until/);
  }
});
