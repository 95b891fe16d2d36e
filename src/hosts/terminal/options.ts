/**
 * The text of `--help`. It also declares the options: each line that begins with one is read below.
 * A placeholder stands for a value, without one the option is a switch, and the names after the
 * first one are those of `az aks command invoke`. An option sets the input of its name; a switch
 * `--no-…` turns one off. If the action has no such input, the option is the prompt's own. Defaults
 * in brackets are those of `action.yml`.
 */
export const HELP = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]  a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'     a script
  aks-run-command [OPTIONS] --script FILE          a script from a file or stdin
  aks-run-command [OPTIONS] --command-id ID        wait for an earlier command

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s

Cluster and sign-in:
  -n, --cluster, --name NAME|ID   Cluster name, or its full ARM resource ID
  -g, --resource-group NAME       Its resource group; required with a name
      --subscription-id, --subscription GUID
                                  Its subscription; default: the current one of
                                  az, if the cluster is given by its name
      --client-id GUID            Application or managed identity to sign in as,
                                  with an ID token
      --tenant-id GUID            Its tenant; without both, the session of az or
                                  workload identity
      --id-token-env NAME         Variable that holds the ID token; default:
                                  GitHub's token, or the one in a file
      --audience TEXT             Audience of GitHub's ID token; the default
                                  depends on the cloud
      --environment CLOUD         The Azure cloud: a name, or an https:// ARM
                                  endpoint [azurecloud]

Command:
  -c, --command SCRIPT            One line or a whole script
      --script FILE               A script from a file; - is stdin
  -i, --command-id ID             Wait for a command submitted earlier, instead
                                  of running one
      --shell bash|sh             bash is strict (-eo pipefail); default:
                                  bash -e, or sh -e without bash
      --namespace NAME            Default namespace of kubectl and helm
  -f, --files, --file PATTERN     Files to send; ! excludes; quote patterns
                                  (repeatable)
      --working-directory DIR     Folder that the files are relative to;
                                  default: the current folder
      --if-no-files-found WHAT    error, warn, or ignore [error]
      --include-hidden-files      Also send dotfiles
      --env NAME[=VALUE]          A variable for the command; NAME alone passes
                                  yours (repeatable)

How to run:
      --timeout DURATION          How long the command may run: 90s, 15m, 1h30m
                                  [30m]
      --start-timeout DURATION    How long after its submission the command may
                                  start [90s]
      --start-retries N           How many times to resubmit a command whose pod
                                  did not start in time [2]
      --on-cancel leave|stop      What Ctrl-C does to the command [leave]
      --no-wait                   Submit the command, print its ID, and exit
      --dry-run                   Sign in, pack, print what would be sent, and
                                  run nothing
      --collect PATTERN           Files to bring back from the pod (repeatable)
      --collect-to DIR            Folder for the collected files; default: a new
                                  temporary folder
      --if-no-files-collected WHAT
                                  error, warn, or ignore [warn]

Output:
  -o, --output json               Print the verdict and the output as JSON on
                                  stdout, and nothing else
      --result FILE               Write the same JSON to a file, even on failure
                                  and Ctrl-C
      --quiet, --only-show-errors
                                  Print only errors to stderr
      --raw                       Keep escape sequences and log commands in the
                                  output
      --debug                     Show each request, but never its content
  -h, --help                      Show this help
      --version                   Show the version

Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  130  Ctrl-C ended the wait (143: SIGTERM); the command may still be running
  254  the wait ended; the command may still be running, or may still start
  255  it may or may not have run; or its output, step outputs, or files
       cannot be used

The output of the command, stderr included, goes to stdout, and everything else
to stderr.
`;

/** An option of the command line. */
export type Option = {
  readonly name: string;
  readonly letter: string | undefined;
  /** Its other names. */
  readonly aliases: readonly string[];
  /** What stands for its value in the help. A switch has none. */
  readonly placeholder: string | undefined;
  /** Whether it can be given several times. Otherwise, the last one counts. */
  readonly repeats: boolean;
  /** The input that it sets. */
  readonly input: string;
  /** What a switch sets its input to. */
  readonly sets: 'true' | 'false' | undefined;
};

/** The names of an option, its placeholder, and, on the same and the next lines, its meaning. */
const DECLARATION =
  /^ {2}(?:-(?<letter>\w),| {3}) --(?<name>[a-z-]+)(?<others>(?:, --[a-z-]+)*)(?: (?<placeholder>\S+))?(?<meaning>(?: {2}.*)?(?:\n {10}.*)*)$/gm;

export const OPTIONS: readonly Option[] = Array.from(HELP.matchAll(DECLARATION), optionIn);

function optionIn({ groups = {} }: RegExpExecArray): Option {
  const { letter, name = '', others = '', placeholder, meaning = '' } = groups;
  const setting = name.startsWith('no-') ? 'false' : 'true';
  return {
    name,
    letter,
    aliases: others.split(', --').slice(1),
    placeholder,
    repeats: meaning.endsWith('(repeatable)'),
    input: name.replace(/^no-/, ''),
    sets: placeholder === undefined ? setting : undefined,
  };
}
