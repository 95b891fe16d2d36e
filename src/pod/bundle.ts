import { createGunzip } from 'node:zlib';
import { COLLECT_LIMITS } from './room.ts';

/** A file that came back from the pod. Path and content are foreign. */
export type CollectedFile = {
  /** Below the command's working folder, with `/` between segments: the bytes, which need not be UTF-8. */
  readonly path: Buffer;
  /** The path as text, to be shown: broken characters are U+FFFD. */
  readonly name: string;
  readonly content: Buffer;
};

/** Why something stayed in the pod, or came back as less than it was. */
export type LeftOutReason = 'link' | 'special' | 'unreadable' | 'line-break' | 'backslash' | 'grew' | 'shrank';

/** What a warning is about. */
export type LeftOut = { readonly name: string; readonly reason: LeftOutReason };

/** What the pod says of the files that it was to collect. */
export type Bundle =
  | {
      readonly kind: 'files';
      /** Sorted by path. */
      readonly files: readonly CollectedFile[];
      readonly leftOut: readonly LeftOut[];
      /** How many more there are that are not named. */
      readonly leftOutMore: number;
      /** Patterns that brought no file. */
      readonly unmatched: readonly string[];
    }
  /** More than may come back, so that nothing did. */
  | { readonly kind: 'over'; readonly limit: 'files'; readonly biggest: Biggest }
  | {
      readonly kind: 'over';
      readonly limit: 'sent' | 'unpacked';
      /** For `sent`: what it would have taken. For `unpacked`: what the files take. */
      readonly bytes: number;
      readonly biggest: Biggest;
    }
  /** Not what the script writes: somebody wrote it in its place, or bytes got lost. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** The pod could not collect: a tool that it lacks, or `time`, `disk`, `size`. */
  | { readonly kind: 'uncollected'; readonly because: string };

/** At most five, the biggest first. */
type Biggest = readonly { readonly path: string; readonly bytes: number }[];

/** A path of Linux has at most 4,096 bytes, and each file, pattern and thing left out has one line. */
const MAX_INDEX_BYTES = (2 * COLLECT_LIMITS.files + COLLECT_LIMITS.leftOut + 2) * 4_160;
const BIGGEST = 5;
const STATE = /^(?:files|too-many|too-big|too-large \d{1,15})$/;
const LINE = /^([a-z-]{1,12}) (\d{1,16}) (.*)$/s;

class Refusal extends Error {}

function refuse(problem: string): never {
  throw new Refusal(problem);
}

/**
 * Reads what `src/pod/collect.sh` sends. Trusts nothing: the files are taken whole, or the bundle is refused. Unpacks no
 * more than the index says, which is within the limits, and holds no byte before it has come.
 *
 * @param base64 with line breaks
 */
export async function readBundle(base64: string): Promise<Bundle> {
  try {
    const packed = decode(base64);
    const { index, content } = await unpack(packed);
    return index.state === 'files' ? filesOf(index, content) : overLimit(index);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', problem: error.message };
    throw error;
  }
}

function decode(base64: string): Buffer {
  if (base64.length > COLLECT_LIMITS.sent) refuse('it is longer than 300 KiB');
  const text = base64.replaceAll('\n', '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) refuse('it is not base64');
  return Buffer.from(text, 'base64');
}

type Entry = { readonly kind: string; readonly bytes: number; readonly path: Buffer };
type Index = {
  readonly state: 'files' | 'too-many' | 'too-big' | 'too-large';
  /** Of `too-large`; else 0. */
  readonly sentBytes: number;
  readonly entries: readonly Entry[];
  /** Of all entries. */
  readonly total: number;
};

async function unpack(packed: Buffer): Promise<{ index: Index; content: Buffer }> {
  const gunzip = createGunzip({ chunkSize: 65_536 });
  gunzip.end(packed);
  const head = new Head();
  let index: Index | undefined;
  const content: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      const rest: Buffer | undefined = index === undefined ? head.take(chunk) : chunk;
      if (rest === undefined) continue;
      index ??= readIndex(head.text());
      received += rest.length;
      if (received > (index.state === 'files' ? index.total : 0)) refuse('it holds more bytes than its index says');
      content.push(rest);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    refuse('it is not a valid gzip file');
  }
  if (gunzip.bytesWritten !== packed.length) refuse('extra bytes follow its end');
  if (index === undefined) return refuse('its index has no end');
  if (index.state === 'files' && received !== index.total) refuse('it holds fewer bytes than its index says');
  return { index, content: Buffer.concat(content) };
}

/** What comes before the blank line. */
class Head {
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  /** The last byte, which may be half of the blank line. */
  #held = Buffer.alloc(0);

  /** @returns what of the chunk comes behind the blank line; undefined where that has not come yet. */
  take(chunk: Buffer): Buffer | undefined {
    const bytes = Buffer.concat([this.#held, chunk]);
    const end = bytes.indexOf('\n\n');
    // Without an end, all but the last byte.
    const part = bytes.subarray(0, end);
    this.#parts.push(part);
    this.#bytes += part.length;
    this.#held = bytes.subarray(-1);
    if (this.#bytes > MAX_INDEX_BYTES) refuse('its index is too long');
    return end < 0 ? undefined : bytes.subarray(end + 2);
  }

  /** Without the newline of its last line. */
  text(): string {
    return Buffer.concat(this.#parts).toString('latin1');
  }
}

function isState(word: string): word is Index['state'] {
  return ['files', 'too-many', 'too-big', 'too-large'].includes(word);
}

/** @param text whose characters are bytes */
function readIndex(text: string): Index {
  const [first = '', ...lines] = text.split('\n');
  const [state = '', sent = '0'] = first.split(' ');
  if (!isState(state) || !STATE.test(first)) return refuse('its first line is unknown');
  const entries = lines.map(readEntry);
  const total = entries.reduce((sum, { kind, bytes: size }) => (HAS_CONTENT.has(kind) ? sum + size : sum), 0);
  const files = entries.filter(({ kind }) => FILE_KINDS.has(kind)).length;
  if (files > COLLECT_LIMITS.files) refuse('it holds more than 2,000 files');
  if (state === 'files' && total > COLLECT_LIMITS.unpacked) refuse('it holds more than 32 MiB');
  return { state, entries, total, sentBytes: Number(sent) };
}

/** Kinds whose file is taken. */
const FILE_KINDS: ReadonlySet<string> = new Set(['file', 'grew', 'shrank']);
const WARNED: readonly LeftOutReason[] = ['link', 'special', 'unreadable', 'line-break', 'backslash', 'grew', 'shrank'];
/** Kinds whose number counts bytes that follow; those of a link and of a file that could not be read are thrown away. */
const HAS_CONTENT: ReadonlySet<string> = new Set(['file', 'none', ...WARNED]);

function readEntry(line: string): Entry {
  const [, kind = '', size, name = ''] = LINE.exec(line) ?? refuse('a line of its index is malformed');
  if (kind !== 'more' && !HAS_CONTENT.has(kind)) refuse('a line of its index is malformed');
  const bytes = Number(size);
  if (!Number.isSafeInteger(bytes)) refuse('a size in its index is not a number of bytes');
  return { kind, bytes, path: Buffer.from(name, 'latin1') };
}

function filesOf({ entries }: Index, content: Buffer): Bundle {
  const files: CollectedFile[] = [];
  const leftOut: LeftOut[] = [];
  let at = 0;
  for (const { kind, bytes, path } of entries) {
    if (kind === 'more') continue;
    const end = at + bytes;
    if (FILE_KINDS.has(kind)) files.push({ path, name: path.toString(), content: content.subarray(at, end) });
    const reason = WARNED.find((warned) => warned === kind);
    // No path holds //, which stands for a line break.
    if (reason !== undefined) leftOut.push({ name: path.toString().replaceAll('//', '\n'), reason });
    at = end;
  }
  checkPaths(files);
  return {
    kind: 'files',
    files: files.toSorted((a, b) => Buffer.compare(a.path, b.path)),
    leftOut,
    leftOutMore: entries.find(({ kind }) => kind === 'more')?.bytes ?? 0,
    unmatched: entries.filter(({ kind }) => kind === 'none').map(({ path }) => path.toString()),
  };
}

/** No path leads out of the folder, comes twice, or is a file and a folder. */
function checkPaths(files: readonly CollectedFile[]): void {
  const paths = files.map(({ path }) => path.toString('latin1'));
  const taken = new Set(paths);
  if (taken.size < paths.length) refuse('a path in it appears twice');
  for (const path of paths) {
    if (path.includes('\0') || path.includes('\\')) refuse('a path in it has a character that is not allowed');
    const segments = path.split('/');
    if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      refuse('a path in it leads out of the folder');
    }
    for (const { index } of path.matchAll(/\//g)) {
      if (taken.has(path.slice(0, index))) refuse('a path in it is both a file and a folder');
    }
  }
}

function overLimit({ state, sentBytes, entries, total }: Index): Bundle {
  const files = entries.filter(({ kind }) => FILE_KINDS.has(kind));
  const biggest = files
    .map(({ path, bytes }) => ({ path: path.toString(), bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, BIGGEST);
  switch (state) {
    case 'too-many':
      return { kind: 'over', limit: 'files', biggest };
    case 'too-big':
      return { kind: 'over', limit: 'unpacked', bytes: total, biggest };
    default:
      return { kind: 'over', limit: 'sent', bytes: sentBytes, biggest };
  }
}
