import { createHash } from 'node:crypto';
import { ACTION_FOLDER } from '../files/names.ts';
import type { PackedFile } from '../files/pack.ts';

/** What every boundary begins with. */
export const BOUNDARY_PREFIX = 'aks-run-command:';

/** A line that was cut off within its boundary, or right after it. */
export const PART_OF_A_BOUNDARY = /^aks-run-command:[0-9a-f]{0,32}$/;

const BOUNDARY_OF_A_LINE = /^aks-run-command:[0-9a-f]{32}(?= )/gm;

/**
 * The word at the beginning of each of the script's lines, except its first two. Only the zip brings
 * it to the pod, so someone who reads the pod's specification or its log can't write in the script's
 * name.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 * @throws RangeError for anything else
 */
export function boundaryOf(hex: string): string {
  if (!/^[0-9a-f]{32}$/.test(hex))
    throw new RangeError('A boundary is made of 32 lowercase hex digits');
  return `${BOUNDARY_PREFIX}${hex}`;
}

/**
 * The SHA-256 of a boundary in hex. It identifies the boundary for anyone to read, without
 * revealing it.
 */
export function hashOf(boundary: string): string {
  return createHash('sha256').update(boundary).digest('hex');
}

/**
 * The file that brings the boundary to the script. Stored, so that the zip's size doesn't differ
 * between runs.
 */
export function boundaryFile(boundary: string): PackedFile {
  return {
    path: `${ACTION_FOLDER}/boundary`,
    mode: 0o600,
    content: Buffer.from(boundary),
    stored: true,
  };
}

/**
 * The first line of the script's stream. The script prints it before it does anything else, so no
 * exit comes without.
 */
export function startLine(hash: string): string {
  return `aks-run-command start ${hash}\n`;
}

/**
 * The script prints this after its last chance to refuse, before any process of the command exists.
 * A log only grows: something that takes the script's place later cannot remove this line, so a
 * refusal after it proves nothing. Without this line, the command may not have begun, so no exit
 * code is the command's.
 */
export const BEGIN_LINE = 'aks-run-command begin\n';

/**
 * The hash in the first line of a script, if a log has one. A service may strip its newline if it is
 * all.
 */
export function hashInStartLine(logs: string): string | undefined {
  return /(?:^|\n)aks-run-command start ([0-9a-f]{64})(?:\n|$)/.exec(logs)?.[1];
}

/**
 * The boundary with that hash, if a line of the text begins with it; undefined if the script wrote
 * no such line.
 */
export function findBoundary(text: string, hash: string): string | undefined {
  return text.match(BOUNDARY_OF_A_LINE)?.find((candidate) => hashOf(candidate) === hash);
}
