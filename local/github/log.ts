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

/** What the log has in front of a command's data; nothing for a command that it does not show. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  'add-mask': '',
  endgroup: '',
  group: '▼ ',
  error: 'Error: ',
  warning: 'Warning: ',
  notice: 'Notice: ',
  debug: '##[debug]',
};

/**
 * Reads stdout as `actions/runner` does: `::name …::` counts after leading blanks, the first `##[name
 * …]` of any other line counts wherever it is, a lone carriage return ends a line, and between
 * `::stop-commands::TOKEN` and `::TOKEN::` nothing counts.
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
    const command = parseCommand(line, stopToken);
    const isStopped = stopToken !== undefined;
    if (isStopped && command?.name === stopToken) {
      stopToken = undefined;
    } else if (isStopped || command === undefined) {
      shown.push(hide(line, masks));
    } else if (command.name === 'stop-commands') {
      stopToken = command.data.toLowerCase();
    } else {
      commands.push(command);
      if (command.name === 'add-mask') masks.push(...masksOf(command.data));
      const isShown = debug || command.name !== 'debug';
      const prefix = SHOWN_AS[command.name] ?? `[${command.name}] `;
      if (isShown && prefix !== '') shown.push(hide(`${prefix}${command.data}`, masks));
    }
  }
  return { shown: shown.map((line) => `${line}\n`).join(''), commands, masks };
}

/** The whole value, and each of its lines. */
function masksOf(data: string): string[] {
  return [data, ...data.split(/[\r\n]+/).map((line) => line.trim())];
}

/** A line as a command that the runner knows, by ActionCommand.cs. */
function parseCommand(line: string, stopToken: string | undefined): Command | undefined {
  const text = line.replace(/^[\s\u0085]+/, '');
  const separator = indexOf(text, '::', 2);
  if (indexOf(text, '::', 0) === 0 && separator >= 0) {
    const command = commandOf(text.slice(2, separator), ',', stopToken);
    if (command) return { ...command, data: unescape(text.slice(separator + 2), CODES) };
  }

  const begin = indexOf(line, '##[', 0);
  const end = line.indexOf(']', begin);
  if (begin < 0 || end < 0) return undefined;
  const command = commandOf(line.slice(begin + 3, end), ';', stopToken);
  return command && { ...command, data: unescape(line.slice(end + 1), OLD_CODES) };
}

function commandOf(head: string, separator: ',' | ';', stopToken: string | undefined) {
  const [, name = '', rest = ''] = /^([^ ]*)(.*)$/s.exec(head.toLowerCase()) ?? [];
  if (!NAMES.has(name) && name !== 'stop-commands' && name !== stopToken) return undefined;

  const properties: Record<string, string> = {};
  const codes = separator === ',' ? PROPERTY_CODES : OLD_CODES;
  for (const pair of head
    .slice(head.length - rest.length)
    .trim()
    .split(separator)) {
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
    if (key !== undefined && value !== undefined) properties[key] = unescape(value, codes);
  }
  return { name, properties };
}

const COLLATOR = new Intl.Collator('und');
const SEGMENTER = new Intl.Segmenter('und');

/**
 * Where a mark is found by culture, which is .NET's default for texts: characters that a collation
 * ignores may stand within it, and a mark that is joined with the character before or after it is
 * none. ICU 76 has 622 characters that join a colon before them so; its grapheme clusters, which
 * this reads, have all of these and more.
 */
function indexOf(text: string, mark: '::' | '##[', from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const end = endOfMark(text, mark, at);
    if (end === undefined) continue;
    const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
    const after = String.fromCodePoint(text.codePointAt(end) ?? 0x20);
    if (!isJoined(before + mark.charAt(0)) && !isJoined(mark.slice(-1) + after)) return at;
  }
  return -1;
}

function endOfMark(text: string, mark: string, start: number): number | undefined {
  let at = start;
  for (const [index, letter] of Array.from(mark).entries()) {
    while (index > 0 && isIgnored(text.codePointAt(at))) {
      at += String.fromCodePoint(text.codePointAt(at) ?? 0).length;
    }
    if (text[at] !== letter) return undefined;
    at += 1;
  }
  return at;
}

function isIgnored(code: number | undefined): boolean {
  if (code === undefined || (code >= 0x20 && code < 0x7f)) return false;
  return COLLATOR.compare(`a${String.fromCodePoint(code)}b`, 'ab') === 0;
}

function isJoined(pair: string): boolean {
  return /[^ -~]/.test(pair) && Array.from(SEGMENTER.segment(pair)).length === 1;
}

/** How the runner escapes data; the order is that in which it reads them. */
const CODES = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const PROPERTY_CODES = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const OLD_CODES = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

function unescape(text: string, codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes).reduce((left, [code, of]) => left.replaceAll(code, of), text);
}

/** Replaces masked values, the longest first. */
export function hide(text: string, masks: readonly string[]): string {
  const known = masks
    .filter((mask) => mask.trim() !== '')
    .sort((one, other) => other.length - one.length);
  return known.reduce((left, mask) => left.replaceAll(mask, '***'), text);
}
