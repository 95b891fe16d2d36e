import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  answers,
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
import { inParallel, runStepOn, type Outcome } from './with-faults.ts';

const PATIENT = { headers: { 'retry-after': '600' } };

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

const rows: Row[] = [
  {
    name: 'before login',
    when: asked('id-token'),
    faults: [hangs('id-token')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'during login',
    when: asked('token'),
    faults: [hangs('token')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while Entra has told to wait',
    when: asked('token'),
    faults: [answers('token', 429, PATIENT)],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'while the cluster is read',
    when: asked('get-cluster'),
    faults: [hangs('get-cluster')],
    state: 'not-started',
    posted: 0,
    hasId: false,
  },
  {
    name: 'during the submission, which is not answered',
    when: asked('run-command'),
    faults: [hangsAfter('run-command')],
    state: 'unknown',
    posted: 1,
    hasId: false,
  },
  {
    name: 'during the submission, which is answered in time',
    when: asked('run-command'),
    faults: [delays('run-command', 900)],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'while ARM has told to wait with the submission',
    when: asked('run-command'),
    faults: [answers('run-command', 429, PATIENT)],
    state: 'not-started',
    posted: 1,
    hasId: false,
  },
  { name: 'while following', when: asked('command-result', 4), faults: [], state: 'running', posted: 1, hasId: true },
  {
    name: 'while a result is awaited',
    when: asked('command-result'),
    faults: [hangs('command-result')],
    state: 'running',
    posted: 1,
    hasId: true,
  },
  {
    name: 'after the pod was given up',
    when: asked('command-result', 4),
    faults: [podDoesNotStart()],
    state: 'unknown',
    posted: 1,
    hasId: true,
  },
  {
    name: 'while the next submission is due',
    when: (azure) => azure.commands()[0]?.state === 'succeeded',
    momentMs: 1500,
    faults: [podStartsLate(2500)],
    inputs: { 'start-timeout': '1s' },
    state: 'not-started',
    posted: 1,
    hasId: true,
  },
];

/** The runner sends SIGINT, and after 7.5 s SIGTERM. The same code answers both, so that a few rows show the second. */
const TERMINATED = ['before login', 'during the submission, which is answered in time', 'while following'];
const cases = (['SIGINT', 'SIGTERM'] as const).flatMap((signal) =>
  rows.filter(({ name }) => signal === 'SIGINT' || TERMINATED.includes(name)).map((row) => ({ ...row, signal })),
);
const outcomes = new Map<string, Outcome & { readonly seconds: number }>();

beforeAll(async () => {
  await inParallel(cases, 3, async ({ name, signal, when, momentMs = 300, faults, inputs = {} }) => {
    let signalledAt = NaN;
    let endedAt = NaN;
    const outcome = await runStepOn({
      azure: { faults },
      inputs,
      command: 'sleep 20',
      onStart(child, azure) {
        const watch = setInterval(() => {
          if (!when(azure)) return;
          clearInterval(watch);
          setTimeout(() => {
            signalledAt = performance.now();
            child.kill(signal);
          }, momentMs);
        }, 20);
        child.once('exit', () => {
          clearInterval(watch);
          endedAt = performance.now();
        });
      },
    });
    outcomes.set(signal + name, { ...outcome, seconds: (endedAt - signalledAt) / 1000 });
  });
}, 120_000);

describe('a signal', () => {
  test.each(cases)('$signal $name', ({ signal, name, state, posted, hasId }) => {
    const step = outcomes.get(signal + name);
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
