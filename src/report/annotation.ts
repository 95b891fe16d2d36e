import { visible, visibleLines, withoutEscapes } from '../text/visible.ts';
import { asTitle } from './explanation.ts';
import { quoteOf } from './output-hints.ts';
import { headline, known, type Report } from './report.ts';

/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;

/**
 * The error annotation: the cause, what is known about the command, what it printed about it, and the next move. If not
 * all of it fits, it is not `whole`, and belongs in the log as well. Foreign text, which the runner's own rules escape.
 */
export function annotation(report: Report) {
  const sentence = report.explanations[0]?.sentence;
  const message = messageOf(report, [sentence, known(report)], report.verdict.output?.text);
  const title = clipped(visible(withoutEscapes(headline(report))), MAX_TITLE);
  return { title, message: clipped(message, MAX_CHARACTERS), whole: message.length <= MAX_CHARACTERS };
}

/** The same for a log, where the output is right above: the sentence is the headline, and nothing is said twice or cut. */
export function failureInLog(report: Report) {
  const title = headline(report, ({ sentence }) => asTitle(sentence));
  return { title: visible(withoutEscapes(title)), message: messageOf(report, [known(report)]) };
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** What is known, the service's words, a quote of the output, the next move, and the hints. */
function messageOf({ explanations, docs, firstError }: Report, opening: readonly unknown[], output = ''): string {
  const [first, ...hints] = explanations;
  const quote = quoteOf(output, firstError);
  const parts = [
    opening.filter(Boolean).join(' '),
    first?.words,
    quote && `${quote.label}\n${quote.text}`,
    first?.move,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
    first && docs !== undefined && `More: ${docs}#${first.section}`,
  ];
  return visibleLines(withoutEscapes(parts.filter(Boolean).join('\n\n')));
}
