import type { Failure, FailureCode } from '../../failure.ts';
import type { Context } from './context.ts';
import type { Values } from './paste.ts';

/** The text about a failure. Everything except the section is a template for `fill`. */
export type Text = {
  /** The anchor in docs/TROUBLESHOOTING.md, whose heading there is the sentence. */
  readonly section: string;
  readonly sentence: string;
  /** The cause in a headline, if the sentence is too long for one: no capital, no full stop. */
  readonly title?: string | undefined;
  /** The next move; empty if there is none. */
  readonly move: string;
};

/** What a failure can be looked up by. */
export type Signs = {
  /** Where the words come from. */
  readonly service?: 'entra' | 'session' | 'arm' | 'submission' | 'aks' | 'output' | 'exit';
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number;
  /** The service's message, or one line of the output. Foreign text. */
  readonly text?: string;
  readonly exitCode?: number | undefined;
  /** Whether the command ever, and whether it always, passes a namespace to kubectl and helm. */
  readonly namespaces?: readonly ('ever' | 'always')[];
};

/** What identifies a row: all that is given must match. A row without a service fits failures on the way to any. */
export type Match = Pick<Signs, 'service' | 'status' | 'exitCode'> & {
  readonly codes?: readonly string[];
  readonly words?: RegExp;
  readonly unlessNamespace?: 'ever' | 'always';
};

/** A failure with a known cause. */
export type Row = Text & Match;

export function text(section: string, [sentence, ...move]: readonly [string, ...string[]]): Text {
  return { section, sentence, move: lines(...move) };
}

export function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}

/** Makes the rows of one service: the section, what identifies the row, and its text. */
export function rowsOf(service?: Match['service']) {
  return (section: string, match: Match, said: readonly [string, ...string[]]): Row => ({
    ...text(section, said),
    ...(service && { service }),
    ...match,
  });
}

/** The named groups of a row's words, as values of its templates. Foreign text. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** The values that a row captures from these signs; undefined if it does not match them. */
export function fits(
  row: Row,
  { text = '', code = '', namespaces, ...signs }: Signs,
): Groups | undefined {
  const isKnown =
    (row.service ?? signs.service) === signs.service &&
    (row.codes?.includes(code) ?? true) &&
    (row.status ?? signs.status) === signs.status &&
    (row.exitCode ?? signs.exitCode) === signs.exitCode &&
    !(row.unlessNamespace && namespaces?.includes(row.unlessNamespace));
  if (!isKnown) return undefined;
  const found = row.words ? row.words.exec(text) : { groups: {} };
  return found ? (found.groups ?? {}) : undefined;
}

/** What one failure adds to the text of its code, or says instead of it. */
type Details = Partial<Text> & {
  /** What to look up a better text by. */
  readonly signs?: Signs;
  readonly values?: Values;
  /** The service's own words; foreign text. */
  readonly words?: string;
};

/** One entry for each code, so that the compiler notices a missing one. The section is the code by default. */
export type Entries = {
  readonly [Code in FailureCode]: Omit<Text, 'section'> & {
    readonly section?: string;
    readonly read?: (failure: Failure<Code>, context: Context) => Details;
  };
};

// Parts of next moves that rows of several services share.

export const GRANT = lines(
  'No built-in role grants only run command. Create a role with the three permissions that it needs, and assign it on this cluster:',
  '$ az role definition create --role-definition {role}',
  "$ az role assignment create --assignee {principal} --role 'AKS Run Command' --scope {clusterId}",
  'If the role was granted a moment ago, wait ten minutes and {noun:rerun}. A role from PIM must be active, not just eligible.',
);

export const LOOK = lines(
  'Before you run it again, check whether it ran, in the pods of run command and in the activity log of the cluster:',
  "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods --namespace aks-command'",
  '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table',
  'To see the result of command {commandId?}, if there is one:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}',
);

export const SEE_RESULT = lines(
  'To see its result once it has ended:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}',
);

export const SAME_SIGN_IN = lines(
  '@ client-id: {clientId?}',
  '@ tenant-id: {tenantId?}',
  '@ audience: {ownAudience?}',
  '@ environment: {environment?}',
);

export const PICK_UP = lines(
  SEE_RESULT,
  '[workflow] To wait for it in another run, set these inputs instead of command, files, and env:',
  '[prompt] To wait for it again:',
  '@ cluster: {clusterId}',
  '@ command-id: {commandId}',
  SAME_SIGN_IN,
);

export const SMALLER = lines(
  'Send less. Exclude files that the command does not need, each with {noun:exclusion}, such as !manifests/**/*.tgz.',
  'Or split the work into several commands, render the manifests first (helm template, kubectl kustomize), push charts to an OCI registry that the cluster reaches, or have a Kubernetes Job fetch large files.',
  '{biggest?}',
);
