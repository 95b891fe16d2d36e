import type { Cluster, LocalAzure } from '../azure/index.ts';
import type { Value } from '../runner/expression.ts';
import type { StepResult } from '../runner/step.ts';
import type { Job, RunDefaults, Step, Workflow } from '../runner/workflow.ts';
import type { Given, Known } from './contexts.ts';

/** Runs the steps of a workflow that use this action, on this machine. */
export type Rehearsal = {
  readonly workflow: Workflow;
  /** The user's checkout. Only `actions/checkout` reads it, and nothing writes to it. */
  readonly source: string;
  /** Values of `inputs`, `vars`, `secrets`, and whatever else expressions look up. */
  readonly given: Given;
  /** Whether `run:` steps run on this machine, too. */
  readonly runSteps?: boolean;
  /** Ends the running step and everything after it. */
  readonly signal?: AbortSignal;
  /** Returns the kubeconfig for the pods of a cluster; asked before each command on it. */
  readonly kubeconfig: (cluster: Cluster) => Promise<string>;
  /** Scripts in place of the pods' own tools, by name. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Whether the clusters have nothing in them at first. */
  readonly startsEmpty?: boolean;
  /** What waits in vain in the clusters at this moment, in a sentence each. */
  readonly waits?: () => readonly string[];
  /** Receives the log, in pieces of whole lines. */
  readonly say: (text: string) => void;
  /** Receives what each step of this action left behind, before its job ends. */
  readonly ran: (step: Step, result: StepResult) => void;
};

export type Outputs = Readonly<Record<string, string>>;
export type Ended = { readonly success: boolean; readonly outputs: Outputs };

/** A rehearsal in progress, in one workflow. */
export type OngoingRehearsal = Rehearsal & {
  /** The contexts `inputs` and `secrets`, in addition to the given values. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly azure: LocalAzure;
  /** Clusters of the stand-in; steps add theirs. */
  readonly clusters: Cluster[];
  /** Whether each pod has an empty /tmp, as in AKS. */
  readonly hasOwnTmp: boolean;
  /** The job that calls this workflow, as GitHub shows it: `staging / `; empty if there is none. */
  readonly caller: string;
  /** Whether the job that calls this workflow may request an ID token. */
  readonly mayRequest: boolean;
  /** Tells the reader something, once. */
  readonly note: (text: string) => void;
};

/** Where a step runs, and what the steps of its job share. */
export type Scene = {
  readonly rehearsal: OngoingRehearsal;
  /** Holds the workspace and `RUNNER_TEMP`. The job's paths may not leave it. */
  readonly folder: string;
  /** Empty until `actions/checkout`. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
  readonly masks: string[];
  /** Whether the job may request an ID token, and whether `azure/login` has left a session. */
  readonly rights: { readonly idToken: boolean; session: boolean };
  readonly known: Known;
  /** What steps change for later ones. */
  readonly env: Record<string, string>;
  readonly steps: Record<string, Value>;
  /** Steps of the job so far that count as succeeded, although they did not run. */
  readonly notRun: Step[];
  /** How deeply the step is nested in local actions. */
  readonly depth: number;
  /** Defaults of the job, followed by those of the workflow. */
  readonly run: readonly RunDefaults[];
};

/** The runner's variables, without an action's inputs and the variables for its ID tokens. */
export function variablesOf({ azure }: OngoingRehearsal): Outputs {
  const variables = Object.entries(azure.runnerEnv());
  return Object.fromEntries(variables.filter(([name]) => /^(?:CI$|GITHUB_)/.test(name)));
}

/** The context `github` of a job. */
export function githubOf(rehearsal: OngoingRehearsal, job: Job): Readonly<Record<string, Value>> {
  const variables = Object.entries(variablesOf(rehearsal)).map(
    ([name, value]) => [name.replace(/^GITHUB_/, '').toLowerCase(), value] as const,
  );
  const [owner = ''] = rehearsal.azure.job.repository.split('/');
  return {
    ...Object.fromEntries(variables),
    event: { inputs: rehearsal.values['inputs'] ?? {} },
    ref_type: 'branch',
    repository_owner: owner,
    token: 'example-token',
    job: job.id,
  };
}
