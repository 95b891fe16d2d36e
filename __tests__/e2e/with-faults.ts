import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalAzure, type LocalAzure, type LocalAzureOptions } from '../../local/azure/index.ts';
import { runStep, type Step, type StepResult } from '../../local/runner/step.ts';

/** One step on a stand-in of its own, and what remains of both. */
export type Outcome = Omit<StepResult, 'clean'> & {
  /** How often the command was submitted, and how often it ran. */
  readonly posted: number;
  readonly ran: number;
  /** Every token that was issued: none may show. */
  readonly tokens: readonly string[];
};

export type StepOptions = {
  readonly azure?: Partial<LocalAzureOptions>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Another PEM file of an authority to trust. */
  readonly trusting?: string;
  /** What the command does besides leaving a trace. */
  readonly command?: string;
  /** How often the command will run: the verdict may come before that. */
  readonly awaitedRuns?: number;
  /** How long the pods are left alone besides, in milliseconds. */
  readonly afterwards?: number;
  readonly onStart?: (child: Parameters<NonNullable<Step['onStart']>>[0], azure: LocalAzure) => void;
};

/** Another build than the repository's own, where one is to be tried. */
const { ACTION_FOLDER } = process.env;
export const otherBuild = ACTION_FOLDER === undefined ? {} : { action: ACTION_FOLDER };

/** Runs a step whose command leaves a trace on this machine each time it runs. */
export async function runStepOn(options: StepOptions): Promise<Outcome> {
  const { command = 'echo hello', inputs = {}, awaitedRuns = 0, afterwards = 0, onStart } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'with-faults-'));
  const traces = path.join(folder, 'traces');
  const azure = await startLocalAzure(options.azure);
  try {
    const given =
      inputs['command-id'] === undefined
        ? { command: `echo ran >>"$TRACES"\n${command}`, env: `TRACES=${traces}`, ...inputs }
        : inputs;
    const authorities = path.join(folder, 'ca.pem');
    const files = [azure.caFile, ...(options.trusting === undefined ? [] : [options.trusting])];
    await writeFile(authorities, (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n'));
    const { clean, ...result } = await runStep({
      workspace: folder,
      env: { ...azure.runnerEnv(given), NODE_EXTRA_CA_CERTS: authorities },
      ...otherBuild,
      onStart: (child) => onStart?.(child, azure),
    });
    await clean();
    for (let tries = 0; tries < 100 && (await countLines(traces)) < awaitedRuns; tries++) await delay(100);
    await delay(afterwards);
    const ran = await countLines(traces);
    return { ...result, posted: azure.requests('run-command').length, ran, tokens: azure.issuedTokens() };
  } finally {
    await azure.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function countLines(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

/** Works through a list, some at a time: most of a step is waiting. */
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
