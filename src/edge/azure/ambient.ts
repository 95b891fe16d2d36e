import type { AccessToken } from '@azure/identity';
import { messageOf, StepError } from '../../failure.ts';
import { ours, type Ours } from '../../text/ours.ts';
import type { Place } from '../../hosts/words.ts';
import { azToken } from './az.ts';
import { observer, plainClientOptions, quotable, within } from './exchange.ts';
import type { TokenPorts, TokenSource } from './ports.ts';

/** Something that signed in before this step, and what it is called in a message. */
type Session = {
  readonly name: string;
  readonly token: (scope: string, abortSignal: AbortSignal) => Promise<AccessToken>;
};

const TIMEOUT_MS = 60_000;

/** Bare in the log, so written out for each place. */
const SIGNING_IN: Readonly<Record<Place, Ours>> = {
  workflow: ours`Signing in with the existing Azure session, because client-id and tenant-id are not set.`,
  prompt: ours`Signing in with the existing Azure session, because --client-id and --tenant-id are not set.`,
};

/** The session of `azure/login` or `az login`, else the workload identity of a machine in Kubernetes. */
export function ambient(authority: () => Promise<string>, ports: TokenPorts): TokenSource {
  let chosen: Session | undefined;
  const { words } = ports.host;
  ports.log.progress('signing-in', SIGNING_IN[words.place]);
  const sessions: Session[] = [
    {
      name: words.noun('login'),
      token: (scope, abortSignal) =>
        azToken(scope, { env: process.env, cancelled: AbortSignal.any([ports.cancelled, abortSignal]) }),
    },
    ...(ports.host.variable('AZURE_FEDERATED_TOKEN_FILE') ? [workloadIdentity(authority, ports)] : []),
  ];
  return {
    prepare: () => Promise.resolve(),
    async request(scope) {
      const failures: string[] = [];
      for (const session of chosen ? [chosen] : sessions) {
        try {
          const token = await within(TIMEOUT_MS, ports.clock, (abortSignal) => session.token(scope, abortSignal));
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

function workloadIdentity(authority: () => Promise<string>, ports: TokenPorts): Session {
  return {
    name: 'workload identity',
    async token(scope, abortSignal) {
      const { WorkloadIdentityCredential } = await import('@azure/identity');
      const credential = new WorkloadIdentityCredential({
        ...plainClientOptions(observer(ports.log, ports), ports),
        authorityHost: await authority(),
        disableInstanceDiscovery: true,
      });
      return credential.getToken(scope, { abortSignal });
    },
  };
}
