import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Files by their paths. */
export type Tree = Readonly<Record<string, string>>;

/** Writes files below a folder, executable if they begin with `#!`. */
export function writeTree(folder: string, tree: Tree): void {
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: content.startsWith('#!') ? 0o755 : 0o640 });
  }
}
