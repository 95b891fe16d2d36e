import type { Ours } from '../text/ours.ts';
import type { Words } from './words.ts';

export type Phase = 'signing-in' | 'submitting' | 'submitted' | 'running';

export type Log = {
  /** Reports how far the run is. The line is printed unless something else shows that. */
  progress(phase: Phase, line?: Ours): void;
  say(line: Ours): void;
  /** Shows foreign text. Commands in it have no effect. */
  show(text: string): void;
  /** Foreign text under a title of our own. */
  group(title: Ours, text: string): void;
  /** The same, for details that help only if something fails. A terminal leaves it out. */
  detail(title: Ours, text: string): void;
  /** A warning. Foreign text. */
  warn(message: string): void;
  /** A line that is shown only if the user asked for a debug log. */
  debug(message: string): void;
};

/** Everything that differs between GitHub's runner and a prompt: where inputs come from, and where reports go. */
export type Host = {
  readonly words: Words;
  /** An input as the user gave it, untrimmed; empty if it is not set. */
  readonly input: (name: string) => string;
  /** Names of the inputs that were given, declared or not. Absent if the host itself rejects unknown ones. */
  readonly inputNames?: readonly string[];
  /** The variables of `--env`, each `NAME=value` or `NAME`. Otherwise, the input `env` is read as `$GITHUB_ENV`. */
  readonly variables?: readonly string[];
  readonly variable: (name: string) => string | undefined;
  readonly log: Log;
  /** Whether a pull request from a fork started this. GitHub gives it no ID token. */
  readonly isFromFork?: () => boolean;
  /** The variable that holds an ID token, if the user named one. It comes before GitHub's token and the file. */
  readonly idTokenEnv?: string | undefined;
  /** A file with an ID token, for a user who names a client when GitHub provides no token. */
  readonly idTokenFile?: string | undefined;
  /** Hides a value in everything that is shown from now on. */
  mask(secret: string): void;
  /** Shows everything the command wrote: foreign text, in which commands have no effect. Never rejects. */
  showOutput(text: string): Promise<void>;
  /** Sets an output of the step. The last value counts. Throws if the output cannot be written. */
  setOutput(name: string, value: string): void;
  /** Reports why the step fails. Foreign text. */
  error(title: string, message: string): void;
  /** Writes the job summary; `own` is the part that the command wrote. Rejects if it cannot. */
  writeSummary(markdown: string, own: string): Promise<void>;
  /** Writes the whole output to a file that remains for later steps, and returns its path. */
  keepOutput(text: string): string;
};
