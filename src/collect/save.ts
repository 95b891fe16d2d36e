import { messageOf, type CollectProblem, type Failure } from '../failure.ts';
import type { Disk, NewFile, NewFolder } from '../files/disk.ts';
import type { FileSize } from '../text/bytes.ts';
import { say } from '../text/say.ts';
import { readCollection, type LeftOut, type SentCollection } from './collection.ts';

/** The result of collecting files from the pod. Names are untrusted text. */
export type Collected = {
  /** The folder on this machine that has them; empty if none came back. */
  readonly folder: string;
  readonly files: readonly FileSize[];
  readonly leftOut: readonly LeftOut[];
  /** Patterns for which no file came back, if that is worth a warning. */
  readonly unmatched: readonly string[];
  /** What `tar` complained about in the pod. Untrusted text. */
  readonly complaints: readonly string[];
  /** Why the step fails, if collecting is the reason. */
  readonly problem?: CollectProblem | undefined;
};

const NOTHING: Collected = {
  folder: '',
  files: [],
  leftOut: [],
  unmatched: [],
  complaints: [],
};

/** A program of the pod failed or was killed before all patterns were read. */
const NOT_ALL: CollectProblem = { kind: 'invalid', problem: say`it does not have all patterns` };

/**
 * Reads what the pod sent, and writes the files to the disk. Returns undefined if there is nothing
 * to report.
 *
 * @param sent undefined if nothing arrived
 * @param request `patterns` are undefined if this step follows an earlier command: then they are
 *   those that the pod sent
 */
export async function saveCollected(
  sent: SentCollection | undefined,
  request: {
    readonly patterns: readonly string[] | undefined;
    readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
    readonly into: NewFolder;
  },
  disk: Pick<Disk, 'writeFolder'>,
): Promise<Collected | undefined> {
  const { ifNoFilesCollected, into } = request;
  // Without patterns, the script sends nothing, so whatever arrived is not from it.
  if (request.patterns?.length === 0) return undefined;
  if (sent === undefined) {
    return request.patterns === undefined ? undefined : { ...NOTHING, problem: { kind: 'lost' } };
  }
  if (sent.kind === 'uncollected') return { ...NOTHING, problem: sent };

  const collection = await readCollection(sent.text);
  if (collection.kind !== 'files') return { ...NOTHING, problem: collection };

  const { brought, complaints } = collection;
  const patterns = request.patterns ?? [...brought.keys()];
  if (!patterns.every((one) => brought.has(one))) return { ...NOTHING, problem: NOT_ALL };

  const kept = await writeFiles(collection.files, into, disk);
  const isMissing = (path: string) => kept.notAllowed.includes(path);
  const unmatched = patterns.filter((one) => brought.get(one)?.every(isMissing));
  const isFailure = unmatched.length > 0 && ifNoFilesCollected === 'error';
  return {
    folder: kept.folder,
    files: kept.files,
    leftOut: [
      ...collection.leftOut,
      ...kept.notAllowed.map((name): LeftOut => ({ name, reason: 'not-allowed' })),
    ],
    unmatched: ifNoFilesCollected === 'warn' ? unmatched : [],
    complaints,
    problem: kept.problem ?? (isFailure ? { kind: 'no-match', patterns: unmatched } : undefined),
  };
}

/** Collected files that cannot be used, as a failure. */
export function collectFailure(collected: Collected | undefined): Failure | undefined {
  const problem = collected?.problem;
  return problem === undefined ? undefined : { code: 'collect', problem };
}

async function writeFiles(
  files: readonly NewFile[],
  into: NewFolder,
  disk: Pick<Disk, 'writeFolder'>,
): Promise<
  Pick<Collected, 'folder' | 'files' | 'problem'> & { readonly notAllowed: readonly string[] }
> {
  const nothing = { folder: '', files: [], notAllowed: [] };
  if (files.length === 0) return nothing;
  try {
    const { folder, notAllowed } = await disk.writeFolder(into, files);
    const written = files.filter(({ path }) => !notAllowed.includes(path));
    return {
      folder: written.length > 0 ? folder : '',
      files: written.map(({ path, content }) => ({ path, bytes: content.length })),
      notAllowed,
    };
  } catch (error) {
    return { ...nothing, problem: { kind: 'unwritable', detail: messageOf(error) } };
  }
}
