import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { field } from '../../src/text/json.ts';
import { bench, type Ended } from './run.ts';

jest.setTimeout(300_000);
const folder = path.join(import.meta.dirname, 'recorded-answers');
const groups = ['everyday', 'edges', 'found', 'helm', 'rules'] as const;

type Row = { readonly command: string; readonly code: number };

function rowsOf(group: string): Row[] {
  const file: unknown = JSON.parse(readFileSync(path.join(folder, 'real-1.36.json'), 'utf8'));
  const rows = field(file, group);
  if (!Array.isArray(rows)) throw new TypeError(`real-1.36.json has no ${group}`);
  return rows.map((row: unknown) => {
    const command = field(row, 'command');
    const code = field(row, 'code');
    if (typeof command !== 'string' || typeof code !== 'number')
      throw new TypeError('A row needs command and code');
    return { command, code };
  });
}

// Each command stands on what those before it left, so the rows of a group run in order. The groups
// run side by side, each against a server of its own, and the tests look at the results of the
// rows.
const ended = new Map<string, readonly Ended[]>();
const undecided: string[] = [];
const benches: Awaited<ReturnType<typeof bench>>[] = [];
beforeAll(() =>
  Promise.all(
    groups.map(async (group) => {
      const cluster = await bench();
      benches.push(cluster);
      const answers: Ended[] = [];
      for (const { command } of rowsOf(group)) answers.push(await cluster.run(command, folder));
      ended.set(group, answers);
      undecided.push(...cluster.undecided);
    }),
  ),
);
afterAll(() => Promise.all(benches.map(({ stop }) => stop())));

describe.each(groups)('%s', (group) => {
  const rows = rowsOf(group).map((row, index) => ({ ...row, index }));
  test.each(rows)('$index: $command', ({ index, code }) => {
    const { code: found, output } = ended.get(group)?.[index] ?? { code: -1, output: '' };
    expect({ succeeds: found === 0, output }).toEqual({ succeeds: code === 0, output });
  });
});

test('each of them is decided', () => {
  expect(undecided).toEqual([]);
});
