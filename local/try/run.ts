import type { StepResult } from '../runner/step.ts';
import type { Step, Workflow } from '../runner/workflow.ts';
import type { Evaluation, Given } from './evaluation.ts';
import type { StandInOptions, StandIns } from './stand-ins.ts';

/** A workflow whose steps of this action run on this machine. */
export type Rehearsal = StandInOptions & {
  readonly workflow: Workflow;
  readonly given: Given;
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what a step of this action left behind, while its files are still there. */
  readonly onStep?: (step: Step, result: StepResult) => void;
};

/** A rehearsal in progress, and what it has found so far. */
export type Run = Rehearsal & {
  readonly standIns: StandIns;
  readonly evaluation: Evaluation;
  readonly rows: Row[];
  /** `JOB: steps.ID.outputs.NAME`: what expressions read of steps that succeeded. */
  readonly outputsRead: Set<string>;
  /** The same, in lower case, of what the steps set. */
  readonly outputsSet: Set<string>;
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
