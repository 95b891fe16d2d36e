import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outside } from '../../rooms.config.js';

export const root = path.resolve(import.meta.dirname, '../..');

/** The core and `edge/azure`, by their paths in the repository, in the same order in every process. */
export const sources: readonly string[] = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.startsWith('src/edge/azure/') || !outside.some((glob) => path.matchesGlob(file, glob)))
  .sort();

/** The number of a file's mutant in all processes. No file has as many as 10,000. */
export const numberOf = (file: string, index: number): number => sources.indexOf(file) * 10_000 + index;

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
