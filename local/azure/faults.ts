import type { Operation } from './routes.ts';

/**
 * What goes wrong, as data: a test lists it, and the stand-in does it. A new kind also needs a case
 * in `__tests__/lifecycle/property.test.ts`.
 */

/** Headers to set; `null` removes one. Names are in lower case. */
export type HeaderChanges = Readonly<Record<string, string | null>>;

/** What the network, or a service in between, does to a request. */
export type NetworkFault =
  /** Answers instead of the service: nothing is handled, and no command is accepted. */
  | Readonly<{ kind: 'answer'; status: number; headers?: HeaderChanges; body?: string }>
  /** Breaks the connection before the request is handled. */
  | Readonly<{ kind: 'reset-before' }>
  /** Handles the request (a command is accepted), then breaks the connection without an answer. */
  | Readonly<{ kind: 'reset-after' }>
  /** Neither handles nor answers. */
  | Readonly<{ kind: 'hang' }>
  /** Handles the request (a command is accepted) and never answers. */
  | Readonly<{ kind: 'hang-after' }>
  /**
   * Handles the request and changes the answer: a status, a `location` that is broken or on another
   * host, a cut body.
   */
  | Readonly<{ kind: 'rewrite'; status?: number; headers?: HeaderChanges; body?: string }>;

/** Holds the request back, then lets it through (or to another fault, if one is due). */
export type DelayFault = Readonly<{ kind: 'delay'; ms: number }>;

/**
 * What happens to the pod of an accepted command. Only for `run-command`. Each kind begins with
 * `pod-`.
 */
export type PodFault =
  /**
   * The POST is accepted, and the pod starts `ms` later. After the start deadline, its result is
   * 404 until then.
   */
  | Readonly<{ kind: 'pod-starts-late'; ms: number }>
  /**
   * AKS gives up on the pod: after `answerAfterMs`, the POST is answered 400 "did not start within
   * 30s", and the result is 404. With `startsAfterMs` (counted from the POST), the pod starts all
   * the same, and its result can be read.
   */
  | Readonly<{
      kind: 'pod-not-started';
      answerAfterMs?: number;
      startsAfterMs?: number;
      code?: string;
    }>
  /**
   * The container is killed `afterMs` after it started: exit code 137, and the output so far is
   * kept.
   */
  | Readonly<{ kind: 'pod-killed'; afterMs: number }>
  /**
   * AKS reports a failure with a reason, but without exit code or logs. If `ran` is set, the
   * command ran first.
   */
  | Readonly<{ kind: 'pod-failed'; reason: string; ran?: boolean; state?: string }>
  /** `Succeeded` without `exitCode`. */
  | Readonly<{ kind: 'pod-no-exit-code' }>
  /** The result has no log until `ms` after the command's end. */
  | Readonly<{ kind: 'pod-log-late'; ms: number }>;

export type Fault = Readonly<{
  on: Operation;
  /**
   * How many requests of that operation (for pod faults, accepted commands) pass before it strikes.
   */
  skip?: number;
  /** How many times it strikes: 1 by default, `Infinity` for always. */
  times?: number;
  do: NetworkFault | DelayFault | PodFault;
}>;

/** When a fault strikes. */
export type When = Pick<Fault, 'skip' | 'times'>;

/** Answers `status` without handling the request. `errorBody` makes a body in ARM's form. */
export function answers(
  on: Operation,
  status: number,
  answer: { headers?: HeaderChanges; body?: string } = {},
  when: When = {},
): Fault {
  return { on, ...when, do: { kind: 'answer', status, ...answer } };
}

export function delays(on: Operation, ms: number, when: When = {}): Fault {
  return { on, ...when, do: { kind: 'delay', ms } };
}

export function resetsBefore(on: Operation, when: When = {}): Fault {
  return { on, ...when, do: { kind: 'reset-before' } };
}

export function resetsAfter(on: Operation, when: When = {}): Fault {
  return { on, ...when, do: { kind: 'reset-after' } };
}

export function hangs(on: Operation, when: When = {}): Fault {
  return { on, ...when, do: { kind: 'hang' } };
}

export function hangsAfter(on: Operation, when: When = {}): Fault {
  return { on, ...when, do: { kind: 'hang-after' } };
}

export function rewrites(
  on: Operation,
  answer: { status?: number; headers?: HeaderChanges; body?: string },
  when: When = {},
): Fault {
  return { on, ...when, do: { kind: 'rewrite', ...answer } };
}

export function podStartsLate(ms: number, when: When = {}): Fault {
  return { on: 'run-command', ...when, do: { kind: 'pod-starts-late', ms } };
}

export function podDoesNotStart(
  how: { answerAfterMs?: number; startsAfterMs?: number; code?: string } = {},
  when: When = {},
): Fault {
  return { on: 'run-command', ...when, do: { kind: 'pod-not-started', ...how } };
}

export function podIsKilled(afterMs: number, when: When = {}): Fault {
  return { on: 'run-command', ...when, do: { kind: 'pod-killed', afterMs } };
}

export function podFails(
  reason: string,
  how: { ran?: boolean; state?: string } = {},
  when: When = {},
): Fault {
  return { on: 'run-command', ...when, do: { kind: 'pod-failed', reason, ...how } };
}

export function podLogIsLate(ms: number, when: When = {}): Fault {
  return { on: 'run-command', ...when, do: { kind: 'pod-log-late', ms } };
}

function isPodFault(action: Fault['do']): action is PodFault {
  return action.kind.startsWith('pod-');
}

/**
 * The faults that have not struck yet. A delay, a network fault, and a pod fault can all strike the
 * same request.
 */
export type FaultPlan = Readonly<{
  add(faults: readonly Fault[]): void;
  /** Forgets those that have not struck yet. */
  clear(): void;
  /** How many milliseconds to hold this request back. */
  delay(on: Operation): number;
  network(on: Operation): NetworkFault | undefined;
  pod(): PodFault | undefined;
}>;

export function createFaultPlan(initial: readonly Fault[] = []): FaultPlan {
  const plan: { fault: Fault; seen: number; left: number }[] = [];
  const add = (faults: readonly Fault[]): void => {
    for (const fault of faults) {
      if (isPodFault(fault.do) && fault.on !== 'run-command') {
        throw new TypeError("A pod fault strikes 'run-command'");
      }
      plan.push({ fault, seen: 0, left: fault.times ?? 1 });
    }
  };

  /** Counts the request for each fault of its kind. The first one that is due strikes. */
  function due<Action extends Fault['do']>(
    on: Operation,
    ofKind: (action: Fault['do']) => action is Action,
  ): Action | undefined {
    let struck: Action | undefined;
    for (const entry of plan) {
      const action = entry.fault.do;
      if (entry.fault.on !== on || !ofKind(action)) continue;
      entry.seen += 1;
      if (struck === undefined && entry.left > 0 && entry.seen > (entry.fault.skip ?? 0)) {
        entry.left -= 1;
        struck = action;
      }
    }
    return struck;
  }

  add(initial);
  return {
    add,
    clear: () => {
      plan.length = 0;
    },
    delay: (on) => due(on, (action): action is DelayFault => action.kind === 'delay')?.ms ?? 0,
    network: (on) =>
      due(on, (action): action is NetworkFault => action.kind !== 'delay' && !isPodFault(action)),
    pod: () => due('run-command', isPodFault),
  };
}
