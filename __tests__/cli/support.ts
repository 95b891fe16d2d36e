import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { demo, type LocalAzure } from '../../local/azure/index.ts';
import { ended } from '../../local/github/step.ts';
import { field, parseJson } from '../../src/text/json.ts';

export type Prompt = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  readonly onStart?: (child: ChildProcessWithoutNullStreams) => void;
};

export const BUNDLE = path.resolve(import.meta.dirname, '../../dist/index.js');

const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;

/** The environment of a prompt on the stand-in: a token service, and no step around it. */
export function environment(azure: LocalAzure): Record<string, string> {
  const outside = /^(INPUT_|GITHUB_|CI$)/;
  const given = Object.entries(azure.runnerEnv()).filter(([name]) => !outside.test(name));
  return { PATH, NODE_COMPILE_CACHE, HOME: '/nonexistent', ...Object.fromEntries(given) };
}

/** Options that reach the stand-in's cluster. */
export function onCluster(azure: LocalAzure, name = 'plain'): string[] {
  return [
    '-g',
    demo.resourceGroup,
    '-n',
    name,
    '--subscription',
    demo.subscriptionId,
    '--client-id',
    demo.clientId,
    '--tenant-id',
    demo.tenantId,
    '--environment',
    azure.url,
  ];
}

/** Starts the bundle as a user does, and waits for its end. */
export const atPrompt = (args: readonly string[], how?: Prompt) =>
  execute(process.execPath, [BUNDLE, ...args], how);

/**
 * Starts a program, and waits for its end without holding this process, which may be the stand-in.
 */
export async function execute(program: string, args: readonly string[], how: Prompt = {}) {
  const { env = { PATH, NODE_COMPILE_CACHE }, cwd, stdin = '', onStart } = how;
  const child = spawn(program, args, { env, cwd });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  onStart?.(child);
  const { exitCode: code, stdout, stderr } = await ended(child);
  return { code, signal: child.signalCode, stdout, stderr };
}

/** An ID token as a CI's own service gives one. */
export async function idToken({ handle, requestToken }: LocalAzure): Promise<string> {
  const url = '/github/id-token?api-version=2.0&audience=api://AzureADTokenExchange';
  const headers = { authorization: `Bearer ${requestToken}` };
  const given = await handle({ method: 'GET', url, headers, body: '' });
  return String(field(parseJson(given.kind === 'answer' ? given.response.body : ''), 'value'));
}
