import { get, getCommandResult, runCommand } from '@azure/arm-containerservice/api/managedClusters';
import type { AccessToken } from '@azure/identity';
import { AKS_SERVER_SCOPE, endpointsFromMetadata, METADATA_PATH } from '../../azure/cloud.ts';
import { parseJson } from '../../azure/json.ts';
import type { Azure, SignIn, Target } from '../../azure/port.ts';
import { StepError } from '../../failure.ts';
import { askAgain } from '../../lifecycle/retry.ts';
import { trusted } from '../../text/trusted.ts';
import { ambient } from './ambient.ts';
import { createClient } from './client.ts';
import { exchange, kept, type EdgePorts, type Kept } from './exchange.ts';
import { federated } from './federated.ts';

const READ_TIMEOUT_MS = 30_000;
const SUBMIT_TIMEOUT_MS = 120_000;

/** The cluster behind ARM, through `@azure/arm-containerservice`. */
export function azureFor(
  { cluster: { subscriptionId, resourceGroup, name }, cloud, signIn }: Target,
  given: Omit<EdgePorts, 'tokens'>,
): Azure {
  const ports = { ...given, tokens: new Set<string>() };
  const endpoints = memoized(async () =>
    cloud.kind === 'named' ? cloud.endpoints : discover(cloud, signIn, ports),
  );
  const tokens = tokensFor(signIn, async () => (await endpoints()).authority, ports);
  const client = memoized(async () => {
    const { resourceManager, scope } = await endpoints();
    return createClient(subscriptionId, resourceManager, ports, () => tokens.get(scope));
  });
  return {
    async signIn() {
      await tokens.get((await endpoints()).scope);
    },
    clusterToken: async () => (await tokens.get(AKS_SERVER_SCOPE)).token,
    forgetTokens: tokens.forget,
    async readCluster() {
      const arm = await client();
      const ask = () =>
        exchange((options) => get(arm, resourceGroup, name, options), READ_TIMEOUT_MS, ports);
      return askAgain(trusted`Reading the cluster`, ask, ports);
    },
    async runCommand(body) {
      const arm = await client();
      // Only the poller's first request is used. The poller would follow `Location` to any host,
      // with the bearer token.
      const submit = (options: object) =>
        runCommand(arm, resourceGroup, name, body, options).submitted();
      return exchange(submit, SUBMIT_TIMEOUT_MS, ports);
    },
    async readResult(id) {
      const arm = await client();
      return exchange(
        (options) => getCommandResult(arm, resourceGroup, name, id, options),
        READ_TIMEOUT_MS,
        ports,
      );
    },
  };
}

function memoized<T>(create: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => {
    promise ??= create();
    return promise;
  };
}

/** Asks an ARM endpoint where its cloud is. */
async function discover(
  { resourceManager }: { resourceManager: string },
  { kind }: SignIn,
  ports: EdgePorts,
) {
  const client = createClient('', resourceManager, ports);
  const ask = () =>
    exchange((options) => client.pathUnchecked(METADATA_PATH).get(options), READ_TIMEOUT_MS, ports);
  const answer = await askAgain(trusted`Reading the cloud's metadata`, ask, ports);
  const metadata =
    answer.kind === 'answered' && answer.status === 200 ? parseJson(answer.body) : undefined;
  const endpoints = endpointsFromMetadata(metadata, resourceManager, kind);
  if (!endpoints)
    throw new StepError({ code: 'cloud-metadata', endpoint: resourceManager, answer });
  return endpoints;
}

/** A token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/** Access tokens by scope, each kept for its lifetime. */
export function tokensFor(signIn: SignIn, authority: () => Promise<string>, ports: EdgePorts) {
  const source =
    signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);
  const byScope = new Map<string, Kept<AccessToken>>();
  const isFresh = (token: AccessToken) =>
    token.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS;

  async function request(scope: string): Promise<AccessToken> {
    const token = await source.request(scope);
    ports.host.mask(token.token);
    ports.tokens.add(token.token);
    return token;
  }

  return {
    async get(scope: string): Promise<AccessToken> {
      const token = byScope.get(scope) ?? kept(() => request(scope), isFresh);
      byScope.set(scope, token);
      return token.get();
    },
    forget: () => {
      for (const token of byScope.values()) token.forget();
      source.reset();
    },
  };
}
