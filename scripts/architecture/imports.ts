import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { rooms } from '../../rooms.config.js';

/** One file of `src/` imports another. Both are paths below `src/`. */
export type Import = { readonly from: string; readonly to: string };

/** One room imports another. */
export type Arrow = Import;

/** Every import, export, and `import()` of one file of `src/` from another, including types. */
export function importsOf(source: string): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
  return files.flatMap((from) =>
    ts
      .preProcessFile(readFileSync(path.join(source, from), 'utf8'), true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => ({ from, to: path.posix.join(path.posix.dirname(from), fileName) })),
  );
}

/** The room of a file: its folder in the table, else its first folder, or the file itself if it is in no folder. */
export function roomOf(file: string): string {
  const inside = Object.keys(rooms).filter(
    (room) => room.includes('/') && file.startsWith(`${room}/`),
  );
  return inside[0] ?? file.split('/')[0] ?? file;
}

/** The arrows between rooms, sorted, without duplicates. */
export function arrowsOf(imports: readonly Import[]): Arrow[] {
  const keys = new Set(
    imports
      .map(({ from, to }) => [roomOf(from), roomOf(to)])
      .flatMap(([from, to]) => (from === to ? [] : `${from} ${to}`)),
  );
  return [...keys].toSorted().map((key) => {
    const [from = '', to = ''] = key.split(' ');
    return { from, to };
  });
}

/** Paths that lead back to their start: `['a', 'b', 'a']`. At least one for each knot; none if there are no knots. */
export function circlesIn(arrows: readonly Arrow[]): string[][] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    const seen = way.indexOf(name);
    if (seen >= 0) circles.push([...way.slice(seen), name]);
    if (seen >= 0 || done.has(name)) return;
    for (const { to } of next.get(name) ?? []) visit(to, [...way, name]);
    done.add(name);
  };
  for (const name of next.keys()) visit(name, []);
  return circles;
}

/** The arrows as the Mermaid diagram of docs/ARCHITECTURE.md. */
export function pictureOf(arrows: readonly Arrow[]): string {
  return ['flowchart TD', ...arrows.map(({ from, to }) => `  ${from} --> ${to}`), ''].join('\n');
}
