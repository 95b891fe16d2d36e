import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  BEGIN_LINE,
  BOUNDARY_PREFIX,
  findBoundary,
  hashInStartLine,
  hashOf,
  PART_OF_A_BOUNDARY,
  startLine,
} from './boundary.ts';
import { joined, whole, type CommandOutput } from './output.ts';
import { indexOfLine, split, type Section } from './sections.ts';

/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024
 * bytes") and drops the rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
export const LOG_LIMIT = 524_288;

/**
 * The largest accepted `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY`, in bytes. If larger, the pod
 * sends one more.
 */
export const FILE_LIMIT = 65_536;

/**
 * The largest output that the pod compresses, in bytes. Of a larger one, only the start and the end
 * come back.
 */
const PACKED_LIMIT = 67_108_864;

/** What came back from the pod. */
export type PodReport =
  /**
   * Not written by this action's script, or by another run of it. Shown as it is, and not trusted
   * at all.
   */
  | { readonly kind: 'foreign'; readonly output: string }
  /**
   * The script began, but the log has neither {@link BEGIN_LINE} nor a refusal. The container was
   * killed before the command, or it is a second container, whose script finds no boundary: the
   * first one's command may have run.
   */
  | { readonly kind: 'not-begun'; readonly output: string }
  /** The script says that it ran nothing. */
  | {
      readonly kind: 'refused';
      /**
       * Whether the log has nothing else. Anything else contradicts it, above all {@link
       * BEGIN_LINE}.
       */
      readonly alone: boolean;
      /**
       * What the pod lacks: a tool, one of the action's files, `disk`, or a default `namespace`.
       * Absent if the pod started too late.
       */
      readonly lacks?: string;
      /** The line in which kubectl says why. Foreign text. */
      readonly why?: string;
    }
  | {
      readonly kind: 'ran';
      readonly output: CommandOutput;
      /**
       * The script reached its end, so all below is known. Otherwise, it was killed, or AKS cut the
       * end off.
       */
      readonly complete: boolean;
      /**
       * The command's exit code, or 124 after a timeout. If the stream lacks it, the output is
       * incomplete, too.
       */
      readonly exitCode?: number;
      /** The timeout, in seconds, at which the pod ended the command. */
      readonly timedOutAfter?: number;
      /**
       * The text of `$GITHUB_OUTPUT`, over {@link FILE_LIMIT} bytes if the file is. Absent if lost,
       * or not a file.
       */
      readonly outputs?: string;
      /** The text of `$GITHUB_STEP_SUMMARY`, likewise. */
      readonly summary?: string;
      /** Absent if nothing was to be collected, or if it did not arrive. */
      readonly collection?: ReceivedCollection;
    };

/** What the pod collected, as `src/collect/collect.sh` sent it, or why that script sent nothing. */
export type ReceivedCollection =
  | { readonly kind: 'received'; readonly base64: string }
  | { readonly kind: 'uncollected'; readonly because: 'time' | 'disk' | 'size' };

/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
export const REFUSED_EXIT_CODE = 75;

/**
 * The exit code of a script that finds no boundary: another container of the pod has used it, or it
 * did not arrive.
 */
export const NO_BOUNDARY_EXIT_CODE = 76;

/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this submission's. A follower doesn't know it. Then the hash in the script's first
 *   line identifies it, because only the script could write a line with a boundary of that hash. But
 *   any tool's command can print such a log. So if a command began, and the log has anything before
 *   the script's first line or after its last one, it is taken for another tool's.
 */
export async function readStream(logs: string, boundary?: string): Promise<PodReport> {
  const hash = boundary === undefined ? hashInStartLine(logs) : hashOf(boundary);
  // The last line of a log may lack its newline.
  const start = hash === undefined ? -1 : indexOfLine(`${logs}\n`, startLine(hash));
  if (hash === undefined || start < 0) return { kind: 'foreign', output: logs };

  const before = logs.slice(0, start);
  const rest = logs.slice(start + startLine(hash).length);
  const hasBegun = `${rest}\n`.startsWith(BEGIN_LINE);
  const stream = hasBegun ? rest.slice(BEGIN_LINE.length) : rest;
  const known = boundary ?? findBoundary(stream, hash);
  const { text, sections } =
    known === undefined ? { text: stream, sections: [] } : split(stream, known);

  const refusal = sections.find(isRefusal);
  if (refusal !== undefined) {
    const isAll = before === '' && text === '' && sections.length === 1 && refusal.text === '';
    return { kind: 'refused', alone: !hasBegun && isAll, ...lackOf(refusal) };
  }
  if (!hasBegun) return { kind: 'not-begun', output: before + rest };
  const isAlone = before === '' && !goesOn(sections);
  if (boundary === undefined && !isAlone) return { kind: 'foreign', output: logs };

  const { output, exitCode } = await readOutput(text, sections, known);
  const find = (word: string) => sections.find((section) => section.word === word);
  const timedOut = find('timed-out');
  const outputs = find('outputs')?.text;
  const summary = find('summary')?.text;
  const collection = collectionIn(sections);
  return {
    kind: 'ran',
    // What was written before the script began may explain why there is nothing else.
    output: { ...output, text: before + output.text },
    complete: find('end') !== undefined,
    ...(exitCode !== undefined && { exitCode }),
    ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
    ...(outputs !== undefined && { outputs }),
    ...(summary !== undefined && { summary }),
    ...(collection !== undefined && { collection }),
  };
}

/**
 * Whether something follows the script's last line. Then the log is another tool's, and what its
 * command printed first only looks like the script's.
 */
function goesOn(sections: readonly Section[]): boolean {
  const end = sections.findIndex(({ word }) => word === 'end');
  return end >= 0 && sections.slice(end).some(({ text }, index) => index > 0 || text !== '');
}

function isRefusal({ word }: Section): boolean {
  return word === 'refused' || word.startsWith('lacks ');
}

/** What the pod lacks, and the script's reason if it has one. Empty if the pod started too late. */
function lackOf({ word }: Section): { lacks?: string; why?: string } {
  const [, lacks, ...why] = word.split(' ');
  if (lacks === undefined) return {};
  return why.length === 0 ? { lacks } : { lacks, why: why.join(' ') };
}

function collectionIn(sections: readonly Section[]): ReceivedCollection | undefined {
  const collected = sections.find(({ word }) => word === 'collected');
  if (collected !== undefined) return { kind: 'received', base64: collected.text };

  const because = (['time', 'disk', 'size'] as const).find((one) =>
    sections.some(({ word }) => word === `uncollected ${one}`),
  );
  return because === undefined ? undefined : { kind: 'uncollected', because };
}

type OutputRead = { readonly output: CommandOutput; readonly exitCode?: number };

/**
 * The command's output is all that comes before its exit mark, since background processes may write
 * after it.
 */
async function readOutput(
  text: string,
  sections: readonly Section[],
  boundary: string | undefined,
): Promise<OutputRead> {
  const [first] = sections;
  if (first?.word === 'exit') return { output: whole(text), exitCode: first.number };

  const start = withoutBrokenEnd(text, boundary);
  if (first?.word !== 'part' || boundary === undefined) return cutOff(start);

  const packed = sections.find(({ word }) => word === 'gzip');
  const unpacked = packed === undefined ? undefined : await unpack(packed.text);
  if (unpacked === undefined) return readTail(start, first.number, sections, boundary);
  return readUnpacked(unpacked, boundary);
}

/** An output of which an unknown part is missing, and the exit code with it. */
function cutOff(text: string): OutputRead {
  return { output: { text, truncated: true } };
}

/** @returns undefined if it is damaged or incomplete. */
async function unpack(base64: string): Promise<string | undefined> {
  const packed = Buffer.from(base64, 'base64');
  return promisify(gunzip)(packed, { maxOutputLength: PACKED_LIMIT }).then(String, () => undefined);
}

function readUnpacked(unpacked: string, boundary: string): OutputRead {
  const { text, sections } = split(unpacked, boundary);
  const [first] = sections;
  // If the pod's disk was full, even a sound archive lacks the end of the output, and the exit mark
  // with it.
  if (first?.word !== 'exit') return cutOff(text);
  return { output: whole(text), exitCode: first.number };
}

/** The start of an output, and as much of its end as there was room for. */
function readTail(
  start: string,
  totalBytes: number,
  sections: readonly Section[],
  boundary: string,
): OutputRead {
  const at = sections.findIndex(({ word }) => word === 'tail');
  const tail = sections[at];
  if (tail === undefined) {
    const missing = totalBytes - Buffer.byteLength(start);
    return { output: joined(start, Math.max(1, missing), '') };
  }

  const next = sections[at + 1];
  const end = next === undefined ? withoutBrokenLine(tail.text, boundary) : tail.text;
  // The pod cuts by bytes, so the first character may be a broken one.
  const output = joined(start, tail.number, end.replace(/^\uFFFD{1,3}/, ''));
  return next?.word === 'exit' ? { output, exitCode: next.number } : { output };
}

/** {@link withoutBrokenEnd} for a text whose first line may be the broken one. */
function withoutBrokenLine(text: string, boundary: string): string {
  return withoutBrokenEnd(`\n${text}`, boundary).slice(1);
}

/**
 * A text that was cut off may end in a broken character (up to three U+FFFD) or in the middle of a
 * mark.
 */
function withoutBrokenEnd(text: string, boundary: string | undefined): string {
  const newline = text.lastIndexOf(`\n${BOUNDARY_PREFIX}`);
  if (newline >= 0 && isPartOfMark(text.slice(newline + 1), boundary)) {
    return text.slice(0, newline);
  }
  return text.replace(/\uFFFD{1,3}$/, '');
}

function isPartOfMark(line: string, boundary: string | undefined): boolean {
  // If the boundary is unknown, none has arrived whole.
  if (boundary === undefined) return PART_OF_A_BOUNDARY.test(line);
  return boundary.startsWith(line) || (line.startsWith(`${boundary} `) && !line.includes('\n'));
}
