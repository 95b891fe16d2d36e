import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  BEGIN_LINE,
  BOUNDARY_PREFIX,
  findBoundary,
  hashInFirstLine,
  hashOf,
  PART_OF_A_BOUNDARY,
  startLine,
} from './boundary.ts';
import { joined, whole, type CommandOutput } from './output.ts';

/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024 bytes") and drops the
 * rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
export const LOG_LIMIT = 524_288;

/** The largest accepted `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY`, in bytes. If larger, the pod sends one more. */
export const FILE_LIMIT = 65_536;

/** The largest output that the pod compresses, in bytes. Of a larger one, only the start and the end come back. */
const PACKED_LIMIT = 67_108_864;

/** What came back from the pod. */
export type PodReport =
  /** Not written by this action's script, or by another run of it. Shown as it is, and not trusted at all. */
  | { readonly kind: 'foreign'; readonly output: string }
  /**
   * The script began, but the log has neither {@link BEGIN_LINE} nor a refusal. The container was killed before the
   * command, or it is a second container, whose script finds no boundary: the first one's command may have run.
   */
  | { readonly kind: 'not-begun'; readonly output: string }
  /** The script says that it ran nothing. */
  | {
      readonly kind: 'refused';
      /** Whether the log has nothing else. Anything else contradicts it, above all {@link BEGIN_LINE}. */
      readonly alone: boolean;
      /**
       * What the pod lacks: a tool, one of the action's files, `disk`, or a default `namespace`. Absent if the pod started
       * too late.
       */
      readonly lacks?: string;
      /** The line in which kubectl says why. Foreign text. */
      readonly why?: string;
    }
  | {
      readonly kind: 'ran';
      readonly output: CommandOutput;
      /** The script reached its end, so all below is known. Otherwise, it was killed, or AKS cut the end off. */
      readonly complete: boolean;
      /** The command's exit code, or 124 after a timeout. If the stream lacks it, the output is incomplete, too. */
      readonly exitCode?: number;
      /** The timeout, in seconds, at which the pod ended the command. */
      readonly timedOutAfter?: number;
      /** The text of `$GITHUB_OUTPUT`, over {@link FILE_LIMIT} bytes if the file is. Absent if lost, or not a file. */
      readonly outputs?: string;
      /** The text of `$GITHUB_STEP_SUMMARY`, likewise. */
      readonly summary?: string;
      /** Absent if nothing was to be collected, or if it did not arrive. */
      readonly collection?: SentCollection;
    };

/** What the pod collected, as `src/collect/collect.sh` sent it, or why that script sent nothing. */
export type SentCollection =
  | { readonly kind: 'sent'; readonly base64: string }
  | { readonly kind: 'uncollected'; readonly because: 'time' | 'disk' | 'size' };

/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
export const REFUSED_EXIT_CODE = 75;

/** The exit code of a script that finds no boundary: another container of the pod has used it, or it did not arrive. */
export const NO_BOUNDARY_EXIT_CODE = 76;

/** What follows the boundary on a line of the stream. */
const WORD =
  /(?:(exit|part|tail|timed-out) (\d{1,15})|(refused|lacks namespace [^\n]{0,300}|lacks [a-z0-9.]{1,16}|outputs|summary|collected|uncollected (?:time|disk|size)|gzip|end))(?=\n|$)/y;

/** Words that may end a log without a newline, which a service may strip. Any other may have lost a digit then. */
const LAST_WORD = /^(?:end|refused|lacks .*)$/;

/** A line of the stream that begins with the boundary, and the text between it and the next one. */
type Section = {
  readonly word: string;
  /** Of `exit`, `part`, `tail`, and `timed-out`. */
  readonly number: number;
  readonly text: string;
};

/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS returns it.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this run's. A follower doesn't know it. Then the very first line must be the script's, and its hash
 * identifies the boundary, because only the script could write a line with a boundary of that hash.
 */
export async function readStream(logs: string, boundary?: string): Promise<PodReport> {
  const hash = boundary === undefined ? hashInFirstLine(logs) : hashOf(boundary);
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
  const refusal = sections.find(({ word }) => word === 'refused' || word.startsWith('lacks '));
  if (refusal !== undefined) {
    const alone =
      !hasBegun && before === '' && text === '' && sections.length === 1 && refusal.text === '';
    const [, lacks, ...why] = refusal.word.split(' ');
    return {
      kind: 'refused',
      alone,
      ...(lacks !== undefined && { lacks }),
      ...(why.length > 0 && { why: why.join(' ') }),
    };
  }
  if (!hasBegun) return { kind: 'not-begun', output: before + rest };

  const find = (word: string) => sections.find((section) => section.word === word);
  const { output, exitCode } = await readOutput(text, sections, known);
  const timedOut = find('timed-out');
  const outputs = find('outputs')?.text;
  const summary = find('summary')?.text;
  const collection = collectionIn(sections);
  return {
    kind: 'ran',
    // What was written before the script began is kept, because it may explain why there is nothing else.
    output: { ...output, text: before + output.text },
    complete: find('end') !== undefined,
    ...(exitCode !== undefined && { exitCode }),
    ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
    ...(outputs !== undefined && { outputs }),
    ...(summary !== undefined && { summary }),
    ...(collection !== undefined && { collection }),
  };
}

function collectionIn(sections: readonly Section[]): SentCollection | undefined {
  const collected = sections.find(({ word }) => word === 'collected');
  if (collected !== undefined) return { kind: 'sent', base64: collected.text };

  const because = (['time', 'disk', 'size'] as const).find((one) =>
    sections.some(({ word }) => word === `uncollected ${one}`),
  );
  return because && { kind: 'uncollected', because };
}

/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream: string, boundary: string): { text: string; sections: Section[] } {
  const marks: { word: string; number: number; from: number; to: number }[] = [];
  for (
    let at = indexOfLine(stream, `${boundary} `);
    at >= 0;
    at = indexOfLine(stream, `${boundary} `, at)
  ) {
    WORD.lastIndex = at + boundary.length + 1;
    const [, counting, number, plain] = WORD.exec(stream) ?? [];
    const word = counting ?? plain;
    if (word !== undefined && (WORD.lastIndex < stream.length || LAST_WORD.test(word))) {
      marks.push({
        word,
        number: Number(number),
        from: Math.max(0, at - 1),
        to: WORD.lastIndex + 1,
      });
    }
  }
  const sections = marks.map(({ word, number, to }, index) => ({
    word,
    number,
    text: stream.slice(to, Math.max(to, marks[index + 1]?.from ?? stream.length)),
  }));
  return { text: stream.slice(0, marks[0]?.from), sections };
}

/** Where a line begins with `start`: the first one, or the next one after a position; -1 if there is none. */
function indexOfLine(text: string, start: string, behind?: number): number {
  if (behind === undefined && text.startsWith(start)) return 0;
  const newline = text.indexOf(`\n${start}`, behind);
  return newline < 0 ? -1 : newline + 1;
}

/** The command's output is all that comes before its exit mark, since background processes may write after it. */
async function readOutput(
  text: string,
  sections: readonly Section[],
  boundary: string | undefined,
) {
  const [first] = sections;
  if (first?.word === 'exit') return { output: whole(text), exitCode: first.number };
  const start = withoutBrokenEnd(text, boundary);
  if (first?.word !== 'part' || boundary === undefined)
    return { output: { text: start, truncated: true } };
  const packed = sections.find(({ word }) => word === 'gzip');
  const unpacked = packed && (await unpack(packed.text));
  if (unpacked === undefined) return readTail(start, first.number, sections, boundary);
  const { text: output, sections: marks } = split(unpacked, boundary);
  // If the pod's disk was full, even a sound archive lacks the end of the output, and the exit mark with it.
  return marks[0]?.word === 'exit'
    ? { output: whole(output), exitCode: marks[0].number }
    : { output: { text: output, truncated: true } };
}

/** @returns undefined if it is damaged or incomplete. */
async function unpack(base64: string): Promise<string | undefined> {
  const packed = Buffer.from(base64, 'base64');
  return promisify(gunzip)(packed, { maxOutputLength: PACKED_LIMIT }).then(String, () => undefined);
}

function readTail(
  start: string,
  totalBytes: number,
  sections: readonly Section[],
  boundary: string,
) {
  const at = sections.findIndex(({ word }) => word === 'tail');
  const tail = sections[at];
  if (tail === undefined) {
    return { output: joined(start, Math.max(1, totalBytes - Buffer.byteLength(start)), '') };
  }
  const next = sections[at + 1];
  const text =
    next === undefined ? withoutBrokenEnd(`\n${tail.text}`, boundary).slice(1) : tail.text;
  return {
    output: joined(start, tail.number, text.replace(/^\uFFFD{1,3}/, '')),
    ...(next?.word === 'exit' && { exitCode: next.number }),
  };
}

/** A text that was cut off may end in a broken character (up to three U+FFFD) or in the middle of a mark. */
function withoutBrokenEnd(text: string, boundary: string | undefined): string {
  const line = text.lastIndexOf(`\n${BOUNDARY_PREFIX}`);
  const rest = text.slice(line + 1);
  // If the boundary is unknown, none has arrived whole.
  const isMark =
    line >= 0 &&
    (boundary === undefined
      ? PART_OF_A_BOUNDARY.test(rest)
      : boundary.startsWith(rest) || (rest.startsWith(`${boundary} `) && !rest.includes('\n')));
  return isMark ? text.slice(0, line) : text.replace(/\uFFFD{1,3}$/, '');
}
