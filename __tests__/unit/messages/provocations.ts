import type { Answer } from '../../../src/azure/answer.ts';
import type { IdTokenClaims } from '../../../src/azure/claims.ts';
import { AKS_SERVER, parseCloud } from '../../../src/azure/cloud.ts';
import type {
  Code,
  CollectProblem,
  Failure,
  FailureOf,
  FilesProblem,
  StopProblem,
} from '../../../src/failure.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { explain } from '../../../src/messages/explain.ts';
import type { Message } from '../../../src/messages/message.ts';
import { readFindings } from '../../../src/messages/output-hints.ts';
import { NOTHING_KNOWN, type Situation } from '../../../src/messages/values.ts';
import { say } from '../../../src/text/say.ts';
import { packedTask } from '../packed-task.ts';
import { http, ID } from '../ports.ts';
import { MESSAGES } from './all-messages.ts';
import { RECORDINGS } from './corpus/recorded.ts';

/** What provokes a message. golden/messages.txt has the messages. */
export type Provocation = {
  /** What is special about it. */
  readonly name: string;
  /** Explains it in these words, which are a workflow's unless given. */
  readonly when: (words?: Words) => Message;
};

/** A failure without its code, and what is known besides. */
type Sample<C extends Code> = readonly [
  facts: Omit<FailureOf<C>, 'code'>,
  known?: Partial<Situation>,
];
type Some<T> = readonly [T, ...T[]];

/** The failures that have problems of several kinds, each with a message of its own. */
type WithKinds = 'files' | 'not-stopped' | 'collect';
/** A code without a sample does not compile. */
type Samples = { readonly [C in Exclude<Code, WithKinds>]: Some<Sample<C>> };
/** Nor does a kind. */
type Kinds<P extends { readonly kind: string }> = {
  readonly [K in P['kind']]: Some<Omit<P & { readonly kind: K }, 'kind'>>;
};

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const TENANT = 'd1111111-2222-3333-4444-555555555555';
const PRINCIPAL = 'e1111111-2222-3333-4444-555555555555';

const KNOWN: Situation = {
  ...NOTHING_KNOWN,
  cluster: { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg-prod', name: 'aks-prod' },
  application: { clientId: CLIENT, tenantId: TENANT, audience: 'api://AzureADTokenExchange' },
  cloud: required(parseCloud('AzureCloud')),
  commandId: ID,
  exitCode: 0,
};

const NOT_STARTED = { state: 'not-started' } as const;
const RUNNING = { state: 'running' } as const;
const UNKNOWN = { state: 'unknown' } as const;
const LATE = { mayStartUntil: 1_795_608_090 };
const AMBIENT = { application: undefined };
const NO_ID = { commandId: undefined };
const ENDPOINT = { cloud: required(parseCloud('https://arm.example')) };
/** No input has its default. */
const OWN_INPUTS = {
  ...ENDPOINT,
  application: { clientId: CLIENT, tenantId: TENANT, audience: 'own' },
  timeout: 7500,
};
const HUB = { subscriptionId: SUBSCRIPTION, resourceGroup: 'FL_x_y', name: 'hub' };
const ISSUES = { issues: 'https://github.com/octo/action/issues' };

/** An answer of Azure Resource Manager. */
const says = (status: number, code = '', message = '') => ({
  answer: answered(status, { error: { code, message } }),
});
const kubernetesSays = (message: string) => says(400, 'KubernetesOperationError', message);
const noAnswer = (cause: string): { answer: Answer } => ({
  answer: { kind: 'unanswered', sent: 'perhaps', cause },
});
const hashed = (said: { answer: Answer }) => ({ ...said, hash: 'abc' });

const CLAIMS: IdTokenClaims = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:octo/app:ref:refs/heads/main',
  audience: 'api://AzureADTokenExchange',
  jobWorkflowRef: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
};
const UNREADABLE = { issuer: '', subject: '', audience: '' };
const RESOURCE = 'https://management.azure.com';

/** A sign-in that failed like this. */
function signIn({ answer }: { readonly answer: Answer }, claims: Partial<IdTokenClaims> = {}) {
  return { answer, resource: RESOURCE, claims: { ...CLAIMS, ...claims } };
}

function entraSays(message: string, claims: Partial<IdTokenClaims> = {}) {
  const body = { error: 'invalid_request', error_description: `${message} Trace ID: t-1` };
  return signIn({ answer: answered(400, body) }, claims);
}

/** Subjects that a token can have besides the usual one. */
const SUBJECTS = [
  'repo:octo@583231/app@1296269:environment:prod',
  // A branch whose name looks like IDs, and a template
  'repo:octo/app:ref:refs/heads/octo@1/app@2',
  'repository:octo@1/app@2:environment:prod',
  'repo:octo/app:ref:refs/heads/$(touch$IFS`x`)',
  '--help',
  `repo:octo/app:ref:refs/heads/${'x'.repeat(130)}`,
  'repo:octo/app:ref:refs/heads/a\n##[error]b',
];

const ENTRA_SAYS = [
  'AADSTS70021: No matching federated identity record found for presented assertion.',
  'AADSTS7002138: No matching federated identity record found for presented assertion ' +
    "subject 'repo:octo/app:ref:refs/heads/main'. The subject matches with case-insensitive " +
    'comparison, but not with case-sensitive comparison.',
  `AADSTS70025: The client '${CLIENT}'(deploy) has no configured federated identity credentials.`,
  "AADSTS700211: No matching record found for presented assertion issuer 'https://other.example'.",
  `AADSTS700211: No matching record found for presented assertion issuer '${CLAIMS.issuer}'.`,
  `AADSTS700016: Application with identifier '${CLIENT}' was not found in the directory.`,
  `AADSTS90002: Tenant '${TENANT}' not found.`,
  'AADSTS700024: Client assertion is not within its valid time range.',
  'AADSTS1002012: The provided value for scope is not valid.',
  'AADSTS53003: Access has been blocked by Conditional Access policies.',
  "AADSTS7000112: Application 'x' is disabled.",
  'AADSTS7000229: The client application is missing service principal in the tenant.',
  'AADSTS90033: A transient error has occurred. Please try again.',
  'AADSTS50199: For security reasons, user confirmation is required.',
];

const SESSION_SAYS = [
  'azure/login: ERROR: AADSTS7000215: Invalid client secret provided.',
  "azure/login: ERROR: AADSTS7000222: The provided client secret keys for app 'x' are expired.",
  'azure/login: ERROR: AADSTS53003: Access has been blocked by Conditional Access policies.',
  'azure/login: ERROR: AADSTS700024: Client assertion is not within its valid time range.',
  'The refresh token has expired. Please run: az login',
  'az login: ERROR: Failed to connect to MSI. Please make sure MSI is configured correctly.',
  // A Conditional Access policy limits how long a sign-in lasts. In any language:
  'azure/login: ERROR: AADSTS70043: x',
  'azure/login: ERROR: AADSTS700082: x',
  'azure/login: ERROR: AADSTS50173: x',
];

const DENIED =
  'does not have authorization to perform action ' +
  "'Microsoft.ContainerService/managedClusters/runCommand/action'";
const ofObject = (id: string) => `The client 'x' with object id '${id}' ${DENIED} over scope 'x'`;

const ARM_SAYS: readonly (readonly [status: number, code: string, message: string])[] = [
  [403, 'AuthorizationFailed', `The client 'x' ${DENIED}`],
  [404, 'SubscriptionNotFound', 'The subscription could not be found.'],
  [404, 'ResourceGroupNotFound', "Resource group 'rg-prod' could not be found."],
  [
    404,
    'ResourceNotFound',
    "The Resource 'Microsoft.ContainerService/managedClusters/aks-prod' under resource group " +
      "'rg-prod' was not found.",
  ],
  [401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.'],
  [400, 'MissingAADClusterToken', 'This cluster have Azure Active Directory enabled.'],
  [
    409,
    'ScopeLocked',
    'The scope cannot perform write operation because following scope(s) are locked.',
  ],
  [400, 'BadRequest', 'RunCommand is disabled for this managed cluster.'],
  [
    400,
    'BadRequest',
    'ManagedCluster is in a state preventing RunCommand feature: PowerState=Stopped',
  ],
  [409, 'OperationNotAllowed', 'The managed cluster is in stopped state.'],
  [400, 'OperationNotAllowed', 'Operation is not allowed because the cluster is in a failed state'],
  [409, 'MissingSubscriptionRegistration', 'The subscription is not registered to use namespace'],
  [
    400,
    'NoRegisteredProviderFound',
    "No registered resource provider found for location 'eastus2' and API version '2024-05-01' " +
      "for type 'managedClusters'. The supported api-versions are '2017-08-31, 2018-03-31'.",
  ],
  [409, 'OperationNotAllowed', 'Another operation is in progress.'],
  [413, 'RequestContentTooLarge', 'The request content size exceeds the maximum size of 4 MB.'],
  [429, 'SubscriptionRequestsThrottled', 'Number of requests exceeded the limit.'],
  [400, 'SomethingNew', 'The moon is in the wrong house.'],
  ...[
    'pods "command-x" is forbidden: exceeded quota: small, requested: cpu=200m',
    'pods "command-x" is forbidden: violates PodSecurity "restricted:latest"',
    'pods "command-x" is forbidden: maximum cpu usage per Container is 100m, but limit is 500m',
    'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-…]',
  ].map((message) => [400, 'KubernetesOperationError', message] as const),
];

const QUOTED_REQUEST = {
  code: 'Odd',
  message: `invalid context ${'UEsDBBQAAAAIAHJ2ZVkA'.repeat(40)}`,
};
const BLOCKED =
  'Run command is blocked by external resource, please check the error message for more ' +
  'details. details: AKS runCommand feature is blocked by Azure Policy applied to this ' +
  'cluster, to fix this issue you will need to run `kubectl get ' +
  'k8sazurecustomcontainerallowedimages -o yaml` find policy assignment by ' +
  '`azure-policy-assignment-id` annotation, then fix the policy.';
const NODES =
  '0/3 nodes are available: 1 node(s) had untolerated taint {gpu: true}, 2 Insufficient cpu.';
const UNSCHEDULABLE = { reason: `Unschedulable - ${NODES}` };
const NODE_PROBLEM = { reason: 'Node problem' };
const GAVE_UP = { answer: answered(400, { message: 'did not start' }), minutesApart: undefined };
const SIGNED_OUT: Answer = {
  kind: 'unanswered',
  sent: 'unsigned',
  cause: 'signing in failed: HTTP 401 invalid_client: AADSTS700024: expired',
};
const TOO_LARGE = { afterPacking: true, bytes: 5_000_000, limit: 4 * 1024 * 1024 };
const DISK = { path: 'disk.img', bytes: 2 ** 30 };
const CHARTS = [
  { path: 'charts/big.tgz', bytes: 3_000_000 },
  { path: 'charts/small.tgz', bytes: 70_000 },
];
const MISTAKE = { names: [], problems: [say`${'--script'} is empty.`] };
const MISTAKES = {
  names: ['cluster', 'wait'],
  problems: [say`${'cluster'} is required.`, say`${'wait'}: ${'no'} is invalid.`],
};

const SAMPLES: Samples = {
  'invalid-inputs': [
    [MISTAKES, NOT_STARTED],
    [MISTAKES, RUNNING],
    [MISTAKES, UNKNOWN],
    [MISTAKE],
    [MISTAKE, UNKNOWN],
  ],
  'too-large': [
    [{ ...TOO_LARGE, biggest: CHARTS }],
    [{ ...TOO_LARGE, afterPacking: false, bytes: 2 ** 30, biggest: [DISK] }],
  ],

  'no-id-token': [[{}], [{}, { startedBy: 'fork' }], [{}, { startedBy: 'dependabot' }]],
  'id-token': [
    [{ detail: 'Failed to get ID Token. Error Code : 503' }, NOT_STARTED],
    [{ detail: 'the proxy proxy.corp:3128 answered 407' }],
  ],
  entra: [
    [entraSays('AADSTS700213: No matching federated identity record found.'), NOT_STARTED],
    [entraSays('AADSTS700213: No matching record found.', UNREADABLE)],
    [entraSays('AADSTS700213: No matching record found.', UNREADABLE), AMBIENT],
    ...SUBJECTS.map((subject): Sample<'entra'> => {
      const start = JSON.stringify(subject).slice(0, 60);
      return [entraSays(`AADSTS700213: No matching record found for ${start}`, { subject })];
    }),
    [
      entraSays('AADSTS700212: No matching record.', { audience: 'https://github.com/octo' }),
      { cloud: required(parseCloud('AzureUSGovernment')) },
    ],
    [
      {
        ...entraSays('AADSTS500011: The resource principal was not found in the tenant.'),
        resource: AKS_SERVER,
      },
    ],
    ...ENTRA_SAYS.map((words): Sample<'entra'> => [entraSays(words), NOT_STARTED]),
    [signIn(noAnswer('getaddrinfo ENOTFOUND')), NOT_STARTED],
    // A step that waits for an earlier command
    [signIn(noAnswer('getaddrinfo ENOTFOUND')), UNKNOWN],
    [signIn({ answer: answered(500, '') })],
    [signIn(noAnswer('self-signed certificate in chain'))],
  ],
  'no-session': [
    [{ detail: "azure/login: Please run 'az login'" }, AMBIENT],
    ...SESSION_SAYS.map((detail): Sample<'no-session'> => [{ detail }, AMBIENT]),
  ],
  'session-failed': [
    [{ detail: 'azure/login: AADSTS700024: Client assertion is not within its valid time range.' }],
    [
      { detail: 'azure/login: az ended with exit code 1: HTTP 503' },
      { ...AMBIENT, ...NOT_STARTED },
    ],
  ],

  'cloud-metadata': [
    [{ answer: answered(404, '<html><title>404</title>') }, ENDPOINT],
    [noAnswer('The request timed out after 20s'), ENDPOINT],
    [noAnswer('the proxy x:1 answered 407'), ENDPOINT],
  ],
  'cluster-unreadable': [
    [says(500, 'Internal'), NOT_STARTED],
    [says(403, 'AuthorizationFailed')],
    [noAnswer('connect ECONNREFUSED'), NOT_STARTED],
    [noAnswer('the proxy proxy.corp:3128 answered 503')],
  ],
  'run-command-disabled': [[{}], [{}, { cluster: HUB }]],
  'cluster-stopped': [[{}]],

  'submission-refused': [
    [{ answer: answered(400, QUOTED_REQUEST) }],
    [{ answer: answered(502, 'upstream: <!DOCTYPE html><p>x') }],
    [{ answer: answered(502, { message: 'a\r\n::add-mask::b\u001b[0m' }) }],
    [says(413), { packed: { files: [], zipBytes: 3_750_000 } }],
    [noAnswer('the proxy proxy.corp:3128 refused the connection'), NOT_STARTED],
    [says(400, 'RunCommandBlockedByAzurePolicy', BLOCKED)],
    [says(403, 'AuthorizationFailed', ofObject(PRINCIPAL)), AMBIENT],
    [says(403, 'AuthorizationFailed', 'You may not do this.'), AMBIENT],
    ...ARM_SAYS.map((words): Sample<'submission-refused'> => [says(...words), NOT_STARTED]),
  ],
  'submission-unclear': [
    [hashed({ answer: answered(503, '') }), NO_ID],
    [hashed(noAnswer('socket hang up'))],
    [hashed(says(500, 'E', 'failed calling webhook "mutate.kyverno.svc-fail": x'))],
    ...[
      'details: pods "command-x" is forbidden: ValidatingAdmissionPolicy ' +
        "'azurepolicy-no-commands' with binding 'azurepolicy-no-commands' denied request: no",
      'failed to execute on pod: admission webhook "validation.gatekeeper.sh" denied the request: no',
      'details: failed to execute on pod after retry: SPDYExecutor.SentAADToken retry failed: ' +
        'error dialing backend: ',
      `details: Get "https://10.0.0.1:443/api/v1/namespaces/aks-command/pods/command-${ID}": ` +
        'net/http: TLS handshake timeout',
    ].map((words): Sample<'submission-unclear'> => [hashed(kubernetesSays(words)), UNKNOWN]),
  ],
  'did-not-start': [
    [
      {
        submissions: 2,
        ...says(
          400,
          'KubernetesPerformanceError',
          `container command-${ID} did not start within 30s`,
        ),
      },
      NOT_STARTED,
    ],
    [{ submissions: 1, answer: undefined }],
  ],
  'start-unclear': [
    [GAVE_UP],
    [{ ...GAVE_UP, ...LATE }, UNKNOWN],
    [{ ...GAVE_UP, minutesApart: 12 }],
  ],

  'no-answer-in-time': [
    [{ seconds: 1860, answer: undefined }],
    [{ seconds: 60, answer: undefined }, OWN_INPUTS],
    [{ seconds: 60, answer: undefined }, AMBIENT],
    [{ seconds: 60, answer: answered(503, ''), startUnseen: true }],
    [{ seconds: 1860, answer: SIGNED_OUT }],
  ],
  'result-missing': [
    [says(404, 'ResourceGroupNotFound', "Resource group 'rg-prod' could not be found.")],
    [says(404, 'NotFound')],
    [says(404, 'NotFound'), { command: 'kubectl get pods' }],
  ],
  'result-forbidden': [
    [says(403, 'AuthorizationFailed')],
    // ARM names another identity than the inputs.
    [says(403, 'AuthorizationFailed', ofObject(TENANT))],
  ],
  'not-waited': [
    [{}, { jobId: 'submit' }],
    [{}, OWN_INPUTS],
  ],
  cancelled: [
    [{}, RUNNING],
    [{}, { ...RUNNING, isStateSaved: true }],
    [{ startUnseen: true }, RUNNING],
    [LATE, RUNNING],
    [LATE, UNKNOWN],
    [{ hash: 'abc' }, { ...NO_ID, ...UNKNOWN }],
    [{}, NOT_STARTED],
  ],
  stopped: [
    [{ signaled: true }, { exitCode: 143 }],
    [{ signaled: false }, { exitCode: 0 }],
    [{ signaled: undefined }],
  ],

  'pod-refused': [[{ doubt: undefined }], [{ doubt: 'exit-code' }], [{ doubt: 'log' }]],
  'aks-failed': [
    [NODE_PROBLEM],
    [{ ...NODE_PROBLEM, ...LATE }, UNKNOWN],
    [{ reason: 'OOMKilled' }, { ...UNKNOWN, started: 'command' }],
    [{ reason: 'Evicted' }],
    [{ reason: '', silent: true }],
    [{ reason: 'ImagePullBackoff', ...LATE }, UNKNOWN],
    [UNSCHEDULABLE, UNKNOWN],
    [{ ...UNSCHEDULABLE, ...LATE }, UNKNOWN],
  ],
  unproven: [
    [{ containerExitCode: undefined }],
    [{ containerExitCode: undefined }, { started: 'command' }],
    [{ containerExitCode: 0 }],
    [{ containerExitCode: 76 }],
  ],
  'exit-code': [
    [{ exitCode: 3, allowed: undefined }],
    [{ exitCode: 3, allowed: undefined }, { showsNoError: true }],
    [{ exitCode: 1, allowed: undefined }, { showsNoError: true }],
    [{ exitCode: 0, allowed: [1] }, { showsNoError: true }],
  ],
  'timed-out': [[{ seconds: 480 }], [{ seconds: 600 }]],

  'no-bash': [[{}]],
  'no-namespace': [
    [{ detail: 'error: open /home/own.crt: no such file or directory' }, { namespace: 'shop' }],
  ],
  'no-tool': [[{ tool: 'wc' }], [{ tool: 'disk' }]],
  'no-variables': [
    [{}, NOT_STARTED],
    [{}, ISSUES],
  ],

  'output-lost': [[{}]],
  'outputs-lost': [[{}, { exitCode: 3 }], [{ isChanged: true }]],
  'outputs-malformed': [
    [{ line: 4, problem: say`is neither ${'NAME=value'} nor ${'NAME<<DELIMITER'}` }],
  ],
  'outputs-too-large': [[{}]],

  'outputs-unwritable': [[{ detail: 'ENOSPC: no space left on device' }]],
  unexpected: [
    [{ detail: 'TypeError: x\n    at y (dist/index.js:1:1)' }, ISSUES],
    [{ detail: 'TypeError: x' }, UNKNOWN],
  ],
};

const leadingOut = (line: string) => ({
  line,
  problem: say`it leads out of the working directory. Use another`,
});
const FILES: Kinds<FilesProblem> = {
  'no-match': [
    { patterns: ['a/*.yaml', 'b'], nearest: ['a/x.yml'] },
    { patterns: ['k8s'], nearest: [] },
  ],
  'all-excluded': [{ patterns: ['k8s', 'a/*'], exclusions: ['!**/*.yaml', '!a'] }],
  'invalid-pattern': [
    { invalid: [leadingOut('../x'), leadingOut('~/y')] },
    { invalid: [leadingOut('../x')] },
  ],
  'working-directory-outside': [{ path: '/etc' }],
  'working-directory-missing': [{ path: 'deploy' }],
  outside: [{ path: 'a/link', target: '/etc/passwd' }],
  'broken-link': [{ path: 'a/link' }],
  unreadable: [{ path: 'a/key' }],
  'not-a-file': [{ path: 'a/socket' }],
  'own-folder': [{ path: '.aks-run-command/env.sh' }],
  'too-many': [{ path: 'links', limit: 65_000 }],
  'unsafe-name': [{ path: 'k8s/\u007fa.yaml' }],
};

const COLLECT: Kinds<CollectProblem> = {
  invalid: [{ problem: say`it is not base64` }],
  uncollected: [{ because: 'time' }, { because: 'disk' }, { because: 'size' }],
  lost: [{}],
  unwritable: [{ detail: 'ENOSPC' }],
  'no-match': [{ patterns: ['reports', 'a b'] }],
};

const cannot = (what: string) => ({
  detail:
    `Error from server (Forbidden): pods is forbidden: User "${PRINCIPAL}" cannot ${what} in API ` +
    'group "" in the namespace "aks-command"',
});
const STOP: Kinds<StopProblem> = {
  'no-pod': [{}],
  'no-process': [{}],
  'no-result': [{}],
  'still-running': [{}],
  'time-over': [{}],
  'not-run': [
    { failure: undefined },
    {
      failure: {
        code: 'did-not-start',
        submissions: 1,
        ...says(400, 'KubernetesPerformanceError', 'did not start'),
      },
    },
  ],
  rejected: [
    cannot('list resource "pods"'),
    cannot('create resource "pods/exec"'),
    {
      detail:
        'Error from server (Forbidden): pods "command-1" is forbidden: ValidatingAdmissionPolicy ' +
        "'aks-managed-pods' with binding 'aks-managed-pods' denied request: not allowed",
    },
    { detail: 'Unable to connect to the server: net/http: TLS handshake timeout' },
  ],
};
const NO_POD = { code: 'not-stopped', problem: { kind: 'no-pod' } } as const;
const DENIED_STOP = {
  code: 'not-stopped',
  problem: { kind: 'rejected', detail: 'Error: denied the request' },
} as const;

/** The files that were sent. */
const sent = (...paths: readonly string[]) => ({
  packed: packedTask(paths.map((path) => ({ path, bytes: 1 }))),
});
const OVERLAY = sent('deploy/overlays/prod/kustomization.yaml');
const NO_PATH = 'error: the path "k8s/app.yaml" does not exist';
const noFolder = (path: string) =>
  `/command-files/.aks-run-command/command.sh: line 1: cd: ${path}: No such file or directory`;
const denied = (what: string) =>
  `Error from server (Forbidden): x is forbidden: User "u" cannot ${what}`;
const NO_ACCESS =
  'User does not have access to the resource in Azure. Update role assignment to allow access.';

/** Outputs whose hints depend on what is known. */
const OUTPUTS: readonly (readonly [output: string, known?: Partial<Situation>])[] = [
  [NO_PATH, sent()],
  [NO_PATH, sent('k8s/app.yml')],
  [NO_PATH, sent('deploy/k8s/app.yaml')],
  [NO_PATH, sent('k8s/app.yaml')],
  ['error: the path "overlays/prod" does not exist', OVERLAY],
  [noFolder('deplyo'), OVERLAY],
  [noFolder('deploy/overlays'), OVERLAY],
  ["error: x evalsymlink failure on 'overlays/prod' : lstat", OVERLAY],
  ['cat: k8s/app.yaml: No such file or directory', sent('README.md')],
  [
    '/command-files/.aks-run-command/command.sh: line 1: ./k8s/run.sh: Permission denied',
    { ...sent('k8s/run.sh'), exitCode: 126 },
  ],
  [
    'Error from server (Forbidden): x is forbidden: User "system:serviceaccount:aks-command:sa-x" ' +
      'cannot list resource "nodes" in API group ""',
  ],
  ['error: timed out waiting for the condition', { namespace: 'shop' }],
  [
    'Error: pre-install hooks failed: resource Job/db/a not ready. status: InProgress, message: x',
    { namespace: 'web' },
  ],
  // A permission in all namespaces, whatever the input
  [denied('list resource "nodes" in API group ""'), { namespace: 'web' }],
  [denied('list resource "pods" in API group ""'), AMBIENT],
  ...[
    'create resource "pods" in API group ""',
    'list resource "secrets" in API group ""',
    'create resource "roles" in API group "rbac.authorization.k8s.io"',
    'create resource "widgets" in API group "example.com"',
    'get resource "pods/log" in API group ""',
    'create resource "pods/exec" in API group ""',
    'patch resource "deployments/scale" in API group "apps"',
    'create resource "resourcequotas" in API group ""',
  ].map((what) => [denied(`${what} in the namespace "shop"`)] as const),
  ...[
    'list resource "widgets" in API group "example.com"',
    'create resource "namespaces" in API group ""',
    'list resource "pods" in API group ""',
  ].map((what) => [denied(`${what} at the cluster scope`)] as const),
  [denied(`list resource "pods" in API group "" in the namespace "shop": ${NO_ACCESS}`)],
  [denied(`list resource "pods" in API group "" at the cluster scope: ${NO_ACCESS}`)],
  ['Error: INSTALLATION FAILED: repo bitnami not found'],
  ['sh: 1: az: not found'],
  ['sh: 1: sudo: not found'],
  ['sh: 1: kubctl: not found'],
  [
    'Error from server (InternalError): Internal error occurred: failed calling webhook ' +
      '"policy.example.com": failed to call webhook: Post "https://policy.example.com/": EOF',
  ],
  [
    'Error from server: conversion webhook for example.com/v1, Kind=Widget failed: Post ' +
      '"https://widgets.shop.svc:443/convert?timeout=30s": EOF',
  ],
];

const SAMPLED = Object.entries(SAMPLES).flatMap(([code, samples]) =>
  samples.map(([facts, known]) => ({ failure: { ...facts, code } as Failure, known })),
);

/** One or more failures of each code without kinds. */
export const FAILURES: readonly Failure[] = SAMPLED.map(({ failure }) => failure);

export const PROVOCATIONS: readonly Provocation[] = [
  ...SAMPLED.map(({ failure, known }) => failed(failure, known)),
  ...problemsOf(FILES).map((problem) => failed({ code: 'files', problem })),
  ...problemsOf(STOP).map((problem) =>
    failed({ code: 'not-stopped', problem, hash: undefined }, RUNNING),
  ),
  failed({ ...NO_POD, hash: undefined, ...LATE }, RUNNING),
  failed({ ...NO_POD, hash: 'abc', startUnseen: true }, { ...NO_ID, ...UNKNOWN }),
  failed({ ...NO_POD, hash: 'abc' }, RUNNING),
  failed({ ...DENIED_STOP, hash: 'abc' }, { ...NO_ID, ...UNKNOWN }),
  ...problemsOf(COLLECT).map((problem) => failed({ code: 'collect', problem })),
  ...RECORDINGS.filter(
    ({ hint }, at) =>
      hint !== undefined && RECORDINGS.findIndex((other) => other.hint === hint) === at,
  ).map(({ name, output, exitCode }) => hinted(name, output, { exitCode })),
  ...OUTPUTS.map(([output, known]) => hinted(output, output, { exitCode: 1, ...known })),
];

function answered(status: number, body: unknown) {
  return http(status, body, { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'cor-1' });
}

/** All problems of all kinds. */
function problemsOf<P extends { readonly kind: string }>(kinds: Kinds<P>): readonly P[] {
  return Object.entries<readonly object[]>(kinds).flatMap(([kind, samples]) =>
    samples.map((facts) => ({ ...facts, kind }) as unknown as P),
  );
}

function failed(failure: Failure, known: Partial<Situation> = {}): Provocation {
  return {
    name: specialIn({ ...failure, ...known }),
    when: (words = WORKFLOW) => explain(failure, { ...KNOWN, words, ...known }, MESSAGES),
  };
}

/** Facts that are one word. What a service said, the message itself shows. */
function specialIn({ code, ...facts }: { readonly code: string }): string {
  const words = Object.entries(facts).filter(([, value]) => /^[\w-]+$/.test(String(value)));
  return [code, ...words.map(([name, value]) => `${name} ${String(value)}`)].join(', ');
}

/** The first hint about an output. */
function hinted(name: string, output: string, known: Partial<Situation>): Provocation {
  return {
    name,
    when: (words = WORKFLOW) =>
      required(readFindings(output, { ...KNOWN, words, ...known }, MESSAGES).hints[0]),
  };
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test itself lacks a value');
  return value;
}
