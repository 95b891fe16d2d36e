import { execFileSync } from 'node:child_process';

/** How often to look, in milliseconds. */
const interval = 500;

/**
 * Calls `ended` once when the process that started this one is gone, even if it was killed and
 * could not report that. If npm started this one, npm counts, too: its shell stands between the
 * two, and stays when npm is killed.
 */
export function onParentEnd(ended: () => void): void {
  const parent = process.ppid;
  const npm = process.env['npm_lifecycle_event'] === undefined ? undefined : parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    ended();
  }, interval);
  // Nothing has to stay for this alone.
  timer.unref();
}

/** The parent of a process; undefined if that can't be found out here. */
function parentOf(pid: number): number | undefined {
  try {
    const output = execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(output) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
