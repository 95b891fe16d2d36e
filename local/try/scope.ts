import { isRecord, WorkflowError, type Scope, type Value } from '../runner/expression.ts';
import type { readAction, StepResult } from '../runner/step.ts';
import type { Job, Step, Workflow } from '../runner/workflow.ts';
import type { StandIns } from './stand-ins.ts';

/** What a rehearsal starts with. */
export type Rehearsal = {
  readonly workflow: Workflow;
  /** Values by the path of their expression, such as `inputs.tag`. */
  readonly given: ReadonlyMap<string, string>;
  /** The folder that `actions/checkout` brings. */
  readonly checkout: string;
  /** The kubeconfig of the one cluster; undefined for clusters in memory. */
  readonly kubeconfig: string | undefined;
  /** Commands that fill each cluster before its first use. They run in the checkout. */
  readonly setup: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what a step of this action left behind, while its files are still there. */
  readonly onStep?: (step: Step, result: StepResult) => void;
};

/** A rehearsal in progress, and what it has found so far. */
export type Run = Rehearsal & {
  readonly standIns: StandIns;
  /** This action's own action.yml. */
  readonly action: Awaited<ReturnType<typeof readAction>>;
  /** Variables and secrets that count as set, by their paths. */
  readonly examples: ReadonlyMap<string, string>;
  readonly rows: Row[];
  readonly ends: Map<string, End>;
  /** The paths that expressions read, in lower case. */
  readonly reads: Set<string>;
  /**
   * `JOB: steps.ID.outputs.NAME`, in lower case: outputs of steps of this action that succeeded,
   * and whether one of their runs has set it.
   */
  readonly outputs: Map<string, boolean>;
};

/** What happened to a step, or to a whole job. */
export type Row = {
  readonly job: string;
  /** Empty for a job that was skipped. */
  readonly step: string;
  readonly state: string;
  /** Whether it ran, which only a step of this action does. */
  readonly ran: boolean;
};

/** How a job ended. */
export type End = {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  /** The values to give, so that an output that is not among `outputs` can be known. */
  readonly asksFor: (output: string) => readonly string[];
};

/** A job, or one combination of its matrix, and what its steps have left so far. */
export type JobRun = {
  readonly run: Run;
  readonly job: Job;
  /** The job's name in the table, with the values of its combination. */
  readonly name: string;
  /** All contexts but `steps`. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** The context `steps`. */
  readonly steps: Record<string, Value>;
  /** What happened to the steps, by their IDs in lower case. */
  readonly outcomes: Map<string, Outcome>;
  failed: boolean;
};

/** A job while its steps run. */
export type Scene = JobRun & {
  /** The variables of the job. */
  readonly env: Readonly<Record<string, string>>;
  readonly environment: string;
  /** `GITHUB_WORKSPACE`, which `files` need. */
  readonly workspace: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  readonly masks: string[];
  /** Whether `azure/login` has left a session. */
  hasSession: boolean;
  /** Whether `actions/checkout` has brought the repository. */
  isCheckedOut: boolean;
};

/** A step that is not run counts as succeeded. */
export type Outcome = 'success' | 'failure' | 'skipped' | 'not run';

/**
 * What the expressions of a job or step can look up.
 *
 * @param asks receives what has to be given, because an expression reads it and nobody knows it
 */
export function scopeOf(jobRun: JobRun, asks: string[]): Scope {
  const { run, contexts, steps, failed } = jobRun;
  return {
    contexts: withGiven({ ...contexts, steps }, run.given),
    failed,
    onRead(path, isMissing) {
      run.reads.add(path.toLowerCase());
      if (!isMissing) return false;
      noteMissing(path, jobRun);
      const unknown = unknownBehind(path, jobRun);
      asks.push(...unknown);
      return unknown.length > 0;
    },
  };
}

/** @throws WorkflowError if something has to be given */
export function refuse(where: string, asks: readonly string[]): void {
  if (asks.length === 0) return;
  const values = [...new Set(asks)].map((path) => `  ${path}=VALUE\n`).join('');
  throw new WorkflowError(
    `${where} needs what no step of this action sets. Add to the command line:\n${values}`,
  );
}

/** How `Run.outputs` names an output. */
export const outputKey = (job: Job, step: string, output: string) =>
  `${job.id}: steps.${step}.outputs.${output}`.toLowerCase();

/** Keeps in mind that a step of this action succeeded without an output that is read. */
function noteMissing(path: string, { run, job, outcomes }: JobRun): void {
  const [context, id = '', , output = ''] = path.split('.');
  if (context !== 'steps' || outcomes.get(id.toLowerCase()) !== 'success') return;
  const key = outputKey(job, id, output);
  if (!run.outputs.has(key)) run.outputs.set(key, false);
}

/** What has to be given to know a missing value, because nothing here sets it. */
function unknownBehind(path: string, { run, outcomes }: JobRun): readonly string[] {
  const [context, id = '', property, output = ''] = path.split('.');
  // A run by hand has no payload but its inputs.
  if (context === 'github' && id === 'event')
    return run.workflow.event === 'workflow_dispatch' ? [] : [path];
  if (property !== 'outputs') return [];
  if (context === 'steps') return outcomes.get(id.toLowerCase()) === 'not run' ? [path] : [];
  return context === 'needs' ? (run.ends.get(id)?.asksFor(output) ?? []) : [];
}

/** Inputs have a type, and are in their context already. */
function withGiven(contexts: Scope['contexts'], given: Rehearsal['given']): Scope['contexts'] {
  let all = contexts;
  for (const [path, value] of given)
    if (!path.startsWith('inputs.')) all = withValue(all, path.split('.'), value);
  return all;
}

function withValue(
  record: Readonly<Record<string, Value>>,
  [name = '', ...rest]: readonly string[],
  value: Value,
): Record<string, Value> {
  if (rest.length === 0) return { ...record, [name]: value };
  const inner = record[name];
  return { ...record, [name]: withValue(isRecord(inner) ? inner : {}, rest, value) };
}
