import { visible, visibleLines, withoutEscapes } from '../text/visible.ts';
import { asTitle } from './explanation.ts';
import { quoteOf } from './quote.ts';
import { headline, known, type Report } from './report.ts';

/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;

/** A failure as it is reported. Foreign text, which the runner's own rules escape. */
type FailureText = { readonly title: string; readonly message: string };

/** The error annotation. If not all of it fits, it is not `whole`, and belongs in the log as well. */
export type Annotation = FailureText & { readonly whole: boolean };

/** The cause, what is known about the command, what it printed about it, and the next move. */
export function annotation(report: Report): Annotation {
  const { verdict, explanations, firstError } = report;
  const message = messageOf(report, [
    [explanations[0]?.sentence, known(report)].filter(Boolean).join(' '),
    explanations[0]?.words,
    quoted(verdict.output?.text ?? '', firstError),
  ]);
  const title = visible(withoutEscapes(headline(report)));
  return {
    title: title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`,
    message: message.length <= MAX_CHARACTERS ? message : `${message.slice(0, MAX_CHARACTERS)}…`,
    whole: message.length <= MAX_CHARACTERS,
  };
}

/** The same for a log, where the output is right above: the sentence is the headline, and nothing is said twice or cut. */
export function failureInLog(report: Report): FailureText {
  const { firstError, explanations } = report;
  return {
    title: visible(withoutEscapes(headline(report, ({ sentence }) => asTitle(sentence)))),
    message: messageOf(report, [known(report), explanations[0]?.words, quoted('', firstError)]),
  };
}

function quoted(output: string, firstError: string | undefined): string | undefined {
  const quote = quoteOf(output, firstError);
  return quote && `${quote.label}\n${quote.text}`;
}

/** What is known about the cause, then the next move and the hints. */
function messageOf({ explanations, docs }: Report, cause: readonly (string | undefined)[]): string {
  const [first, ...hints] = explanations;
  const parts = [
    ...cause,
    first?.move,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
    first && docs !== undefined && `More: ${docs}#${first.section}`,
  ];
  return visibleLines(withoutEscapes(parts.filter(Boolean).join('\n\n')));
}
