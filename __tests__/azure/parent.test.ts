import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { isAlive } from '../support/is-alive.ts';
import { needing } from '../support/tools.ts';
import { until } from '../support/until.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** The processes that a process started, and those that these started. */
function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
  return [...children, ...children.flatMap(descendants)];
}

needing(['ps'], () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'no process of the stand-in is left when npm ends by %s',
    async (signal) => {
      const npm = spawn('npm', ['run', '--silent', 'local-azure', '--', '--kubernetes'], {
        cwd: repository,
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let said = '';
      npm.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await until(() => said.includes('aks_run_command()'));
      const started = descendants(npm.pid ?? 0);
      // Ctrl-C reaches all processes of a terminal, and npm leaves it to the others to end.
      const isForAll = signal === 'SIGINT';
      process.kill(isForAll ? -(npm.pid ?? 0) : (npm.pid ?? 0), signal);

      // A process that stays makes the test run into its timeout.
      await until(() => !started.some(isAlive));
      expect(started.length).toBeGreaterThan(0);
    },
  );
});
