import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Headers } from '../../../src/azure/answer.ts';
import { readSubmission, type Submission } from '../../../src/azure/submission.ts';
import { ID } from '../ports.ts';

const http = (status: number, body: unknown = '', headers: Headers = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const error = (status: number, code: string, message = '') => http(status, { error: { code, message } });
const location = { location: `https://management.azure.com/x/managedclusters/NAME/commandResults/${ID}?api-version=1` };
const kubernetes = (details: string, code = 'KubernetesOperationError') =>
  error(400, code, `Failed to run command in managed cluster due to kubernetes failure. details: ${details}`);

describe('what an answer proves about the command', () => {
  test.each<[string, Answer, Submission]>([
    ['202 with a Location', http(202, '', location), { kind: 'accepted', id: ID }],
    ['200 with a body', http(200, { id: ID }), { kind: 'accepted', id: ID }],
    ['202 without an id', http(202), { kind: 'unclear' }],
    // No other success is one of ARM's, whatever it carries.
    ...[201, 203, 204, 206, 299].map((status): [string, Answer, Submission] => [
      `${status} with an id in both places`,
      http(status, { id: ID }, location),
      { kind: 'unclear' },
    ]),
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
    ['409', error(409, 'Conflict'), { kind: 'try-again', because: 'conflict' }],
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
    ['413 of nginx, in HTML', http(413, '<html><title>413</title>'), { kind: 'refused' }],
    ['408 of a gateway', http(408), { kind: 'unclear' }],
    ['500', error(500, 'InternalServerError'), { kind: 'unclear' }],
    ['502 of a proxy', http(502, '<html>'), { kind: 'unclear' }],
    ['503', http(503), { kind: 'unclear' }],
    ['a redirect', http(307, '', location), { kind: 'unclear' }],
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
