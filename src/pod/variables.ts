/** An environment variable of the command. */
export type EnvironmentVariable = { readonly name: string; readonly value: string };

/** A text that is shown as a name. Anything else may be a line of a private key. */
export const SURELY_A_NAME = /^[A-Z0-9_]+$/;

/**
 * A variable's name for messages. A secret in base64 may end with `=` or `==`, and then it looks
 * like a name without a value.
 */
export function shownName({ name, value }: EnvironmentVariable): string {
  const mayBeSecret = !SURELY_A_NAME.test(name) && (value === '' || value === '=');
  return mayBeSecret ? 'a variable' : name;
}

/** The variables of a workflow run, which the command gets as the caller has them. */
const RUN_NAMES = [
  'CI',
  'GITHUB_ACTIONS',
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

/** The variables of a workflow run, each as `NAME=value`. */
export function readRunVariables(variable: (name: string) => string | undefined): string[] {
  return RUN_NAMES.flatMap((name) => {
    const value = variable(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
}

/** The variables that the script in the pod sets itself, and those that it gets from the run. */
export const POD_NAMES: ReadonlySet<string> = new Set([
  'HOME',
  'GITHUB_WORKSPACE',
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
  ...RUN_NAMES,
]);

/** Variables of a command that may change the default namespace of kubectl and helm. */
export const NAMESPACE_VARIABLES = ['HELM_NAMESPACE', 'POD_NAMESPACE', 'KUBECONFIG'];

/** The name of a namespace: a label of RFC 1123. */
export const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The input `shell`. If it is empty, the command runs in bash if the pod has it, and otherwise in
 * sh.
 */
export type Shell = '' | 'bash' | 'sh';
