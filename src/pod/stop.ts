import type { StopProblem } from '../failure.ts';
import type { Task } from './submission.ts';

/** What `src/pod/stop.sh` is told about the command that it is to stop. */
type Stopped = {
  readonly id: string | undefined;
  /** The hash of the submission's boundary. It finds the pod if no ID is known. */
  readonly hash: string | undefined;
  /** When to give up on a pod that does not start, in whole seconds since the epoch. */
  readonly until: number;
};

/**
 * The command that stops another one.
 *
 * @param script the text of `src/pod/stop.sh`
 * @param timeout in seconds
 */
export function stopTask({ id, hash = '', until }: Stopped, script: string, timeout: number): Task {
  // That the specification has the hash is a guess about AKS, so an ID comes first.
  const variables = { ID: id ?? '', HASH: id === undefined ? hash : '', UNTIL: String(until) };
  return {
    command: script,
    shell: 'sh',
    namespace: '',
    env: Object.entries(variables).map(([name, value]) => ({ name, value })),
    collect: [],
    timeout,
    startTimeout: 60,
    startRetries: 0,
    wait: true,
  };
}

/** By the exit codes of `src/pod/stop.sh`. Any other is kubectl's. */
const PROBLEMS: ReadonlyMap<number, StopProblem> = new Map([
  [0, { kind: 'still-running' }],
  [10, { kind: 'no-pod' }],
  [11, { kind: 'no-process' }],
  [12, { kind: 'no-result' }],
]);

/** What `src/pod/stop.sh` achieved. */
export type Attempt = {
  /** Whether it sent the signal; undefined if nobody can tell. */
  readonly signaled: boolean | undefined;
  /** What is wrong if the other command does not end. */
  readonly problem: StopProblem;
  /** The ID in the name of the pod that it found; empty if it found none. */
  readonly named: string;
};

/** How kubectl says that the API server refused a request. */
const REFUSED = /\(Forbidden\)|\bdenied (?:the )?request\b/;

/** Reads what it did. If it was killed, or its connection broke, nobody knows how far it got. */
export function readAttempt(exitCode: number, output: string): Attempt {
  const [, named = ''] = /^command-([0-9a-f]{32})$/m.exec(output) ?? [];
  const problem = PROBLEMS.get(exitCode);
  const isKnown = problem !== undefined || REFUSED.test(output);
  return {
    signaled: isKnown ? exitCode === 0 : undefined,
    problem: problem ?? { kind: 'rejected', detail: output },
    named,
  };
}
