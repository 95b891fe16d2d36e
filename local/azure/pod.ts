import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { constants as system } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openPipe } from './pipe.ts';
import type { PodResult, PodRunner, PodSpec } from './ports.ts';
import { unpack } from './unpack.ts';

/**
 * Pods as processes of this machine: a scratch folder with the unpacked context and a real shell in it. What makes a
 * container is kept where a test can tell the difference (a pipe for the output, a bare environment, nothing survives
 * the main process); the rest is not, and the command can do whatever this user can.
 */

export type PodOptions = Readonly<{
  /** Where the scratch folders are made. */
  scratch: string;
  /** What runs `-c COMMAND`: `['sh']` unless told, `['bash']`, `['busybox', 'sh']`. Looked up on this machine's PATH. */
  shell?: readonly [string, ...string[]];
  /** The pod's PATH: this machine's unless told. */
  path?: string;
  /** Folders in front of `path`. */
  toolFolders?: readonly string[];
  /** The pod's PATH is one folder with just these, each found in the PATH it would have had; `[]` for none at all. */
  tools?: readonly string[];
  /** Whether the pod has `gzip`: not unless told, since AKS's image has probably none. Of no account with `tools`. */
  gzip?: boolean;
  /** The pod's HOME: unless told one that nobody can write to, as in AKS. */
  home?: string;
  /** The kubeconfig of a cluster, by its resource id: the file that KUBECONFIG names unless told. */
  kubeconfig?: (cluster: string) => Promise<string | undefined>;
}>;

export type Pods = Readonly<{
  run: PodRunner;
  /** Makes what all pods share, so that the first one starts as fast as the others. */
  prepare(): Promise<void>;
  /** Ends the pods that still run, and waits until they have. */
  stop(): Promise<void>;
}>;

const run = promisify(execFile);

/** Not there, and not even root can make it. */
const unwritableHome = process.platform === 'linux' ? '/proc/home' : '/nonexistent';

export function createPods(options: PodOptions): Pods {
  const running = new Map<AbortController, Promise<unknown>>();

  return {
    async run(spec, events) {
      if (process.platform === 'win32') throw new Error('local-azure runs pods only on Linux and macOS.');
      const stop = new AbortController();
      const pod = inScratch(options, spec, (folder) =>
        runContainer(options, folder, { ...spec, kill: AbortSignal.any([spec.kill, stop.signal]) }, events.started),
      );
      running.set(stop, pod);
      try {
        return await pod;
      } finally {
        running.delete(stop);
      }
    },

    async prepare() {
      if (options.tools === undefined) await podPath(options, options.scratch);
    },

    async stop() {
      const pods = [...running.values()];
      for (const controller of running.keys()) controller.abort();
      await Promise.allSettled(pods);
    },
  };
}

async function inScratch<Result>(
  options: PodOptions,
  spec: PodSpec,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(options.scratch, `command-${spec.commandId.slice(0, 8)}-`));
  try {
    return await work(folder);
  } finally {
    await remove(folder);
  }
}

/** A command may leave folders that cannot be listed. */
async function remove(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    await run('chmod', ['-R', 'u+rwX', folder]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

async function runContainer(
  options: PodOptions,
  folder: string,
  spec: PodSpec,
  started: () => void,
): Promise<PodResult> {
  const files = join(folder, 'command-files');
  const temporary = join(folder, 'tmp');
  await mkdir(files);
  await mkdir(temporary);
  await unpack(spec.context, files);
  const path = await podPath(options, folder);
  const [shellName, ...shellArguments] = options.shell ?? ['sh'];
  const shell = await which(shellName, process.env['PATH'] ?? '');
  const kubeconfig = await ownKubeconfig(
    folder,
    await (options.kubeconfig?.(spec.cluster) ?? process.env['KUBECONFIG']),
  );

  const output = await openPipe(join(folder, 'output'));
  try {
    const child = spawn(shell, [...shellArguments, '-c', spec.command], {
      argv0: shellName,
      cwd: files,
      env: {
        PATH: path,
        HOME: options.home ?? unwritableHome,
        TMPDIR: temporary,
        ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }),
      },
      stdio: ['ignore', output.write, output.write],
      // A session of its own: what the command leaves behind can be found, whatever groups its shell made.
      detached: true,
    });
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : system.signals[signal]));
      });
    });
    child.once('spawn', started);
    output.closeWrite();
    const { pid } = child;
    const kill = (): void => {
      if (pid !== undefined) killGroup(pid);
    };
    if (spec.kill.aborted) kill();
    spec.kill.addEventListener('abort', kill, { once: true });
    try {
      const exitCode = await ended;
      return { exitCode, logs: output.rest() };
    } finally {
      spec.kill.removeEventListener('abort', kill);
      if (pid !== undefined) await killLeftovers(pid, temporary);
    }
  } finally {
    output.close();
  }
}

/** A copy of the kubeconfig, so that what a command sets in it (its namespace) ends with the pod. */
async function ownKubeconfig(folder: string, given: string | undefined): Promise<string | undefined> {
  // Several files in one variable are nothing that one copy could stand for.
  if (given === undefined || given.includes(delimiter)) return given;
  const own = join(folder, 'kubeconfig');
  return await copyFile(given, own).then(
    () => own,
    () => given,
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/**
 * A container ends with its main process. On Linux every process of the session, and every one that has the pod's
 * TMPDIR in its environment, is found; elsewhere only the process group is.
 */
async function killLeftovers(pid: number, temporary: string): Promise<void> {
  killGroup(pid);
  if (process.platform !== 'linux') return;
  for (let left = await leftovers(pid, temporary); left.length > 0; left = await leftovers(pid, temporary)) {
    for (const one of left) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // Gone meanwhile.
      }
    }
    // To end takes them some of the processor's time.
    await delay(10);
  }
}

async function leftovers(session: number, temporary: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8');
      const [state, , , ofSession] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') continue;
      const environment = Number(ofSession) === session ? '' : await readFile(`/proc/${name}/environ`, 'utf8');
      if (environment === '' ? Number(ofSession) === session : environment.includes(`TMPDIR=${temporary}\0`)) {
        found.push(Number(name));
      }
    } catch {
      // Gone meanwhile, or another user's.
    }
  }
  return found;
}

/** The path with each of its folders that has gzip replaced by one of links to all else in it. */
async function withoutGzip(path: string, scratch: string): Promise<string> {
  const folders = path.split(delimiter).map(async (folder) => {
    const names = await readdir(folder).catch((): string[] => []);
    if (!names.includes('gzip')) return folder;
    const links = await mkdtemp(join(scratch, 'bin-'));
    const kept = names.filter((name) => name !== 'gzip');
    await Promise.all(kept.map((name) => symlink(join(folder, name), join(links, name))));
    return links;
  });
  return (await Promise.all(folders)).join(delimiter);
}

/** Made once for all pods of a stand-in: it takes a thousand links. */
const pathsWithoutGzip = new WeakMap<PodOptions, Promise<string>>();

async function podPath(options: PodOptions, folder: string): Promise<string> {
  const full = [...(options.toolFolders ?? []), options.path ?? process.env['PATH'] ?? ''].join(delimiter);
  if (options.tools === undefined) {
    if (options.gzip === true) return full;
    const path = pathsWithoutGzip.get(options) ?? withoutGzip(full, options.scratch);
    pathsWithoutGzip.set(options, path);
    return path;
  }
  const tools = join(folder, 'tools');
  await mkdir(tools);
  for (const tool of options.tools) await symlink(await which(tool, full), join(tools, tool));
  return tools;
}

/** The file that a name on PATH stands for. */
async function which(name: string, path: string): Promise<string> {
  const candidates = isAbsolute(name) ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  for (const candidate of candidates) {
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  throw new Error(`local-azure: there is no '${name}' on this machine's PATH.`);
}
