import type { Answer } from '../../../src/azure/answer.ts';
import { AKS_SERVER, parseCloud } from '../../../src/azure/cloud.ts';
import type { IdTokenClaims } from '../../../src/azure/claims.ts';
import type {
  CollectProblem,
  Failure,
  FilesProblem,
  RefusalDoubt,
  StopProblem,
} from '../../../src/failure.ts';
import { WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { explain } from '../../../src/messages/explain.ts';
import type { Message } from '../../../src/messages/message.ts';
import { readFindings } from '../../../src/messages/output-hints.ts';
import { NOTHING_KNOWN, type Situation } from '../../../src/messages/values.ts';
import { say } from '../../../src/text/say.ts';
import { http, ID } from '../ports.ts';
import { RECORDINGS } from './corpus/recorded.ts';
import { MESSAGES } from './all-messages.ts';
import { packedTask } from '../packed-task.ts';

/** What provokes each message. golden/messages.txt has the messages. */
export type Provocation = {
  readonly name: string;
  /** Explains it in these words, which are a workflow's unless given. */
  readonly when: (words?: Words) => Message;
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
const AMBIENT = { application: undefined };
const NO_ID = { commandId: undefined };
const NOT_STARTED = { state: 'not-started' } as const;
const CLAIMS: IdTokenClaims = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:octo/app:ref:refs/heads/main',
  audience: 'api://AzureADTokenExchange',
  jobWorkflowRef: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
};
const claiming = (claims: Partial<IdTokenClaims>) => ({ claims: { ...CLAIMS, ...claims } });
const US = required(parseCloud('AzureUSGovernment'));
const BRANCH = 'repo:octo/app:ref:refs/heads/';
const HOSTILE_SUBJECTS = [
  `${BRANCH}$(touch$IFS\`x\`)`,
  '--help',
  BRANCH + 'x'.repeat(130),
  `${BRANCH}a\n##[error]b`,
];
const RESOURCE = 'https://management.azure.com';
const ISSUES = 'https://github.com/octo/action/issues';

const cannot = (what: string) =>
  `Error from server (Forbidden): pods is forbidden: User "${PRINCIPAL}" cannot ${what} in API ` +
  'group "" in the namespace "aks-command"';

const START_UNCLEAR = {
  code: 'start-unclear',
  answer: answered(400, { message: 'did not start' }),
  minutesApart: undefined,
} as const;
const REFUSED_BUT = (doubt: RefusalDoubt): Failure => ({ code: 'pod-refused', doubt });
const UNPROVEN = { code: 'unproven', containerExitCode: undefined } as const;
const NO_POD = { code: 'not-stopped', problem: { kind: 'no-pod' }, hash: undefined } as const;

/** Why a command was not stopped. */
const NOT_STOPPED: readonly Own[] = (
  [
    { kind: 'no-pod' },
    { kind: 'no-process' },
    { kind: 'no-result' },
    { kind: 'still-running' },
    { kind: 'time-over' },
    { kind: 'not-run', failure: undefined },
    {
      kind: 'not-run',
      failure: {
        code: 'did-not-start',
        submissions: 1,
        answer: answered(400, { code: 'KubernetesPerformanceError', message: 'did not start' }),
      },
    },
    { kind: 'rejected', detail: cannot('list resource "pods"') },
    { kind: 'rejected', detail: cannot('create resource "pods/exec"') },
    {
      kind: 'rejected',
      detail:
        'Error from server (Forbidden): pods "command-1" is forbidden: ValidatingAdmissionPolicy ' +
        "'aks-managed-pods' with binding 'aks-managed-pods' denied request: not allowed",
    },
    {
      kind: 'rejected',
      detail: 'Unable to connect to the server: net/http: TLS handshake timeout',
    },
  ] satisfies readonly StopProblem[]
).map((problem): Own => [
  `not stopped: ${problem.kind}`,
  { code: 'not-stopped', problem, hash: undefined },
  { state: 'running' },
]);

/** What a service says, what it is about, and what is known besides. */
type Says = readonly [
  says: string,
  more?: { readonly claims?: IdTokenClaims; readonly resource?: string },
  known?: Partial<Situation>,
];
const ENTRA_SAYS: readonly Says[] = [
  ['AADSTS700213: No matching federated identity record found.'],
  [
    'AADSTS700213: No matching record found for a subject with IDs.',
    claiming({ subject: 'repo:octo@583231/app@1296269:environment:prod' }),
  ],
  [
    'AADSTS700213: No matching record found for a branch whose name looks like IDs.',
    claiming({ subject: 'repo:octo/app:ref:refs/heads/octo@1/app@2' }),
  ],
  [
    'AADSTS700213: No matching record found for a subject of a template.',
    claiming({ subject: 'repository:octo@1/app@2:environment:prod' }),
  ],
  [
    'AADSTS700213: No matching record found for claims that nobody could read.',
    claiming({ issuer: '', subject: '', audience: '' }),
  ],
  [
    'AADSTS700213: No matching record found, and nothing is known of the sign-in.',
    claiming({ issuer: '', subject: '', audience: '' }),
    AMBIENT,
  ],
  ...HOSTILE_SUBJECTS.map((subject): Says => [
    `AADSTS700213: No matching record found for ${JSON.stringify(subject).slice(0, 60)}`,
    claiming({ subject }),
  ]),
  ['AADSTS70021: No matching federated identity record found for presented assertion.'],
  [
    'AADSTS7002138: No matching federated identity record found for presented assertion ' +
      "subject 'repo:octo/app:ref:refs/heads/main'. The subject matches with case-insensitive " +
      'comparison, but not with case-sensitive comparison.',
  ],
  [
    "AADSTS70025: The client 'c1111111-2222-3333-4444-555555555555'(deploy) has no " +
      'configured federated identity credentials.',
  ],
  [
    'AADSTS700211: No matching record found for presented assertion issuer ' +
      "'https://other.example'.",
  ],
  [`AADSTS700211: No matching record found for presented assertion issuer '${CLAIMS.issuer}'.`],
  [
    'AADSTS700212: No matching record for audience.',
    claiming({ audience: 'https://github.com/octo' }),
    { cloud: US },
  ],
  [`AADSTS700016: Application with identifier '${CLIENT}' was not found in the directory.`],
  [`AADSTS90002: Tenant '${TENANT}' not found.`],
  ['AADSTS700024: Client assertion is not within its valid time range.'],
  ['AADSTS500011: The resource principal was not found in the tenant.', { resource: AKS_SERVER }],
  ['AADSTS1002012: The provided value for scope is not valid.'],
  ['AADSTS53003: Access has been blocked by Conditional Access policies.'],
  ["AADSTS7000112: Application 'x' is disabled."],
  ['AADSTS7000229: The client application is missing service principal in the tenant.'],
  ['AADSTS90033: A transient error has occurred. Please try again.'],
  ['AADSTS50199: For security reasons, user confirmation is required.'],
];

const SESSION_SAYS = [
  "azure/login: Please run 'az login'",
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
const NOT_FOUND =
  "The Resource 'Microsoft.ContainerService/managedClusters/aks-prod' under resource group " +
  "'rg-prod' was not found.";
type Refusal = readonly [status: number, code: string, says: string, known?: Partial<Situation>];
const ARM_REFUSES: readonly Refusal[] = [
  [403, 'AuthorizationFailed', `The client 'x' ${DENIED}`],
  [403, 'AuthorizationFailed', ofObject(PRINCIPAL), AMBIENT],
  [403, 'AuthorizationFailed', 'You may not do this.', AMBIENT],
  [404, 'SubscriptionNotFound', 'The subscription could not be found.'],
  [404, 'ResourceGroupNotFound', "Resource group 'rg-prod' could not be found."],
  [404, 'ResourceNotFound', NOT_FOUND],
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
  ].map((says): Refusal => [400, 'KubernetesOperationError', says]),
];

const NO_ANSWER = (cause: string): Answer => ({ kind: 'unanswered', sent: 'perhaps', cause });
const KUBERNETES = (status: number, code: string, message: string) =>
  answered(status, { error: { code, message } });
const kubernetesFails = (message: string) => KUBERNETES(400, 'KubernetesOperationError', message);
const NODES =
  '0/3 nodes are available: 1 node(s) had untolerated taint {gpu: true}, 2 Insufficient cpu.';

/** Failures of the action's own, by what is special about each. */
type Own = readonly [name: string, failure: Failure, known?: Partial<Situation>];
const noMetadata = (answer: Answer): Failure => ({ code: 'cloud-metadata', answer });
const unreadable = (answer: Answer): Failure => ({ code: 'cluster-unreadable', answer });
const refused = (answer: Answer): Failure => ({ code: 'submission-refused', answer });
const unclear = (answer: Answer): Failure => ({ code: 'submission-unclear', answer, hash: 'abc' });
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
const DENIED_BY_POLICY = kubernetesFails(
  'details: pods "command-x" is forbidden: ValidatingAdmissionPolicy ' +
    "'azurepolicy-no-commands' with binding 'azurepolicy-no-commands' denied request: no",
);
const DENIED_BY_WEBHOOK = kubernetesFails(
  'failed to execute on pod: admission webhook "validation.gatekeeper.sh" denied the request: no',
);
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
  ["a fork's pull request", { code: 'no-id-token' }, { startedBy: 'fork' }],
  ['Dependabot', { code: 'no-id-token' }, { startedBy: 'dependabot' }],
  [
    'the ID token service fails',
    { code: 'id-token', detail: 'Failed to get ID Token. Error Code : 503' },
    NOT_STARTED,
  ],
  [
    'a proxy and the ID token',
    { code: 'id-token', detail: 'the proxy proxy.corp:3128 answered 407' },
  ],
  [
    'a session that fails',
    { code: 'session-failed', detail: 'azure/login: az ended with exit code 1: HTTP 503' },
    { ...AMBIENT, ...NOT_STARTED },
  ],
  ['a proxy that refuses', unreadable(NO_ANSWER('the proxy proxy.corp:3128 answered 503'))],
  ['no answer of Entra', entra(NO_ANSWER('getaddrinfo ENOTFOUND')), NOT_STARTED],
  [
    'no answer of Entra to a step that waits for an earlier command',
    entra(NO_ANSWER('getaddrinfo ENOTFOUND')),
    { state: 'unknown' },
  ],
  ['a 500 of Entra', entra(answered(500, ''))],
  ["a proxy's certificate, for Entra", entra(NO_ANSWER('self-signed certificate in chain'))],
  ['no metadata', noMetadata(answered(404, '<html><title>404</title>')), ENDPOINT],
  [
    'no answer of the ARM endpoint',
    noMetadata(NO_ANSWER('The request timed out after 20s')),
    ENDPOINT,
  ],
  ['a proxy and the metadata', noMetadata(NO_ANSWER('the proxy x:1 answered 407')), ENDPOINT],
  ['no answer of ARM', unreadable(NO_ANSWER('connect ECONNREFUSED')), NOT_STARTED],
  ['an answer that quotes the request', refused(ECHO)],
  ['words before an HTML page', refused(answered(502, 'upstream: <!DOCTYPE html><p>x'))],
  ['controls', refused(answered(502, { message: 'a\r\n::add-mask::b\u001b[0m' }))],
  [
    'files in a request that is too large',
    refused(answered(413, '')),
    { packed: { files: [], zipBytes: 3_750_000 } },
  ],
  ['a cluster that cannot be read', unreadable(answered(500, { code: 'Internal' })), NOT_STARTED],
  ['403 on the cluster', unreadable(answered(403, { code: 'AuthorizationFailed' }))],
  [
    '403 on the result',
    { code: 'result-forbidden', answer: answered(403, { code: 'AuthorizationFailed' }) },
  ],
  [
    '403 on the result, for another identity than the one that ARM names',
    { code: 'result-forbidden', answer: KUBERNETES(403, 'AuthorizationFailed', ofObject(TENANT)) },
  ],
  [
    '404 on the result',
    { code: 'result-missing', answer: answered(404, { code: 'NotFound' }) },
    { command: 'kubectl get pods' },
  ],
  [
    '404 on the result of an earlier command',
    { code: 'result-missing', answer: answered(404, { code: 'NotFound' }) },
  ],
  ['run command disabled', { code: 'run-command-disabled' }],
  ['the hub of a fleet', { code: 'run-command-disabled' }, { cluster: HUB }],
  ['cluster stopped', { code: 'cluster-stopped' }],
  ['a 503 to the submission', unclear(answered(503, '')), NO_ID],
  ['a torn connection', unclear(NO_ANSWER('socket hang up'))],
  ['a webhook that did not answer', unclear(WEBHOOK)],
  [
    'blocked by a policy of AKS',
    refused(answered(400, { code: 'RunCommandBlockedByAzurePolicy', message: BLOCKED })),
  ],
  ['a policy of the API server itself', unclear(DENIED_BY_POLICY), { state: 'unknown' }],
  ["a webhook that denied something about the command's pod", unclear(DENIED_BY_WEBHOOK)],
  [
    'no way from the API server to the node',
    unclear(
      kubernetesFails(
        'details: failed to execute on pod after retry: SPDYExecutor.SentAADToken retry ' +
          'failed: error dialing backend: ',
      ),
    ),
  ],
  [
    'no answer of the API server',
    unclear(
      kubernetesFails(
        'details: Get ' +
          `"https://10.0.0.1:443/api/v1/namespaces/aks-command/pods/command-${ID}": net/http: ` +
          'TLS handshake timeout',
      ),
    ),
  ],
  [
    'no pod to the end',
    notScheduled(2, `container command-${ID} did not start within 30s`),
    NOT_STARTED,
  ],
  [
    'a pod that refused, one submission',
    { code: 'did-not-start', submissions: 1, answer: undefined },
  ],
  [
    'AKS could not schedule the pod',
    { code: 'aks-failed', reason: `Unschedulable - ${NODES}`, mayStartUntil: 1_795_608_090 },
    { state: 'unknown' },
  ],
  [
    'AKS could not schedule the pod of an earlier command',
    { code: 'aks-failed', reason: `Unschedulable - ${NODES}` },
    { state: 'unknown' },
  ],
  ['a start that nobody can tell', START_UNCLEAR],
  [
    'a start that may still come',
    { ...START_UNCLEAR, mayStartUntil: 1_795_608_090 },
    { state: 'unknown' },
  ],
  ['a start that nobody can tell, by clocks that differ', { ...START_UNCLEAR, minutesApart: 12 }],
  ['an earlier command whose pod refused', { code: 'pod-refused', doubt: undefined }],
  ['a pod that refused, but AKS reports another exit code', REFUSED_BUT('exit-code')],
  ['a pod that refused, but its log has more', REFUSED_BUT('log')],
  [
    'AKS could not pull its image',
    { code: 'aks-failed', reason: 'ImagePullBackoff', mayStartUntil: 1_795_608_090 },
    { state: 'unknown' },
  ],
  ['AKS failed the command', { code: 'aks-failed', reason: 'Node problem' }],
  [
    'AKS failed the command, which may still start',
    { code: 'aks-failed', reason: 'Node problem', mayStartUntil: 1_795_608_090 },
    { state: 'unknown' },
  ],
  [
    'AKS failed the command after its start',
    { code: 'aks-failed', reason: 'OOMKilled' },
    { state: 'unknown', started: true },
  ],
  [
    'AKS failed the command, and its pod has started and ended',
    { code: 'aks-failed', reason: '', silent: true },
    { state: 'unknown' },
  ],
  ['the pod of the command was evicted', { code: 'aks-failed', reason: 'Evicted' }],
  ['a failure without a word, after ten minutes', { code: 'aks-failed', reason: '', silent: true }],
  ['no answer in time', { code: 'no-answer-in-time', seconds: 1860, answer: undefined }],
  [
    'no answer in time, in another cloud, with an audience and a timeout of its own',
    { code: 'no-answer-in-time', seconds: 60, answer: undefined },
    {
      ...ENDPOINT,
      application: { clientId: CLIENT, tenantId: TENANT, audience: 'own' },
      timeout: 7200,
    },
  ],
  [
    'no answer in time, in a session',
    { code: 'no-answer-in-time', seconds: 60, answer: undefined },
    AMBIENT,
  ],
  [
    'no answer in time, failures of Azure, and no start was seen',
    { code: 'no-answer-in-time', seconds: 60, answer: answered(503, ''), startUnseen: true },
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
  ['canceled while it runs', { code: 'cancelled' }, { state: 'running' }],
  [
    'canceled before Azure showed a start',
    { code: 'cancelled', startUnseen: true },
    { state: 'running' },
  ],
  [
    'canceled before the start, which may still come',
    { code: 'cancelled', mayStartUntil: 1_795_608_090 },
    { state: 'running' },
  ],
  [
    'canceled during the submission, and it may still start',
    { code: 'cancelled', mayStartUntil: 1_795_608_090 },
    { state: 'unknown' },
  ],
  ['canceled during the submission', { code: 'cancelled' }, { state: 'unknown' }],
  [
    'canceled during the submission, without an ID',
    { code: 'cancelled', hash: 'abc' },
    { ...NO_ID, state: 'unknown' },
  ],
  ['canceled before the submission', { code: 'cancelled' }, NOT_STARTED],
  [
    'canceled while it runs, and to be stopped',
    { code: 'cancelled' },
    { state: 'running', isStateSaved: true },
  ],
  ['stopped', { code: 'stopped', signaled: true }, { state: 'failed', exitCode: 143 }],
  ['ended before it was stopped', { code: 'stopped', signaled: false }, { state: 'succeeded' }],
  ['ended, perhaps because it was stopped', { code: 'stopped', signaled: undefined }],
  ...NOT_STOPPED,
  [
    'not stopped before the start, which may still come',
    { ...NO_POD, mayStartUntil: 1_795_608_090 },
    { state: 'running' },
  ],
  [
    'not stopped, without an ID, and too late to start',
    { ...NO_POD, startUnseen: true, hash: 'abc' },
    { ...NO_ID, state: 'unknown' },
  ],
  [
    'not stopped by a policy, without an ID',
    {
      code: 'not-stopped',
      problem: { kind: 'rejected', detail: 'Error: denied the request' },
      hash: 'abc',
    },
    { ...NO_ID, state: 'unknown' },
  ],
  ['not waited for', { code: 'not-waited' }, { jobId: 'submit' }],
  [
    'not waited for, in another cloud, with an audience and a timeout of its own',
    { code: 'not-waited' },
    {
      ...ENDPOINT,
      application: { clientId: CLIENT, tenantId: TENANT, audience: 'own' },
      timeout: 7500,
    },
  ],
  ['no exit code', UNPROVEN],
  ['no exit code of a command that started', UNPROVEN, { started: true }],
  ['a log without the first line of the script', { code: 'unproven', containerExitCode: 0 }],
  ['a container that was restarted', { code: 'unproven', containerExitCode: 76 }],
  ['an exit code that is not allowed', { code: 'exit-code', exitCode: 3, allowed: undefined }],
  [
    'an exit code, and no error in the output',
    { code: 'exit-code', exitCode: 3, allowed: undefined },
    { showsNoError: true },
  ],
  [
    'exit code 1, and no error in the output',
    { code: 'exit-code', exitCode: 1, allowed: undefined },
    { showsNoError: true },
  ],
  [
    'a success that is not allowed',
    { code: 'exit-code', exitCode: 0, allowed: [1] },
    { showsNoError: true },
  ],
  ['timed out', { code: 'timed-out', seconds: 480 }],
  ['timed out after ten minutes', { code: 'timed-out', seconds: 600 }],
  ['timed out after the longest timeout', { code: 'timed-out', seconds: 120 * 3600 }],
  ['no bash', { code: 'no-bash' }],
  ['a tool that is missing', { code: 'no-tool', tool: 'wc' }],
  ['no folder to write to', { code: 'no-tool', tool: 'disk' }],
  [
    'no default namespace',
    { code: 'no-namespace', detail: 'error: open /home/own.crt: no such file or directory' },
    { namespace: 'shop' },
  ],
  ['no variables', { code: 'no-variables' }, NOT_STARTED],
  ['no variables, of a repository that is known', { code: 'no-variables' }, { issues: ISSUES }],
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
  ['step outputs that were lost', { code: 'outputs-lost' }, { exitCode: 3 }],
  [
    'step outputs that something changed before they were sent',
    { code: 'outputs-lost', isChanged: true },
  ],
  [
    'outputs that the runner does not take',
    { code: 'outputs-unwritable', detail: 'ENOSPC: no space left on device' },
  ],
  [
    'what nobody expected',
    { code: 'unexpected', detail: 'TypeError: x\n    at y (dist/index.js:1:1)' },
    { issues: ISSUES },
  ],
  [
    'what nobody expected, and the command may have run',
    { code: 'unexpected', detail: 'TypeError: x' },
    { state: 'unknown' },
  ],
  [
    'invalid inputs',
    {
      code: 'invalid-inputs',
      names: ['cluster', 'wait'],
      problems: [say`${'cluster'} is required.`, say`${'wait'}: ${'no'} is invalid.`],
    },
    NOT_STARTED,
  ],
  [
    'invalid inputs of a post step',
    {
      code: 'invalid-inputs',
      names: ['environment', 'summary'],
      problems: [say`${'environment'}: ${'x'} is invalid.`, say`${'summary'}: ${'x'} is invalid.`],
    },
    { state: 'running' },
  ],
  [
    'a mistake at a prompt',
    { code: 'invalid-inputs', names: [], problems: [say`${'--script'} is empty.`] },
  ],
  [
    'invalid inputs of a step that waits for an earlier command',
    {
      code: 'invalid-inputs',
      names: ['timeout', 'wait'],
      problems: [say`${'timeout'}: ${'1'} is invalid.`, say`${'wait'}: ${'no'} is invalid.`],
    },
    { state: 'unknown' },
  ],
  [
    'a mistake at a prompt that waits for an earlier command',
    { code: 'invalid-inputs', names: [], problems: [say`${'--command-id'}: ${'x'} is invalid.`] },
    { state: 'unknown' },
  ],
  ['a request that would be too large', { ...overLimit, biggest: [BIG, SMALL] }],
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
];

const leadingOut = (line: string) => ({
  line,
  problem: say`it leads out of the working directory. Use another`,
});
const FILES_PROBLEMS: readonly FilesProblem[] = [
  { kind: 'no-match', patterns: ['a/*.yaml', 'b'], nearest: ['a/x.yml'] },
  { kind: 'no-match', patterns: ['k8s'], nearest: [] },
  { kind: 'all-excluded', patterns: ['k8s', 'a/*'], exclusions: ['!**/*.yaml', '!a'] },
  { kind: 'invalid-pattern', invalid: [leadingOut('../x'), leadingOut('~/y')] },
  { kind: 'invalid-pattern', invalid: [leadingOut('../x')] },
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

/** The files that were sent. */
const sent = (...paths: readonly string[]) => ({
  packed: packedTask(paths.map((path) => ({ path, bytes: 1 }))),
});
const OVERLAY = sent('deploy/overlays/prod/kustomization.yaml');
const NO_PATH = 'error: the path "k8s/app.yaml" does not exist';
const noFolder = (path: string) =>
  `/command-files/.aks-run-command/command.sh: line 1: cd: ${path}: No such file or directory`;
const noBase = (path: string) => `error: x evalsymlink failure on '${path}' : lstat`;
const WAITED = 'error: timed out waiting for the condition';
const HOOK =
  'Error: pre-install hooks failed: resource Job/db/a not ready. status: InProgress, message: x';
const denied = (what: string) =>
  `Error from server (Forbidden): x is forbidden: User "u" cannot ${what}`;

/** Outputs whose hints depend on what is known. */
const OUTPUTS: readonly (readonly [
  name: string,
  output: string,
  known: Partial<Situation>,
  exitCode?: number,
])[] = [
  ['a path that is not there, and no files', NO_PATH, sent()],
  ['a path that is not there, with another ending', NO_PATH, sent('k8s/app.yml')],
  ['a path that is not there, by its base name', NO_PATH, sent('deploy/k8s/app.yaml')],
  ['a path that is not there, but was sent', NO_PATH, sent('k8s/app.yaml')],
  [
    'a folder that was sent deeper, of which az says nothing',
    'error: the path "overlays/prod" does not exist',
    OVERLAY,
  ],
  ['a folder with a typo', noFolder('deplyo'), OVERLAY],
  ['a folder that was sent', noFolder('deploy/overlays'), OVERLAY],
  ['an overlay of kustomize that was sent deeper', noBase('overlays/prod'), OVERLAY],
  [
    'a service account and a kind without a namespace',
    `Error from server (Forbidden): x is forbidden: User "system:serviceaccount:aks-command:sa-x" cannot list resource "nodes" in API group ""`,
    {},
  ],
  ['a wait in the namespace of the input', WAITED, { namespace: 'shop' }],
  ['a hook in another namespace than the input', HOOK, { namespace: 'web' }],
  [
    'a permission in all namespaces, whatever the input',
    denied('list resource "nodes" in API group ""'),
    { namespace: 'web' },
  ],
  ...(
    [
      ['list', 'secrets', '', 'shop'],
      ['create', 'roles', 'rbac.authorization.k8s.io', 'shop'],
      ['create', 'widgets', 'example.com', 'shop'],
      ['list', 'widgets', 'example.com', undefined],
      ['get', 'pods/log', '', 'shop'],
      ['create', 'pods/exec', '', 'shop'],
      ['patch', 'deployments/scale', 'apps', 'shop'],
      ['create', 'resourcequotas', '', 'shop'],
      ['create', 'namespaces', '', undefined],
      ['list', 'pods', '', undefined],
    ] as const
  ).map(([verb, kind, group, namespace]): (typeof OUTPUTS)[number] => [
    `a permission to ${verb} ${kind} in ${namespace ?? 'the cluster'}`,
    denied(
      `${verb} resource "${kind}" in API group "${group}"` +
        (namespace === undefined ? ' at the cluster scope' : ` in the namespace "${namespace}"`),
    ),
    {},
  ]),
  ...['in the namespace "shop"', 'at the cluster scope'].map((where): (typeof OUTPUTS)[number] => [
    `a permission that Azure denies ${where}`,
    denied(
      `list resource "pods" in API group "" ${where}: User does not have access to the resource ` +
        'in Azure. Update role assignment to allow access.',
    ),
    {},
  ]),
  ['a chart of a repository', 'Error: INSTALLATION FAILED: repo bitnami not found', {}],
  ['a file that was not sent', 'cat: k8s/app.yaml: No such file or directory', sent('README.md')],
  [
    'a script that was sent without its executable bit',
    '/command-files/.aks-run-command/command.sh: line 1: ./k8s/run.sh: Permission denied',
    sent('k8s/run.sh'),
    126,
  ],
  ['a sign-in that is not needed', 'sh: 1: az: not found', {}],
  [
    'a webhook outside of the cluster',
    'Error from server (InternalError): Internal error occurred: failed calling webhook ' +
      '"policy.example.com": failed to call webhook: Post "https://policy.example.com/": EOF',
    {},
  ],
  [
    'a conversion webhook',
    'Error from server: conversion webhook for example.com/v1, Kind=Widget failed: Post ' +
      '"https://widgets.shop.svc:443/convert?timeout=30s": EOF',
    {},
  ],
  ['a permission of a session', denied('list resource "pods" in API group ""'), AMBIENT],
  [
    'a permission to create',
    denied('create resource "pods" in API group "" in the namespace "shop"'),
    {},
  ],
];

export const PROVOCATIONS: readonly Provocation[] = [
  ...ENTRA_SAYS.map(([name, more, known]) => {
    const says = { error: 'invalid_request', error_description: `${name} Trace ID: t-1` };
    return {
      name,
      when: failed({ ...entra(answered(400, says)), ...more }, { ...NOT_STARTED, ...known }),
    };
  }),
  ...SESSION_SAYS.map((name) => ({
    name,
    when: failed({ code: 'no-session', detail: name }, { ...AMBIENT, ...NOT_STARTED }),
  })),
  ...ARM_REFUSES.map(([status, code, says, known]) => ({
    name: `${status} ${code}: ${says}`,
    when: failed(refused(KUBERNETES(status, code, says)), { ...NOT_STARTED, ...known }),
  })),
  ...OWN_FAILURES.map(([name, failure, known]) => ({ name, when: failed(failure, known) })),
  ...COLLECT_PROBLEMS.map((problem) => ({
    name: problem.kind,
    when: failed({ code: 'collect', problem }),
  })),
  ...FILES_PROBLEMS.map((problem) => ({
    name: problem.kind,
    when: failed({ code: 'files', problem }),
  })),
  ...RECORDINGS.filter(
    ({ hint }, at) =>
      hint !== undefined && RECORDINGS.findIndex((other) => other.hint === hint) === at,
  ).map(({ name, output, exitCode }) => ({ name, when: hinted(output, {}, exitCode) })),
  ...OUTPUTS.map(([name, output, known, code]) => ({ name, when: hinted(output, known, code) })),
];

function answered(status: number, body: unknown) {
  return http(status, body, { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'cor-1' });
}

function entra(answer: Answer) {
  return { code: 'entra' as const, answer, resource: RESOURCE, claims: CLAIMS };
}

function failed(failure: Failure, more: Partial<Situation> = {}) {
  return (words: Words = WORKFLOW) => explain(failure, { ...KNOWN, words, ...more }, MESSAGES);
}

/** The first hint about an output. */
function hinted(output: string, more: Partial<Situation>, exitCode = 1) {
  return (words: Words = WORKFLOW) => {
    const situation = { ...KNOWN, words, ...more, exitCode };
    return required(readFindings(output, situation, MESSAGES).hints[0]);
  };
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test itself lacks a value');
  return value;
}
