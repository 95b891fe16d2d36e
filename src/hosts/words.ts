/** What messages call things in each place. Each name fits into the middle of a sentence. */
const NOUNS = {
  step: { workflow: 'the step', prompt: 'aks-run-command' },
  action: { workflow: 'the action', prompt: 'aks-run-command' },
  runner: { workflow: 'the runner', prompt: 'this machine' },
  workspace: { workflow: 'the workspace', prompt: 'the current folder' },
  rerun: { workflow: 'run the job again', prompt: 'run it again' },
  debug: {
    workflow: 're-run the job with debug logging enabled',
    prompt: 'run it again with --debug',
  },
  job: { workflow: 'the job', prompt: 'your shell' },
  login: { workflow: 'azure/login', prompt: 'az login' },
  entry: { workflow: 'line', prompt: 'number' },
  output: { workflow: 'output-file', prompt: 'stdout' },
  exclusion: { workflow: 'a line of files that begins with !', prompt: "--files '!PATTERN'" },
} as const satisfies Record<string, Record<Words['place'], string>>;

export function isNoun(word: string): word is keyof typeof NOUNS {
  return Object.hasOwn(NOUNS, word);
}

/** Inputs whose option is a switch, and the value that the switch stands for. */
export const SWITCHES: Readonly<
  Record<string, { readonly option: string; readonly value: string }>
> = {
  wait: { option: '--no-wait', value: 'false' },
  'dry-run': { option: '--dry-run', value: 'true' },
  'include-hidden-files': { option: '--include-hidden-files', value: 'true' },
};

/** An input with a value to paste, written for its place: a YAML scalar, or a word of a POSIX shell. */
export type Given = { readonly name: string; readonly value: string };

/**
 * A host's own words for things. Everything that a user reads goes through them, so that no message at a prompt mentions
 * `with:`.
 */
export type Words = {
  /** Where a user reads a message and acts on it. */
  readonly place: 'workflow' | 'prompt';
  /** An input's name in a sentence: `command-id` in a workflow, `--command-id` at a prompt. */
  readonly input: (name: string) => string;
  readonly noun: (noun: keyof typeof NOUNS) => string;
  /** Inputs to paste: lines under `with:`, or options on one line, a whole command if the cluster is among them. */
  readonly paste: (inputs: readonly Given[]) => string[];
};

export const WORKFLOW: Words = {
  place: 'workflow',
  input: (name) => name,
  noun: (noun) => NOUNS[noun].workflow,
  paste: (inputs) => ['with:', ...inputs.map(({ name, value }) => `  ${name}: ${value}`)],
};

export const PROMPT: Words = {
  place: 'prompt',
  input: (name) => SWITCHES[name]?.option ?? `--${name}`,
  noun: (noun) => NOUNS[noun].prompt,
  paste: (inputs) => {
    const options = inputs.flatMap(({ name, value }) => {
      const asSwitch = SWITCHES[name];
      if (asSwitch) return asSwitch.value === value ? [asSwitch.option] : [];
      return [`--${name} ${value}`];
    });
    const isWhole = inputs.some(({ name }) => name === 'cluster');
    return [[...(isWhole ? ['aks-run-command'] : []), ...options].join(' ')];
  },
};
