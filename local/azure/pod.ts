import { execFile, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { constants as system } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { createAksCommand, type AksCommand, type ExecOptions, type RunPod } from './aks-command.ts';
import { endSession } from './end-session.ts';
import { inNamespaces } from './namespaces.ts';
import { openPipe } from './pipe.ts';
import type { PodResult, PodRunner, PodSpec } from './ports.ts';
import { findPrograms, isExecutable } from './tools.ts';
import { unpack } from './unpack.ts';

/**
 * Pods as processes of this machine: a scratch folder with the unpacked context and a real shell in
 * it. They are like containers in whatever a test can notice (a pipe for the output, a bare
 * environment, nothing survives the main process, and, where this machine allows it, no other
 * process is there), but not otherwise: the command can do to files whatever this user can.
 */

export type PodOptions = ExecOptions &
  Readonly<{
    /** Where scratch folders are created. */
    scratch: string;
    /**
     * What runs `-c COMMAND`: `['sh']` (the default) or `['bash']`. Found on this machine's PATH.
     */
    shell?: readonly [string, ...string[]];
    /** The pod's PATH; this machine's by default. */
    path?: string;
    /** Folders in front of `path`. */
    toolFolders?: readonly string[];
    /**
     * The pod's PATH has only these, each found in the PATH that it would have had; `[]` for none.
     */
    tools?: readonly string[];
    /** The pod's HOME; by default one that nobody can write to, as in AKS. */
    home?: string;
    /**
     * The kubeconfig of a cluster, by its resource ID. By default, the file that KUBECONFIG names.
     */
    kubeconfig?: (cluster: string) => Promise<string | undefined>;
  }>;

export type Pods = Readonly<{
  run: PodRunner;
  /** Ends the pods that are still running, and waits for them. */
  stop(): Promise<void>;
}>;

const run = promisify(execFile);

/** Doesn't exist, and not even root can create it. */
const unwritableHome = process.platform === 'linux' ? '/proc/home' : '/nonexistent';

export function createPods(options: PodOptions): Pods {
  const running = new Map<AbortController, Promise<unknown>>();
  const aksCommand = createAksCommand(options);

  return {
    async run(spec, events) {
      if (process.platform === 'win32')
        throw new Error('local-azure runs pods only on Linux and macOS.');
      const stop = new AbortController();
      const pod = inScratch(options, spec, (folder) =>
        runContainer(
          options,
          aksCommand,
          folder,
          { ...spec, kill: AbortSignal.any([spec.kill, stop.signal]) },
          events.started,
        ),
      );
      running.set(stop, pod);
      try {
        return await pod;
      } finally {
        running.delete(stop);
      }
    },

    async stop() {
      const pods = [...running.values()];
      for (const controller of running.keys()) controller.abort();
      await Promise.allSettled(pods);
      await aksCommand.stop();
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
  aksCommand: AksCommand,
  folder: string,
  spec: PodSpec,
  started: () => void,
): Promise<PodResult> {
  const files = join(folder, 'command-files');
  const temporary = join(folder, 'tmp');
  await mkdir(files);
  await mkdir(temporary);
  await unpack(spec.context, files);
  const path = await podPath(options, folder, spec, aksCommand);
  const { PATH = '' } = process.env;
  const [shell, ...shellArguments] = options.shell ?? ['sh'];
  const container = [which(shell, PATH), ...shellArguments, '-c', spec.command];
  const namespaces = await inNamespaces();
  const [program = '', ...programArguments] = [...namespaces, ...container];
  const kubeconfig = await ownKubeconfig(
    folder,
    await (options.kubeconfig?.(spec.cluster) ?? process.env['KUBECONFIG']),
  );

  const output = await openPipe(join(folder, 'output'));
  try {
    const child = spawn(which(program, PATH), programArguments, {
      cwd: files,
      env: {
        PATH: path,
        HOME: options.home ?? unwritableHome,
        TMPDIR: temporary,
        // Node does not set a variable that is undefined.
        KUBECONFIG: kubeconfig,
      },
      stdio: ['ignore', output.write, output.write],
      // A session of its own, so that what the command leaves behind can be found, whatever groups
      // its shell made.
      detached: true,
    });
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : system.signals[signal]));
      });
    });
    const { commandId, cluster, command } = spec;
    const pid = namespaces.length > 0 ? child.pid : undefined;
    const pod: RunPod = { commandId, cluster, command, path, pid, phase: 'Running' };
    child.once('spawn', () => {
      aksCommand.add(pod);
      started();
    });
    output.closeWrite();
    const end = async (): Promise<void> => {
      if (child.pid !== undefined) await endSession(child.pid);
    };
    const kill = (): void => void end();
    if (spec.kill.aborted) kill();
    spec.kill.addEventListener('abort', kill, { once: true });
    try {
      const exitCode = await ended;
      pod.phase = exitCode === 0 ? 'Succeeded' : 'Failed';
      return { exitCode, logs: output.rest() };
    } finally {
      spec.kill.removeEventListener('abort', kill);
      await end();
    }
  } finally {
    output.close();
  }
}

/**
 * A copy of the kubeconfig, so that what a command sets in it, such as its namespace, ends with the
 * pod.
 */
async function ownKubeconfig(
  folder: string,
  given: string | undefined,
): Promise<string | undefined> {
  // One copy cannot replace a list of several files.
  if (given === undefined || given.includes(delimiter)) return given;
  const own = join(folder, 'kubeconfig');
  return await copyFile(given, own).then(
    () => own,
    () => given,
  );
}

/** The tools of a pod are a hundred links, so they are made without waiting for each. */
async function podPath(
  options: PodOptions,
  folder: string,
  { cluster }: PodSpec,
  aksCommand: AksCommand,
): Promise<string> {
  const path = [...(options.toolFolders ?? []), options.path ?? process.env['PATH'] ?? ''].join(
    delimiter,
  );
  const kubectl = findPrograms(['kubectl'], path).get('kubectl');
  const own = kubectl && (await aksCommand.toolFolder(folder, kubectl, cluster));
  const full = own === undefined ? path : `${own}${delimiter}${path}`;
  if (options.tools === undefined) return full;
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  const programs = findPrograms(options.tools, full);
  for (const tool of options.tools)
    symlinkSync(programs.get(tool) ?? which(tool, full), join(tools, tool));
  return tools;
}

/** The file that a name on PATH resolves to. */
function which(name: string, path: string): string {
  const candidates = isAbsolute(name)
    ? [name]
    : path.split(delimiter).map((folder) => join(folder, name));
  const found = candidates.find(isExecutable);
  if (found === undefined)
    throw new Error(`local-azure: there is no '${name}' on this machine's PATH.`);
  return found;
}
