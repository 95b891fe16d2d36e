import { parseCommandId, type CommandId } from '../azure/command.ts';
import { runnerPathIn, expandBraces } from '../files/pattern.ts';
import type { Cargo } from '../pod/package.ts';
import { isInThePod, NAMESPACE, NAMESPACE_NAMES, type Shell } from '../pod/variables.ts';
import { visible } from '../text/visible.ts';
import { readEnv } from './env.ts';
import { variablesFromOutside } from './shell-variables.ts';
import { meantCommandId, meantNamespace } from './meant.ts';
import type { InputReader } from './reader.ts';

/** A command to run. */
export type Run = Omit<Cargo, 'timeout'> & {
  readonly kind: 'run';
  /** Seconds. */
  readonly startTimeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
  readonly dryRun: boolean;
};

/** An earlier command to wait for. */
export type Follow = {
  readonly kind: 'follow';
  readonly commandId: CommandId;
  readonly wait: true;
};

/** Reads what to do: run a command, or wait for an earlier one. */
export function readTask(reader: InputReader): Run | Follow {
  const run: Run = {
    kind: 'run',
    command: withoutCrLf(reader.untrimmed('command')),
    shell: reader.choice<Shell>('shell', ['', 'bash', 'sh'], ''),
    namespace: readNamespace(reader),
    files: {
      patterns: reader.lines('files'),
      workingDirectory: reader.text('working-directory'),
      ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
      includeHidden: reader.flag('include-hidden-files', false),
    },
    env: readEnv(reader),
    collect: readCollect(reader),
    startTimeout: reader.duration('start-timeout', '90s', 3600),
    startRetries: reader.count('start-retries', 2, 10),
    wait: reader.flag('wait', true),
    dryRun: reader.flag('dry-run', false),
  };
  const given = reader.text('command-id');
  if (given === '') {
    checkCommand(run.command, reader);
    warnOfOverrides(run, reader);
    warnOfMissingVariables(run, reader);
    return run;
  }
  const commandId = parseCommandId(given);
  if (commandId === undefined) {
    reader.invalid('command-id', given, '32 hexadecimal digits', meantCommandId(given));
  }
  refuseWithCommandId(reader, run);
  return commandId === undefined ? run : { kind: 'follow', commandId, wait: true };
}

/** Removes the CR if every line ends in CR LF. A shell would treat it as part of the line's last word. */
function withoutCrLf(command: string): string {
  return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}

function readNamespace(reader: InputReader): string {
  const given = reader.text('namespace');
  if (given !== '' && !NAMESPACE.test(given)) {
    const allowed =
      'the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens, with a letter or digit at both ends';
    reader.invalid('namespace', given, allowed, meantNamespace(given));
  }
  return given;
}

/** Which program each of these variables gives another namespace than the input does. */
const OVERRIDES: Readonly<Record<(typeof NAMESPACE_NAMES)[number], string>> = {
  HELM_NAMESPACE: 'helm',
  POD_NAMESPACE: 'kubectl, if the pod has no kubeconfig',
  KUBECONFIG: 'kubectl',
};

/** The variables of `env` come after the namespace. */
function warnOfOverrides({ namespace, env }: Run, reader: InputReader): void {
  if (namespace === '') return;
  for (const name of NAMESPACE_NAMES) {
    if (!env.some((variable) => variable.name === name)) continue;
    reader.warn('env', `${name} overrides ${reader.called('namespace')} for ${OVERRIDES[name]}`);
  }
}

const AND = new Intl.ListFormat('en-US', { type: 'conjunction' });

/** A command that worked in a `run:` step finds the variables of the job and the step there. */
function warnOfMissingVariables({ command, env }: Run, reader: InputReader): void {
  const { host } = reader;
  if (host.words.place === 'prompt') return;
  const isPassed = (name: string) => env.some((variable) => variable.name === name);
  const names = variablesFromOutside(command).filter(
    (name) => !isInThePod(name) && !isPassed(name) && Boolean(host.variable(name)),
  );
  if (names.length === 0) return;

  const one = names.length === 1;
  const used = AND.format(names.map((name) => `$${name}`));
  const lines = one ? `the line ${names.join()}` : `the lines ${AND.format(names)}`;
  reader.warn(
    'command',
    `${used} ${one ? 'is' : 'are'} set on the runner, but not in the pod. To pass ${one ? 'it' : 'them'} on, add ${lines} to ${reader.called('env')}`,
  );
}

function checkCommand(command: string, reader: InputReader): void {
  if (command.trim() === '') {
    const id = reader.called('command-id');
    const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
    reader.missing(
      'command',
      `is required, unless ${id} names an earlier command to wait for. ${idEmpty}`,
    );
  }
  // A path on the runner means nothing in the pod, which has only what was sent.
  const path = runnerPathIn(command);
  if (path !== undefined) {
    const relative = `Use a path relative to ${reader.called('working-directory')}`;
    reader.warn('command', `${path} is a path outside the pod. ${relative}`);
  }
}

/** Inputs that describe a new command have no meaning for an earlier one. */
function refuseWithCommandId(reader: InputReader, run: Run): void {
  const id = reader.called('command-id');
  const earlier = `cannot be used with ${id}, which waits for an earlier command`;
  if (run.command.trim() !== '') reader.misuse('command', earlier);
  if (run.namespace !== '') reader.misuse('namespace', earlier);
  if (run.files.patterns.length > 0) reader.misuse('files', earlier);
  if (run.env.length > 0) reader.misuse('env', earlier);
  if (run.collect.length > 0) {
    reader.misuse(
      'collect',
      `cannot be used with ${id}: the files of the earlier command come back by themselves`,
    );
  }
  if (!run.wait)
    reader.misuse('wait', `cannot be false with ${id}, which waits for an earlier command`);
  if (run.dryRun) reader.misuse('dry-run', `cannot be true with ${id}, which runs nothing`);
}

/** The limit for all lines together, after brace expansion. The pod can bring back 2,000 files. */
const MAX_PATTERNS = 2_000;
/** How much of a line that is too long stands in the message about it. */
const MAX_QUOTED = 80;

/**
 * Reads the input `collect`: patterns that a POSIX shell matches in the pod's working folder. Braces are expanded here
 * because `sh` does not expand them. Returns each pattern once, without `.`, repeated slashes, and trailing slashes.
 */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const expanded = expandBraces(line);
    if ('problem' in expanded) {
      const start = visible(JSON.stringify(line.slice(0, MAX_QUOTED)));
      reader.problem(
        'collect',
        `The line that begins ${start} cannot be used: ${expanded.problem}`,
      );
      continue;
    }
    const allowed = expanded.map(allowedInstead).find((found) => found !== undefined);
    if (allowed === undefined) for (const pattern of expanded) patterns.add(normalized(pattern));
    else reader.invalid('collect', line, allowed);
  }
  if (patterns.size > MAX_PATTERNS) {
    reader.misuse(
      'collect',
      'has more than 2,000 patterns after brace expansion. Use * or name the folder.',
    );
  }
  return [...patterns];
}

function allowedInstead(pattern: string): string | undefined {
  if (pattern.startsWith('!'))
    return 'patterns of files to bring back; exclusions are not supported';
  if (pattern.includes('\\')) return '/ between folders; a backslash is not supported';
  if (pattern.startsWith('/')) return "a path relative to the command's working folder";
  if (pattern.split('/').includes('..'))
    return "a path without .., below the command's working folder";
  if (pattern.includes('**'))
    return "the folder's name instead of **: a folder brings back everything below it";
  return undefined;
}

function normalized(pattern: string): string {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.join('/') || '.';
}
