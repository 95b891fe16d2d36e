import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run } = scene();

test('files come back to a folder of their own, are listed, and what stayed is named', async () => {
  const result = await run({
    command: 'mkdir -p r/deep; echo "<a/>" >r/a.xml; echo 1 >r/deep/b; ln -s a.xml r/l; exit 3',
    collect: 'r\nnope',
  });
  const folder = result.outputs['collected'] ?? '';

  expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '3' });
  expect(readFileSync(path.join(folder, 'r/a.xml'), 'utf8')).toBe('<a/>\n');
  expect(readFileSync(path.join(folder, 'r/deep/b'), 'utf8')).toBe('1\n');
  for (const words of [
    '2 files, 7 B',
    'r/a.xml',
    'No files were collected for the pattern nope',
    'Not collected: r/l',
  ]) {
    expect(result.stdout).toContain(words);
  }
});

test('an earlier command brings them to whoever waits for it', async () => {
  const first = await run({ command: 'echo 1 >a', collect: 'a', wait: 'false' });
  const result = await run({ command: '', 'command-id': first.outputs['command-id'] ?? '' });

  expect(result.outputs).toMatchObject({ state: 'succeeded' });
  expect(readFileSync(path.join(result.outputs['collected'] ?? '', 'a'), 'utf8')).toBe('1\n');
});
