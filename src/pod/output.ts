/**
 * The limit of the action's output `output`, in bytes: an environment variable of a later step
 * cannot hold 128 KiB.
 */
export const OUTPUT_LIMIT = 98_304;

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

/** An output with nothing missing. */
export function whole(text: string): CommandOutput {
  return { text, truncated: false, missingBytes: 0 };
}

/**
 * The start and the end of an output, with a line by the action in place of what is missing in
 * between.
 */
export function joined(start: string, missingBytes: number, end: string): CommandOutput {
  if (missingBytes === 0) return whole(start + end);
  const newline = start === '' || start.endsWith('\n') ? '' : '\n';
  const marker = `[${missingBytes.toLocaleString('en-US')} bytes of output are missing here]\n`;
  return { text: `${start}${newline}${marker}${end}`, truncated: true, missingBytes };
}

/**
 * The end of a text. It begins at the start of a line, or within the last line if that is too long.
 */
export function endOfOutput(text: string, maxBytes: number): string {
  // A character takes at least one byte, so nothing that fits is cut off. One more character tells
  // where a line starts.
  const bytes = Buffer.from(text.slice(Math.max(0, text.length - maxBytes - 1)));
  if (bytes.length <= maxBytes) return text;
  const from = bytes.length - maxBytes;
  const isStart = (byte: number) => (byte & 0xc0) !== 0x80;
  const start = from + Math.max(0, bytes.subarray(from, from + 4).findIndex(isStart));
  const line = bytes.indexOf('\n', start - 1) + 1;
  return bytes.toString('utf8', line > 0 && line < bytes.length ? line : start);
}
