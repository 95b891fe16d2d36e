import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';
import { endSession } from '../../local/azure/end-session.ts';
import { openPipe } from '../../local/azure/pipe.ts';
import { unpack } from '../../local/azure/unpack.ts';
import { boundaryOf, hashOf } from '../../src/pod/boundary.ts';
import { MARKS, split } from '../../src/pod/sections.ts';
import { packTask, type Task } from '../../src/pod/submission.ts';
import { LOG_LIMIT, readStream } from '../../src/pod/stream.ts';
import type { EnvironmentVariable, Shell } from '../../src/pod/variables.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { writeTree } from '../support/write-tree.ts';
import { scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const source = (name: string): string =>
  readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8');
export const runScript = source('pod/run.sh');
export const collectScript = source('pod/collect.sh');

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
  readonly runVariables?: readonly string[];
  /** The command is told the boundary in the variable `BOUNDARY`, as if it had found it out. */
  readonly knowsBoundary?: boolean;
  readonly timeout?: number;
  readonly startBy?: number;
  /** Of the container, beside PATH. */
  readonly container?: Readonly<Record<string, string>>;
  readonly umask?: number;
  /** Patterns of what to bring back. */
  readonly collect?: readonly string[];
  /** In the working folder, executable where it begins with `#!`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the action that do not arrive. */
  readonly without?: readonly string[];
  /** What is different in the script, as on a busy node, or so that a limit is soon met. */
  readonly edits?: readonly (readonly [part: string, by: string])[];
  /** The line of the script, from 0, before which something kills it. */
  readonly diesBefore?: number;
  /** Nothing can be written to the log. */
  readonly withoutLog?: boolean;
  /** The container is killed once its log has this text. */
  readonly killOnceLogged?: string;
};

/** Another version's script may print other lines, but not this one. */
const KNOWN: ReadonlySet<string> = new Set(MARKS);

/** What ends each pod that still runs, as it does where a test ran into its timeout. */
const running = new Set<() => Promise<void>>();

afterAll(async () => {
  await Promise.all([...running].map((end) => end()));
});
const top = scratch('run-pod');

/** The tools of coreutils, and tar, that the script or the tests' commands use. */
export const TOOLS = [
  'base64',
  'cat',
  'chmod',
  'date',
  'dd',
  'env',
  'head',
  'id',
  'ln',
  'ls',
  'mkdir',
  'mkfifo',
  'mktemp',
  'mv',
  'rm',
  'sleep',
  'tail',
  'tar',
  'tee',
  'timeout',
  'touch',
  'tr',
  'truncate',
  'wc',
];

/**
 * A folder of links to this machine's tools. One that this machine does not have is not linked:
 * `inEach` leaves the image out.
 *
 * @param scripts programs of the image's own, by name
 * @param from where the image's tool of a name comes from: a tool on PATH, or a path
 */
export function image(
  name: string,
  sh: 'dash' | 'bash' | 'busybox',
  tools: readonly string[] = TOOLS,
  scripts: Readonly<Record<string, string>> = {},
  from: (tool: string) => string = (tool) => tool,
): Image {
  const path = mkdtempSync(join(top, 'bin-'));
  const link = (name: string, tool: string): void => {
    const file = toolOnPath(tool);
    if (file !== undefined && !(name in scripts)) symlinkSync(file, join(path, name));
  };
  link('sh', sh);
  for (const tool of tools) link(tool, from(tool));
  for (const [script, text] of Object.entries(scripts)) {
    writeFileSync(join(path, script), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  return { name, sh: join(path, 'sh'), path, needs: [sh, ...tools.map(from)] };
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

/** What AKS has: the script runs in dash, and the command in bash. */
export const AKS = image('dash, and bash', 'dash', [...TOOLS, 'bash']);

/** The shells that the script may run in, with GNU's tools. */
export const SHELLS: readonly Image[] = [AKS, image('bash', 'bash', [...TOOLS, 'bash'])];

/** Where Debian's package `rust-coreutils` has the tools of uutils. */
const UUTILS = '/usr/lib/cargo/bin/coreutils';

/** Tools that are not GNU's: all of busybox, and uutils as in Ubuntu since 25.10. */
export const NOT_GNU: readonly Image[] = [
  image('busybox', 'busybox', TOOLS, {}, () => 'busybox'),
  image('dash, with uutils', 'dash', TOOLS, {}, (tool) =>
    tool === 'tar' ? tool : `${UUTILS}/${tool}`,
  ),
];

/** The script, with what the pod changes in it. */
function scriptFor({ edits = [], diesBefore }: Pod): string {
  const edited = edits.reduce((script, [part, by]) => {
    if (!script.includes(part)) throw new Error(`The script has no ${part}`);
    return script.replace(part, () => by);
  }, runScript);
  if (diesBefore === undefined) return edited;
  return edited.split('\n').toSpliced(diesBefore, 0, 'kill -9 $$').join('\n');
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
  const { submissionFor } = packTask(task, [], pod.runVariables ?? [], {
    runScript: scriptFor(pod),
    collectScript,
    randomHex: () => hex,
  });
  const { command, context } = submissionFor(pod.startBy ?? 4_000_000_000);

  const folder = mkdtempSync(join(top, 'pod-'));
  const work = join(folder, 'pod');
  mkdirSync(work);
  await unpack(Buffer.from(context, 'base64'), work);
  for (const path of pod.without ?? []) rmSync(join(work, path));
  writeTree(work, pod.files ?? {});
  const arm = command.replace('/bin/sh', image.sh);
  const mask = pod.umask === undefined ? '' : `umask ${pod.umask.toString(8)}; `;
  const output = await openPipe(join(folder, 'output'));
  const closed = pod.withoutLog ? ' >&-' : '';
  // A session of its own, so that all of it can be found and ended, as a container is.
  const child = spawn(image.sh, ['-c', `${mask}exec ${arm}${closed}`], {
    cwd: work,
    env: { PATH: image.path, HOME: work, TMPDIR: folder, ...pod.container },
    stdio: ['pipe', output.write, output.write],
    detached: true,
  });
  // What a container gets on its standard input is nothing for the command.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end('from the container\n');
  output.closeWrite();
  const end = async (): Promise<void> => {
    if (child.pid !== undefined) await endSession(child.pid);
  };
  running.add(end);
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const { killOnceLogged } = pod;
  if (killOnceLogged !== undefined) {
    await until(() => output.rest().includes(killOnceLogged));
    await end();
  }
  const exitCode = await exit;
  // The end of a container ends what a command left behind.
  await end();
  await until(output.isEnded);
  running.delete(end);
  const logs = output.rest().subarray(0, LOG_LIMIT).toString('utf8');
  output.close();
  const unknown = split(logs, boundary).sections.filter(({ mark }) => !KNOWN.has(mark));
  if (unknown.length > 0) throw new Error(`The reader does not know ${JSON.stringify(unknown)}`);
  return { logs, exitCode, boundary, report: readStream(logs, hashOf(boundary)) };
}
