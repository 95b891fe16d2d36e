import { messageOf, type CollectProblem, type FileSize } from '../failure.ts';
import type { LeftOut } from '../pod/bundle.ts';
import type { Collector } from '../pod/bundle.ts';
import type { PodReport } from '../pod/stream.ts';

/** What came back of the files that the pod was to collect. Names are foreign text. */
export type Collected = {
  /** Where they are on this machine; empty where none came back. */
  readonly folder: string;
  readonly files: readonly FileSize[];
  readonly leftOut: readonly LeftOut[];
  /** How many more were left out in the pod, without a name. */
  readonly leftOutMore: number;
  /** Left out here: names that this system cannot hold. */
  readonly unheld: readonly string[];
  /** Patterns that brought no file, where that is worth a warning. */
  readonly unmatched: readonly string[];
  /** Why the step fails for them. */
  readonly problem?: CollectProblem;
};

/** What was asked for. */
export type CollectRequest = {
  /** Whether this run asked for files. Who follows an earlier command cannot know. */
  readonly asked: boolean;
  readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
};

const NONE: Collected = { folder: '', files: [], leftOut: [], leftOutMore: 0, unheld: [], unmatched: [] };

/** Takes the files out of what the pod sent, and writes them down. Undefined where there is nothing to tell. */
export async function takeCollected(
  report: PodReport,
  { asked, ifNoFilesCollected }: CollectRequest,
  collector: Collector,
): Promise<Collected | undefined> {
  if (report.kind !== 'ran') return undefined;
  const { bundle } = report;
  if (bundle === undefined) return asked ? { ...NONE, problem: { kind: 'lost' } } : undefined;
  if (bundle.kind !== 'files') return { ...NONE, problem: bundle };

  const { files, leftOut, leftOutMore } = bundle;
  const unmatched = ifNoFilesCollected === 'ignore' ? [] : bundle.unmatched;
  const fails = ifNoFilesCollected === 'error' && unmatched.length > 0;
  const told = {
    ...NONE,
    leftOut,
    leftOutMore,
    unmatched: fails ? [] : unmatched,
    ...(fails && { problem: { kind: 'no-match' as const, patterns: unmatched } }),
  };
  if (files.length === 0) return told;
  try {
    const { folder, unheld } = await collector.keep(files);
    const held = files.filter(({ name }) => !unheld.includes(name));
    return {
      ...told,
      folder,
      unheld,
      files: held.map(({ name, content }) => ({ path: name, bytes: content.length })),
    };
  } catch (error) {
    return { ...told, problem: { kind: 'unwritable', detail: messageOf(error) } };
  }
}
