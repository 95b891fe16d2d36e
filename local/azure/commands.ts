import { randomBytes } from 'node:crypto';
import { clusterId, type Cluster } from './domain.ts';
import type { PodFault } from './faults.ts';
import type { Clock, PodRunner } from './ports.ts';

/** Commands that clusters accepted, and what their pods did. */

/** AKS keeps this much of the output and drops the rest (seen). */
export const maxLogBytes = 512 * 1024;

/** What a command is doing. `pending`: its pod has not started. */
type CommandState = 'pending' | 'running' | 'succeeded' | 'failed';

export type CommandRecord = Readonly<{
  /**
   * 32 hex digits. Each POST is a new command, so the number of records is the number of accepted
   * commands.
   */
  id: string;
  cluster: Cluster;
  command: string;
  /** The zip, empty if the request had no files. */
  context: Buffer;
  clusterToken: string | undefined;
  /** Times are milliseconds since the epoch, by the service's clock. */
  postedAt: number;
  /** How many times a pod ran it. */
  runs: number;
  state: CommandState;
  startedAt?: number;
  finishedAt?: number;
  exitCode?: number;
  /** At most `maxLogBytes`. */
  logs: Buffer;
  /** When the result endpoint has the log, if that is later than the end. */
  logsFrom?: number;
  reason?: string;
  /** The `provisioningState` to report instead of the usual spelling. */
  reportedState?: string;
}>;

/**
 * What the result endpoint sees. A command whose pod was given up on is gone, unless the pod starts
 * after all, and so is one whose result is no longer kept.
 */
type CommandView = Readonly<{ kind: 'gone' } | { kind: 'known'; record: CommandRecord }>;

export type Submission = Readonly<{
  record: CommandRecord;
  /** Resolves when the pod starts, or when it is certain that it never will. */
  settled: Promise<void>;
}>;

export type Commands = Readonly<{
  submit(
    input: Pick<CommandRecord, 'cluster' | 'command' | 'context' | 'clusterToken'>,
    fault?: PodFault,
  ): Submission;
  /** AKS stops waiting for a pod: the command is gone unless the pod starts later. */
  giveUp(id: string): void;
  view(cluster: Cluster, id: string): CommandView;
  all(): CommandRecord[];
}>;

export type CommandsOptions = Readonly<{
  /** The service's clock. */
  clock: Clock;
  pod: PodRunner;
  /** How many milliseconds AKS gives a pod to start. */
  startDeadline: number;
  /** How many milliseconds AKS keeps a result; for ever if absent. */
  resultRetention?: number;
  newCommandId?: () => string;
}>;

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

export function createCommands(options: CommandsOptions): Commands {
  const { clock, pod, startDeadline, resultRetention = Infinity } = options;
  const newCommandId = options.newCommandId ?? (() => randomBytes(16).toString('hex'));
  const records = new Map<string, Mutable<CommandRecord>>();
  const givenUp = new Set<string>();

  async function run(
    record: Mutable<CommandRecord>,
    fault: PodFault | undefined,
    started: () => void,
  ): Promise<void> {
    const kill = new AbortController();
    const begin = (): void => {
      record.runs += 1;
      record.state = 'running';
      record.startedAt = clock.now();
      if (fault?.kind === 'pod-killed') {
        void clock.sleep(fault.afterMs).then(() => {
          kill.abort();
        });
      }
      started();
    };
    try {
      const result = await pod(
        {
          commandId: record.id,
          command: record.command,
          context: record.context,
          cluster: clusterId(record.cluster),
          kill: kill.signal,
        },
        { started: begin },
      );
      if (record.runs === 0) begin();
      if (fault?.kind === 'pod-failed') {
        fail(record, fault);
      } else {
        record.state = 'succeeded';
        if (fault?.kind !== 'pod-no-exit-code') record.exitCode = result.exitCode;
        record.logs = result.logs.subarray(0, maxLogBytes);
        if (fault?.kind === 'pod-log-late') record.logsFrom = clock.now() + fault.ms;
      }
    } catch (error) {
      fail(record, { reason: error instanceof Error ? error.message : String(error) });
      started();
    }
    record.finishedAt = clock.now();
  }

  return {
    submit(input, fault) {
      const record: Mutable<CommandRecord> = {
        ...input,
        id: newCommandId(),
        postedAt: clock.now(),
        runs: 0,
        state: 'pending',
        logs: Buffer.alloc(0),
      };
      records.set(record.id, record);
      const { promise: settled, resolve: started } = Promise.withResolvers<undefined>();
      const launch = (after: number): void => {
        const begin = (): void =>
          void run(record, fault, () => {
            started(undefined);
          });
        if (after === 0) begin();
        else if (after !== Infinity) void clock.sleep(after).then(begin);
      };

      if (fault?.kind === 'pod-failed' && fault.ran !== true) {
        fail(record, fault);
        started(undefined);
      } else if (fault?.kind === 'pod-not-started') {
        launch(fault.startsAfterMs ?? Infinity);
      } else {
        launch(fault?.kind === 'pod-starts-late' ? fault.ms : 0);
      }
      return { record, settled };
    },

    giveUp(id) {
      givenUp.add(id);
    },

    view(cluster, id) {
      const record = records.get(id);
      if (record?.cluster !== cluster) return { kind: 'gone' };
      const late = clock.now() - record.postedAt >= startDeadline;
      if (record.state === 'pending' && (late || givenUp.has(id))) return { kind: 'gone' };
      const { finishedAt = Infinity, logsFrom = 0 } = record;
      if (clock.now() - finishedAt >= resultRetention) return { kind: 'gone' };
      const hasLogs = clock.now() >= logsFrom;
      return { kind: 'known', record: hasLogs ? record : { ...record, logs: Buffer.alloc(0) } };
    },

    all: () => [...records.values()].map((record) => ({ ...record })),
  };
}

function fail(record: Mutable<CommandRecord>, how: { reason: string; state?: string }): void {
  record.state = 'failed';
  record.reason = how.reason;
  if (how.state !== undefined) record.reportedState = how.state;
}
