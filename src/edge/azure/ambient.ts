import type { TokenCredential } from '@azure/identity';
import { messageOf, StepError } from '../../failure.ts';
import { ours } from '../../hosts/log.ts';
import { observer, plainClientOptions } from './exchange.ts';
import type { TokenPorts, TokenSource } from './ports.ts';

type Candidate = readonly [name: string, create: () => Promise<TokenCredential> | TokenCredential];

/** The session of `azure/login`, else the workload identity of a runner in Kubernetes. */
export function ambient(authority: () => Promise<string>, ports: TokenPorts): TokenSource {
  let chosen: TokenCredential | undefined;
  ports.log.say(ours`Signing in with the session on the runner: neither client-id nor tenant-id is given.`);
  return {
    async prepare() {
      await import('@azure/identity');
    },
    async request(scope) {
      const known = chosen;
      const candidates: Candidate[] = known ? [['this session', () => known]] : await sessions(authority, ports);
      const failures: string[] = [];
      for (const [name, create] of candidates) {
        try {
          const candidate = await create();
          const token = await candidate.getToken(scope);
          if (token === null) continue;
          chosen = candidate;
          return token;
        } catch (error) {
          failures.push(`${name}: ${messageOf(error)}`);
        }
      }
      throw new StepError({ code: 'no-session', detail: failures.join('\n') });
    },
    reset() {
      chosen = undefined;
    },
  };
}

/** In the order in which they are tried. */
async function sessions(authority: () => Promise<string>, { host, log, transport }: TokenPorts): Promise<Candidate[]> {
  const { AzureCliCredential, WorkloadIdentityCredential } = await import('@azure/identity');
  const azureLogin: Candidate = ['azure/login', () => new AzureCliCredential()];
  if (!host.variable('AZURE_FEDERATED_TOKEN_FILE')) return [azureLogin];
  const watch = observer(log, () => undefined);
  const workloadIdentity = async () =>
    new WorkloadIdentityCredential({
      ...plainClientOptions(watch, transport),
      authorityHost: await authority(),
      disableInstanceDiscovery: true,
    });
  return [azureLogin, ['workload identity', workloadIdentity]];
}
