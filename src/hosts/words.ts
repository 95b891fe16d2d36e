/** How messages refer to things in each place. Each phrase fits into the middle of a sentence. */
export type Phrases = {
  readonly step: string;
  readonly action: string;
  readonly runner: string;
  readonly workspace: string;
  readonly rerun: string;
  readonly debug: string;
  readonly job: string;
  readonly login: string;
};

/**
 * A host's own words for things. Everything that a user reads goes through them, so that no message
 * at a prompt mentions `with:`.
 */
export type Words = Phrases & {
  /** Where a user reads a message and acts on it. */
  readonly place: 'workflow' | 'prompt';
  /** An input's name in a sentence: `command-id` in a workflow, `--command-id` at a prompt. */
  readonly input: (name: string) => string;
  /**
   * Inputs to paste, by name, with values written for the place: YAML scalars, or words of a POSIX
   * shell. They become lines under `with:`, or options on one line, a whole command if the cluster
   * is among them.
   */
  readonly paste: (inputs: Readonly<Record<string, string>>) => string[];
};

export const WORKFLOW: Words = {
  place: 'workflow',
  input: (name) => name,
  step: 'the step',
  action: 'the action',
  runner: 'the runner',
  workspace: 'the workspace',
  rerun: 'run the job again',
  debug: 're-run the job with debug logging enabled',
  job: 'the job',
  login: 'azure/login',
  paste(inputs) {
    const lines = Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`);
    return ['with:', ...lines];
  },
};
