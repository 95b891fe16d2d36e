import { gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { promisify } from 'node:util';
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

/** The format's methods. */
const STORED = 0;
const DEFLATED = 8;
const REGULAR_FILE = 0o100000;
/** "Version made by": Unix, so that modes are read, and 2.0 of the format, on every runner. */
const MADE_BY_UNIX = 0x0314;
/** The format's first day: a stamp of "now" would make every zip differ. */
const STAMP = new Date(1980, 0, 1);
const NOTHING = Buffer.alloc(0);

/** Deflates files into a zip. The same files give the same bytes, in whatever order they come. */
export async function zip(files: readonly PackedFile[]): Promise<Buffer> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const deflated = await deflateAll(sorted);
  const archive = new AdmZip(undefined, { noSort: true });
  for (const [index, file] of sorted.entries()) {
    const { path, mode, content } = file;
    const { data, crc } = deflated.get(file) ?? stored(content);
    const entry = archive.addFile(String(index), NOTHING);
    // Not through `addFile`, which takes a backslash in a name for a separator: `a\b` would overwrite `a/b`.
    entry.entryName = path;
    entry.header.method = data === content ? STORED : DEFLATED;
    entry.header.time = STAMP;
    entry.header.made = MADE_BY_UNIX;
    entry.attr = ((REGULAR_FILE | mode) << 16) >>> 0;
    entry.header.crc = crc;
    entry.header.size = content.length;
    entry.header.compressedSize = data.length;
    // In place of its own, which deflates one file after the other, while nothing else happens.
    entry.getCompressedData = () => data;
  }
  return archive.toBuffer();
}

/**
 * The archive with other content in one of its files, which is not compressed; the others keep their bytes, compressed ones
 * included.
 *
 * @throws RangeError where the archive has no such file
 */
export function withContent(archive: Buffer, { path, content }: PackedFile): Buffer {
  const copy = new AdmZip(archive, { noSort: true });
  const entry = copy.getEntry(path);
  if (entry === null) throw new RangeError(`The archive has no file ${path}`);
  entry.setData(content);
  entry.header.method = STORED;
  return copy.toBuffer();
}

/** From this size on a file is deflated beside the main thread. A smaller one is deflated sooner than handed over. */
const LARGE_BYTES = 64 * 1024;
/** So many at once: as many threads as Node has for that. */
const LARGE_AT_ONCE = 4;
/** After so many bytes of small files whatever else is due has its turn: the requests of the sign-in. */
const SLICE_BYTES = 512 * 1024;

/** An entry's data, and the CRC-32 of its content. */
type Data = { readonly data: Buffer; readonly crc: number };

/** A gzip without a name (RFC 1952): ten bytes, what `deflateRaw` gives, the CRC-32 and the length. */
function unwrapped(gzipped: Buffer): Data {
  return { data: gzipped.subarray(10, -8), crc: gzipped.readUInt32LE(gzipped.length - 8) };
}

/** Node has no CRC-32 of its own before 20.15. */
function stored(content: Buffer): Data {
  return { data: content, crc: unwrapped(gzipSync(content, { level: 0 })).crc };
}

async function deflateAll(files: readonly PackedFile[]): Promise<Map<PackedFile, Data>> {
  const deflated = new Map<PackedFile, Data>();
  const toDeflate = files.filter(({ content, stored }) => content.length > 0 && !stored);
  const isLarge = ({ content }: PackedFile) => content.length >= LARGE_BYTES;
  const large = toDeflate.filter(isLarge).values();
  const deflateLarge = async () => {
    for (const file of large) deflated.set(file, unwrapped(await inPool(file.content, optionsFor(file.content))));
  };
  const deflateSmall = async () => {
    let slice = 0;
    for (const file of toDeflate) {
      if (isLarge(file)) continue;
      deflated.set(file, unwrapped(Buffer.from(gzipSync(file.content, optionsFor(file.content)))));
      slice += file.content.length;
      if (slice < SLICE_BYTES) continue;
      slice = 0;
      await new Promise(setImmediate);
    }
  };
  await Promise.all([...Array.from({ length: LARGE_AT_ONCE }, deflateLarge), deflateSmall()]);
  return deflated;
}

const inPool = promisify<Buffer, ZlibOptions, Buffer>(gzip);
const SMALL_WINDOW = 14;

/** A window no larger than the content, and one piece of output, which is hardly ever longer than the content. */
function optionsFor({ length }: Buffer): ZlibOptions {
  return {
    chunkSize: length + 1024,
    ...(length <= 2 ** SMALL_WINDOW && { windowBits: SMALL_WINDOW, memLevel: 6 }),
  };
}
