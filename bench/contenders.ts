import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import { demo, type LocalAzure } from '../local/azure/index.ts';
import { readAction } from '../local/github/step.ts';

/** What every contender is to do. */
export type Work = {
  readonly command: string;
  readonly workspace: string;
  /** Whether everything in the workspace is sent. */
  readonly files: boolean;
};

/** A command line, and the variables that it gets besides `PATH` and `HOME`. */
type Start = { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> };

/** Everything that a contender needs to do the work once. What this takes is not measured. */
export type Contender = (work: Work) => Start | Promise<Start>;

const root = path.resolve(import.meta.dirname, '..');
const ncc = path.join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');

/** Bundles a program of this folder as the action is bundled. */
function bundled(name: string, scratch: string): string {
  const out = path.join(scratch, name);
  const options = ['--out', out, '--target', 'es2024', '--no-cache', '--transpile-only'];
  execFileSync(
    process.execPath,
    [ncc, 'build', path.join(import.meta.dirname, `${name}.ts`), ...options],
    {
      cwd: root,
      stdio: 'ignore',
    },
  );
  return path.join(out, 'index.js');
}

/** The environment of a step, as GitHub's runner makes it. */
function stepEnv(
  azure: LocalAzure,
  scratch: string,
  { command, workspace, files }: Work,
): Record<string, string> {
  const folder = mkdtempSync(path.join(scratch, 'step-'));
  const output = path.join(folder, 'output');
  const summary = path.join(folder, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  return {
    ...azure.runnerEnv({ command, files: files ? '**' : '' }),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: folder,
  };
}

type Ours = 'action' | 'plain action' | 'floor';

export async function contenders(
  azure: LocalAzure,
  scratch: string,
): Promise<Record<Ours, Contender>> {
  const { defaults, main } = await readAction(root);
  const plainAction = bundled('plain-action', scratch);
  const floor = bundled('floor', scratch);
  return {
    action: (work) => ({
      words: [process.execPath, path.join(root, main)],
      env: { ...defaults, ...stepEnv(azure, scratch, work) },
    }),
    'plain action': (work) => ({
      words: [process.execPath, plainAction],
      env: stepEnv(azure, scratch, work),
    }),
    floor: (work) => {
      const zip = path.join(scratch, 'floor.zip');
      if (work.files) {
        const archive = new AdmZip();
        archive.addLocalFolder(work.workspace);
        archive.writeZip(zip);
      }
      return {
        words: [process.execPath, floor, ...(work.files ? [zip] : [])],
        env: stepEnv(azure, scratch, work),
      };
    },
  };
}

/**
 * The real Azure CLI (Debian's package `azure-cli`), which signs in and invokes, as a step without
 * this action does; undefined if it is not installed.
 */
export async function azureCli(azure: LocalAzure, scratch: string): Promise<Contender | undefined> {
  const config = path.join(scratch, 'az');
  mkdirSync(config);
  const env = {
    AZURE_CONFIG_DIR: config,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    REQUESTS_CA_BUNDLE: azure.caFile,
  };
  // Not synchronously, because the stand-in that `az` asks runs in this process.
  const az = (...words: string[]) =>
    promisify(execFile)('az', words, { env: { ...process.env, ...env } });
  try {
    await az('config', 'set', 'core.instance_discovery=false');
    await az('cloud', 'register', '--name', 'LocalAzure', '--endpoint-resource-manager', azure.url);
    await az('cloud', 'set', '--name', 'LocalAzure');
  } catch {
    return undefined;
  }
  return async ({ command, workspace, files }) => {
    const request = {
      method: 'GET',
      url: '/github/id-token?audience=api%3A%2F%2FAzureADTokenExchange',
      headers: { authorization: `Bearer ${azure.requestToken}` },
      body: '',
    };
    const outcome = await azure.handle(request);
    if (outcome.kind !== 'answer') throw new Error('The stand-in gives no ID token');
    const { value } = JSON.parse(outcome.response.body) as { value: string };
    const script = `
      az login --service-principal --username ${demo.clientId} --tenant ${demo.tenantId} \\
        --federated-token ${value} --output none
      cd '${workspace}'
      az aks command invoke --resource-group ${demo.resourceGroup} --name plain \\
        --command '${command}' ${files ? '--file .' : ''}`;
    return { words: ['sh', '-ec', script], env };
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Runs a contender once.
 *
 * @returns milliseconds from its start to its end, and from the command's end to its own; what it
 * printed, if it failed
 */
export async function measure(
  contender: Contender,
  work: Work,
  azure: LocalAzure,
  scratch: string,
) {
  const { words, env } = await contender(work);
  const [program = '', ...args] = words;
  const startedAt = Date.now();
  const base = { PATH: process.env['PATH'] ?? '', HOME: scratch };
  const child = spawn(program, args, { cwd: work.workspace, env: { ...base, ...env } });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const endedAt = Date.now();
  const { finishedAt = NaN } = azure.commands().at(-1) ?? {};
  return {
    wallMs: endedAt - startedAt,
    lateMs: endedAt - finishedAt,
    failure: child.exitCode === 0 ? undefined : `${stdout}${stderr}`.trim(),
  };
}
