import { parseJson } from '../../azure/json.ts';
import type { ManagedCluster } from '../../azure/managed-cluster.ts';
import type { Azure, Target } from '../../azure/port.ts';
import { sentTexts } from '../../azure/sent.ts';
import { AKS_SERVER_SCOPE, cloudFromMetadata, METADATA_PATH, type Cloud } from '../../azure/cloud.ts';
import { StepError } from '../../failure.ts';
import { ours } from '../../text/ours.ts';
import { askAgain } from '../../lifecycle/retry.ts';
import { createClient, once } from './client.ts';
import { bearer, exchange } from './exchange.ts';
import type { TokenPorts } from './ports.ts';
import { tokensFor } from './tokens.ts';

const READ_TIMEOUT_MS = 30_000;
/** With Entra the POST blocks for 30 s; ARM gives up at 60. */
const SUBMIT_TIMEOUT_MS = 120_000;

/** The cluster behind ARM, through `@azure/arm-containerservice`, one request a call. */
export function azureFor(
  { cluster, environment, signIn, secrets = [] }: Target,
  given: Omit<TokenPorts, 'sent'>,
): Azure {
  const ports = { ...given, sent: sentTexts(secrets) };
  const cloud = once(async () =>
    environment.kind === 'named' ? environment.cloud : discover(environment.resourceManager, ports),
  );
  const tokens = tokensFor(signIn, async () => (await cloud()).authority, ports);
  const client = once(async () => {
    const { resourceManager, scope } = await cloud();
    const created = await createClient(cluster.subscriptionId, resourceManager, ports);
    created.pipeline.addPolicy(bearer(() => tokens.get(scope)));
    return created;
  });
  const calls = callsTo(cluster, client, ports);
  return {
    async signIn() {
      const [{ scope }] = await Promise.all([cloud(), tokens.prepare(), client(), operations()]);
      await tokens.get(scope);
    },
    async clusterToken() {
      return (await tokens.get(AKS_SERVER_SCOPE)).token;
    },
    forgetTokens() {
      tokens.forget();
    },
    ...calls,
    readCluster() {
      // Whether the cluster wants a token of its own is what this request tells: by then it is there.
      tokens.begin(AKS_SERVER_SCOPE);
      return calls.readCluster();
    },
  };
}

const operations = once(() => import('@azure/arm-containerservice/api/managedClusters'));

/** What is asked of ARM. */
function callsTo(
  { resourceGroup, name }: ManagedCluster,
  client: () => ReturnType<typeof createClient>,
  ports: TokenPorts,
): Pick<Azure, 'readCluster' | 'runCommand' | 'readResult'> {
  return {
    async readCluster() {
      const [context, { get }] = await Promise.all([client(), operations()]);
      return askAgain(
        ours`Reading the cluster`,
        () => exchange((options) => get(context, resourceGroup, name, options), READ_TIMEOUT_MS, ports),
        ports,
      );
    },
    async runCommand(body) {
      const [context, { runCommand }] = await Promise.all([client(), operations()]);
      return exchange(
        // Only the poller's first request is used: it would follow `Location` to any host, with the bearer token.
        (options) => runCommand(context, resourceGroup, name, body, options).submitted(),
        SUBMIT_TIMEOUT_MS,
        ports,
      );
    },
    async readResult(id) {
      const [context, { getCommandResult }] = await Promise.all([client(), operations()]);
      return exchange((options) => getCommandResult(context, resourceGroup, name, id, options), READ_TIMEOUT_MS, ports);
    },
  };
}

async function discover(resourceManager: string, ports: TokenPorts): Promise<Cloud> {
  const client = await createClient('', resourceManager, ports);
  const answer = await askAgain(
    ours`Reading the cloud's metadata`,
    () => exchange(async (options) => client.pathUnchecked(METADATA_PATH).get(options), READ_TIMEOUT_MS, ports),
    ports,
  );
  const metadata = answer.kind === 'answered' && answer.status === 200 ? parseJson(answer.body) : undefined;
  const cloud = cloudFromMetadata(metadata, resourceManager);
  if (!cloud) throw new StepError({ code: 'cloud-metadata', endpoint: resourceManager, answer });
  return cloud;
}
