import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toolFolder } from '../../../../local-azure/index.ts';
import { startLocalKubernetes } from '../../../../local-kubernetes/index.ts';
import { createNamespace } from '../../../create-namespace.ts';
import { FILES, ROWS, type CorpusRow } from './rows.ts';

/**
 * Writes corpus.txt anew: `node __tests__/unit/report/corpus/record.ts`. Each script of rows.ts runs with real programs, as
 * the pod runs a command, in a folder of its own and against a cluster in memory of its own.
 */

const root = path.resolve(import.meta.dirname, '../../../..');
const tools = await toolFolder();

async function record({ name, script, shell = 'bash' }: CorpusRow): Promise<string> {
  const kubernetes = await startLocalKubernetes();
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  try {
    await cp(path.join(root, 'examples'), folder, { recursive: true });
    for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(folder, file), text);
    await mkdir(path.join(folder, '.aks-run-command'));
    const command = path.join(folder, '.aks-run-command', 'command.sh');
    await writeFile(command, `${script}\n`);
    const home = path.join(folder, '.aks-run-command', 'home');
    await mkdir(home);
    const env = {
      PATH: [tools, process.env['PATH']].join(path.delimiter),
      HOME: home,
      KUBECONFIG: kubernetes.kubeconfig,
    };
    await createNamespace(kubernetes.url, 'shop');
    const { exitCode, output } = await run([...shell.split(' '), '-e', command], { cwd: folder, env });
    const shown = output
      .replaceAll(folder, '/command-files')
      .replaceAll(kubernetes.url, 'https://10.0.0.1:443')
      .replaceAll(new URL(kubernetes.url).host, '10.0.0.1:443')
      .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*/g, (time) =>
        time.startsWith('2026-11-25T09:0') ? time : '2026-11-25T09:00:00',
      )
      .slice(-3000);
    return `=== ${name} | ${shell} | exit ${exitCode}\n${script.replaceAll(/^/gm, '$ ')}\n\n${shown.trimEnd()}\n`;
  } finally {
    await kubernetes.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function run([program = '', ...args]: string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<{ exitCode: number; output: string }>((resolve) => {
    // One pipe for both, as in the pod.
    const child = spawn('sh', ['-c', '"$@" 2>&1; code=$?; exit $code', 'sh', program, ...args], {
      cwd,
      env,
      timeout: 60_000,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 137, output });
    });
  });
}

const only = process.argv[2];
const recorded: string[] = [];
for (const row of ROWS.filter(({ name }) => only === undefined || name === only)) {
  recorded.push(await record(row));
  process.stderr.write(`${row.name}\n`);
}
if (only === undefined) await writeFile(new URL('corpus.txt', import.meta.url), recorded.join('\n'));
else process.stdout.write(recorded.join('\n'));
