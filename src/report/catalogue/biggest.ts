import type { FileSize } from '../../failure.ts';
import { formatBytes } from '../../text/bytes.ts';

/** The files to look at first, as the lines of a list; undefined for none. */
export function biggestLines(biggest: readonly FileSize[]): readonly string[] | undefined {
  return biggest.length === 0 ? undefined : ['The biggest files:', ...biggest.map(sizeLine)];
}

function sizeLine({ path, bytes }: FileSize): string {
  return `${formatBytes(bytes).padStart(10)}  ${path}`;
}
