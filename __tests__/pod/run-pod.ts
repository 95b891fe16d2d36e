import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { armCommand, boundaryOf, podFiles } from '../../src/pod/script.ts';
import { LOG_LIMIT, readTransport, type PodReport } from '../../src/pod/transport.ts';
import type { EnvironmentVariable, FactName } from '../../src/pod/variables.ts';
import type { Shell } from '../../src/pod/shell.ts';

const script = readFileSync(new URL('../../src/pod/pod-script.sh', import.meta.url), 'utf8');

/** What a pod's image has: a folder of links is all of its PATH. */
export type Image = { readonly name: string; readonly sh: string; readonly path: string };

export type Pod = {
  readonly command: string;
  readonly shell?: Shell;
  readonly env?: readonly EnvironmentVariable[];
  readonly facts?: Partial<Record<FactName, string>>;
  readonly timeout?: number;
  readonly startBy?: number;
  /** Of the container, beside PATH. */
  readonly container?: Readonly<Record<string, string>>;
  readonly umask?: number;
  /** In the working folder, executable where it begins with `#!`. */
  readonly files?: Readonly<Record<string, string>>;
  /** The container is killed after so many milliseconds. */
  readonly killAfter?: number;
};

export type PodRun = {
  /** As AKS keeps it: the first 512 KiB, decoded. */
  readonly logs: string;
  /** Of the script; null where it was killed. */
  readonly exitCode: number | null;
  readonly boundary: string;
  readonly report: PodReport;
};

const scratch = mkdtempSync(join(tmpdir(), 'run-pod-'));

/** Everything that the pods left on disk. */
export function removePods(): void {
  rmSync(scratch, { recursive: true, force: true });
}

const COREUTILS = [
  'head',
  'tail',
  'cat',
  'wc',
  'date',
  'sleep',
  'rm',
  'gzip',
  'base64',
  'env',
  'ls',
  'chmod',
  'id',
  'tr',
];

/** A folder of links to this machine's tools; a tool with `busybox:` before it is busybox's. */
export function image(name: string, sh: 'dash' | 'bash' | 'busybox', tools: readonly string[] = []): Image {
  const path = mkdtempSync(join(scratch, 'bin-'));
  symlinkSync(`/usr/bin/${sh}`, join(path, 'sh'));
  for (const tool of tools) {
    const [last = tool, first] = tool.split(':').reverse();
    symlinkSync(`/usr/bin/${first ?? last}`, join(path, last));
  }
  return { name, sh: join(path, 'sh'), path };
}

const ofBusybox = (tools: readonly string[]): string[] => tools.map((tool) => `busybox:${tool}`);

/** Shells with the tools of a usual image. */
export const FULL: readonly [Image, Image, Image] = [
  image('dash', 'dash', [...COREUTILS, 'awk']),
  image('bash', 'bash', [...COREUTILS, 'awk', 'bash']),
  image('busybox', 'busybox', ofBusybox([...COREUTILS, 'awk'])),
];

/** A shell alone on PATH, or not even that. */
export const POOR: readonly [Image, Image, Image, Image] = [
  image('dash alone', 'dash'),
  image('bash alone', 'bash', ['bash']),
  image('busybox sh alone', 'busybox'),
  { name: 'nothing on PATH', sh: '/bin/sh', path: '/nonexistent' },
];

/** Runs the real script as a pod would: the ARM command in the folder that holds the files. */
export async function runPod(image: Image, pod: Pod): Promise<PodRun> {
  const boundary = boundaryOf(randomBytes(16).toString('hex'));
  const folder = mkdtempSync(join(scratch, 'pod-'));
  const work = join(folder, 'pod');
  mkdirSync(work);
  for (const [path, content] of Object.entries(pod.files ?? {})) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
  for (const { path, mode, content } of podFiles({ script, command: pod.command, env: pod.env ?? [] })) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
    chmodSync(join(work, path), mode);
  }
  const { timeout = 60, startBy = 4_000_000_000, shell = '', facts = {} } = pod;
  const arm = armCommand({ boundary, startBy, timeout, shell, facts }).replace('/bin/sh', image.sh);
  const mask = pod.umask === undefined ? '' : `umask ${pod.umask.toString(8)}; `;
  // The pod's output is a pipe, as containerd's is: what node makes is a socket, and /dev/stdout cannot be opened on one. The
  // pod is a process group of its own, as a container is, and nothing of it is above the script, which `kill 0` might hit.
  const container = `set -o pipefail; { echo $BASHPID >pid; exec setsid "$0" -c "$1" 2>&1; } | /usr/bin/cat`;
  const child = spawn(
    '/usr/bin/bash',
    ['-c', container, image.sh, `cd pod; ${mask}PATH='${image.path}'; exec ${arm}`],
    {
      cwd: folder,
      env: { PATH: '/usr/bin', HOME: work, TMPDIR: folder, ...pod.container },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const kill = (): void => {
    try {
      process.kill(-Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  const timer = pod.killAfter === undefined ? undefined : setTimeout(kill, pod.killAfter);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(timer);
  // The end of a container ends what a command left behind.
  kill();
  const logs = Buffer.concat(chunks).subarray(0, LOG_LIMIT).toString('utf8');
  return { logs, exitCode, boundary, report: await readTransport(logs, boundary) };
}
