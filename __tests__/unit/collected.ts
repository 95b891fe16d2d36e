import { packTar, type TarHeader } from 'modern-tar';
import type { Collected } from '../../src/collect/save.ts';

/** The result if no file came back, and nothing is wrong. */
export const NOTHING_COLLECTED: Collected = {
  folder: '',
  files: [],
  leftOut: [],
  unmatched: [],
  complaints: [],
};

/** Files whose names this system does not allow. */
export function notAllowed(names: readonly string[]): Collected['leftOut'] {
  return names.map((name) => ({ name, reason: 'not-allowed' }));
}

/** An entry of an archive: a file with a content, or anything else. */
export type Entry = readonly [name: string, content: string] | TarHeader;

/** A tar archive in base64, in the pod's lines. */
export async function tarOf(entries: readonly Entry[]): Promise<string> {
  const packed = await packTar(
    entries.map((entry) => {
      if (!(0 in entry)) return { header: entry };
      const [name, content] = entry;
      return { header: { name, size: Buffer.byteLength(content) }, body: content };
    }),
  );
  return Buffer.from(packed)
    .toString('base64')
    .replaceAll(/.{1,76}/g, '$&\n');
}
