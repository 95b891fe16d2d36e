/**
 * The peer to beat: an action that does the same work with the same packages, used in the plainest
 * way, and promises nothing. `main.ts` bundles it with ncc, as the action is bundled.
 */
import * as core from '@actions/core';
import { create } from '@actions/glob';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { ClientAssertionCredential } from '@azure/identity';
import AdmZip from 'adm-zip';
import path from 'node:path';

const audience = 'api://AzureADTokenExchange';
const workspace = process.env['GITHUB_WORKSPACE'] ?? '.';

async function run(): Promise<void> {
  const endpoint = core.getInput('environment');
  const zip = new AdmZip();
  if (core.getInput('files') !== '') {
    const globber = await create(core.getInput('files'), { matchDirectories: false });
    for (const file of await globber.glob()) {
      zip.addLocalFile(file, path.dirname(path.relative(workspace, file)));
    }
  }
  const credential = new ClientAssertionCredential(
    core.getInput('tenant-id'),
    core.getInput('client-id'),
    () => core.getIDToken(audience),
    { authorityHost: endpoint, disableInstanceDiscovery: true },
  );
  const client = new ContainerServiceClient(credential, core.getInput('subscription-id'), {
    endpoint,
    credentials: { scopes: [`${endpoint}/.default`] },
  });
  const { exitCode, logs } = await client.managedClusters.runCommand(
    core.getInput('resource-group'),
    core.getInput('cluster'),
    { command: core.getInput('command'), context: zip.toBuffer().toString('base64') },
    { updateIntervalInMs: 1000 },
  );
  core.info(logs ?? '');
  core.setOutput('exit-code', exitCode);
  if (exitCode !== 0) core.setFailed(`The command exited with code ${exitCode}`);
}

run().catch((error: unknown) => {
  core.setFailed(String(error));
});
