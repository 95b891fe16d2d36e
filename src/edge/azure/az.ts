import { execFile, type ExecFileException } from 'node:child_process';
import type { AccessToken } from '@azure/identity';
import { field, parseJson } from '../../azure/json.ts';
import { withAbsolutePath } from '../../hosts/search-path.ts';

/**
 * Variables that `az` has no use for: the step's inputs, what the runner gives this step, and SDK logging. By the
 * tracking ID, the runner finds and ends what is left when the job is over (actions/runner, JobExtension.cs).
 */
const OURS = /^(?:INPUT_|ACTIONS_|GITHUB_|RUNNER_(?!TRACKING_ID$)|AZURE_LOG_LEVEL$|DEBUG$)/i;

/**
 * Gets a token from the session that `az login` or `azure/login` left. The `AzureCliCredential` of `@azure/identity`
 * would hand `az` the whole environment of the step and would ignore `cancelled`.
 *
 * @throws Error with the program's own words
 */
export async function azToken(
  scope: string,
  env: NodeJS.ProcessEnv,
  cancelled: AbortSignal,
): Promise<AccessToken> {
  const resource = scope.replace(/\/\.default$/, '');
  // On Windows, a shell parses this.
  if (!/^[\w.:/-]{1,2000}$/.test(resource))
    throw new Error(`az cannot request the scope ${JSON.stringify(scope)}`);
  const { file, args, ...where } = azCommand(process.platform, env, resource);
  const others = Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
  const options = {
    ...where,
    env: withAbsolutePath(others, process.platform),
    signal: cancelled,
    windowsHide: true,
  };
  const [error, stdout, stderr] = await new Promise<[ExecFileException | null, string, string]>(
    (resolve) => {
      const { stdin, stdout, stderr } = execFile(file, args, options, (...ended) => {
        resolve(ended);
      }).once('exit', () => {
        // A process that `az` left behind can keep the pipes open. From now on, no signal would end the wait for them.
        setTimeout(() => [stdout, stderr].map((pipe) => pipe?.destroy()), 1000).unref();
      });
      stdin?.end(); // `az`, or a wrapper around it, would wait for what it reads.
    },
  );
  const token = error ? undefined : readToken(parseJson(stdout));
  if (token) return token;
  const failure = cancelled.aborted ? 'az was stopped' : error && sentence(error);
  throw new Error(
    [failure, stderr.trim().slice(-1400)].filter(Boolean).join(': ') || 'az returned no token',
  );
}

/** What to start and where: outside the workspace and, on Windows, in a shell, because `az` is a batch file there. */
export function azCommand(platform: string, env: NodeJS.ProcessEnv, resource: string) {
  const args = ['account', 'get-access-token', '--output', 'json', '--resource', resource];
  if (platform !== 'win32') return { file: 'az', args, shell: false, cwd: '/' };
  // One string, because Node warns about arguments for a shell. Windows looks for programs in the current folder first.
  const cwd = env['SystemRoot'] ?? String.raw`C:\Windows`;
  return { file: ['az', ...args].join(' '), args: [], shell: true, cwd };
}

function sentence({ code, signal, message }: ExecFileException): string {
  if (code === 'ENOENT') return 'the Azure CLI (az) is not on PATH';
  return typeof code === 'string' ? message : `az ended with ${signal ?? `exit code ${code}`}`;
}

function readToken(answer: unknown): AccessToken | undefined {
  const token = field(answer, 'accessToken');
  // Before version 2.54, the CLI gives only a local time.
  const expires =
    Number(field(answer, 'expires_on')) * 1000 || Date.parse(String(field(answer, 'expiresOn')));
  if (typeof token !== 'string' || token === '' || !Number.isFinite(expires)) return undefined;
  return { token, expiresOnTimestamp: expires };
}
