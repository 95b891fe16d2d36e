import { unpackTar } from 'modern-tar';
import type { CollectProblem } from '../failure.ts';
import type { NewFile } from '../files/disk.ts';
import { say, type Text } from '../text/say.ts';

/** How many bytes of what `src/pod/collect.sh` writes `src/pod/run.sh` sends; beyond that, none. */
export const COLLECT_LIMIT = 300 * 1024;

/** What `src/pod/collect.sh` wrote in the pod, or why the pod sends nothing. */
export type SentCollection =
  | { readonly kind: 'sent'; readonly text: string }
  | (CollectProblem & { readonly kind: 'uncollected' });

/** Something that was not collected, and why. Its name is untrusted text. */
export type LeftOut = {
  readonly name: string;
  /** `not-allowed`: by the system of this machine. */
  readonly reason: 'not-a-file' | 'not-utf-8' | 'not-allowed';
};

/** What came back from the pod. */
export type Collection =
  | {
      readonly kind: 'files';
      /** Each path once, although patterns may overlap. */
      readonly files: readonly NewFile[];
      readonly leftOut: readonly LeftOut[];
      /** The paths of the files that each pattern brought. */
      readonly brought: ReadonlyMap<string, readonly string[]>;
      /** What `tar` complained about in the pod: the first few lines, and how many more there are. */
      readonly complaints: readonly string[];
    }
  | (CollectProblem & { readonly kind: 'invalid' });

const NOT_BASE64 = say`it is not base64`;
const NOT_WHOLE = say`it is not a whole tar archive`;
const LEADS_OUT = say`a path in it leads out of the folder`;

/**
 * Reads what `src/pod/collect.sh` wrote. If any of it is damaged, or a path in it leads out of its
 * folder, all of it is refused.
 */
export async function readCollection(text: string): Promise<Collection> {
  const { archives, unmatched, complaints, beforeArchives } = readLines(text);
  if (beforeArchives.some((line) => line !== '')) return { kind: 'invalid', problem: NOT_BASE64 };

  const files = new Map<string, NewFile>();
  const leftOut = new Map<string, LeftOut>();
  const brought = new Map<string, readonly string[]>();
  for (const { pattern, base64 } of archives) {
    const archive = await readArchive(base64.join(''));
    if ('problem' in archive) return { kind: 'invalid', problem: archive.problem };

    for (const file of archive.files) files.set(file.path, file);
    for (const one of archive.leftOut) leftOut.set(one.name, one);
    brought.set(
      pattern,
      archive.files.map(({ path }) => path),
    );
  }
  for (const pattern of unmatched) brought.set(pattern, []);
  return {
    kind: 'files',
    files: [...files.values()],
    leftOut: [...leftOut.values()],
    brought,
    complaints,
  };
}

/** Tells the script's lines apart by their first characters, which base64 does not have. */
function readLines(text: string) {
  const archives: { readonly pattern: string; readonly base64: string[] }[] = [];
  const unmatched: string[] = [];
  const complaints: string[] = [];
  const beforeArchives: string[] = [];
  for (const line of text.split('\n')) {
    const note = line.slice(2);
    switch (line.slice(0, 2)) {
      case '? ':
        unmatched.push(note);
        break;
      case '= ':
        archives.push({ pattern: note, base64: [] });
        break;
      case '! ':
        complaints.push(note);
        break;
      default:
        (archives.at(-1)?.base64 ?? beforeArchives).push(line);
    }
  }
  return { archives, unmatched, complaints, beforeArchives };
}

/** What decoding a name as UTF-8 puts in place of bytes that are not. */
const BROKEN = '\uFFFD';

/** Reads what a pattern brought, or says what is wrong with it. */
async function readArchive(
  base64: string,
): Promise<{ files: NewFile[]; leftOut: LeftOut[] } | { problem: Text }> {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    return { problem: NOT_BASE64 };

  const bytes = Buffer.from(base64, 'base64');
  const entries = await unpackTar(bytes, { strict: true }).catch(() => undefined);
  if (entries === undefined) return { problem: NOT_WHOLE };
  if (entries.some(({ header }) => leadsOut(header.name))) return { problem: LEADS_OUT };

  const files: NewFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const { header, data } of entries) {
    const path = header.name.replace(/^(?:\.\/)+/, '');
    if (header.type === 'directory') continue;
    // Links, pipes, and devices have no content.
    if (data === undefined) leftOut.push({ name: path, reason: 'not-a-file' });
    else if (path.includes(BROKEN)) leftOut.push({ name: path, reason: 'not-utf-8' });
    else files.push({ path, content: Buffer.from(data) });
  }
  return { files, leftOut };
}

function leadsOut(name: string): boolean {
  return name.startsWith('/') || name.includes('\0') || name.split('/').includes('..');
}
