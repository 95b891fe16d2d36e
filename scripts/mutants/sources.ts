import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outside } from '../../rooms.config.js';
import { instrument, type Instrumented } from './mutate.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** No file has as many mutants. */
const STRIDE = 10_000;

/** The core and what talks to Azure, by their paths in the repository, in an order that is the same in every process. */
export const sources: readonly string[] = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.startsWith('src/edge/azure/') || !outside.some((glob) => path.matchesGlob(file, glob)))
  .sort();

/** The number of a mutant, the same in every process. */
export function numberOf(file: string, index: number): number {
  return sources.indexOf(file) * STRIDE + index;
}

/** A source with its mutants in it, each asleep until `__isAwake(number)` says otherwise. */
export function instrumented(file: string): Instrumented {
  const text = readFileSync(path.join(root, file), 'utf8');
  return instrument(file, text, (index) => `__isAwake(${numberOf(file, index)})`);
}
