import { StepError, type FileSize } from '../failure.ts';
import { withContent, zip, type PackedFile } from './archive.ts';

/** What is sent. */
export type Contents = {
  /** The user's files, without those of the action. */
  readonly files: readonly FileSize[];
  readonly zipBytes: number;
};

/** Files, packed and measured. */
export type Packed = Contents & {
  /**
   * The zip in base64, the request's `context`, with this file's content instead of what was packed at its path. Its length
   * stays the same if the file is stored and the new content is as long as the old.
   */
  contextWith(drawn: PackedFile): string;
};

/** "The request content size exceeds the maximum size of 4 MB." */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Room for what is not yet known while packing: the command line with the facts of the run, and the cluster token. */
const ROOM_FOR_THE_REST = 32 * 1024;

/**
 * Packs the user's files with the action's own.
 *
 * @throws StepError `too-large` if the request would be over ARM's limit.
 */
export function pack(userFiles: readonly PackedFile[], actionFiles: readonly PackedFile[]): Packed {
  const archive = zip([...userFiles, ...actionFiles]);
  const files = userFiles.map(({ path, content }) => ({ path, bytes: content.length }));
  const bytes = base64Length(archive.length) + ROOM_FOR_THE_REST;
  if (bytes > MAX_BODY_BYTES) {
    throw new StepError({ code: 'too-large', packed: true, bytes, limit: MAX_BODY_BYTES, biggest: biggestOf(files) });
  }
  return {
    files,
    zipBytes: archive.length,
    contextWith(drawn) {
      const isPacked = actionFiles.some(({ path, content }) => path === drawn.path && content.equals(drawn.content));
      return (isPacked ? archive : withContent(archive, drawn)).toString('base64');
    },
  };
}

/** The files to look at first if there are too many bytes. */
export function biggestOf(files: readonly FileSize[], count = 10): FileSize[] {
  return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, count);
}

/** The length of so many bytes in base64. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
