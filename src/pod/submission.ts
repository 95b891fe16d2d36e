import { patternsFile } from '../collect/pattern.ts';
import type { FileSize } from '../text/bytes.ts';
import { ACTION_FOLDER } from '../files/names.ts';
import { checkZip, zip, type PackedFile } from '../files/pack.ts';
import { quote } from '../text/quote.ts';
import { boundaryOf, hashOf } from './boundary.ts';
import type { EnvironmentVariable, Shell } from './variables.ts';

/**
 * What the user asked for: the command, what it gets, and how long to try. Durations are in whole
 * seconds.
 */
export type Task = {
  readonly command: string;
  readonly shell: Shell;
  /**
   * The default namespace of kubectl and helm: a valid name, or empty for the pod's own default.
   */
  readonly namespace: string;
  /** From the input `env`: names well-formed, values without NUL. */
  readonly env: readonly EnvironmentVariable[];
  /** What to bring back: valid shell patterns, each once, braces expanded. */
  readonly collect: readonly string[];
  /** How long the command may run: at least 1, at most {@link MAX_TIMEOUT_HOURS}. */
  readonly timeout: number;
  /** How long after its submission it may start. */
  readonly startTimeout: number;
  /** How many times to submit it again if it did not start. */
  readonly startRetries: number;
  /** Whether to wait for its end. */
  readonly wait: boolean;
};

export const MAX_TIMEOUT_HOURS = 120;

/** A task whose files are packed. */
export type PackedTask = {
  /** The user's files, without those of the action. */
  readonly files: readonly FileSize[];
  readonly zipBytes: number;
  /**
   * Makes a submission, with a boundary of its own. `startBy` is in whole seconds since the epoch,
   * by Azure's clock; a pod that starts then or later runs nothing.
   */
  readonly submissionFor: (startBy: number) => {
    /**
     * The `command` and the `context` of ARM's runCommand: a line for the pod's shell, and a zip in
     * base64.
     */
    readonly command: string;
    readonly context: string;
    /** The hash of its boundary. The log of its command, and the pod's specification, have it. */
    readonly hash: string;
  };
};

/** What packing a task needs from the outside world. */
export type PackPorts = {
  /** The texts of `src/pod/run.sh` and `src/pod/collect.sh`. */
  readonly runScript: string;
  readonly collectScript: string;
  /** That many random bytes, in hex. */
  readonly randomHex: (bytes: number) => string;
};

/**
 * @param variables of the workflow run, each as `NAME=value`
 * @throws StepError `too-large`
 */
export function packTask(
  task: Task,
  userFiles: readonly PackedFile[],
  variables: readonly string[],
  ports: PackPorts,
): PackedTask {
  const ownFiles = podFiles(task, ports);
  const packWithBoundary = () => {
    const boundary = boundaryOf(ports.randomHex(16));
    return { boundary, archive: zip([...userFiles, ...ownFiles, boundaryFile(boundary)]) };
  };

  // The first one is packed at once, to know its size. The next ones differ only in their boundary.
  const first = packWithBoundary();
  const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
  checkZip(first.archive.length, files);

  let isFirst = true;
  const submissionFor = (startBy: number) => {
    const { boundary, archive } = isFirst ? first : packWithBoundary();
    isFirst = false;
    const hash = hashOf(boundary);
    return {
      command: armCommand(hash, startBy, task, variables),
      context: archive.toString('base64'),
      hash,
    };
  };
  return { files, zipBytes: first.archive.length, submissionFor };
}

/**
 * The `command` of ARM's runCommand. It contains everything that differs between two runs with the
 * same inputs, but only the hash of the boundary: anyone who can read the pod's specification sees
 * this line. So no value of `env` and nothing of the user's command is in it either.
 */
function armCommand(
  hash: string,
  startBy: number,
  { timeout, shell, namespace }: Task,
  variables: readonly string[],
): string {
  const words = [
    `${ACTION_FOLDER}/run.sh`,
    hash,
    String(startBy),
    String(timeout),
    shell,
    namespace,
    ...variables,
  ];
  // AKS says nothing about the pod's PATH; POSIX systems have sh here.
  return ['/bin/sh', ...words.map(quote)].join(' ');
}

/** The action's own files in the zip, except the boundary, which differs for each submission. */
function podFiles({ command, env, collect }: Task, scripts: PackPorts): PackedFile[] {
  const files = [
    podFile('run.sh', 0o644, scripts.runScript),
    podFile('command.sh', 0o644, command),
    // Sent even without variables: a missing file tells the script that something went wrong.
    podFile('env.sh', 0o600, env.map(assignment).join('')),
  ];
  if (collect.length > 0) {
    files.push(podFile('collect.sh', 0o644, scripts.collectScript));
    files.push(podFile('collect', 0o644, patternsFile(collect)));
  }
  return files;
}

/**
 * The file that brings the boundary to the script. Stored, so that the zip's size doesn't differ
 * between runs.
 */
function boundaryFile(boundary: string): PackedFile {
  return { ...podFile('boundary', 0o600, boundary), stored: true };
}

function podFile(name: string, mode: number, text: string): PackedFile {
  return { path: `${ACTION_FOLDER}/${name}`, mode, content: Buffer.from(text) };
}

/** Always quoted, because a shell expands more in an assignment, such as a tilde. */
function assignment({ name, value }: EnvironmentVariable): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}
