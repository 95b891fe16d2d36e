import AdmZip from 'adm-zip';

/** A file as it will stand in the pod. */
export type PackedFile = {
  /** Below the working folder, with `/` between segments. */
  readonly path: string;
  /** Unix permission bits. An entry with mode 0 would arrive unreadable. */
  readonly mode: number;
  readonly content: Buffer;
};

const REGULAR_FILE = 0o100000;
/** "Version made by": Unix, so that modes are read, and 2.0 of the format, on every runner. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day: a stamp of "now" would make every zip differ. */
const STAMP = new Date(1980, 0, 1);

/** Deflates files into a zip. The same files give the same bytes, in whatever order they come. */
export function zip(files: readonly PackedFile[]): Buffer {
  const archive = new AdmZip(undefined, { noSort: true });
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const [index, { path, mode, content }] of sorted.entries()) {
    const entry = archive.addFile(String(index), content);
    // Not through `addFile`, which takes a backslash in a name for a separator: `a\b` would overwrite `a/b`.
    entry.entryName = path;
    entry.header.time = STAMP;
    entry.header.made = MADE_BY_UNIX;
    entry.attr = ((REGULAR_FILE | mode) << 16) >>> 0;
  }
  return archive.toBuffer();
}
