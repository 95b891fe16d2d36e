import { PUBLIC_CLOUD } from '../../azure/cloud.ts';

/** An option of the command line. */
export type Option = {
  readonly name: string;
  readonly letter?: string;
  /** Its other names: those of `az aks command invoke`. */
  readonly aliases?: readonly string[];
  /** The placeholder for its value. A switch has none. */
  readonly value?: string;
  /** Whether it can be given several times. Otherwise, the last one counts. */
  readonly repeats?: true;
  readonly meaning: string;
  /** The default of its input, if the input has a fixed one. */
  readonly default?: string;
  /** The input of the action that it sets; absent if it exists only at a prompt. */
  readonly input?: string;
  /** What a switch sets its input to. */
  readonly sets?: 'true' | 'false';
};

/**
 * Every option, by the titles of the help and in its order. Each of the action's inputs that makes
 * sense at a prompt has one, with its name and its default.
 */
const GROUPS: Readonly<Record<string, readonly Option[]>> = {
  'Cluster and sign-in': [
    {
      name: 'cluster',
      letter: 'n',
      aliases: ['name'],
      value: 'NAME|ID',
      meaning: 'Name of the cluster, or its full ARM resource ID',
      input: 'cluster',
    },
    {
      name: 'resource-group',
      letter: 'g',
      value: 'NAME',
      meaning: 'Resource group of the cluster; required with a name',
      input: 'resource-group',
    },
    {
      name: 'subscription-id',
      aliases: ['subscription'],
      value: 'GUID',
      meaning: 'Subscription of the cluster; with a name, default: that of az',
      input: 'subscription-id',
    },
    {
      name: 'client-id',
      value: 'GUID',
      meaning: 'Application or managed identity to sign in as, with an ID token',
      input: 'client-id',
    },
    {
      name: 'tenant-id',
      value: 'GUID',
      meaning: 'Its tenant. Without both: the session of az or workload identity',
      input: 'tenant-id',
    },
    {
      name: 'id-token-env',
      value: 'NAME',
      meaning: "Variable that holds the ID token; default: GitHub's, or a token file",
    },
    {
      name: 'audience',
      value: 'TEXT',
      meaning: "Audience of GitHub's ID token; the default depends on the cloud",
      input: 'audience',
    },
    {
      name: 'environment',
      value: 'CLOUD',
      meaning: 'The Azure cloud: a name, or an https:// ARM endpoint',
      default: PUBLIC_CLOUD.name,
      input: 'environment',
    },
  ],
  Command: [
    {
      name: 'command',
      letter: 'c',
      value: 'SCRIPT',
      meaning: 'One line or a whole script',
      input: 'command',
    },
    { name: 'script', value: 'FILE', meaning: 'A script from a file; - is stdin' },
    {
      name: 'command-id',
      letter: 'i',
      value: 'ID',
      meaning: 'Wait for a command submitted earlier, instead of running one',
      input: 'command-id',
    },
    {
      name: 'shell',
      value: 'bash|sh',
      meaning: 'bash is strict (-eo pipefail); default: bash -e, or sh -e without bash',
      input: 'shell',
    },
    {
      name: 'namespace',
      value: 'NAME',
      meaning: 'Default namespace of kubectl and helm in the command',
      input: 'namespace',
    },
    {
      name: 'files',
      letter: 'f',
      aliases: ['file'],
      value: 'PATTERN',
      repeats: true,
      meaning: 'Files to send; ! excludes. Quote patterns',
      input: 'files',
    },
    {
      name: 'working-directory',
      value: 'DIR',
      meaning: 'Folder that the files are relative to; default: the current folder',
      input: 'working-directory',
    },
    {
      name: 'if-no-files-found',
      value: 'WHAT',
      meaning: 'error, warn, or ignore',
      default: 'error',
      input: 'if-no-files-found',
    },
    {
      name: 'include-hidden-files',
      meaning: 'Also send dotfiles',
      input: 'include-hidden-files',
      sets: 'true',
    },
    {
      name: 'env',
      value: 'NAME[=VALUE]',
      repeats: true,
      meaning: 'A variable for the command; NAME alone passes yours',
      input: 'env',
    },
  ],
  'How to run': [
    {
      name: 'timeout',
      value: 'DURATION',
      meaning: 'How long the command may run: 90s, 15m, 1h30m',
      default: '30m',
      input: 'timeout',
    },
    {
      name: 'start-timeout',
      value: 'DURATION',
      meaning: 'How long after its submission the command may start',
      default: '90s',
      input: 'start-timeout',
    },
    {
      name: 'start-retries',
      value: 'N',
      meaning: 'How many times to resubmit a command whose pod did not start in time',
      default: '2',
      input: 'start-retries',
    },
    {
      name: 'no-wait',
      meaning: 'Submit the command, print its id on stdout, and exit',
      input: 'wait',
      sets: 'false',
    },
    {
      name: 'dry-run',
      meaning: 'Sign in, pack, print what would be sent, and run nothing',
      input: 'dry-run',
      sets: 'true',
    },
    {
      name: 'collect',
      value: 'PATTERN',
      repeats: true,
      meaning: 'Files to bring back from the pod',
      input: 'collect',
    },
    {
      name: 'collect-to',
      value: 'DIR',
      meaning: 'Folder for the collected files; default: a new temporary folder',
    },
    {
      name: 'if-no-files-collected',
      value: 'WHAT',
      meaning: 'error, warn, or ignore',
      default: 'warn',
      input: 'if-no-files-collected',
    },
  ],
  Output: [
    {
      name: 'output',
      letter: 'o',
      value: 'json',
      meaning: 'Print the verdict and the output as JSON on stdout, and nothing else',
    },
    {
      name: 'result',
      value: 'FILE',
      meaning: 'Write the same JSON to a file, even on failure and Ctrl-C',
    },
    { name: 'quiet', aliases: ['only-show-errors'], meaning: 'Print only errors to stderr' },
    { name: 'raw', meaning: 'Keep escape sequences and log commands in the output' },
    { name: 'debug', meaning: 'Show each request, but never its content' },
    { name: 'help', letter: 'h', meaning: 'Show this help' },
    { name: 'version', meaning: 'Show the version' },
  ],
};

export const OPTIONS: readonly Option[] = Object.values(GROUPS).flat();

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
  255  it is unknown whether it ran, or what it handed over cannot be used

The output of the command, stderr included, goes to stdout, and everything else to stderr.
`;

function helpOfGroup([title, options]: [string, readonly Option[]]): string {
  const lines = options.map((option) => `${helpOfOption(option)}\n`);
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
