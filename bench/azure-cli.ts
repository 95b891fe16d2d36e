import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { demo, type LocalAzure } from '../local/azure/index.ts';

/** The real Azure CLI: Debian's package, against the stand-in. */

const run = promisify(execFile);

/** Its version; undefined where it is not installed, and this user cannot install it. */
export async function azureCliVersion(): Promise<string | undefined> {
  const version = async () => {
    const { stdout } = await run('az', ['version', '--output', 'json']);
    return (JSON.parse(stdout) as { 'azure-cli': string })['azure-cli'];
  };
  const installed = await version().catch(() => undefined);
  if (installed !== undefined || process.getuid?.() !== 0) return installed;
  console.log('Installing azure-cli …');
  try {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'azure-cli', 'time'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return await version();
  } catch (error) {
    console.log(`azure-cli cannot be installed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The environments in which `az` is used against the stand-in. */
export type AzureCli = {
  /** Knows the cloud; nobody is signed in. */
  readonly cloudOnly: Readonly<Record<string, string>>;
  readonly signedIn: Readonly<Record<string, string>>;
};

/** Registers the stand-in as a cloud, and signs in there. */
export async function prepareAzureCli(azure: LocalAzure, scratch: string): Promise<AzureCli> {
  const environment = (config: string) => ({
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    LANG: 'C.UTF-8',
    AZURE_CONFIG_DIR: path.join(scratch, config),
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    REQUESTS_CA_BUNDLE: azure.caFile,
  });
  const cloudOnly = environment('azure-cli');
  const signedIn = environment('azure-cli-signed-in');
  const az = (env: Record<string, string>, ...args: string[]) => run('az', args, { env });
  await mkdir(cloudOnly.AZURE_CONFIG_DIR);
  await az(cloudOnly, 'config', 'set', 'core.instance_discovery=false');
  await az(cloudOnly, 'cloud', 'register', '--name', 'LocalAzure', '--endpoint-resource-manager', azure.url);
  await az(cloudOnly, 'cloud', 'set', '--name', 'LocalAzure');
  await cp(cloudOnly.AZURE_CONFIG_DIR, signedIn.AZURE_CONFIG_DIR, { recursive: true });
  await az(signedIn, ...signInArguments(await idToken(azure)));
  return { cloudOnly, signedIn };
}

/** What `azure/login` runs. */
export function signInArguments(token: string): string[] {
  const identity = ['--username', demo.clientId, '--tenant', demo.tenantId, '--federated-token', token];
  return ['login', '--service-principal', ...identity, '--output', 'none'];
}

/** An ID token, as GitHub gives it to a job. */
export async function idToken(azure: LocalAzure): Promise<string> {
  const outcome = await azure.handle({
    method: 'GET',
    url: '/github/id-token?audience=api%3A%2F%2FAzureADTokenExchange',
    headers: { authorization: `Bearer ${azure.requestToken}` },
    body: '',
  });
  if (outcome.kind !== 'answer') throw new Error('No ID token');
  return (JSON.parse(outcome.response.body) as { value: string }).value;
}
