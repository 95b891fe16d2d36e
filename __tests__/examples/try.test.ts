import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

jest.setTimeout(60_000);
const repository = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'try-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `npm run try`, with these arguments and variables. */
function tryWorkflow(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(repository, 'scripts/try.ts'), ...args],
      { cwd: repository, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

test('a KUBECONFIG of the environment is not used, and that is said', async () => {
  const asked: (string | undefined)[] = [];
  const production = createServer(({ url }, response) => {
    asked.push(url);
    response.end('{}');
  });
  await new Promise<void>((resolve) => production.listen(0, '127.0.0.1', resolve));
  const address = production.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const kubeconfig = path.join(folder, 'production');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      'current-context': 'a',
      clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port ?? 0}` } }],
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    }),
  );
  const { code, stdout } = await tryWorkflow(['examples/sovereign-cloud.yml'], { KUBECONFIG: kubeconfig });
  await new Promise((resolve) => production.close(resolve));

  expect(stdout).toContain(`KUBECONFIG (${kubeconfig}) is ignored. To use a real cluster: --kubeconfig FILE`);
  expect(asked).toEqual([]);
  expect(code).toBe(0);
  expect(await readFile(kubeconfig, 'utf8')).toContain('127.0.0.1');
});

test('nothing of one pod’s kubeconfig reaches the next', async () => {
  const workflow = path.join(folder, 'two.yml');
  const step = (command: string) => `      - uses: OWNER/aks-run-command@v1
        with: { cluster: c, client-id: a, tenant-id: b, resource-group: r, command: "${command}" }
`;
  await writeFile(
    workflow,
    `on: workflow_dispatch
permissions: { id-token: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
${step('kubectl config set-context --current --namespace=first')}${step("kubectl config view --minify -o jsonpath='in <{..namespace}>'")}`,
  );
  const { stdout } = await tryWorkflow([workflow]);

  expect(stdout).toContain('in <aks-command>');
});
