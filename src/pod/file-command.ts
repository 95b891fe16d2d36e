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

/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or `NAME<<DELIMITER`, lines of the value,
 * `DELIMITER`. Whichever of `=` and `<<` comes first decides. Lines end at LF alone, as on a Linux runner, so that a CR
 * belongs to the value. Empty lines are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two differences: an empty name
 * is malformed here, where the runner fails a step later; and reading goes on after a malformed line.
 */
export function readFileCommand(text: string): FileCommandLines {
  const found: Found = { entries: [], bare: [], malformed: [], unclosed: [] };
  const lines = new Lines(text);
  for (let current = lines.next(); current !== undefined; current = lines.next()) {
    const equals = current.indexOf('=');
    const heredoc = current.indexOf('<<');
    const { line } = lines;
    if (current === '') continue;
    if (equals < 0 && heredoc < 0) found.bare.push({ text: current, line });
    else if (equals < 0 || (heredoc >= 0 && heredoc < equals)) {
      readBlock(current.slice(0, heredoc), current.slice(heredoc + 2), lines, found);
    } else if (equals === 0) found.malformed.push({ line, problem: 'has no name before the "="' });
    else found.entries.push({ name: current.slice(0, equals), value: current.slice(equals + 1), line });
  }
  return found;
}

type Found = { [Kind in keyof FileCommandLines]: FileCommandLines[Kind][number][] };

function readBlock(name: string, delimiter: string, lines: Lines, { entries, malformed, unclosed }: Found): void {
  const { line } = lines;
  if (delimiter === '') {
    malformed.push({ line, problem: 'has no delimiter after the "<<"' });
    return;
  }
  const { value, isClosed } = lines.upTo(delimiter);
  if (!isClosed) {
    unclosed.push({ name, value, line });
    malformed.push({ line, problem: 'starts a block, but no later line is its delimiter' });
  } else if (name === '') {
    malformed.push({ line, problem: 'has no name before the "<<"' });
  } else {
    entries.push({ name, value, line });
  }
}

/** A text line by line. */
class Lines {
  readonly #text: string;
  #index: number;
  #line = 0;

  constructor(text: string) {
    this.#text = text;
    // .NET's File.ReadAllText takes a byte order mark off.
    this.#index = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** The number of the line that came last, counted from 1. */
  get line(): number {
    return this.#line;
  }

  /** The next line; undefined at the end. */
  next(): string | undefined {
    if (this.#index >= this.#text.length) return undefined;
    const lf = this.#text.indexOf('\n', this.#index);
    const end = lf < 0 ? this.#text.length : lf;
    const read = this.#text.slice(this.#index, end);
    this.#index = end + 1;
    this.#line += 1;
    return read;
  }

  /** All lines before the next one that is the delimiter, or all that are left where none is. */
  upTo(delimiter: string): { readonly value: string; readonly isClosed: boolean } {
    const from = this.#index;
    for (let start = from, read = this.next(); read !== undefined; start = this.#index, read = this.next()) {
      if (read === delimiter) return { value: this.#text.slice(from, Math.max(from, start - 1)), isClosed: true };
    }
    return { value: this.#text.slice(from), isClosed: false };
  }
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
