import { parseCommandId, type CommandId } from '../azure/command-result.ts';
import { parseResourceId, resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import { messageOf } from '../failure.ts';
import type { Host } from '../hosts/port.ts';
import { field, parseJson } from '../text/json.ts';
import { say } from '../text/say.ts';

/**
 * A command that may be in a cluster, by what identifies it there: its ID, or, as long as Azure has
 * not said for certain which one that is, the submission that creates its pod.
 */
export type OpenCommand = {
  readonly id?: CommandId | undefined;
  /** Absent if the step only waits for the command. */
  readonly submission?: Submission | undefined;
};

type Submission = {
  /** The hash of its boundary, which is on the command line of the pod's script. */
  readonly hash: string;
  /** Whole seconds since the epoch until which the command may start. */
  readonly startBy: number;
};

/** Saves what may have to be stopped, for whatever stops it. Undefined: nothing. */
export function saveOpen(
  open: OpenCommand | undefined,
  cluster: ManagedCluster,
  host: Pick<Host, 'log' | 'saveState'>,
): void {
  try {
    host.saveState(open === undefined ? '' : stateOf(open, cluster));
  } catch (error) {
    host.log.warn(say`
      The state for the post step could not be saved, so that step may not know what to stop:
      ${messageOf(error)}
    `);
  }
}

export function stateOf({ id, submission }: OpenCommand, cluster: ManagedCluster): string {
  return JSON.stringify({ cluster: resourceId(cluster), ...submission, id });
}

/**
 * Reads what {@link stateOf} wrote. Undefined for anything else: half of it could name another
 * command.
 */
export function readState(
  state: string,
): { readonly open: OpenCommand; readonly cluster: ManagedCluster } | undefined {
  const parsed = parseJson(state);
  const [clusterId, hash, startBy, named] = ['cluster', 'hash', 'startBy', 'id'].map((name) =>
    field(parsed, name),
  );
  const cluster = parseResourceId(String(clusterId));
  const id = parseCommandId(String(named));
  const submission = submissionOf(String(hash), Number(startBy));
  if (cluster === undefined || (id ?? submission) === undefined) return undefined;

  const open = { id, submission };
  return stateOf(open, cluster) === state ? { open, cluster } : undefined;
}

function submissionOf(hash: string, startBy: number): Submission | undefined {
  const isValid = /^[0-9a-f]{64}$/.test(hash) && Number.isSafeInteger(startBy);
  return isValid ? { hash, startBy } : undefined;
}
