import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../azure/json.ts';

/** What asking `az` needs of the world. */
type AzPorts = { readonly env: NodeJS.ProcessEnv; readonly cancelled: AbortSignal };

/** Of each of its two streams, in characters. A token has some thousands. */
const MAX_LENGTH = 1_048_576;
/** Of what `az` says of a failure, in characters: the end says most. */
const MAX_WORDS = 1400;

/** Variables that are none of the program's business: the step's inputs, what the runner gives to this step, SDK logs. */
const OURS = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_|AZURE_LOG_LEVEL$|DEBUG$)/i;

/** The variables that `az` gets. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}

/**
 * An access token of the session that `az login` or `azure/login` left. Not by `AzureCliCredential` of `@azure/identity`,
 * which ends the shell in which it starts `az`, and not `az`.
 *
 * @param scope as Entra has it, `RESOURCE/.default`
 * @param ports `cancelled` ends the program, which renews a session over the network, and repeats by itself
 * @throws Error with the program's own words
 */
export async function azToken(scope: string, { env, cancelled }: AzPorts): Promise<AccessToken> {
  const resource = scope.replace(/\/\.default$/, '');
  // On Windows, where `az` is a batch file, a shell reads it.
  if (!/^[\w.:/-]{1,2000}$/.test(resource)) throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
  const args = ['account', 'get-access-token', '--output', 'json', '--resource', resource];
  const options = { ...azOptions(process.platform, env), env: cleanEnvironment(env) };
  const child = spawn('az', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => {
    killTree(child);
  };
  const [stdout, stderr] = [collect(child.stdout, end), collect(child.stderr, end)] as const;
  const over = new AbortController();
  const failure = await new Promise<string>((resolve) => {
    process.once('exit', end);
    const stop = () => {
      resolve('az was stopped');
    };
    cancelled.addEventListener('abort', stop, { signal: over.signal });
    if (cancelled.aborted) stop();
    child.once('error', (error) => {
      resolve('code' in error && error.code === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : error.message);
    });
    // Whatever it started holds the pipes open, and so the next event back.
    child.once('exit', end);
    child.once('close', (code, signal) => {
      resolve(code === 0 ? '' : `az ended with ${signal ?? `exit code ${code}`}`);
    });
  });
  over.abort();
  process.removeListener('exit', end);
  end();
  const token = failure === '' ? readToken(stdout()) : undefined;
  if (token) return token;
  throw new Error([failure, stderr().trim().slice(-MAX_WORDS)].filter(Boolean).join(': ') || 'az returned no token');
}

/** Reads a stream; `tooMuch` is called if it does not end. */
function collect(stream: Readable, tooMuch: () => void): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.length > MAX_LENGTH) tooMuch();
  });
  return () => {
    // What got away may hold the other end.
    stream.destroy();
    return text;
  };
}

function readToken(json: string): AccessToken | undefined {
  const answer = parseJson(json);
  const token = field(answer, 'accessToken');
  // Before 2.54 of the CLI there is only a local time.
  const expiresOnTimestamp =
    Number(field(answer, 'expires_on')) * 1000 || Date.parse(String(field(answer, 'expiresOn')));
  const isToken = typeof token === 'string' && token !== '' && Number.isFinite(expiresOnTimestamp);
  return isToken ? { token, expiresOnTimestamp } : undefined;
}

/** How `az` is started on a system. */
export function azOptions(platform: string, env: NodeJS.ProcessEnv) {
  const windows = platform === 'win32';
  return {
    // Windows looks for programs in the current folder first, which is the workspace.
    cwd: windows ? (env['SystemRoot'] ?? String.raw`C:\Windows`) : '/',
    shell: windows,
    windowsHide: true,
    // A group of its own, so that whatever it starts can be ended with it.
    detached: !windows,
  };
}

function killTree({ pid }: ChildProcess): void {
  try {
    if (pid === undefined) return;
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left.
  }
}
