import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../src/azure/answer.ts';
import { readSubmissionOutcome, type SubmissionOutcome } from '../../../src/azure/run-command.ts';
import * as wordings from '../../../src/azure/wordings.ts';
import { http, ID } from '../ports.ts';

const { BROKEN_CALL, BUSY, DENIED_BY_WEBHOOK, NEVER_CREATED } = wordings;

const error = (status: number, code: string, message = '') =>
  http(status, { error: { code, message } });
const location = {
  location:
    'https://management.azure.com/x/managedclusters/NAME' + `/commandResults/${ID}?api-version=1`,
};
const OTHER = 'f'.repeat(32);
const requestId = { 'x-ms-request-id': '476C5642-0763-494c-a19c-24e67f15f66e' };
const PERFORMANCE = 'KubernetesPerformanceError';
const UNSCHEDULABLE = 'Pod is not schedulable: Insufficient resources for the RunCommand pod';
const NO_ANSWER = { kind: 'unanswered', sent: 'never', cause: 'words' } as const;
const UNCLEAR = { kind: 'unclear' } as const;
/** The command may run, and the answer names it. */
const NAMED = { kind: 'unclear', id: ID } as const;
/** The command may run, and its ID may be the answer's request ID. */
const GUESSED = { kind: 'unclear', candidate: ID } as const;
const REFUSED = { kind: 'refused' } as const;
const GAVE_UP = { kind: 'gave-up' } as const;
const notProcessed = (
  because: (SubmissionOutcome & { readonly kind: 'not-processed' })['because'],
) => ({ kind: 'not-processed', because }) as const;
const FAILED = 'Failed to run command in managed cluster due to kubernetes failure. details: ';
const OPERATION = 'KubernetesOperationError';
const kubernetes = (details: string, status = 400) =>
  error(status, OPERATION, `${FAILED}${details}`);
const inner = (code: string, message: string) =>
  http(400, { error: { code: 'BadRequest', message: 'No', details: [{ code, message }] } });
const GATEKEEPER = 'admission webhook "validation.gatekeeper.sh" denied the request';
const DID_NOT_START = `container command-${ID} in aks-command namespace did not start within 30s`;

test.each<[string, Answer, SubmissionOutcome]>([
  ['200 with a body', http(200, { id: ID }), { kind: 'accepted', id: ID }],
  ['a choice of places', http(300, '', location), UNCLEAR],
  // Whatever the status says, something created a command.
  ['299 with an id in both places', http(299, { id: OTHER }, location), NAMED],
  ['201 with an id in its body', http(201, { id: ID }), UNCLEAR],
  ['200 with an id in capitals', http(200, { id: ID.toUpperCase() }), UNCLEAR],
  ['the name was not resolved', NO_ANSWER, notProcessed('unreachable')],
  ['a proxy or a certificate forbids it', { ...NO_ANSWER, sent: 'blocked' }, REFUSED],
  [
    '401 that asks for a token',
    http(401, '', { 'www-authenticate': 'Bearer' }),
    notProcessed('access-token'),
  ],
  ['409 of another operation', error(409, 'AnotherOperationInProgress'), notProcessed('busy')],
  [
    '409 with a code that proves nothing',
    error(409, 'Conflict', 'Another operation is in progress'),
    UNCLEAR,
  ],
  ...[
    'ScopeLocked',
    'ReadOnlyDisabledSubscription',
    'MissingSubscriptionRegistration',
    'ResourceGroupBeingDeleted',
  ].map((code): [string, Answer, SubmissionOutcome] => [`409 ${code}`, error(409, code), REFUSED]),
  ['429 that says when', http(429, '', { 'retry-after': '1' }), notProcessed('throttled')],
  ['that code with a 500', error(500, 'MissingAADClusterToken'), UNCLEAR],
  ...[
    'GatewayTimeout',
    'Operation_Timed-Out',
    'RequestCanceled',
    'RequestCancelled',
    'Client_Closed-Request',
    'ClientClosedRequest',
  ].map((code): [string, Answer, SubmissionOutcome] => [`400 ${code}`, error(400, code), UNCLEAR]),
  ['413 of nginx, in HTML', http(413, '<html><title>413</title>'), REFUSED],
  ['202 without a Location, with a request id', http(202, '', requestId), GUESSED],
  ['a request id that is no GUID', http(503, '', { 'x-ms-request-id': 'westus2:x' }), UNCLEAR],
  [
    'did not start, with more digits than an id has',
    kubernetes(DID_NOT_START.replace(ID, `${ID}0`)),
    GAVE_UP,
  ],
  [
    'no room, with a request id',
    http(400, { code: PERFORMANCE, message: UNSCHEDULABLE }, requestId),
    { ...GAVE_UP, candidate: ID },
  ],
  [
    'blocked by a policy of AKS, with 500',
    http(500, { code: 'RunCommandBlockedByAzurePolicy', message: 'blocked' }),
    REFUSED,
  ],
  ['details that prove nothing', kubernetes('etcdserver: request timed out'), UNCLEAR],
  ['a code in another letter case', error(400, 'kubernetesOperationError', 'no'), UNCLEAR],
  [
    'an id behind more words than are shown',
    error(400, 'BadRequest', `${'word '.repeat(400)}command-${ID}`),
    NAMED,
  ],
  ['an inner error of the cluster', inner(OPERATION, 'no'), UNCLEAR],
  [
    '401 of the cluster, after the pod was created',
    error(401, OPERATION, `cannot watch command-${ID}: Unauthorized`),
    NAMED,
  ],
  ['a 400 that timed out', error(400, 'BadRequest', 'The operation timed out.'), UNCLEAR],
  [
    'a 404 of a group that is called timeout',
    error(404, 'ResourceGroupNotFound', "Resource group 'timeout' could not be found."),
    REFUSED,
  ],
  [
    'the words with another code',
    error(500, 'X', 'Kubernetes failure: did not start within 30s'),
    GAVE_UP,
  ],
])('what an answer proves about the command: %s', (_name, answer, submission) => {
  expect(readSubmissionOutcome(answer)).toEqual(submission);
});

// Messages of AKS, as users quote them. Which of them are retried is part of each row.
test.each([
  ...BUSY.seen.map((message) => [message, notProcessed('busy')] as const),
  ['managed cluster is in Failed provisioning state', REFUSED],
  // Azure/AKS#821
  ['Operation is not allowed while cluster is being upgrading or failed in upgrade', REFUSED],
  ['There is no progress to wait for.', REFUSED],
])('409 OperationNotAllowed, by what it says: %s', (message, submission) => {
  expect(readSubmissionOutcome(error(409, 'OperationNotAllowed', message))).toEqual(submission);
});

test.each(Object.entries(wordings))('%s is what it was seen in', (_name, wording) => {
  for (const { pattern, seen } of [wording].flat()) {
    for (const words of seen) expect(words).toMatch(pattern);
  }
});

test.each([...NEVER_CREATED, DENIED_BY_WEBHOOK].flatMap(({ seen }) => seen))(
  'nothing was created: %s',
  (details) => {
    expect(readSubmissionOutcome(kubernetes(details))).toEqual(REFUSED);
    expect(readSubmissionOutcome(kubernetes(details, 500))).toEqual(REFUSED);
    // Behind other words, the same ones may be about a pod that exists.
    const inPod = 'Failed to execute on pod';
    expect(readSubmissionOutcome(kubernetes(`${inPod}: ${details}`))).toEqual(UNCLEAR);
    expect(readSubmissionOutcome(error(400, OPERATION, `${inPod}. details: ${details}`))).toEqual(
      UNCLEAR,
    );
  },
);

test.each([
  ['watching the pod', 'pods is forbidden: User "x" cannot watch resource "pods"'],
  [
    'running something in the pod',
    'pods "command-1" is forbidden: User "x" cannot create resource "pods/exec"',
  ],
  ['another kind', 'leases is forbidden: User "x" cannot create resource "leases"'],
  [
    'something, by a policy that does not say what',
    "pods \"command-1\" is forbidden: ValidatingAdmissionPolicy 'aks' with binding 'aks' " +
      'denied request: no',
  ],
  ['an exec, by Azure Policy', `${GATEKEEPER}: [azurepolicy-1] exec into pods is not allowed`],
  ['an exec, by its object', `${GATEKEEPER}: PodExecOptions of aks-command`],
  ['an attach, by its object', `${GATEKEEPER}: PodAttachOptions of aks-command`],
  ['a patch', `${GATEKEEPER}: [immutable] patching labels is not allowed`],
  ['a connection', `${GATEKEEPER}: [azurepolicy-1] CONNECT is not allowed`],
  ['a deletion', `${GATEKEEPER}: [deny-delete] pods of aks-command must not be deleted`],
  ['an update', `${GATEKEEPER}: [immutable] updating labels is not allowed`],
  [
    'something, by two webhooks',
    `admission webhook "a" failed, and ${GATEKEEPER.toUpperCase()}: no`,
  ],
  ['nothing, by a webhook', 'admission webhook "validation.gatekeeper.sh" timed out'],
  [
    'an exec, after the pod was created',
    'failed to execute on pod after retry: SPDYExecutor.SentAADToken retry failed: ' +
      `${GATEKEEPER}: no`,
  ],
  ['words of a command', 'log: pods is forbidden: User "x" cannot create resource "pods"'],
])('what was refused may be %s, so the command may run', (_name, details) => {
  expect(readSubmissionOutcome(kubernetes(details))).toEqual(UNCLEAR);
  expect(readSubmissionOutcome(kubernetes(details, 500))).toEqual(UNCLEAR);
});

test.each([
  ['no room', `command-${ID}: ${UNSCHEDULABLE}`, 'gave-up'],
  ['anything else', `cannot watch command-${ID}`, 'unclear'],
])('a message about a pod that names a command: %s', (_name, words, kind) => {
  // Nobody promises that the request ID is the command's.
  const other = { 'x-ms-request-id': OTHER };
  const answer = http(400, { code: PERFORMANCE, message: words }, other);
  expect(readSubmissionOutcome(answer)).toEqual({ kind, id: ID });

  const two = `${words}, unlike command-${OTHER}`;
  const contradicts = http(400, { code: PERFORMANCE, message: two }, other);
  expect(readSubmissionOutcome(contradicts)).toEqual({ kind: 'unclear', candidate: OTHER });

  const located = { ...location, ...requestId };
  const moved = http(400, { code: PERFORMANCE, message: words.replace(ID, OTHER) }, located);
  expect(readSubmissionOutcome(moved)).toEqual(NAMED);
});

test.each([400, 401, 403, 404, 405, 413, 415, 422])(
  'nothing was processed, by the status: %d',
  (status) => {
    const refused = status === 401 ? notProcessed('access-token') : REFUSED;
    expect(readSubmissionOutcome(error(status, 'Any', 'No.'))).toEqual(refused);
  },
);

test('no other status below 500 proves anything, but that of a conflict and of throttling', () => {
  const listed = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429];
  const status = fc.integer({ min: 400, max: 499 }).filter((one) => !listed.includes(one));
  const code = fc.constantFrom(
    '499',
    'ClientClosedRequest',
    'AuthorizationFailed',
    'MissingAADClusterToken',
    'RunCommandBlockedByAzurePolicy',
    OPERATION,
  );
  const words = fc.constantFrom('No.', `${FAILED}${GATEKEEPER}: no`);
  fc.assert(
    fc.property(status, code, words, (one, named, message) => {
      expect(readSubmissionOutcome(error(one, named, message))).toEqual(UNCLEAR);
    }),
  );
});

test.each(BROKEN_CALL.flatMap(({ seen }) => seen))(
  'a refusal that quotes a broken call is none: %s',
  (words) => {
    const denied = `${FAILED}${GATEKEEPER}: ${words}`;
    const answers = [
      ...[400, 401, 403, 404, 409, 413, 422, 429].map((status) => error(status, 'Any', words)),
      error(400, 'MissingAADClusterToken', words),
      error(409, 'ScopeLocked', words),
      error(400, 'RunCommandBlockedByAzurePolicy', words),
      error(400, OPERATION, denied),
      inner('Any', words),
    ];
    for (const answer of answers) expect(readSubmissionOutcome(answer)).toEqual(UNCLEAR);
  },
);

test('a gateway in its own words never proves that it kept the request to itself', () => {
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

test('no server error or torn connection ever proves that the command did not run', () => {
  const words = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ code: fc.string(), message: fc.string() })
      .map((value) => JSON.stringify({ error: value })),
  );
  const status = fc.oneof(fc.integer({ min: 500, max: 599 }), fc.constantFrom(300, 302, 307, 408));
  fc.assert(
    fc.property(status, words, (code, body) => {
      expect(readSubmissionOutcome(http(code, body))).toEqual(UNCLEAR);
      expect(readSubmissionOutcome({ kind: 'unanswered', sent: 'perhaps', cause: body })).toEqual(
        UNCLEAR,
      );
    }),
  );
});

test('an answer that names a command anywhere is unclear, whatever its status and codes', () => {
  const names = [ID, ID.toUpperCase()].map((id) => `container command-${id} failed`);
  const placed = fc
    .tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.constantFrom(...names))
    .chain(([code, inner, message]) =>
      fc.constantFrom(
        { code, message },
        { error: { code, message } },
        { error: { code, message: 'No', details: [{ code: inner, message }] } },
        { error: { code, message: 'No', innererror: { code: inner, message } } },
      ),
    );
  fc.assert(
    fc.property(fc.integer({ min: 400, max: 599 }), placed, (status, body) => {
      expect(readSubmissionOutcome(http(status, body))).toEqual(NAMED);
    }),
  );
});
