import type { Cluster, Job as WorkflowRun, LocalAzure } from '../azure/index.ts';
import type { Value } from '../github/expression.ts';
import type { readAction, StepResult } from '../github/step.ts';
import type { Summary } from '../github/summary.ts';
import type { Job, Step, Workflow } from '../github/workflow.ts';
import type { Background } from './background.ts';

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
  /** When to cancel the run: once a step of this action has run for so many milliseconds. */
  readonly cancelAfterMs: number | undefined;
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what a step of this action left behind, while its files are still there. */
  readonly onStep?: (step: Step, result: StepResult) => void;
};

/** What takes the place of Azure and of the clusters. */
export type StandIns = {
  /** The workflow run. */
  readonly job: WorkflowRun;
  /** The Azure of the jobs with this environment, which may be none: ''. */
  readonly azureOf: (environment: string) => Promise<LocalAzure>;
  /** Starts a cluster of an environment and sets it up, unless this has happened. */
  readonly prepare: (environment: string, cluster: Cluster) => Promise<void>;
  /** What was asked for and nobody here can decide. */
  readonly undecided: ReadonlySet<string>;
  /** Namespaces that a command wrote into, although nobody had created them. */
  readonly missingNamespaces: ReadonlySet<string>;
  /** Tools of AKS's image that this machine lacks. */
  readonly missingTools: readonly string[];
  readonly stop: () => Promise<void>;
};

/** A rehearsal in progress, and what it has found so far. */
export type Run = Rehearsal & {
  readonly standIns: StandIns;
  /** This action's own action.yml. */
  readonly action: Awaited<ReturnType<typeof readAction>>;
  /** Variables and secrets that count as set, by their paths. */
  readonly examples: ReadonlyMap<string, string>;
  /** Aborts when the run is canceled. */
  readonly cancel: AbortController;
  readonly rows: Row[];
  readonly ends: Map<string, End>;
  /** The paths that expressions read, in lower case. */
  readonly reads: Set<string>;
  /**
   * `JOB: steps.ID.outputs.NAME`, in lower case: outputs of steps of this action that succeeded,
   * and whether one of their runs has set it.
   */
  readonly outputs: Map<string, boolean>;
  /** Steps that failed for lack of files that a step of others may create. */
  readonly lacksFiles: Set<string>;
  /** The summaries of its steps, without the values that are masked by then. */
  readonly summaries: Summary[];
};

/** What happened to a step, or to a whole job. */
export type Row = {
  readonly job: string;
  /** Empty for a job that was skipped. */
  readonly step: string;
  state: string;
  /** Whether it ran, which only a step of this action does. */
  ran: boolean;
};

/** How a job ended. */
export type End = {
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped';
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
  readonly outcomes: Map<string, StepEnd['outcome']>;
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
  readonly background: Background<StepEnd>;
  /** The post steps of what has started, in that order. */
  readonly postSteps: (() => Promise<void>)[];
  /** The step whose text is the last in the log. */
  speaker: Row | undefined;
  /** Whether `azure/login` has left a session. */
  hasSession: boolean;
  /** Whether `actions/checkout` has brought the repository. */
  isCheckedOut: boolean;
  /** Whether a step that was only listed may have created files. */
  mayHaveFiles: boolean;
};

/** What a step leaves to those after it. */
export type StepEnd = {
  /** A step that is not run counts as succeeded. */
  readonly outcome: 'success' | 'failure' | 'cancelled' | 'skipped' | 'not run';
  /** Whether `continue-on-error` forgives a failure. */
  readonly isForgiven: boolean;
  readonly outputs: Readonly<Record<string, string>>;
};
