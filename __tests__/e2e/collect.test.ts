import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scene } from './support.ts';
import { said } from '../support/said.ts';

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
  const patterns = 'reports, latest';
  expect(result.outputs['reason']).toMatch(said('collect-no-match', { patterns }));
  expect(readFileSync(path.join(result.outputs['collected'] ?? '', 'a.log'), 'utf8')).toBe('1\n');
});

const COMMAND = String.raw`
grep -q command sent.txt; test -n "$SECRET"; cp sent.txt .sent
echo 1 >a; echo hi; echo to stderr >&2
echo "image=shop:7" >>"$GITHUB_OUTPUT"
printf 'notes<<END\nline one\nline two\nEND\n' >>"$GITHUB_OUTPUT"
echo "**deployed**" >>"$GITHUB_STEP_SUMMARY"
exit 3
`;

test('a follower has all of a command, but not the files that were sent, or env', async () => {
  const sent = 'content-of-a-file-that-the-command-reads';
  const value = 'value-of-a-variable-that-the-command-uses';
  const first = await run(
    {
      cluster: 'entra',
      command: COMMAND,
      files: 'sent.txt',
      env: `SECRET=${value}`,
      collect: 'a',
      wait: 'false',
    },
    { tree: { 'sent.txt': sent } },
  );
  const id = first.outputs['command-id'] ?? '';
  expect(first.exitCode).toBe(0);
  expect(first.outputs).toMatchObject({ state: 'running', 'exit-code': '', output: '' });
  expect(first.summary).toContain(`command ID \`${id}\``);
  expect(first.stdout).toMatch(/::debug::POST .* 202/);

  const given = { cluster: 'entra', command: '', 'command-id': id, collect: '', timeout: '5m' };
  const follower = await run(given);
  const collected = readFileSync(path.join(follower.outputs['collected'] ?? '', 'a'), 'utf8');
  expect(follower.exitCode).toBe(1);
  expect(follower.outputs).toMatchObject({
    state: 'failed',
    'exit-code': '3',
    'command-id': id,
    'started-at': expect.stringMatching(/^\d{4}-/),
    output: 'hi\nto stderr\n',
    image: 'shop:7',
    notes: 'line one\nline two',
  });
  expect(follower.summary).toContain('**deployed**');
  expect(collected).toBe('1\n');

  // What AKS keeps, and gives to anyone with commandResults/read.
  const record = azure()
    .commands()
    .find((command) => command.id === id);
  expect(record).toMatchObject({ runs: 1, exitCode: 3 });
  const kept = record?.logs.toString() ?? '';
  const packed = kept.split(/\s+/).map((word) => Buffer.from(word, 'base64').toString('latin1'));
  const steps = [first, follower].flatMap(({ stdout, stderr, summary, outputs }) => [
    stdout,
    stderr,
    summary,
    JSON.stringify(outputs),
  ]);
  const left = [kept, ...packed, ...steps, collected].join('\n');
  expect(kept).toContain('hi\n');
  for (const secret of [sent, value]) {
    expect(left).not.toContain(secret);
    expect(left).not.toContain(Buffer.from(secret).toString('base64').slice(0, 40));
  }
});
