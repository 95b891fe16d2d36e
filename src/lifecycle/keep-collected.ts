import { messageOf, type CollectProblem, type FileSize } from '../failure.ts';
import type { Disk, NewFolder } from '../files/disk.ts';
import type { LeftOut } from '../pod/bundle.ts';
import type { PodReport } from '../pod/stream.ts';

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
  /** Whether this run asked for files. One that follows an earlier command cannot know. */
  readonly asked: boolean;
  readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
  readonly into: NewFolder;
};

/**
 * Writes the files that the pod sent to the disk. Returns undefined if there is nothing to report.
 */
export async function keepCollected(
  report: PodReport,
  { asked, ifNoFilesCollected, into }: Keeping,
  disk: Pick<Disk, 'writeFolder'>,
): Promise<Collected | undefined> {
  if (report.kind !== 'ran') return undefined;
  const { bundle } = report;
  if (bundle === undefined) return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
  if (bundle.kind !== 'files') return { ...NONE, problem: bundle };

  const { files, leftOut, leftOutMore } = bundle;
  const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
  const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
  const missed = fails
    ? { problem: { kind: 'no-match' as const, patterns: unmatched } }
    : { unmatched };
  const collected = { ...NONE, leftOut, leftOutMore, ...missed };
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
