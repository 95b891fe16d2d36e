import type { Log } from './log.ts';

/** GitHub's runner, as a port. */
export type Runner = {
  /** An input as it stands in the workflow, untrimmed; empty where it is not set. */
  readonly input: (name: string) => string;
  /** A variable of the step's environment. */
  readonly variable: (name: string) => string | undefined;
  readonly log: Log;
  /** Hides a value in the log from here on. */
  mask(secret: string): void;
  setOutput(name: string, value: string): void;
  /** The error annotation. */
  error(title: string, message: string): void;
  /** Writes the job summary; rejects where it cannot. */
  writeSummary(markdown: string): Promise<void>;
  /** Writes the whole output to a file that stays for the job, and returns its path. */
  keepOutput(text: string): string;
};
