import type { NewFolder } from '../files/disk.ts';
import type { AllowedFolders } from '../files/root.ts';
import type { Text } from '../text/say.ts';
import type { Words } from './words.ts';

export type Phase = 'signing-in' | 'submitting' | 'submitted' | 'running';

export type Log = {
  /**
   * Reports the progress of the run. The line is printed unless the host shows progress in another
   * way.
   */
  progress(phase: Phase, line?: Text): void;
  /** A line of our own. */
  info(line: Text): void;
  /** Shows untrusted text. Commands in it have no effect. */
  show(text: string): void;
  /** Untrusted text under a title of our own. */
  group(title: Text, text: string): void;
  /** The same, for details that help only if something fails. A prompt leaves them out. */
  detail(title: Text, text: string): void;
  warn(message: Text): void;
  /** A line that is shown only if the user asked for a debug log. */
  debug(message: string): void;
};

/** Where an ID token comes from, which Entra exchanges for access tokens of an application. */
export type IdTokenSource =
  /** The token service of GitHub Actions. */
  | { readonly kind: 'github'; readonly url: string; readonly requestToken: string }
  /** A variable that the user named with `--id-token-env`. */
  | { readonly kind: 'variable'; readonly name: string }
  /** The file of `AZURE_FEDERATED_TOKEN_FILE`, which something else keeps fresh. */
  | { readonly kind: 'file'; readonly path: string };

/**
 * The value of an output. A text is empty if there is none; a number is null. For a workflow, both
 * are an empty text.
 */
export type OutputValue = string | number | boolean | null;

/**
 * Everything that differs between GitHub's runner and a prompt: where inputs come from, and where
 * reports go.
 */
export type Host = {
  readonly words: Words;
  /** An input as the user gave it, untrimmed; empty if it is not set. */
  readonly input: (name: string) => string;
  /** Whether an input was given. At a prompt, an empty one counts: it was meant to have a value. */
  readonly isGiven: (name: string) => boolean;
  /** Sentences about what is wrong with how the inputs were given. If anything is, nothing runs. */
  readonly problems: readonly Text[];
  /** A variable of the environment. */
  readonly variable: (name: string) => string | undefined;
  /** Where an ID token comes from; undefined if there is no source. */
  readonly idTokenSource: () => IdTokenSource | undefined;
  /** Whether a pull request from a fork started this. GitHub gives it no ID token. */
  readonly isFromFork: () => boolean;
  /** The folders that files may come from. */
  readonly allowedFolders: AllowedFolders;
  /** Where collected files go. */
  readonly collectInto: NewFolder;
  readonly log: Log;
  /** Hides a value in everything that is shown from now on. */
  mask(secret: string): void;
  /**
   * Shows everything the command wrote: untrusted text, in which commands have no effect. Never
   * rejects.
   */
  showOutput(text: string): Promise<void>;
  /** Sets an output of the step. The last value counts. Throws if the output cannot be written. */
  setOutput(name: string, value: OutputValue): void;
  /** The same for an output that the command wrote. */
  setStepOutput(name: string, value: string): void;
  /**
   * Saves what has to be stopped if the step is canceled, for the post step, or, at a prompt, for
   * this process. The last value counts; an empty one is nothing. Throws if it cannot be saved.
   */
  saveState(state: string): void;
  /** What was saved; empty if nothing was. */
  savedState(): string;
  /** Reports why the step fails. Untrusted text. */
  error(title: string, message: string): void;
  /** Writes the job summary. `podSummary` is what the command wrote to it. Throws if it cannot. */
  writeSummary(markdown: string, podSummary: string): void;
  /**
   * Writes the whole output to a file that remains for later steps, and returns its path. Writes
   * none, and returns an empty path, if nothing would show the path. Throws if it cannot write the
   * file, and then leaves nothing behind.
   */
  keepOutput(text: string): string;
};
