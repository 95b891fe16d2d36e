import type { Ours } from '../text/ours.ts';
import type { Words } from './words.ts';

/** How far a run is. */
export type Phase = 'signing-in' | 'submitting' | 'submitted' | 'running';

/** The log of a step. */
export type Log = {
  /** How far the run is. The line is printed if nothing else shows that. */
  progress(phase: Phase, line?: Ours): void;
  /** A line of our own. */
  say(line: Ours): void;
  /** Foreign text. Nothing in it is obeyed. */
  show(text: string): void;
  /** Foreign text under a title of our own, which can be folded where the log allows that. */
  group(title: Ours, text: string): void;
  /** The same for what helps only if something fails, and is then repeated. A terminal leaves it out. */
  detail(title: Ours, text: string): void;
  /** A warning. Foreign text. */
  warn(message: string): void;
  /** A line that shows only if the user asked for a debug log. */
  debug(message: string): void;
};

/**
 * Where the tool runs: everything that differs between GitHub's runner and a prompt. The core asks a host for its inputs and
 * reports to it. It never asks which host it has.
 */
export type Host = {
  /** What messages call an input, and the things around it. */
  readonly words: Words;
  /** An input as the user gave it, untrimmed; empty if it is not set. */
  readonly input: (name: string) => string;
  /** Names of the inputs that were given, declared or not, if unknown ones get this far. */
  readonly inputNames?: readonly string[];
  /** A variable of the environment. */
  readonly variable: (name: string) => string | undefined;
  readonly log: Log;
  /**
   * Whether a failure is read away from the log, as an annotation is. Then it quotes the end of the output, and the last line
   * of the log repeats its cause.
   */
  readonly failureStandsAlone: boolean;
  /** Whether a pull request from a fork started this. GitHub gives it no ID token. */
  readonly isFromFork?: () => boolean;
  /** The variable that holds an ID token, if the user named one. It goes before GitHub's token and the file. */
  readonly idTokenEnv?: string | undefined;
  /** A file with an ID token, for a user who names a client where GitHub gives no token. */
  readonly idTokenFile?: string | undefined;
  /** Hides a value in what is shown from here on. */
  mask(secret: string): void;
  /** Shows all that the command wrote. Foreign text: nothing in it is obeyed. Never rejects. */
  showOutput(text: string): Promise<void>;
  /**
   * One of the contract's outputs, or one that the command wrote. If it is set again, the last value counts.
   *
   * @throws Error if it cannot be written.
   */
  setOutput(name: string, value: string): void;
  /** Why the step fails. Foreign text. */
  error(title: string, message: string): void;
  /** Writes the job summary; `own` is the part that the command wrote. Rejects if it cannot. */
  writeSummary(markdown: string, own: string): Promise<void>;
  /** Writes the whole output to a file that stays for what comes later, and returns its path. */
  keepOutput(text: string): string;
};
