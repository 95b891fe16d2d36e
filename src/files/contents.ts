import type { FileSize } from '../failure.ts';

/** What is in a shipment. */
export type Contents = {
  /** The user's files, without those of the action. */
  readonly files: readonly FileSize[];
  readonly zipBytes: number;
};

const BIGGEST = 10;

/** The files to look at first where there are too many bytes. */
export function biggestOf(files: readonly FileSize[]): FileSize[] {
  return files.toSorted((a, b) => b.bytes - a.bytes).slice(0, BIGGEST);
}

/** How long so many bytes are in base64. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
