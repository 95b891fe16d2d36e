import { SECTIONS, type Option } from './options.ts';

const USAGE = `Run a command inside a private AKS cluster, and exit with its exit code.

Usage:
  aks-run-command [OPTIONS] [--] COMMAND [ARG...]     a program and its arguments
  aks-run-command [OPTIONS] --command 'SCRIPT'        a script
  aks-run-command [OPTIONS] --script FILE             a script from a file; - is stdin
  aks-run-command [OPTIONS] --command-id ID           wait for a command submitted earlier

Example, after az login:
  aks-run-command -g shop -n prod-weu -f k8s kubectl apply -f k8s
`;

const EXIT_CODES = `Exit codes:
  the command's own, and
  124  it timed out
  125  it did not run, or the options are invalid
  254  it is still running, and aks-run-command stopped waiting
  255  nobody can tell whether it ran, or what it handed over cannot be used

The output of the command goes to stdout, and everything else to stderr.
`;

/** What `--help` prints. */
export function help(): string {
  const rows = SECTIONS.flatMap(({ options }) => options.map(spelled));
  const width = Math.max(...rows.map(({ length }) => length));
  const sections = SECTIONS.map(({ title, options }) => {
    const lines = options.map((option) => {
      const fallback = option.value !== undefined && option.input?.default;
      return `  ${spelled(option).padEnd(width)}  ${option.help}${fallback ? ` [${fallback}]` : ''}\n`;
    });
    return `${title}:\n${lines.join('')}`;
  });
  return [USAGE, ...sections, EXIT_CODES].join('\n');
}

function spelled({ short, name, value }: Option): string {
  return `${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
}
