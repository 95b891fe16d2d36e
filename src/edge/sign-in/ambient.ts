import type { AccessToken } from '@azure/identity';
import { describeAnswer, isAnswer, type Answer } from '../../azure/answer.ts';
import { retrying } from '../../azure/retry.ts';
import { messageOf, StepError } from '../../failure.ts';
import { say } from '../../text/say.ts';
import { quotable, TimeoutError, within, type EdgePorts } from '../http/client.ts';
import { AzError, azToken } from './az.ts';
import { canBeToken, noUsableToken, tokenFromEntra } from './entra.ts';

/** How long `az` may take. If it hangs for longer, it most likely always does. */
const AZ_TIMEOUT_MS = 60_000;

/** A session from before this step. */
type Session = {
  /** What messages call it. */
  readonly name: string;
  /** Begins a sign-in. Each call of the returned function requests a token once. */
  readonly signIn: (resource: string) => () => Promise<AccessToken | Answer | NoSession>;
};

/** There is no such session on this machine. */
type NoSession = { readonly noSession: string };

/**
 * Uses a session that already exists: Azure Pipelines' service connection, whose tokens can be
 * renewed; that of `az`; or the workload identity of a machine in Kubernetes. It stays with the
 * first one that returns a token.
 */
export function ambient(authority: () => Promise<string>, ports: EdgePorts) {
  let chosen: Session | undefined;
  const { input } = ports.host.words;
  ports.log.progress(
    'signing-in',
    say`
      Signing in with the existing Azure session, because ${input('client-id')} and
      ${input('tenant-id')} are not set.
    `,
  );
  const sessions = sessionsFor(authority, ports);
  return async function request(resource: string): Promise<AccessToken> {
    const failures: string[] = [];
    let hasSession = false;
    const candidates = chosen === undefined ? sessions : [chosen];
    for (const session of candidates) {
      const signedIn = await retrying(
        say`Signing in with the existing Azure session`,
        session.signIn(resource),
        ports,
      );
      if ('token' in signedIn) {
        chosen = session;
        return signedIn;
      }
      hasSession ||= isAnswer(signedIn);
      failures.push(`${session.name}: ${wordsOf(signedIn)}`);
    }
    throw new StepError({
      code: hasSession ? 'session-failed' : 'no-session',
      detail: failures.join('\n'),
    });
  };
}

function wordsOf(failure: Answer | NoSession): string {
  if (!isAnswer(failure)) return failure.noSession;
  return failure.kind === 'unanswered' ? failure.cause : describeAnswer(failure);
}

/** The sessions that this machine may have, in the order in which they are tried. */
function sessionsFor(authority: () => Promise<string>, ports: EdgePorts): Session[] {
  return [
    azurePipelines(authority, ports),
    azSession(ports),
    workloadIdentity(authority, ports),
  ].filter((session) => session !== undefined);
}

function azSession({ cancelled, clock, host, secrets }: EdgePorts): Session {
  return {
    name: host.words.login.plain,
    signIn: (resource) => async () => {
      try {
        const token = await within(AZ_TIMEOUT_MS, clock, (signal) =>
          azToken(resource, process.env, AbortSignal.any([cancelled, signal])),
        );
        return canBeToken(token.token) ? token : noUsableToken('access token');
      } catch (error) {
        const cause = quotable(messageOf(error), secrets);
        const kind = error instanceof AzError ? error.kind : 'trouble';
        if (kind === 'no-session') return { noSession: cause };

        const isFinal = kind === 'refused' || error instanceof TimeoutError;
        return { kind: 'unanswered', sent: isFinal ? 'blocked' : 'perhaps', cause };
      }
    },
  };
}

/** The service connection of the task `AzureCLI@2` or `AzureCLI@3`. */
function azurePipelines(authority: () => Promise<string>, ports: EdgePorts): Session | undefined {
  const { variable } = ports.host;
  const connection = variable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID');
  const client = variable('AZURESUBSCRIPTION_CLIENT_ID');
  const tenant = variable('AZURESUBSCRIPTION_TENANT_ID');
  // The task sets all the others. This one has to be mapped in the `env` of the step.
  const accessToken = variable('SYSTEM_ACCESSTOKEN');
  if (!connection || !client || !tenant || !accessToken) return undefined;
  if (!variable('SYSTEM_OIDCREQUESTURI')) return undefined;

  return {
    name: 'Azure Pipelines',
    signIn: (resource) => async () => {
      const { AzurePipelinesCredential } = await import('@azure/identity');
      return tokenFromEntra(
        resource,
        await authority(),
        (options) => new AzurePipelinesCredential(tenant, client, connection, accessToken, options),
        ports,
      );
    },
  };
}

function workloadIdentity(authority: () => Promise<string>, ports: EdgePorts): Session | undefined {
  if (!ports.host.variable('AZURE_FEDERATED_TOKEN_FILE')) return undefined;

  return {
    name: 'workload identity',
    signIn: (resource) => async () => {
      const { WorkloadIdentityCredential } = await import('@azure/identity');
      return tokenFromEntra(
        resource,
        await authority(),
        (options) => new WorkloadIdentityCredential(options),
        ports,
      );
    },
  };
}
