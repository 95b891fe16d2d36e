/**
 * The word after the boundary in each line that `src/pod/run.sh` can print. Another version's
 * script may print others; their sections are ignored.
 */
export const WORDS = [
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
export type Word = (typeof WORDS)[number];

/** A line of the script that begins with the boundary, and the text between it and the next one. */
export type Section = {
  /** One of {@link WORDS}, or another version's. */
  readonly word: string;
  /** What follows the word on its line, such as the exit code. */
  readonly detail: string;
  readonly text: string;
};

/**
 * The words that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST: ReadonlySet<string> = new Set<Word>(['end', 'refused', 'lacks']);

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

/** The first section with one of these words. */
export function findSection(
  sections: readonly Section[],
  ...words: readonly Word[]
): Section | undefined {
  const wanted: ReadonlySet<string> = new Set(words);
  return sections.find(({ word }) => wanted.has(word));
}

/** The number of the first section with this word; undefined if there is none. */
export function numberOf(sections: readonly Section[], word: Word): number | undefined {
  const detail = findSection(sections, word)?.detail ?? '';
  return /^\d{1,15}$/.test(detail) ? Number(detail) : undefined;
}
