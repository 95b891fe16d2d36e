import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../src/azure/answer.ts';
import { parseCommandId, type CommandId } from '../../src/azure/command-result.ts';
import type { Ending } from '../../src/lifecycle/ending.ts';
import { boundaryOf, hashOf } from '../../src/pod/boundary.ts';
import { judge } from '../../src/verdict.ts';
import { clusterOf, runTask, TASK } from '../unit/lifecycle/cluster-of-values.ts';
import { refusal, whole } from '../support/fake-pod.ts';
import { http } from '../unit/ports.ts';

/**
 * A cluster that answers with anything, in any order: gateway pages, 404, 403, 5xx, ids of other
 * people's commands, logs that were made up from what everybody can read. Three things it never
 * does, because no client could tell them from the truth: it does not refuse a command that it
 * created, it does not give up on one under another's name, and it does not deny twice in a row
 * that a running one exists.
 */

const NOON = Date.parse('2026-11-25T12:00:00Z');
const STRANGER = 'feedfeedfeedfeedfeedfeedfeedfeed';

/**
 * What becomes of a submission: its pod starts this many milliseconds later, or never, and runs for
 * this many seconds.
 */
type Fate = {
  readonly startsAfter: number | undefined;
  /** Milliseconds that its node's clock is ahead of Azure's. */
  readonly nodeAhead: number;
  readonly seconds: number;
  readonly exitCode: number;
};
type Command = Fate & {
  readonly id: CommandId;
  readonly boundary: string;
  readonly postedAt: number;
  readonly startBy: number;
  readonly gaveUp: boolean;
};

const fate: fc.Arbitrary<Fate> = fc.record({
  startsAfter: fc.option(fc.integer({ min: 0, max: 190_000 }), { nil: undefined }),
  nodeAhead: fc.oneof(fc.constant(0), fc.integer({ min: -60_000, max: 120_000 })),
  seconds: fc.constantFrom(0, 3, 20, 500),
  exitCode: fc.constantFrom(0, 3),
});

const page = (status: number) => http(status, `<html><title>${status}</title></html>`);
const bare = (status: number) => http(status, {});
const torn: Answer = { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' };
const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const error = (status: number, code: string, message = '') =>
  http(status, { error: { code, message } });

/**
 * Answers to a submission that created a command: everything except a refusal. The id in them is
 * the command's, or a stranger's.
 */
const ANSWERS: Readonly<Record<string, (id: string) => Answer>> = {
  accepted: (id) => http(202, {}, { location: `/commandResults/${id}` }),
  'did not start': (id) =>
    error(400, 'KubernetesPerformanceError', `command-${id} did not start within 30s`),
  'no room': (id) =>
    error(400, 'KubernetesPerformanceError', `command-${id}: Pod is not schedulable: full`),
  'did not start, no id': () =>
    error(400, 'KubernetesPerformanceError', 'it did not start within 30s'),
  'names the pod': (id) => error(400, 'KubernetesOperationError', `cannot watch command-${id}`),
  'may not read the log': () =>
    error(
      400,
      'KubernetesOperationError',
      'pods "command-1" is forbidden: User "x" cannot get resource "pods/log"',
    ),
  'may not exec': () =>
    error(
      500,
      'KubernetesOperationError',
      'failed to execute on pod: admission webhook "x" denied the request: no',
    ),
  'no Location': (id) => http(202, {}, { 'x-ms-request-id': dashed(id) }),
  '503': (id) => http(503, {}, { 'x-ms-request-id': dashed(id) }),
  page: (id) => ({ ...page(200), headers: { 'x-ms-request-id': dashed(id) } }),
  '401 with Location': (id) => http(401, {}, { location: `/commandResults/${id}` }),
  '429 with Location': (id) => http(429, {}, { location: `/commandResults/${id}` }),
  "a gateway's 401": () => http(401, {}),
  "a gateway's 403": () => page(403),
  "a gateway's 429": () => page(429),
  '409 that says nothing': () => error(409, 'Conflict', 'command ID already exists'),
  torn: () => torn,
};
const NOTHING_CREATED: readonly Answer[] = [
  http(429, {}, { 'retry-after': '1' }),
  error(409, 'OperationNotAllowed', 'Another operation is in progress.'),
  { kind: 'unanswered', sent: 'never', cause: 'ECONNREFUSED' },
];
const submission = fc.record({
  before: fc.array(fc.constantFrom(...NOTHING_CREATED), { maxLength: 2 }),
  answer: fc.oneof(fc.constant('did not start'), fc.constantFrom(...Object.keys(ANSWERS))),
  stranger: fc.boolean(),
  fate,
});

/** What takes the place of the answer to a look. `undefined`: the truth. */
const noise: fc.Arbitrary<Answer | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Answer>(
      page(403),
      page(404),
      page(502),
      bare(403),
      bare(500),
      bare(503),
      torn,
      bare(204),
      bare(401),
      bare(404),
      error(404, 'NotFound'),
      error(404, 'ResourceNotFound'),
      error(403, 'AuthorizationFailed'),
      http(404, '404 page not found'),
      http(200, { properties: { provisioningState: 'Running' } }),
      http(200, { properties: {} }),
    ),
  },
);

const starts = ({ postedAt, startsAfter }: Command) =>
  startsAfter === undefined ? Infinity : postedAt + startsAfter;
/** As the script decides: the pod compares whole seconds of its node's clock. */
const runs = (command: Command) =>
  starts(command) !== Infinity &&
  Math.floor((NOON + starts(command) + command.nodeAhead) / 1000) < command.startBy;

/** What AKS truly says of a command. */
function truthOf(command: Command, at: number): Answer {
  const start = starts(command);
  if (at < start)
    return command.gaveUp
      ? error(404, 'NotFound')
      : http(202, { properties: { provisioningState: 'Running' } });
  const ended = (exitCode: number, logs: string) =>
    http(200, { properties: { provisioningState: 'Succeeded', exitCode, logs } });
  if (!runs(command)) return ended(75, refusal(command.boundary, 'refused'));
  if (at < start + command.seconds * 1000) {
    return http(202, {
      properties: { provisioningState: 'Running', startedAt: '2026-11-25T12:00:00Z' },
    });
  }
  const { exitCode } = command;
  return ended(exitCode, whole(command.boundary, { exitCode }));
}

/** A stranger's command, whose author reads every hash and makes up the rest. */
function forgery(hashOfOurs: string): Answer {
  const made = boundaryOf('bad0'.repeat(8));
  const logs = whole(made).replace(hashOf(made), hashOfOurs);
  return http(200, { properties: { provisioningState: 'Succeeded', exitCode: 0, logs } });
}

test('whatever is answered, nothing runs twice, and no verdict is false', async () => {
  const kinds = new Map<string, number>();
  const scenario = fc.record({
    submissions: fc.array(submission, { minLength: 4, maxLength: 4 }),
    looks: fc.oneof(fc.constant([undefined]), fc.array(noise, { minLength: 1, maxLength: 12 })),
    startRetries: fc.nat({ max: 3 }),
    dated: fc.constantFrom(true, true, false),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ submissions, looks, startRetries, dated }) => {
      const commands: Command[] = [];
      const { ports, clock } = clusterOf({ result: () => torn });
      const stamp = (answer: Answer): Answer =>
        answer.kind === 'answered' && dated
          ? { ...answer, headers: { ...answer.headers, date: new Date(clock.now()).toUTCString() } }
          : answer;
      let written = { boundary: '', startBy: 0 };
      const queue = submissions.flatMap(({ before, ...last }) => [...before, last]);
      let look = 0;
      let denied = false;
      const azure: typeof ports.azure = {
        ...ports.azure,
        runCommand() {
          const next = queue.shift();
          if (next === undefined || 'kind' in next) return Promise.resolve(stamp(next ?? torn));
          const id = parseCommandId(String(commands.length + 1).padStart(32, 'c0ffee0'));
          if (id === undefined) throw new Error('No id');
          const gaveUp = next.answer.includes('start') || next.answer === 'no room';
          commands.push({ ...next.fate, ...written, id, gaveUp, postedAt: clock.passed() });
          const isNamed = !next.stranger || next.answer === 'accepted' || gaveUp;
          return Promise.resolve(stamp(ANSWERS[next.answer]?.(isNamed ? id : STRANGER) ?? torn));
        },
        readResult(id) {
          const mine = commands.find((command) => command.id === id);
          const put = looks[look % looks.length];
          look += 1;
          const isDenial =
            put?.kind === 'answered' && put.status === 404 && put.body.includes('"NotFound"');
          // Once between two truths: twice in a row is what no client can tell from the truth.
          const isTold = put === undefined || (isDenial && denied);
          // After a 401, the step asks again at once, with new tokens, so it does not count as an
          // answer between two others.
          if (put?.kind !== 'answered' || put.status !== 401) denied = isDenial && !isTold;
          if (!isTold) return Promise.resolve(stamp(put));
          return Promise.resolve(
            stamp(mine ? truthOf(mine, clock.passed()) : forgery(hashOf(written.boundary))),
          );
        },
      };
      const submissionFor = (startBy: number) => {
        written = { boundary: boundaryOf(String(commands.length).padStart(32, '0')), startBy };
        return { command: '', context: '', boundary: written.boundary };
      };
      const task = { ...TASK, startRetries };
      const ending = await runTask(task, { ...ports, azure }, submissionFor);

      kinds.set(ending.kind, (kinds.get(ending.kind) ?? 0) + 1);
      expectTrue(ending, commands);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 2000) },
  );
  // The scenarios are rich enough to end in every way.
  expect([...kinds.keys()].sort()).toEqual(['ended', 'not-started', 'running', 'unknown']);
});

function expectTrue(ending: Ending, commands: readonly Command[]): void {
  const ran = commands.filter(runs);
  expect(ran.length).toBeLessThanOrEqual(1);
  if (ending.id !== undefined)
    expect([...commands.map(({ id }) => id), STRANGER]).toContain(ending.id);
  switch (ending.kind) {
    case 'ended': {
      const [{ id, exitCode } = { id: '', exitCode: NaN }] = ran;
      expect(ending.id).toBe(id);
      const { state } = judge(ending, { allowedExitCodes: [0], ownCommand: true });
      expect(state).toBe(exitCode === 0 ? 'succeeded' : 'failed');
      return;
    }
    case 'not-started':
      expect(ran).toEqual([]);
      return;
    case 'running':
      expect(ending.id).toBe(commands.at(-1)?.id);
      return;
    case 'unknown':
  }
}
