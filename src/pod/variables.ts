/** A variable that the command gets. */
export type EnvironmentVariable = { readonly name: string; readonly value: string };

/**
 * The variables of the workflow run that the command gets, values as the runner has them. `CI`, `GITHUB_ACTIONS`,
 * `GITHUB_WORKSPACE`, `GITHUB_OUTPUT`, `GITHUB_STEP_SUMMARY` and `HOME` are the pod's own: the script sets them.
 */
export const FACT_NAMES = [
  'GITHUB_REPOSITORY',
  'GITHUB_REF',
  'GITHUB_REF_NAME',
  'GITHUB_SHA',
  'GITHUB_RUN_ID',
  'GITHUB_RUN_NUMBER',
  'GITHUB_RUN_ATTEMPT',
  'GITHUB_ACTOR',
  'GITHUB_WORKFLOW',
  'GITHUB_JOB',
  'GITHUB_EVENT_NAME',
  'GITHUB_SERVER_URL',
] as const;

/** The variables that the command gets as the caller has them; empty where the caller has none, as at a prompt. */
export const CALLER_NAMES = ['CI', 'GITHUB_ACTIONS'] as const;

export type FactName = (typeof FACT_NAMES | typeof CALLER_NAMES)[number];

/** The facts of a run, as its environment has them. */
export function readFacts(variable: (name: string) => string | undefined): Partial<Record<FactName, string>> {
  const facts: Partial<Record<FactName, string>> = {};
  for (const name of CALLER_NAMES) facts[name] = variable(name) ?? '';
  for (const name of FACT_NAMES) {
    const value = variable(name);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

/** The names that the script itself gives to the command. */
export const POD_NAMES = [
  'HOME',
  'CI',
  'GITHUB_ACTIONS',
  'GITHUB_WORKSPACE',
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
] as const;
