import { spawn, spawnSync, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../azure/json.ts';
import { messageOf } from '../../failure.ts';

/** What asking `az` needs of the world. */
export type AzPorts = {
  /** The variables of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program, and whatever it has started: `az` renews a session over the network, and repeats by itself. */
  readonly cancelled: AbortSignal;
};

/** Of each of its two streams, in characters. A token has some thousands. */
const MAX_LENGTH = 1_048_576;
/** Of what it says of a failure, in characters: the end says most, and a message that is cut keeps its beginning. */
const MAX_WORDS = 1400;

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
export async function azToken(scope: string, ports: AzPorts): Promise<AccessToken> {
  const resource = scope.replace(/\/\.default$/, '');
  // On Windows, where `az` is a batch file, a shell reads it.
  if (!/^[\w.:/-]{1,2000}$/.test(resource)) throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
  const { stdout, stderr, failure } = await run(
    ['account', 'get-access-token', '--output', 'json', '--resource', resource],
    ports,
  );
  const token = failure === undefined ? readToken(stdout) : undefined;
  if (token !== undefined) return token;
  throw new Error([failure, stderr.trim().slice(-MAX_WORDS)].filter(Boolean).join(': ') || 'az returned no token');
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

type Ran = { readonly stdout: string; readonly stderr: string; readonly failure?: string };

/** Runs it to its end. Never rejects, and leaves no process of it behind. */
function run(args: readonly string[], { env, cancelled }: AzPorts): Promise<Ran> {
  return new Promise((resolve) => {
    const child = start(args, env);
    // Once: its process id may soon be that of another one.
    const tree = new AbortController();
    tree.signal.addEventListener('abort', () => {
      killTree(child, env);
    });
    const endTree = () => {
      tree.abort();
    };
    const streams = [collect(child.stdout, endTree), collect(child.stderr, endTree)] as const;
    const ended = (failure?: string) => {
      cancelled.removeEventListener('abort', onCancel);
      process.removeListener('exit', endTree);
      endTree();
      const [stdout, stderr] = [streams[0](), streams[1]()];
      resolve({ stdout, stderr, ...(failure !== undefined && { failure }) });
    };
    const onCancel = () => {
      ended('az was stopped');
    };
    child.once('error', (error) => {
      ended('code' in error && error.code === 'ENOENT' ? 'the Azure CLI (az) is not on PATH' : messageOf(error));
    });
    // What it started holds the pipes open, and so the next event back.
    child.once('exit', endTree);
    child.once('close', (code, signal) => {
      ended(code === 0 ? undefined : `az ended with ${signal ?? `exit code ${code}`}`);
    });
    process.once('exit', endTree);
    cancelled.addEventListener('abort', onCancel);
    if (cancelled.aborted) onCancel();
  });
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcessByStdio<null, Readable, Readable> {
  return spawn('az', args, {
    ...azOptions(process.platform, env),
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** How `az` is started on a system. */
export function azOptions(platform: string, env: NodeJS.ProcessEnv) {
  const windows = platform === 'win32';
  return {
    // Windows looks for programs in the current folder first, which is the workspace.
    cwd: windows ? (env['SystemRoot'] ?? String.raw`C:\Windows`) : '/',
    shell: windows,
    windowsHide: true,
    // A group of its own, so that what it starts can be ended with it.
    detached: !windows,
  };
}

function killTree({ pid }: ChildProcess, env: NodeJS.ProcessEnv): void {
  if (pid === undefined) return;
  const { cwd, shell: windows } = azOptions(process.platform, env);
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { cwd, stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Reads a stream; told where it never ends. */
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
