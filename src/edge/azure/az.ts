import { spawn, spawnSync, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../azure/json.ts';
import { messageOf } from '../../failure.ts';

/** What asking `az` needs of the world. */
export type AzPorts = {
  /** The variables of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program, and whatever it has started. */
  readonly cancelled: AbortSignal;
};

/** The bound of one answer, in milliseconds: `az` renews a session over the network, and repeats by itself. */
const TIMEOUT_MS = 60_000;
/** Of each of its two streams, in bytes. A token has some kilobytes. */
const MAX_BYTES = 1024 * 1024;
/** Of what it says of a failure, in characters: the end says most. */
const MAX_WORDS = 1500;

/**
 * Variables that are none of the program's business: the inputs of the step, what the runner gives to it alone (the request
 * token of the ID token, the files by which it is told something), and what makes Azure's SDKs talk.
 */
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
 * @throws Error with the program's own words
 */
export async function azToken(scope: string, ports: AzPorts, timeoutMs = TIMEOUT_MS): Promise<AccessToken> {
  const resource = scope.replace(/\/\.default$/, '');
  // On Windows, where `az` is a batch file, a shell reads it.
  if (!/^[\w.:/-]{1,2000}$/.test(resource)) throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
  const { stdout, stderr, failure } = await run(
    ['account', 'get-access-token', '--output', 'json', '--resource', resource],
    ports,
    timeoutMs,
  );
  const token = failure === undefined ? readToken(stdout) : undefined;
  if (token !== undefined) return token;
  throw new Error([failure, stderr.trim().slice(-MAX_WORDS)].filter(Boolean).join(': ') || 'az returned no token');
}

function readToken(json: string): AccessToken | undefined {
  const answer = parseJson(json);
  const token = field(answer, 'accessToken');
  const seconds = Number(field(answer, 'expires_on'));
  // Before 2.54 of the CLI there is only a local time.
  const ofText = field(answer, 'expiresOn');
  const expiresOnTimestamp = seconds > 0 ? seconds * 1000 : Date.parse(typeof ofText === 'string' ? ofText : '');
  const isToken = typeof token === 'string' && token !== '' && Number.isFinite(expiresOnTimestamp);
  return isToken ? { token, expiresOnTimestamp } : undefined;
}

type Ran = { readonly stdout: string; readonly stderr: string; readonly failure?: string };

/** Runs it to its end, or for so long. Never rejects, and leaves no process of it behind. */
function run(args: readonly string[], { env, cancelled }: AzPorts, timeoutMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    const child = start(args, env);
    const endTree = once(() => {
      killTree(child);
    });
    const streams = [collect(child.stdout, endTree), collect(child.stderr, endTree)] as const;
    const ended = (failure?: string) => {
      clearTimeout(timer);
      cancelled.removeEventListener('abort', onCancel);
      process.removeListener('exit', endTree);
      endTree();
      const [stdout, stderr] = [streams[0](), streams[1]()];
      resolve({ stdout, stderr, ...(failure !== undefined && { failure }) });
    };
    const onCancel = () => {
      ended('az was stopped');
    };
    const timer = setTimeout(() => {
      ended(`az returned no token within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    child.once('error', (error) => {
      ended('code' in error && error.code === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : messageOf(error));
    });
    // What it started holds the pipes open, and so the next event back.
    child.once('exit', endTree);
    child.once('close', (code, signal) => {
      ended(code === 0 ? undefined : `az ended with ${signal ?? `exit code ${code}`}`);
    });
    process.once('exit', endTree);
    cancelled.addEventListener('abort', onCancel, { once: true });
    if (cancelled.aborted) onCancel();
  });
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcessByStdio<null, Readable, Readable> {
  const windows = process.platform === 'win32';
  return spawn('az', args, {
    env: cleanEnvironment(env),
    // Windows looks for programs in the current folder first, which is the workspace.
    cwd: windows ? (env['SystemRoot'] ?? String.raw`C:\Windows`) : '/',
    shell: windows,
    windowsHide: true,
    // A group of its own, so that what it starts can be ended with it.
    detached: !windows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Reads a stream; told where it never ends. */
function collect(stream: Readable, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
    else tooMuch();
  });
  return () => {
    stream.destroy();
    return Buffer.concat(chunks).toString();
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
