/** How an option is written, and what the help says of it. */
export type Option = {
  /** Without its dashes. */
  readonly name: string;
  /** What stands for its value in the help; undefined for a switch. */
  readonly value?: string;
  /** One letter. */
  readonly short?: string;
  /** Other names: those of `az aks command invoke`. */
  readonly aliases?: readonly string[];
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** The input of the action that it is, and, for a switch, the value that it stands for. */
  readonly input?: { readonly name: string; readonly default?: string; readonly whenOn?: string };
  readonly help: string;
};

/** Options under a heading of the help. */
export type Section = { readonly title: string; readonly options: readonly Option[] };

/** An input whose option has its name. */
function input(name: string, value: string, help: string, more: Partial<Option> & { default?: string } = {}): Option {
  const { default: fallback, ...rest } = more;
  return { name, value, help, input: { name, ...(fallback !== undefined && { default: fallback }) }, ...rest };
}

/**
 * Every option: one for each input of the action that has a meaning at a prompt, by its name and with its default, and
 * a few of the prompt's own. `action.yml` is the specification; a test compares.
 */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Cluster and sign-in',
    options: [
      input('cluster', 'NAME|ID', 'Name of the cluster, or its full ARM resource ID', {
        short: 'n',
        aliases: ['name'],
      }),
      input('resource-group', 'NAME', 'Resource group of the cluster; required with a name', { short: 'g' }),
      input('subscription-id', 'GUID', 'Subscription of the cluster; with a name, default: that of az', {
        aliases: ['subscription'],
      }),
      input('client-id', 'GUID', 'Application or managed identity to sign in as, with an ID token'),
      input('tenant-id', 'GUID', 'Its tenant. Without both: the session of az or workload identity'),
      input('audience', 'TEXT', "Audience of GitHub's ID token; the default depends on the cloud"),
      input('environment', 'CLOUD', 'The Azure cloud: a name, or an https:// ARM endpoint', {
        default: 'azurecloud',
      }),
    ],
  },
  {
    title: 'Command',
    options: [
      input('command', 'SCRIPT', 'One line or a whole script', { short: 'c' }),
      { name: 'script', value: 'FILE', help: 'A script from a file; - is stdin' },
      input('command-id', 'ID', 'Wait for a command submitted earlier, instead of running one', { short: 'i' }),
      input('shell', 'bash|sh', 'bash is strict (-eo pipefail); default: bash -e, or sh -e without bash'),
      input('files', 'PATTERN', 'Files to send; ! excludes. Can be repeated', {
        short: 'f',
        aliases: ['file'],
        multiple: true,
      }),
      input('working-directory', 'DIR', 'Folder that the files are relative to; default: the current folder'),
      input('if-no-files-found', 'WHAT', 'error, warn, or ignore', { default: 'error' }),
      {
        name: 'include-hidden-files',
        input: { name: 'include-hidden-files', default: 'false', whenOn: 'true' },
        help: 'Also send dotfiles',
      },
      input('env', 'NAME[=VALUE]', 'A variable for the command; NAME alone passes your value. Can be repeated', {
        multiple: true,
      }),
    ],
  },
  {
    title: 'How to run',
    options: [
      input('timeout', 'DURATION', 'How long the command may run: 90s, 15m, 1h30m', { default: '30m' }),
      input('start-timeout', 'DURATION', 'How long after its submission the command may start', { default: '90s' }),
      input('start-retries', 'N', 'How many times to resubmit a command that did not start', { default: '2' }),
      {
        name: 'no-wait',
        input: { name: 'wait', default: 'true', whenOn: 'false' },
        help: 'Submit the command, print how to pick it up later, and exit',
      },
      {
        name: 'dry-run',
        input: { name: 'dry-run', default: 'false', whenOn: 'true' },
        help: 'Sign in, pack, print what would be sent, and run nothing',
      },
      input('collect', 'PATTERN', 'Files to bring back from the pod. Can be repeated', { multiple: true }),
      { name: 'collect-to', value: 'DIR', help: 'Folder for the collected files; default: a new temporary folder' },
      input('if-no-files-collected', 'WHAT', 'error, warn, or ignore', { default: 'warn' }),
    ],
  },
  {
    title: 'Output',
    options: [
      { name: 'result', value: 'FILE', help: 'Write the verdict as JSON, even on failure and Ctrl-C' },
      { name: 'quiet', aliases: ['only-show-errors'], help: 'Print only errors to stderr' },
      { name: 'raw', help: 'Keep escape sequences and log commands in the output' },
      { name: 'debug', help: 'Show each request, but never its content' },
      { name: 'help', short: 'h', help: 'Show this help' },
      { name: 'version', help: 'Show the version' },
    ],
  },
];

export const OPTIONS: readonly Option[] = SECTIONS.flatMap(({ options }) => options);
