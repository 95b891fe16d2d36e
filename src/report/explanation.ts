import { WORKFLOW } from '../hosts/words.ts';
import type { Failure, FailureCode } from '../failure.ts';
import { lookUp, OWN } from './catalogue/index.ts';
import type { Details, Entry, Text } from './catalogue/row.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { fill, visible, type Values } from './catalogue/paste.ts';

/** A failure in words for people. All of it may hold foreign text. */
export type Explanation = {
  /** Anchor in docs/TROUBLESHOOTING.md. */
  readonly section: string;
  /** What happened, in one clear sentence on one line. */
  readonly sentence: string;
  /** The service's own code, words and request ids; empty where it said nothing. */
  readonly words: string;
  /** The next move: prose, and indented by two spaces what is to be pasted. Empty where there is none. */
  readonly move: string;
};

/** Explains a failure. */
export function explain(failure: Failure, context: Context): Explanation {
  const { entry, details } = read(failure, context);
  const { signs, values = {}, words = '' } = details;
  const text = details.text ?? (signs && lookUp(signs)) ?? entry;
  return compose(text, { ...contextValues(context), ...values }, words, context);
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
  return {
    section: text.section,
    sentence: fill(text.sentence, values, table),
    words: readable(words),
    move: fill(text.move, values, table),
  };
}

/** An explanation as a block of text. Foreign text. */
export function explanationText({ sentence, words, move }: Explanation): string {
  return [sentence, words, move].filter((part) => part !== '').join('\n\n');
}

/** Words of a service as they may be shown: without the controls, and without a proxy's page. */
function readable(words: string): string {
  const page = words.search(/<(?:!doctype|html)\b/i);
  const text = page === -1 ? words : words.slice(0, page);
  return text
    .split(/\r\n?|\n/)
    .map(visible)
    .join('\n')
    .trim();
}
