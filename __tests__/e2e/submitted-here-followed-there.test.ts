import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run, azure } = scene();

const COMMAND = String.raw`
echo "to stdout"
echo "to stderr" >&2
echo "image=shop:7" >>"$GITHUB_OUTPUT"
printf 'notes<<END\nline one\nline two\nEND\n' >>"$GITHUB_OUTPUT"
echo "**deployed**" >>"$GITHUB_STEP_SUMMARY"
exit 3
`;

/**
 * What two runs of the same command have in common: not its id, its times, or where the output was
 * kept.
 */
function comparable(outputs: Readonly<Record<string, string>>): Record<string, string> {
  const own = new Set(['command-id', 'started-at', 'finished-at', 'duration', 'output-file']);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !own.has(name)));
}

test('a process that follows a command has all that the submitter would have had', async () => {
  const waited = await run({ command: COMMAND });
  const submitted = await run({ command: COMMAND, wait: 'false' });
  const id = submitted.outputs['command-id'] ?? '';
  expect(submitted.exitCode).toBe(0);
  expect(submitted.outputs).toMatchObject({ state: 'running', 'exit-code': '', output: '' });
  expect(submitted.summary).toContain(`command ID \`${id}\``);

  const followed = await run({ 'command-id': id, timeout: '5m' });
  expect(followed.exitCode).toBe(1);
  expect(followed.outputs).toMatchObject({ state: 'failed', 'command-id': id, image: 'shop:7' });
  expect(followed.outputs['started-at']).toMatch(/^\d{4}-/);
  expect(comparable(followed.outputs)).toEqual(comparable(waited.outputs));
  expect(azure().commands()).toMatchObject([{ runs: 1 }, { runs: 1, exitCode: 3 }]);
});
