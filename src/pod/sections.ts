/**
 * What `mark` in `src/pod/run.sh` prints behind the boundary. Another version's script may print
 * others; their sections are ignored.
 */
export const MARKS = [
  'refused',
  'lacks',
  'gap',
  'exit',
  'timed-out',
  'left-behind',
  'outputs',
  'summary',
  'collected',
  'uncollected',
  'end',
] as const;
export type Mark = (typeof MARKS)[number];

/** A line of the script that begins with the boundary, and the text between it and the next one. */
export type Section = {
  /** One of {@link MARKS}, or another version's. */
  readonly mark: string;
  /** What follows the mark on its line, such as the exit code. */
  readonly detail: string;
  readonly text: string;
};

/**
 * The marks that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST: ReadonlySet<string> = new Set<Mark>(['end', 'refused', 'lacks']);

/** The text before the first line that begins with the boundary, and the sections after it. */
export function split(
  stream: string,
  boundary: string,
): { readonly text: string; readonly sections: readonly Section[] } {
  const pattern = new RegExp(String.raw`(?<=^|\n)${boundary} ([a-z-]+)(?: ([^\n]*))?(\n|$)`, 'g');
  const lines = [...stream.matchAll(pattern)].filter(
    ([, mark = '', , newline]) => newline === '\n' || LAST.has(mark),
  );

  const sections = lines.map((line, at) => {
    const [whole, mark = '', detail = ''] = line;
    const begin = line.index + whole.length;
    return { mark, detail, text: stream.slice(begin, Math.max(begin, endBefore(lines[at + 1]))) };
  });
  return { text: stream.slice(0, endBefore(lines[0])), sections };

  /** Where the text before a line ends. The newline before the line belongs to the line. */
  function endBefore(line: RegExpExecArray | undefined): number {
    return line === undefined ? stream.length : Math.max(0, line.index - 1);
  }
}

/** The first section with one of these marks. */
export function findSection(
  sections: readonly Section[],
  ...marks: readonly Mark[]
): Section | undefined {
  const wanted: ReadonlySet<string> = new Set(marks);
  return sections.find(({ mark }) => wanted.has(mark));
}

/** The number of the first section with this mark; undefined if there is none. */
export function numberOf(sections: readonly Section[], mark: Mark): number | undefined {
  const detail = findSection(sections, mark)?.detail ?? '';
  return /^\d{1,15}$/.test(detail) ? Number(detail) : undefined;
}
