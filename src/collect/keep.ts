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
  /** Patterns that matched nothing, if that is worth a warning. */
  readonly unmatched: readonly string[];
  /** What `tar` complained about in the pod: foreign text, and how many more lines there are. */
  readonly complaints: readonly string[];
  readonly moreComplaints: number;
  /** Why the step fails, if collecting is the reason. */
  readonly problem?: CollectProblem | undefined;
};

const NOTHING: Collected = {
  folder: '',
  files: [],
  leftOut: [],
  unmatched: [],
  complaints: [],
  moreComplaints: 0,
};

/**
 * Reads what the pod sent, and writes the files to the disk. Returns undefined if there is nothing
 * to report.
 *
 * @param received undefined if nothing arrived
 * @param request `patterns` are undefined if this step follows an earlier command, whose patterns
 *   it cannot know
 */
export async function keepCollected(
  received: ReceivedCollection | undefined,
  request: {
    readonly patterns: readonly string[] | undefined;
    readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
    readonly into: NewFolder;
  },
  disk: Pick<Disk, 'writeFolder'>,
): Promise<Collected | undefined> {
  const { patterns, ifNoFilesCollected, into } = request;
  // Without patterns, the script sends nothing, so whatever arrived is not from it.
  if (patterns?.length === 0) return undefined;
  if (received === undefined) {
    return patterns === undefined ? undefined : { ...NOTHING, problem: { kind: 'lost' } };
  }
  if (received.kind === 'uncollected') return { ...NOTHING, problem: received };

  const collection = await readCollection(received.text);
  if (collection.kind !== 'files') return { ...NOTHING, problem: collection };

  const { files, leftOut, complaints, moreComplaints } = collection;
  // What matched may be folders with nothing in them.
  const isEmpty = files.length + leftOut.length + collection.unmatched.length === 0;
  const unmatched = isEmpty ? (patterns ?? []) : collection.unmatched;
  const isFailure = unmatched.length > 0 && ifNoFilesCollected === 'error';
  const collected: Collected = {
    ...NOTHING,
    leftOut,
    unmatched: ifNoFilesCollected === 'warn' ? unmatched : [],
    complaints,
    moreComplaints,
    problem: isFailure ? { kind: 'no-match', patterns: unmatched } : undefined,
  };
  if (files.length === 0) return collected;

  try {
    const { folder, notAllowed } = await disk.writeFolder(into, files);
    const leftOutHere = notAllowed.map((name): LeftOut => ({ name, reason: 'not-allowed' }));
    const written = files.filter(({ path }) => !notAllowed.includes(path));
    return {
      ...collected,
      folder,
      files: written.map(({ path, content }) => ({ path, bytes: content.length })),
      leftOut: [...leftOut, ...leftOutHere],
    };
  } catch (error) {
    return { ...collected, problem: { kind: 'unwritable', detail: messageOf(error) } };
  }
}
