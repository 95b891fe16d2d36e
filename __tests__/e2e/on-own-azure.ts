import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { startLocalAzure, type Fault, type LocalAzure } from '../../local/azure/index.ts';
import { runStep } from '../../local/github/step.ts';
import type { State } from '../../src/verdict.ts';
import { expectNoTokens, temporaryFolder } from './support.ts';

type StepOptions = {
  readonly faults?: readonly Fault[];
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the command does besides leaving a trace. */
  readonly command?: string;
  /** How often the command will run, since the verdict may come before that. */
  readonly awaitedRuns?: number;
  readonly onStart?: (child: ChildProcess, azure: LocalAzure) => void;
};

/**
 * Runs a step on a stand-in of its own, whose command leaves a trace on this machine each time it
 * runs.
 */
export async function runOnOwnAzure(options: StepOptions) {
  const { faults = [], command = 'echo hello', inputs = {}, awaitedRuns = 0, onStart } = options;
  const folder = temporaryFolder();
  const traces = path.join(folder, 'traces');
  const ran = async () => (await readFile(traces, 'utf8').catch(() => '')).split('\n').length - 1;
  const azure = await startLocalAzure({ faults });
  try {
    const given = {
      command: `echo ran >>"$TRACES"\n${command}`,
      env: `TRACES=${traces}`,
      ...inputs,
    };
    const result = await runStep({
      workspace: folder,
      temp: temporaryFolder(),
      env: azure.runnerEnv(given),
      onStart: (child) => onStart?.(child, azure),
    });
    expectNoTokens(result, azure);
    while ((await ran()) < awaitedRuns) await delay(100);
    return { ...result, posted: azure.requests('run-command').length, ran: await ran() };
  } finally {
    await azure.stop();
  }
}

type Outcome = {
  readonly state: State;
  /** How often the command was posted, and how often it ran. */
  readonly posted: number;
  readonly ran: number;
  /** A stable part of what is shown. */
  readonly says: string;
};

/** Everything that must come of a step. */
export async function expectOutcome(
  options: StepOptions,
  { state, posted, ran, says }: Outcome,
): Promise<void> {
  const step = await runOnOwnAzure({ ...options, awaitedRuns: ran });

  expect({ state: step.outputs['state'], posted: step.posted, ran: step.ran }).toEqual({
    state,
    posted,
    ran,
  });
  expect(step.exitCode).toBe(state === 'succeeded' ? 0 : 1);
  expect(step.stderr).toBe('');
  expect(step.log.shown).toContain(says);
  expect(step.log.shown + step.summary).not.toMatch(/undefined|\[object/);
  expect(step.outputs['reason'] === '').toBe(state === 'succeeded');
}
