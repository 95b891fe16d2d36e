/**
 * SGR: colors, bold, underline. Nothing else that begins with an escape is left to a terminal; nor are what turns the
 * direction of text round, and the separators that some terminals take for an end of a line.
 */
const COLORS_OR_CONTROLS =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[\d;:]*m|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
const RESET = '\u001b[0m';

/**
 * Foreign text for a terminal: colors stay, every other control is shown as `\x1b`, so that nothing can move the cursor,
 * set a title, write to the clipboard, or overwrite what was said. Colors end with the text.
 */
export function forTerminal(text: string): string {
  const shown = text.replaceAll(COLORS_OR_CONTROLS, (control) => {
    if (control.length > 1) return control;
    const hex = control.charCodeAt(0).toString(16).padStart(2, '0');
    return hex.length > 2 ? `\\u${hex}` : `\\x${hex}`;
  });
  const last = shown.slice(shown.lastIndexOf('\u001b'));
  return shown.includes('\u001b') && !last.startsWith(RESET) && !last.startsWith('\u001b[m')
    ? `${shown}${RESET}`
    : shown;
}

/** What .NET takes for blanks at a line's start, and what its comparisons overlook within a word. */
const BLANKS = '(?:[^\\S\\r\\n]|\\u0085)*';
const IGNORED = '[\\p{Cf}\\p{Mn}\\u0000-\\u0008\\u000e-\\u001f\\u007f]*';
/** `##vso[…` and `##[…` anywhere in a line. */
const HASHES = new RegExp(`#(${IGNORED})#(?=${IGNORED}(?:v${IGNORED}s${IGNORED}o${IGNORED})?\\[)`, 'giu');
/** `::word…::` at the start of a line; a lone carriage return begins one, too. */
const COLONS = new RegExp(`(^|[\\r\\n])(${BLANKS}):(?=:[^:\\r\\n][^\\r\\n]*?::)`, 'gu');

/**
 * Breaks what the agent of Azure Pipelines or GitHub's runner would obey, by a backslash that everybody sees: `#\#vso[`,
 * `:\:error::`.
 */
export function withoutCommands(text: string): string {
  return text.replaceAll(HASHES, '#$1\\#').replaceAll(COLONS, '$1$2:\\');
}
