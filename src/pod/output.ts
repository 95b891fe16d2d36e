import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BOUNDARY_PREFIX } from './boundary.ts';
import { split, type Section } from './sections.ts';

/**
 * The largest output that the pod compresses, in bytes. Of a larger one, only the start and the end
 * come back.
 */
const PACKED_LIMIT = 67_108_864;

/** What the command wrote to stdout and stderr. */
export type CommandOutput = {
  /** If a known number of bytes is missing, a line by the action takes their place. */
  readonly text: string;
  /**
   * Bytes are missing: `missingBytes` of them, or an unknown number if AKS cut the end off or the
   * container died.
   */
  readonly truncated: boolean;
  /** As counted by the pod: 0 if nothing is missing, absent if unknown. */
  readonly missingBytes?: number;
};

/**
 * Reads the command's output and its exit code. The output is all that comes before the exit mark,
 * since background processes may write after it.
 *
 * @param text what comes before the first section
 * @param boundary undefined if it is unknown. Then there are no sections.
 */
export async function readOutput(
  text: string,
  sections: readonly Section[],
  boundary: string | undefined,
): Promise<{ readonly output: CommandOutput; readonly exitCode?: number }> {
  const [first] = sections;
  if (first?.word === 'exit') return exited(whole(text), first);

  const start = withoutBrokenEnd(text, boundary);
  if (first?.word !== 'part' || boundary === undefined) return { output: cutOff(start) };

  const packed = sections.find(({ word }) => word === 'gzip');
  const unpacked = packed === undefined ? undefined : await unpack(packed.text);
  if (unpacked === undefined) return readTail(start, Number(first.detail), sections, boundary);
  return readUnpacked(unpacked, boundary);
}

function exited(output: CommandOutput, exit: Section) {
  return { output, exitCode: Number(exit.detail) };
}

/** An output with nothing missing. */
function whole(text: string): CommandOutput {
  return { text, truncated: false, missingBytes: 0 };
}

/** An output of which an unknown part is missing, and the exit code with it. */
function cutOff(text: string): CommandOutput {
  return { text, truncated: true };
}

/** @returns undefined if it is damaged or incomplete. */
async function unpack(base64: string): Promise<string | undefined> {
  const packed = Buffer.from(base64, 'base64');
  return promisify(gunzip)(packed, { maxOutputLength: PACKED_LIMIT }).then(String, () => undefined);
}

function readUnpacked(unpacked: string, boundary: string) {
  const { text, sections } = split(unpacked, boundary);
  const [first] = sections;
  // If the pod's disk was full, even a sound archive lacks the end of the output, and the exit mark
  // with it.
  return first?.word === 'exit' ? exited(whole(text), first) : { output: cutOff(text) };
}

/** The start of an output, and as much of its end as there was room for. */
function readTail(
  start: string,
  totalBytes: number,
  sections: readonly Section[],
  boundary: string,
) {
  const at = sections.findIndex(({ word }) => word === 'tail');
  const tail = sections[at];
  if (tail === undefined) {
    const missing = totalBytes - Buffer.byteLength(start);
    return { output: joined(start, Math.max(1, missing), '') };
  }

  const next = sections[at + 1];
  const end = next === undefined ? withoutBrokenLine(tail.text, boundary) : tail.text;
  // The pod cuts by bytes, so the first character may be a broken one.
  const output = joined(start, Number(tail.detail), end.replace(/^\uFFFD{1,3}/, ''));
  return next?.word === 'exit' ? exited(output, next) : { output };
}

/**
 * The start and the end of an output. A line by the action between them says how much is missing.
 */
function joined(start: string, missingBytes: number, end: string): CommandOutput {
  if (missingBytes === 0) return whole(start + end);

  const newline = start === '' || start.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
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
  if (boundary === undefined) return /^aks-run-command:[0-9a-f]{0,32}$/.test(line);
  return boundary.startsWith(line) || (line.startsWith(`${boundary} `) && !line.includes('\n'));
}
