import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';
import { openPipe } from '../../local/azure/pipe.ts';
import { unpack } from '../../local/azure/unpack.ts';
import { boundaryOf } from '../../src/pod/boundary.ts';
import { packTask, type Task } from '../../src/pod/submission.ts';
import { LOG_LIMIT, readStream } from '../../src/pod/stream.ts';
import type { EnvironmentVariable, Shell } from '../../src/pod/variables.ts';
import { needing, toolOnPath } from '../tools.ts';
import { plant } from '../plant.ts';
import { scratch } from '../scratch.ts';
import { until } from '../until.ts';

export const podScript = readFileSync(
  new URL('../../src/pod/pod-script.sh', import.meta.url),
  'utf8',
);
const PROCESSES = "'/proc/[0-9]*/stat'";
const READER = '{ cat >"$spool" || cat; } <"$tmp/pipe"';
const WATCH = 'end_after "$timeout" "$grace"';
const RUN = 'run_command "$@"; code=$?';
const collectScript = readFileSync(
  new URL('../../src/collect/collect.sh', import.meta.url),
  'utf8',
);

/** What a pod's image has: a folder of links is all of its PATH. */
export type Image = {
  readonly name: string;
  readonly sh: string;
  readonly path: string;
  /** The tools of this machine that it is made of. */
  readonly needs: readonly string[];
};

export type Pod = {
  readonly command: string;
  readonly shell?: Shell;
  readonly namespace?: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly facts?: readonly string[];
  /** The command is told the boundary in the variable `BOUNDARY`, as if it had found it out. */
  readonly knowsBoundary?: boolean;
  readonly timeout?: number;
  /**
   * The timeout counts from when the command has made this file: however slow the machine is, the
   * command has come so far by then.
   */
  readonly timeoutCountsFrom?: string;
  readonly startBy?: number;
  /** Of the container, beside PATH. */
  readonly container?: Readonly<Record<string, string>>;
  readonly umask?: number;
  /** Files grow up to so many units of the shell's `ulimit -f`, as on a disk that is full. */
  readonly fileLimit?: number;
  /** Patterns of what to bring back. */
  readonly collect?: readonly string[];
  /** Numbers of the scripts in place of their own, so that a limit is met by few files, or soon. */
  readonly limits?: Readonly<Record<string, number>>;
  /** In the working folder, executable where it begins with `#!`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the action that do not arrive. */
  readonly without?: readonly string[];
  /** The line of the script, from 0, before which something kills it. */
  readonly diesBefore?: number;
  /**
   * The system lists newer processes first, as it does wherever their numbers have more digits:
   * `10` comes before `9`.
   */
  readonly listsNewerFirst?: boolean;
  /** Each list of all processes that the script reads adds a line to this file. */
  readonly countsListsIn?: string;
  /** The script's signals reach one process after the other, as on a busy node. */
  readonly signalsSlowly?: boolean;
  /**
   * What reads the command's output starts late, and meanwhile a process of the script ends, as may
   * be on a busy node.
   */
  readonly readsLate?: boolean;
  /** The script starts the command three seconds late, as on a busy node. */
  readonly beginsLate?: boolean;
  /** The script notices three seconds late that the command has ended, as on a busy node. */
  readonly noticesLate?: boolean;
  /**
   * The lines of the script that cannot start a process, as in a pod at its limit of them: their
   * shell exits with 2.
   */
  readonly cannotStart?: readonly string[];
  /** Nothing can be written to the log. */
  readonly withoutLog?: boolean;
  /** The container is killed once its log has this text. */
  readonly killOnceLogged?: string;
};

/** What ends each pod that still runs, as it does where a test ran into its timeout. */
const running = new Set<() => void>();

afterAll(() => {
  for (const kill of running) kill();
});
const top = scratch('run-pod');

/**
 * The tools of coreutils that the script or the tests' commands use. `gzip`, which no pod need
 * have, is not among them.
 */
export const COREUTILS = [
  'base64',
  'cat',
  'chmod',
  'date',
  'env',
  'head',
  'id',
  'ln',
  'ls',
  'mkdir',
  'mkfifo',
  'mv',
  'paste',
  'rm',
  'sleep',
  'sort',
  'stat',
  'tail',
  'tr',
  'truncate',
  'wc',
];

/**
 * A folder of links to this machine's tools; a tool with `busybox:` before it is busybox's. One
 * that this machine does not have is not linked: `inEach` leaves the image out.
 */
export function image(
  name: string,
  sh: 'dash' | 'bash' | 'busybox',
  tools: readonly string[] = [],
): Image {
  const path = mkdtempSync(join(top, 'bin-'));
  const needs = new Set<string>();
  for (const tool of [`${sh}:sh`, ...tools]) {
    const [link = tool, origin = link] = tool.split(':').reverse();
    const file = toolOnPath(origin);
    needs.add(origin);
    if (file !== undefined) symlinkSync(file, join(path, link));
  }
  return { name, sh: join(path, 'sh'), path, needs: [...needs] };
}

/** Tests in a block of each image's own, as far as this machine can make it. */
export function inEach(images: readonly Image[], define: (image: Image) => void): void {
  for (const image of images) {
    needing(image.needs, () => {
      describe(image.name, () => {
        define(image);
      });
    });
  }
}

/** Tools that are all busybox's. */
export const ofBusybox = (tools: readonly string[]): string[] =>
  tools.map((tool) => `busybox:${tool}`);

/** The shells, with coreutils: AKS's image has bash besides, and probably no gzip. */
export const FULL: readonly [Image, Image, Image] = [
  image('dash', 'dash', COREUTILS),
  image('bash', 'bash', [...COREUTILS, 'bash']),
  image('busybox', 'busybox', ofBusybox(COREUTILS)),
];

/** The same with gzip. */
export const WITH_GZIP: readonly Image[] = [
  image('dash, gzip', 'dash', [...COREUTILS, 'gzip']),
  image('bash, gzip', 'bash', [...COREUTILS, 'bash', 'gzip']),
  image('busybox, gzip', 'busybox', ofBusybox([...COREUTILS, 'gzip'])),
];

function replaced(text: string, part: string, by: string): string {
  if (!text.includes(part)) throw new Error(`The script has no ${part}`);
  return text.replace(part, () => by);
}

function withLimits(text: string, limits: Readonly<Record<string, number>> = {}): string {
  return Object.entries(limits).reduce(
    (changed, [name, value]) => changed.replace(new RegExp(`\\b${name}=\\d+`), `${name}=${value}`),
    text,
  );
}

function dyingBefore(text: string, line: number | undefined): string {
  return line === undefined ? text : text.split('\n').toSpliced(line, 0, 'kill -9 $$').join('\n');
}

/** The script, with what the pod changes in it. */
function scriptFor(pod: Pod): string {
  let script = podScript;
  if (pod.listsNewerFirst) {
    script = replaced(script, PROCESSES, `$(ls -d /proc/[0-9]*/stat | sort -rV)`);
  }
  if (pod.countsListsIn !== undefined) {
    script = replaced(script, PROCESSES, `${PROCESSES}; echo listed >>${pod.countsListsIn}`);
  }
  if (pod.signalsSlowly) {
    for (const kill of ['kill -s TERM', 'kill -s KILL']) {
      const slowly = `for one in $family; do ${kill} $one; sleep 0.3; done`;
      script = replaced(script, `${kill} $family`, slowly);
    }
  }
  if (pod.readsLate) script = replaced(script, READER, `sleep 0.5 & { sleep 1; ${READER}; }`);
  if (pod.beginsLate) script = replaced(script, RUN, `sleep 3; ${RUN}`);
  if (pod.noticesLate) script = replaced(script, RUN, `${RUN}; sleep 3`);
  for (const line of pod.cannotStart ?? []) script = replaced(script, line, `exit 2; ${line}`);
  if (pod.timeoutCountsFrom !== undefined) {
    const waiting = `until [ -e ${pod.timeoutCountsFrom} ]; do sleep 0.1; done`;
    script = replaced(script, WATCH, `{ ${waiting}; ${WATCH}; }`);
  }
  return dyingBefore(withLimits(script, pod.limits), pod.diesBefore);
}

/**
 * Runs the real script as a pod would: the ARM command in the folder that holds the files. The logs
 * are as AKS keeps them, the first 512 KiB, decoded; the exit code is the script's, null where it
 * was killed.
 */
export async function runPod(image: Image, pod: Pod) {
  const hex = randomBytes(16).toString('hex');
  const boundary = boundaryOf(hex);
  const known = pod.knowsBoundary ? [{ name: 'BOUNDARY', value: boundary }] : [];
  const task: Task = {
    command: pod.command,
    shell: pod.shell ?? '',
    namespace: pod.namespace ?? '',
    env: [...(pod.env ?? []), ...known],
    collect: pod.collect ?? [],
    timeout: pod.timeout ?? 600,
    startTimeout: 90,
    startRetries: 0,
    wait: true,
  };
  const { submissionFor } = packTask(task, [], pod.facts ?? [], {
    podScript: scriptFor(pod),
    collectScript: withLimits(collectScript, pod.limits),
    randomHex: () => hex,
  });
  const { command, context } = submissionFor(pod.startBy ?? 4_000_000_000);

  const folder = mkdtempSync(join(top, 'pod-'));
  const work = join(folder, 'pod');
  mkdirSync(work);
  await unpack(Buffer.from(context, 'base64'), work);
  for (const path of pod.without ?? []) rmSync(join(work, path));
  plant(work, pod.files ?? {});
  const arm = command.replace('/bin/sh', image.sh);
  const mask = pod.umask === undefined ? '' : `umask ${pod.umask.toString(8)}; `;
  const limit = pod.fileLimit === undefined ? '' : `ulimit -f ${pod.fileLimit}; `;
  const output = await openPipe(join(folder, 'output'));
  // A process group of its own, as a container is: nothing of it is above the script, which `kill
  // 0` might hit.
  const closed = pod.withoutLog ? ' >&-' : '';
  const child = spawn(image.sh, ['-c', `${mask}${limit}exec ${arm}${closed}`], {
    cwd: work,
    env: { PATH: image.path, HOME: work, TMPDIR: folder, ...pod.container },
    stdio: ['pipe', output.write, output.write],
    detached: true,
  });
  // What a container gets on its standard input is nothing for the command.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end('from the container\n');
  output.closeWrite();
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  running.add(kill);
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const { killOnceLogged } = pod;
  if (killOnceLogged !== undefined) {
    await until(() => output.rest().includes(killOnceLogged));
    kill();
  }
  const exitCode = await exit;
  // Of a script that came to its end, nothing holds the log, only what was forked at the last
  // moment and has not let go of it yet.
  const cameToItsEnd = exitCode !== null && pod.cannotStart === undefined;
  if (cameToItsEnd) await until(output.isEnded);
  // The end of a container ends what a command left behind.
  kill();
  running.delete(kill);
  const logs = output.rest().subarray(0, LOG_LIMIT).toString('utf8');
  output.close();
  return { logs, exitCode, boundary, report: await readStream(logs, boundary) };
}
