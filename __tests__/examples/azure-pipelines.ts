import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { throwAwayCertificate } from '../../local/azure/certificate.ts';
import { execute } from '../cli/support.ts';

/**
 * A model of an agent of Azure Pipelines that runs a step of `AzureCLI@2` or `AzureCLI@3`, with a
 * service connection that uses workload identity federation. As in the public sources of the agent
 * (microsoft/azure-pipelines-agent, `VarUtil.cs` and `Handler.cs`) and of the tasks
 * (microsoft/azure-pipelines-tasks, `task.json` and `azureclitask.ts` of both).
 */

export type PipelineStep = {
  readonly task: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
};

export type Agent = {
  /** Variables of the job, by names such as `System.OidcRequestUri`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The same for secret ones. A step sees one only if its `env` maps it. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly connection: {
    readonly name: string;
    readonly id: string;
    readonly clientId: string;
    readonly tenantId: string;
    readonly subscription: { readonly id: string; readonly name: string };
  };
  /** The environment in which the agent was started. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** `Agent.TempDirectory`. */
  readonly temp: string;
};

const INPUTS = `azureSubscription scriptType scriptLocation scriptPath inlineScript arguments
  powerShellErrorActionPreference addSpnToEnvironment useGlobalConfig workingDirectory
  failOnStandardError powerShellIgnoreLASTEXITCODE visibleAzLogin keepAzSessionActive`.split(/\s+/);

const TASKS: Readonly<Record<string, readonly string[]>> = {
  'AzureCLI@2': INPUTS,
  'AzureCLI@3': [
    ...INPUTS,
    'connectionType',
    'azureDevOpsServiceConnection',
    'allowNoSubscriptions',
  ],
};

/** Runs a step whose script is inline and for bash. */
export async function runOnAgent({ task, inputs, env = {} }: PipelineStep, agent: Agent) {
  const unknown = Object.keys(inputs).filter((name) => TASKS[task]?.includes(name) !== true);
  const { azureSubscription, scriptType, scriptLocation, inlineScript = '' } = inputs;
  const { connection, variables, secrets, temp } = agent;
  if (unknown.length > 0) throw new Error(`${task} has no input ${unknown.join(', ')}`);
  if (
    azureSubscription !== connection.name ||
    `${scriptType} ${scriptLocation}` !== 'bash inlineScript'
  )
    throw new Error('This model has one service connection, and runs inline scripts in bash');

  const macros = { ...variables, ...secrets };
  const expand = (text: string) =>
    text.replaceAll(/\$\(([\w.]+)\)/g, (macro, name: string) => macros[name] ?? macro);
  const script = path.join(mkdtempSync(path.join(temp, 'script-')), 'azureclitaskscript.sh');
  writeFileSync(script, expand(inlineScript));
  const mapped = Object.entries(env).map(([name, value]) => [name, expand(value)] as const);
  return execute('bash', [script], {
    cwd: agent.cwd,
    env: {
      ...agent.env,
      ...named(variables),
      TF_BUILD: 'True',
      ...Object.fromEntries(mapped),
      AZURE_CONFIG_DIR: signedIn(agent),
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: connection.id,
      AZURESUBSCRIPTION_CLIENT_ID: connection.clientId,
      AZURESUBSCRIPTION_TENANT_ID: connection.tenantId,
    },
  });
}

/** Variables as the agent passes them on. */
function named(variables: Agent['variables']): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replaceAll(/[. ]/g, '_').toUpperCase(), value]),
  );
}

/** The folder of the session in which the task signs `az` in, and sets the subscription. */
function signedIn({ connection: { subscription }, temp }: Agent): string {
  const folder = mkdtempSync(path.join(temp, '.azclitask-'));
  const profile = { subscriptions: [{ ...subscription, isDefault: true }] };
  writeFileSync(path.join(folder, 'azureProfile.json'), JSON.stringify(profile));
  return folder;
}

export type OidcService = Awaited<ReturnType<typeof startOidcService>>;

/** Azure DevOps' own service, which gives ID tokens for service connections. */
export async function startOidcService(issue: () => Promise<string>) {
  const { key, cert } = await throwAwayCertificate('localhost');
  let asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'https://localhost');
    const connection = searchParams.get('serviceConnectionId') ?? '';
    asked.push(`${request.headers.authorization ?? ''} for ${connection}`);
    void issue().then((oidcToken) => response.end(JSON.stringify({ oidcToken })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    /** `System.OidcRequestUri`. */
    uri: `https://localhost:${(server.address() as AddressInfo).port}/oidctoken`,
    certificate: cert,
    /** Who has asked since the last call of this, and for which connection. */
    asked() {
      const since = asked;
      asked = [];
      return [...new Set(since)];
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
