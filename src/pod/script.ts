import type { PackedFile } from '../files/archive.ts';
import type { EnvironmentVariable } from '../inputs/environment-variables.ts';

/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
export const ACTION_FOLDER = '.aks-run-command';

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

export type FactName = (typeof FACT_NAMES)[number];

/** The names that the script itself gives to the command. */
export const POD_NAMES = [
  'HOME',
  'CI',
  'GITHUB_ACTIONS',
  'GITHUB_WORKSPACE',
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
] as const;

export type Shell = '' | 'bash' | 'sh';

/**
 * The word that every line of the transport begins with.
 *
 * @param hex 32 lowercase hex digits from a cryptographic source, new for each submission
 */
export function boundaryOf(hex: string): string {
  if (!/^[0-9a-f]{32}$/.test(hex)) {
    throw new RangeError('A boundary is made of 32 lowercase hex digits');
  }
  return `aks-run-command:${hex}`;
}

/** The text as one word of a POSIX shell. NUL, which no shell can hold, must not be in it. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

export type ArmCommand = {
  /** From {@link boundaryOf}. */
  readonly boundary: string;
  /** Whole seconds since 1970; a pod that starts then or later runs nothing. */
  readonly startBy: number;
  /** Whole seconds, at least 1. */
  readonly timeout: number;
  readonly shell: Shell;
  /** Those of {@link FACT_NAMES} that the run has. */
  readonly facts: Readonly<Partial<Record<FactName, string>>>;
};

/**
 * The `command` of ARM's runCommand. All that differs between two runs with the same inputs is in it, so that the zip beside
 * it has the same bytes; no value of `env` and nothing of the user's command is.
 */
export function armCommand({ boundary, startBy, timeout, shell, facts }: ArmCommand): string {
  const given = FACT_NAMES.flatMap((name) => (facts[name] === undefined ? [] : [`${name}=${facts[name]}`]));
  const words = [`${ACTION_FOLDER}/run.sh`, boundary, String(startBy), String(timeout), shell, ...given];
  // AKS says nothing about the pod's PATH; POSIX systems have sh here.
  return ['/bin/sh', ...words.map(quote)].join(' ');
}

export type PodFiles = {
  /** The text of `src/pod/pod-script.sh`. */
  readonly script: string;
  readonly command: string;
  /** From `readEnvironmentVariables`: names well-formed, values without NUL. */
  readonly env: readonly EnvironmentVariable[];
};

/** The action's own files in the zip. */
export function podFiles({ script, command, env }: PodFiles): PackedFile[] {
  const file = (name: string, mode: number, text: string): PackedFile => ({
    path: `${ACTION_FOLDER}/${name}`,
    mode,
    content: Buffer.from(text),
  });
  return [
    file('run.sh', 0o644, script),
    file('command.sh', 0o644, command),
    ...(env.length === 0 ? [] : [file('env.sh', 0o600, env.map(assignment).join(''))]),
  ];
}

/** Always quoted: in an assignment a shell expands more, a tilde for one. */
function assignment({ name, value }: EnvironmentVariable): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}
