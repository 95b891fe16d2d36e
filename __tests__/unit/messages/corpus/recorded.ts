import { readFileSync } from 'node:fs';

/** A script that really ran: what it printed, and the hint that its output gets. */
export type Recorded = {
  readonly name: string;
  /**
   * `bash`, `dash as nobody`; for words that only Azure or a kubelet writes, `documented`, and the
   * name is their source; for a look-alike, `made up`.
   */
  readonly shell: string;
  readonly exitCode: number;
  /** The name of the hint's row. Unset if the output must get none, whatever it contains. */
  readonly hint?: string | undefined;
  readonly script: string;
  readonly output: string;
};

const HEADER =
  /^(?<name>.+) \| (?<shell>[^|]+) \| exit (?<exitCode>\d+|\?) \| (?:no hint|(?<hint>[\w-]+))\n/;

/**
 * The entries of a file of recordings, in order; a new one has `exit ?` until record.ts has run it.
 */
export function readRecordings(file: URL): readonly Recorded[] {
  return readFileSync(file, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((entry) => {
      const { name = '', shell = '', exitCode, hint } = HEADER.exec(entry)?.groups ?? {};
      const [head = '', ...output] = entry.trimEnd().split('\n\n');
      const script = head.split('\n').slice(1).join('\n').replaceAll(/^\$ /gm, '');
      return {
        name,
        shell,
        exitCode: Number(exitCode),
        hint,
        script,
        output: output.join('\n\n'),
      };
    });
}

/**
 * All recordings: against the cluster in memory, against a real API server, what only the sources of
 * programs show, and words of other programs, which must get no hint.
 */
export const RECORDINGS: readonly Recorded[] = [
  'corpus.txt',
  'cluster.txt',
  'documented.txt',
  'look-alikes.txt',
].flatMap((name) => readRecordings(new URL(name, import.meta.url)));
