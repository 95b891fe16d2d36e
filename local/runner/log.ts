/** A workflow command that the runner executed. */
type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

/** What the runner makes of a step's stdout. */
export type RunnerLog = {
  /** The log as the job's page shows it: commands executed, masked values hidden. */
  readonly shown: string;
  /** Every command executed, in order, except `stop-commands` and the tokens that end it. */
  readonly commands: readonly Command[];
  readonly masks: readonly string[];
};

/** The names that `actions/runner` 2.336 knows. `set-env` and `add-path` throw there. */
const NAMES = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'warning',
]);

const SHOWN_AS: Record<string, string> = {
  error: 'Error: ',
  warning: 'Warning: ',
  notice: 'Notice: ',
  debug: '##[debug]',
};

/**
 * Reads stdout as `actions/runner` does: `::name …::` counts after leading blanks, `##[name …]`
 * anywhere in a line, a lone carriage return ends a line, and between `::stop-commands::TOKEN` and
 * `::TOKEN::` nothing counts.
 *
 * @param debug whether debug messages are shown, as they are with `RUNNER_DEBUG` = 1.
 */
export function readLog(stdout: string, debug = false): RunnerLog {
  const commands: Command[] = [];
  const masks: string[] = [];
  const shown: string[] = [];
  let stopToken: string | undefined;

  const lines = stdout.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const command = parseCommand(line);
    if (stopToken !== undefined) {
      if (command?.name === stopToken) stopToken = undefined;
      else shown.push(hide(line, masks));
      continue;
    }
    if (command?.name === 'stop-commands') {
      stopToken = command.data;
    } else if (command && NAMES.has(command.name)) {
      commands.push(command);
      if (command.name === 'add-mask') masks.push(command.data, ...command.data.split(/\r?\n/));
      else if (command.name === 'group') shown.push(`▼ ${hide(command.data, masks)}`);
      else if (command.name !== 'endgroup' && (command.name !== 'debug' || debug)) {
        shown.push(hide(`${SHOWN_AS[command.name] ?? `[${command.name}] `}${command.data}`, masks));
      }
    } else {
      shown.push(hide(line, masks));
    }
  }
  return { shown: shown.map((line) => `${line}\n`).join(''), commands, masks };
}

function parseCommand(line: string): Command | undefined {
  const match =
    /^\s*::(?<head>.*?)::(?<data>.*)$/s.exec(line) ??
    /##\[(?<head>[^\]]*)\](?<data>.*)$/s.exec(line);
  const head = match?.groups?.['head'];
  const data = match?.groups?.['data'];
  if (head === undefined || data === undefined || head === '') return undefined;
  const [name = '', ...rest] = head.split(' ');
  const pairs = [...rest.join(' ').matchAll(/([^,;=]+)=([^,;]*)/g)];
  const properties = Object.fromEntries(
    pairs.map(([, key = '', value = '']) => [key.trim(), unescape(value)]),
  );
  return { name, properties, data: unescape(data) };
}

function unescape(text: string): string {
  const codes: Record<string, string> = {
    '%0D': '\r',
    '%0A': '\n',
    '%3A': ':',
    '%2C': ',',
    '%25': '%',
  };
  return text.replaceAll(/%0D|%0A|%3A|%2C|%25/g, (code) => codes[code] ?? code);
}

/** Replaces masked values, the longest first. */
export function hide(text: string, masks: readonly string[]): string {
  const known = masks
    .filter((mask) => mask.trim() !== '')
    .sort((one, other) => other.length - one.length);
  return known.reduce((left, mask) => left.replaceAll(mask, '***'), text);
}
