/** One assignment of a file such as `$GITHUB_OUTPUT`. */
export type Entry = {
  /** As written: the grammar allows any text but `=` and `<<` in it. */
  readonly name: string;
  readonly value: string;
  /** The line, counted from 1, where the entry starts. */
  readonly line: number;
};

/** A line that the grammar does not allow. */
type Malformed = {
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, as the end of a sentence that begins with "line 7"; never holds anything of the text. */
  readonly problem: string;
};

/** A line without `=` and `<<`. */
type BareLine = { readonly text: string; readonly line: number };

/** What {@link readFileCommand} found, each list in the order of the lines. */
export type FileCommandLines = {
  readonly entries: readonly Entry[];
  /** Lines without `=` and `<<`: errors in `$GITHUB_OUTPUT`, variables to pass in the input `env`. */
  readonly bare: readonly BareLine[];
  readonly malformed: readonly Malformed[];
  /** Blocks whose delimiter never came, with all that follows as their value: malformed, and yet they may hold a secret. */
  readonly unclosed: readonly Entry[];
};

type Line = { readonly text: string; readonly end: number };

/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or `NAME<<DELIMITER`, lines of the value,
 * `DELIMITER`. Whichever of `=` and `<<` comes first decides. Lines end at LF alone, as on a Linux runner, so that a CR
 * belongs to the value. Empty lines are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two differences: an empty name
 * is malformed here, where the runner fails a step later; and reading goes on after a malformed line.
 */
export function readFileCommand(text: string): FileCommandLines {
  const entries: Entry[] = [];
  const bare: BareLine[] = [];
  const malformed: Malformed[] = [];
  const unclosed: Entry[] = [];
  // .NET's File.ReadAllText takes a byte order mark off.
  let index = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 0;

  const next = (): Line | undefined => {
    if (index >= text.length) {
      return undefined;
    }
    const lf = text.indexOf('\n', index);
    const end = lf < 0 ? text.length : lf;
    const read = { text: text.slice(index, end), end };
    index = end + 1;
    line += 1;
    return read;
  };

  for (let current = next(); current !== undefined; current = next()) {
    if (current.text === '') {
      continue;
    }
    const equals = current.text.indexOf('=');
    const heredoc = current.text.indexOf('<<');
    if (equals < 0 && heredoc < 0) {
      bare.push({ text: current.text, line });
      continue;
    }
    const start = line;
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) {
        malformed.push({ line, problem: 'has no name before the "="' });
      } else {
        entries.push({ name: current.text.slice(0, equals), value: current.text.slice(equals + 1), line });
      }
      continue;
    }

    const name = current.text.slice(0, heredoc);
    const delimiter = current.text.slice(heredoc + 2);
    if (delimiter === '') {
      malformed.push({ line, problem: 'has no delimiter after the "<<"' });
      continue;
    }
    const from = index;
    let to = index;
    let closing = next();
    while (closing !== undefined && closing.text !== delimiter) {
      to = closing.end;
      closing = next();
    }
    if (closing === undefined) {
      unclosed.push({ name, value: text.slice(from), line: start });
      malformed.push({ line: start, problem: 'opens a block whose delimiter never comes on a line of its own' });
    } else if (name === '') {
      malformed.push({ line: start, problem: 'has no name before the "<<"' });
    } else {
      entries.push({ name, value: text.slice(from, to), line: start });
    }
  }
  return { entries, bare, malformed, unclosed };
}

/**
 * All that may be a value in a file, however malformed or cut off, to be masked. A line that is no assignment counts as one
 * more line of the value before it.
 */
export function arrivedEntries(text: string): Entry[] {
  const { entries, bare, unclosed } = readFileCommand(text);
  const lines = [...entries, ...unclosed, ...bare.map(({ text: value, line }) => ({ value, line }))];
  let last = '';
  return lines
    .sort((a, b) => a.line - b.line)
    .map((entry) => ({ ...entry, name: (last = 'name' in entry ? entry.name : last) }));
}

/** The entries of a file, in order and with repeated names, or its first malformed line. */
export type FileCommand =
  { readonly kind: 'entries'; readonly entries: readonly Entry[] } | ({ readonly kind: 'malformed' } & Malformed);

/** Reads what a command wrote to `$GITHUB_OUTPUT`; the grammar is {@link readFileCommand}'s, and one bad line spoils all. */
export function parseFileCommand(text: string): FileCommand {
  const { entries, bare, malformed } = readFileCommand(text);
  const problems = [
    ...malformed,
    ...bare.map(({ line }) => ({ line, problem: 'is neither NAME=value nor NAME<<DELIMITER' })),
  ];
  const first = problems.sort((a, b) => a.line - b.line)[0];
  return first === undefined ? { kind: 'entries', entries } : { kind: 'malformed', ...first };
}
