import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { startLocalAzure, type Fault, type LocalAzure, type LocalAzureOptions } from '../../local/azure/index.ts';
import { runStep, type Step, type StepResult } from '../../local/runner/step.ts';
import type { State } from '../../src/verdict.ts';
import { temporaryFolder } from './support.ts';

/** One step on a stand-in of its own, and what remains of both. */
export type Outcome = Omit<StepResult, 'clean'> & {
  /** How often the command was submitted, and how often it ran. */
  readonly posted: number;
  readonly ran: number;
  /** Every token that was issued: none may show. */
  readonly tokens: readonly string[];
};

type StepOptions = {
  readonly azure?: Partial<LocalAzureOptions>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Another PEM file of an authority to trust. */
  readonly trusting?: string;
  /** What the command does besides leaving a trace. */
  readonly command?: string;
  /** How often the command will run, since the verdict may come before that. */
  readonly awaitedRuns?: number;
  /** How long the pods are left alone after that, in milliseconds. */
  readonly afterwards?: number;
  readonly onStart?: (child: Parameters<NonNullable<Step['onStart']>>[0], azure: LocalAzure) => void;
};

/** Runs a step whose command leaves a trace on this machine each time it runs. */
export async function runOnOwnAzure(options: StepOptions): Promise<Outcome> {
  const { command = 'echo hello', inputs = {}, awaitedRuns = 0, afterwards = 0, trusting, onStart } = options;
  const folder = await temporaryFolder();
  const traces = path.join(folder, 'traces');
  const ran = async () => (await readFile(traces, 'utf8').catch(() => '')).split('\n').length - 1;
  const azure = await startLocalAzure(options.azure);
  try {
    const authorities = path.join(folder, 'ca.pem');
    const files = [azure.caFile, ...(trusting === undefined ? [] : [trusting])];
    await writeFile(authorities, (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n'));
    const given = { command: `echo ran >>"$TRACES"\n${command}`, env: `TRACES=${traces}`, ...inputs };
    const { clean, ...result } = await runStep({
      workspace: folder,
      env: { ...azure.runnerEnv(given), NODE_EXTRA_CA_CERTS: authorities },
      onStart: (child) => onStart?.(child, azure),
    });
    await clean();
    for (let tries = 0; tries < 100 && (await ran()) < awaitedRuns; tries++) await delay(100);
    await delay(afterwards);
    return { ...result, posted: azure.requests('run-command').length, ran: await ran(), tokens: azure.issuedTokens() };
  } finally {
    await azure.stop();
  }
}

/** A fault, or a few, and everything that must come of it. */
export type Row = Pick<StepOptions, 'azure' | 'inputs' | 'command' | 'afterwards'> & {
  readonly name: string;
  readonly faults?: readonly Fault[];
  readonly state: State;
  readonly posted: number;
  readonly ran: number;
  /** A stable part of what is shown. */
  readonly says: string;
};

/** Makes rows of the same outcome. */
export const outcome =
  (state: State, posted: number, ran: number) =>
  (name: string, says: string, more: Omit<Row, 'name' | 'says' | 'state' | 'posted' | 'ran'> = {}): Row => ({
    ...more,
    ...{ name, says, state, posted, ran },
  });

export async function expectRow({ state, posted, ran, says, faults = [], azure, ...more }: Row, trusting?: string) {
  const step = await runOnOwnAzure({
    ...more,
    awaitedRuns: ran,
    azure: { ...azure, faults },
    ...(trusting !== undefined && { trusting }),
  });
  const shown = step.log.shown + step.summary;

  expect({ state: step.outputs['state'], posted: step.posted, ran: step.ran }).toEqual({ state, posted, ran });
  expect(step.exitCode).toBe(state === 'succeeded' ? 0 : 1);
  expect(step.stderr).toBe('');
  expect(step.log.shown).toContain(says);
  expect(shown).not.toMatch(/undefined|\[object/);
  expect(step.outputs['reason'] === '').toBe(state === 'succeeded');
  const everything = step.stdout.replaceAll(/^::add-mask::.*$/gm, '') + shown;
  expect(step.tokens.filter((token) => everything.includes(token))).toEqual([]);
}

/** Works through a list, some at a time, since a step waits most of the time. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
