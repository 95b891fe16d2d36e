import { beforeAll, expect, test } from '@jest/globals';
import {
  delays,
  hangs,
  hangsAfter,
  podDoesNotStart,
  podStartsLate,
  type Fault,
  type LocalAzure,
  type Operation,
} from '../../local/azure/index.ts';
import { inParallel, runOnOwnAzure, type Outcome } from './on-own-azure.ts';

type State = 'not-started' | 'running' | 'unknown';
type More = { readonly momentMs?: number; readonly inputs?: Readonly<Record<string, string>> };

const asked =
  (operation: Operation, times = 1) =>
  (azure: LocalAzure) =>
    azure.requests(operation).length >= times;

/** The signal, which is sent a moment after something came about, and what must come of it. */
const row = (
  name: string,
  when: (azure: LocalAzure) => boolean,
  [state, posted, hasId]: readonly [state: State, posted: number, hasId: boolean],
  faults: readonly Fault[] = [],
  { momentMs = 300, inputs = {} }: More = {},
) => ({ name, when, state, posted, hasId, faults, momentMs, inputs });

const hasRefused = (azure: LocalAzure) => azure.commands()[0]?.state === 'succeeded';
const RETRY = { momentMs: 1500, inputs: { 'start-timeout': '1s' } };

/** `__tests__/lifecycle/cancel.test.ts` has every moment; here are real signals, and both that the runner sends. */
const cases = [
  row('SIGINT while Entra is awaited', asked('token'), ['not-started', 0, false], [hangs('token')]),
  row(
    'SIGINT during a submission without an answer',
    asked('run-command'),
    ['unknown', 1, false],
    [hangsAfter('run-command')],
  ),
  row(
    'SIGTERM during a submission that is answered in time',
    asked('run-command'),
    ['running', 1, true],
    [delays('run-command', 900)],
  ),
  row('SIGINT while following', asked('command-result', 4), ['running', 1, true]),
  row('SIGTERM while a pod was given up', asked('command-result', 4), ['unknown', 1, true], [podDoesNotStart()]),
  row('SIGINT before the next submission', hasRefused, ['not-started', 1, true], [podStartsLate(2500)], RETRY),
];
const outcomes = new Map<string, Outcome & { readonly seconds: number }>();

beforeAll(async () => {
  await inParallel(cases, 3, async ({ name, when, momentMs, faults, inputs }) => {
    let signalledAt = NaN;
    let endedAt = NaN;
    const outcome = await runOnOwnAzure({
      azure: { faults },
      inputs,
      command: 'sleep 20',
      onStart(child, azure) {
        const watch = setInterval(() => {
          if (!when(azure)) return;
          clearInterval(watch);
          setTimeout(() => {
            signalledAt = performance.now();
            child.kill(name.startsWith('SIGINT') ? 'SIGINT' : 'SIGTERM');
          }, momentMs);
        }, 50);
        child.once('exit', () => {
          clearInterval(watch);
          endedAt = performance.now();
        });
      },
    });
    outcomes.set(name, { ...outcome, seconds: (endedAt - signalledAt) / 1000 });
  });
}, 120_000);

test.each(cases)('$name', ({ name, state, posted, hasId }) => {
  const step = outcomes.get(name);
  if (!step) throw new Error('The step did not run');
  const { outputs, log, summary } = step;

  expect({ state: outputs['state'], posted: step.posted }).toEqual({ state, posted });
  expect({ exitCode: step.exitCode, stderr: step.stderr }).toEqual({ exitCode: 1, stderr: '' });
  // The promise to users: the runner would wait for 7.5 s before it sends the next signal.
  expect(step.seconds).toBeLessThan(2);
  expect(log.shown).toContain('canceled');
  const id = outputs['command-id'] ?? '';
  expect(id).toMatch(hasId ? /^[0-9a-f]{32}$/ : /^$/);
  expect(log.shown).toContain(id);
  expect(summary).toContain(id);
  if (state === 'running') {
    expect(log.shown).toMatch(/still running|has not started yet, and may still start until/);
    expect(log.shown).toContain(`az aks command result`);
    expect(summary).toMatch(/still running|has not started yet, and may still start until/);
  }
  if (state === 'not-started') expect(step.ran).toBe(0);
});
