/** A line of the script that begins with the boundary, and the text between it and the next one. */
export type Section = {
  readonly word: string;
  /** The number behind `exit`, `part`, `tail`, and `timed-out`; otherwise NaN. */
  readonly number: number;
  readonly text: string;
};

/**
 * What follows the boundary on a line of the stream: a word that counts something, or any other
 * word.
 */
const COUNTING = String.raw`(?<counting>exit|part|tail|timed-out) (?<number>\d{1,15})`;
const LACKING = String.raw`lacks namespace [^\n]{0,300}|lacks [a-z0-9.]{1,16}`;
const PLAIN = String.raw`refused|outputs|summary|collected|uncollected (?:time|disk|size)|gzip|end`;
const WORD = new RegExp(String.raw`(?:${COUNTING}|(?<plain>${LACKING}|${PLAIN}))(?=\n|$)`, 'y');

/**
 * Words that may end a log without a newline, which a service may strip. Any other may have lost a
 * digit then.
 */
const LAST_WORD = /^(?:end|refused|lacks .*)$/;

/** A word behind the boundary. Its line begins at `begin`, and the next line at `end`. */
type Mark = {
  readonly word: string;
  readonly number: number;
  readonly begin: number;
  readonly end: number;
};

/** The text before the first line that begins with the boundary, and the sections behind it. */
export function split(
  stream: string,
  boundary: string,
): { readonly text: string; readonly sections: readonly Section[] } {
  const marks = marksIn(stream, boundary);
  const [first] = marks;

  const sections = marks.map(({ word, number, end }, index) => {
    const next = marks[index + 1];
    // The newline before a mark belongs to the mark.
    const until = next === undefined ? stream.length : next.begin - 1;
    return { word, number, text: stream.slice(end, Math.max(end, until)) };
  });
  const text = first === undefined ? stream : stream.slice(0, Math.max(0, first.begin - 1));
  return { text, sections };
}

function marksIn(stream: string, boundary: string): Mark[] {
  const marks: Mark[] = [];
  let begin = indexOfLine(stream, `${boundary} `);
  while (begin >= 0) {
    const mark = markAt(stream, begin, boundary);
    if (mark !== undefined) marks.push(mark);
    begin = indexOfLine(stream, `${boundary} `, begin);
  }
  return marks;
}

/**
 * @returns undefined if no word of the script follows the boundary, or the end of the log cut it
 *   off
 */
function markAt(stream: string, begin: number, boundary: string): Mark | undefined {
  WORD.lastIndex = begin + boundary.length + 1;
  const { counting, number, plain } = WORD.exec(stream)?.groups ?? {};
  const word = counting ?? plain;
  if (word === undefined) return undefined;

  const end = WORD.lastIndex;
  const isCut = end === stream.length && !LAST_WORD.test(word);
  return isCut ? undefined : { word, number: Number(number), begin, end: end + 1 };
}

/**
 * Where a line begins with `start`: the first one, or the next one after a position; -1 if there is
 * none.
 */
export function indexOfLine(text: string, start: string, after?: number): number {
  if (after === undefined && text.startsWith(start)) return 0;
  const newline = text.indexOf(`\n${start}`, after);
  return newline < 0 ? -1 : newline + 1;
}
