import type { Answer } from '../../../src/azure/answer.ts';
import type { Azure } from '../../../src/azure/port.ts';
import type { LifecyclePorts } from '../../../src/lifecycle/ports.ts';
import type { Ending } from '../../../src/lifecycle/ending.ts';
import type { FollowPlan } from '../../../src/lifecycle/follow.ts';
import { submitAndFollow } from '../../../src/lifecycle/run.ts';
import { ServiceTime } from '../../../src/lifecycle/service-time.ts';
import { boundaryOf } from '../../../src/pod/boundary.ts';
import type { PackedTask, Task } from '../../../src/pod/submission.ts';
import { http, ID, ports as plainPorts } from '../ports.ts';

/** A cluster of plain values behind the port of Azure, in time that passes at once. */

export const BOUNDARY = boundaryOf('0123456789abcdef0123456789abcdef');

export const ACCEPTED = http(202, '', { location: `/commandResults/${ID}` });
export const PENDING = http(202, { properties: { provisioningState: 'Running' } });
export const STARTED = http(202, {
  properties: { provisioningState: 'Running', startedAt: '2026-11-25T12:00:00Z' },
});
export const NOT_FOUND = http(404, { error: { code: 'NotFound', message: 'no such command' } });
export const GIVEN_UP = http(400, {
  error: {
    code: 'KubernetesPerformanceError',
    message: `container command-${ID} did not start within 30s`,
  },
});

/** A plan to follow a command that was submitted at the beginning, and answered at once. */
export const PLAN: FollowPlan = {
  id: ID,
  submittedAt: 0,
  answeredAt: 0,
  startedWithin: 150_000,
  endedWithin: 60_000,
  goneAfter: { missingMs: 30_000, pastStartByMs: -Infinity },
};

export const TASK: Task = {
  command: '',
  shell: '',
  namespace: '',
  env: [],
  collect: [],
  timeout: 60,
  startTimeout: 90,
  startRetries: 1,
  wait: true,
};

/**
 * Runs a task on a cluster without Entra. By default, all of its submissions have the same
 * boundary.
 */
export const runTask = (
  task: Task,
  ports: LifecyclePorts,
  submissionFor: PackedTask['submissionFor'] = () => ({
    command: '',
    context: '',
    boundary: BOUNDARY,
  }),
): Promise<Ending> =>
  submitAndFollow(task, { files: [], zipBytes: 0, submissionFor }, false, ports);

type Cluster = {
  /** The answers to submissions, the last of them forever. */
  readonly submissions?: readonly Answer[];
  /** The answer to a look, this many milliseconds after the beginning. */
  readonly result: (passed: number) => Answer;
};

export function clusterOf({ submissions = [ACCEPTED], result }: Cluster) {
  const plain = plainPorts();
  const { clock, cancelled, cancel, transcript } = plain;
  /** Times of the looks, in milliseconds. */
  const looks: number[] = [];
  const ids: string[] = [];
  let submitted = 0;
  const azure: Azure = {
    signIn: () => Promise.resolve('a token'),
    readCluster: () => Promise.resolve(http(200, {})),
    runCommand: () => {
      submitted += 1;
      return Promise.resolve(submissions[submitted - 1] ?? submissions.at(-1) ?? ACCEPTED);
    },
    readResult: () => {
      looks.push(clock.passed());
      return Promise.resolve(result(clock.passed()));
    },
    clusterToken: () => Promise.resolve(''),
    forgetTokens: () => undefined,
  };
  const ports: LifecyclePorts = {
    azure,
    cancelled,
    clock,
    random: plain.random,
    log: {
      ...plain.log,
      progress: (phase, line) => {
        transcript.push(line === undefined ? `phase ${phase}` : `phase ${phase}: ${line}`);
      },
    },
    serviceTime: new ServiceTime(clock),
    onCommandId: (id) => ids.push(id),
  };
  return { ports, cancel, clock, transcript, looks, ids, submitted: () => submitted };
}
