import { unpackTar } from 'modern-tar';
import type { CollectProblem } from '../failure.ts';
import type { NewFile } from '../files/disk.ts';
import { say } from '../text/say.ts';

/** Something that was not collected, and why. Its name is foreign text. */
export type LeftOut = {
  readonly name: string;
  /** `not-allowed`: by the system of this machine. */
  readonly reason: 'not-a-file' | 'not-utf-8' | 'not-allowed';
};

/** What the pod sent about the files that it was to collect. */
export type Collection =
  | {
      readonly kind: 'files';
      /** In the order of the archive. */
      readonly files: readonly NewFile[];
      readonly leftOut: readonly LeftOut[];
      /** Patterns that matched nothing. */
      readonly unmatched: readonly string[];
      /** What `tar` complained about in the pod: the first few lines, and how many more there are. */
      readonly complaints: readonly string[];
      readonly moreComplaints: number;
    }
  | (CollectProblem & { readonly kind: 'invalid' });

/** A broken character of a name, which is decoded as UTF-8. */
const BROKEN = '\uFFFD';

/**
 * Reads what `src/collect/collect.sh` wrote. If any of it is damaged, or a path in it leads out of
 * its folder, all of it is refused.
 */
export async function readCollection(text: string): Promise<Collection> {
  const lines = text.split('\n');
  const notes = (sign: string) =>
    lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(sign.length));
  const base64 = lines.filter((line) => !/^[?!+] /.test(line)).join('');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    return { kind: 'invalid', problem: say`it is not base64` };
  }

  const archive = Buffer.from(base64, 'base64');
  const entries = await unpackTar(archive, { strict: true }).catch(() => undefined);
  if (entries === undefined)
    return { kind: 'invalid', problem: say`it is not a whole tar archive` };
  if (entries.some(({ header }) => leadsOut(header.name))) {
    return { kind: 'invalid', problem: say`a path in it leads out of the folder` };
  }

  // Patterns may overlap, and then a file is in the archive twice.
  const files = new Map<string, NewFile>();
  const leftOut = new Map<string, LeftOut>();
  for (const { header, data } of entries) {
    const path = header.name.replace(/^(?:\.\/)+/, '');
    if (header.type === 'directory') continue;
    // Links, pipes, and devices have no content.
    if (data === undefined) {
      leftOut.set(path, { name: path, reason: 'not-a-file' });
    } else if (path.includes(BROKEN)) {
      leftOut.set(path, { name: path, reason: 'not-utf-8' });
    } else {
      files.set(path, { path, content: Buffer.from(data) });
    }
  }
  return {
    kind: 'files',
    files: [...files.values()],
    leftOut: [...leftOut.values()],
    unmatched: notes('? '),
    complaints: notes('! '),
    moreComplaints: moreComplaints(notes('+ ')),
  };
}

function moreComplaints([count = '']: readonly string[]): number {
  return /^\d{1,9}$/.test(count) ? Number(count) : 0;
}

function leadsOut(name: string): boolean {
  return name.startsWith('/') || name.includes('\0') || name.split('/').includes('..');
}
