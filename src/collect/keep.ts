import { messageOf, type CollectProblem, type FileSize } from '../failure.ts';
import type { Disk, NewFolder } from '../files/disk.ts';
import type { ReceivedCollection } from '../pod/stream.ts';
import { readCollection, type LeftOut } from './collection.ts';

/** The result of collecting files from the pod. Names are foreign text. */
export type Collected = {
  /** The folder on this machine that has them; empty if none came back. */
  readonly folder: string;
  readonly files: readonly FileSize[];
  readonly leftOut: readonly LeftOut[];
  /** How many more the pod left out without naming them. */
  readonly leftOutMore: number;
  /** Names that this system cannot store, so their files were left out here. */
  readonly unheld: readonly string[];
  /** Patterns that matched no file, if that is worth a warning. */
  readonly unmatched: readonly string[];
  /** Why the step fails, if collecting is the reason. */
  readonly problem?: CollectProblem;
};

const NONE: Collected = {
  folder: '',
  files: [],
  leftOut: [],
  leftOutMore: 0,
  unheld: [],
  unmatched: [],
};

/** What to do about the files that the pod sent. */
export type Keeping = {
  /**
   * What was asked for. Undefined if this step follows an earlier command, because it cannot know.
   */
  readonly patterns: readonly string[] | undefined;
  readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
  readonly into: NewFolder;
};

/**
 * Reads what the pod sent, and writes the files to the disk. Returns undefined if there is nothing
 * to report.
 *
 * @param received undefined if nothing arrived
 */
export async function keepCollected(
  received: ReceivedCollection | undefined,
  { patterns, ifNoFilesCollected, into }: Keeping,
  disk: Pick<Disk, 'writeFolder'>,
): Promise<Collected | undefined> {
  // Where nothing was asked for, whatever arrived was not sent by the script.
  if (patterns?.length === 0) return undefined;
  if (received === undefined) {
    return patterns === undefined ? undefined : { ...NONE, problem: { kind: 'lost' } };
  }
  if (received.kind === 'uncollected') return { ...NONE, problem: received };

  const collection = await readCollection(received.base64, patterns);
  if (collection.kind !== 'files') return { ...NONE, problem: collection };

  const { files, leftOut, leftOutMore, unmatched } = collection;
  const missed = missedBy(unmatched, ifNoFilesCollected);
  const collected: Collected = { ...NONE, leftOut, leftOutMore, ...missed };
  if (files.length === 0) return collected;
  try {
    const { folder, unheld } = await disk.writeFolder(into, files);
    const held = files.filter(({ name }) => !unheld.includes(name));
    const sizes = held.map(({ name, content }) => ({ path: name, bytes: content.length }));
    return { ...collected, folder, unheld, files: sizes };
  } catch (error) {
    return { ...collected, problem: { kind: 'unwritable', detail: messageOf(error) } };
  }
}

/** What to say about patterns that matched no file: a failure, a warning, or nothing. */
function missedBy(
  unmatched: readonly string[],
  ifNoFilesCollected: Keeping['ifNoFilesCollected'],
): Pick<Collected, 'unmatched' | 'problem'> {
  if (unmatched.length === 0 || ifNoFilesCollected === 'ignore') return { unmatched: [] };
  if (ifNoFilesCollected === 'warn') return { unmatched };
  return { unmatched: [], problem: { kind: 'no-match', patterns: unmatched } };
}
