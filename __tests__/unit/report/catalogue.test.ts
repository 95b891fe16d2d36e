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
import { RECORDINGS } from './corpus/recorded.ts';
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

/** What provokes a row. What it says then stands in golden/catalogue.txt. */
type Provocation = {
  readonly name: string;
  readonly section: string;
  /** Explains it, in the words of a workflow by default. */
  readonly when: (words?: Words) => Explanation | undefined;
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

const COLLECT_PROBLEMS: Readonly<Record<string, CollectProblem>> = {
  'there are more than 2,000': { kind: 'over', limit: 'files', bytes: 1, biggest: [] },
  'they are too large unpacked': {
    kind: 'over',
    limit: 'unpacked',
    bytes: 10_737_418_240,
    biggest: [{ path: 'z', bytes: 10_737_418_240 }],
  },
  'they are too large as sent': { kind: 'over', limit: 'sent', bytes: 400_000, biggest: [] },
  'what arrived is invalid': { kind: 'refused', problem: 'it is not base64' },
  'they took too long': { kind: 'uncollected', because: 'time' },
  'the pod could not store them': { kind: 'uncollected', because: 'disk' },
  'their names are too long': { kind: 'uncollected', because: 'size' },
  'they did not come back': { kind: 'lost' },
  'they could not be saved': { kind: 'unwritable', detail: 'ENOSPC' },
  'nothing matched': { kind: 'no-match', patterns: ['reports', 'a b'] },
};

const PROVOCATIONS: readonly Provocation[] = [
  // Sign-in
  {
    name: 'AADSTS700213, a subject with ids',
    section: 'immutable-subject',
    when: entra('AADSTS700213: No matching federated identity record found.', {
      ...CLAIMS,
      subject: 'repo:octo@583231/app@1296269:environment:prod',
    }),
  },
  {
    name: 'AADSTS700213, a subject by name',
    section: 'no-federated-credential',
    when: entra('AADSTS700213: No matching federated identity record found.'),
  },
  {
    name: 'AADSTS70021',
    section: 'no-federated-credential',
    when: entra('AADSTS70021: No matching federated identity record found for presented assertion.'),
  },
  {
    name: 'AADSTS700211',
    section: 'wrong-issuer',
    when: entra('AADSTS700211: No matching record for issuer.', {
      ...CLAIMS,
      issuer: 'https://ghes.example/_services/token',
    }),
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
  },
  {
    name: 'AADSTS700016',
    section: 'unknown-application',
    when: entra(`AADSTS700016: Application with identifier '${CLIENT}' was not found in the directory.`),
  },
  {
    name: 'AADSTS90002',
    section: 'unknown-tenant',
    when: entra(`AADSTS90002: Tenant '${TENANT}' not found.`),
  },
  {
    name: 'AADSTS700024 of an ID token',
    section: 'id-token-expired',
    when: entra('AADSTS700024: Client assertion is not within its valid time range.'),
  },
  {
    name: 'AADSTS700024 of a session',
    section: 'session-expired',
    when: session('azure/login: ERROR: AADSTS700024: Client assertion is not within its valid time range.'),
  },
  {
    name: 'AADSTS7000215 of a session',
    section: 'wrong-secret',
    when: session('azure/login: ERROR: AADSTS7000215: Invalid client secret provided.'),
  },
  {
    name: 'AADSTS7000215 of Entra',
    section: 'wrong-secret',
    when: entra('AADSTS7000215: Invalid client secret provided.'),
  },
  {
    name: 'AADSTS500011',
    section: 'unknown-resource',
    when: entra('AADSTS500011: The resource principal was not found in the tenant.', CLAIMS, CONTEXT, AKS_SERVER_SCOPE),
  },
  {
    name: 'AADSTS1002012',
    section: 'wrong-scope',
    when: entra('AADSTS1002012: The provided value for scope is not valid.'),
  },
  {
    name: 'no answer of Entra',
    section: 'entra-unreachable',
    when: failed({ code: 'entra', answer: lost('getaddrinfo ENOTFOUND'), scope: 's/.default', claims: CLAIMS }),
  },
  {
    name: 'an AADSTS number that nobody foresaw',
    section: 'entra',
    when: entra('AADSTS50199: For security reasons, user confirmation is required.'),
  },
  {
    name: 'no OIDC environment',
    section: 'no-id-token',
    when: failed({ code: 'no-id-token' }),
  },
  {
    name: 'the ID token service fails',
    section: 'id-token',
    when: failed({ code: 'id-token', detail: 'Failed to get ID Token. Error Code : 503' }),
  },
  {
    name: 'no session',
    section: 'no-session',
    when: session("azure/login: Please run 'az login'"),
  },
  {
    name: 'metadata of a custom endpoint that cannot be read',
    section: 'cloud-metadata',
    when: failed({
      code: 'cloud-metadata',
      endpoint: 'https://arm.example',
      answer: answered(404, '<html><title>404</title>'),
    }),
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
  },
  {
    name: '403 on runCommand, another caller named than the one that signed in',
    section: 'authorization-failed',
    when: refused(403, 'AuthorizationFailed', `The client 'x' with object id '${PRINCIPAL}' does not have it.`),
  },
  {
    name: '403 on reading the cluster, nothing named',
    section: 'authorization-failed',
    when: failed({ code: 'cluster-unreadable', answer: answered(403, { error: { code: 'AuthorizationFailed' } }) }),
  },
  {
    name: '403 on the result',
    section: 'result-forbidden',
    when: failed({ code: 'result-forbidden', answer: answered(403, { error: { code: 'AuthorizationFailed' } }) }),
  },
  {
    name: '404 SubscriptionNotFound',
    section: 'subscription-not-found',
    when: unreadable(404, 'SubscriptionNotFound', `The subscription '${SUBSCRIPTION}' could not be found.`),
  },
  {
    name: '404 ResourceGroupNotFound',
    section: 'resource-group-not-found',
    when: unreadable(404, 'ResourceGroupNotFound', "Resource group 'rg-prod' could not be found."),
  },
  {
    name: '404 ResourceNotFound',
    section: 'cluster-not-found',
    when: unreadable(
      404,
      'ResourceNotFound',
      "The Resource 'Microsoft.ContainerService/managedClusters/aks-prod' under resource group 'rg-prod' was not found.",
    ),
  },
  {
    name: '401 of another tenant',
    section: 'wrong-tenant',
    when: refused(401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.'),
  },
  {
    name: '401 twice',
    section: 'token-rejected',
    when: refused(401, 'InvalidAuthenticationToken', 'The access token is invalid.'),
  },
  {
    name: 'an API version that the cloud does not know',
    section: 'api-version-unknown',
    when: refused(
      400,
      'NoRegisteredProviderFound',
      "No registered resource provider found for location 'usgovvirginia'",
    ),
  },
  {
    name: '400 MissingAADClusterToken with a cluster token',
    section: 'cluster-token-missing',
    when: refused(
      400,
      'MissingAADClusterToken',
      'This cluster have Azure Active Directory enabled, .clusterToken is required.',
    ),
  },
  {
    name: '409 ScopeLocked',
    section: 'locked',
    when: refused(
      409,
      'ScopeLocked',
      'The scope cannot perform write operation because following scope(s) are locked.',
    ),
  },
  {
    name: 'run command disabled, read off the cluster',
    section: 'run-command-disabled',
    when: failed({ code: 'run-command-disabled' }),
  },
  {
    name: 'run command disabled, said by ARM',
    section: 'run-command-disabled',
    when: refused(400, 'BadRequest', 'RunCommand is disabled for this managed cluster.'),
  },
  {
    name: 'cluster stopped, read off the cluster',
    section: 'cluster-stopped',
    when: failed({ code: 'cluster-stopped' }),
  },
  {
    name: 'cluster stopped, said by ARM',
    section: 'cluster-stopped',
    when: refused(409, 'OperationNotAllowed', 'The managed cluster is in stopped state.'),
  },
  {
    name: 'KubernetesOperationError, quota',
    section: 'quota-exceeded',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: exceeded quota: small, requested: cpu=200m',
    ),
  },
  {
    name: 'KubernetesOperationError, Gatekeeper',
    section: 'policy-denied',
    when: refused(
      400,
      'KubernetesOperationError',
      'Failed to run command in managed cluster due to kubernetes failure. details: admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-…]',
    ),
  },
  {
    name: 'KubernetesOperationError, forbidden',
    section: 'pod-forbidden',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: violates PodSecurity "restricted:latest"',
    ),
  },
  {
    name: '409',
    section: 'conflict',
    when: refused(409, 'OperationNotAllowed', 'Another operation is in progress.'),
  },
  {
    name: '413 in JSON',
    section: 'request-too-large',
    when: refused(413, 'RequestContentTooLarge', 'The request content size exceeds the maximum size of 4 MB.'),
  },
  {
    name: '413 of nginx, in HTML',
    section: 'request-too-large',
    when: failed(
      {
        code: 'submission-refused',
        answer: answered(
          413,
          '<html><head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>',
        ),
      },
      { ...CONTEXT, sent: { bytes: 3_000_000, biggest: [{ path: 'charts/big.tgz', bytes: 2 * 1024 * 1024 }] } },
    ),
  },
  {
    name: '429 for an hour',
    section: 'throttled',
    when: refused(429, 'Throttled', 'Too many requests.'),
  },
  {
    name: '429 SubscriptionRequestsThrottled',
    section: 'throttled',
    when: unreadable(429, 'SubscriptionRequestsThrottled', 'Number of requests exceeded the limit.'),
  },
  {
    name: 'no answer of ARM',
    section: 'arm-unreachable',
    when: failed({
      code: 'submission-refused',
      answer: { kind: 'unanswered', sent: 'never', cause: 'connect ECONNREFUSED' },
    }),
  },
  {
    name: 'a refusal that nobody foresaw',
    section: 'submission-refused',
    when: refused(400, 'SomethingNew', 'The moon is in the wrong house.'),
  },
  {
    name: 'a cluster that cannot be read',
    section: 'cluster-unreadable',
    when: unreadable(500, 'InternalServerError', 'Encountered internal server error.'),
  },
  {
    name: 'a 503 to the submission',
    section: 'submission-unclear',
    when: failed({ code: 'submission-unclear', answer: answered(503, '') }),
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
  },
  {
    name: 'a pod that refused, one submission',
    section: 'did-not-start',
    when: failed({ code: 'did-not-start', submissions: 1 }),
  },
  {
    name: 'a start that nobody can tell',
    section: 'start-unclear',
    when: failed({
      code: 'start-unclear',
      answer: answered(400, { code: 'KubernetesPerformanceError', message: 'did not start' }),
    }),
  },
  {
    name: 'an earlier command whose pod refused',
    section: 'pod-refused',
    when: failed({ code: 'pod-refused' }),
  },
  {
    name: '404 on the result',
    section: 'result-missing',
    when: failed({
      code: 'result-missing',
      answer: answered(404, { error: { code: 'NotFound', message: 'Not Found' } }),
    }),
  },
  {
    name: 'outputs that the runner does not take',
    section: 'outputs-unwritable',
    when: (words = WORKFLOW) => compose(UNWRITTEN, {}, '', { words }),
  },
  {
    name: 'AKS could not pull its image',
    section: 'command-image',
    when: failed({ code: 'aks-failed', reason: 'ImagePullBackoff' }),
  },
  {
    name: 'AKS failed the command',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'Node problem' }),
  },
  {
    name: 'AKS failed the command without a word, after ten minutes',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: '', afterTenMinutes: true }),
  },
  {
    name: 'AKS failed the command for a reason of one word',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'DeadlineExceeded' }),
  },
  {
    name: 'the pod of the command was evicted',
    section: 'aks-failed',
    when: failed({ code: 'aks-failed', reason: 'Evicted' }),
  },

  {
    name: "a fork's pull request",
    section: 'fork-pull-request',
    when: failed({ code: 'no-id-token' }, { ...CONTEXT, startedBy: 'fork' }),
  },
  {
    name: 'Dependabot',
    section: 'dependabot',
    when: failed({ code: 'no-id-token' }, { ...CONTEXT, startedBy: 'dependabot' }),
  },
  {
    name: 'AADSTS53003',
    section: 'conditional-access',
    when: entra('AADSTS53003: Access has been blocked by Conditional Access policies.'),
  },
  {
    name: 'AADSTS7000112',
    section: 'application-disabled',
    when: entra("AADSTS7000112: Application 'x' is disabled."),
  },
  {
    name: 'AADSTS7000229',
    section: 'no-service-principal',
    when: entra('AADSTS7000229: The client application is missing service principal in the tenant.'),
  },
  {
    name: 'AADSTS90033',
    section: 'entra-temporary',
    when: entra('AADSTS90033: A transient error has occurred. Please try again.'),
  },
  {
    name: 'AADSTS700211 that names another issuer than the token',
    section: 'wrong-issuer',
    when: entra("AADSTS700211: No matching record found for presented assertion issuer 'https://other.example'."),
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
  },
  {
    name: 'a certificate of a corporate proxy, for the cluster',
    section: 'untrusted-certificate',
    when: failed({ code: 'cluster-unreadable', answer: lost('unable to verify the first certificate') }),
  },
  {
    name: 'a proxy that wants a password',
    section: 'proxy-sign-in',
    when: failed({ code: 'id-token', detail: 'no answer (the proxy proxy.corp:3128 answered 407)' }),
  },
  {
    name: 'a proxy that refuses',
    section: 'proxy-refused',
    when: failed({ code: 'cluster-unreadable', answer: lost('the proxy proxy.corp:3128 answered 503') }),
  },
  {
    name: 'a session of az that has expired without a number',
    section: 'session-expired',
    when: failed({ code: 'no-session', detail: 'The refresh token has expired. Please run: az login' }, AMBIENT),
  },
  {
    name: '409 ReadOnlyDisabledSubscription',
    section: 'subscription-disabled',
    when: refused(
      409,
      'ReadOnlyDisabledSubscription',
      'The subscription is disabled and therefore marked as read only.',
    ),
  },
  {
    name: '409 MissingSubscriptionRegistration',
    section: 'not-registered',
    when: refused(409, 'MissingSubscriptionRegistration', 'The subscription is not registered to use namespace'),
  },
  {
    name: '403 RequestDisallowedByPolicy',
    section: 'request-disallowed',
    when: refused(403, 'RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy."),
  },
  {
    name: '403 LinkedAuthorizationFailed',
    section: 'linked-authorization',
    when: refused(
      403,
      'LinkedAuthorizationFailed',
      'does not have permission to perform action(s) on the linked scope(s)',
    ),
  },
  {
    name: 'a cluster without a control plane',
    section: 'no-control-plane',
    when: refused(404, 'ControlPlaneNotFound', 'Could not find the control plane'),
  },
  {
    name: 'a cluster in a failed state',
    section: 'cluster-failed',
    when: refused(400, 'OperationNotAllowed', 'Operation is not allowed because the cluster is in a failed state'),
  },
  {
    name: 'a namespace that is being deleted',
    section: 'aks-command-terminating',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods is forbidden: unable to create new content in namespace aks-command because it is being terminated',
    ),
  },
  {
    name: 'a LimitRange',
    section: 'limit-range',
    when: refused(
      400,
      'KubernetesOperationError',
      'pods "command-x" is forbidden: maximum cpu usage per Container is 100m, but limit is 500m',
    ),
  },
  {
    name: 'the hub of a fleet',
    section: 'fleet-hub',
    when: failed(
      { code: 'run-command-disabled' },
      { ...CONTEXT, cluster: { subscriptionId: SUBSCRIPTION, resourceGroup: 'FL_x_y', name: 'hub' } },
    ),
  },
  {
    name: 'a torn connection after the submission',
    section: 'submission-torn',
    when: failed({ code: 'submission-unclear', answer: lost('socket hang up') }),
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
  },
  {
    name: 'an API server that did not answer',
    section: 'submission-api-server',
    when: failed({
      code: 'submission-unclear',
      answer: answered(500, { error: { code: 'KubernetesOperationError', message: 'etcdserver: request timed out' } }),
    }),
  },

  // The command's end
  {
    name: 'no answer in time',
    section: 'no-answer-in-time',
    when: failed({ code: 'no-answer-in-time', seconds: 1860 }),
  },
  {
    name: 'cancelled while it runs',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'running' }),
  },
  {
    name: 'cancelled during the submission',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'unknown' }),
  },
  {
    name: 'cancelled before the submission',
    section: 'cancelled',
    when: failed({ code: 'cancelled' }, { ...CONTEXT, state: 'not-started' }),
  },
  {
    name: 'not waited for',
    section: 'not-waited',
    when: failed({ code: 'not-waited' }, { ...CONTEXT, job: 'submit', step: 'deploy' }),
  },
  {
    name: 'not waited for, by a step without an id',
    section: 'not-waited',
    when: failed({ code: 'not-waited' }),
  },
  {
    name: 'no exit code',
    section: 'no-exit-code',
    when: failed({ code: 'no-exit-code' }),
  },
  {
    name: 'no boundary',
    section: 'no-boundary',
    when: failed({ code: 'no-boundary' }),
  },
  {
    name: 'an exit code that is not allowed',
    section: 'exit-code',
    when: failed({ code: 'exit-code', exitCode: 3 }),
  },
  {
    name: 'a success that is not allowed',
    section: 'exit-code',
    when: failed({ code: 'exit-code', exitCode: 0, allowed: [1] }),
  },
  {
    name: 'timed out',
    section: 'timed-out',
    when: failed({ code: 'timed-out', seconds: 1800 }),
  },
  {
    name: 'no bash',
    section: 'no-bash',
    when: failed({ code: 'no-bash' }),
  },
  {
    name: 'a tool that is missing',
    section: 'no-tool',
    when: failed({ code: 'no-tool', tool: 'wc' }),
  },
  {
    name: 'no folder to write to',
    section: 'no-tool',
    when: failed({ code: 'no-tool', tool: 'disk' }),
  },
  {
    name: 'no variables',
    section: 'no-variables',
    when: failed({ code: 'no-variables' }),
  },
  {
    name: 'output lost in the pod',
    section: 'output-lost',
    when: failed({ code: 'output-lost' }),
  },
  {
    name: 'malformed step outputs',
    section: 'outputs-malformed',
    when: failed({ code: 'outputs-malformed', line: 4, problem: 'has neither = nor <<' }),
  },
  {
    name: 'step outputs that are too large',
    section: 'outputs-too-large',
    when: failed({ code: 'outputs-too-large' }),
  },
  {
    name: 'step outputs that were lost',
    section: 'outputs-lost',
    when: failed({ code: 'outputs-lost' }),
  },
  ...Object.entries(COLLECT_PROBLEMS).map(([name, problem]) => ({
    name: `collected files: ${name}`,
    section: 'collect',
    when: failed({ code: 'collect', problem }),
  })),
  {
    name: 'what nobody expected',
    section: 'unexpected',
    when: failed({ code: 'unexpected', detail: 'TypeError: x is not a function\n    at y (dist/index.js:1:1)' }),
  },

  // Before anything is sent
  {
    name: 'invalid inputs, all of them',
    section: 'invalid-inputs',
    when: failed({
      code: 'invalid-inputs',
      problems: ['cluster: is required', 'wait: must be true or false, but is "no"'],
    }),
  },
  {
    name: 'more invalid inputs than a headline holds',
    section: 'invalid-inputs',
    when: failed({
      code: 'invalid-inputs',
      problems: ['env: line 1 is …', 'env: line 2 is …', 'cluster: is …', 'wait: is …', 'timeout: is …'],
    }),
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
  },
  {
    name: 'a request that would be too large, without files',
    section: 'too-large',
    when: failed({ code: 'too-large', packed: true, bytes: 5_000_000, limit: 4 * 1024 * 1024, biggest: [] }),
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
  },
  {
    name: 'patterns that match nothing',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['a/*.yaml', 'b'], advice: { hints: ['Did you mean a/x.yml?'] } }),
  },
  {
    name: 'no checkout before',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['k8s'], advice: { emptyFolder: '', hints: [] } }),
  },
  {
    name: 'a folder that is empty',
    section: 'files-no-match',
    when: files({ kind: 'no-match', patterns: ['k8s'], advice: { emptyFolder: 'out', hints: [] } }),
  },
  {
    name: 'an invalid pattern',
    section: 'files-invalid-pattern',
    when: files({ kind: 'invalid-pattern', path: '../x', detail: 'it leads above the working directory' }),
  },
  {
    name: 'a working directory elsewhere',
    section: 'working-directory-outside',
    when: files({ kind: 'working-directory-outside', path: '/etc' }),
  },
  {
    name: 'no working directory',
    section: 'working-directory-missing',
    when: files({ kind: 'working-directory-missing', path: 'deploy' }),
  },
  {
    name: 'a link out of the workspace',
    section: 'files-outside',
    when: files({ kind: 'outside', path: 'a/link', target: '/etc/passwd' }),
  },
  {
    name: 'a broken link',
    section: 'files-broken-link',
    when: files({ kind: 'broken-link', path: 'a/link' }),
  },
  {
    name: 'a link to its own folder',
    section: 'files-link-cycle',
    when: files({ kind: 'link-cycle', path: 'a/link' }),
  },
  {
    name: 'an unreadable file',
    section: 'files-unreadable',
    when: files({ kind: 'unreadable', path: 'a/key' }),
  },
  {
    name: 'a socket',
    section: 'files-not-a-file',
    when: files({ kind: 'not-a-file', path: 'a/socket' }),
  },
  {
    name: "a file in the action's own folder",
    section: 'files-own-folder',
    when: files({ kind: 'own-folder', path: '.aks-run-command/env.sh' }),
  },
  {
    name: 'a working-directory in .git',
    section: 'working-directory-git',
    when: files({ kind: 'working-directory-git', path: 'deploy' }),
  },
  {
    name: 'links that multiply',
    section: 'files-too-many',
    when: files({ kind: 'too-many', path: 'links', limit: 1_000_000 }),
  },
  {
    name: 'a name that unzip changes',
    section: 'files-unsafe-name',
    when: files({ kind: 'unsafe-name', path: 'k8s/\u007fa.yaml' }),
  },
  {
    name: 'a file that was swapped',
    section: 'files-swapped',
    when: files({ kind: 'swapped', path: 'a.yaml' }),
  },

  // The output of a command that failed: the first recording of each section, and what follows from the files sent
  ...RECORDINGS.filter(({ hint }, at) => RECORDINGS.findIndex((other) => other.hint === hint) === at).flatMap(
    ({ name, hint, output, exitCode }) =>
      hint === undefined ? [] : [{ name, section: hint, when: hinted(output, exitCode) }],
  ),
  ...Object.entries({
    'a path that is not there, and no files': [],
    'a path that is not there, with another ending': ['k8s/app.yml'],
    'a path that is not there, by its base name': ['deploy/k8s/app.yaml'],
    'a path that is not there, but was sent': ['k8s/app.yaml'],
  }).map(([name, sent]) => ({
    name,
    section: 'kubectl-path',
    when: hinted('error: the path "k8s/app.yaml" does not exist', 1, sent),
  })),
];

test('every row is provoked here', () => {
  const provoked = PROVOCATIONS.map(({ section }) => section);
  expect([...new Set(provoked)].toSorted()).toEqual([...new Set(CATALOGUE.map(({ section }) => section))].toSorted());
});

test.each(PROVOCATIONS)('$section: $name', ({ section, when }) => {
  expect(when()?.section).toBe(section);
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
      expect(scripts.filter(([, script]) => script !== '').length).toBeGreaterThan(80);
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
});

/**
 * The one list of everything that the catalogue says. `|` begins a line that only a workflow has, `>` one that only a
 * prompt has, `"` a service's own words. Lines that an earlier entry has are replaced by its name.
 */
test('all of it, to read', async () => {
  const shown = new Map<string, string>();
  const entries = PROVOCATIONS.map(({ name, section, when }) => {
    const { title, titleSaysAll, words, ...workflow } = required(when(WORKFLOW));
    const prompt = required(when(PROMPT));
    const lines = [
      ...(titleSaysAll ? [] : [`  = ${title}`]),
      ...besides(...[workflow, prompt].map(({ sentence, move }) => `${sentence}\n${move}`.split('\n'))),
      ...words.split('\n').flatMap((line) => (line === '' || shown.has(`" ${line}`) ? [] : [`" ${line}`])),
    ];
    return [`## ${section}: ${name}`, ...withoutShown(lines, name, shown), ''].join('\n');
  });
  await expectGolden(new URL('golden/catalogue.txt', import.meta.url), entries.join('\n'));
});

/** The lines, and in place of several in a row that earlier entries have, the names of those. */
function withoutShown(lines: readonly string[], name: string, shown: Map<string, string>): string[] {
  const runs: { readonly lines: string[]; readonly earlier: Set<string> }[] = [];
  for (const line of lines) {
    const earlier = shown.get(line);
    if (earlier === undefined) shown.set(line, name);
    let run = runs.at(-1);
    if (run === undefined || run.earlier.size > 0 !== (earlier !== undefined))
      runs.push((run = { lines: [], earlier: new Set() }));
    run.lines.push(line);
    if (earlier !== undefined) run.earlier.add(earlier);
  }
  return runs.flatMap((run) =>
    run.earlier.size === 0 || run.lines.length === 1
      ? run.lines
      : [`  … ${run.lines.length} lines as of ${[...run.earlier].join(', and of ')}`],
  );
}

/** Two texts as one, what both have once. */
function besides(workflow: readonly string[] = [], prompt: readonly string[] = []): string[] {
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

/** What the user fills in if neither the output nor the command names it. */
const LEFT_OPEN = new Set(['NAMESPACE', 'JOB']);

/** How a placeholder shows that its value is not known. */
const UNKNOWN_VALUES = new Set(
  CATALOGUE.flatMap(({ sentence, move }) => (sentence + move).match(/(?<=\{)[a-z]+(?=\})/gi) ?? [])
    .map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
    .filter((name) => !SPELLED.has(name) && !LEFT_OPEN.has(name)),
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

function hinted(output: string, exitCode: number, files?: readonly string[]) {
  return (words: Words = WORKFLOW) =>
    readFindings(output, exitCode, { ...CONTEXT, words, ...(files && { files }) }).hints[0];
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test itself lacks a value');
  return value;
}
