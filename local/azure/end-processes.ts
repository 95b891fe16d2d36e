import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends a process group at once, if there is anything left of it. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is no process left in it.
  }
}

/**
 * Ends what a pod has left, as the end of a container does. On Linux, that is every process of the
 * session that `pid` leads, whatever groups its shell made, and every one that has the pod's TMPDIR
 * in its environment; elsewhere, only the process group.
 */
export async function endProcesses(pid: number, temporary: string): Promise<void> {
  killGroup(pid);
  if (process.platform !== 'linux') return;
  for (let left = leftovers(pid, temporary); left.length > 0; left = leftovers(pid, temporary)) {
    for (const one of left) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // Already gone.
      }
    }
    // Ending takes them some processor time.
    await delay(10);
  }
}

/** Not with promises, which take ten times the processor time for so many small files. */
function leftovers(session: number, temporary: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, , , ofSession] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') continue;
      const environment =
        Number(ofSession) === session ? '' : readFileSync(`/proc/${name}/environ`, 'utf8');
      if (
        environment === ''
          ? Number(ofSession) === session
          : environment.includes(`TMPDIR=${temporary}\0`)
      ) {
        found.push(Number(name));
      }
    } catch {
      // Already gone, or another user's.
    }
  }
  return found;
}
