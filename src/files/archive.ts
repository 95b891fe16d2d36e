import AdmZip from 'adm-zip';

/** A file as it will stand in the pod. */
export type PackedFile = {
  /** Below the working folder, with `/` between segments. */
  readonly path: string;
  /** Unix permission bits. An entry with mode 0 would arrive unreadable. */
  readonly mode: number;
  readonly content: Buffer;
  /** Not compressed, so that other content of the same length leaves the zip's size as it is. */
  readonly stored?: true;
};

/** The format's method for content that is not compressed. */
const STORED = 0;
/** "Version made by": Unix, so that modes are read, and 2.0 of the format, on every runner. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day: with the current time, no two zips would be equal. */
const STAMP = new Date(1980, 0, 1);

/** Deflates files into a zip. The same files give the same bytes, in whatever order they come. */
export function zip(files: readonly PackedFile[]): Buffer {
  const archive = new AdmZip(undefined, { noSort: true });
  for (const { path, mode, content, stored } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const entry = archive.addFile(path, content, '', mode);
    entry.header.time = STAMP;
    entry.header.made = MADE_BY_UNIX;
    if (stored) entry.header.method = STORED;
  }
  return archive.toBuffer();
}

/**
 * The archive with other content in one of its files, which is not compressed. The other files keep their bytes as they are
 * in the archive.
 *
 * @throws RangeError if the archive has no such file
 */
export function withContent(archive: Buffer, { path, content }: PackedFile): Buffer {
  const copy = new AdmZip(archive, { noSort: true });
  const entry = copy.getEntry(path);
  if (entry === null) throw new RangeError(`The archive has no file ${path}`);
  entry.setData(content);
  entry.header.method = STORED;
  return copy.toBuffer();
}
