import { WorkflowError, type Scope } from '../github/expression.ts';
import type { Job } from '../github/workflow.ts';
import { withGiven } from './contexts.ts';
import type { JobRun } from './run.ts';

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
    canceled: run.cancel.signal.aborted,
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
  const [context, id = '', property, output = ''] = path.split('.');
  if (context !== 'steps' || property !== 'outputs') return;
  if (outcomes.get(id.toLowerCase()) !== 'success') return;
  const key = outputKey(job, id, output);
  if (!run.outputs.has(key)) run.outputs.set(key, false);
}

/** What has to be given to know a missing value, because nothing here sets it. */
function unknownBehind(path: string, { run, job, outcomes }: JobRun): readonly string[] {
  const [context, id = '', property, output = ''] = path.split('.');
  // A run by hand has no payload but its inputs.
  if (context === 'github' && id === 'event')
    return run.workflow.event === 'workflow_dispatch' ? [] : [path];
  if (property !== 'outputs') return [];
  if (context === 'steps') return outcomes.get(id.toLowerCase()) === 'not run' ? [path] : [];
  const isNeeded = context === 'needs' && job.needs.includes(id);
  return isNeeded ? (run.ends.get(id)?.asksFor(output) ?? []) : [];
}
