import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Answer } from '../../../src/azure/answer.ts';
import { UNWRITTEN } from '../../../src/report/catalogue/command.ts';
import { CATALOGUE } from '../../../src/report/catalogue/index.ts';
import { AKS_SERVER_SCOPE, parseEnvironment } from '../../../src/azure/cloud.ts';
import { parseCommandId } from '../../../src/azure/command-id.ts';
import type { Context } from '../../../src/report/catalogue/context.ts';
import { PROMPT, WORKFLOW, type Words } from '../../../src/hosts/words.ts';
import { compose, explain, type Explanation } from '../../../src/report/explanation.ts';
import { readFindings } from '../../../src/report/output-hints.ts';
import type { CollectProblem, Failure, FilesProblem } from '../../../src/failure.ts';
import { OPTIONS } from '../../../src/hosts/terminal/options.ts';
import { expectGolden } from '../../golden.ts';
import { SITUATIONS, type Situation } from './situations.ts';
import type { IdTokenClaims } from '../../../src/azure/id-token.ts';
import { unreadableScripts } from '../../shell-scripts.ts';
import { needing } from '../../tools.ts';

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const CLIENT = 'c1111111-2222-3333-4444-555555555555';
const TENANT = 'd1111111-2222-3333-4444-555555555555';
const PRINCIPAL = 'e1111111-2222-3333-4444-555555555555';
const ID = '476c56420763494ca19c24e67f15f66e';
const CLUSTER_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-prod/providers/Microsoft.ContainerService/managedClusters/aks-prod`;

const environment = required(parseEnvironment('AzureCloud'));
const CONTEXT: Context = {
  cluster: { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg-prod', name: 'aks-prod' },
  signIn: { kind: 'oidc', clientId: CLIENT, tenantId: TENANT, audience: 'api://AzureADTokenExchange' },
  environment,
  repository: 'octo/app',
  commandId: required(parseCommandId(ID)),
};
const AMBIENT: Context = { ...CONTEXT, signIn: { kind: 'ambient' } };
const CLAIMS: IdTokenClaims = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:octo/app:ref:refs/heads/main',
  audience: 'api://AzureADTokenExchange',
  jobWorkflowRef: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
};

const AZ = `--subscription ${SUBSCRIPTION} -g rg-prod -n aks-prod`;
const RESULT = `  az aks command result ${AZ} --command-id ${ID}`;
const LOOK = [
  `  az aks command invoke ${AZ} --command 'kubectl get pods --namespace aks-command'`,
  `  az monitor activity-log list --resource-id ${CLUSTER_ID} --offset 1h --output table`,
  RESULT,
];
const STOP = `  kubectl delete pod command-${ID} --namespace aks-command`;
const PICK_UP = [
  RESULT,
  `  with:\n    cluster: "${CLUSTER_ID}"\n    command-id: "${ID}"\n    client-id: "${CLIENT}"\n`,
];
const GRANT = [
  '  az role definition create --role-definition \'{"Name":"AKS Run Command",',
  `"AssignableScopes":["/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-prod"]}'`,
  `  az role assignment create --assignee ${CLIENT} --role 'AKS Run Command' --scope ${CLUSTER_ID}`,
];
const FEDERATE = [
  `  az ad app federated-credential create --id ${CLIENT} --parameters '{"name":"github-repo-octo-app-ref-refs-heads-main",`,
  `  az identity list --query `,
  '  az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name github-repo-octo-app-ref-refs-heads-main --issuer https://token.actions.githubusercontent.com --subject=repo:octo/app:ref:refs/heads/main --audiences api://AzureADTokenExchange',
];
const SIGN_IN = [
  '  permissions:\n    id-token: write\n    contents: read',
  '  with:\n    client-id: ${{ vars.AZURE_CLIENT_ID }}\n',
];
const SMALLER = ['  with:\n    files: |\n      manifests/\n      !manifests/**/*.tgz\n', 'render the manifests first'];
const ROOM = [
  '200m CPU and 500Mi memory, tolerates no taint',
  `  az aks nodepool list --subscription ${SUBSCRIPTION} -g rg-prod --cluster-name aks-prod --output table`,
  '  with:\n    start-timeout: 3m\n    start-retries: 5',
];
const AKS_LIST = `  az aks list --subscription ${SUBSCRIPTION} --query '[].{cluster:name, resourceGroup:resourceGroup}' --output table`;

/** What provokes a row, and what it says then. An empty `move` says that there is none. */
type Provocation = {
  readonly name: string;
  readonly section: string;
  /** Explains it, in the words of a workflow unless told. */
  readonly when: (words?: Words) => Explanation | undefined;
  readonly sentence: string;
  /** The cause in the headline; unset, what the sentence makes of it. */
  readonly title?: string;
  readonly move: readonly string[];
  /** What `words` must show; nothing said, nothing shown. */
  readonly words?: readonly string[];
};

/** Inputs whose names are words of any sentence. */
const PLAIN_WORDS = new Set([
  'cluster',
  'command',
  'files',
  'environment',
  'audience',
  'shell',
  'timeout',
  'collect',
  'env',
  'wait',
]);

/** Problems with collected files, what is said of each, and parts of what to do. */
const COLLECT_PROBLEMS: readonly (readonly [CollectProblem, string, ...string[]])[] = [
  [
    { kind: 'over', limit: 'files', biggest: [] },
    'there are more than 2,000',
    'Collect fewer files, or have a Kubernetes Job',
  ],
  [
    { kind: 'over', limit: 'unpacked', bytes: 10_737_418_240, biggest: [{ path: 'z', bytes: 10_737_418_240 }] },
    'they take 10.0 GB, more than 32 MiB',
    '\n   10.0 GB  z',
  ],
  [
    { kind: 'over', limit: 'sent', bytes: 400_000, biggest: [] },
    'they take 390.6 KB compressed, more than 300 KiB',
    'fewer files',
  ],
  [
    { kind: 'refused', problem: 'it is not base64' },
    'what arrived is invalid (it is not base64)',
    'background processes',
  ],
  [{ kind: 'uncollected', because: 'time' }, 'it took longer than 40 seconds', 'fewer files'],
  [{ kind: 'uncollected', because: 'disk' }, 'the pod could not store them', 'disk is full'],
  [{ kind: 'uncollected', because: 'size' }, 'their names alone take more than 300 KiB', 'fewer files'],
  [{ kind: 'uncollected', because: 'gzip' }, 'the pod has no gzip', 'where the tool is'],
  [{ kind: 'lost' }, 'they did not come back', '1 GiB'],
  [{ kind: 'unwritable', detail: 'ENOSPC' }, 'they could not be saved on this machine (ENOSPC)', 'Free up space'],
  [
    { kind: 'no-match', patterns: ['reports', 'a b'] },
    'nothing matched "reports", "a b"',
    '  with:\n    if-no-files-collected: warn',
  ],
];

const PROVOCATIONS: readonly Provocation[] = [
  // Sign-in
  {
    name: 'AADSTS700213, a subject with ids',
    section: 'immutable-subject',
    when: entra('AADSTS700213: No matching federated identity record found.', {
      ...CLAIMS,
      subject: 'repo:octo@583231/app@1296269:environment:prod',
    }),
    sentence: "No federated credential in Entra matches the ID token's immutable subject.",
    move: [
      'created or renamed on or after 2026-07-15',
      'presented the subject repo:octo@583231/app@1296269:environment:prod',
      'case matters',
      '"subject":"repo:octo@583231/app@1296269:environment:prod","audiences":["api://AzureADTokenExchange"]}',
    ],
    words: ['HTTP 400 invalid_request: AADSTS700213', 'x-ms-request-id req-1'],
  },
  {
    name: 'AADSTS700213, a subject by name',
    section: 'no-federated-credential',
    when: entra('AADSTS700213: No matching federated identity record found.'),
    sentence: "No federated credential in Entra matches the ID token's subject.",
    move: [
      'This job presented the subject repo:octo/app:ref:refs/heads/main',
      'case matters',
      'flexible federated credential',
      ...FEDERATE,
    ],
  },
  {
    name: 'AADSTS70021',
    section: 'no-federated-credential',
    when: entra('AADSTS70021: No matching federated identity record found for presented assertion.'),
    sentence: "No federated credential in Entra matches the ID token's subject.",
    move: FEDERATE,
  },
  {
    name: 'AADSTS700211',
    section: 'wrong-issuer',
    when: entra('AADSTS700211: No matching record for issuer.', {
      ...CLAIMS,
      issuer: 'https://ghes.example/_services/token',
    }),
    sentence: "No federated credential in Entra matches the ID token's issuer https://ghes.example/_services/token.",
    move: ['"issuer":"https://ghes.example/_services/token"', '--issuer https://ghes.example/_services/token'],
  },
  {
    name: 'AADSTS700212',
    section: 'wrong-audience',
    when: entra(
      'AADSTS700212: No matching record for audience.',
      { ...CLAIMS, audience: 'https://github.com/octo' },
      {
        ...CONTEXT,
        environment: required(parseEnvironment('AzureUSGovernment')),
      },
    ),
    sentence: "No federated credential in Entra matches the ID token's audience https://github.com/octo.",
    move: [
      'In this cloud (azureusgovernment) the audience is usually api://AzureADTokenExchangeUSGov.',
      '  with:\n    audience: "api://AzureADTokenExchangeUSGov"\n',
      `  az ad app federated-credential list --id ${CLIENT}`,
    ],
  },
  {
    name: 'AADSTS700016',
    section: 'unknown-application',
    when: entra(`AADSTS700016: Application with identifier '${CLIENT}' was not found in the directory.`),
    sentence: `The tenant ${TENANT} has no application with the client ID ${CLIENT}.`,
    move: [
      'Check client-id',
      'Check tenant-id',
      `  az ad sp show --id ${CLIENT} --query `,
      '  az account show --query tenantId',
    ],
  },
  {
    name: 'AADSTS90002',
    section: 'unknown-tenant',
    when: entra(`AADSTS90002: Tenant '${TENANT}' not found.`),
    sentence: `Entra has no tenant ${TENANT} in this cloud (azurecloud).`,
    move: [
      'tenant-id',
      'environment, which is azureusgovernment or azurechinacloud',
      '  az account show --query tenantId',
    ],
  },
  {
    name: 'AADSTS700024 of an ID token',
    section: 'id-token-expired',
    when: entra('AADSTS700024: Client assertion is not within its valid time range.'),
    sentence: 'Entra says that the ID token is not valid at this time.',
    move: ['the clock of the runner may be wrong', '  date -u'],
  },
  {
    name: 'AADSTS700024 of a session',
    section: 'session-expired',
    when: session('azure/login: ERROR: AADSTS700024: Client assertion is not within its valid time range.'),
    sentence: 'The Azure session on the runner has expired.',
    move: ['about five minutes', ...SIGN_IN],
    words: ['AADSTS700024'],
  },
  {
    name: 'AADSTS7000215 of a session',
    section: 'wrong-secret',
    when: session('azure/login: ERROR: AADSTS7000215: Invalid client secret provided.'),
    sentence: 'The client secret is not valid.',
    move: ["the secret's ID instead of its value", ...SIGN_IN],
  },
  {
    name: 'AADSTS7000215 of Entra',
    section: 'wrong-secret',
    when: entra('AADSTS7000215: Invalid client secret provided.'),
    sentence: 'The client secret is not valid.',
    move: SIGN_IN,
  },
  {
    name: 'AADSTS500011',
    section: 'unknown-resource',
    when: entra('AADSTS500011: The resource principal was not found in the tenant.', CLAIMS, CONTEXT, AKS_SERVER_SCOPE),
    sentence: `The tenant ${TENANT} has no resource 6dae42f8-4368-4678-94ff-3960e28e3630 (AKS).`,
    move: ['tenant-id', 'environment', `  az account show --subscription ${SUBSCRIPTION} --query tenantId`],
  },
  {
    name: 'AADSTS1002012',
    section: 'wrong-scope',
    when: entra('AADSTS1002012: The provided value for scope is not valid.'),
    sentence: 'Entra does not accept https://management.azure.com as the resource of a token.',
    move: ['the metadata of the ARM endpoint in environment (here azurecloud)'],
  },
  {
    name: 'no answer of Entra',
    section: 'entra-unreachable',
    when: failed({ code: 'entra', answer: lost('getaddrinfo ENOTFOUND'), scope: 's/.default', claims: CLAIMS }),
    sentence: 'Entra did not answer.',
    move: ['name resolution, firewall, proxy'],
    words: ['Connection error: getaddrinfo ENOTFOUND'],
  },
  {
    name: 'an AADSTS number that nobody foresaw',
    section: 'entra',
    when: entra('AADSTS50199: For security reasons, user confirmation is required.'),
    sentence: 'Entra refused an access token for https://management.azure.com.',
    move: ['Compare client-id, tenant-id, audience, and environment', 'https://login.microsoftonline.com/error'],
    words: ['HTTP 400 invalid_request: AADSTS50199: For security reasons', 'x-ms-request-id req-1'],
  },
  {
    name: 'no OIDC environment',
    section: 'no-id-token',
    when: failed({ code: 'no-id-token' }),
    sentence: 'The job lacks permission to request a GitHub ID token.',
    move: ['  permissions:\n    id-token: write\n', 'In a reusable workflow, the calling job needs it too.'],
  },
  {
    name: 'the ID token service fails',
    section: 'id-token',
    when: failed({ code: 'id-token', detail: 'Failed to get ID Token. Error Code : 503' }),
    sentence: 'GitHub did not issue an ID token.',
    move: ['https://www.githubstatus.com'],
    words: ['Error Code : 503'],
  },
  {
    name: 'no session',
    section: 'no-session',
    when: session("azure/login: Please run 'az login'"),
    sentence: 'The step has no client-id and tenant-id, and the runner has no Azure session.',
    move: [...SIGN_IN, `  - uses: azure/login@v3\n    with:\n`, `      subscription-id: "${SUBSCRIPTION}"`],
    words: ["azure/login: Please run 'az login'"],
  },
  {
    name: 'metadata of a custom endpoint that cannot be read',
    section: 'cloud-metadata',
    when: failed({
      code: 'cloud-metadata',
      endpoint: 'https://arm.example',
      answer: answered(404, '<html><title>404</title>'),
    }),
    sentence: 'The ARM endpoint https://arm.example does not say where to sign in.',
    move: ['Check environment', "  curl --fail 'https://arm.example/metadata/endpoints?api-version=2022-09-01'"],
    words: ['HTTP 404 404'],
  },

  // ARM
  {
    name: '403 on runCommand, the denied action and the caller named',
    section: 'authorization-failed',
    when: refused(
      403,
      'AuthorizationFailed',
      `The client 'x' with object id '${PRINCIPAL}' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/runCommand/action' over scope '${CLUSTER_ID}'`,
      AMBIENT,
    ),
    sentence:
      'The identity lacks the permission Microsoft.ContainerService/managedClusters/runCommand/action on the cluster.',
    move: [
      ...GRANT.slice(0, 2),
      `  az role assignment create --assignee ${PRINCIPAL} --role 'AKS Run Command' --scope ${CLUSTER_ID}`,
    ],
    words: ['HTTP 403 AuthorizationFailed', 'x-ms-correlation-request-id cor-1'],
  },
  {
    name: '403 on runCommand, another caller named than the one that signed in',
    section: 'authorization-failed',
    when: refused(403, 'AuthorizationFailed', `The client 'x' with object id '${PRINCIPAL}' does not have it.`),
    sentence:
      'The identity lacks the permission Microsoft.ContainerService/managedClusters/runCommand/action on the cluster.',
    move: [`  az role assignment create --assignee ${CLIENT} --role 'AKS Run Command' --scope ${CLUSTER_ID}`],
    words: ['HTTP 403 AuthorizationFailed'],
  },
  {
    name: '403 on reading the cluster, nothing named',
    section: 'authorization-failed',
    when: failed({ code: 'cluster-unreadable', answer: answered(403, { error: { code: 'AuthorizationFailed' } }) }),
    sentence: 'The identity lacks the permission Microsoft.ContainerService/managedClusters/read on the cluster.',
    move: GRANT,
  },
  {
    name: '403 on the result',
    section: 'result-forbidden',
    when: failed({ code: 'result-forbidden', answer: answered(403, { error: { code: 'AuthorizationFailed' } }) }),
    sentence:
      'The identity can submit commands but not read their results: it lacks the permission Microsoft.ContainerService/managedClusters/commandResults/read.',
    move: [...GRANT, ...PICK_UP],
  },
  {
    name: '404 SubscriptionNotFound',
    section: 'subscription-not-found',
    when: unreadable(404, 'SubscriptionNotFound', `The subscription '${SUBSCRIPTION}' could not be found.`),
    sentence: `The subscription ${SUBSCRIPTION} does not exist in this tenant, or the identity has no role in it.`,
    move: ['Check subscription-id', '  az account list --query ', ...GRANT],
  },
  {
    name: '404 ResourceGroupNotFound',
    section: 'resource-group-not-found',
    when: unreadable(404, 'ResourceGroupNotFound', "Resource group 'rg-prod' could not be found."),
    sentence: 'The subscription has no resource group rg-prod.',
    move: ['Check resource-group', 'MC_', AKS_LIST],
  },
  {
    name: '404 ResourceNotFound',
    section: 'cluster-not-found',
    when: unreadable(
      404,
      'ResourceNotFound',
      "The Resource 'Microsoft.ContainerService/managedClusters/aks-prod' under resource group 'rg-prod' was not found.",
    ),
    sentence: 'The resource group rg-prod has no cluster aks-prod.',
    move: ['Check cluster, resource-group, and subscription-id.', AKS_LIST],
  },
  {
    name: '401 of another tenant',
    section: 'wrong-tenant',
    when: refused(401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.'),
    sentence: "The identity and the cluster's subscription are in different tenants.",
    move: ['tenant-id', `  az account show --subscription ${SUBSCRIPTION} --query tenantId`],
  },
  {
    name: '401 twice',
    section: 'token-rejected',
    when: refused(401, 'InvalidAuthenticationToken', 'The access token is invalid.'),
    sentence: 'Azure rejected the access token and a new one.',
    move: ['environment (here azurecloud) and tenant-id'],
  },
  {
    name: 'an API version that the cloud does not know',
    section: 'api-version-unknown',
    when: refused(
      400,
      'NoRegisteredProviderFound',
      "No registered resource provider found for location 'usgovvirginia'",
    ),
    sentence: 'The cloud does not support version 2024-05-01 of the AKS API.',
    move: ['Check that environment (here azurecloud)', 'az provider show --namespace Microsoft.ContainerService'],
  },
  {
    name: '400 MissingAADClusterToken with a cluster token',
    section: 'cluster-token-missing',
    when: refused(
      400,
      'MissingAADClusterToken',
      'This cluster have Azure Active Directory enabled, .clusterToken is required.',
    ),
    sentence: "The cluster uses Entra and did not accept the identity's token.",
    move: [`  az aks show ${AZ} --query aadProfile`],
  },
  {
    name: '409 ScopeLocked',
    section: 'locked',
    when: refused(
      409,
      'ScopeLocked',
      'The scope cannot perform write operation because following scope(s) are locked.',
    ),
    sentence: 'A lock on the cluster, its resource group, or its subscription blocks run command.',
    move: [`  az lock list --subscription ${SUBSCRIPTION} --resource-group rg-prod --output table`],
  },
  {
    name: 'run command disabled, read off the cluster',
    section: 'run-command-disabled',
    when: failed({ code: 'run-command-disabled' }),
    sentence: 'Run command is disabled on this cluster.',
    move: [`  az aks update ${AZ} --enable-run-command`],
  },
  {
    name: 'run command disabled, said by ARM',
    section: 'run-command-disabled',
    when: refused(400, 'BadRequest', 'RunCommand is disabled for this managed cluster.'),
    sentence: 'Run command is disabled on this cluster.',
    move: [`  az aks update ${AZ} --enable-run-command`],
  },
  {
    name: 'cluster stopped, read off the cluster',
    section: 'cluster-stopped',
    when: failed({ code: 'cluster-stopped' }),
    sentence: 'The cluster is stopped.',
    move: [`  az aks start ${AZ}`],
  },
  {
    name: 'cluster stopped, said by ARM',
    section: 'cluster-stopped',
    when: refused(409, 'OperationNotAllowed', 'The managed cluster is in stopped state.'),
    sentence: 'The cluster is stopped.',
    move: [`  az aks start ${AZ}`],
  },
  {
    name: 'KubernetesOperationError, quota',
    section: 'quota-exceeded',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: exceeded quota: small, requested: cpu=200m',
    ),
    sentence: 'The quota of the namespace aks-command leaves no room for the pod.',
    move: ['200m CPU and 500Mi memory', '  kubectl get resourcequota --namespace aks-command'],
  },
  {
    name: 'KubernetesOperationError, Gatekeeper',
    section: 'policy-denied',
    when: refused(
      400,
      'KubernetesOperationError',
      'Failed to run command in managed cluster due to kubernetes failure. details: admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-…]',
    ),
    sentence: "A policy of the cluster blocked the command's pod.",
    move: ['Exempt the namespace aks-command', `  az policy assignment list --scope ${CLUSTER_ID} --output table`],
    words: ['validation.gatekeeper.sh'],
  },
  {
    name: 'KubernetesOperationError, forbidden',
    section: 'pod-forbidden',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: violates PodSecurity "restricted:latest"',
    ),
    sentence: "The cluster does not allow the command's pod.",
    move: ['  kubectl get namespace aks-command --show-labels'],
    words: ['violates PodSecurity'],
  },
  {
    name: '409',
    section: 'conflict',
    when: refused(409, 'OperationNotAllowed', 'Another operation is in progress.'),
    sentence: 'Another operation is in progress on the cluster.',
    move: ['Run the job again when it is done', `  az aks show ${AZ} --query provisioningState`],
  },
  {
    name: '413 in JSON',
    section: 'request-too-large',
    when: refused(413, 'RequestContentTooLarge', 'The request content size exceeds the maximum size of 4 MB.'),
    sentence: 'The request is larger than Azure accepts.',
    move: SMALLER,
    words: ['HTTP 413 RequestContentTooLarge'],
  },
  {
    name: '413 of nginx, in HTML',
    section: 'request-too-large',
    when: failed({
      code: 'submission-refused',
      answer: answered(413, '<html><head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>'),
    }),
    sentence: 'The request is larger than Azure accepts.',
    move: SMALLER,
    words: ['HTTP 413 413 Request Entity Too Large'],
  },
  {
    name: '429 for an hour',
    section: 'throttled',
    when: refused(429, 'Throttled', 'Too many requests.'),
    sentence: 'Azure throttled the requests for longer than the action waits.',
    move: ['60 AKS requests', '  strategy:\n    max-parallel: 10'],
  },
  {
    name: '429 SubscriptionRequestsThrottled',
    section: 'throttled',
    when: unreadable(429, 'SubscriptionRequestsThrottled', 'Number of requests exceeded the limit.'),
    sentence: 'Azure throttled the requests for longer than the action waits.',
    move: ['  strategy:\n    max-parallel: 10'],
  },
  {
    name: 'no answer of ARM',
    section: 'arm-unreachable',
    when: failed({
      code: 'submission-refused',
      answer: { kind: 'unanswered', sent: 'never', cause: 'connect ECONNREFUSED' },
    }),
    sentence: 'Azure Resource Manager did not answer.',
    move: ['name resolution, firewall, proxy'],
    words: ['Connection error: connect ECONNREFUSED'],
  },
  {
    name: 'a refusal that nobody foresaw',
    section: 'submission-refused',
    when: refused(400, 'SomethingNew', 'The moon is in the wrong house.'),
    sentence: 'Azure refused the command.',
    move: ['Azure support will ask for the request IDs'],
    words: [
      'HTTP 400 SomethingNew: The moon is in the wrong house.',
      'x-ms-request-id req-1, x-ms-correlation-request-id cor-1',
    ],
  },
  {
    name: 'a cluster that cannot be read',
    section: 'cluster-unreadable',
    when: unreadable(500, 'InternalServerError', 'Encountered internal server error.'),
    sentence: 'The cluster could not be read.',
    move: [`  az aks show ${AZ}`],
    words: ['HTTP 500 InternalServerError: Encountered internal server error.', 'x-ms-request-id req-1'],
  },
  {
    name: 'a 503 to the submission',
    section: 'submission-unclear',
    when: failed({ code: 'submission-unclear', answer: answered(503, '') }),
    sentence: 'Azure did not say whether it accepted the command.',
    move: LOOK,
    words: ['HTTP 503', 'x-ms-request-id req-1'],
  },
  {
    name: 'KubernetesPerformanceError to the end',
    section: 'did-not-start',
    when: failed({
      code: 'did-not-start',
      submissions: 3,
      answer: answered(400, {
        error: {
          code: 'KubernetesPerformanceError',
          message: `container command-${ID} did not start within 30s on your cluster`,
        },
      }),
    }),
    sentence: "The command's pod did not start in time.",
    move: ROOM,
    words: ['did not start within 30s on your cluster'],
  },
  {
    name: 'a pod that refused, one submission',
    section: 'did-not-start',
    when: failed({ code: 'did-not-start', submissions: 1 }),
    sentence: "The command's pod did not start in time.",
    move: ROOM,
  },
  {
    name: 'a start that nobody can tell',
    section: 'start-unclear',
    when: failed({
      code: 'start-unclear',
      answer: answered(400, { code: 'KubernetesPerformanceError', message: 'did not start' }),
    }),
    sentence: "AKS stopped waiting for the command's pod, and it is not known whether it started later.",
    move: [...LOOK, ...ROOM],
    words: ['HTTP 400 KubernetesPerformanceError: did not start'],
  },
  {
    name: 'an earlier command whose pod refused',
    section: 'pod-refused',
    when: failed({ code: 'pod-refused' }),
    sentence: 'The pod says that it started too late and ran nothing, but nothing confirms it.',
    move: LOOK,
  },
  {
    name: '404 on the result',
    section: 'result-missing',
    when: failed({
      code: 'result-missing',
      answer: answered(404, { error: { code: 'NotFound', message: 'Not Found' } }),
    }),
    sentence: 'Azure has no result for the command.',
    move: ['check that cluster names the cluster where the command was submitted', 'never reached Running', ...LOOK],
    words: ['HTTP 404 NotFound: Not Found'],
  },
  {
    name: 'outputs that the runner does not take',
    section: 'outputs-unwritable',
    when: (words = WORKFLOW) => compose(UNWRITTEN, {}, '', { words }),
    sentence: 'The step outputs could not be written.',
    move: ['the disk of the runner is not full'],
  },
  {
    name: 'AKS could not pull its image',
    section: 'command-image',
    when: failed({ code: 'aks-failed', reason: 'ImagePullBackoff' }),
    sentence: "The cluster could not pull the image of the command's pod.",
    move: ['*.data.mcr.microsoft.com'],
    words: ['ImagePullBackoff'],
  },
  {
    name: 'AKS failed the command',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'Node problem' }),
    sentence: 'AKS reported a failure without an exit code.',
    move: LOOK,
    words: ['Node problem'],
  },
  {
    name: 'AKS failed the command for a reason of one word',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'DeadlineExceeded' }),
    sentence: 'AKS reported a failure without an exit code.',
    title: 'AKS reported DeadlineExceeded, without an exit code',
    move: LOOK,
    words: ['DeadlineExceeded'],
  },
  {
    name: 'the pod of the command was evicted',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'Evicted' }),
    sentence: 'AKS reported a failure without an exit code.',
    title: 'AKS reported Evicted, without an exit code',
    move: ['low on memory or disk', ...LOOK],
    words: ['Evicted'],
  },

  {
    name: "a fork's pull request",
    section: 'fork-pull-request',
    when: failed({ code: 'no-id-token' }, { ...CONTEXT, startedBy: 'fork' }),
    sentence: 'GitHub issues no ID token to a pull request from a fork.',
    move: ['  if: github.event.pull_request.head.repo.fork != true'],
  },
  {
    name: 'Dependabot',
    section: 'dependabot',
    when: failed({ code: 'no-id-token' }, { ...CONTEXT, startedBy: 'dependabot' }),
    sentence: 'Dependabot started this run, and GitHub limits what its runs may do.',
    move: ["  if: github.actor != 'dependabot[bot]'"],
  },
  {
    name: 'AADSTS53003',
    section: 'conditional-access',
    when: entra('AADSTS53003: Access has been blocked by Conditional Access policies.'),
    sentence: 'Conditional Access blocked the sign-in.',
    move: ['policy for workload identities', CLIENT],
  },
  {
    name: 'AADSTS7000112',
    section: 'application-disabled',
    when: entra("AADSTS7000112: Application 'x' is disabled."),
    sentence: `The application ${CLIENT} is disabled.`,
    move: [`  az ad sp update --id ${CLIENT} --set accountEnabled=true`],
  },
  {
    name: 'AADSTS7000229',
    section: 'no-service-principal',
    when: entra('AADSTS7000229: The client application is missing service principal in the tenant.'),
    sentence: `The application ${CLIENT} has no service principal in the tenant ${TENANT}.`,
    move: [`  az ad sp create --id ${CLIENT}`],
  },
  {
    name: 'AADSTS90033',
    section: 'entra-temporary',
    when: entra('AADSTS90033: A transient error has occurred. Please try again.'),
    sentence: 'Entra is temporarily unavailable.',
    move: ['Run the job again in a few minutes.'],
  },
  {
    name: 'AADSTS700211 that names another issuer than the token',
    section: 'wrong-issuer',
    when: entra("AADSTS700211: No matching record found for presented assertion issuer 'https://other.example'."),
    sentence: `No federated credential in Entra matches the ID token's issuer ${CLAIMS.issuer}.`,
    move: ['Entra names the issuer https://other.example'],
  },
  {
    name: 'a certificate of a corporate proxy, for Entra',
    section: 'untrusted-certificate',
    when: failed({
      code: 'entra',
      scope: 'https://management.azure.com/.default',
      claims: CLAIMS,
      answer: lost('self-signed certificate in certificate chain'),
    }),
    sentence: 'The runner does not trust the TLS certificate of the service.',
    move: ['NODE_EXTRA_CA_CERTS'],
    words: ['self-signed certificate in certificate chain'],
  },
  {
    name: 'a certificate of a corporate proxy, for the cluster',
    section: 'untrusted-certificate',
    when: failed({ code: 'cluster-unreadable', answer: lost('unable to verify the first certificate') }),
    sentence: 'The runner does not trust the TLS certificate of the service.',
    move: ['NODE_EXTRA_CA_CERTS'],
    words: ['unable to verify the first certificate'],
  },
  {
    name: 'a proxy that wants a password',
    section: 'proxy-sign-in',
    when: failed({ code: 'id-token', detail: 'no answer (the proxy proxy.corp:3128 answered 407)' }),
    sentence: 'The proxy proxy.corp:3128 requires a sign-in.',
    move: ['HTTPS_PROXY', 'http://USER:PASSWORD@HOST:PORT'],
    words: ['answered 407'],
  },
  {
    name: 'a proxy that refuses',
    section: 'proxy-refused',
    when: failed({ code: 'cluster-unreadable', answer: lost('the proxy proxy.corp:3128 answered 503') }),
    sentence: 'The proxy proxy.corp:3128 refused the connection.',
    move: ['NO_PROXY'],
    words: ['answered 503'],
  },
  {
    name: 'a session of az that has expired without a number',
    section: 'session-expired',
    when: failed({ code: 'no-session', detail: 'The refresh token has expired. Please run: az login' }, AMBIENT),
    sentence: 'The Azure session on the runner has expired.',
    move: SIGN_IN,
    words: ['The refresh token has expired'],
  },
  {
    name: '409 ReadOnlyDisabledSubscription',
    section: 'subscription-disabled',
    when: refused(
      409,
      'ReadOnlyDisabledSubscription',
      'The subscription is disabled and therefore marked as read only.',
    ),
    sentence: `The subscription ${SUBSCRIPTION} is disabled.`,
    move: [`  az account show --subscription ${SUBSCRIPTION} --query state`],
    words: ['HTTP 409 ReadOnlyDisabledSubscription'],
  },
  {
    name: '409 MissingSubscriptionRegistration',
    section: 'not-registered',
    when: refused(409, 'MissingSubscriptionRegistration', 'The subscription is not registered to use namespace'),
    sentence: 'The subscription is not registered for Microsoft.ContainerService.',
    move: ['  az provider register --namespace Microsoft.ContainerService'],
    words: ['HTTP 409'],
  },
  {
    name: '403 RequestDisallowedByPolicy',
    section: 'request-disallowed',
    when: refused(403, 'RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy."),
    sentence: 'An Azure Policy does not allow the request.',
    move: ['names the policy'],
    words: ['disallowed by policy'],
  },
  {
    name: '403 LinkedAuthorizationFailed',
    section: 'linked-authorization',
    when: refused(
      403,
      'LinkedAuthorizationFailed',
      'does not have permission to perform action(s) on the linked scope(s)',
    ),
    sentence: 'The identity lacks a permission on a resource that the cluster is linked to.',
    move: ['Grant it there.'],
    words: ['linked scope'],
  },
  {
    name: 'a cluster without a control plane',
    section: 'no-control-plane',
    when: refused(404, 'ControlPlaneNotFound', 'Could not find the control plane'),
    sentence: 'The cluster has no control plane.',
    move: [`  az aks show ${AZ} --query provisioningState`],
    words: ['ControlPlaneNotFound'],
  },
  {
    name: 'a cluster in a failed state',
    section: 'cluster-failed',
    when: refused(400, 'OperationNotAllowed', 'Operation is not allowed because the cluster is in a failed state'),
    sentence: 'The cluster is in a failed state.',
    move: [`  az resource update --ids ${CLUSTER_ID}`],
    words: ['failed state'],
  },
  {
    name: 'a namespace that is being deleted',
    section: 'aks-command-terminating',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods is forbidden: unable to create new content in namespace aks-command because it is being terminated',
    ),
    sentence: 'The namespace aks-command is being deleted.',
    move: ['  kubectl get namespace aks-command'],
    words: ['being terminated'],
  },
  {
    name: 'a LimitRange',
    section: 'limit-range',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: maximum cpu usage per Container is 100m, but limit is 500m',
    ),
    sentence: "A LimitRange of the namespace aks-command does not allow the command's pod.",
    move: ['  kubectl get limitrange --namespace aks-command'],
    words: ['maximum cpu usage'],
  },
  {
    name: 'the hub of a fleet',
    section: 'fleet-hub',
    when: failed(
      { code: 'run-command-disabled' },
      { ...CONTEXT, cluster: { subscriptionId: SUBSCRIPTION, resourceGroup: 'FL_x_y', name: 'hub' } },
    ),
    sentence: 'The cluster is the hub of a Fleet Manager, and hubs have run command disabled.',
    move: ['Set cluster to a member cluster'],
  },
  {
    name: 'a torn connection after the submission',
    section: 'submission-torn',
    when: failed({ code: 'submission-unclear', answer: lost('socket hang up') }),
    sentence: 'The connection broke before Azure answered.',
    move: LOOK,
    words: ['socket hang up'],
  },
  {
    name: 'a webhook that did not answer in the cluster',
    section: 'submission-webhook',
    when: failed({
      code: 'submission-unclear',
      answer: answered(500, {
        error: {
          code: 'KubernetesOperationError',
          message: 'failed calling webhook "mutate.kyverno.svc-fail": context deadline exceeded',
        },
      }),
    }),
    sentence: "The webhook mutate.kyverno.svc-fail did not answer when Azure created the command's pod.",
    move: ['Exempt the namespace aks-command', ...LOOK],
    words: ['failed calling webhook'],
  },
  {
    name: 'an API server that did not answer',
    section: 'submission-api-server',
    when: failed({
      code: 'submission-unclear',
      answer: answered(500, { error: { code: 'KubernetesOperationError', message: 'etcdserver: request timed out' } }),
    }),
    sentence: "The cluster's API server did not answer Azure in time.",
    move: LOOK,
    words: ['etcdserver: request timed out'],
  },

  // The command's end
  {
    name: 'no answer in time',
    section: 'no-answer-in-time',
    when: failed({ code: 'no-answer-in-time', seconds: 1860 }),
    sentence: 'No result after 31m.',
    move: [...PICK_UP, STOP],
  },
  {
    name: 'cancelled while it runs',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'running' }),
    sentence: 'The step was canceled.',
    move: [...PICK_UP, STOP],
  },
  {
    name: 'cancelled during the submission',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'unknown' }),
    sentence: 'The step was canceled.',
    move: [...LOOK, STOP],
  },
  {
    name: 'cancelled before the submission',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'not-started' }),
    sentence: 'The step was canceled.',
    move: [],
  },
  {
    name: 'not waited for',
    section: 'not-waited',
    when: failed({ code: 'not-waited' }, { ...CONTEXT, job: 'submit', step: 'deploy' }),
    sentence: 'The command was submitted, and the step does not wait for it.',
    move: [
      '  outputs:\n    command-id: "${{ steps.deploy.outputs.command-id }}"',
      '  needs: "submit"',
      `  with:\n    cluster: "${CLUSTER_ID}"\n    command-id: "\${{ needs.submit.outputs.command-id }}"\n`,
      STOP,
    ],
  },
  {
    name: 'not waited for, by a step without an id',
    section: 'not-waited',
    when: failed({ code: 'not-waited' }),
    sentence: 'The command was submitted, and the step does not wait for it.',
    move: [
      'Give the step an id, and use it instead of STEP_ID.',
      'steps.STEP_ID.outputs.command-id',
      'needs.JOB_ID.outputs.command-id',
    ],
  },
  {
    name: 'no exit code',
    section: 'no-exit-code',
    when: failed({ code: 'no-exit-code' }),
    sentence: 'AKS reported the end of the command without an exit code.',
    move: LOOK,
  },
  {
    name: 'no boundary',
    section: 'no-boundary',
    when: failed({ code: 'no-boundary' }),
    sentence: "The output lacks the first line of the action's script, so the exit code cannot be trusted.",
    move: LOOK,
  },
  {
    name: 'an exit code that is not allowed',
    section: 'exit-code',
    when: failed({ code: 'exit-code', exitCode: 3 }),
    sentence: 'The command exited with code 3.',
    move: [],
  },
  {
    name: 'a success that is not allowed',
    section: 'exit-code',
    when: failed({ code: 'exit-code', exitCode: 0, allowed: [1] }),
    sentence: 'The command exited with code 0.',
    move: ['0 is not allowed: use 0, 1.', '  with:\n    allowed-exit-codes: "0, 1"'],
  },
  {
    name: 'timed out',
    section: 'timed-out',
    when: failed({ code: 'timed-out', seconds: 1800 }),
    sentence: 'The command timed out after 30m.',
    move: ['  with:\n    timeout: "60m"'],
  },
  {
    name: 'no bash',
    section: 'no-bash',
    when: failed({ code: 'no-bash' }),
    sentence: 'The pod has no bash, which the input shell asks for.',
    move: ['  with:\n    shell: sh'],
  },
  {
    name: 'no variables',
    section: 'no-variables',
    when: failed({ code: 'no-variables' }),
    sentence: 'The pod could not read the variables of env, so the command did not run.',
    move: ['please report this bug'],
  },
  {
    name: 'output lost in the pod',
    section: 'output-lost',
    when: failed({ code: 'output-lost' }),
    sentence: 'The command exited, but part of its output was lost in the pod.',
    move: ["the pod's disk was full"],
  },
  {
    name: 'malformed step outputs',
    section: 'outputs-malformed',
    when: failed({ code: 'outputs-malformed', line: 4, problem: 'has neither = nor <<' }),
    sentence: 'Line 4 of what the command wrote to $GITHUB_OUTPUT has neither = nor <<.',
    move: ['NAME<<EOF', 'jq -c'],
  },
  {
    name: 'step outputs that are too large',
    section: 'outputs-too-large',
    when: failed({ code: 'outputs-too-large' }),
    sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
    move: ['output-file'],
  },
  {
    name: 'step outputs that were lost',
    section: 'outputs-lost',
    when: failed({ code: 'outputs-lost' }),
    sentence: 'The step outputs of the command did not come back.',
    move: ['memory limit of 1 GiB'],
  },
  ...COLLECT_PROBLEMS.map(([problem, what, ...move]) => ({
    name: `collected files: ${what}`,
    section: 'collect',
    when: failed({ code: 'collect', problem }),
    sentence: `The files could not be collected: ${what}.`,
    move,
  })),
  {
    name: 'what nobody expected',
    section: 'unexpected',
    when: failed({ code: 'unexpected', detail: 'TypeError: x is not a function\n    at y (dist/index.js:1:1)' }),
    sentence: 'Unexpected error. Please report this bug.',
    move: ['Include the error above', 'debug logging'],
    words: ['TypeError: x is not a function\n    at y (dist/index.js:1:1)'],
  },

  // Before anything is sent
  {
    name: 'invalid inputs, all of them',
    section: 'invalid-inputs',
    when: failed({
      code: 'invalid-inputs',
      problems: ['cluster: is required', 'wait: must be true or false, but is "no"'],
    }),
    sentence: 'Inputs of the step are missing or invalid.',
    title: 'inputs missing or invalid: cluster, wait',
    move: ['- cluster: is required\n- wait: must be true or false, but is "no"'],
  },
  {
    name: 'more invalid inputs than a headline holds',
    section: 'invalid-inputs',
    when: failed({
      code: 'invalid-inputs',
      problems: ['env: line 1 is …', 'env: line 2 is …', 'cluster: is …', 'wait: is …', 'timeout: is …'],
    }),
    sentence: 'Inputs of the step are missing or invalid.',
    title: 'inputs missing or invalid: env, cluster, wait, …',
    move: ['- timeout: is …'],
  },
  {
    name: 'a request that would be too large',
    section: 'too-large',
    when: failed({
      code: 'too-large',
      packed: true,
      bytes: 5_000_000,
      limit: 4 * 1024 * 1024,
      biggest: [
        { path: 'charts/big.tgz', bytes: 3_000_000 },
        { path: 'charts/small.tgz', bytes: 70_000 },
      ],
    }),
    sentence: 'The request would take 4.8 MB (5,000,000 bytes), but Azure accepts at most 4.0 MB (4,194,304 bytes).',
    move: [...SMALLER, 'The biggest files:\n    2.9 MB  charts/big.tgz\n   68.4 KB  charts/small.tgz'],
  },
  {
    name: 'a request that would be too large, without files',
    section: 'too-large',
    when: failed({ code: 'too-large', packed: true, bytes: 5_000_000, limit: 4 * 1024 * 1024, biggest: [] }),
    sentence: 'The request would take 4.8 MB (5,000,000 bytes), but Azure accepts at most 4.0 MB (4,194,304 bytes).',
    move: SMALLER,
  },
  {
    name: 'files too large to be packed',
    section: 'files-too-large',
    when: failed({
      code: 'too-large',
      packed: false,
      bytes: 2 ** 30,
      limit: 2 ** 29,
      biggest: [{ path: 'disk.img', bytes: 2 ** 30 }],
    }),
    sentence: 'The files take 1.0 GB (1,073,741,824 bytes), but the action packs at most 512.0 MB (536,870,912 bytes).',
    move: [...SMALLER, 'The biggest files:\n    1.0 GB  disk.img'],
  },
  {
    name: 'patterns that match nothing',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['a/*.yaml', 'b'], advice: { hints: ['Did you mean a/x.yml?'] } }),
    sentence: 'No files were found for "a/*.yaml", "b".',
    move: ['Did you mean a/x.yml?\n', 'include-hidden-files', '  with:\n    if-no-files-found: warn'],
  },
  {
    name: 'no checkout before',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['k8s'], advice: { emptyFolder: '', hints: [] } }),
    sentence: 'No files were found for "k8s".',
    move: ['The workspace is empty. Check out the repository in an earlier step: actions/checkout.\n'],
  },
  {
    name: 'a folder that is empty',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['k8s'], advice: { emptyFolder: 'out', hints: [] } }),
    sentence: 'No files were found for "k8s".',
    move: ['The folder out is empty.\n'],
  },
  {
    name: 'an invalid pattern',
    section: 'files-invalid-pattern',
    when: files({ kind: 'invalid-pattern', path: '../x', detail: 'it leads above the working directory' }),
    sentence: 'The files pattern ../x cannot be used: it leads above the working directory.',
    move: ['set working-directory'],
  },
  {
    name: 'a working directory elsewhere',
    section: 'working-directory-outside',
    when: files({ kind: 'working-directory-outside', path: '/etc' }),
    sentence: 'The working-directory /etc is outside the workspace and RUNNER_TEMP.',
    move: ['Copy the files there in an earlier step.'],
  },
  {
    name: 'no working directory',
    section: 'working-directory-missing',
    when: files({ kind: 'working-directory-missing', path: 'deploy' }),
    sentence: 'The working-directory deploy does not exist or is not a folder.',
    move: ['actions/checkout'],
  },
  {
    name: 'a link out of the workspace',
    section: 'files-outside',
    when: files({ kind: 'outside', path: 'a/link', target: '/etc/passwd' }),
    sentence: 'The file a/link leads out of the workspace, to /etc/passwd.',
    move: ['Exclude it with a line of files that begins with !'],
  },
  {
    name: 'a broken link',
    section: 'files-broken-link',
    when: files({ kind: 'broken-link', path: 'a/link' }),
    sentence: 'The symbolic link a/link points to nothing.',
    move: ['exclude it'],
  },
  {
    name: 'a link to its own folder',
    section: 'files-link-cycle',
    when: files({ kind: 'link-cycle', path: 'a/link' }),
    sentence: 'The symbolic link a/link leads back to a folder that contains it.',
    move: ['Exclude it'],
  },
  {
    name: 'an unreadable file',
    section: 'files-unreadable',
    when: files({ kind: 'unreadable', path: 'a/key' }),
    sentence: 'The file a/key cannot be read.',
    move: ['permissions'],
  },
  {
    name: 'a socket',
    section: 'files-not-a-file',
    when: files({ kind: 'not-a-file', path: 'a/socket' }),
    sentence: 'a/socket is neither a file nor a folder.',
    move: ['Exclude it'],
  },
  {
    name: "a file in the action's own folder",
    section: 'files-own-folder',
    when: files({ kind: 'own-folder', path: '.aks-run-command/env.sh' }),
    sentence: 'The file .aks-run-command/env.sh is in a folder that is reserved for the action.',
    move: ['Rename the folder .aks-run-command'],
  },
  {
    name: 'a working-directory in .git',
    section: 'working-directory-git',
    when: files({ kind: 'working-directory-git', path: 'deploy' }),
    sentence: 'The working-directory deploy is inside .git.',
    move: ['Set working-directory to the folder with your files'],
  },
  {
    name: 'links that multiply',
    section: 'files-too-many',
    when: files({ kind: 'too-many', path: 'links', limit: 1_000_000 }),
    sentence: 'There are more than 1,000,000 files to search or send in links.',
    move: ['List the folders that the command needs'],
  },
  {
    name: 'a name that unzip changes',
    section: 'files-unsafe-name',
    when: files({ kind: 'unsafe-name', path: 'k8s/\u007fa.yaml' }),
    sentence: 'Some unzip programs would change the name of the file k8s/\\u007fa.yaml.',
    move: ['Rename the file'],
  },
  {
    name: 'a file that was swapped',
    section: 'files-swapped',
    when: files({ kind: 'swapped', path: 'a.yaml' }),
    sentence: 'The file a.yaml was replaced while it was being read.',
    move: ['Another process writes to the workspace'],
  },

  // The output of a command that failed
  ...SITUATIONS.map((situation) => ({
    name: situation.output.split('\n')[0] ?? '',
    section: situation.section,
    when: hint(situation),
    sentence: expect.stringMatching(/\.$/) as unknown as string,
    move: [situation.move],
  })),
];

describe('every row', () => {
  test('is provoked here', () => {
    const provoked = PROVOCATIONS.map(({ section }) => section);
    expect([...new Set(provoked)].toSorted()).toEqual([...new Set(CATALOGUE.map(({ section }) => section))].toSorted());
  });

  test.each(PROVOCATIONS)('$section: $name', ({ section, when, sentence, title, move, words = [] }) => {
    const explanation = when();
    expect(explanation).toMatchObject({ section, sentence, ...(title !== undefined && { title }) });
    for (const part of move) expect(explanation?.move).toContain(part);
    if (move.length === 0) expect(explanation?.move).toBe('');
    for (const part of words) expect(explanation?.words).toContain(part);
  });
});

describe('what is shown', () => {
  const explanations = PROVOCATIONS.map(({ name, when }) => ({ name, ...required(when()) }));

  test.each(explanations)('$name: one sentence, no holes, nothing raw', ({ name, section, sentence, words, move }) => {
    expect(sentence).toMatch(/^[^\n]+\.$/);
    expect(sentence + move).not.toMatch(/[!](?=\s|$)|\{\w+\??\}|`/m);
    expect(sentence + words + move).not.toMatch(/undefined|\[object|<html|<\/|NaN/);
    if (section !== 'unexpected') expect(words).not.toMatch(/\n\s+at /);
    const unknown = (move.match(/\b[A-Z_]{2,}\b/g) ?? []).filter((word) => UNKNOWN_VALUES.has(word));
    expect({ name, unknown }).toEqual({ name, unknown: [] });
  });

  test.each(explanations)('$name: fits an annotation beside long words', ({ sentence, move }) => {
    expect(sentence.length + move.length).toBeLessThan(2400);
  });

  needing(['sh'], () => {
    test('sh parses the lines of each', () => {
      const scripts = explanations.map(({ name, move }) => [name, shellLines(move).join('\n')] as const);
      expect(scripts.filter(([, script]) => script !== '').length).toBeGreaterThan(100);
      expect(unreadableScripts(scripts)).toBe('');
    });
  });

  test.each(explanations.filter(({ move }) => azLines(move).length > 0))('$name: az knows its options', ({ move }) => {
    for (const line of azLines(move)) {
      const command = required(/^az ([a-z -]*[a-z])(?= -)/.exec(line)?.[1]).replace(/ -.*/, '');
      const options = line.replaceAll(/'[^']*'/g, '').match(/(?<= )--?[a-z][a-z-]*/g) ?? [];
      const allowed = [...required(AZ_OPTIONS[command]), '--output', '--query'];
      expect({ line, unknown: options.filter((option) => !allowed.includes(option)) }).toEqual({ line, unknown: [] });
    }
  });

  test.each(explanations.filter(({ move }) => yamlBlocks(move).length > 0))('$name: its YAML parses', ({ move }) => {
    for (const block of yamlBlocks(move)) expect(parse(block)).toEqual(expect.any(Object));
  });

  test('the role is JSON with the three permissions and one scope', () => {
    const { move } = required(explanations.find(({ section }) => section === 'authorization-failed'));
    expect(JSON.parse(required(/--role-definition '(\{.*\})'$/m.exec(move)?.[1]))).toEqual({
      Name: 'AKS Run Command',
      Description: 'Run commands in AKS clusters and read their results',
      Actions: [
        'Microsoft.ContainerService/managedClusters/read',
        'Microsoft.ContainerService/managedClusters/runCommand/action',
        'Microsoft.ContainerService/managedClusters/commandResults/read',
      ],
      AssignableScopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-prod`],
    });
  });
});

describe('at a prompt', () => {
  const both = PROVOCATIONS.map(({ name, when }) => ({
    name,
    inWorkflow: required(when(WORKFLOW)),
    explanation: required(when(PROMPT)),
  }));

  test.each(both)('$name: no word of a workflow', ({ explanation: { sentence, title, move } }) => {
    const text = [sentence, title, move].join('\n');
    expect({ text, of: text.match(WORDS_OF_A_WORKFLOW) ?? [] }).toEqual({ text, of: [] });
  });

  test.each(both)('$name: options that exist', ({ explanation: { move } }) => {
    const own = move.split('\n').flatMap((line) => /^ {2}(?:aks-run-command )?(--.*)$/.exec(line)?.[1] ?? []);
    const options = own.flatMap((line) => line.match(/(?<=^| )--[a-z-]+/g) ?? []);
    expect(options.filter((option) => !OPTIONS.some(({ name }) => `--${name}` === option))).toEqual([]);
  });

  const hints = new Set(SITUATIONS.map(({ section }) => section));
  // `|` begins a line that only a workflow has, `>` one that only a prompt has.
  test('all of them in both forms, to read', async () => {
    const text = both.map(({ name, inWorkflow, explanation }) => {
      const [workflow, prompt] = [inWorkflow, explanation].map(({ sentence, move }) =>
        `${sentence}\n${move}`.split('\n'),
      );
      // What an output hints at is in golden/situations.txt.
      if (hints.has(inWorkflow.section) && workflow?.join() === prompt?.join()) return '';
      return [`## ${name}\n`, ...besides(required(workflow), required(prompt)), ''].join('\n');
    });
    await expectGolden(new URL('golden/catalogue.txt', import.meta.url), text.filter(Boolean).join('\n'));
  });
});

/** Two texts as one, what both have once. */
function besides(workflow: readonly string[], prompt: readonly string[]): string[] {
  const rest = [...prompt];
  const own = (lines: readonly string[]) => lines.map((line) => `> ${line}`);
  const first = workflow.flatMap((line) => {
    const at = rest.indexOf(line);
    return at < 0 ? [`| ${line}`] : [...own(rest.splice(0, at + 1).slice(0, -1)), `  ${line}`.trimEnd()];
  });
  return [...first, ...own(rest)];
}

/** Words for what a prompt does not have, and inputs by another name than their options'. */
const WORDS_OF_A_WORKFLOW = new RegExp(
  [
    String.raw`\b(?:steps?(?! outputs)|job(?!/)|workflow|the action|runner|workspace|re-run|vars)\b|\b(?:with|permissions):`,
    String.raw`azure/login|actions/checkout|\$\{\{|\binputs?\b`,
    `(?<![-\\w/])(?:${OPTIONS.flatMap(({ input }) => (input && !PLAIN_WORDS.has(input.name) ? [input.name] : [])).join('|')})(?![-\\w])`,
  ].join('|'),
  'g',
);

/** Words in capitals that a template itself spells, for the user to fill in. */
const SPELLED = new Set(
  CATALOGUE.flatMap(
    ({ sentence, move }) => (sentence + move).replaceAll(/\{\w+\??\}/g, '').match(/\b[A-Z_]{2,}\b/g) ?? [],
  ),
);

/** What a placeholder shows as where its value is not known. */
const UNKNOWN_VALUES = new Set(
  CATALOGUE.flatMap(({ sentence, move }) => (sentence + move).match(/(?<=\{)[a-z]+(?=\})/gi) ?? [])
    .map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
    .filter((name) => !SPELLED.has(name)),
);

/** What `az COMMAND --help` of Azure CLI 2.74 lists, as far as it is used; `--enable-run-command` came with 2.76. */
const AZ_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'provider register': ['--namespace', '--subscription'],
  'provider show': ['--namespace'],
  'resource update': ['--ids'],
  'ad sp create': ['--id'],
  'ad sp update': ['--id', '--set'],
  'account list': ['--all'],
  'account show': ['--subscription'],
  'ad app federated-credential create': ['--id', '--parameters'],
  'ad app federated-credential list': ['--id'],
  'ad sp show': ['--id'],
  'aks check-acr': ['--acr', '-n', '-g', '--subscription'],
  'aks command invoke': ['-n', '-g', '--command', '--subscription'],
  'aks command result': ['-n', '-g', '--command-id', '--subscription'],
  'aks list': ['-g', '--subscription'],
  'aks nodepool list': ['--cluster-name', '-g', '--subscription'],
  'aks show': ['-n', '-g', '--subscription'],
  'aks start': ['-n', '-g', '--subscription'],
  'aks update': ['-n', '-g', '--subscription', '--attach-acr', '--enable-run-command'],
  'identity federated-credential create': [
    '--identity-name',
    '--resource-group',
    '--name',
    '--issuer',
    '--subject',
    '--audiences',
  ],
  'identity list': ['--resource-group', '--subscription'],
  'lock list': ['--resource-group', '--subscription'],
  'monitor activity-log list': ['--resource-id', '--offset'],
  'policy assignment list': ['--scope'],
  'role assignment create': ['--assignee', '--role', '--scope'],
  'role definition create': ['--role-definition'],
};

/** Indented lines for a shell. */
function shellLines(move: string): string[] {
  return move
    .split('\n')
    .flatMap((line) => (/^ {2}(?:az|kubectl|helm|curl|date|git|bash|echo|printf) /.test(line) ? [line.slice(2)] : []));
}

function azLines(move: string): string[] {
  return shellLines(move).filter((line) => line.startsWith('az '));
}

/** Runs of indented lines that are no shell lines and no list of files. */
function yamlBlocks(move: string): string[] {
  const blocks: string[][] = [[]];
  for (const line of move.split('\n')) {
    if (/^ {2}(?! *[\d.]+ [KMG]?B )/.test(line) && shellLines(line).length === 0) blocks.at(-1)?.push(line.slice(2));
    else blocks.push([]);
  }
  return blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
}

function answered(status: number, body: unknown): Answer {
  const headers = { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'cor-1' };
  return { kind: 'answered', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function lost(cause: string): Answer {
  return { kind: 'unanswered', sent: 'perhaps', cause };
}

function failed(failure: Failure, context: Context = CONTEXT) {
  return (words: Words = WORKFLOW) => explain(failure, { ...context, words });
}

function entra(message: string, claims = CLAIMS, context = CONTEXT, scope = 'https://management.azure.com/.default') {
  const answer = answered(400, { error: 'invalid_request', error_description: `${message} Trace ID: t-1` });
  return failed({ code: 'entra', answer, scope, claims }, context);
}

function session(detail: string) {
  return failed({ code: 'no-session', detail }, AMBIENT);
}

function refused(status: number, code: string, message: string, context = CONTEXT) {
  return failed({ code: 'submission-refused', answer: answered(status, { error: { code, message } }) }, context);
}

function unreadable(status: number, code: string, message: string) {
  return failed({ code: 'cluster-unreadable', answer: answered(status, { error: { code, message } }) });
}

function files(problem: FilesProblem) {
  return failed({ code: 'files', problem });
}

function hint({ output, exitCode = 1, files }: Situation) {
  return (words: Words = WORKFLOW) =>
    readFindings(output, exitCode, { ...CONTEXT, words, ...(files && { files }) }).hints[0];
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test itself lacks a value');
  return value;
}
