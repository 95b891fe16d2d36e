import { WORKFLOW } from '../hosts/words.ts';
import type { Failure, FailureCode } from '../failure.ts';
import { lookUp, OWN } from './catalogue/index.ts';
import type { Details, Entry, Text } from './catalogue/row.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { visible, visibleLines } from '../text/visible.ts';
import { fill, marked, said, type Values } from './catalogue/paste.ts';

/** What is written of a failure. */
type Written = {
  /** The cause in a headline, after the cluster's name: no capital, no full stop. */
  readonly title: string;
  /** What happened, in one clear sentence on one line. */
  readonly sentence: string;
  /** The next move: prose, and indented by two spaces what is to be pasted. Empty where there is none. */
  readonly move: string;
};

/** A failure in words for people. All of it may hold foreign text. */
export type Explanation = Written & {
  /** Anchor in docs/TROUBLESHOOTING.md. */
  readonly section: string;
  /** Whether the title is the sentence. */
  readonly titleSaysAll: boolean;
  /** The service's own code, words and request ids; empty where it said nothing. */
  readonly words: string;
  /** The same with each value between `VALUE_MARKS`, for Markdown, where foreign text is code. */
  readonly marked: Written;
};

/** Explains a failure. */
export function explain(failure: Failure, context: Context): Explanation {
  const { entry, details } = read(failure, context);
  const { signs, values = {}, words = '' } = details;
  const found = signs && lookUp(signs);
  const text = details.text ?? found?.row ?? entry;
  return compose(text, { ...contextValues(context), ...values, ...said(found?.groups ?? {}) }, words, context);
}

function read<Code extends FailureCode>(
  failure: Failure<Code>,
  context: Context,
): { readonly entry: Text; readonly details: Details } {
  const entry: Entry<Code> = OWN[failure.code];
  return { entry, details: entry.read?.(failure, context) ?? {} };
}

/** Fills a text in. */
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

/** An explanation as a block of text. Foreign text. */
export function explanationText({ sentence, words, move }: Explanation): string {
  return [sentence, words, move].filter((part) => part !== '').join('\n\n');
}

/** Words of a service as they may be shown: without the controls, and without a proxy's page. */
function readable(words: string): string {
  const page = words.search(/<(?:!doctype|html)\b/i);
  const text = page === -1 ? words : words.slice(0, page);
  return visibleLines(text).trim();
}
