import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Headers } from '../../../src/azure/answer.ts';
import { readSubmission, rejectsToken, type Submission } from '../../../src/azure/submission.ts';
import { ID } from '../ports.ts';

const http = (status: number, body: unknown = '', headers: Headers = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const error = (status: number, code: string, message = '') => http(status, { error: { code, message } });
const location = { location: `https://management.azure.com/x/managedclusters/NAME/commandResults/${ID}?api-version=1` };
const OTHER = 'f'.repeat(32);
const requestId = { 'x-ms-request-id': '476C5642-0763-494c-a19c-24e67f15f66e' };
const error403 = http(403, { code: 'AuthorizationFailed', message: 'no' }, requestId);
const STOPPED = 'ManagedCluster is in a state preventing RunCommand feature: PowerState=Stopped';
const UNSCHEDULABLE = 'Pod is not schedulable: Insufficient resources for the RunCommand pod';
const kubernetes = (details: string, code = 'KubernetesOperationError') =>
  error(400, code, `Failed to run command in managed cluster due to kubernetes failure. details: ${details}`);

describe('what an answer proves about the command', () => {
  test.each<[string, Answer, Submission]>([
    ['202 with a Location', http(202, '', location), { kind: 'accepted', id: ID }],
    ['200 with a body', http(200, { id: ID }), { kind: 'accepted', id: ID }],
    ['202 without an id', http(202), { kind: 'unclear' }],
    // Whatever the status says, something created a command.
    ...[201, 203, 204, 206, 299, 401, 403, 409, 429, 503].map((status): [string, Answer, Submission] => [
      `${status} with an id in both places`,
      http(status, { id: OTHER }, location),
      { kind: 'unclear', id: ID },
    ]),
    ['201 with an id in its body', http(201, { id: ID }), { kind: 'unclear' }],
    ['200 with an id of another kind', http(200, { id: 42 }), { kind: 'unclear' }],
    ['200 with an id in capitals', http(200, { id: ID.toUpperCase() }), { kind: 'unclear' }],
    [
      'the name was not resolved',
      { kind: 'unanswered', sent: 'never', cause: 'ENOTFOUND' },
      { kind: 'try-again', because: 'unreachable' },
    ],
    [
      'a proxy refused to connect',
      { kind: 'unanswered', sent: 'never', cause: 'the proxy p:1 answered 407', refused: true },
      { kind: 'refused' },
    ],
    [
      'the certificate is not trusted',
      { kind: 'unanswered', sent: 'never', cause: 'self-signed certificate', refused: true },
      { kind: 'refused' },
    ],
    ['the connection was torn', { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' }, { kind: 'unclear' }],
    ['401', error(401, 'InvalidAuthenticationToken'), { kind: 'token-rejected' }],
    ['409 of another operation', error(409, 'OperationNotAllowed'), { kind: 'try-again', because: 'conflict' }],
    ['409 of any operation', error(409, 'AnotherOperationInProgress'), { kind: 'try-again', because: 'conflict' }],
    ['409 with a code that proves nothing', error(409, 'Conflict', 'command ID already exists'), { kind: 'unclear' }],
    ['409 with an empty body', http(409), { kind: 'unclear' }],
    ['409 with a page', http(409, '<html><title>OperationNotAllowed</title>'), { kind: 'unclear' }],
    ['409 of a group that is being deleted', error(409, 'ResourceGroupBeingDeleted'), { kind: 'refused' }],
    ['409 of a disabled subscription', error(409, 'ReadOnlyDisabledSubscription'), { kind: 'refused' }],
    ['409 of a missing registration', error(409, 'MissingSubscriptionRegistration'), { kind: 'refused' }],
    ['409 of a lock', error(409, 'ScopeLocked'), { kind: 'refused' }],
    ['429', error(429, 'Throttled'), { kind: 'try-again', because: 'throttled' }],
    ['no cluster token', error(400, 'MissingAADClusterToken'), { kind: 'cluster-token-required' }],
    ['that code with a 500', error(500, 'MissingAADClusterToken'), { kind: 'unclear' }],
    ['403', error(403, 'AuthorizationFailed'), { kind: 'refused' }],
    ['404', error(404, 'ResourceNotFound'), { kind: 'refused' }],
    ['400', error(400, 'BadRequest'), { kind: 'refused' }],
    ['400 that cannot be read', http(400, '<html>'), { kind: 'unclear' }],
    ['400 whose code is a timeout', error(400, 'GatewayTimeout'), { kind: 'unclear' }],
    ['404 whose code is a timeout', error(404, 'OperationTimedOut'), { kind: 'unclear' }],
    ['a stopped cluster', error(400, 'BadRequest', STOPPED), { kind: 'refused' }],
    ['a stopped cluster, without a code', error(400, '', STOPPED), { kind: 'refused' }],
    ['413 of nginx, in HTML', http(413, '<html><title>413</title>'), { kind: 'refused' }],
    ['408 of a gateway', http(408), { kind: 'unclear' }],
    ['500', error(500, 'InternalServerError'), { kind: 'unclear' }],
    ['502 of a proxy', http(502, '<html>'), { kind: 'unclear' }],
    ['503', http(503), { kind: 'unclear' }],
    ['a redirect, whatever it names', http(307, '', { location: `/commandResults/${ID}` }), { kind: 'unclear' }],
    ['202 without a Location, with a request id', http(202, '', requestId), { kind: 'unclear', candidate: ID }],
    ['503 with a request id', http(503, '<html>', requestId), { kind: 'unclear', candidate: ID }],
    ['a page with a request id', http(200, '<html>', requestId), { kind: 'unclear', candidate: ID }],
    ['a request id that is no GUID', http(503, '', { 'x-ms-request-id': 'westus2:x' }), { kind: 'unclear' }],
    ['403 with a request id', error403, { kind: 'refused' }],
    [
      'did not start, with its id',
      kubernetes(`container command-${ID} in aks-command namespace did not start within 30s`),
      { kind: 'did-not-start', id: ID },
    ],
    [
      'did not start, without an id',
      error(400, 'KubernetesPerformanceError', 'container did not start within 30s'),
      { kind: 'did-not-start' },
    ],
    ['no room on any node', error(400, 'KubernetesPerformanceError', UNSCHEDULABLE), { kind: 'did-not-start' }],
    [
      'no room, with a request id',
      http(400, { code: 'KubernetesPerformanceError', message: UNSCHEDULABLE }, requestId),
      { kind: 'did-not-start', candidate: ID },
    ],
    [
      'denied by Azure Policy',
      kubernetes('admission webhook "validation.gatekeeper.sh" denied the request: no'),
      { kind: 'refused' },
    ],
    [
      'denied, in several lines',
      kubernetes('Admission webhook "a"\nand admission webhook "b" DENIED the request:\nno'),
      { kind: 'refused' },
    ],
    ['a webhook that denied nothing', kubernetes('admission webhook "a" timed out'), { kind: 'unclear' }],
    ['a denial before a webhook', kubernetes('x denied the request, admission webhook "a"'), { kind: 'unclear' }],
    ['forbidden', kubernetes('pods is forbidden: User "x" cannot create resource "pods"'), { kind: 'refused' }],
    ['over the quota', kubernetes('exceeded quota: compute'), { kind: 'refused' }],
    ['details that prove nothing', kubernetes('etcdserver: request timed out'), { kind: 'unclear' }],
    ['those with an id', kubernetes(`cannot watch command-${ID}`), { kind: 'unclear', id: ID }],
    [
      'the words with another code',
      error(500, 'Other', 'failed due to Kubernetes failure: x did not start within 30s'),
      { kind: 'did-not-start' },
    ],
  ])('%s', (_name, answer, submission) => {
    expect(readSubmission(answer)).toEqual(submission);
  });

  test('no server error, and no torn connection, ever counts as proof that the command did not run', () => {
    const words = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ code: fc.string(), message: fc.string() }).map((value) => JSON.stringify({ error: value })),
    );
    const answer: fc.Arbitrary<Answer> = fc.oneof(
      fc
        .tuple(fc.oneof(fc.integer({ min: 500, max: 599 }), fc.constantFrom(300, 302, 307, 408)), words)
        .map(([status, body]) => http(status, body)),
      fc.string().map((cause): Answer => ({ kind: 'unanswered', sent: 'perhaps', cause })),
    );
    fc.assert(
      fc.property(answer, (given) => {
        expect(readSubmission(given)).toEqual({ kind: 'unclear' });
      }),
    );
  });
});

test.each([
  ['401', error(401, 'InvalidAuthenticationToken'), true],
  ['an empty 401', http(401), true],
  ['401 beside a command that exists', http(401, '', location), false],
  ['403', error(403, 'AuthorizationFailed'), false],
  ['no answer', { kind: 'unanswered', sent: 'never', cause: 'ENOTFOUND' } as const, false],
])('whether the token was rejected: %s', (_name, answer, rejected) => {
  expect(rejectsToken(answer)).toBe(rejected);
});
