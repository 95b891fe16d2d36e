import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../azure/json.ts';
import { messageOf } from '../../failure.ts';

/** Variables that `az` has no use for: the step's inputs, what the runner gives this step, and SDK logging. */
const OURS = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_|AZURE_LOG_LEVEL$|DEBUG$)/i;

/**
 * Gets a token from the session that `az login` or `azure/login` left. The `AzureCliCredential` of `@azure/identity`
 * would end only the shell that runs `az`, not `az` itself.
 *
 * @throws Error with the program's own words
 */
export async function azToken(scope: string, env: NodeJS.ProcessEnv, cancelled: AbortSignal): Promise<AccessToken> {
  const resource = scope.replace(/\/\.default$/, '');
  // On Windows, `az` is a batch file, so a shell parses this.
  if (!/^[\w.:/-]{1,2000}$/.test(resource)) throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
  const child = spawn('az', ['account', 'get-access-token', '--output', 'json', '--resource', resource], {
    ...azOptions(process.platform, env),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name))),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => {
    killTree(child.pid);
  };
  const [stdout, stderr] = [collect(child.stdout, end), collect(child.stderr, end)];
  process.once('exit', end);
  // Processes that `az` started keep the pipes open, so they have to end before the pipes can close.
  for (const event of ['exit', 'error']) child.once(event, end);
  const failure = await once(child, 'close', { signal: cancelled }).then(
    ([code, signal]) => (code === 0 ? '' : `az ended with ${signal ?? `exit code ${code}`}`),
    (error: unknown) => {
      if (cancelled.aborted) return 'az was stopped';
      return field(error, 'code') === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : messageOf(error);
    },
  );
  process.removeListener('exit', end);
  end();
  const [json, words] = [stdout(), stderr().trim().slice(-1400)];
  const token = failure === '' ? readToken(parseJson(json)) : undefined;
  if (token) return token;
  throw new Error([failure, words].filter(Boolean).join(': ') || 'az returned no token');
}

function collect(stream: Readable, tooMuch: () => void): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.length > 1_048_576) tooMuch();
  });
  return () => {
    // A process that escaped may still hold the other end.
    stream.destroy();
    return text;
  };
}

function readToken(answer: unknown): AccessToken | undefined {
  const token = field(answer, 'accessToken');
  // Before version 2.54, the CLI gives only a local time.
  const expires = Number(field(answer, 'expires_on')) * 1000 || Date.parse(String(field(answer, 'expiresOn')));
  if (typeof token !== 'string' || token === '' || !Number.isFinite(expires)) return undefined;
  return { token, expiresOnTimestamp: expires };
}

/** How to start `az`: outside the workspace and, except on Windows, in a process group to kill as a whole. */
export function azOptions(platform: string, env: NodeJS.ProcessEnv) {
  if (platform !== 'win32') return { cwd: '/', shell: false, detached: true };
  // Windows looks for programs in the current folder first.
  return { cwd: env['SystemRoot'] ?? String.raw`C:\Windows`, shell: true, detached: false, windowsHide: true };
}

function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left to kill.
  }
}
