/**
 * Reads the entries of a file command, such as `GITHUB_OUTPUT`, as the runner does: `NAME=VALUE`,
 * or `NAME<<DELIMITER`, the lines of the value, and the delimiter. It is written from the runner's
 * own reader (actions/runner `src/Runner.Worker/FileCommandManager.cs`, `EnvFileKeyValuePairs`),
 * and deliberately shares nothing with the action's, so that the two can contradict each other.
 *
 * @param windows there, a line may also end in CR LF
 * @throws Error with the runner's reason, for a file that makes the runner fail the step
 */
export function readEntries(text: string, { windows }: { windows: boolean }): [string, string][] {
  const entries: [string, string][] = [];
  const reader = lineReader(text.startsWith('\uFEFF') ? text.slice(1) : text, windows);

  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');

    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const name = line.slice(0, heredoc);
      const delimiter = line.slice(heredoc + 2);
      if (name === '' || delimiter === '') {
        throw new Error(
          `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`,
        );
      }
      entries.push([name, reader.until(delimiter)]);
    } else if (equals >= 0) {
      const name = line.slice(0, equals);
      if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`);
      entries.push([name, line.slice(equals + 1)]);
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return entries;
}

function lineReader(text: string, windows: boolean) {
  let at = 0;

  /** The next line without its end; undefined if there is none. */
  function next(): string | undefined {
    if (at >= text.length) return undefined;
    const begin = at;
    const newline = text.indexOf('\n', begin);
    if (newline < 0) {
      at = text.length;
      return text.slice(begin);
    }
    at = newline + 1;
    const hasReturn = windows && newline > begin && text.charAt(newline - 1) === '\r';
    return text.slice(begin, hasReturn ? newline - 1 : newline);
  }

  /** The text up to the line that equals the delimiter, without the end of its last line. */
  function until(delimiter: string): string {
    const lines: string[] = [];
    for (let line = next(); line !== delimiter; line = next()) {
      if (line === undefined) {
        throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      }
      lines.push(line);
    }
    return lines.join('\n');
  }

  return { next, until };
}
