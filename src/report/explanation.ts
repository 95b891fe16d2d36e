import type { Failure, FailureCode } from '../failure.ts';
import { WORKFLOW } from '../hosts/words.ts';
import { visible, visibleLines } from '../text/visible.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { lookUp, OWN } from './catalogue/index.ts';
import { fill, marked, said, type Values } from './catalogue/paste.ts';
import type { Details, Entry, Text } from './catalogue/row.ts';

/** The three parts of an explanation, filled in. */
type Written = {
  /** The cause in a headline, after the cluster's name: no capital, no period. */
  readonly title: string;
  /** What happened, in one sentence on one line. */
  readonly sentence: string;
  /** The next move: prose, and, indented by two spaces, what is to be pasted. Empty if there is none. */
  readonly move: string;
};

/** A failure in words for people. All of it may hold foreign text. */
export type Explanation = Written & {
  /** Anchor in docs/TROUBLESHOOTING.md. */
  readonly section: string;
  /** Whether the title is the sentence. */
  readonly titleSaysAll: boolean;
  /** The service's own code, words, and request IDs. Empty if it said nothing. */
  readonly words: string;
  /** The same parts with each value between `VALUE_MARKS`, for Markdown, in which foreign text is code. */
  readonly marked: Written;
};

/** Explains a failure. */
export function explain(failure: Failure, context: Context): Explanation {
  const { own, details } = read(failure, context);
  const { signs, values = {}, words = '' } = details;
  const found = signs && lookUp(signs);
  const text = details.text ?? found?.row ?? own;
  return compose(text, { ...contextValues(context), ...values, ...said(found?.groups ?? {}) }, words, context);
}

function read<Code extends FailureCode>(failure: Failure<Code>, context: Context): { own: Text; details: Details } {
  const entry: Entry<Code> = OWN[failure.code];
  return { own: { section: failure.code, ...entry }, details: entry.read?.(failure, context) ?? {} };
}

/** Fills in a text. */
export function compose(text: Text, values: Values, words: string, { words: table = WORKFLOW }: Context): Explanation {
  const written = (write: typeof visible): Written => {
    const sentence = fill(text.sentence, values, table, write);
    const title = text.title === undefined ? asTitle(sentence) : fill(text.title, values, table, write);
    return { title, sentence, move: fill(text.move, values, table, write) };
  };
  return {
    ...written(visible),
    section: text.section,
    titleSaysAll: text.title === undefined,
    words: readable(words),
    marked: written(marked),
  };
}

/** A sentence as the end of a headline. */
export function asTitle(sentence: string): string {
  return sentence
    .replace(/\.$/, '')
    .replace(/^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting)\b/, (word) =>
      word.toLowerCase(),
    );
}

/** What a service said, without control characters and without a proxy's HTML page. */
function readable(words: string): string {
  const page = words.search(/<(?:!doctype|html)\b/i);
  return visibleLines(page === -1 ? words : words.slice(0, page)).trim();
}
