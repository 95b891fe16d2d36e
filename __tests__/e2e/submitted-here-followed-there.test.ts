import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run, azure } = scene();

const SAYS_MUCH = String.raw`
echo "to stdout"
echo "to stderr" >&2
echo "image=shop:7" >>"$GITHUB_OUTPUT"
printf 'notes<<END\nline one\nline two\nEND\n' >>"$GITHUB_OUTPUT"
echo "**deployed**" >>"$GITHUB_STEP_SUMMARY"
`;

/** What two runs of the same command have in common: not its id, its times and where the output was kept. */
function comparable(outputs: Readonly<Record<string, string>>): Record<string, string> {
  const own = new Set(['command-id', 'started-at', 'finished-at', 'duration', 'output-file']);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !own.has(name)));
}

test.each([
  ['that exits 3', `${SAYS_MUCH}exit 3`, {}, 'failed', 1],
  ['that says more than AKS keeps, of noise', 'head -c 900000 /dev/urandom | base64', {}, 'succeeded', 0, ['output']],
  ['that takes longer than its timeout', 'echo begun; sleep 30', { timeout: '2s' }, 'failed', 1],
  ['whose step outputs cannot be read', 'echo "no equals sign" >>"$GITHUB_OUTPUT"', {}, 'failed', 1],
] as const)('a command %s: submitted in one process, followed in another', async (...row) => {
  const [, command, inputs, state, exitCode, random = []] = row;
  const waited = await run({ command, ...inputs });

  const submitted = await run({ command, ...inputs, wait: 'false' });
  const id = submitted.outputs['command-id'] ?? '';
  expect(submitted.exitCode).toBe(0);
  expect(submitted.outputs).toMatchObject({ state: 'running', 'exit-code': '', output: '' });
  expect(submitted.log.shown + submitted.summary).toContain(`--command-id ${id}`);

  const followed = await run({ ...inputs, 'command-id': id, timeout: '5m' });
  expect(followed.exitCode).toBe(exitCode);
  expect(followed.outputs).toMatchObject({ state, 'command-id': id });
  const [first, second] = [waited, followed].map(({ outputs }) => {
    const kept = comparable(outputs);
    for (const name of random) Reflect.deleteProperty(kept, name);
    return kept;
  });
  expect(second).toEqual(first);
  expect(followed.outputs['started-at']).toMatch(/^\d{4}-/);
});

test('each command ran once, and is followed as often as one likes', async () => {
  const before = azure().commands().length;
  const submitted = await run({ command: SAYS_MUCH, wait: 'false' });
  const inputs = { 'command-id': submitted.outputs['command-id'] ?? '' };
  const followers = [await run(inputs), await run(inputs)];

  const [first, second] = followers.map(({ outputs }) => ({ ...outputs, 'output-file': '' }));
  expect(second).toEqual(first);
  expect(azure().commands().slice(before)).toMatchObject([{ runs: 1, exitCode: 0 }]);
});

test("a follower of a command that is not this action's", async () => {
  await run({ command: 'true' });
  const { url, headers } = azure().requests('run-command').at(-1) ?? { url: '', headers: {} };
  const posted = await azure().handle({
    method: 'POST',
    url,
    headers,
    body: JSON.stringify({ command: 'echo by hand; echo a=1 >>"$GITHUB_OUTPUT"; exit 0', context: '' }),
  });
  const location = posted.kind === 'answer' ? posted.response.headers['location'] : undefined;
  const followed = await run({ 'command-id': /[0-9a-f]{32}/.exec(location ?? '')?.[0] ?? '' });

  expect(followed.outputs).toMatchObject({ state: 'succeeded', 'exit-code': '0' });
  expect(followed.outputs['output']).toMatch(/^by hand\n/);
  expect(followed.outputs).not.toHaveProperty('a');
});
