import AdmZip from 'adm-zip';
import { StepError } from '../failure.ts';
import type { FileSize } from '../text/bytes.ts';

/** "The request content size exceeds the maximum size of 4 MB." */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Room for what isn't known while packing: the command line with the run's variables, and the
 * cluster token.
 */
const ROOM_FOR_THE_REST = 32 * 1024;

/**
 * @throws StepError `too-large` if a request with a zip of these files would be over ARM's limit.
 */
export function checkZip(zipBytes: number, files: readonly FileSize[]): void {
  const bytes = base64Length(zipBytes) + ROOM_FOR_THE_REST;
  if (bytes <= MAX_BODY_BYTES) return;
  throw new StepError({
    code: 'too-large',
    afterPacking: true,
    bytes,
    limit: MAX_BODY_BYTES,
    biggest: biggestOf(files),
  });
}

/** The files to look at first if there are too many bytes. */
export function biggestOf(files: readonly FileSize[], count = 10): FileSize[] {
  return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, count);
}

export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** A file as it will be in the pod. */
export type PackedFile = {
  /** Below the working folder, with `/` between segments. */
  readonly path: string;
  /** Unix permission bits. An entry with mode 0 would arrive unreadable. */
  readonly mode: number;
  readonly content: Buffer;
  /** Not compressed, so that different content of the same length doesn't change the zip's size. */
  readonly stored?: true;
};

/** The format's method for content that is not compressed. */
const STORED = 0;
/**
 * "Version made by": Unix and format 2.0, on every runner, so that unzip programs use the modes.
 */
const MADE_BY_UNIX = 0x0314;
/** The zip format's earliest date. With the current time, no two zips would be equal. */
const STAMP = new Date(1980, 0, 1);

/** Deflates files into a zip. The same files produce the same bytes, in any order. */
export function zip(files: readonly PackedFile[]): Buffer {
  const archive = new AdmZip(undefined, { noSort: true });
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, mode, content, stored } of sorted) {
    const entry = archive.addFile(path, content, '', mode);
    entry.header.time = STAMP;
    entry.header.made = MADE_BY_UNIX;
    if (stored) entry.header.method = STORED;
  }
  return archive.toBuffer();
}
