import { beforeAll, describe, expect, test } from '@jest/globals';
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
import type { State } from '../../src/verdict.ts';
import { inParallel, runOnOwnAzure, type Outcome } from './on-own-azure.ts';

type Row = {
  readonly name: string;
  /** The signal is sent a moment after this came about. */
  readonly when: (azure: LocalAzure) => boolean;
  readonly momentMs?: number;
  readonly faults: readonly Fault[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly state: State;
  readonly posted: number;
  readonly hasId: boolean;
};

const asked =
  (operation: Operation, times = 1) =>
  (azure: LocalAzure) =>
    azure.requests(operation).length >= times;

/** `__tests__/lifecycle/cancel.test.ts` has every moment; here are real signals, and both that the runner sends. */
const cases: Row[] = [
  {
    name: 'SIGINT while Entra is awaited',
    when: asked('token'),
    faults: [hangs('token')],
    ...{ state: 'not-started', posted: 0, hasId: false },
  },
  {
    name: 'SIGINT during the submission, which is not answered',
    when: asked('run-command'),
    faults: [hangsAfter('run-command')],
    ...{ state: 'unknown', posted: 1, hasId: false },
  },
  {
    name: 'SIGTERM during the submission, which is answered in time',
    when: asked('run-command'),
    faults: [delays('run-command', 900)],
    ...{ state: 'running', posted: 1, hasId: true },
  },
  {
    name: 'SIGINT while following',
    when: asked('command-result', 4),
    faults: [],
    ...{ state: 'running', posted: 1, hasId: true },
  },
  {
    name: 'SIGTERM while following a pod that was given up',
    when: asked('command-result', 4),
    faults: [podDoesNotStart()],
    ...{ state: 'unknown', posted: 1, hasId: true },
  },
  {
    name: 'SIGINT while the next submission is due',
    when: (azure) => azure.commands()[0]?.state === 'succeeded',
    momentMs: 1500,
    faults: [podStartsLate(2500)],
    inputs: { 'start-timeout': '1s' },
    ...{ state: 'not-started', posted: 1, hasId: true },
  },
];
const outcomes = new Map<string, Outcome & { readonly seconds: number }>();

beforeAll(async () => {
  await inParallel(cases, 3, async ({ name, when, momentMs = 300, faults, inputs = {} }) => {
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
        }, 20);
        child.once('exit', () => {
          clearInterval(watch);
          endedAt = performance.now();
        });
      },
    });
    outcomes.set(name, { ...outcome, seconds: (endedAt - signalledAt) / 1000 });
  });
}, 120_000);

describe('a signal', () => {
  test.each(cases)('$name', ({ name, state, posted, hasId }) => {
    const step = outcomes.get(name);
    if (!step) throw new Error('The step did not run');
    const { outputs, log, summary } = step;

    expect({ state: outputs['state'], posted: step.posted }).toEqual({ state, posted });
    expect(step.exitCode).toBe(1);
    expect(step.stderr).toBe('');
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
});
