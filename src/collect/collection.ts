import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { CollectProblem } from '../failure.ts';
import type { NewFile } from '../files/disk.ts';
import { biggestOf } from '../files/pack.ts';

/** Why the pod leaves something out. */
const POD_REASONS = ['link', 'special', 'unreadable', 'line-break', 'backslash'] as const;

/** Something that was not collected, and why. `name-not-allowed`: by the system of this machine. */
export type LeftOut = {
  readonly name: string;
  readonly reason: (typeof POD_REASONS)[number] | 'name-not-allowed';
};

/** What the pod sent about the files that it was to collect. */
export type Collection =
  | {
      readonly kind: 'files';
      /** Sorted by path. */
      readonly files: readonly NewFile[];
      readonly leftOut: readonly LeftOut[];
      /** How many more there are that are not named. */
      readonly leftOutMore: number;
      /** Patterns that matched no file. */
      readonly unmatched: readonly string[];
    }
  | CollectProblem;

/** The limits for collected files. `collect.sh` has the first four, too; a test compares them. */
export const COLLECT_LIMITS = {
  /** Bytes in base64, line breaks included: 300 KiB. */
  encoded: 307_200,
  /** Bytes of all files together: 32 MiB. */
  unpacked: 33_554_432,
  files: 2_000,
  /** How many of the things left out are named. */
  leftOut: 20,
  /** The input `collect` has the same limit. */
  patterns: 2_000,
  /** Bytes of a path, as on Linux. */
  path: 4_096,
  /** Segments of a path. A kilobyte of packed paths could make 200,000 folders otherwise. */
  depth: 32,
  folders: 2_000,
} as const;

/** Each file, each pattern, and each thing that is left out has one line. */
const MAX_LINES = COLLECT_LIMITS.files + COLLECT_LIMITS.patterns + COLLECT_LIMITS.leftOut + 2;
const MAX_INDEX_BYTES = MAX_LINES * (COLLECT_LIMITS.path + 64);

/** The first line of the index: `files`, or which limit was exceeded. */
const STATE = /^(?:files|too-many|too-big|too-large \d{1,15})$/;
/** Any other line: `file 12 ./logs/web.txt`, `none 0 ./*.xml`, `more 3 `. */
const LINE =
  /^(file|none|more|link|special|unreadable|line-break|backslash) (\d{1,16}) (?:\.\/)?(.*)$/s;
const GZIP = Buffer.from([0x1f, 0x8b]);

class InvalidCollection extends Error {}

function refuse(problem: string): never {
  throw new InvalidCollection(problem);
}

/**
 * Reads what `src/collect/collect.sh` sends. It trusts nothing: either everything is as that script
 * guarantees it, or the collection is refused. It unpacks no more than the limits allow.
 *
 * @param base64 with line breaks; of gzip data or, from a pod without gzip, of the plain bytes
 * @param patterns those of the input `collect`; undefined if they are not known
 */
export async function readCollection(
  base64: string,
  patterns: readonly string[] | undefined,
): Promise<Collection> {
  try {
    const bytes = await unpack(decode(base64));
    const blank = bytes.indexOf('\n\n');
    if (blank < 0) refuse('its index has no end');
    if (blank > MAX_INDEX_BYTES) refuse('its index is too long');

    const index = readIndex(bytes.toString('latin1', 0, blank));
    checkUnmatched(index.unmatched, patterns);

    const content = bytes.subarray(blank + 2);
    const expected = index.state === 'files' ? index.total : 0;
    if (content.length > expected) refuse('it holds more bytes than its index says');
    if (content.length < expected) refuse('it holds fewer bytes than its index says');

    return index.state === 'files' ? filesOf(index, content) : overLimit(index);
  } catch (error) {
    if (error instanceof InvalidCollection) return { kind: 'invalid', problem: error.message };
    throw error;
  }
}

function decode(base64: string): Buffer {
  if (base64.length > COLLECT_LIMITS.encoded) refuse('it is longer than 300 KiB');
  const text = base64.replaceAll('\n', '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) refuse('it is not base64');
  return Buffer.from(text, 'base64');
}

async function unpack(bytes: Buffer): Promise<Buffer> {
  // Plain bytes begin with a state, and no state begins with these.
  if (!bytes.subarray(0, 2).equals(GZIP)) return bytes;
  const maxOutputLength = COLLECT_LIMITS.unpacked + MAX_INDEX_BYTES;
  return promisify(gunzip)(bytes, { maxOutputLength }).catch(() =>
    refuse('it is not a valid gzip file of at most 32 MiB'),
  );
}

/** A line of the index. */
type Line = {
  readonly kind: string;
  /** A file's size; for `more`, how many things were left out; otherwise, 0. */
  readonly number: number;
  readonly path: Buffer;
};

type Index = {
  readonly state: string;
  /** For `too-large`, how many bytes would have been sent. */
  readonly encoded: number;
  readonly files: readonly Line[];
  /** Bytes of all files together. */
  readonly total: number;
  readonly leftOut: readonly LeftOut[];
  readonly leftOutMore: number;
  readonly unmatched: readonly string[];
};

/** @param text with one character per byte */
function readIndex(text: string): Index {
  const [first = '', ...rest] = text.split('\n');
  if (!STATE.test(first)) refuse('its first line is unknown');
  const [state = '', encoded] = first.split(' ');

  const lines = rest.map(readLine);
  const ofKind = (kind: string) => lines.filter((line) => line.kind === kind);

  const files = ofKind('file');
  const total = files.reduce((sum, { number }) => sum + number, 0);
  if (files.length > COLLECT_LIMITS.files) refuse('it holds more than 2,000 files');
  if (state === 'files' && total > COLLECT_LIMITS.unpacked) refuse('it holds more than 32 MiB');

  const leftOut: LeftOut[] = [];
  for (const { kind, path } of lines) {
    const reason = POD_REASONS.find((one) => one === kind);
    // `//` stands for a line break, since no path contains it.
    const name = path.toString().replaceAll('//', '\n');
    if (reason !== undefined) leftOut.push({ name, reason });
  }
  if (leftOut.length > COLLECT_LIMITS.leftOut) refuse('it names more than 20 things left out');
  if (leftOut.some(({ name }) => isTooLong(name))) refuse('a name in it is too long');

  const more = ofKind('more');
  if (more.length > 1) refuse('it counts twice what was left out');

  return {
    state,
    encoded: Number(encoded),
    files,
    total,
    leftOut,
    leftOutMore: more[0]?.number ?? 0,
    unmatched: ofKind('none').map(({ path }) => path.toString()),
  };
}

function readLine(line: string): Line {
  const [, kind = '', digits, name = ''] =
    LINE.exec(line) ?? refuse('a line of its index is malformed');
  const number = Number(digits);
  if (!Number.isSafeInteger(number)) refuse('a size in its index is not a number of bytes');
  return { kind, number, path: Buffer.from(name, 'latin1') };
}

function isTooLong(path: string | Buffer): boolean {
  return Buffer.byteLength(path) > COLLECT_LIMITS.path;
}

/** The script names each pattern that matched nothing once, and only patterns that it was given. */
function checkUnmatched(
  unmatched: readonly string[],
  patterns: readonly string[] | undefined,
): void {
  const named = new Set(unmatched);
  if (named.size < unmatched.length) refuse('it names a pattern twice');
  if (patterns !== undefined) {
    const given = new Set(patterns);
    if (unmatched.some((one) => !given.has(one))) {
      refuse('it names a pattern that is not in collect');
    }
    return;
  }
  if (unmatched.length > COLLECT_LIMITS.patterns) refuse('it names more than 2,000 patterns');
  if (unmatched.some(isTooLong)) refuse('a pattern in it is too long');
}

function filesOf(index: Index, content: Buffer): Collection {
  const paths = index.files.map(({ path }) => path.toString('latin1'));
  checkPaths(paths);

  const files: NewFile[] = [];
  let begin = 0;
  for (const { path, number } of index.files) {
    const end = begin + number;
    files.push({ path, name: path.toString(), content: content.subarray(begin, end) });
    begin = end;
  }

  return {
    kind: 'files',
    files: files.toSorted((a, b) => Buffer.compare(a.path, b.path)),
    leftOut: index.leftOut,
    leftOutMore: index.leftOutMore,
    unmatched: index.unmatched,
  };
}

/**
 * Refuses a path that leads out of the folder, is repeated, is too long, or is both file and
 * folder, and too many folders.
 *
 * @param paths with one character per byte
 */
function checkPaths(paths: readonly string[]): void {
  const taken = new Set(paths);
  if (taken.size < paths.length) refuse('a path in it appears twice');

  const folders = new Set<string>();
  for (const path of paths) {
    if (path.length > COLLECT_LIMITS.path) refuse('a path in it is too long');
    if (path.includes('\0') || path.includes('\\')) {
      refuse('a path in it has a character that is not allowed');
    }

    const segments = path.split('/');
    if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      refuse('a path in it leads out of the folder');
    }
    if (segments.length > COLLECT_LIMITS.depth) refuse('a path in it is more than 32 folders deep');

    for (const { index } of path.matchAll(/\//g)) {
      const folder = path.slice(0, index);
      if (taken.has(folder)) refuse('a path in it is both a file and a folder');
      folders.add(folder);
    }
    if (folders.size > COLLECT_LIMITS.folders) refuse('it holds more than 2,000 folders');
  }
}

function overLimit({ state, encoded, files, total }: Index): Collection {
  const sizes = files.map(({ path, number }) => ({ path: path.toString(), bytes: number }));
  const biggest = biggestOf(sizes, 5);
  if (biggest.some(({ path }) => isTooLong(path))) refuse('a path in it is too long');

  switch (state) {
    case 'too-many':
      return { kind: 'over', limit: 'files', bytes: total, biggest };
    case 'too-big':
      return { kind: 'over', limit: 'unpacked', bytes: total, biggest };
    default:
      return { kind: 'over', limit: 'encoded', bytes: encoded, biggest };
  }
}
