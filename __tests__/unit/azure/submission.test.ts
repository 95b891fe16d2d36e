import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../src/azure/answer.ts';
import { readSubmissionOutcome, type SubmissionOutcome } from '../../../src/azure/submission.ts';
import { http, ID } from '../ports.ts';

const error = (status: number, code: string, message = '') =>
  http(status, { error: { code, message } });
const location = {
  location: `https://management.azure.com/x/managedclusters/NAME/commandResults/${ID}?api-version=1`,
};
const OTHER = 'f'.repeat(32);
const requestId = { 'x-ms-request-id': '476C5642-0763-494c-a19c-24e67f15f66e' };
const STOPPED = 'ManagedCluster is in a state preventing RunCommand feature: PowerState=Stopped';
const PERFORMANCE = 'KubernetesPerformanceError';
const UNSCHEDULABLE = 'Pod is not schedulable: Insufficient resources for the RunCommand pod';
const NO_ANSWER = { kind: 'unanswered', sent: 'never', cause: 'words' } as const;
const UNCLEAR = { kind: 'unclear' } as const;
const REFUSED = { kind: 'refused' } as const;
const NOT_STARTED = { kind: 'did-not-start' } as const;
const kubernetes = (details: string, code = 'KubernetesOperationError') =>
  error(
    400,
    code,
    `Failed to run command in managed cluster due to kubernetes failure. details: ${details}`,
  );

describe('what an answer proves about the command', () => {
  test.each<[string, Answer, SubmissionOutcome]>([
    ['202 with a Location', http(202, '', location), { kind: 'accepted', id: ID }],
    ['200 with a body', http(200, { id: ID }), { kind: 'accepted', id: ID }],
    ['200 with a number for an id', http(200, { id: 5 }), UNCLEAR],
    ['a choice of places', http(300, '', location), UNCLEAR],
    ['a refusal with a Location', http(400, '', location), { kind: 'unclear', id: ID }],
    // Whatever the status says, something created a command.
    ...[201, 203, 204, 206, 299, 401, 403, 409, 429, 503].map(
      (status): [string, Answer, SubmissionOutcome] => [
        `${status} with an id in both places`,
        http(status, { id: OTHER }, location),
        { kind: 'unclear', id: ID },
      ],
    ),
    ['201 with an id in its body', http(201, { id: ID }), UNCLEAR],
    ['200 with an id of another kind', http(200, { id: 42 }), UNCLEAR],
    ['200 with an id in capitals', http(200, { id: ID.toUpperCase() }), UNCLEAR],
    ['the name was not resolved', NO_ANSWER, { kind: 'try-again', because: 'unreachable' }],
    ['a proxy or a certificate forbids it', { ...NO_ANSWER, refused: true }, REFUSED],
    ['the connection was torn', { ...NO_ANSWER, sent: 'perhaps' }, UNCLEAR],
    ['401', error(401, 'InvalidAuthenticationToken'), { kind: 'token-rejected' }],
    [
      '401 that asks for a token',
      http(401, '', { 'www-authenticate': 'Bearer' }),
      { kind: 'token-rejected' },
    ],
    [
      '409 of another operation',
      error(409, 'OperationNotAllowed'),
      { kind: 'try-again', because: 'conflict' },
    ],
    [
      '409 of another one',
      error(409, 'AnotherOperationInProgress'),
      { kind: 'try-again', because: 'conflict' },
    ],
    [
      '409 with a code that proves nothing',
      error(409, 'Conflict', 'command ID already exists'),
      UNCLEAR,
    ],
    ['409 of a group that is being deleted', error(409, 'ResourceGroupBeingDeleted'), REFUSED],
    ['409 of a disabled subscription', error(409, 'ReadOnlyDisabledSubscription'), REFUSED],
    ['409 of a missing registration', error(409, 'MissingSubscriptionRegistration'), REFUSED],
    ['409 of a lock', error(409, 'ScopeLocked'), REFUSED],
    ['429', error(429, 'Throttled'), { kind: 'try-again', because: 'throttled' }],
    [
      '429 that says when',
      http(429, '', { 'retry-after': '1' }),
      { kind: 'try-again', because: 'throttled' },
    ],
    ['no cluster token', error(400, 'MissingAADClusterToken'), { kind: 'cluster-token-required' }],
    ['that code with a 500', error(500, 'MissingAADClusterToken'), UNCLEAR],
    ['403', http(403, { code: 'AuthorizationFailed', message: 'no' }, requestId), REFUSED],
    ['404', error(404, 'ResourceNotFound'), REFUSED],
    ['400', error(400, 'BadRequest'), REFUSED],
    ['400 whose code is a timeout', error(400, 'GatewayTimeout'), UNCLEAR],
    ['a stopped cluster', error(400, 'BadRequest', STOPPED), REFUSED],
    ['the same words without a code', http(400, STOPPED), UNCLEAR],
    ['413 of nginx, in HTML', http(413, '<html><title>413</title>'), REFUSED],
    ['408 of a gateway', http(408), UNCLEAR],
    [
      'a redirect, whatever it names',
      http(307, '', { location: `/commandResults/${ID}` }),
      UNCLEAR,
    ],
    [
      '202 without a Location, with a request id',
      http(202, '', requestId),
      { kind: 'unclear', candidate: ID },
    ],
    ['503 with a request id', http(503, '<html>', requestId), { kind: 'unclear', candidate: ID }],
    ['a request id that is no GUID', http(503, '', { 'x-ms-request-id': 'westus2:x' }), UNCLEAR],
    [
      'did not start',
      kubernetes(`container command-${ID} did not start within 30s`),
      { ...NOT_STARTED, id: ID },
    ],
    [
      'did not start, without an id',
      error(400, PERFORMANCE, 'container did not start within 30s'),
      NOT_STARTED,
    ],
    ['no room on any node', error(400, PERFORMANCE, UNSCHEDULABLE), NOT_STARTED],
    [
      'no room, with a request id',
      http(400, { code: PERFORMANCE, message: UNSCHEDULABLE }, requestId),
      { ...NOT_STARTED, candidate: ID },
    ],
    [
      'denied by Azure Policy',
      kubernetes('admission webhook "x.gatekeeper.sh" denied the request: no'),
      REFUSED,
    ],
    [
      'denied, in lines',
      kubernetes('Admission webhook "a"\nand admission webhook "b" DENIED the request:\nno'),
      REFUSED,
    ],
    ['a webhook that denied nothing', kubernetes('admission webhook "a" timed out'), UNCLEAR],
    [
      'a denial before a webhook',
      kubernetes('x denied the request, admission webhook "a"'),
      UNCLEAR,
    ],
    ...[400, 401, 403, 409, 429, 500, 503].map((status): [string, Answer, SubmissionOutcome] => [
      `blocked by a policy of AKS, with ${status}`,
      http(status, { code: 'RunCommandBlockedByAzurePolicy', message: 'blocked' }),
      REFUSED,
    ]),
    ['forbidden', kubernetes('pods is forbidden: User "x" cannot create resource "pods"'), REFUSED],
    ['over the quota', kubernetes('exceeded quota: compute'), REFUSED],
    ['details that prove nothing', kubernetes('etcdserver: request timed out'), UNCLEAR],
    ['those with an id', kubernetes(`cannot watch command-${ID}`), { kind: 'unclear', id: ID }],
    [
      'the words with another code',
      error(500, 'X', 'Kubernetes failure: did not start within 30s'),
      NOT_STARTED,
    ],
  ])('%s', (_name, answer, submission) => {
    expect(readSubmissionOutcome(answer)).toEqual(submission);
  });

  test('a gateway that answers in its own words never proves that it kept the request to itself', () => {
    const words = fc.constantFrom(
      '',
      'No',
      '<title>OperationNotAllowed</title>',
      '{"error":"x"}',
      '{"statusCode":401}',
    );
    const status = fc.integer({ min: 400, max: 499 }).filter((one) => one !== 413);
    // They count only with the status to which they belong.
    const headers = fc.constantFrom<Record<string, string>>(
      {},
      { 'retry-after': '9', 'www-authenticate': 'Bearer' },
    );
    fc.assert(
      fc.property(status, words, headers, (code, body, more) => {
        fc.pre(Object.keys(more).length === 0 || (code !== 401 && code !== 429));
        expect(readSubmissionOutcome(http(code, body, more))).toEqual(UNCLEAR);
      }),
    );
  });

  test('no server error, and no torn connection, ever counts as proof that the command did not run', () => {
    const words = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ code: fc.string(), message: fc.string() })
        .map((value) => JSON.stringify({ error: value })),
    );
    const status = fc.oneof(
      fc.integer({ min: 500, max: 599 }),
      fc.constantFrom(300, 302, 307, 408),
    );
    fc.assert(
      fc.property(status, words, (code, body) => {
        expect(readSubmissionOutcome(http(code, body))).toEqual(UNCLEAR);
        expect(readSubmissionOutcome({ kind: 'unanswered', sent: 'perhaps', cause: body })).toEqual(
          UNCLEAR,
        );
      }),
    );
  });
});
