import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import type { Failure } from '../../../src/failure.ts';
import { boundaryOf, hashOf } from '../../../src/pod/boundary.ts';
import { framed, refusal, whole } from '../../support/fake-pod.ts';
import { http, ID } from '../ports.ts';
import {
  BOUNDARY,
  clusterOf,
  NOT_FOUND,
  runTask,
  TASK,
  PENDING,
  STARTED,
} from './cluster-of-values.ts';

/**
 * A command whose submission got an answer that leaves everything open: what is looked for, and
 * what counts as proof.
 */

const kubernetes = (message: string, code = 'KubernetesOperationError') => ({
  error: { code, message },
});
const GUESS = { 'x-ms-request-id': '476C5642-0763-494c-a19c-24e67f15f66e' };
const LOCATED = { location: `/commandResults/${ID}` };
/** In whole seconds since the epoch. */
const START_BY = Date.parse('2026-11-25T12:01:30Z') / 1000;
const NOON = { date: 'Wed, 25 Nov 2026 12:00:00 GMT' };
const NO_ROOM = kubernetes(
  'Pod is not schedulable: Insufficient resources',
  'KubernetesPerformanceError',
);

/** Each answer, whether it names the id, and what the step says if nothing is found. */
const OPEN = {
  'a Kubernetes error that names the pod': [
    http(400, kubernetes(`cannot watch command-${ID}`), NOON),
    true,
  ],
  '401 with a Location': [http(401, {}, { ...LOCATED, ...NOON }), true],
  '202 without a Location': [http(202, {}, GUESS), false],
  '503 with a request ID': [http(503, {}, GUESS), false],
  'no room on any node': [http(400, NO_ROOM, GUESS), false],
} satisfies Record<string, [Answer, boolean]>;

const ended = (logs: string, more: object = { provisioningState: 'Succeeded', exitCode: 0 }) =>
  http(200, { properties: { logs, ...more } });

describe.each(Object.entries(OPEN))('%s', (_answer, [answer, named]) => {
  const submit = (result: (passed: number) => Answer, task = TASK) => {
    const cluster = clusterOf({ submissions: [answer], result });
    return { ...cluster, ending: runTask(task, cluster.ports) };
  };
  const code = answer.status === 400 && !named ? 'start-unclear' : 'submission-unclear';
  const open = (failure: Failure) => ({ kind: 'unknown', failure, id: named ? ID : undefined });
  // AKS gave up on a pod, which may still start.
  const still = code === 'start-unclear' ? { mayStartUntil: START_BY } : { hash: hashOf(BOUNDARY) };

  test.each([
    ['the whole frame', ended(whole(BOUNDARY))],
    [
      'the whole frame, in a failure of AKS',
      ended(whole(BOUNDARY), { provisioningState: 'Failed' }),
    ],
  ])('%s in the log is proof', async (_name, found) => {
    const { ending, submitted } = submit((passed) => (passed < 10_000 ? STARTED : found));

    expect(await ending).toMatchObject({
      kind: 'ended',
      id: ID,
      podReport: { kind: 'ran', exitCode: 0 },
    });
    expect(submitted()).toBe(1);
  });

  test.each<[string, Answer]>([
    ["another submission's frame", ended(whole(boundaryOf('f'.repeat(32))))],
    ['the output of anything', ended('hello\n')],
    ['a frame without its end', ended(framed(BOUNDARY, '', 'exit 0', 'outputs 0', 'summary 0'))],
    ['a frame without an exit code', ended(framed(BOUNDARY, '', 'outputs 0', 'summary 0', 'end'))],
    [
      'a refusal',
      ended(refusal(BOUNDARY, 'refused'), { provisioningState: 'Succeeded', exitCode: 75 }),
    ],
    ['no such command', NOT_FOUND],
    ["ARM's 403", http(403, { error: { code: 'AuthorizationFailed' } })],
    ['500', http(500, {})],
    ['a command that never starts', PENDING],
    ['a command that never ends', STARTED],
  ])('%s proves nothing, and nothing is submitted again', async (_name, found) => {
    const { ending, ids, submitted } = submit(() => found);

    expect(await ending).toMatchObject(open({ code, answer }));
    expect(ids).toEqual(named ? [ID] : []);
    expect(submitted()).toBe(1);
  });

  test('a cancel ends the search', async () => {
    const { ending, cancel } = submit((passed) => {
      if (passed > 5_000) cancel();
      return PENDING;
    });
    expect(await ending).toMatchObject(open({ code: 'cancelled' }));
  });

  test('a step that does not wait does not look', async () => {
    const { ending, looks } = submit(() => PENDING, { ...TASK, wait: false });
    expect(await ending).toEqual(open({ code, answer, ...still }));
    expect(looks).toEqual([]);
  });

  test('a guess is sought for 15 s, a named command until it can no longer start', async () => {
    const { ending, looks } = submit(() => NOT_FOUND);
    await ending;
    expect(looks.at(-1)).toBeGreaterThanOrEqual(named ? 150_000 : 15_000);
    expect(looks.at(-1)).toBeLessThanOrEqual(named ? 155_000 : 15_000);
  });
});
