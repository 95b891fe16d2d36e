import { say, type Text } from '../text/say.ts';

/**
 * A host's own words for things. Everything that a user reads goes through them, so that no message
 * at a prompt mentions `with:`.
 */
export type Words = {
  /**
   * Whether this is a step of a workflow. A variable or a secret that the workflow doesn't find is
   * an empty value there. At a prompt, what is empty was meant to be.
   */
  readonly isStep: boolean;
  /** An input's name in a sentence: `command-id` in a workflow, `--command-id` at a prompt. */
  readonly input: (name: string) => string;
  /** Why a required input may be missing: sentences, or an empty text. */
  readonly whyMissing: (name: string) => Text;
  /**
   * Inputs to paste, by name, with values written for the place: YAML scalars, or words of a POSIX
   * shell. They become lines under `with:`, or options on one line, a whole command if the cluster
   * is among them.
   */
  readonly paste: (inputs: Readonly<Record<string, string>>) => string[];
  // Phrases that fit into the middle of a sentence
  readonly step: Text;
  readonly action: Text;
  readonly runner: Text;
  readonly workspace: Text;
  readonly rerun: Text;
  readonly debug: Text;
  readonly job: Text;
  readonly login: Text;
};

const EMPTY = say`
  If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs
  to an environment that the job does not name. In that case, add ${'environment: NAME'} next
  to ${'runs-on'}.
`;
const ID_ELSEWHERE = say`
  If the workflow sets ${'command-id'}, its value is empty: pass it on from the job that started the
  command, with ${'outputs:'} there and ${'needs:'} here.
`;

export const WORKFLOW: Words = {
  isStep: true,
  input: (name) => name,
  whyMissing: (name) => (name === 'command' ? ID_ELSEWHERE : EMPTY),
  step: say`the step`,
  action: say`the action`,
  runner: say`the runner`,
  workspace: say`the workspace`,
  rerun: say`run the job again`,
  debug: say`re-run the job with debug logging enabled`,
  job: say`the job`,
  login: say`${'azure/login'}`,
  paste(inputs) {
    const lines = Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`);
    return ['with:', ...lines];
  },
};
