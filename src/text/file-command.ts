import { say, type Text } from './say.ts';

/** One assignment in a file such as `$GITHUB_OUTPUT`. */
export type Assignment = {
  /** As written. The grammar allows any text in it except `=` and `<<`. */
  readonly name: string;
  readonly value: string;
  /** The line, counted from 1, where it starts. */
  readonly line: number;
};

/** What {@link readFileCommand} found, in the order of the lines. */
export type FileCommandLines = {
  readonly assignments: Assignment[];
  /** The lines on which a block begins. Other assignments are `NAME=value`. */
  readonly blocks: Set<number>;
  /**
   * Lines without `=` and `<<`: errors in `$GITHUB_OUTPUT`, variables to pass in the input `env`.
   */
  readonly bare: { readonly text: string; readonly line: number }[];
  /**
   * `problem` is the end of a sentence that begins with "line 7"; it never contains any of the
   * text.
   */
  readonly malformed: { readonly line: number; readonly problem: Text }[];
  /**
   * Blocks without their delimiter. Their value is everything that follows: malformed, but perhaps
   * secret.
   */
  readonly unclosed: Assignment[];
};

/**
 * Reads the runner's grammar for `$GITHUB_OUTPUT` and `$GITHUB_ENV`: `NAME=value`, or
 * `NAME<<DELIMITER`, the lines of the value, `DELIMITER`. Whichever of `=` and `<<` comes first
 * decides. Lines end at LF alone, as on a Linux runner, so a CR belongs to the value. Empty lines
 * are skipped, and the last line needs no LF.
 *
 * Source: `EnvFileKeyValuePairs` of actions/runner `src/Runner.Worker/FileCommandManager.cs`. Two
 * differences: an empty name is malformed here, where the runner fails a step later; and reading
 * continues after a malformed line.
 */
export function readFileCommand(text: string): FileCommandLines {
  const found: FileCommandLines = {
    assignments: [],
    blocks: new Set(),
    bare: [],
    malformed: [],
    unclosed: [],
  };
  // .NET's File.ReadAllText removes a byte order mark.
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const current = lines[at];
    if (current) at = readAssignment(current, lines, at, found);
  }
  return found;
}

/** @returns the index of its last line */
function readAssignment(
  current: string,
  lines: readonly string[],
  at: number,
  found: FileCommandLines,
): number {
  const line = at + 1;
  const operator = /=|<</.exec(current);
  if (operator === null) {
    found.bare.push({ text: current, line });
    return at;
  }

  const [sign] = operator;
  const name = current.slice(0, operator.index);
  const rest = current.slice(operator.index + sign.length);
  const add = (value: string) => {
    if (name !== '') found.assignments.push({ name, value, line });
    else found.malformed.push({ line, problem: say`has no name before the ${sign}` });
  };

  if (sign === '=') {
    add(rest);
    return at;
  }
  if (rest === '') {
    found.malformed.push({ line, problem: say`has no delimiter after the ${'<<'}` });
    return at;
  }

  const end = lines.indexOf(rest, at + 1);
  if (end < 0) {
    found.unclosed.push({ name, value: lines.slice(at + 1).join('\n'), line });
    found.malformed.push({
      line,
      problem: say`starts a block, but no later line is its delimiter`,
    });
    return lines.length;
  }
  add(lines.slice(at + 1, end).join('\n'));
  found.blocks.add(line);
  return end;
}
