import type { AccessToken, TokenCredential } from '@azure/identity';
import { messageOf, StepError } from '../../failure.ts';
import { ours } from '../../text/ours.ts';
import { azToken } from './az.ts';
import { credentialOptions } from './client.ts';
import { quotable, within, type EdgePorts, type TokenSource } from './exchange.ts';

/** What signed in before this step: its name in a message, and what requests its tokens. */
type Session = readonly [name: string, ask: (scope: string, signal: AbortSignal) => Promise<AccessToken | null>];

const TIMEOUT_MS = 60_000;

/** Printed bare, so the names of the inputs are written out for each place. */
const SIGNING_IN = {
  workflow: ours`Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
  prompt: ours`Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};

/**
 * The session of whatever signed in before: Azure Pipelines' service connection, whose tokens renew; that of `azure/login`
 * or `az login`; the workload identity of a machine in Kubernetes. The first that has a token is kept.
 */
export function ambient(authority: () => Promise<string>, ports: EdgePorts): TokenSource {
  let chosen: Session | undefined;
  ports.log.progress('signing-in', SIGNING_IN[ports.host.words.place]);
  const sessions = sessionsFor(authority, ports);
  return {
    async request(scope) {
      const failures: string[] = [];
      for (const session of chosen ? [chosen] : sessions) {
        const [name, ask] = session;
        try {
          const token = await within(TIMEOUT_MS, ports.clock, (signal) => ask(scope, signal));
          if (token === null) throw new Error('no token');
          chosen = session;
          return token;
        } catch (error) {
          failures.push(`${name}: ${quotable(messageOf(error), ports.sent)}`);
        }
      }
      throw new StepError({ code: 'no-session', detail: failures.join('\n') });
    },
    reset() {
      chosen = undefined;
    },
  };
}

/** The sessions that there may be, in the order in which they are asked. */
function sessionsFor(authority: () => Promise<string>, ports: EdgePorts): Session[] {
  const { variable, words } = ports.host;
  const options = async () => credentialOptions(await authority(), ports);
  const by = (name: string, create: () => Promise<TokenCredential>): Session => [
    name,
    async (scope, abortSignal) => (await create()).getToken(scope, { abortSignal }),
  ];
  // `AzureCLI@2` sets all of these but the access token, which the step's `env` has to map.
  const accessToken = variable('SYSTEM_ACCESSTOKEN');
  const connection = variable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID');
  const client = variable('AZURESUBSCRIPTION_CLIENT_ID');
  const tenant = variable('AZURESUBSCRIPTION_TENANT_ID');
  const sessions: Session[] = [];
  if (accessToken && connection && client && tenant && variable('SYSTEM_OIDCREQUESTURI')) {
    const create = async () => {
      const { AzurePipelinesCredential } = await import('@azure/identity');
      return new AzurePipelinesCredential(tenant, client, connection, accessToken, await options());
    };
    sessions.push(by('Azure Pipelines', create));
  }
  const az: Session[1] = (scope, signal) => azToken(scope, process.env, AbortSignal.any([ports.cancelled, signal]));
  sessions.push([words.noun('login'), az]);
  if (variable('AZURE_FEDERATED_TOKEN_FILE')) {
    const create = async () => {
      const { WorkloadIdentityCredential } = await import('@azure/identity');
      return new WorkloadIdentityCredential(await options());
    };
    sessions.push(by('workload identity', create));
  }
  return sessions;
}
