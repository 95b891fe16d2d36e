/** A line of the script that begins with the boundary, and the text between it and the next one. */
export type Section = {
  /** The word after the boundary, such as `exit`. */
  readonly word: string;
  /** What follows the word on its line, such as the exit code. */
  readonly detail: string;
  readonly text: string;
};

/** What follows the boundary on its line: a word and a number, or words alone. */
const WITH_NUMBER = String.raw`(?:exit|part|tail|timed-out) \d{1,15}`;
const WITHOUT_NUMBER = 'outputs|summary|collected|uncollected (?:time|disk|size)|gzip';
/**
 * The words that may end a log. A service may strip the log's last newline, so they are complete
 * without it. All others need it: without it, they may have lost a digit, too.
 */
const LAST = String.raw`end|refused|lacks namespace [^\n]{0,300}|lacks [a-z0-9.]{1,16}`;
const WORDS = String.raw`(?:(?:${WITH_NUMBER}|${WITHOUT_NUMBER})(?=\n)|(?:${LAST})(?=\n|$))`;

/** The text before the first line that begins with the boundary, and the sections after it. */
export function split(
  stream: string,
  boundary: string,
): { readonly text: string; readonly sections: readonly Section[] } {
  const marks = [...stream.matchAll(new RegExp(String.raw`(?<=^|\n)${boundary} ${WORDS}`, 'g'))];

  const sections = marks.map((mark, at) => {
    const [line] = mark;
    const words = line.slice(boundary.length + 1);
    const space = `${words} `.indexOf(' ');
    const begin = mark.index + line.length + 1;
    const end = endBefore(marks[at + 1], stream);
    return {
      word: words.slice(0, space),
      detail: words.slice(space + 1),
      text: stream.slice(begin, Math.max(begin, end)),
    };
  });
  return { text: stream.slice(0, endBefore(marks[0], stream)), sections };
}

/** Where the text before a mark ends. The newline before a mark belongs to the mark. */
function endBefore(mark: RegExpExecArray | undefined, stream: string): number {
  return mark === undefined ? stream.length : Math.max(0, mark.index - 1);
}
