import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { toolFolder } from '../../../../local/azure/index.ts';
import { startLocalKubernetes } from '../../../../local/kubernetes/index.ts';
import { createNamespace } from '../../../support/create-namespace.ts';
import { readRecordings, type Recorded } from './recorded.ts';

/**
 * Runs the scripts of corpus.txt with real programs, as the pod runs a command, each in a folder
 * and against a cluster in memory of its own, and writes what they print. `node
 * __tests__/unit/messages/corpus/record.ts` runs those that were never run (`exit ?`), with `--all`
 * every one. With `--kubeconfig FILE` it runs those of cluster.txt against that cluster, where they
 * may do what they like.
 */

/** What each script finds in its folder, beside the chart and the manifests of `examples/`. */
const FILES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`,
  'values.json':
    '{"replicas": 2, "image": {"tag": "1.29"}, "error": "timed out waiting for the condition"}\n',
  'app.log': `2026-11-25T09:00:00Z INFO starting
2026-11-25T09:00:01Z ERROR user "bob" is forbidden: cannot list resource "pods"
2026-11-25T09:00:02Z WARN error: timed out waiting for the condition, retrying
2026-11-25T09:00:03Z INFO deployments.apps "web" not found, creating it
Error: exceeded quota: small
`,
  'notes.md': '# Errors\n\nIf you see `error: the path "x" does not exist`, add it to files.\n',
  'run.sh': '#!/bin/sh\necho ran\n',
  'crlf.sh': '#!/bin/sh\r\necho ran\r\n',
  elf: '\u007fELF\u0002\u0001\u0001',
};

const root = path.resolve(import.meta.dirname, '../../../..');
const tools = await toolFolder();
const NOBODY = 65_534;

type Cluster = { readonly kubeconfig: string; readonly url: string; stop(): Promise<void> };

async function record(
  { script, shell }: Recorded,
  cluster: Cluster,
): Promise<{ exitCode: number; output: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  try {
    const command = await prepare(folder, script);
    const [program = '', user] = shell.split(' as ');
    if (user === 'nobody') execFileSync('chown', ['-R', String(NOBODY), folder]);
    const env = {
      PATH: [tools, process.env['PATH']].join(path.delimiter),
      HOME: path.join(path.dirname(command), 'home'),
      KUBECONFIG: cluster.kubeconfig,
    };
    const ids = user === 'nobody' ? { uid: NOBODY, gid: NOBODY } : {};
    const options = { cwd: folder, env, ...ids };
    const { exitCode, output } = await run([...program.split(' '), '-e', command], options);
    return {
      exitCode,
      output: anonymous(output.replaceAll(folder, '/command-files'), cluster.url).slice(-3000),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lays out what a script finds, and returns the script's path. */
async function prepare(folder: string, script: string): Promise<string> {
  await cp(path.join(root, 'examples'), folder, { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(folder, file), text);
  await mkdir(path.join(folder, '.aks-run-command/home'), { recursive: true });
  const command = path.join(folder, '.aks-run-command/command.sh');
  await writeFile(command, `${script}\n`);
  return command;
}

/** Without what differs from machine to machine and from day to day. */
function anonymous(output: string, url: string): string {
  return output
    .replaceAll(url, 'https://10.0.0.1:443')
    .replaceAll(new URL(url).host, '10.0.0.1:443')
    .replaceAll(/ on \d+\.\d+\.\d+\.\d+:53\b/g, ' on 10.0.0.10:53')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*/g, (time) =>
      time.startsWith('2026-11-25T09:0') || time.startsWith('2026-11-25 09:0')
        ? time
        : '2026-11-25T09:00:00',
    );
}

type Where = { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };

async function run(words: readonly string[], where: Where) {
  // One pipe for both, as in the pod.
  const script = '"$@" 2>&1; exit $?';
  const child = spawn('sh', ['-c', script, 'sh', ...words], { ...where, timeout: 600_000 });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const output = await text(child.stdout);
  const [exitCode] = await ended;
  if (exitCode === null) throw new Error(`${words.join(' ')} did not end within ten minutes`);
  return { exitCode, output };
}

async function inMemory(): Promise<Cluster> {
  const kubernetes = await startLocalKubernetes();
  await createNamespace(kubernetes.url, 'shop');
  return kubernetes;
}

async function given(kubeconfig: string): Promise<Cluster> {
  const [, url = ''] = /^ *server: (\S+)$/m.exec(await readFile(kubeconfig, 'utf8')) ?? [];
  return { kubeconfig: path.resolve(kubeconfig), url, stop: () => Promise.resolve() };
}

function asText({ name, shell, exitCode, hint, script, output }: Recorded): string {
  const header = `=== ${name} | ${shell} | exit ${exitCode} | ${hint ?? 'no hint'}`;
  return `${header}\n${script.replaceAll(/^/gm, '$ ')}\n\n${output.trimEnd()}\n`;
}

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, kubeconfig: { type: 'string' } },
});
const file = new URL(
  values.kubeconfig === undefined ? 'corpus.txt' : 'cluster.txt',
  import.meta.url,
);
const recorded: Recorded[] = [];
for (const entry of readRecordings(file)) {
  if (values.all !== true && !Number.isNaN(entry.exitCode)) {
    recorded.push(entry);
    continue;
  }
  const cluster =
    values.kubeconfig === undefined ? await inMemory() : await given(values.kubeconfig);
  recorded.push({ ...entry, ...(await record(entry, cluster)) });
  await cluster.stop();
  process.stderr.write(`${entry.name}\n`);
}
await writeFile(file, recorded.map(asText).join('\n'));
