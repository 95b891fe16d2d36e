import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files by their paths: the content, or content and mode. */
export type Tree = Readonly<Record<string, string | Buffer | { content: string | Buffer; mode: number }>>;

/** Writes files below a folder. */
export async function plant(folder: string, tree: Tree): Promise<void> {
  for (const [name, entry] of Object.entries(tree)) {
    const file = path.join(folder, name);
    const { content, mode } =
      typeof entry === 'string' || Buffer.isBuffer(entry) ? { content: entry, mode: 0o644 } : entry;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, mode);
  }
}
