import type { Answer } from '../../../src/azure/answer.ts';
import { AKS_SERVER, parseCloud } from '../../../src/azure/cloud.ts';
import { parseCommandId } from '../../../src/azure/command-result.ts';
import type { IdTokenClaims } from '../../../src/azure/id-token.ts';
import type { CollectProblem, Failure, FilesProblem } from '../../../src/failure.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { NOTHING_KNOWN, phrasing, type Known } from '../../../src/report/catalogue/known.ts';
import { explain } from '../../../src/report/explain.ts';
import type { Message } from '../../../src/report/message.ts';
import { say } from '../../../src/text/say.ts';
import { http } from '../ports.ts';

/**
 * What provokes each message of the catalogue except those about output. golden/catalogue.txt has
 * the messages.
 */
export type Provocation = {
  readonly name: string;
  /** The name of the message: the failure's code, or a row's name. */
  readonly message: string;
  /** Explains it in these words, which are a workflow's unless given. */
  readonly when: (words?: Words) => Message;
};

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const TENANT = 'd1111111-2222-3333-4444-555555555555';
const PRINCIPAL = 'e1111111-2222-3333-4444-555555555555';
const ID = '476c56420763494ca19c24e67f15f66e';

export const KNOWN: Known = {
  ...NOTHING_KNOWN,
  cluster: { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg-prod', name: 'aks-prod' },
  application: {
    clientId: CLIENT,
    tenantId: TENANT,
    audience: 'api://AzureADTokenExchange',
  },
  cloud: required(parseCloud('AzureCloud')),
  commandId: required(parseCommandId(ID)),
  exitCode: 0,
};
const AMBIENT = { application: undefined };
const CLAIMS: IdTokenClaims = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:octo/app:ref:refs/heads/main',
  audience: 'api://AzureADTokenExchange',
  jobWorkflowRef: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
};
const BY_IDS = { claims: { ...CLAIMS, subject: 'repo:octo@583231/app@1296269:environment:prod' } };
const OTHER_AUDIENCE = { claims: { ...CLAIMS, audience: 'https://github.com/octo' } };
const US = required(parseCloud('AzureUSGovernment'));
const RESOURCE = 'https://management.azure.com';

type Says = readonly [
  row: string,
  says: string,
  more?: { readonly claims?: IdTokenClaims; readonly resource?: string },
  more?: Partial<Known>,
];
const ENTRA_SAYS: readonly Says[] = [
  ['no-federated-credential', 'AADSTS700213: No matching federated identity record found.'],
  [
    'no-federated-credential',
    'AADSTS700213: No matching record found for a subject with IDs.',
    BY_IDS,
  ],
  [
    'no-federated-credential',
    'AADSTS70021: No matching federated identity record found for presented assertion.',
  ],
  [
    'subject-case',
    'AADSTS7002138: No matching federated identity record found for presented assertion ' +
      "subject 'repo:octo/app:ref:refs/heads/main'. The subject matches with case-insensitive " +
      'comparison, but not with case-sensitive comparison.',
  ],
  [
    'no-credentials',
    "AADSTS70025: The client 'c1111111-2222-3333-4444-555555555555'(deploy) has no " +
      'configured federated identity credentials.',
  ],
  [
    'wrong-issuer',
    'AADSTS700211: No matching record found for presented assertion issuer ' +
      "'https://other.example'.",
  ],
  [
    'wrong-audience',
    'AADSTS700212: No matching record for audience.',
    OTHER_AUDIENCE,
    { cloud: US },
  ],
  [
    'unknown-application',
    `AADSTS700016: Application with identifier '${CLIENT}' was not found in the directory.`,
  ],
  ['unknown-tenant', `AADSTS90002: Tenant '${TENANT}' not found.`],
  ['id-token-expired', 'AADSTS700024: Client assertion is not within its valid time range.'],
  ['wrong-secret', 'AADSTS7000215: Invalid client secret provided.'],
  [
    'unknown-resource',
    'AADSTS500011: The resource principal was not found in the tenant.',
    { resource: AKS_SERVER },
  ],
  ['unknown-resource', 'AADSTS1002012: The provided value for scope is not valid.'],
  ['conditional-access', 'AADSTS53003: Access has been blocked by Conditional Access policies.'],
  ['application-disabled', "AADSTS7000112: Application 'x' is disabled."],
  [
    'no-service-principal',
    'AADSTS7000229: The client application is missing service principal in the tenant.',
  ],
  ['entra-temporary', 'AADSTS90033: A transient error has occurred. Please try again.'],
  ['entra', 'AADSTS50199: For security reasons, user confirmation is required.'],
];

const SESSION_SAYS: readonly Says[] = [
  ['no-session', "azure/login: Please run 'az login'"],
  ['wrong-secret', 'azure/login: ERROR: AADSTS7000215: Invalid client secret provided.'],
  [
    'session-expired',
    'azure/login: ERROR: AADSTS700024: Client assertion is not within its valid time range.',
  ],
  ['session-expired', 'The refresh token has expired. Please run: az login'],
];

const DENIED =
  'does not have authorization to perform action ' +
  "'Microsoft.ContainerService/managedClusters/runCommand";
const OF_OBJECT = `The client 'x' with object id '${PRINCIPAL}' ${DENIED}/action' over scope 'x'`;
const NOT_FOUND =
  "The Resource 'Microsoft.ContainerService/managedClusters/aks-prod' under resource group " +
  "'rg-prod' was not found.";
const POWER_STATE =
  'ManagedCluster is in a state preventing RunCommand feature: PowerState=Stopped';
type Refusal = readonly [
  row: string,
  status: number,
  code: string,
  message: string,
  more?: Partial<Known>,
];
const ARM_REFUSES: readonly Refusal[] = [
  ['authorization-failed', 403, 'AuthorizationFailed', `The client 'x' ${DENIED}/action'`],
  ['authorization-failed', 403, 'AuthorizationFailed', OF_OBJECT, AMBIENT],
  ['subscription-not-found', 404, 'SubscriptionNotFound', 'The subscription could not be found.'],
  [
    'resource-group-not-found',
    404,
    'ResourceGroupNotFound',
    "Resource group 'rg-prod' could not be found.",
  ],
  ['cluster-not-found', 404, 'ResourceNotFound', NOT_FOUND],
  [
    'token-rejected',
    401,
    'InvalidAuthenticationTokenTenant',
    'The access token is from the wrong issuer.',
  ],
  [
    'cluster-token-missing',
    400,
    'MissingAADClusterToken',
    'This cluster have Azure Active Directory enabled.',
  ],
  [
    'locked',
    409,
    'ScopeLocked',
    'The scope cannot perform write operation because following scope(s) are locked.',
  ],
  ['run-command-disabled', 400, 'BadRequest', 'RunCommand is disabled for this managed cluster.'],
  ['cluster-stopped', 400, 'BadRequest', POWER_STATE],
  ['cluster-stopped', 409, 'OperationNotAllowed', 'The managed cluster is in stopped state.'],
  [
    'cluster-failed',
    400,
    'OperationNotAllowed',
    'Operation is not allowed because the cluster is in a failed state',
  ],
  ['no-control-plane', 404, 'ControlPlaneNotFound', 'Could not find the control plane'],
  [
    'subscription-disabled',
    409,
    'ReadOnlyDisabledSubscription',
    'The subscription is marked as read only.',
  ],
  [
    'not-registered',
    409,
    'MissingSubscriptionRegistration',
    'The subscription is not registered to use namespace',
  ],
  [
    'no-api-version',
    400,
    'NoRegisteredProviderFound',
    "No registered resource provider found for location 'eastus2' and API version '2024-05-01' " +
      "for type 'managedClusters'. The supported api-versions are '2017-08-31, 2018-03-31'.",
  ],
  ['conflict', 409, 'OperationNotAllowed', 'Another operation is in progress.'],
  [
    'request-too-large',
    413,
    'RequestContentTooLarge',
    'The request content size exceeds the maximum size of 4 MB.',
  ],
  ['throttled', 429, 'SubscriptionRequestsThrottled', 'Number of requests exceeded the limit.'],
  ['submission-refused', 400, 'SomethingNew', 'The moon is in the wrong house.'],
  ...(
    [
      [
        'pod-forbidden',
        'pods "command-x" is forbidden: exceeded quota: small, requested: cpu=200m',
      ],
      ['pod-forbidden', 'pods "command-x" is forbidden: violates PodSecurity "restricted:latest"'],
      [
        'pod-forbidden',
        'pods "command-x" is forbidden: maximum cpu usage per Container is 100m, but limit is 500m',
      ],
      [
        'policy-denied',
        'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-…]',
      ],
    ] as const
  ).map(([section, message]): Refusal => [section, 400, 'KubernetesOperationError', message]),
];

const HTML_413 =
  '<html><head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>';
const NO_ANSWER = (cause: string): Answer => ({ kind: 'unanswered', sent: 'perhaps', cause });
const KUBERNETES = (status: number, code: string, message: string) =>
  answered(status, { error: { code, message } });
const NODES =
  '0/3 nodes are available: 1 node(s) had untolerated taint {gpu: true}, 2 Insufficient cpu.';

/**
 * Failures of the action's own, by what is special about each. The message has the name of the code
 * unless another is given.
 */
type Own = readonly [
  name: string,
  failure: Failure,
  row?: string | undefined,
  more?: Partial<Known>,
];
const unread = (cause: string): Failure => ({
  code: 'cluster-unreadable',
  answer: NO_ANSWER(cause),
});
const ENDPOINT = { cloud: required(parseCloud('https://arm.example')) };
const notScheduled = (submissions: number, message: string): Failure => ({
  code: 'did-not-start',
  submissions,
  answer: KUBERNETES(400, 'KubernetesPerformanceError', message),
});
const BLOCKED =
  'Run command is blocked by external resource, please check the error message for more ' +
  'details. details: AKS runCommand feature is blocked by Azure Policy applied to this ' +
  'cluster, to fix this issue you will need to run `kubectl get ' +
  'k8sazurecustomcontainerallowedimages -o yaml` find policy assignment by ' +
  '`azure-policy-assignment-id` annotation, then fix the policy.';
const WEBHOOK = KUBERNETES(500, 'E', 'failed calling webhook "mutate.kyverno.svc-fail": x');
const ECHO = answered(400, {
  code: 'Odd',
  message: `invalid context ${'UEsDBBQAAAAIAHJ2ZVkA'.repeat(40)}`,
});
const HUB = { subscriptionId: SUBSCRIPTION, resourceGroup: 'FL_x_y', name: 'hub' };
const BIG = { path: 'charts/big.tgz', bytes: 3_000_000 };
const SMALL = { path: 'charts/small.tgz', bytes: 70_000 };
const DISK = { path: 'disk.img', bytes: 2 ** 30 };
const overLimit = {
  code: 'too-large',
  afterPacking: true,
  bytes: 5_000_000,
  limit: 4 * 1024 * 1024,
} as const;

const OWN_FAILURES: readonly Own[] = [
  ['no OIDC environment', { code: 'no-id-token' }],
  ["a fork's pull request", { code: 'no-id-token' }, undefined, { startedBy: 'fork' }],
  ['Dependabot', { code: 'no-id-token' }, undefined, { startedBy: 'dependabot' }],
  [
    'the ID token service fails',
    { code: 'id-token', detail: 'Failed to get ID Token. Error Code : 503' },
  ],
  [
    'a proxy and the ID token',
    { code: 'id-token', detail: 'the proxy proxy.corp:3128 answered 407' },
    'proxy-sign-in',
  ],
  ['a proxy that refuses', unread('the proxy proxy.corp:3128 answered 503'), 'proxy-refused'],
  ['no answer of Entra', entra(NO_ANSWER('getaddrinfo ENOTFOUND')), 'entra-unreachable'],
  ['a 500 of Entra', entra(answered(500, ''))],
  [
    "a proxy's certificate, for Entra",
    entra(NO_ANSWER('self-signed certificate in chain')),
    'untrusted-certificate',
  ],
  [
    "a proxy's certificate, for the cluster",
    unread('unable to verify the first certificate'),
    'untrusted-certificate',
  ],
  [
    'no metadata',
    { code: 'cloud-metadata', answer: answered(404, '<html><title>404</title>') },
    'cloud-metadata',
    ENDPOINT,
  ],
  [
    'no answer of the ARM endpoint',
    { code: 'cloud-metadata', answer: NO_ANSWER('The request timed out after 20s') },
    'arm-unreachable',
    ENDPOINT,
  ],
  [
    'a proxy and the metadata',
    { code: 'cloud-metadata', answer: NO_ANSWER('the proxy x:1 answered 407') },
    'proxy-sign-in',
    ENDPOINT,
  ],
  [
    'no answer of ARM',
    { code: 'submission-refused', answer: NO_ANSWER('connect ECONNREFUSED') },
    'arm-unreachable',
  ],
  ['an answer that quotes the request', { code: 'submission-refused', answer: ECHO }],
  [
    '413 of nginx',
    { code: 'submission-refused', answer: answered(413, HTML_413) },
    'request-too-large',
  ],
  [
    'a cluster that cannot be read',
    { code: 'cluster-unreadable', answer: answered(500, { code: 'Internal' }) },
  ],
  [
    '403 on the cluster',
    { code: 'cluster-unreadable', answer: answered(403, { code: 'AuthorizationFailed' }) },
    'authorization-failed',
  ],
  [
    '403 on the result',
    { code: 'result-forbidden', answer: answered(403, { code: 'AuthorizationFailed' }) },
  ],
  ['404 on the result', { code: 'result-missing', answer: answered(404, { code: 'NotFound' }) }],
  ['run command disabled', { code: 'run-command-disabled' }],
  ['the hub of a fleet', { code: 'run-command-disabled' }, undefined, { cluster: HUB }],
  ['cluster stopped', { code: 'cluster-stopped' }],
  ['a 503 to the submission', { code: 'submission-unclear', answer: answered(503, '') }],
  [
    'a torn connection',
    { code: 'submission-unclear', answer: NO_ANSWER('socket hang up') },
    'submission-torn',
  ],
  [
    'a webhook that did not answer',
    { code: 'submission-unclear', answer: WEBHOOK },
    'submission-webhook',
  ],
  [
    'blocked by a policy of AKS',
    {
      code: 'submission-refused',
      answer: answered(400, { code: 'RunCommandBlockedByAzurePolicy', message: BLOCKED }),
    },
    'blocked-by-policy',
  ],
  [
    'no way from the API server to the node',
    {
      code: 'submission-unclear',
      answer: KUBERNETES(
        400,
        'KubernetesOperationError',
        'details: failed to execute on pod after retry: SPDYExecutor.SentAADToken retry ' +
          'failed: error dialing backend: ',
      ),
    },
    'node-unreachable',
  ],
  [
    'no answer of the API server',
    {
      code: 'submission-unclear',
      answer: KUBERNETES(
        400,
        'KubernetesOperationError',
        'details: Get ' +
          `"https://10.0.0.1:443/api/v1/namespaces/aks-command/pods/command-${ID}": net/http: ` +
          'TLS handshake timeout',
      ),
    },
    'api-server-slow',
  ],
  ['no pod to the end', notScheduled(3, `container command-${ID} did not start within 30s`)],
  ['a pod that is not schedulable', notScheduled(1, `Pod is not schedulable: ${NODES}`)],
  ['a pod that refused, one submission', { code: 'did-not-start', submissions: 1 }],
  ['AKS could not schedule the pod', { code: 'aks-failed', reason: `Unschedulable - ${NODES}` }],
  [
    'a start that nobody can tell',
    { code: 'start-unclear', answer: answered(400, { message: 'did not start' }) },
  ],
  ['an earlier command whose pod refused', { code: 'pod-refused' }],
  ['AKS could not pull its image', { code: 'aks-failed', reason: 'ImagePullBackoff' }],
  ['AKS failed the command', { code: 'aks-failed', reason: 'Node problem' }],
  [
    'AKS failed the command for a reason of one word',
    { code: 'aks-failed', reason: 'DeadlineExceeded' },
  ],
  ['the pod of the command was evicted', { code: 'aks-failed', reason: 'Evicted' }],
  [
    'a failure without a word, after ten minutes',
    { code: 'aks-failed', reason: '', afterTenMinutes: true },
  ],
  ['no answer in time', { code: 'no-answer-in-time', seconds: 1860 }],
  [
    'no answer in time, and failures of Azure',
    { code: 'no-answer-in-time', seconds: 60, answer: answered(503, '') },
  ],
  [
    'no answer in time, and signing in failed while the command ran',
    {
      code: 'no-answer-in-time',
      seconds: 1860,
      answer: {
        kind: 'unanswered',
        sent: 'unsigned',
        cause: 'signing in failed: HTTP 401 invalid_client: AADSTS700024: expired',
      },
    },
  ],
  ['canceled while it runs', { code: 'cancelled' }, undefined, { state: 'running' }],
  ['canceled during the submission', { code: 'cancelled' }, undefined, { state: 'unknown' }],
  ['canceled before the submission', { code: 'cancelled' }, undefined, { state: 'not-started' }],
  ['not waited for', { code: 'not-waited' }, undefined, { jobId: 'submit', stepId: 'deploy' }],
  ['not waited for, by a step without an id', { code: 'not-waited' }],
  ['no exit code', { code: 'no-exit-code' }],
  ['no boundary', { code: 'no-boundary' }],
  ['killed before the command began', { code: 'not-begun', containerExitCode: 137 }],
  ['a container that was restarted', { code: 'not-begun', containerExitCode: 76 }],
  ['a command that did not begin, and no exit code', { code: 'not-begun' }],
  ['an exit code that is not allowed', { code: 'exit-code', exitCode: 3 }],
  [
    'an exit code, and no error in the output',
    { code: 'exit-code', exitCode: 3 },
    undefined,
    { showsNoError: true },
  ],
  [
    'exit code 1, and no error in the output',
    { code: 'exit-code', exitCode: 1 },
    undefined,
    { showsNoError: true },
  ],
  ['a success that is not allowed', { code: 'exit-code', exitCode: 0, allowed: [1] }],
  ['timed out', { code: 'timed-out', seconds: 1800 }],
  ['no bash', { code: 'no-bash' }],
  ['a tool that is missing', { code: 'no-tool', tool: 'wc' }],
  ['no folder to write to', { code: 'no-tool', tool: 'disk' }],
  [
    'no default namespace',
    { code: 'no-namespace', detail: 'error: open /home/own.crt: no such file or directory' },
    undefined,
    { namespace: 'shop' },
  ],
  ['no variables', { code: 'no-variables' }],
  ['output lost in the pod', { code: 'output-lost' }],
  [
    'malformed step outputs',
    {
      code: 'outputs-malformed',
      line: 4,
      problem: say`is neither ${'NAME=value'} nor ${'NAME<<DELIMITER'}`,
    },
  ],
  ['step outputs that are too large', { code: 'outputs-too-large' }],
  ['step outputs that were lost', { code: 'outputs-lost' }, undefined, { exitCode: 3 }],
  [
    'what nobody expected',
    { code: 'unexpected', detail: 'TypeError: x\n    at y (dist/index.js:1:1)' },
  ],
  [
    'invalid inputs',
    {
      code: 'invalid-inputs',
      names: ['cluster', 'wait'],
      problems: [say`${'cluster'} is required.`, say`${'wait'}: ${'no'} is invalid.`],
    },
  ],
  [
    'a mistake at a prompt',
    { code: 'invalid-inputs', names: [], problems: [say`${'--script'} is empty.`] },
  ],
  ['a request that would be too large', { ...overLimit, biggest: [BIG, SMALL] }],
  ['a request that would be too large, without files', { ...overLimit, biggest: [] }],
  ['files too large', { ...overLimit, afterPacking: false, bytes: 2 ** 30, biggest: [DISK] }],
];

const COLLECT_PROBLEMS: readonly CollectProblem[] = [
  { kind: 'invalid', problem: say`it is not base64` },
  { kind: 'uncollected', because: 'time' },
  { kind: 'uncollected', because: 'disk' },
  { kind: 'uncollected', because: 'size' },
  { kind: 'lost' },
  { kind: 'unwritable', detail: 'ENOSPC' },
  { kind: 'no-match', patterns: ['reports', 'a b'] },
  { kind: 'no-match', patterns: Array.from({ length: 25 }, (_, at) => `p${at}`) },
];

const FILES_PROBLEMS: readonly FilesProblem[] = [
  {
    kind: 'no-match',
    patterns: ['a/*.yaml', 'b'],
    nearest: ['a/x.yml'],
  },
  { kind: 'no-match', patterns: ['k8s'], emptyFolder: '', nearest: [] },
  { kind: 'no-match', patterns: ['k8s'], emptyFolder: 'out', nearest: [] },
  {
    kind: 'invalid-pattern',
    invalid: [
      { line: '../x', problem: say`it leads out of the working directory` },
      { line: '~/y', problem: say`it leads out of the working directory` },
    ],
  },
  {
    kind: 'invalid-pattern',
    invalid: [{ line: '../x', problem: say`it leads out of the working directory` }],
  },
  { kind: 'working-directory-outside', path: '/etc' },
  { kind: 'working-directory-missing', path: 'deploy' },
  { kind: 'outside', path: 'a/link', target: '/etc/passwd' },
  { kind: 'broken-link', path: 'a/link' },
  { kind: 'unreadable', path: 'a/key' },
  { kind: 'not-a-file', path: 'a/socket' },
  { kind: 'own-folder', path: '.aks-run-command/env.sh' },
  { kind: 'too-many', path: 'links', limit: 65_000 },
  { kind: 'unsafe-name', path: 'k8s/\u007fa.yaml' },
];

export const PROVOCATIONS: readonly Provocation[] = [
  ...ENTRA_SAYS.map(([message, name, more, context]) => {
    const answer = answered(400, {
      error: 'invalid_request',
      error_description: `${name} Trace ID: t-1`,
    });
    return { name, message, when: failed({ ...entra(answer), ...more }, context) };
  }),
  ...SESSION_SAYS.map(([message, name]) => ({
    name,
    message,
    when: failed({ code: 'no-session', detail: name }, AMBIENT),
  })),
  {
    name: 'azure/login: az ended with exit code 1: HTTP 503',
    message: 'session-failed',
    when: failed(
      { code: 'session-failed', detail: 'azure/login: az ended with exit code 1: HTTP 503' },
      AMBIENT,
    ),
  },
  ...ARM_REFUSES.map(([message, status, code, says, context]) => ({
    name: `${status} ${code}: ${says}`,
    message,
    when: failed({ code: 'submission-refused', answer: KUBERNETES(status, code, says) }, context),
  })),
  ...OWN_FAILURES.map(([name, failure, message = failure.code, context]) => ({
    name,
    message,
    when: failed(failure, context),
  })),
  ...COLLECT_PROBLEMS.map((problem) => ({
    name: `collected files: ${describeProblem(problem)}`,
    message: 'collect',
    when: failed({ code: 'collect', problem }),
  })),
  ...FILES_PROBLEMS.map((problem) => ({
    name: `files: ${problem.kind}`,
    message: 'files',
    when: failed({ code: 'files', problem }),
  })),
  {
    name: 'outputs that the runner does not take',
    message: 'outputs-unwritable',
    when: failed({ code: 'outputs-unwritable', detail: 'ENOSPC: no space left on device' }),
  },
];

/** What is special about a problem, without its list of files. */
function describeProblem(problem: CollectProblem): string {
  const facts = Object.values(problem).filter((fact) => !Array.isArray(fact));
  return facts.join(' ');
}

function answered(status: number, body: unknown) {
  return http(status, body, { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'cor-1' });
}

function entra(answer: Answer) {
  return { code: 'entra' as const, answer, resource: RESOURCE, claims: CLAIMS };
}

function failed(failure: Failure, more: Partial<Known> = {}) {
  return (words: Words = WORKFLOW) => explain(failure, { ...KNOWN, ...phrasing(words), ...more });
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test itself lacks a value');
  return value;
}
