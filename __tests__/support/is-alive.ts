import { readFileSync } from 'node:fs';

/**
 * Whether a process runs. One that has ended keeps its number until its parent waits for it. In a
 * container whose first process waits for nobody, an orphan keeps it for ever.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
