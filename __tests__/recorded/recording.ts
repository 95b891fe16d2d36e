import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One request and its answer, as README.md describes them. */
export type Exchange = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status: number;
  /** Since the first exchange of the recording. */
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

type Recording = { readonly name: string; readonly exchanges: readonly Exchange[] };

/** Every recording of a folder, by default of this one. */
export function readRecordings(folder = import.meta.dirname): Recording[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return { name, exchanges: JSON.parse(fill(text)) as Exchange[] };
  });
}

/**
 * Puts IDs in the place of their placeholders: `{id:7}` ends in 7, and `{guid:7}` is the same with
 * dashes.
 */
function fill(text: string): string {
  const whole = text.replaceAll('{subscription}', '{guid:9999}');
  return whole.replaceAll(/\{(id|guid):(\d{1,4})\}/g, (_all, kind, number: string) => {
    const id = `c0ffee${number.padStart(26, '0')}`;
    return kind === 'id' ? id : id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  });
}

/**
 * The id of the command that an exchange is about: in its path, or in the `location` of its answer.
 */
export function commandOf({ path: asked, headers }: Exchange): string {
  return (
    /\/commandResults\/([0-9a-f]{32})/.exec(`${asked} ${headers['location'] ?? ''}`)?.[1] ?? ''
  );
}

/**
 * The exchanges about each command of a recording, by its id. What was refused has none, and is not
 * replayed.
 */
export function commandsOf({ exchanges }: Recording): [id: string, own: Exchange[]][] {
  return [...Map.groupBy(exchanges, commandOf)].filter(([id]) => id !== '');
}
