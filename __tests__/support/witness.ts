import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

/**
 * A named pipe that shows whether a process, or one that it started, still runs, even if its number
 * means nothing here, as in a PID namespace.
 */
export type Witness = {
  /** For a shell: keeps the pipe open until the shell and all that it starts have ended. */
  readonly hold: string;
  readonly isHeld: () => boolean;
};

/** @param path where nothing is yet */
export function createWitness(path: string): Witness {
  execFileSync('mkfifo', [path]);
  return {
    hold: `exec 9<>'${path}'`,
    isHeld() {
      try {
        closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
        return true;
      } catch {
        // Nobody could read what is written.
        return false;
      }
    },
  };
}
