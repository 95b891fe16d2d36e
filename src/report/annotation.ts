import { visible, visibleLines, withoutEscapes } from '../hosts/visible.ts';
import type { Explanation } from './explanation.ts';
import { quoteOf } from './quote.ts';
import { headline, known, type Report } from './report.ts';

/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;

/** The error annotation. */
export type Annotation = {
  readonly title: string;
  /** Foreign text, which the runner's own rules escape. */
  readonly message: string;
  /** Whether all that is to be said fits: else it belongs into the log as well. */
  readonly whole: boolean;
};

/**
 * The cause, what is known of the command, what it wrote about it, and the next move.
 *
 * @param quotesEnd whether the end of the output is quoted where no line of it is known to be an error.
 */
export function annotation(report: Report, quotesEnd = true): Annotation {
  const { verdict, explanations, firstError } = report;
  const [first, ...hints] = explanations;
  const quote = quotesEnd || firstError !== undefined ? quoteOf(verdict.output?.text ?? '', firstError) : undefined;
  const parts = [
    [first?.sentence, known(report)].filter(Boolean).join(' '),
    first?.words,
    quote && `${quote.label}\n${quote.text}`,
    first?.move,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
    first && link(first, report),
  ];
  const message = visibleLines(withoutEscapes(parts.filter(Boolean).join('\n\n')));
  const whole = message.length <= MAX_CHARACTERS;
  const title = visible(withoutEscapes(headline(report)));
  return {
    title: title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`,
    message: whole ? message : `${message.slice(0, MAX_CHARACTERS)}…`,
    whole,
  };
}

function link({ section }: Explanation, { docs }: Report): string {
  return docs === undefined ? '' : `More: ${docs}#${section}`;
}
