import { StepError } from '../failure.ts';
import type { PackedFile } from './archive.ts';
import { biggestOf } from './pack.ts';
import type { Disk } from './disk.ts';
import { fail } from './root.ts';
import { allOf, type FoundFile } from './search.ts';

/** Files beyond this total are refused unread: ARM takes 4 MB, and nothing compresses a hundredfold. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/**
 * Reads files by their real paths, sorted by their paths in the zip. What was swapped after the search is not read: each file
 * is opened, and then checked.
 *
 * @throws StepError `files`, or `too-large` for more than {@link MAX_UNPACKED_BYTES}
 */
export async function readFiles(disk: Disk, found: Iterable<FoundFile>): Promise<PackedFile[]> {
  const files = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sizes = files.map(({ path, inspected }) => ({ path, bytes: inspected.bytes }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_UNPACKED_BYTES) {
    const biggest = biggestOf(sizes);
    throw new StepError({ code: 'too-large', bytes: total, limit: MAX_UNPACKED_BYTES, packed: false, biggest });
  }
  return allOf(files, async ({ path, real, inspected }) => {
    const read = await disk.read(real, inspected).catch(() => fail({ kind: 'unreadable', path }));
    const content = read ?? fail({ kind: 'swapped', path });
    return { path, content, mode: disk.windows ? modeOf(content) : inspected.mode };
  });
}

/** Windows keeps no executable bit: a script (`#!`) and an ELF binary are programs. */
function modeOf(content: Buffer): number {
  const [two, four] = [2, 4].map((length) => content.subarray(0, length).toString('latin1'));
  return two === '#!' || four === '\x7fELF' ? 0o755 : 0o644;
}
