import type { PackedFile } from '../files/archive.ts';
import { ACTION_FOLDER } from '../files/unpackers.ts';
import { quote, type Shell } from './shell.ts';
import { CALLER_NAMES, FACT_NAMES, type EnvironmentVariable, type FactName } from './variables.ts';

export type ArmCommand = {
  /** From `hashOf`. The boundary itself is in the zip: who reads the pod's specification reads this line. */
  readonly hash: string;
  /** Whole seconds since 1970; a pod that starts then or later runs nothing. */
  readonly startBy: number;
  /** Whole seconds, at least 1. */
  readonly timeout: number;
  readonly shell: Shell;
  /** Those of {@link FACT_NAMES} that the run has, and all of {@link CALLER_NAMES}. */
  readonly facts: Readonly<Partial<Record<FactName, string>>>;
};

/**
 * The `command` of ARM's runCommand. All that differs between two runs with the same inputs is in it, but for the boundary,
 * which nobody but the script may read; no value of `env` and nothing of the user's command is.
 */
export function armCommand({ hash, startBy, timeout, shell, facts }: ArmCommand): string {
  const given = [...CALLER_NAMES, ...FACT_NAMES].flatMap((name) =>
    facts[name] === undefined ? [] : [`${name}=${facts[name]}`],
  );
  const words = [`${ACTION_FOLDER}/run.sh`, hash, String(startBy), String(timeout), shell, ...given];
  // AKS says nothing about the pod's PATH; POSIX systems have sh here.
  return ['/bin/sh', ...words.map(quote)].join(' ');
}

export type PodFiles = {
  /** The text of `src/pod/pod-script.sh`. */
  readonly script: string;
  readonly command: string;
  /** From `readEnvironmentVariables`: names well-formed, values without NUL. */
  readonly env: readonly EnvironmentVariable[];
  /** What to bring back, and the text of `src/pod/collect.sh`; absent, or without patterns, nothing of it is in the zip. */
  readonly collect?: { readonly script: string; readonly patterns: readonly string[] } | undefined;
};

/** The action's own files in the zip, but for the boundary, which is drawn for each submission. */
export function podFiles({ script, command, env, collect }: PodFiles): PackedFile[] {
  const file = (name: string, mode: number, text: string): PackedFile => ({
    path: `${ACTION_FOLDER}/${name}`,
    mode,
    content: Buffer.from(text),
  });
  return [
    file('run.sh', 0o644, script),
    file('command.sh', 0o644, command),
    // Without variables, too: where the file is missing, the script knows that something went wrong.
    file('env.sh', 0o600, env.map(assignment).join('')),
    ...(collect === undefined || collect.patterns.length === 0
      ? []
      : [
          file('collect.sh', 0o644, collect.script),
          file('collect', 0o644, collect.patterns.map((pattern) => `${pattern}\n`).join('')),
        ]),
  ];
}

/** Always quoted: in an assignment a shell expands more, a tilde for one. */
function assignment({ name, value }: EnvironmentVariable): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
}
