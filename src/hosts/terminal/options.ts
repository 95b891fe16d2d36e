import { DEFAULTS } from '../../inputs/defaults.ts';

/** An option as it is declared. */
type DeclaredOption = {
  readonly name: string;
  readonly letter?: string;
  /** Its other names: those of `az aks command invoke`. */
  readonly aliases?: readonly string[];
  /** The placeholder for its value. A switch has none. */
  readonly value?: string;
  /** Whether it can be given several times. Otherwise, the last one counts. */
  readonly repeats?: true;
  readonly meaning: string;
  /** The input of the action that it sets, if that has another name. */
  readonly input?: string;
  /** It exists only at a prompt, and sets no input. */
  readonly isOwn?: true;
};

/** An option of the command line. */
export type Option = Omit<DeclaredOption, 'input'> & {
  /** The input of the action that it sets; undefined if it exists only at a prompt. */
  readonly input?: string | undefined;
  /** The default of its input, if the input has a fixed one. */
  readonly default?: string | undefined;
  /** What a switch sets its input to: what is not the default. */
  readonly sets?: 'true' | 'false';
};

/**
 * Every option, by the titles of the help and in its order. Each of the action's inputs that makes
 * sense at a prompt has one, with its name and its default.
 */
const GROUPS: Readonly<Record<string, readonly DeclaredOption[]>> = {
  'Cluster and sign-in': [
    {
      name: 'cluster',
      letter: 'n',
      aliases: ['name'],
      value: 'NAME|ID',
      meaning: 'Name of the cluster, or its full ARM resource ID',
    },
    {
      name: 'resource-group',
      letter: 'g',
      value: 'NAME',
      meaning: 'Resource group of the cluster; required with a name',
    },
    {
      name: 'subscription-id',
      aliases: ['subscription'],
      value: 'GUID',
      meaning: 'Subscription of the cluster; with a name, default: that of az',
    },
    {
      name: 'client-id',
      value: 'GUID',
      meaning: 'Application or managed identity to sign in as, with an ID token',
    },
    {
      name: 'tenant-id',
      value: 'GUID',
      meaning: 'Its tenant. Without both: the session of az or workload identity',
    },
    {
      name: 'id-token-env',
      value: 'NAME',
      meaning: "Variable that holds the ID token; default: GitHub's, or a token file",
      isOwn: true,
    },
    {
      name: 'audience',
      value: 'TEXT',
      meaning: "Audience of GitHub's ID token; the default depends on the cloud",
    },
    {
      name: 'environment',
      value: 'CLOUD',
      meaning: 'The Azure cloud: a name, or an https:// ARM endpoint',
    },
  ],
  Command: [
    { name: 'command', letter: 'c', value: 'SCRIPT', meaning: 'One line or a whole script' },
    { name: 'script', value: 'FILE', meaning: 'A script from a file; - is stdin', isOwn: true },
    {
      name: 'command-id',
      letter: 'i',
      value: 'ID',
      meaning: 'Wait for a command submitted earlier, instead of running one',
    },
    {
      name: 'shell',
      value: 'bash|sh',
      meaning: 'bash is strict (-eo pipefail); default: bash -e, or sh -e without bash',
    },
    {
      name: 'namespace',
      value: 'NAME',
      meaning: 'Default namespace of kubectl and helm in the command',
    },
    {
      name: 'files',
      letter: 'f',
      aliases: ['file'],
      value: 'PATTERN',
      repeats: true,
      meaning: 'Files to send; ! excludes. Quote patterns',
    },
    {
      name: 'working-directory',
      value: 'DIR',
      meaning: 'Folder that the files are relative to; default: the current folder',
    },
    { name: 'if-no-files-found', value: 'WHAT', meaning: 'error, warn, or ignore' },
    { name: 'include-hidden-files', meaning: 'Also send dotfiles' },
    {
      name: 'env',
      value: 'NAME[=VALUE]',
      repeats: true,
      meaning: 'A variable for the command; NAME alone passes yours',
    },
  ],
  'How to run': [
    {
      name: 'timeout',
      value: 'DURATION',
      meaning: 'How long the command may run: 90s, 15m, 1h30m',
    },
    {
      name: 'start-timeout',
      value: 'DURATION',
      meaning: 'How long after its submission the command may start',
    },
    {
      name: 'start-retries',
      value: 'N',
      meaning: 'How many times to resubmit a command whose pod did not start in time',
    },
    {
      name: 'no-wait',
      meaning: 'Submit the command, print its ID on stdout, and exit',
      input: 'wait',
    },
    { name: 'dry-run', meaning: 'Sign in, pack, print what would be sent, and run nothing' },
    {
      name: 'collect',
      value: 'PATTERN',
      repeats: true,
      meaning: 'Files to bring back from the pod',
    },
    {
      name: 'collect-to',
      value: 'DIR',
      meaning: 'Folder for the collected files; default: a new temporary folder',
      isOwn: true,
    },
    { name: 'if-no-files-collected', value: 'WHAT', meaning: 'error, warn, or ignore' },
  ],
  Output: [
    {
      name: 'output',
      letter: 'o',
      value: 'json',
      meaning: 'Print the verdict and the output as JSON on stdout, and nothing else',
      isOwn: true,
    },
    {
      name: 'result',
      value: 'FILE',
      meaning: 'Write the same JSON to a file, even on failure and Ctrl-C',
      isOwn: true,
    },
    {
      name: 'quiet',
      aliases: ['only-show-errors'],
      meaning: 'Print only errors to stderr',
      isOwn: true,
    },
    { name: 'raw', meaning: 'Keep escape sequences and log commands in the output', isOwn: true },
    { name: 'debug', meaning: 'Show each request, but never its content', isOwn: true },
    { name: 'help', letter: 'h', meaning: 'Show this help', isOwn: true },
    { name: 'version', meaning: 'Show the version', isOwn: true },
  ],
};

export const OPTIONS: readonly Option[] = Object.values(GROUPS).flat().map(completed);

function completed(option: DeclaredOption): Option {
  if (option.isOwn) return option;

  const { name, value, input = name } = option;
  const byDefault = DEFAULTS[input];
  if (value !== undefined) return { ...option, input, default: byDefault };
  return { ...option, input, sets: byDefault === 'true' ? 'false' : 'true' };
}

/** The column at which the meanings begin. */
const MEANING_COLUMN = 36;

/** The text of `--help`. */
export const HELP = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]     a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'        a script
  aks-run-command [OPTIONS] --script FILE             a script from a file; - is stdin
  aks-run-command [OPTIONS] --command-id ID           wait for a command submitted earlier

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s

${Object.entries(GROUPS).map(helpOfGroup).join('\n')}
Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  130  Ctrl-C ended the wait (143: SIGTERM); the command may still be running
  254  it is still running, and aks-run-command stopped waiting
  255  it is unknown whether it ran, or its output, step outputs, or files cannot be used

The output of the command, stderr included, goes to stdout, and everything else to stderr.
`;

function helpOfGroup([title, options]: [string, readonly DeclaredOption[]]): string {
  const lines = options.map((option) => `${helpOfOption(completed(option))}\n`);
  return `${title}:\n${lines.join('')}`;
}

function helpOfOption(option: Option): string {
  const letter = option.letter === undefined ? '   ' : `-${option.letter},`;
  const value = option.value === undefined ? '' : ` ${option.value}`;
  const usage = `  ${letter} --${option.name}${value}`;
  const repeats = option.repeats === true ? '. Can be repeated' : '';
  const byDefault = option.default === undefined ? '' : ` [${option.default}]`;
  return `${usage.padEnd(MEANING_COLUMN)}${option.meaning}${repeats}${byDefault}`;
}
