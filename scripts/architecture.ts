import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rooms } from '../rooms.config.js';

/**
 * Draws the table in rooms.config.js, which ESLint enforces, as the picture in
 * docs/ARCHITECTURE.md.
 */

const PICTURE = /(?<=^```mermaid\n)[^`]*/m;

/** The document with the picture of the rooms as they are now. */
export function withPicture(document: string): string {
  const arrows = Object.entries(rooms).flatMap(([from, mayImport]) =>
    mayImport.map((to) => `  ${from} --> ${to}\n`),
  );
  return document.replace(PICTURE, `flowchart TD\n${arrows.toSorted().join('')}`);
}

if (import.meta.main) {
  const file = path.resolve(import.meta.dirname, '../docs/ARCHITECTURE.md');
  writeFileSync(file, withPicture(readFileSync(file, 'utf8')));
}
