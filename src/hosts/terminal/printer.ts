import { messageOf } from '../../failure.ts';
import { formatDuration } from '../../text/duration.ts';
import { say, type Text } from '../../text/say.ts';
import type { Log, Phase } from '../port.ts';
import { forTerminal, isReadByAgent, withoutCommands } from './untrusted-text.ts';

/** What the live line says in each phase: the state, and what it is waiting for. */
const PHASES: Readonly<Record<Phase, readonly [state: string, awaited: string]>> = {
  'signing-in': ['signing in', 'Azure'],
  submitting: ['submitting', "Azure's answer"],
  submitted: ['submitted', 'its pod to start'],
  running: ['running', 'it to end'],
};

/**
 * Twice a second: often enough to show seconds, and not too often for a slow terminal behind `ssh`.
 */
const REDRAW_MS = 500;
/** How often a log gets a line about the progress. */
const LOG_MS = 60_000;
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';

/**
 * The only way to stdout, which is the command's, and to stderr, which has our own text and
 * untrusted text. On stderr, it masks secrets, and leaves nothing that a terminal or a CI's agent
 * would act on. On a terminal, a live line shows the progress of the run.
 */
export class Printer implements Log {
  readonly #stdout: NodeJS.WriteStream;
  readonly #stderr: NodeJS.WriteStream;
  readonly #env: NodeJS.ProcessEnv;
  readonly #inputs: ReadonlyMap<string, string>;
  readonly #cancelled: AbortSignal;
  readonly #onScreen: boolean;
  readonly #secrets = new Set<string>();
  readonly #began = Date.now();
  #lastLine = this.#began;
  #phase: Phase = 'signing-in';
  #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  /**
   * @param inputs those that were given, by name
   * @param cancelled if it aborts during a write to stdout, a reader that takes nothing is no longer
   *   waited for
   */
  constructor(
    stdout: NodeJS.WriteStream,
    stderr: NodeJS.WriteStream,
    env: NodeJS.ProcessEnv,
    inputs: ReadonlyMap<string, string>,
    cancelled: AbortSignal,
  ) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#env = env;
    this.#inputs = inputs;
    this.#cancelled = cancelled;
    this.#onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    // If the reader is gone, there is no one to report it to.
    stderr.on('error', () => undefined);
  }

  /** Draws the live line from now on, if there is a screen. */
  start(): void {
    if (!this.#onScreen || this.#inputs.has('quiet')) return;
    this.#timer = setInterval(() => {
      this.#draw();
    }, REDRAW_MS).unref();
    this.#draw();
  }

  /** Removes the live line until it is drawn again. */
  #clear(): void {
    if (this.#drawn) this.#stderr.write(CLEAR);
    this.#drawn = false;
  }

  /** Removes the live line for good. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
  }

  /**
   * Writes the command's output to stdout. Unless `--raw` is given, a terminal or a CI's agent acts
   * on nothing in it but colors.
   *
   * @returns the same as `writeStdout`
   */
  async showOutput(text: string): Promise<boolean> {
    this.#clear();
    if (this.#inputs.has('raw')) return this.writeStdout('The output', text);

    const harmless = isReadByAgent(this.#env) ? withoutCommands(text) : text;
    if (harmless !== text) {
      this.warn(say`
        The output contains commands that this CI would run, so each one was disabled with a
        backslash. To keep them, use --raw.
      `);
    }
    const shown = this.#stdout.isTTY ? forTerminal(harmless) : harmless;
    return this.writeStdout('The output', shown);
  }

  /**
   * Writes all of a text to stdout, however slowly it is read.
   *
   * @returns whether it could be written; if not, that is reported
   */
  async writeStdout(what: string, text: string): Promise<boolean> {
    try {
      if (text !== '') await writeTo(this.#stdout, text, this.#cancelled);
      return true;
    } catch (error) {
      this.fail(`${what} could not be written to stdout: ${messageOf(error)}`);
      return false;
    }
  }

  progress(phase: Phase, line?: Text): void {
    this.#phase = phase;
    if (this.#timer !== undefined) {
      if (!this.#drawn) this.#draw();
    } else if (line !== undefined && Date.now() - this.#lastLine >= LOG_MS) {
      this.#lastLine = Date.now();
      this.info(line);
    }
  }

  info({ plain }: Text): void {
    this.show(plain);
  }

  show(text: string): void {
    if (!this.#inputs.has('quiet') && text !== '') this.print(text);
  }

  group({ plain }: Text, text: string): void {
    this.show(`${plain}\n${text}`);
  }

  detail({ plain }: Text, text: string): void {
    this.debug(`${plain}\n${text}`);
  }

  warn({ markdown }: Text): void {
    if (!this.#inputs.has('quiet')) this.#marked('Warning:', 33, markdown);
  }

  fail(message: string): void {
    this.#marked('Error:', 31, message);
  }

  debug(message: string): void {
    if (this.#inputs.has('debug')) this.print(`debug: ${message}`);
  }

  mask(secret: string): void {
    if (secret !== '') this.#secrets.add(secret);
  }

  #marked(word: string, color: number, text: string): void {
    const shown = this.#onScreen ? `\u001b[${color}m${word}\u001b[0m` : word;
    this.print(`${shown} ${text}`);
  }

  /** Prints text that even `--quiet` shows. */
  print(text: string): void {
    let safe = text;
    for (const secret of this.#secrets) safe = safe.replaceAll(secret, '***');
    safe = forTerminal(safe);
    if (isReadByAgent(this.#env)) safe = withoutCommands(safe);
    this.#clear();
    this.#stderr.write(safe.endsWith('\n') ? safe : `${safe}\n`);
  }

  #draw(): void {
    const seconds = Math.floor((Date.now() - this.#began) / 1000);
    const [state, awaited] = PHASES[this.#phase];
    // A terminal without a size has 0 columns. A line of full width would wrap and could not be
    // erased.
    const columns = this.#stderr.columns || FALLBACK_COLUMNS;
    const line = `${state} (${formatDuration(seconds).plain}), waiting for ${awaited}`;
    this.#stderr.write(CLEAR + line.slice(0, columns - 1));
    this.#drawn = true;
  }
}

/** Writes to a stream. It is not an error if the reader leaves, as `head` does. */
function writeTo(stream: NodeJS.WriteStream, text: string, cancelled: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (error: Error | null | undefined) => {
      if (!error || isReaderGone(error)) resolve();
      else reject(error);
    };
    // The same error also comes as an event, which would end the process if it had no listener.
    stream.on('error', ended);
    cancelled.addEventListener('abort', () => {
      resolve();
    });
    stream.write(text, ended);
  });
}

function isReaderGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
}
