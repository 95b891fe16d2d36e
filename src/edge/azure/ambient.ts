import type { AccessToken, TokenCredential } from '@azure/identity';
import { messageOf, StepError } from '../../failure.ts';
import { trusted } from '../../text/trusted.ts';
import { azToken } from './az.ts';
import { credentialOptions, quotable, within, type EdgePorts } from './client.ts';
import { canBeToken } from './token.ts';

/** A session from before this step. */
type Session = {
  /** What messages call it. */
  readonly name: string;
  readonly request: (resource: string, signal: AbortSignal) => Promise<AccessToken | null>;
};

/**
 * Uses a session that already exists: Azure Pipelines' service connection, whose tokens can be
 * renewed; that of `az`; or the workload identity of a machine in Kubernetes. It stays with the
 * first one that returns a token.
 */
export function ambient(authority: () => Promise<string>, ports: EdgePorts) {
  let chosen: Session | undefined;
  const { application } = ports.host.words;
  ports.log.progress(
    'signing-in',
    trusted`Signing in with the existing Azure session, because ${application} are not set.`,
  );
  const sessions = sessionsFor(authority, ports);
  return async function request(resource: string): Promise<AccessToken> {
    const failures: string[] = [];
    const candidates = chosen === undefined ? sessions : [chosen];
    for (const session of candidates) {
      try {
        const token = await within(60_000, ports.clock, (signal) =>
          session.request(resource, signal),
        );
        if (token === null || !canBeToken(token.token)) throw new Error('no usable token');
        chosen = session;
        return token;
      } catch (error) {
        failures.push(`${session.name}: ${quotable(messageOf(error), ports.tokens)}`);
      }
    }
    throw new StepError({ code: 'no-session', detail: failures.join('\n') });
  };
}

/** The sessions that this machine may have, in the order in which they are tried. */
function sessionsFor(authority: () => Promise<string>, ports: EdgePorts): Session[] {
  const az: Session = {
    name: ports.host.words.login,
    request: (resource, signal) =>
      azToken(resource, process.env, AbortSignal.any([ports.cancelled, signal])),
  };
  return [azurePipelines(authority, ports), az, workloadIdentity(authority, ports)].filter(
    (session) => session !== undefined,
  );
}

/** The service connection of the task `AzureCLI@2`. */
function azurePipelines(authority: () => Promise<string>, ports: EdgePorts): Session | undefined {
  const { variable } = ports.host;
  const connection = variable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID');
  const client = variable('AZURESUBSCRIPTION_CLIENT_ID');
  const tenant = variable('AZURESUBSCRIPTION_TENANT_ID');
  // The task sets all the others. This one has to be mapped in the `env` of the step.
  const accessToken = variable('SYSTEM_ACCESSTOKEN');
  if (!connection || !client || !tenant || !accessToken) return undefined;
  if (!variable('SYSTEM_OIDCREQUESTURI')) return undefined;

  return sessionOf('Azure Pipelines', async () => {
    const { AzurePipelinesCredential } = await import('@azure/identity');
    const options = credentialOptions(await authority(), ports);
    return new AzurePipelinesCredential(tenant, client, connection, accessToken, options);
  });
}

function workloadIdentity(authority: () => Promise<string>, ports: EdgePorts): Session | undefined {
  if (!ports.host.variable('AZURE_FEDERATED_TOKEN_FILE')) return undefined;

  return sessionOf('workload identity', async () => {
    const { WorkloadIdentityCredential } = await import('@azure/identity');
    return new WorkloadIdentityCredential(credentialOptions(await authority(), ports));
  });
}

/**
 * A session with a new credential for each request, so that none keeps a token that was rejected.
 */
function sessionOf(name: string, create: () => Promise<TokenCredential>): Session {
  return {
    name,
    async request(resource, abortSignal) {
      const credential = await create();
      return credential.getToken(`${resource}/.default`, { abortSignal });
    },
  };
}
