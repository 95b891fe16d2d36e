import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { demo, type LocalAzure } from '../local-azure/index.ts';

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

/** Registers the stand-in as a cloud and signs in there. Gives the environment in which `az` is then used. */
export async function signInAzureCli(azure: LocalAzure, scratch: string): Promise<Record<string, string>> {
  const config = path.join(scratch, 'azure-cli');
  await mkdir(config);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    LANG: 'C.UTF-8',
    AZURE_CONFIG_DIR: config,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    REQUESTS_CA_BUNDLE: azure.caFile,
  };
  const az = (...args: string[]) => run('az', args, { env });
  await az('config', 'set', 'core.instance_discovery=false');
  await az('cloud', 'register', '--name', 'LocalAzure', '--endpoint-resource-manager', azure.url);
  await az('cloud', 'set', '--name', 'LocalAzure');
  const { body } = await azure
    .handle({
      method: 'GET',
      url: '/github/id-token?audience=api%3A%2F%2FAzureADTokenExchange',
      headers: { authorization: `Bearer ${azure.requestToken}` },
      body: '',
    })
    .then((outcome) => (outcome.kind === 'answer' ? outcome.response : Promise.reject(new Error('No ID token'))));
  const idToken = (JSON.parse(body) as { value: string }).value;
  const identity = ['--username', demo.clientId, '--tenant', demo.tenantId, '--federated-token', idToken];
  await az('login', '--service-principal', ...identity);
  return env;
}
