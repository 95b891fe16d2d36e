import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '../port.ts';
import { EXIT } from '../../verdict.ts';
import { messageOf } from '../../failure.ts';
import { readArguments, type Request } from './arguments.ts';
import { help } from './help.ts';
import { resultFile, type ResultFile } from './result-file.ts';
import { terminal } from './terminal.ts';
import { version } from './version.ts';

/** Runs the core on a host, with files from one folder and to another, until it ends or the signal aborts. */
export type Run = (
  host: Host,
  folder: string,
  cancelled: AbortSignal,
  collectTo: string | undefined,
) => Promise<{ readonly exitCode: number }>;

/** Ctrl-C, the end that a supervisor asks for, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The command line: reads the arguments, runs what they ask for, and says how the process is to end. */
export async function atPrompt(args: readonly string[], run: Run): Promise<number> {
  if (args.length === 0) {
    process.stderr.write(help());
    return EXIT.didNotRun;
  }
  const request = readArguments(args, (name) => process.env[name] !== undefined);
  switch (request.kind) {
    case 'help':
      process.stdout.write(help());
      return 0;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return 0;
    case 'mistakes':
      return refuse(request.mistakes);
    case 'run':
      return runRequest(request, run);
  }
}

function refuse(mistakes: readonly string[]): number {
  process.stderr.write(
    `${mistakes.map((mistake) => `aks-run-command: ${mistake}\n`).join('')}The command did not run.\n`,
  );
  return EXIT.didNotRun;
}

async function runRequest(given: Request, run: Run): Promise<number> {
  const { stdout, stderr } = process;
  const env = { ...process.env };
  const prepared = prepare(given);
  if ('mistakes' in prepared) return refuse(prepared.mistakes);
  const { request, result } = prepared;
  const cancel = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    // The second one ends at once: the first is known, and takes too long.
    if (received !== undefined) {
      end();
      endBy(signal);
    }
    received = signal;
    cancel.abort();
  };
  const { host, end } = terminal(request, result, { env, stdout, stderr, cancelled: cancel.signal, now: Date.now });
  for (const signal of SIGNALS) process.on(signal, onSignal);
  for (const warning of request.warnings) host.log.warn(warning);
  const { exitCode } = await run(host, host.input('working-directory'), cancel.signal, request.collectTo);
  end();
  if (received !== undefined) endBy(received);
  return exitCode;
}

/** Ends as if nobody had listened, so that a loop around this ends, too. */
function endBy(signal: NodeJS.Signals): void {
  for (const one of SIGNALS) process.removeAllListeners(one);
  process.kill(process.pid, signal);
}

/** What can go wrong with files of this machine goes wrong before anything runs. */
function prepare(
  request: Request,
): { request: Request; result: ResultFile | undefined } | { mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const attempt = <T>(option: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      mistakes.push(`${option} cannot be used: ${messageOf(error)}.`);
      return undefined;
    }
  };
  const { script, result, collectTo } = request;
  const text =
    script === undefined ? undefined : attempt('--script', () => readFileSync(script === '-' ? 0 : script, 'utf8'));
  if (text?.trim() === '') mistakes.push('--script is empty.');
  if (collectTo !== undefined)
    attempt('--collect-to', () => {
      refuseUnusable(collectTo);
    });
  if (mistakes.length > 0) return { mistakes };
  const file = result === undefined ? undefined : attempt('--result', () => resultFile(result));
  if (mistakes.length > 0) return { mistakes };
  const inputs = text === undefined ? request.inputs : new Map([...request.inputs, ['command', text]]);
  return { request: { ...request, inputs }, result: file };
}

/** Collected files never mix with others, and a folder that cannot be made would cost them after the command ran. */
function refuseUnusable(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    const parent = path.dirname(path.resolve(folder));
    if (existsSync(parent)) accessSync(parent, constants.W_OK | constants.X_OK);
    else refuseUnusable(parent);
    return;
  }
  if (readdirSync(folder).length > 0) throw new Error('the folder is not empty');
  accessSync(folder, constants.W_OK | constants.X_OK);
}
