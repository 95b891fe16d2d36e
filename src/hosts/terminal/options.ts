import { DEFAULT_CLOUD } from '../../azure/cloud.ts';
import { SWITCHES } from '../words.ts';

/**
 * The text of `--help`, which is also the table of options. Each of the action's inputs that makes sense at a prompt
 * has an option with its name and its default. The other options exist only here.
 */
export const HELP = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]     a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'        a script
  aks-run-command [OPTIONS] --script FILE             a script from a file; - is stdin
  aks-run-command [OPTIONS] --command-id ID           wait for a command submitted earlier

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s

Cluster and sign-in:
  -n, --cluster NAME|ID             Name of the cluster, or its full ARM resource ID
  -g, --resource-group NAME         Resource group of the cluster; required with a name
      --subscription-id GUID        Subscription of the cluster; with a name, default: that of az
      --client-id GUID              Application or managed identity to sign in as, with an ID token
      --tenant-id GUID              Its tenant. Without both: the session of az or workload identity
      --id-token-env NAME           Variable that holds the ID token; default: GitHub's, or a token file
      --audience TEXT               Audience of GitHub's ID token; the default depends on the cloud
      --environment CLOUD           The Azure cloud: a name, or an https:// ARM endpoint [${DEFAULT_CLOUD}]

Command:
  -c, --command SCRIPT              One line or a whole script
      --script FILE                 A script from a file; - is stdin
  -i, --command-id ID               Wait for a command submitted earlier, instead of running one
      --shell bash|sh               bash is strict (-eo pipefail); default: bash -e, or sh -e without bash
      --namespace NAME              Default namespace of kubectl and helm in the command
  -f, --files PATTERN               Files to send; ! excludes. Quote patterns. Can be repeated
      --working-directory DIR       Folder that the files are relative to; default: the current folder
      --if-no-files-found WHAT      error, warn, or ignore [error]
      --include-hidden-files        Also send dotfiles
      --env NAME[=VALUE]            A variable for the command; NAME alone passes yours. Can be repeated

How to run:
      --timeout DURATION            How long the command may run: 90s, 15m, 1h30m [30m]
      --start-timeout DURATION      How long after its submission the command may start [90s]
      --start-retries N             How many times to resubmit a command that did not start [2]
      --no-wait                     Submit the command, print its id on stdout, and exit
      --dry-run                     Sign in, pack, print what would be sent, and run nothing
      --collect PATTERN             Files to bring back from the pod. Can be repeated
      --collect-to DIR              Folder for the collected files; default: a new temporary folder
      --if-no-files-collected WHAT  error, warn, or ignore [warn]

Output:
  -o, --output json                 Print the verdict and the output as JSON on stdout, and nothing else
      --result FILE                 Write the same JSON to a file, even on failure and Ctrl-C
      --quiet                       Print only errors to stderr
      --raw                         Keep escape sequences and log commands in the output
      --debug                       Show each request, but never its content
  -h, --help                        Show this help
      --version                     Show the version

Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  130  Ctrl-C ended the waiting (143: SIGTERM); the command may still be running
  254  it is still running, and aks-run-command stopped waiting
  255  it is unknown whether it ran, or what it handed over cannot be used

The output of the command, stderr included, goes to stdout, and everything else to stderr.
`;

/** An option as the help shows it. */
export type Option = {
  readonly name: string;
  readonly short: string | undefined;
  /** The placeholder for its value; undefined for a switch. */
  readonly value: string | undefined;
  readonly default: string | undefined;
  readonly multiple: boolean;
  /** The input of the action that it sets, if there is one; a switch sets it to `whenOn`. */
  readonly input: string | undefined;
  readonly whenOn: string | undefined;
};

const OWN = new Set(
  'id-token-env script collect-to output result quiet raw debug help version'.split(' '),
);

export const OPTIONS: readonly Option[] = [
  ...HELP.matchAll(/^ {2}(?:-(\w), | {4})--([a-z-]+)(?: (\S+))? {2,}(\S.*?)(?: \[(.+)\])?$/gm),
].map(([, short, name = '', value, meaning = '', fallback]) => {
  const [input, asSwitch] = Object.entries(SWITCHES).find(
    ([, { option }]) => option === `--${name}`,
  ) ?? [name];
  return {
    ...{ name, short, value, default: fallback, multiple: meaning.endsWith('Can be repeated') },
    ...{ input: OWN.has(name) ? undefined : input, whenOn: asSwitch?.value },
  };
});

/** Other names of options: those of `az aks command invoke`. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  cluster: ['name'],
  'subscription-id': ['subscription'],
  files: ['file'],
  quiet: ['only-show-errors'],
};
