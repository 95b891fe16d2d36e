import {
  BEGIN_LINE,
  BOUNDARY_PREFIX,
  findBoundary,
  hashInFirstLine,
  hashOf,
  PART_OF_A_BOUNDARY,
  startLine,
} from './boundary.ts';
import { readBundle, type Bundle } from './bundle.ts';
import { joined, whole, type CommandOutput } from './output.ts';
import { unpackSpool, type Spool } from './spool.ts';

/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024 bytes") and drops the
 * rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
export const LOG_LIMIT = 524_288;

/** What of a long output is sent first and shown live: 128 KiB, as in `src/pod/pod-script.sh`. */
export const HEAD_LIMIT = 131_072;

/** The largest `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY` that are taken, in bytes. The pod sends one byte more of a larger one. */
export const FILE_LIMIT = 65_536;

/** What came back from the pod. */
export type PodReport =
  /** Not written by this action's script, or not by this run of it: shown as it is, and trusted in nothing. */
  | { readonly kind: 'foreign'; readonly output: string }
  /**
   * The script says that the pod started at its start-by time or later, and that it ran nothing.
   *
   * `alone`: it is all there is in the log. Anything beside it contradicts it, the line {@link BEGIN_LINE} above all.
   */
  | { readonly kind: 'refused'; readonly alone: boolean }
  | {
      readonly kind: 'ran';
      readonly output: CommandOutput;
      /** The script reached its end, so that everything below is known. Else the container was killed, or AKS cut the end off. */
      readonly complete: boolean;
      /** The command's, 124 after a timeout; absent where the stream does not tell, and then the output is not whole. */
      readonly exitCode?: number;
      /** The timeout, in seconds, at which the pod ended the command. */
      readonly timedOutAfter?: number;
      /** `shell: bash` was asked for, the pod has none, and nothing ran. */
      readonly noBash: boolean;
      /** The file with the variables of `env` could not be read, and nothing ran. */
      readonly noVariables: boolean;
      /** The text of `$GITHUB_OUTPUT`, longer than {@link FILE_LIMIT} bytes if the file is; absent where it did not arrive, or is no file any more. */
      readonly outputs?: string;
      /** The text of `$GITHUB_STEP_SUMMARY`, likewise. */
      readonly summary?: string;
      /** What the pod was to collect; absent where nobody asked, or it did not arrive. */
      readonly bundle?: Bundle;
    };

/** The exit code with which the script refuses to run a command: `EX_TEMPFAIL`. */
export const REFUSED_EXIT_CODE = 75;

/** What follows the boundary on a line of the stream. */
const WORD =
  /(?:(exit|part|tail|timed-out) (\d{1,15})|(refused|no-bash|no-variables|outputs|summary|collected|uncollected [a-z0-9]{1,16}|gzip|end))(?=\n|$)/y;

/** A line of the stream that begins with the boundary, and what came between it and the next one. */
type Section = {
  readonly word: string;
  /** Of `exit`, `part` and `tail`. */
  readonly number: number;
  readonly text: string;
};

/**
 * Reads what `src/pod/pod-script.sh` wrote, as AKS gives it back.
 *
 * @param logs decoded as UTF-8, broken characters as U+FFFD
 * @param boundary this run's. A follower does not know it: then the very first line must be the script's. Its hash tells
 * the boundary among the lines that follow, none of which anybody but the script could write.
 */
export async function readStream(logs: string, boundary?: string): Promise<PodReport> {
  const hash = boundary === undefined ? hashInFirstLine(logs) : hashOf(boundary);
  const start = hash === undefined ? -1 : indexOfLine(logs, startLine(hash));
  if (hash === undefined || start < 0) {
    return { kind: 'foreign', output: logs };
  }
  const before = logs.slice(0, start);
  const rest = logs.slice(start + startLine(hash).length);
  const begun = rest.startsWith(BEGIN_LINE);
  const stream = begun ? rest.slice(BEGIN_LINE.length) : rest;
  const known = boundary ?? findBoundary(stream, hash);
  const { text, sections } = known === undefined ? { text: stream, sections: [] } : split(stream, known);
  if (sections.some(({ word }) => word === 'refused')) {
    const alone = !begun && before === '' && text === '' && sections.length === 1 && sections[0]?.text === '';
    return { kind: 'refused', alone };
  }

  const find = (word: string): Section | undefined => sections.find((section) => section.word === word);
  const { output, exitCode } = await readOutput(text, sections, known);
  const timedOut = find('timed-out');
  const outputs = find('outputs')?.text;
  const summary = find('summary')?.text;
  const bundle = await bundleIn(sections);
  return {
    kind: 'ran',
    // What somebody else wrote before the script began is kept: it may be why nothing else is there.
    output: { ...output, text: before + output.text },
    complete: find('end') !== undefined,
    ...(exitCode !== undefined && { exitCode }),
    ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
    noBash: find('no-bash') !== undefined,
    noVariables: find('no-variables') !== undefined,
    ...(outputs !== undefined && { outputs }),
    ...(summary !== undefined && { summary }),
    ...(bundle !== undefined && { bundle }),
  };
}

async function bundleIn(sections: readonly Section[]): Promise<Bundle | undefined> {
  for (const { word, text } of sections) {
    if (word === 'collected') return readBundle(text);
    const because = /^uncollected (.+)$/.exec(word)?.[1];
    if (because !== undefined) return { kind: 'uncollected', because };
  }
  return undefined;
}

/** The text before the first line that begins with the boundary, and the sections behind it. */
function split(stream: string, boundary: string): { text: string; sections: Section[] } {
  const marks: { word: string; number: number; from: number; to: number }[] = [];
  for (let at = indexOfLine(stream, `${boundary} `); at >= 0; at = indexOfLine(stream, `${boundary} `, at)) {
    WORD.lastIndex = at + boundary.length + 1;
    const [, counting, number, plain] = WORD.exec(stream) ?? [];
    const word = counting ?? plain;
    // A service may take the last newline off; any other word without one may have lost a digit.
    if (word !== undefined && (WORD.lastIndex < stream.length || word === 'end' || word === 'refused')) {
      marks.push({ word, number: Number(number), from: Math.max(0, at - 1), to: WORD.lastIndex + 1 });
    }
  }
  const sections = marks.map(({ word, number, to }, index) => ({
    word,
    number,
    text: stream.slice(to, Math.max(to, marks[index + 1]?.from ?? stream.length)),
  }));
  return { text: stream.slice(0, marks[0]?.from), sections };
}

/** Where a line begins with that, the first one, or the next one behind a position; -1 where none does. */
function indexOfLine(text: string, start: string, behind?: number): number {
  if (behind === undefined && text.startsWith(start)) {
    return 0;
  }
  const newline = text.indexOf(`\n${start}`, behind);
  return newline < 0 ? -1 : newline + 1;
}

type Output = { readonly output: CommandOutput; readonly exitCode?: number };

/** The command's output is what stands before its exit mark, wherever that is: background processes may write behind it. */
async function readOutput(text: string, sections: readonly Section[], boundary: string | undefined): Promise<Output> {
  const [first] = sections;
  if (first?.word === 'exit') {
    return { output: whole(text), exitCode: first.number };
  }
  const start = withoutBrokenEnd(text, boundary);
  if (first?.word !== 'part' || boundary === undefined) {
    return { output: { text: start, truncated: true } };
  }
  const packed = sections.find(({ word }) => word === 'gzip');
  const unpacked = packed && (await unpackSpool(packed.text));
  return unpacked === undefined ? readTail(start, first.number, sections) : readSpool(unpacked, boundary);
}

/** Only its exit mark says that an output is whole: a full disk in the pod takes the end, and leaves a sound spool. */
function readSpool(spool: Spool, boundary: string): Output {
  const head = upToExit(spool.start, boundary);
  if (head.exitCode !== undefined) {
    return { ...head, output: whole(head.text) };
  }
  if (spool.missingBytes === 0) {
    return { output: { text: head.text, truncated: true } };
  }
  const end = upToExit(spool.end, boundary);
  return { ...end, output: joined(head.text, spool.missingBytes, end.text) };
}

function readTail(start: string, totalBytes: number, sections: readonly Section[]): Output {
  const at = sections.findIndex(({ word }) => word === 'tail');
  const tail = sections[at];
  if (tail === undefined) {
    return { output: joined(start, Math.max(1, totalBytes - Buffer.byteLength(start)), '') };
  }
  const next = sections[at + 1];
  return {
    output: joined(start, tail.number, tail.text.replace(/^\uFFFD{1,3}/, '')),
    ...(next?.word === 'exit' && { exitCode: next.number }),
  };
}

function upToExit(spool: string, boundary: string): { text: string; exitCode?: number } {
  const { text, sections } = split(spool, boundary);
  const [first] = sections;
  return first?.word === 'exit' ? { text, exitCode: first.number } : { text };
}

/** What was cut anywhere may end in a broken character (as many as three U+FFFD), or in the midst of a mark. */
function withoutBrokenEnd(text: string, boundary: string | undefined): string {
  const line = text.lastIndexOf(`\n${BOUNDARY_PREFIX}`);
  const rest = text.slice(line + 1);
  // A boundary that nobody knows has not come through whole.
  const isMark =
    line >= 0 &&
    (boundary === undefined
      ? PART_OF_A_BOUNDARY.test(rest)
      : boundary.startsWith(rest) || (rest.startsWith(`${boundary} `) && !rest.includes('\n')));
  return isMark ? text.slice(0, line) : text.replace(/\uFFFD{1,3}$/, '');
}
