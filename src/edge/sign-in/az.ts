import { execFile, type ExecFileException } from 'node:child_process';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../text/json.ts';

/**
 * Variables that `az` has no use for: the step's inputs, what the runner gives this step, and SDK
 * logging. The tracking ID stays: the runner uses it to find and end the processes that are left
 * when the job ends (actions/runner, JobExtension.cs).
 */
const WITHHELD = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_(?!TRACKING_ID$)|AZURE_LOG_LEVEL$|DEBUG$)/i;

/**
 * Gets a token from the session that `az login` or `azure/login` left. The `AzureCliCredential` of
 * `@azure/identity` would hand `az` the whole environment of the step and would ignore `cancelled`.
 *
 * @throws AzError with the program's own words
 */
export async function azToken(
  resource: string,
  env: NodeJS.ProcessEnv,
  cancelled: AbortSignal,
): Promise<AccessToken> {
  // On Windows, a shell parses this.
  if (!/^[\w.:/-]{1,2000}$/.test(resource)) {
    throw new AzError('refused', `az cannot request a token for ${JSON.stringify(resource)}`);
  }
  const { error, stdout, stderr } = await runAz(resource, env, cancelled);
  const token = error === null ? readToken(parseJson(stdout)) : undefined;
  if (token !== undefined) return token;

  const failure = error === null ? 'az returned no token' : sentence(error);
  const reason = cancelled.aborted ? 'az was stopped' : failure;
  // What `az` says last is what matters, and it may have said a lot.
  const words = stderr.trim().slice(-1400);
  throw new AzError(kindOf(error, words), words === '' ? reason : `${reason}: ${words}`);
}

/**
 * Why `az` returned no token. `no-session`: it is not installed, or nobody is signed in. `refused`:
 * Entra refused, for example because the session has expired. `trouble`: anything else, such as its
 * network, may pass.
 */
export class AzError extends Error {
  readonly kind: 'no-session' | 'refused' | 'trouble';
  constructor(kind: AzError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

function kindOf(error: ExecFileException | null, words: string): AzError['kind'] {
  if (error?.code === 'ENOENT') return 'no-session';
  if (/\bAADSTS\d/.test(words)) return 'refused';
  return /\baz login\b/.test(words) ? 'no-session' : 'trouble';
}

function runAz(
  resource: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<{ error: ExecFileException | null; stdout: string; stderr: string }> {
  const { file, args, shell, cwd } = azCommand(process.platform, env, resource);
  const others = Object.fromEntries(Object.entries(env).filter(([name]) => !WITHHELD.test(name)));
  const options = { shell, cwd, env: others, signal, windowsHide: true };
  return new Promise((resolve) => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ error, stdout, stderr });
    });
    // `az`, or a wrapper around it, would wait for what it reads.
    child.stdin?.end();
  });
}

/**
 * What to start and where: outside the workspace and, on Windows, in a shell, because `az` is a
 * batch file there.
 */
export function azCommand(platform: string, env: NodeJS.ProcessEnv, resource: string) {
  const args = ['account', 'get-access-token', '--output', 'json', '--resource', resource];
  if (platform !== 'win32') return { file: 'az', args, shell: false, cwd: '/' };
  // One string, because Node warns about arguments for a shell. Windows looks for programs in the
  // current folder first.
  const cwd = env['SystemRoot'] ?? String.raw`C:\Windows`;
  return { file: ['az', ...args].join(' '), args: [], shell: true, cwd };
}

/** Why `az` failed: it was not started, it was killed, or it says so by its exit code. */
function sentence({ code, signal, message }: ExecFileException): string {
  if (code === 'ENOENT') return 'the Azure CLI (az) is not on PATH';
  if (typeof code === 'string') return message;
  return signal ? `az ended with ${signal}` : `az ended with exit code ${code}`;
}

function readToken(answer: unknown): AccessToken | undefined {
  const token = field(answer, 'accessToken');
  const seconds = Number(field(answer, 'expires_on'));
  // Before version 2.54, the CLI gives only a local time.
  const expires = seconds > 0 ? seconds * 1000 : Date.parse(String(field(answer, 'expiresOn')));
  if (typeof token !== 'string' || token === '' || !Number.isFinite(expires)) return undefined;
  return { token, expiresOnTimestamp: expires };
}
