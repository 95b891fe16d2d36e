import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { field } from '../../src/azure/json.ts';
import { bench, type Ended } from './run.ts';

jest.setTimeout(300_000);
const folder = path.join(import.meta.dirname, 'battery');
const groups = ['everyday', 'edges', 'found', 'helm'] as const;

type Row = { readonly command: string; readonly code: number; readonly compare: boolean };

function rowsOf(group: string): Row[] {
  const file: unknown = JSON.parse(readFileSync(path.join(folder, 'real-1.36.json'), 'utf8'));
  const rows = field(file, group);
  if (!Array.isArray(rows)) throw new TypeError(`The battery has no ${group}`);
  return rows.map((row: unknown) => {
    const [command, code] = [field(row, 'command'), field(row, 'code')];
    if (typeof command !== 'string' || typeof code !== 'number') throw new TypeError('A row needs command and code');
    return { command, code, compare: field(row, 'compare') !== false };
  });
}

// Each command stands on what those before it left, so they run in order, and the rows look at what came of them.
describe.each(groups)('%s', (group) => {
  const ended = new Map<number, Ended>();
  const rows = rowsOf(group);
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const cluster = await bench();
    stop = cluster.stop;
    for (const [index, { command }] of rows.entries()) ended.set(index, await cluster.run(command, folder));
  });
  afterAll(() => stop());

  test.each(rows.map((row, index) => ({ ...row, index })).filter(({ compare }) => compare))(
    '$index: $command',
    ({ index, code }) => {
      const { code: found, output } = ended.get(index) ?? { code: -1, output: '' };
      expect({ succeeds: found === 0, output }).toEqual({ succeeds: code === 0, output });
    },
  );
});
