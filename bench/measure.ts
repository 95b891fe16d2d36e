import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';

/** A process to run and to measure. */
export type Process = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
};

/** What a process took. */
export type Measure = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** User and system time, its own children's included; absent where GNU time is. */
  readonly cpuMs?: number;
  /** Largest resident set of it or of a child. */
  readonly peakMiB?: number;
};

/** GNU time asks the kernel what a child took, which Node cannot. The one of a BSD knows none of its options. */
const gnuTime = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'time'))
  .find((file) => process.platform === 'linux' && existsSync(file));

/**
 * Runs a process to its end.
 *
 * @param scratch a folder for what GNU time writes.
 */
export async function measure({ program, args, cwd, env }: Process, scratch: string): Promise<Measure> {
  const report = path.join(scratch, 'time');
  const timed = gnuTime !== undefined;
  const words = timed
    ? [gnuTime, '--quiet', '--output', report, '--format', '%U %S %M', program, ...args]
    : [program, ...args];
  const [first = '', ...rest] = words;
  const startedAt = Date.now();
  const child = spawn(first, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  await once(child, 'close');
  const endedAt = Date.now();
  const [user = 0, system = 0, kilobytes = 0] = timed
    ? (await readFile(report, 'utf8')).trim().split(' ').map(Number)
    : [];
  return {
    exitCode: child.exitCode,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
    startedAt,
    endedAt,
    ...(timed && { cpuMs: (user + system) * 1000, peakMiB: kilobytes / 1024 }),
  };
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
