import type { Failure, FailureCode } from '../failure.ts';
import { WORKFLOW } from '../hosts/words.ts';
import { visible, visibleLines } from '../text/visible.ts';
import { contextValues, type Context } from './catalogue/context.ts';
import { fill, marked, said, type Values } from './catalogue/paste.ts';
import {
  fits,
  type Entries,
  type Groups,
  type Row,
  type Signs,
  type Text,
} from './catalogue/row.ts';
import { AKS, POD_FAILURES } from './catalogue/aks.ts';
import { ARM, ARM_FAILURES, FLEET_HUB, NETWORK, SUBMISSION } from './catalogue/arm.ts';
import { COMMAND_FAILURES, UNWRITTEN } from './catalogue/command.ts';
import { ENTRA, SIGN_IN_FAILURES, STARTED_BY } from './catalogue/entra.ts';
import { FILE_PROBLEMS, FILES_TOO_LARGE, INPUT_FAILURES } from './catalogue/files.ts';
import { POD_OUTPUT } from './catalogue/pod-output.ts';

const ROWS: readonly Row[] = [...SUBMISSION, ...NETWORK, ...ENTRA, ...ARM, ...AKS, ...POD_OUTPUT];

const OWN: Entries = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...ARM_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
};

/** A row that fits, and the values that its pattern captured. */
export type Found = { readonly row: Row; readonly groups: Groups };

export function lookUp(signs: Signs): Found | undefined {
  for (const row of ROWS) {
    const groups = fits(row, signs);
    if (groups) return { row, groups };
  }
  return undefined;
}

/** All known explanations, in one list. */
export const CATALOGUE: readonly (Text & Pick<Row, 'codes' | 'words'>)[] = [
  ...ROWS,
  ...Object.entries(OWN).map(([section, own]: [string, Omit<Text, 'section'>]) => ({
    section,
    ...own,
  })),
  ...Object.values({ ...FILE_PROBLEMS, ...STARTED_BY, UNWRITTEN, FLEET_HUB, FILES_TOO_LARGE }),
];

type Written = {
  /** The cause in a headline, after the cluster's name: no capital, no period. */
  readonly title: string;
  /** What happened, in one sentence on one line. */
  readonly sentence: string;
  /** The next move: prose, with text to paste indented by two spaces. Empty if there is none. */
  readonly move: string;
};

/** A failure, explained to people. Any part of it may contain foreign text. */
export type Explanation = Written & {
  /** Anchor in docs/TROUBLESHOOTING.md. */
  readonly section: string;
  readonly titleSaysAll: boolean;
  /** The service's own code, words, and request IDs. Empty if it said nothing. */
  readonly words: string;
  /** The same parts with each value between `VALUE_MARKS`, for Markdown, where foreign text becomes code. */
  readonly marked: Written;
};

/** Explains a failure with the row that fits best, or with the text of its code. */
export function explain<Code extends FailureCode>(
  failure: Failure<Code>,
  context: Context,
): Explanation {
  const entry: Entries[Code] = OWN[failure.code];
  const { signs, values, words, ...text } = {
    section: failure.code,
    ...entry,
    ...entry.read?.(failure, context),
  };
  const found = signs && lookUp(signs);
  return compose(found?.row ?? text, { ...values, ...said(found?.groups ?? {}) }, context, words);
}

export function compose(text: Text, values: Values, context: Context, words = ''): Explanation {
  const all = { ...contextValues(context), ...values };
  const written = (write: typeof visible): Written => {
    const part = (template: string) => fill(template, all, context.words ?? WORKFLOW, write);
    const sentence = part(text.sentence);
    return {
      title: text.title ? part(text.title) : asTitle(sentence),
      sentence,
      move: part(text.move),
    };
  };
  return {
    ...written(visible),
    section: text.section,
    titleSaysAll: text.title === undefined,
    // Without control characters and without a proxy's HTML page.
    words: visibleLines(words.replace(/<(?:!doctype|html)\b[^]*/i, '')).trim(),
    marked: written(marked),
  };
}

/** Turns a sentence into the end of a headline. */
export function asTitle(sentence: string): string {
  const first =
    /^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting)\b/;
  return sentence.replace(/\.$/, '').replace(first, (word) => word.toLowerCase());
}
