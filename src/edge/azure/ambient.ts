import type { AccessToken, TokenCredential } from '@azure/identity';
import { messageOf, StepError } from '../../failure.ts';
import { ours, type Ours } from '../../text/ours.ts';
import type { Place } from '../../hosts/words.ts';
import { azToken } from './az.ts';
import { credentialOptions, quotable, within } from './exchange.ts';
import type { TokenPorts, TokenSource } from './ports.ts';

/** Something that signed in before this step, and what it is called in a message. */
type Session = {
  readonly name: string;
  readonly token: (scope: string, abortSignal: AbortSignal) => Promise<AccessToken | null>;
};

const TIMEOUT_MS = 60_000;

/** Bare in the log, so written out for each place. */
const SIGNING_IN: Readonly<Record<Place, Ours>> = {
  workflow: ours`Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
  prompt: ours`Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};

/**
 * The session of whatever signed in before: Azure Pipelines' service connection, whose tokens renew; that of `azure/login`
 * or `az login`; the workload identity of a machine in Kubernetes.
 */
export function ambient(authority: () => Promise<string>, ports: TokenPorts): TokenSource {
  let chosen: Session | undefined;
  ports.log.progress('signing-in', SIGNING_IN[ports.host.words.place]);
  const sessions = sessionsFor(authority, ports);
  return {
    async request(scope) {
      const failures: string[] = [];
      for (const session of chosen ? [chosen] : sessions) {
        try {
          const token = await within(TIMEOUT_MS, ports.clock, (abortSignal) => session.token(scope, abortSignal));
          if (token === null) throw new Error('no token');
          chosen = session;
          return token;
        } catch (error) {
          failures.push(`${session.name}: ${quotable(messageOf(error), ports.sent)}`);
        }
      }
      throw new StepError({ code: 'no-session', detail: failures.join('\n') });
    },
    reset() {
      chosen = undefined;
    },
  };
}

function sessionsFor(authority: () => Promise<string>, ports: TokenPorts): Session[] {
  const { variable, words } = ports.host;
  const options = async () => credentialOptions(await authority(), ports);
  const by = (name: string, create: () => Promise<TokenCredential>): Session => ({
    name,
    token: async (scope, abortSignal) => (await create()).getToken(scope, { abortSignal }),
  });
  const [accessToken, connection, client, tenant] = PIPELINES.map((name) => variable(name) ?? '');
  const sessions: Session[] = [];
  if (accessToken && connection && client && tenant && variable('SYSTEM_OIDCREQUESTURI')) {
    const create = async () => {
      const { AzurePipelinesCredential } = await import('@azure/identity');
      return new AzurePipelinesCredential(tenant, client, connection, accessToken, await options());
    };
    sessions.push(by('Azure Pipelines', create));
  }
  sessions.push({
    name: words.noun('login'),
    token: (scope, signal) =>
      azToken(scope, { env: process.env, cancelled: AbortSignal.any([ports.cancelled, signal]) }),
  });
  if (variable('AZURE_FEDERATED_TOKEN_FILE')) {
    const create = async () => {
      const { WorkloadIdentityCredential } = await import('@azure/identity');
      return new WorkloadIdentityCredential(await options());
    };
    sessions.push(by('workload identity', create));
  }
  return sessions;
}

/** What `AzureCLI@2` sets, and the token that its `env` has to map. */
const PIPELINES = [
  'SYSTEM_ACCESSTOKEN',
  'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
  'AZURESUBSCRIPTION_CLIENT_ID',
  'AZURESUBSCRIPTION_TENANT_ID',
] as const;
