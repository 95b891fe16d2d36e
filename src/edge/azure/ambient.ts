import type { AccessToken, TokenCredential } from '@azure/identity';
import { canBeToken } from '../../azure/token.ts';
import { messageOf, StepError } from '../../failure.ts';
import { ours } from '../../text/ours.ts';
import { azToken } from './az.ts';
import { credentialOptions } from './client.ts';
import { quotable, within, type EdgePorts, type TokenSource } from './exchange.ts';

/** A session from before this step: its name for messages, and a function that requests tokens from it. */
type Session = readonly [
  name: string,
  ask: (scope: string, signal: AbortSignal) => Promise<AccessToken | null>,
];

const SIGNING_IN = {
  workflow: ours`Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
  prompt: ours`Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};

/**
 * Uses a session that already exists: Azure Pipelines' service connection, whose tokens can be renewed; that of `az`;
 * or the workload identity of a machine in Kubernetes. It stays with the first one that returns a token.
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
          const token = await within(60_000, ports.clock, (signal) => ask(scope, signal));
          if (token === null || !canBeToken(token.token)) throw new Error('no usable token');
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

function sessionsFor(authority: () => Promise<string>, ports: EdgePorts): Session[] {
  const { variable, words } = ports.host;
  const options = async () => credentialOptions(await authority(), ports);
  const by =
    (create: () => Promise<TokenCredential>): Session[1] =>
    async (scope, abortSignal) =>
      (await create()).getToken(scope, { abortSignal });
  // `AzureCLI@2` sets all of these except the access token, which the step's `env` has to map.
  const accessToken = variable('SYSTEM_ACCESSTOKEN');
  const [connection, client, tenant] = ['SERVICE_CONNECTION', 'CLIENT', 'TENANT'].map((name) =>
    variable(`AZURESUBSCRIPTION_${name}_ID`),
  );
  const sessions: Session[] = [];
  if (accessToken && connection && client && tenant && variable('SYSTEM_OIDCREQUESTURI')) {
    const create = async () => {
      const { AzurePipelinesCredential } = await import('@azure/identity');
      return new AzurePipelinesCredential(tenant, client, connection, accessToken, await options());
    };
    sessions.push(['Azure Pipelines', by(create)]);
  }
  const az: Session[1] = (scope, signal) =>
    azToken(scope, process.env, AbortSignal.any([ports.cancelled, signal]));
  sessions.push([words.login, az]);
  if (variable('AZURE_FEDERATED_TOKEN_FILE')) {
    const create = async () =>
      new (await import('@azure/identity')).WorkloadIdentityCredential(await options());
    sessions.push(['workload identity', by(create)]);
  }
  return sessions;
}
