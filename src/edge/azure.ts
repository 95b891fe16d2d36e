import { get, getCommandResult, runCommand } from '@azure/arm-containerservice/api/managedClusters';
import type { Answer } from '../azure/answer.ts';
import { AKS_SERVER, METADATA_PATH, readMetadata, type Cloud } from '../azure/cloud.ts';
import type { Azure, Target } from '../azure/port.ts';
import { retrying } from '../azure/retry.ts';
import { StepError } from '../failure.ts';
import { parseJson } from '../text/json.ts';
import { Secrets } from '../text/secrets.ts';
import { say } from '../text/say.ts';
import { cached } from './cached.ts';
import { createClient, exchange, type EdgePorts } from './http/client.ts';
import { proxyAgent } from './http/proxy.ts';
import { accessTokens } from './sign-in/access-tokens.ts';

const READ_TIMEOUT_MS = 30_000;
const SUBMIT_TIMEOUT_MS = 120_000;

/** The cluster behind ARM, through `@azure/arm-containerservice`. */
export function azureFor(
  { cluster, cloud, application }: Target,
  given: Omit<EdgePorts, 'agent' | 'log' | 'secrets'>,
): Azure {
  const { host } = given;
  const agent = proxyAgent(host.variable);
  const ports: EdgePorts = { ...given, log: host.log, agent, secrets: new Secrets() };
  const { subscriptionId, resourceGroup, name } = cluster;
  const { resourceManager } = cloud;
  const endpoints = cached(() => endpointsOf(cloud, application !== undefined, ports));
  const tokens = accessTokens(application, async () => (await endpoints()).authority, ports);
  const armToken = async () => (await tokens.get((await endpoints()).resource)).token;
  const client = createClient(subscriptionId, resourceManager, ports, armToken);

  return {
    signIn: armToken,
    async clusterToken() {
      return (await tokens.get(AKS_SERVER)).token;
    },
    forgetTokens: tokens.forget,
    readCluster() {
      const read = () =>
        exchange((options) => get(client, resourceGroup, name, options), READ_TIMEOUT_MS, ports);
      return retrying(say`Reading the cluster`, read, ports);
    },
    runCommand({ accessToken, ...body }) {
      ports.secrets.add(body.context);
      const bearer = () => Promise.resolve(accessToken);
      const submitter = createClient(subscriptionId, resourceManager, ports, bearer);
      // Only the poller's first request is used. The poller would follow `Location` to any host,
      // with the bearer token.
      const submit = (options: object) =>
        runCommand(submitter, resourceGroup, name, body, options).submitted();
      return exchange(submit, SUBMIT_TIMEOUT_MS, ports);
    },
    readResult(id) {
      const read = (options: object) => getCommandResult(client, resourceGroup, name, id, options);
      return exchange(read, READ_TIMEOUT_MS, ports);
    },
  };
}

/** Where to sign in, and what a token for ARM is for. Asks an ARM endpoint if it has no name. */
async function endpointsOf(
  { authority, resourceManager }: Cloud,
  withIdToken: boolean,
  ports: EdgePorts,
) {
  if (authority !== undefined) return { authority, resource: resourceManager };

  const client = createClient('', resourceManager, ports);
  const read = () =>
    exchange((options) => client.pathUnchecked(METADATA_PATH).get(options), READ_TIMEOUT_MS, ports);
  const answer = await retrying(say`Reading the cloud's metadata`, read, ports);
  const endpoints = readMetadata(bodyOf(answer), resourceManager, withIdToken);
  if (endpoints === undefined) {
    throw new StepError({ code: 'cloud-metadata', answer });
  }
  return endpoints;
}

function bodyOf(answer: Answer): unknown {
  return answer.kind === 'answered' && answer.status === 200 ? parseJson(answer.body) : undefined;
}
