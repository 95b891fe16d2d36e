import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { CollectProblem } from '../failure.ts';
import type { NewFile } from '../files/disk.ts';
import { biggestOf } from '../files/pack.ts';

const LEFT_OUT_REASONS = ['link', 'special', 'unreadable', 'line-break', 'backslash'] as const;

/** Something that stayed in the pod, and why. */
export type LeftOut = { readonly name: string; readonly reason: (typeof LEFT_OUT_REASONS)[number] };

/** What the pod says about the files it was asked to collect. */
export type Bundle =
  | {
      readonly kind: 'files';
      /** Sorted by path. */
      readonly files: readonly NewFile[];
      readonly leftOut: readonly LeftOut[];
      /** How many more there are that are not named. */
      readonly leftOutMore: number;
      readonly unmatched: readonly string[];
    }
  | Extract<CollectProblem, { kind: 'over' | 'refused' | 'uncollected' }>;

/** The limits for collected files. `collect.sh` has the first four, too; a test compares them. */
export const COLLECT_LIMITS = {
  /** Bytes in base64, line breaks included: 300 KiB. */
  sent: 307_200,
  /** Bytes of all files together: 32 MiB. */
  unpacked: 33_554_432,
  files: 2_000,
  /** How many of the things left out are named. */
  leftOut: 20,
  /** Segments of a path. A kilobyte of packed paths could make 200,000 folders otherwise. */
  depth: 32,
  folders: 2_000,
} as const;

/** A path on Linux has at most 4,096 bytes, and each file, pattern, and thing left out has one line. */
const MAX_INDEX_BYTES = (2 * COLLECT_LIMITS.files + COLLECT_LIMITS.leftOut + 2) * 4_160;
const STATE = /^(?:files|too-many|too-big|too-large \d{1,15})$/;
const LINE =
  /^(file|none|more|link|special|unreadable|line-break|backslash) (\d{1,16}) (?:\.\/)?(.*)$/s;
const GZIP = Buffer.from([0x1f, 0x8b]);

class Refusal extends Error {}

function refuse(problem: string): never {
  throw new Refusal(problem);
}

/**
 * Reads what `src/pod/collect.sh` sends. It trusts nothing: either all files are accepted, or the bundle is refused. It
 * unpacks no more than the limits allow.
 *
 * @param base64 with line breaks; of gzip data or, from a pod without gzip, of the plain bytes
 */
export async function readBundle(base64: string): Promise<Bundle> {
  try {
    const bytes = await unpack(decode(base64));
    const blank = bytes.indexOf('\n\n');
    if (blank < 0) refuse('its index has no end');
    if (blank > MAX_INDEX_BYTES) refuse('its index is too long');
    const index = readIndex(bytes.toString('latin1', 0, blank));
    const content = bytes.subarray(blank + 2);
    const expected = index.state === 'files' ? index.total : 0;
    if (content.length > expected) refuse('it holds more bytes than its index says');
    if (content.length < expected) refuse('it holds fewer bytes than its index says');
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

async function unpack(bytes: Buffer): Promise<Buffer> {
  // Plain bytes begin with a state, and no state begins with these.
  if (!bytes.subarray(0, 2).equals(GZIP)) return bytes;
  const maxOutputLength = COLLECT_LIMITS.unpacked + MAX_INDEX_BYTES;
  return promisify(gunzip)(bytes, { maxOutputLength }).catch(() =>
    refuse('it is not a valid gzip file of at most 32 MiB'),
  );
}

type Index = ReturnType<typeof readIndex>;

/** @param text with one character per byte */
function readIndex(text: string) {
  const [first = '', ...rest] = text.split('\n');
  if (!STATE.test(first)) refuse('its first line is unknown');
  const [state = '', sent] = first.split(' ');
  const lines = rest.map(readLine);
  const files = lines.filter(({ kind }) => kind === 'file');
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (files.length > COLLECT_LIMITS.files) refuse('it holds more than 2,000 files');
  if (state === 'files' && total > COLLECT_LIMITS.unpacked) refuse('it holds more than 32 MiB');
  return { state, sent: Number(sent), lines, files, total };
}

/** A line of the index. `bytes` is a file's size; for `more`, how many things were left out; otherwise, 0. */
function readLine(line: string) {
  const [, kind = '', size, name = ''] =
    LINE.exec(line) ?? refuse('a line of its index is malformed');
  const bytes = Number(size);
  if (!Number.isSafeInteger(bytes)) refuse('a size in its index is not a number of bytes');
  return { kind, bytes, path: Buffer.from(name, 'latin1') };
}

function filesOf({ lines, files }: Index, content: Buffer): Bundle {
  checkPaths(files.map(({ path }) => path.toString('latin1')));
  let at = 0;
  const read = files.map(({ path, bytes }) => ({
    path,
    name: path.toString(),
    content: content.subarray(at, (at += bytes)),
  }));
  return {
    kind: 'files',
    files: read.toSorted((a, b) => Buffer.compare(a.path, b.path)),
    leftOut: lines.flatMap(({ kind, path }) => {
      const reason = LEFT_OUT_REASONS.find((one) => one === kind);
      // `//` stands for a line break, since no path contains it.
      return reason === undefined ? [] : [{ name: path.toString().replaceAll('//', '\n'), reason }];
    }),
    leftOutMore: lines.find(({ kind }) => kind === 'more')?.bytes ?? 0,
    unmatched: lines.filter(({ kind }) => kind === 'none').map(({ path }) => path.toString()),
  };
}

/** Refuses a path that leads out of the folder, is repeated, or is both file and folder, and too many folders. */
function checkPaths(paths: readonly string[]): void {
  const taken = new Set(paths);
  const folders = new Set<string>();
  if (taken.size < paths.length) refuse('a path in it appears twice');
  for (const path of paths) {
    if (path.includes('\0') || path.includes('\\'))
      refuse('a path in it has a character that is not allowed');
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

function overLimit({ state, sent, files, total }: Index): Bundle {
  const sizes = files.map(({ path, bytes }) => ({ path: path.toString(), bytes }));
  const limit = state === 'too-many' ? 'files' : state === 'too-big' ? 'unpacked' : 'sent';
  return {
    kind: 'over',
    limit,
    bytes: limit === 'sent' ? sent : total,
    biggest: biggestOf(sizes, 5),
  };
}
