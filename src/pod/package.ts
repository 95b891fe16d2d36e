import type { FileSize } from '../failure.ts';
import { ACTION_FOLDER } from '../files/names.ts';
import { checkZip, zip, type PackedFile } from '../files/pack.ts';
import type { FilesRequest } from '../files/gather.ts';
import { boundaryFile, boundaryOf, hashOf } from './boundary.ts';
import { quote, type EnvironmentVariable, type Shell } from './variables.ts';

/** What to send to the pod: the command, what it gets, and what to bring back. */
export type Cargo = {
  readonly command: string;
  readonly files: FilesRequest;
  /** From the input `env`: names well-formed, values without NUL. */
  readonly env: readonly EnvironmentVariable[];
  /** What to bring back: valid shell patterns, each once, braces expanded. */
  readonly collect: readonly string[];
  readonly shell: Shell;
  /** The default namespace of kubectl and helm: a valid name, or empty for the pod's own default. */
  readonly namespace: string;
  /** Whole seconds, at least 1. */
  readonly timeout: number;
};

export type CargoPorts = {
  /** The texts of `src/pod/pod-script.sh` and `src/collect/collect.sh`. */
  readonly podScript: string;
  readonly collectScript: string;
  /** That many random bytes, in hex. */
  readonly randomHex: (bytes: number) => string;
};

/** What is sent to the pod, ready to go. */
export type Shipment = {
  /** The user's files, without those of the action. */
  readonly files: readonly FileSize[];
  readonly zipBytes: number;
  /**
   * Prepares it for one pod, with a boundary of its own. `startBy` is in whole seconds since 1970, by Azure's clock; a pod
   * that starts then or later runs nothing.
   */
  readonly address: (startBy: number) => {
    readonly body: { readonly command: string; readonly context: string };
    readonly boundary: string;
  };
};

/** @throws StepError `too-large` */
export function packShipment(
  cargo: Cargo,
  userFiles: readonly PackedFile[],
  facts: readonly string[],
  { randomHex, ...scripts }: CargoPorts,
): Shipment {
  const ownFiles = podFiles(cargo, scripts);
  const packWithBoundary = () => {
    const boundary = boundaryOf(randomHex(16));
    return { boundary, archive: zip([...userFiles, ...ownFiles, boundaryFile(boundary)]) };
  };
  const first = packWithBoundary();
  let next: typeof first | undefined = first;
  const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
  checkZip(first.archive.length, files);
  return {
    files,
    zipBytes: first.archive.length,
    address: (startBy) => {
      const { boundary, archive } = next ?? packWithBoundary();
      next = undefined;
      const body = {
        command: armCommand(hashOf(boundary), startBy, cargo, facts),
        context: archive.toString('base64'),
      };
      return { body, boundary };
    },
  };
}

/**
 * The `command` of ARM's runCommand. It contains everything that differs between two runs with the same inputs, except
 * the boundary, of which it has the hash: anyone who can read the pod's specification sees this line. So no value of
 * `env` and nothing of the user's command is in it either.
 */
export function armCommand(
  hash: string,
  startBy: number,
  { timeout, shell, namespace }: Pick<Cargo, 'timeout' | 'shell' | 'namespace'>,
  facts: readonly string[],
): string {
  const words = [
    `${ACTION_FOLDER}/run.sh`,
    hash,
    String(startBy),
    String(timeout),
    shell,
    namespace,
    ...facts,
  ];
  // AKS says nothing about the pod's PATH; POSIX systems have sh here.
  return ['/bin/sh', ...words.map(quote)].join(' ');
}

/** The action's own files in the zip, except the boundary, which is drawn for each submission. */
export function podFiles(
  { command, env, collect }: Pick<Cargo, 'command' | 'env' | 'collect'>,
  { podScript, collectScript }: Pick<CargoPorts, 'podScript' | 'collectScript'>,
): PackedFile[] {
  const file = (name: string, mode: number, text: string): PackedFile => ({
    path: `${ACTION_FOLDER}/${name}`,
    mode,
    content: Buffer.from(text),
  });
  const patterns = collect.map((pattern) => `${pattern}\n`).join('');
  return [
    file('run.sh', 0o644, podScript),
    file('command.sh', 0o644, command),
    // Sent even without variables: a missing file tells the script that something went wrong.
    file('env.sh', 0o600, env.map(assignment).join('')),
    ...(collect.length === 0
      ? []
      : [file('collect.sh', 0o644, collectScript), file('collect', 0o644, patterns)]),
  ];
}

/** Always quoted, because a shell expands more in an assignment, such as a tilde. */
function assignment({ name, value }: EnvironmentVariable): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}
