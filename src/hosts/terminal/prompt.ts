import { accessSync, constants, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { messageOf } from '../../failure.ts';
import { field, parseJson } from '../../text/json.ts';
import { say, type Text } from '../../text/say.ts';
import type { Verdict } from '../../verdict.ts';
import type { Host } from '../port.ts';
import { readArguments, type CommandLine } from './arguments.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { HELP } from './options.ts';
import { Printer } from './printer.ts';
import { openResult } from './result.ts';
import { Terminal } from './terminal.ts';

/** Ctrl-C, a supervisor's request to end, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the core on a host, until it ends or the signal aborts. */
type Run = (
  host: Host,
  cancelled: AbortSignal,
) => Promise<{ readonly verdict: Verdict; readonly success: boolean }>;

/** The command line: reads the arguments, does what they ask for, and returns the exit code. */
export async function atPrompt(args: readonly string[], run: Run): Promise<number> {
  const { env } = process;
  const commandLine = readArguments(args, isFile);
  const { inputs } = commandLine;
  const cancel = new AbortController();
  const printer = new Printer(process.stdout, process.stderr, env, inputs, cancel.signal);
  if (args.length === 0) {
    printer.print(HELP);
    return EXIT.didNotRun;
  }
  if (inputs.has('help')) return (await printer.writeStdout('The help', HELP)) ? 0 : EXIT.unknown;
  if (inputs.has('version')) {
    return (await printer.writeStdout('The version', `${version()}\n`)) ? 0 : EXIT.unknown;
  }
  return runCommandLine(commandLine, env, printer, cancel, run);
}

/** False also for a whole script in one word, which is too long to be the name of a file. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The version in package.json, which is one folder above the bundle. */
function version(): string {
  // Joined at run time: ncc would copy the file of a literal path into the bundle.
  const file = new URL(['..', 'package.json'].join('/'), import.meta.url);
  return String(field(parseJson(readFileSync(file, 'utf8')), 'version'));
}

async function runCommandLine(
  commandLine: CommandLine,
  env: NodeJS.ProcessEnv,
  printer: Printer,
  cancel: AbortController,
  run: Run,
): Promise<number> {
  const { saveResult, ...withScript } = openFiles(commandLine);
  const host = new Terminal(withScript, env, printer, saveResult);

  let received: NodeJS.Signals | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // A second signal ends the process at once, because the first one is taking too long.
      if (received !== undefined) {
        host.close();
        endBy(signal);
      }
      received = signal;
      cancel.abort();
    });
  }
  printer.start();
  const { verdict, success } = await run(host, cancel.signal);
  const isWhole = await host.end();
  if (received !== undefined) endBy(received);
  const exitCode = exitCodeOf(verdict, success);
  return exitCode === 0 && !isWhole ? EXIT.unknown : exitCode;
}

/**
 * Ends the process as the signal does without a handler, so that a shell loop around it ends, too.
 */
function endBy(signal: NodeJS.Signals): void {
  for (const one of SIGNALS) process.removeAllListeners(one);
  process.kill(process.pid, signal);
}

/**
 * Drops a byte order mark, which a shell would read as part of the first word. Throws on any other
 * encoding, because replacement characters would change the script.
 */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads and checks the local files first, so that anything wrong with them is one more problem, and
 * shows before the command runs.
 */
function openFiles({ inputs, problems: given }: CommandLine) {
  const problems = [...given];

  /** Works with the file or folder of an option, if it was given. */
  function attempt<T>(option: string, work: (file: string) => T): T | undefined {
    const file = inputs.get(option);
    // An empty name is a problem already.
    if (!file) return undefined;
    try {
      return work(file);
    } catch (error) {
      problems.push(say`${`--${option}`} cannot be used: ${whyUnusable(error, file)}.`);
      return undefined;
    }
  }

  const readScript = (file: string) => UTF_8.decode(readFileSync(file === '-' ? 0 : file));
  // Nobody should have to type a script on stdin if the arguments are invalid.
  const script = problems.length === 0 ? attempt('script', readScript) : undefined;
  if (script?.trim() === '') problems.push(say`${'--script'} is empty.`);
  const withScript = script === undefined ? inputs : new Map([...inputs, ['command', script]]);

  // A result in the folder of --collect-to would leave no room for collected files.
  const saveResult = attempt('result', openResult);
  attempt('collect-to', prepareFolder);
  return { inputs: withScript, problems, saveResult };
}

function whyUnusable(error: unknown, file: string): Text {
  switch (field(error, 'code')) {
    case 'ENOENT':
      return say`no such file or folder: ${file}`;
    case 'EISDIR':
      return say`it is a folder`;
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return say`it is not UTF-8 text`;
    default:
      return say`${messageOf(error)}`;
  }
}

/**
 * Makes the folder of `--collect-to`. Collected files must not mix with others, and a folder that
 * cannot be created would lose them in the end.
 */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) {
    throw new Error('the folder is not empty; use a new or empty folder');
  }
  accessSync(folder, constants.W_OK | constants.X_OK);
}
