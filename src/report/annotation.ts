import { visible, visibleLines, withoutEscapes } from '../text/visible.ts';
import { asTitle, type Explanation } from './explanation.ts';
import { quoteOf } from './quote.ts';
import { headline, known, type Report } from './report.ts';

/** The runner takes 4,096 characters of an annotation. */
const MAX_CHARACTERS = 4000;
/** GitHub shows a title on one line. */
const MAX_TITLE = 160;

/** A failure as it is told. */
type Told = {
  readonly title: string;
  /** Foreign text, which the runner's own rules escape. */
  readonly message: string;
};

/** The error annotation. */
export type Annotation = Told & {
  /** Whether all that is to be said fits: else it belongs into the log as well. */
  readonly whole: boolean;
};

/** The cause, what is known of the command, what it wrote about it, and the next move. */
export function annotation(report: Report): Annotation {
  const { verdict, explanations, firstError } = report;
  const message = messageOf(report, [
    [explanations[0]?.sentence, known(report)].filter(Boolean).join(' '),
    explanations[0]?.words,
    quoted(verdict.output?.text ?? '', firstError),
  ]);
  const whole = message.length <= MAX_CHARACTERS;
  const title = visible(withoutEscapes(headline(report)));
  return {
    title: title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`,
    message: whole ? message : `${message.slice(0, MAX_CHARACTERS)}…`,
    whole,
  };
}

/**
 * The same where the output stands right above and nothing is cut: the sentence of the cause is the headline, and nothing
 * is said twice.
 */
export function failureInLog(report: Report): Told {
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

/** What is told of the cause, then the next move and the hints. */
function messageOf(report: Report, cause: readonly (string | undefined)[]): string {
  const [first, ...hints] = report.explanations;
  const parts = [
    ...cause,
    first?.move,
    ...hints.map(({ sentence, move }) => [sentence, move].filter(Boolean).join('\n')),
    first && link(first, report),
  ];
  return visibleLines(withoutEscapes(parts.filter(Boolean).join('\n\n')));
}

function link({ section }: Explanation, { docs }: Report): string {
  return docs === undefined ? '' : `More: ${docs}#${section}`;
}
