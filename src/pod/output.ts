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

/** An output of which nothing is missing. */
export function whole(text: string): CommandOutput {
  return { text, truncated: false, missingBytes: 0 };
}

/** Start and end of an output, with a line of the action's own in place of what is missing between them. */
export function joined(start: string, missingBytes: number, end: string): CommandOutput {
  if (missingBytes === 0) return whole(start + end);
  const newline = start === '' || start.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
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
export function characterStart(bytes: Buffer, from: number): number {
  const start = bytes.subarray(from, from + 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return from + Math.max(0, start);
}
