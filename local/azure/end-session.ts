import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends what a pod has left, as the end of a container does. On Linux, that is every process of the
 * session that `leader` leads, whatever groups its shell made; elsewhere, only its process group.
 */
export async function endSession(leader: number): Promise<void> {
  if (process.platform !== 'linux') {
    kill(-leader);
    return;
  }
  for (let left = membersOf(leader); left.length > 0; left = membersOf(leader)) {
    // First the leader, which would otherwise go on when it sees the others end. Its number is not the
    // lowest one if numbers have begun anew.
    if (left.includes(leader)) kill(leader);
    left.forEach(kill);
    // Ending takes them some processor time.
    await delay(10);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

/** Not with promises, which take ten times the processor time for so many small files. */
function membersOf(session: number): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state = '', , , ofSession] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(ofSession) === session && !'ZX'.includes(state);
    } catch {
      // Already gone.
      return false;
    }
  });
}
