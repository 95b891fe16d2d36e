import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { clusterId, cluster, demo, startLocalAzure, type LocalAzure } from '../../local/azure/index.ts';
import { field } from '../../src/azure/json.ts';
import { ALIASES, OPTIONS } from '../../src/hosts/terminal/options.ts';
import { BUNDLE, environment } from './support.ts';

const document = readFileSync(new URL('../../docs/COMMAND_LINE.md', import.meta.url), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'document-'));
let azure: LocalAzure;

beforeAll(async () => {
  azure = await startLocalAzure({
    clusters: [cluster('prod-weu', { resourceGroup: 'shop' })],
    pods: { toolFolders: [path.join(folder, 'bin')] },
  });
  mkdirSync(path.join(folder, 'k8s'));
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(path.join(folder, 'k8s/web.yaml'), 'kind: ConfigMap\n');
  // What is installed where the snippet runs: the stand-in is another cloud, and has no session of az.
  const rest = `--environment '${azure.url}' "$@"`;
  const ids = `--client-id ${demo.clientId} --tenant-id ${demo.tenantId}`;
  tool(
    'aks-run-command',
    `case " $* " in *" --client-id "*) exec ${node()} ${rest} ;; *) exec ${node()} ${ids} ${rest} ;; esac`,
  );
  tool('npx', 'shift 2; exec aks-run-command "$@"');
  tool('kubectl', 'echo kubectl "$@"');
  writeFileSync(
    path.join(folder, 'azureProfile.json'),
    JSON.stringify({ subscriptions: [{ id: demo.subscriptionId, name: 'Shop', isDefault: true }] }),
  );
});
afterAll(async () => {
  await azure.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('Azure Pipelines: parses, and its script runs', async () => {
  const inputs = field((field(parse(block('yaml', 'AzureCLI@2')), 'steps') as unknown[])[0], 'inputs');
  expect(field(inputs, 'addSpnToEnvironment')).toBe(false);
  expect(await shell(String(field(inputs, 'inlineScript')))).toMatchObject({ code: 0 });
});

test('GitLab: parses, and its lines run, with the ID token from the file', async () => {
  const lines = field(field(parse(block('yaml', 'id_tokens')), 'deploy'), 'script');
  const { code, stderr } = await shell((lines as string[]).join('\n'), {
    CI_BUILDS_DIR: folder,
    AZURE_ID_TOKEN: await idToken(),
    AZURE_CLIENT_ID: demo.clientId,
    AZURE_TENANT_ID: demo.tenantId,
    ACTIONS_ID_TOKEN_REQUEST_URL: '',
  });
  expect(stderr).toContain('AZURE_FEDERATED_TOKEN_FILE');
  expect(code).toBe(0);
});

test('Terraform: its command runs, and leaves the verdict in a file', async () => {
  const command = /command = ("(?:\\.|[^"\\])*")/.exec(block('hcl', 'local-exec'))?.[1] ?? '';
  expect(await shell(String(JSON.parse(command)))).toMatchObject({ code: 0 });
  const result: unknown = JSON.parse(readFileSync(path.join(folder, 'namespace.json'), 'utf8'));
  expect(field(result, 'state')).toBe('succeeded');
});

test('names options that exist', () => {
  const known = new Set(OPTIONS.flatMap(({ name }) => [name, ...(ALIASES[name] ?? [])]));
  // Of other programs, and the one of az that is not kept.
  for (const other of ['all-namespaces', 'filename', 'namespace', 'raw-output', 'yes', 'global', 'query'])
    known.add(other);
  const named = [...document.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

function node(): string {
  return `'${process.execPath}' '${BUNDLE}'`;
}

function tool(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** The block of a language that holds the words. */
function block(language: string, words: string): string {
  const blocks = [...document.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
  const found = blocks.find((text) => text.includes(words));
  if (found === undefined) throw new Error(`No ${language} with ${words}`);
  return found;
}

/** Runs lines as each of these CIs does: bash, ended by the first that fails. */
function shell(script: string, env: Readonly<Record<string, string>> = {}) {
  const id = clusterId(cluster('prod-weu', { resourceGroup: 'shop' }));
  const child = spawn('bash', ['-e', '-c', script], {
    cwd: folder,
    env: {
      ...environment(azure),
      PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      AZURE_CONFIG_DIR: folder,
      CLUSTER_ID: id,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return ended(child, child.stderr).then(({ code, text }) => ({ code, stderr: text }));
}

async function idToken(): Promise<string> {
  const code = `
    const answer = await fetch(process.env.ACTIONS_ID_TOKEN_REQUEST_URL + '&audience=api://AzureADTokenExchange', {
      headers: { authorization: 'Bearer ' + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN } });
    process.stdout.write((await answer.json()).value);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: environment(azure),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await ended(child, child.stdout)).text;
}

function ended(
  child: ReturnType<typeof spawn>,
  stream: NodeJS.ReadableStream,
): Promise<{ code: number | null; text: string }> {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, text });
    });
  });
}
