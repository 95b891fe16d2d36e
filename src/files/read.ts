import { StepError } from '../failure.ts';
import type { PackedFile } from './archive.ts';
import { biggestOf } from './contents.ts';
import type { Disk, Inspected } from './disk.ts';
import { fail } from './root.ts';

/** Files beyond this total are refused unread: ARM takes 4 MB, and nothing compresses a hundredfold. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Each open file is a descriptor, and a buffer. */
const READERS = 16;

/**
 * Reads files by their real paths. What is swapped after the search is not read: each file is opened, and then checked.
 *
 * @param files real path of each file, by its path in the zip.
 * @throws StepError `files`, or `too-large` for more than {@link MAX_UNPACKED_BYTES}.
 */
export async function readFiles(disk: Disk, files: ReadonlyMap<string, string>): Promise<PackedFile[]> {
  const names = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const inspected = await allOf(names, async ([path, real]) => {
    const found = await disk.inspect(real).catch(() => fail({ kind: 'unreadable', path }));
    if (found.kind !== 'file') fail({ kind: 'not-a-file', path });
    return { path, real, found, bytes: found.bytes };
  });
  const total = inspected.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_UNPACKED_BYTES) {
    const biggest = biggestOf(inspected);
    throw new StepError({ code: 'too-large', bytes: total, limit: MAX_UNPACKED_BYTES, packed: false, biggest });
  }
  return allOf(inspected, async ({ path, real, found }) => {
    const content = await readChecked(disk, path, real, found);
    return { path, content, mode: disk.windows ? modeOf(content) : found.mode };
  });
}

async function readChecked(disk: Disk, path: string, real: string, inspected: Inspected): Promise<Buffer> {
  try {
    const content = await disk.read(real, inspected);
    if (content !== undefined) return content;
  } catch (error) {
    throw new StepError({ code: 'files', problem: { kind: 'unreadable', path } }, { cause: error });
  }
  return fail({ kind: 'swapped', path });
}

async function allOf<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  const left = items.entries();
  const reader = async () => {
    for (const [index, item] of left) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return done;
}

/** Windows keeps no executable bit: a script (`#!`) and an ELF binary are programs. */
function modeOf(content: Buffer): number {
  const [two, four] = [2, 4].map((length) => content.subarray(0, length).toString('latin1'));
  return two === '#!' || four === '\x7fELF' ? 0o755 : 0o644;
}
