import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/**
 * AKS keeps the first 512 KiB of what a pod writes ("every truncated response was exactly 512·1024 bytes") and drops the
 * rest. In bytes; `src/pod/pod-script.sh` stays below.
 */
export const LOG_LIMIT = 524_288;

/** What of a long output is sent first and shown live: 128 KiB, as in `src/pod/pod-script.sh`. */
export const HEAD_LIMIT = 131_072;

/** The largest `$GITHUB_OUTPUT` and `$GITHUB_STEP_SUMMARY` that are taken, in bytes. The pod sends one byte more of a larger one. */
export const FILE_LIMIT = 65_536;

/** How much of the unpacked output is kept at most, in bytes: half from its start, half from its end. */
export const UNPACKED_LIMIT = 33_554_432;

/** What the action's output `output` may hold, in bytes: an environment variable of a next step cannot hold 128 KiB. */
export const OUTPUT_LIMIT = 98_304;

/** What the command wrote, stdout and stderr merged. */
export type CommandOutput = {
  /** Where bytes are missing in the middle or at a known end, one line of the action's own says so in their place. */
  readonly text: string;
  /** Bytes are missing: `missingBytes` of them, or an unknown number where AKS cut the end off or the container was killed. */
  readonly truncated: boolean;
  /** As the pod counted; absent where nobody knows. 0 where nothing is missing. */
  readonly missingBytes?: number;
};

/** What came back from the pod. */
export type PodReport =
  /** Not written by this action's script, or not by this run of it: shown as it is, and trusted in nothing. */
  | { readonly kind: 'foreign'; readonly output: string }
  /** The pod started at its start-by time or later, and ran nothing. */
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'ran';
      readonly output: CommandOutput;
      /** The script reached its end, so that everything below is known. Else the container was killed, or AKS cut the end off. */
      readonly complete: boolean;
      /** The command's, 124 after a timeout; absent where the stream does not tell. */
      readonly exitCode?: number;
      /** The timeout, in seconds, at which the pod ended the command. */
      readonly timedOutAfter?: number;
      /** `shell: bash` was asked for, the pod has none, and nothing ran. */
      readonly noBash: boolean;
      /** The text of `$GITHUB_OUTPUT`, longer than {@link FILE_LIMIT} bytes if the file is; absent where it did not arrive. */
      readonly outputs?: string;
      /** The text of `$GITHUB_STEP_SUMMARY`, likewise. */
      readonly summary?: string;
    };

/** Where the stream of a script begins, with what must follow: only this is looked for where the boundary is not known. */
const FIRST_LINE = /^(aks-run-command:[0-9a-f]{32}) start\n/;

/** What follows the boundary on a line of the transport. */
const WORD = /(?:(exit|part|tail|timed-out) (\d{1,15})|(refused|no-bash|outputs|summary|gzip|end))(?=\n|$)/y;

/** A line of the transport and what came between it and the next one. */
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
 * @param boundary this run's. A follower does not know it: then the very first line must be the script's, and names it.
 */
export async function readTransport(logs: string, boundary?: string): Promise<PodReport> {
  const known = boundary ?? FIRST_LINE.exec(logs)?.[1];
  const start = known === undefined ? -1 : indexOfLine(logs, `${known} start\n`);
  if (known === undefined || start < 0) {
    return { kind: 'foreign', output: logs };
  }
  const stream = logs.slice(start + `${known} start\n`.length);
  const { text, sections } = split(stream, known);
  if (text === '' && sections[0]?.word === 'refused') {
    return { kind: 'refused' };
  }

  const find = (word: string): Section | undefined => sections.find((section) => section.word === word);
  const { output, exitCode } = await readOutput(text, sections, known);
  const timedOut = find('timed-out');
  const outputs = find('outputs')?.text;
  const summary = find('summary')?.text;
  return {
    kind: 'ran',
    // What somebody else wrote before the script began is kept: it may be why nothing else is there.
    output: { ...output, text: logs.slice(0, start) + output.text },
    complete: find('end') !== undefined,
    ...(exitCode !== undefined && { exitCode }),
    ...(timedOut !== undefined && { timedOutAfter: timedOut.number }),
    noBash: find('no-bash') !== undefined,
    ...(outputs !== undefined && { outputs }),
    ...(summary !== undefined && { summary }),
  };
}

/** The text before the first line of the transport, and the sections behind it. */
function split(stream: string, boundary: string): { text: string; sections: Section[] } {
  const marks: { word: string; number: number; from: number; to: number }[] = [];
  for (let at = indexOfLine(stream, `${boundary} `); at >= 0; at = indexOfLine(stream, `${boundary} `, at + 1)) {
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

/** Where a line begins with that, from a position on; -1 where none does. */
function indexOfLine(text: string, start: string, from = 0): number {
  if (from === 0 && text.startsWith(start)) {
    return 0;
  }
  const newline = text.indexOf(`\n${start}`, Math.max(0, from - 1));
  return newline < 0 ? -1 : newline + 1;
}

type Output = { readonly output: CommandOutput; readonly exitCode?: number };

const whole = (text: string): CommandOutput => ({ text, truncated: false, missingBytes: 0 });

/** The command's output is what stands before its exit mark, wherever that is: background processes may write behind it. */
async function readOutput(text: string, sections: readonly Section[], boundary: string): Promise<Output> {
  const [first] = sections;
  if (first?.word === 'exit') {
    return { output: whole(text), exitCode: first.number };
  }
  const start = withoutBrokenEnd(text, boundary);
  if (first?.word !== 'part') {
    return { output: { text: start, truncated: true } };
  }

  const packed = sections.find(({ word }) => word === 'gzip');
  const unpacked = packed && (await unpack(packed.text));
  if (unpacked !== undefined) {
    const head = upToExit(unpacked.start, boundary);
    if (head.exitCode !== undefined || unpacked.missingBytes === 0) {
      return { ...head, output: whole(head.text) };
    }
    const end = upToExit(unpacked.end, boundary);
    return { ...end, output: joined(head.text, unpacked.missingBytes, end.text) };
  }

  const at = sections.findIndex(({ word }) => word === 'tail');
  const tail = sections[at];
  if (tail === undefined) {
    return { output: joined(start, Math.max(1, first.number - HEAD_LIMIT), '') };
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

function joined(start: string, missingBytes: number, end: string): CommandOutput {
  const newline = start === '' || start.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
}

/** What was cut anywhere may end in a broken character (as many as three U+FFFD), or in the midst of a mark. */
function withoutBrokenEnd(text: string, boundary: string): string {
  const line = text.lastIndexOf(`\n${boundary.slice(0, boundary.indexOf(':') + 1)}`);
  const rest = text.slice(line + 1);
  const isMark = line >= 0 && (boundary.startsWith(rest) || (rest.startsWith(`${boundary} `) && !rest.includes('\n')));
  return isMark ? text.slice(0, line) : text.replace(/\uFFFD{1,3}$/, '');
}

type Unpacked = { readonly start: string; readonly end: string; readonly missingBytes: number };

/** Unpacks, holding no more than {@link UNPACKED_LIMIT} bytes; undefined where it is not sound to its end. */
async function unpack(base64: string): Promise<Unpacked | undefined> {
  const half = UNPACKED_LIMIT / 2;
  const start: Buffer[] = [];
  const end: Buffer[] = [];
  let startBytes = 0;
  let endBytes = 0;
  let missingBytes = 0;
  const gunzip = createGunzip({ chunkSize: 65_536 });
  gunzip.end(Buffer.from(base64, 'base64'));
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      const first = chunk.subarray(0, half - startBytes);
      const rest = chunk.subarray(first.length);
      start.push(first);
      end.push(rest);
      startBytes += first.length;
      endBytes += rest.length;
      while (end[0] !== undefined && endBytes - end[0].length >= half) {
        endBytes -= end[0].length;
        missingBytes += end[0].length;
        end.shift();
      }
    }
  } catch {
    return undefined;
  }
  if (missingBytes === 0 && endBytes <= half) {
    return { start: Buffer.concat([...start, ...end]).toString(), end: '', missingBytes };
  }
  const last = Buffer.concat(end);
  const from = characterStart(last, last.length - half);
  return {
    // A decoder, unlike toString, keeps back a character that is not complete.
    start: new StringDecoder('utf8').write(Buffer.concat(start)),
    end: last.toString('utf8', from),
    missingBytes: missingBytes + from,
  };
}

/**
 * The end of a text from the start of a line, or, where its last line is too long, from within that line.
 *
 * @param maxBytes of UTF-8
 */
export function endOfOutput(text: string, maxBytes: number = OUTPUT_LIMIT): string {
  // No character takes less than a byte, so that what is cut off here would not fit. One more tells where a line starts.
  const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
  if (bytes.length <= maxBytes) {
    return text;
  }
  const start = characterStart(bytes, bytes.length - maxBytes);
  const line = bytes.indexOf('\n', start - 1) + 1;
  return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}

/** The first position from there on where a character of UTF-8 starts. */
function characterStart(bytes: Buffer, from: number): number {
  const start = bytes.subarray(from, from + 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return from + Math.max(0, start);
}
