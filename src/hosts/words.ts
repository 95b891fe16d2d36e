/** Inputs whose option is a switch, and the value that the switch stands for. */
export const SWITCHES: Readonly<
  Record<string, { readonly option: string; readonly value: string }>
> = {
  wait: { option: '--no-wait', value: 'false' },
  'dry-run': { option: '--dry-run', value: 'true' },
  'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};

/**
 * An input with a value to paste, written for its place: a YAML scalar, or a word of a POSIX shell.
 */
type Given = { readonly name: string; readonly value: string };

/** What messages call things in each place. Each name fits into the middle of a sentence. */
export type Nouns = {
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
export type Words = Nouns & {
  /** Where a user reads a message and acts on it. */
  readonly place: 'workflow' | 'prompt';
  /** An input's name in a sentence: `command-id` in a workflow, `--command-id` at a prompt. */
  readonly input: (name: string) => string;
  /**
   * Inputs to paste: lines under `with:`, or options on one line, a whole command if the cluster is
   * among them.
   */
  readonly paste: (inputs: readonly Given[]) => string[];
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
  paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};

export const PROMPT: Words = {
  place: 'prompt',
  input: (name) => SWITCHES[name]?.option ?? `--${name}`,
  step: 'aks-run-command',
  action: 'aks-run-command',
  runner: 'this machine',
  workspace: 'the current folder',
  rerun: 'run it again',
  debug: 'run it again with --debug',
  job: 'your shell',
  login: 'az login',
  paste: (inputs) => {
    const options = inputs.flatMap(({ name, value }) => {
      const asSwitch = SWITCHES[name];
      if (asSwitch) return asSwitch.value === value ? [asSwitch.option] : [];
      // Joined by an equals sign, so that a value that begins with a dash is not an option itself.
      return [`--${name}=${value}`];
    });
    const isWhole = inputs.some(({ name }) => name === 'cluster');
    return [[...(isWhole ? ['aks-run-command'] : []), ...options].join(' ')];
  },
};
