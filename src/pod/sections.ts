/** A line of the script that begins with the boundary, and the text between it and the next one. */
export type Section = {
  /** The word after the boundary, such as `exit`. One that this version doesn't know is ignored. */
  readonly word: string;
  /** What follows the word on its line, such as the exit code. */
  readonly detail: string;
  readonly text: string;
};

/**
 * The words that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST: ReadonlySet<string> = new Set(['end', 'refused', 'lacks']);

/** The text before the first line that begins with the boundary, and the sections after it. */
export function split(
  stream: string,
  boundary: string,
): { readonly text: string; readonly sections: readonly Section[] } {
  const pattern = new RegExp(String.raw`(?<=^|\n)${boundary} ([a-z-]+)(?: ([^\n]*))?(\n|$)`, 'g');
  const marks = [...stream.matchAll(pattern)].filter(
    ([, word = '', , newline]) => newline === '\n' || LAST.has(word),
  );

  const sections = marks.map((mark, at) => {
    const [line, word = '', detail = ''] = mark;
    const begin = mark.index + line.length;
    return { word, detail, text: stream.slice(begin, Math.max(begin, endBefore(marks[at + 1]))) };
  });
  return { text: stream.slice(0, endBefore(marks[0])), sections };

  /** Where the text before a mark ends. The newline before a mark belongs to the mark. */
  function endBefore(mark: RegExpExecArray | undefined): number {
    return mark === undefined ? stream.length : Math.max(0, mark.index - 1);
  }
}

/** The number of the first section with this word; undefined if there is none. */
export function numberOf(sections: readonly Section[], word: string): number | undefined {
  const detail = sections.find((section) => section.word === word)?.detail ?? '';
  return /^\d{1,15}$/.test(detail) ? Number(detail) : undefined;
}
