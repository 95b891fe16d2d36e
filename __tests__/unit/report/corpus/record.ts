import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { toolFolder } from '../../../../local/azure/index.ts';
import { startLocalKubernetes } from '../../../../local/kubernetes/index.ts';
import { createNamespace } from '../../../create-namespace.ts';
import { CLUSTER_ROWS } from './cluster-rows.ts';
import { FILES, type CorpusRow } from './row.ts';
import { ROWS } from './rows.ts';

/**
 * Runs each script with real programs, as the pod runs a command, in a folder of its own.
 * `node __tests__/unit/report/corpus/record.ts` adds to corpus.txt what it lacks, each script against a cluster in memory of
 * its own; with `--all`, everything anew. With `--kubeconfig FILE` it does so for cluster.txt and the scripts that need a real
 * API server, against that cluster, where they may do what they like. With a name it prints that one.
 */

const root = path.resolve(import.meta.dirname, '../../../..');
const tools = await toolFolder();
const NOBODY = 65_534;

type Cluster = { readonly kubeconfig: string; readonly url: string; stop(): Promise<void> };

async function record(row: CorpusRow, cluster: Cluster): Promise<string> {
  const { name, script, shell = 'bash', user } = row;
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  try {
    const command = await prepare(folder, script);
    if (user === 'nobody') await giveAway(folder);
    const env = {
      PATH: [tools, process.env['PATH']].join(path.delimiter),
      HOME: path.join(path.dirname(command), 'home'),
      KUBECONFIG: cluster.kubeconfig,
    };
    const { exitCode, output } = await run([...shell.split(' '), '-e', command], {
      cwd: folder,
      env,
      ...(user === 'nobody' && { uid: NOBODY, gid: NOBODY }),
    });
    const shown = anonymous(output.replaceAll(folder, '/command-files'), cluster.url).slice(-3000);
    return `=== ${name} | ${shell} | exit ${exitCode}\n${script.replaceAll(/^/gm, '$ ')}\n\n${shown.trimEnd()}\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lays out what a script finds; its own path. */
async function prepare(folder: string, script: string): Promise<string> {
  await cp(path.join(root, 'examples'), folder, { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(folder, file), text);
  await mkdir(path.join(folder, '.aks-run-command/home'), { recursive: true });
  const command = path.join(folder, '.aks-run-command/command.sh');
  await writeFile(command, `${script}\n`);
  return command;
}

async function giveAway(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of ['', ...(await readdir(folder, { recursive: true }))]) {
    await chown(path.join(folder, entry), NOBODY, NOBODY);
  }
}

/** Without what differs from machine to machine and from day to day. */
function anonymous(output: string, url: string): string {
  return output
    .replaceAll(url, 'https://10.0.0.1:443')
    .replaceAll(new URL(url).host, '10.0.0.1:443')
    .replaceAll(/ on \d+\.\d+\.\d+\.\d+:53\b/g, ' on 10.0.0.10:53')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*/g, (time) =>
      time.startsWith('2026-11-25T09:0') || time.startsWith('2026-11-25 09:0') ? time : '2026-11-25T09:00:00',
    );
}

type Where = { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };

function run([program = '', ...args]: string[], where: Where) {
  return new Promise<{ exitCode: number; output: string }>((resolve) => {
    // One pipe for both, as in the pod.
    const child = spawn('sh', ['-c', '"$@" 2>&1; code=$?; exit $code', 'sh', program, ...args], {
      ...where,
      timeout: 600_000,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 137, output });
    });
  });
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

/** What the file has of a row, where that ran the same script. */
async function earlier(file: URL): Promise<(row: CorpusRow) => string | undefined> {
  const texts = (await readFile(file, 'utf8').catch(() => '')).split(/^(?==== )/m);
  return ({ name, script, shell = 'bash' }) =>
    texts.find(
      (text) =>
        text.startsWith(`=== ${name} | ${shell} | exit `) && text.includes(`\n${script.replaceAll(/^/gm, '$ ')}\n\n`),
    );
}

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean' }, kubeconfig: { type: 'string' } },
  allowPositionals: true,
});
const [only] = positionals;
const [name, all] = values.kubeconfig === undefined ? ['corpus.txt', ROWS] : ['cluster.txt', CLUSTER_ROWS];
const file = new URL(name, import.meta.url);
const known = values.all === true || only !== undefined ? () => undefined : await earlier(file);
const recorded: string[] = [];
for (const row of all.filter((one) => only === undefined || one.name === only)) {
  const text = known(row);
  if (text === undefined) {
    const cluster = values.kubeconfig === undefined ? await inMemory() : await given(values.kubeconfig);
    recorded.push(await record(row, cluster));
    await cluster.stop();
    process.stderr.write(`${row.name}\n`);
  } else {
    recorded.push(`${text.trimEnd()}\n`);
  }
}
if (only === undefined) await writeFile(file, recorded.join('\n'));
else process.stdout.write(recorded.join('\n'));
