import { escaped } from '../../text/visible.ts';

/**
 * SGR (colors, bold, underline), which stays, or any other control character: anything that begins
 * an escape sequence, changes the direction of text, or ends a line only in some terminals.
 */
const COLORS_OR_CONTROLS =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[\d;:]*m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const RESET = '\u001b[0m';

/**
 * Makes untrusted text safe for a terminal. Colors stay, and end with the text. Every other control
 * is escaped, so that nothing can move the cursor, set a title, write to the clipboard, or
 * overwrite earlier output.
 */
export function forTerminal(text: string): string {
  const shown = text.replaceAll(COLORS_OR_CONTROLS, (control) =>
    control.length > 1 ? control : escaped(control),
  );
  const last = shown.slice(shown.lastIndexOf('\u001b'));
  const isReset = last.startsWith(RESET) || last.startsWith('\u001b[m');
  return shown.includes('\u001b') && !isReset ? `${shown}${RESET}` : shown;
}

/**
 * Whether an agent looks for commands in this log: that of Azure Pipelines, TeamCity, or GitHub's
 * runner.
 */
export function isReadByAgent(env: NodeJS.ProcessEnv): boolean {
  return [env['TF_BUILD'], env['TEAMCITY_VERSION'], env['GITHUB_ACTIONS']].some(Boolean);
}

/**
 * What may stand within a mark: .NET's search, which is ICU's, overlooks some characters. None of
 * them is printable ASCII. With the flag `u`, an engine would remember each turn of this loop, and of
 * megabytes, it would run out of stack.
 */
const OVERLOOKED = '[^ -~\\r\\n]*';
const word = (letters: string) => Array.from(letters).join(OVERLOOKED) + OVERLOOKED;
/** `##vso[…`, `##teamcity[…`, and `##[…`, anywhere in a line. */
const HASHES = new RegExp(
  `#(${OVERLOOKED})#(?=${OVERLOOKED}(?:${word('vso')}|${word('teamcity')})?\\[)`,
  'gi',
);
/**
 * `::word…::` at the start of a line, after blanks, or after anything else that .NET may overlook. A
 * lone carriage return begins a line, too.
 */
const COLONS = new RegExp(
  `(^|[\\r\\n])([^!-~\\r\\n]*):(?=:[^:\\r\\n][^\\r\\n]*?:${OVERLOOKED}:)`,
  'g',
);

/** Breaks up the commands of such an agent with a visible backslash: `#\#vso[`, `:\:error::`. */
export function withoutCommands(text: string): string {
  return text.replaceAll(HASHES, '#$1\\#').replaceAll(COLONS, '$1$2:\\');
}
