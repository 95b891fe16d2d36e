import { pack, type Contents } from '../files/pack.ts';
import type { FilesRequest, Workspace } from '../files/workspace.ts';
import { boundaryFile, boundaryOf, hashOf } from './boundary.ts';
import { armCommand, podFiles, type ArmCommand, type PodFiles } from './script.ts';

/** What is to travel to the pod: the command, what it is given, and what it hands back. */
export type Cargo = Pick<PodFiles, 'command' | 'env'> & {
  readonly files: FilesRequest;
  /** Patterns of what to bring back; none for nothing. */
  readonly collect: readonly string[];
};

/** Where it comes from. */
export type CargoPorts = {
  readonly workspace: Workspace;
  /** Text of the script that runs in the pod. */
  readonly podScript: string;
  /** Text of what `collect` adds to it. */
  readonly collectScript: string;
  /** So many random bytes, in hex. */
  readonly randomHex: (bytes: number) => string;
};

/** What travels to the pod. */
export type Shipment = Contents & {
  /** Addresses it to one pod, with a boundary that no other has. */
  address(command: Omit<ArmCommand, 'hash'>): Addressed;
};

/** One submission of a shipment. */
type Addressed = {
  readonly body: { readonly command: string; readonly context: string };
  /** The word by which its pod's script will be known. */
  readonly boundary: string;
};

/**
 * Packs the user's files with the action's own.
 *
 * @param warn told what is worth a warning about the files.
 * @throws StepError `files` or `too-large`.
 */
export async function packShipment(
  cargo: Cargo,
  { workspace, podScript, collectScript, randomHex }: CargoPorts,
  warn: (message: string) => void,
): Promise<Shipment> {
  const { command, env } = cargo;
  const files = await workspace.gather(cargo.files, warn);
  const collect = { script: collectScript, patterns: cargo.collect };
  const ownFiles = podFiles({ script: podScript, command, env, collect });
  const drawBoundary = () => boundaryOf(randomHex(16));
  // The first one is packed with the files: to exchange it costs as much as to zip once more.
  let next: string | undefined = drawBoundary();
  const packed = pack(files, [...ownFiles, boundaryFile(next)]);
  return {
    files: packed.files,
    zipBytes: packed.zipBytes,
    address(armed) {
      const boundary = next ?? drawBoundary();
      next = undefined;
      const context = packed.contextWith(boundaryFile(boundary));
      return { body: { command: armCommand({ ...armed, hash: hashOf(boundary) }), context }, boundary };
    },
  };
}
