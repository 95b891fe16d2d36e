import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run, azure } = scene();

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
    'No files were collected for the pattern `nope`',
    'Not collected: `r/l`',
  ]) {
    expect(result.stdout).toContain(words);
  }
});

test('a pattern for which no file comes back is an error, where the files are required', async () => {
  const result = await run({
    command: 'mkdir reports; ln -s a.log latest; echo 1 >a.log',
    collect: 'reports\nlatest\n*.log',
    'if-no-files-collected': 'error',
  });
  expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '0' });
  expect(result.outputs['reason']).toContain('No files were collected for reports, latest');
  expect(readFileSync(path.join(result.outputs['collected'] ?? '', 'a.log'), 'utf8')).toBe('1\n');
});

test('an earlier command brings them to a follower, but not the files that were sent, or env', async () => {
  const sent = 'content-of-a-file-that-the-command-reads';
  const value = 'value-of-a-variable-that-the-command-uses';
  const first = await run(
    {
      command: 'grep -q command sent.txt; test -n "$SECRET"; cp sent.txt .sent; echo 1 >a; echo hi',
      files: 'sent.txt',
      env: `SECRET=${value}`,
      collect: 'a',
      wait: 'false',
    },
    { tree: { 'sent.txt': sent } },
  );
  const id = first.outputs['command-id'] ?? '';
  const follower = await run({ command: '', 'command-id': id, collect: '' });
  const collected = readFileSync(path.join(follower.outputs['collected'] ?? '', 'a'), 'utf8');
  expect(follower.outputs).toMatchObject({ state: 'succeeded', output: 'hi\n' });
  expect(collected).toBe('1\n');

  // What AKS keeps, and gives to anyone with commandResults/read.
  const record = azure()
    .commands()
    .find((command) => command.id === id);
  const kept = record?.logs.toString() ?? '';
  const packed = kept.split(/\s+/).map((word) => Buffer.from(word, 'base64').toString('latin1'));
  const left = [
    kept,
    ...packed,
    follower.stdout,
    follower.stderr,
    follower.summary,
    JSON.stringify(follower.outputs),
    collected,
  ].join('\n');
  expect(kept).toContain('hi\n');
  for (const secret of [sent, value]) {
    expect(left).not.toContain(secret);
    expect(left).not.toContain(Buffer.from(secret).toString('base64').slice(0, 40));
  }
});
