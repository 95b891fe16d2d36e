import { armError, json } from './answers.ts';
import type { Commands, CommandRecord, Submission } from './commands.ts';
import { clusterId, sameName, type Application, type Cluster, type TokenStore } from './domain.ts';
import type { FaultPlan, PodFault } from './faults.ts';
import { isRecord, parseJson } from '../../src/text/json.ts';
import type { Clock, HttpRequest, HttpResponse } from './ports.ts';
import { queryOf, type Handler, type Names } from './routes.ts';
import type { Throttles } from './throttle.ts';

/**
 * Azure Resource Manager: who is asking, whether they may, and whether the thing exists; then AKS's
 * part of it.
 */

export type ArmContext = Readonly<{
  /** The endpoint, without a trailing slash. */
  url: string;
  /** The service's clock. */
  clock: Clock;
  clusters: readonly Cluster[];
  tenants: readonly string[];
  tokens: TokenStore;
  commands: Commands;
  faults: FaultPlan;
  throttles: Throttles;
  /** How many milliseconds AKS gives a pod to start. */
  startDeadline: number;
  /** The versions of AKS's API that are served; undefined for all. */
  aksVersions: readonly string[] | undefined;
}>;

/** What a sovereign cloud serves when AzureCloud already has newer versions. */
export const sovereignAksVersions = [
  '2024-02-01',
  '2024-05-01',
  '2024-09-01',
  '2025-03-01',
] as const;

/** ARM's limit for a request body (seen). */
export const maxBodyBytes = 4 * 1024 * 1024;

const actions = {
  'get-cluster': 'Microsoft.ContainerService/managedClusters/read',
  'run-command': 'Microsoft.ContainerService/managedClusters/runCommand/action',
  'command-result': 'Microsoft.ContainerService/managedClusters/commandResults/read',
} as const;

/** What an identity has to be allowed to do, for everything that the action asks of ARM. */
export const runCommandActions: readonly string[] = Object.values(actions);

/** Throwing it ends the request with that answer. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    super(`Refused with ${response.status}`);
    this.response = response;
  }
}

function refuse(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): never {
  throw new Refusal(armError(status, code, message, headers));
}

/** An operation on a cluster is for permission, throttling, and the version of AKS's API. */
type ClusterOperation = keyof typeof actions;
type ArmOperation =
  ClusterOperation | 'tenants' | 'subscriptions' | 'subscription' | 'resource-group';

/** Who is asking, for what, and by which version of the API. */
type Call = Readonly<{
  context: ArmContext;
  names: Names;
  request: HttpRequest;
  apiVersion: string;
  application: Application;
}>;

export function armHandlers(context: ArmContext): Record<ArmOperation, Handler> {
  const at =
    (work: (call: Call) => HttpResponse | Promise<HttpResponse>, isOfAks = false): Handler =>
    async (names, request) => {
      try {
        const apiVersion = apiVersionOf(request);
        if (isOfAks) refuseUnknownVersion(context, apiVersion);
        const application = callerOf(context, request);
        return await work({ context, names, request, apiVersion, application });
      } catch (error) {
        if (error instanceof Refusal) return error.response;
        throw error;
      }
    };
  const onCluster = (
    operation: ClusterOperation,
    work: (call: Call, cluster: Cluster) => HttpResponse | Promise<HttpResponse>,
  ) => at((call) => work(call, authorize(call, operation)), true);

  return {
    tenants: at(() =>
      json(200, {
        value: context.tenants.map((tenantId) => ({ id: `/tenants/${tenantId}`, tenantId })),
      }),
    ),
    subscriptions: at(({ application }) =>
      json(200, { value: subscriptionsOf(context).map((id) => subscription(id, application)) }),
    ),
    subscription: at(({ names, application }) =>
      json(200, subscription(knownSubscription(context, names.subscriptionId), application)),
    ),
    'resource-group': at(({ names }) => json(200, resourceGroup(context, names))),
    'get-cluster': onCluster('get-cluster', ({ application }, cluster) =>
      json(200, clusterBody(cluster, application)),
    ),
    'run-command': onCluster('run-command', runCommand),
    'command-result': onCluster('command-result', commandResult),
  };
}

/** ARM checks the version before it checks who is asking. */
function apiVersionOf(request: HttpRequest): string {
  const version = queryOf(request.url).get('api-version');
  if (version === null || version === '') {
    return refuse(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) {
    return refuse(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  }
  return version;
}

/** A version that the resource provider does not serve here, in ARM's words. */
function refuseUnknownVersion(context: ArmContext, version: string): void {
  const { aksVersions } = context;
  if (aksVersions === undefined || aksVersions.includes(version)) return;
  refuse(
    400,
    'NoRegisteredProviderFound',
    "No registered resource provider found for location 'westeurope' and API version " +
      `'${version}' for type 'managedClusters'. The supported api-versions are ` +
      `'${aksVersions.join(', ')}'. The supported locations are 'westeurope'.`,
  );
}

function callerOf(context: ArmContext, request: HttpRequest): Application {
  const header = request.headers['authorization'];
  if (header === undefined) {
    return refuse(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      {
        'www-authenticate': challenge(
          context,
          "The authentication failed because of missing 'Authorization' header.",
        ),
      },
    );
  }
  const [, value] = /^Bearer (.+)$/i.exec(header) ?? [];
  const token = value === undefined ? undefined : context.tokens.find(value);
  if (token === undefined) {
    return refuse(401, 'InvalidAuthenticationToken', 'The access token is invalid.', {
      'www-authenticate': challenge(context, 'The access token is invalid.'),
    });
  }
  if (token.resource !== 'arm') {
    const message =
      'The access token has been obtained for wrong audience or resource. It should exactly ' +
      `match with one of the allowed audiences '${context.url}/'.`;
    return refuse(401, 'InvalidAuthenticationTokenAudience', message, {
      'www-authenticate': challenge(context, message),
    });
  }
  const now = context.clock.now();
  if (now >= token.expiresAt) {
    const message =
      `The access token expiry UTC time '${utc(token.expiresAt)}' is earlier than current UTC ` +
      `time '${utc(now)}'.`;
    return refuse(401, 'ExpiredAuthenticationToken', message, {
      'www-authenticate': challenge(context, message),
    });
  }
  return token.application;
}

function challenge(context: ArmContext, description: string): string {
  return (
    `Bearer authorization_uri="${context.url}/", error="invalid_token", ` +
    `error_description="${description}"`
  );
}

/**
 * Throttling, the subscription, the caller's permissions, then group and cluster, in the order of
 * ARM's answers.
 */
function authorize({ context, names, application }: Call, operation: ClusterOperation): Cluster {
  const wait = context.throttles.wait(operation, names, context.clock.now());
  if (wait > 0) {
    return refuse(
      429,
      'SubscriptionRequestsThrottled',
      `Number of '${operation === 'run-command' ? 'write' : 'read'}' requests for ` +
        `subscription '${names.subscriptionId}' actor '${application.objectId}' exceeded. ` +
        `Please try again after '${wait}' seconds.`,
      { 'retry-after': String(wait) },
    );
  }
  knownSubscription(context, names.subscriptionId);
  const action = actions[operation];
  if (application.deniedActions.some((denied) => sameName(denied, action))) {
    return refuse(
      403,
      'AuthorizationFailed',
      `The client '${application.clientId}' with object id '${application.objectId}' does ` +
        `not have authorization to perform action '${action}' over scope '${clusterId(names)}' ` +
        'or the scope is invalid. If access was recently granted, please refresh your ' +
        'credentials.',
    );
  }
  resourceGroup(context, names);
  const found = context.clusters.find(
    (candidate) =>
      sameName(candidate.subscriptionId, names.subscriptionId) &&
      sameName(candidate.resourceGroup, names.resourceGroup) &&
      sameName(candidate.name, names.name),
  );
  return (
    found ??
    refuse(
      404,
      'ResourceNotFound',
      `The Resource 'Microsoft.ContainerService/managedClusters/${names.name}' under resource ` +
        `group '${names.resourceGroup}' was not found. For more details please go to ` +
        'https://aka.ms/ARMResourceNotFoundFix',
    )
  );
}

function subscriptionsOf(context: ArmContext): string[] {
  return [...new Set(context.clusters.map((cluster) => cluster.subscriptionId))];
}

function knownSubscription(context: ArmContext, subscriptionId: string): string {
  return (
    subscriptionsOf(context).find((id) => sameName(id, subscriptionId)) ??
    refuse(404, 'SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`)
  );
}

function subscription(subscriptionId: string, application: Application): Record<string, unknown> {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId: application.tenantId,
    displayName: 'local-azure',
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'Free',
      spendingLimit: 'Off',
    },
  };
}

function resourceGroup(
  context: ArmContext,
  { subscriptionId, resourceGroup: name }: Names,
): Record<string, unknown> {
  knownSubscription(context, subscriptionId);
  const found = context.clusters.find(
    (candidate) =>
      sameName(candidate.subscriptionId, subscriptionId) && sameName(candidate.resourceGroup, name),
  );
  if (found === undefined)
    return refuse(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  return {
    id: `/subscriptions/${found.subscriptionId}/resourceGroups/${found.resourceGroup}`,
    name: found.resourceGroup,
    type: 'Microsoft.Resources/resourceGroups',
    location: 'westeurope',
    properties: { provisioningState: 'Succeeded' },
  };
}

function clusterBody(cluster: Cluster, application: Application): Record<string, unknown> {
  return {
    id: clusterId(cluster),
    name: cluster.name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: 'westeurope',
    tags: cluster.tags,
    sku: { name: 'Base', tier: 'Free' },
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: cluster.powerState },
      kubernetesVersion: '1.35',
      currentKubernetesVersion: '1.35.1',
      dnsPrefix: cluster.name,
      privateFQDN: `${cluster.name}.privatelink.westeurope.azmk8s.io`,
      nodeResourceGroup: `MC_${cluster.resourceGroup}_${cluster.name}_westeurope`,
      enableRBAC: true,
      apiServerAccessProfile: {
        enablePrivateCluster: true,
        disableRunCommand: cluster.disableRunCommand,
      },
      ...(cluster.entra
        ? { aadProfile: { managed: true, enableAzureRBAC: true, tenantID: application.tenantId } }
        : {}),
    },
  };
}

async function runCommand(call: Call, cluster: Cluster): Promise<HttpResponse> {
  const { context, request } = call;
  const input = submissionOf(context, cluster, request);
  const fault = context.faults.pod();
  const submission = context.commands.submit({ cluster, ...input }, fault);
  const { id } = submission.record;
  if (!(await startsInTime(context, submission, fault))) {
    context.commands.giveUp(id);
    return armError(
      400,
      fault?.kind === 'pod-not-started'
        ? (fault.code ?? 'KubernetesPerformanceError')
        : 'KubernetesPerformanceError',
      'Failed to run command in managed cluster due to kubernetes performance issue. ' +
        `details: container command-${id} in aks-command namespace did not start within ` +
        `${context.startDeadline / 1000}s on your cluster, retry may helps. If issue persist, ` +
        'you may need to tune your cluster with better performance (larger node/paid tier).',
    );
  }
  const location = locationOf(call, id);
  return { status: 202, headers: { location, 'content-length': '0' }, body: '' };
}

/**
 * Seen: `managedclusters` in lower case. It is a guess that names are spelled as the client spelled
 * them.
 */
function locationOf({ context, names, apiVersion }: Call, id: string): string {
  const { subscriptionId, resourceGroup, name } = names;
  const group = `${context.url}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const cluster = `${group}/providers/Microsoft.ContainerService/managedclusters/${name}`;
  return `${cluster}/commandResults/${id}?api-version=${apiVersion}`;
}

/**
 * Without Entra, the POST does not wait for the pod. With Entra, AKS first watches the pod start.
 */
async function startsInTime(
  context: ArmContext,
  submission: Submission,
  fault: PodFault | undefined,
): Promise<boolean> {
  if (fault?.kind === 'pod-not-started') {
    await context.clock.sleep(fault.answerAfterMs ?? 0);
    return false;
  }
  if (!submission.record.cluster.entra) return true;
  return await Promise.race([
    submission.settled.then(() => true),
    context.clock.sleep(context.startDeadline).then(() => false),
  ]);
}

function submissionOf(
  context: ArmContext,
  cluster: Cluster,
  request: HttpRequest,
): Pick<CommandRecord, 'command' | 'context' | 'clusterToken'> {
  if (Buffer.byteLength(request.body) > maxBodyBytes) {
    return refuse(
      413,
      'RequestContentTooLarge',
      'The request content size exceeds the maximum size of 4 MB.',
    );
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(
      415,
      'UnsupportedMediaType',
      'The request content type is not supported; send application/json.',
    );
  }
  const body = parseJson(request.body);
  if (!isRecord(body)) {
    return refuse(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  }
  const { command, context: files = '', clusterToken } = body;
  if (typeof command !== 'string' || command === '')
    return invalid('command', 'a text that is not empty');
  if (typeof files !== 'string') return invalid('context', 'a zip in base64');
  if (clusterToken !== undefined && typeof clusterToken !== 'string')
    return invalid('clusterToken', 'a token');

  if (cluster.powerState === 'Stopped') {
    // The words that two users saw. The code `BadRequest` is a guess.
    const message =
      'ManagedCluster is in a state preventing RunCommand feature: PowerState=Stopped';
    return refuse(400, 'BadRequest', message);
  }
  // It is not published what AKS answers here, or to a wrong cluster token: both are guesses.
  if (cluster.disableRunCommand) {
    return refuse(400, 'BadRequest', `Run command is disabled on managed cluster ${cluster.name}.`);
  }
  if (cluster.entra) checkClusterToken(context, clusterToken);

  return { command, context: zipOf(files), clusterToken };
}

function invalid(name: string, wanted: string): never {
  return refuse(
    400,
    'InvalidParameter',
    `The value of parameter ${name} is invalid: ${wanted} is expected.`,
  );
}

function checkClusterToken(context: ArmContext, clusterToken: string | undefined): void {
  if (clusterToken === undefined || clusterToken === '') {
    refuse(
      400,
      'MissingAADClusterToken',
      'This cluster have Azure Active Directory enabled, .clusterToken is required.',
    );
  }
  const token = context.tokens.find(clusterToken);
  if (token?.resource !== 'aks' || context.clock.now() >= token.expiresAt) {
    refuse(
      400,
      'InvalidAADClusterToken',
      'The .clusterToken is not a valid token of the AKS server application.',
    );
  }
}

/** Base64 with or without line breaks (seen: the Azure CLI sends them). */
function zipOf(base64: string): Buffer {
  const digits = base64.replace(/[\r\n]/g, '');
  if (digits === '') return Buffer.alloc(0);
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits))
    return invalid('context', 'a zip in base64');
  const zip = Buffer.from(digits, 'base64');
  return zip.subarray(0, 2).toString() === 'PK' ? zip : invalid('context', 'a zip in base64');
}

function commandResult(call: Call, cluster: Cluster): HttpResponse {
  const { context, names } = call;
  const { commandId: id } = names;
  const view = context.commands.view(cluster, id);
  if (view.kind === 'gone')
    return armError(404, 'NotFound', `The command result '${id}' was not found.`);
  const { record } = view;
  const { status, properties } = resultOf(record);
  return json(
    status,
    { id: record.id, properties },
    {
      'content-type': 'application/json',
      ...(status === 202 ? { location: locationOf(call, id) } : {}),
    },
  );
}

/** The result of a command. JSON leaves out what is undefined. */
function resultOf(record: CommandRecord): { status: number; properties: Record<string, unknown> } {
  const startedAt = timeOf(record.startedAt);
  const finishedAt = timeOf(record.finishedAt);
  switch (record.state) {
    case 'pending':
    case 'running':
      return { status: 202, properties: { provisioningState: 'Running', startedAt } };
    case 'succeeded':
      return {
        status: 200,
        properties: {
          provisioningState: 'Succeeded',
          exitCode: record.exitCode,
          startedAt,
          finishedAt,
          // A character that is cut in half, or that was never UTF-8, becomes U+FFFD.
          logs: record.logs.toString('utf8'),
        },
      };
    case 'failed':
      return {
        status: 200,
        properties: { provisioningState: record.reportedState ?? 'Failed', reason: record.reason },
      };
  }
}

/** AKS reports whole seconds. */
function timeOf(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

function utc(milliseconds: number): string {
  return new Intl.DateTimeFormat('en-US', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'UTC',
  })
    .format(milliseconds)
    .replace(',', '');
}
