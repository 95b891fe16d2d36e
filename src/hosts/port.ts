import type { Log } from './log.ts';
import type { Words } from './words.ts';

/**
 * Where the tool runs, as a port: all that differs between GitHub's runner and a prompt. The core asks a host for its
 * inputs and tells it what there is to tell; it never asks which host it has.
 */
export type Host = {
  /** What messages call an input, and the things around it. */
  readonly words: Words;
  /** An input as the user gave it, untrimmed; empty where it is not set. */
  readonly input: (name: string) => string;
  /** Names of the inputs that were given, declared or not, where unknown ones get this far. */
  readonly inputNames?: readonly string[];
  /** A variable of the environment. */
  readonly variable: (name: string) => string | undefined;
  readonly log: Log;
  /**
   * Whether a failure is read away from the log, as an annotation is. Then it quotes the end of the output, and the last
   * line of the log says its cause again.
   */
  readonly failureStandsAlone: boolean;
  /** Whether a pull request from a fork started this: GitHub gives it no ID token. */
  readonly isFromFork?: () => boolean;
  /** A file with an ID token, for who names a client where there is none of GitHub's. */
  readonly idTokenFile?: string | undefined;
  /** Hides a value in what is shown from here on. */
  mask(secret: string): void;
  /** Shows all of what the command wrote. Foreign text: nothing in it is obeyed. Never rejects. */
  showOutput(text: string): Promise<void>;
  /** One of the contract's outputs, or one that the command wrote itself. Told again, the last value counts. */
  setOutput(name: string, value: string): void;
  /** Tells why the step fails. Foreign text. */
  error(title: string, message: string): void;
  /** Writes the job summary; `own` is the part that the command wrote. Rejects where it cannot. */
  writeSummary(markdown: string, own: string): Promise<void>;
  /** Writes the whole output to a file that stays for what follows, and returns its path. */
  keepOutput(text: string): string;
};
