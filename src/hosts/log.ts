import type { Ours } from '../text/ours.ts';

/** How far a run is: what a line that is drawn anew says, with what is waited for. */
export type Phase = 'signing-in' | 'submitting' | 'submitted' | 'running';

/** The step's log, as a port. */
export type Log = {
  /** Says how far the run is. The line is printed where nothing else shows that. */
  progress(phase: Phase, line?: Ours): void;
  /** Prints a line of our own. */
  say(line: Ours): void;
  /** Prints foreign text, fenced: nothing in it is obeyed. */
  show(text: string): void;
  /** Prints foreign text in a foldable group under a title of our own. */
  group(title: Ours, text: string): void;
  /** A warning annotation; its text is escaped by the runner's own rules. */
  warn(message: string): void;
  /** A line of the debug log, seen with `RUNNER_DEBUG` = 1 only. */
  debug(message: string): void;
};
