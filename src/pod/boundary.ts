import { createHash } from 'node:crypto';

/** What every boundary begins with. */
export const BOUNDARY_PREFIX = 'aks-run-command:';

/**
 * The word at the beginning of each of the script's lines, except its first two. Only the zip
 * brings it to the pod, so someone who reads the pod's specification or its log can't pass off
 * lines as the script's.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 */
export function boundaryOf(hex: string): string {
  return `${BOUNDARY_PREFIX}${hex}`;
}

/**
 * The SHA-256 of a boundary in hex. It identifies the boundary for anyone to read, without
 * revealing it.
 */
export function hashOf(boundary: string): string {
  return createHash('sha256').update(boundary).digest('hex');
}
