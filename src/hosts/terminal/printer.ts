import type { TrustedText } from '../../text/trusted.ts';
import type { Log, Phase } from '../port.ts';
import { forTerminal, isObeyed, withoutCommands } from './text.ts';

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
const FALLBACK_COLUMNS = 80;
const CLEAR = '\r\u001b[K';

/**
 * The only way to stderr at a prompt, both for our own text and for foreign text. It masks secrets,
 * and leaves nothing that a terminal or a CI's agent would act on. On a terminal, a live line shows
 * how far the run is.
 */
export class Printer implements Log {
  readonly #stderr: NodeJS.WriteStream;
  readonly #env: NodeJS.ProcessEnv;
  readonly #options: ReadonlyMap<string, string>;
  readonly #onScreen: boolean;
  readonly #secrets = new Set<string>();
  readonly #began = Date.now();
  #phase: Phase = 'signing-in';
  #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  /** @param options the prompt's own, by name */
  constructor(
    stderr: NodeJS.WriteStream,
    env: NodeJS.ProcessEnv,
    options: ReadonlyMap<string, string>,
  ) {
    this.#stderr = stderr;
    this.#env = env;
    this.#options = options;
    this.#onScreen = stderr.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    // If the reader is gone, there is no one to report it to.
    stderr.on('error', () => undefined);
  }

  /** Draws the live line from now on, if there is a screen. */
  start(): void {
    if (!this.#onScreen || this.#options.has('quiet')) return;
    this.#timer = setInterval(() => {
      this.#draw();
    }, REDRAW_MS).unref();
    this.#draw();
  }

  /** Removes the live line until it is drawn again. */
  aside(): void {
    if (this.#drawn) this.#stderr.write(CLEAR);
    this.#drawn = false;
  }

  /** Removes the live line for good. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.aside();
  }

  progress(phase: Phase, line?: TrustedText): void {
    this.#phase = phase;
    if (this.#timer === undefined && line !== undefined) this.say(line);
    else if (this.#timer !== undefined && !this.#drawn) this.#draw();
  }

  say(line: string): void {
    if (!this.#options.has('quiet') && line !== '') this.print(line);
  }

  show(text: string): void {
    this.say(text);
  }

  group(title: string, text: string): void {
    this.say(`${title}\n${text}`);
  }

  detail(title: string, text: string): void {
    if (this.#timer === undefined) this.group(title, text);
  }

  warn(message: string): void {
    if (!this.#options.has('quiet')) this.#marked('Warning:', 33, message);
  }

  fail(message: string): void {
    this.#marked('Error:', 31, message);
  }

  debug(message: string): void {
    if (this.#options.has('debug')) this.print(`debug: ${message}`);
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
    if (isObeyed(this.#env)) safe = withoutCommands(safe);
    this.aside();
    this.#stderr.write(safe.endsWith('\n') ? safe : `${safe}\n`);
  }

  #draw(): void {
    const seconds = Math.floor((Date.now() - this.#began) / 1000);
    const elapsed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const [state, awaited] = PHASES[this.#phase];
    // A terminal without a size has 0 columns. A line of full width would wrap and could not be
    // erased.
    const columns = this.#stderr.columns || FALLBACK_COLUMNS;
    const line = `${state} ${elapsed}, waiting for ${awaited}`;
    this.#stderr.write(CLEAR + line.slice(0, columns - 1));
    this.#drawn = true;
  }
}
