import { shownStart } from '../text/cut.ts';
import { say, type Text } from '../text/say.ts';
import { plainBlocks } from './blocks.ts';
import type { ShownOutput } from './excerpt.ts';
import { outcomeBelow, type Report } from './report.ts';

/** The runner keeps 4,096 characters of an annotation. */
const ANNOTATION_CHARACTERS = 4000;

/** A failure under a title. */
type FailureText = {
  readonly title: string;
  readonly message: string;
  /** All of the message, if it is longer. */
  readonly whole?: string | undefined;
};

/**
 * A failure as an error annotation of GitHub, which people read without the log; and as a line of
 * that log, which does not show the title.
 */
export function asAnnotation(report: Report): FailureText {
  const { cause, outcome, output, status } = report;
  const opening = cause ? say`${cause.line}. ${outcome}` : outcome;
  const whole = paragraphs(report, opening, output?.firstError ?? output?.lastLines);
  return {
    title: status.markdown,
    message: shownStart(whole, ANNOTATION_CHARACTERS),
    whole: whole.length > ANNOTATION_CHARACTERS ? whole : undefined,
  };
}

/** A failure in a log, right below the output: nothing is repeated or cut. */
export function asLog(report: Report): FailureText {
  const { headline, output } = report;
  return {
    title: headline.markdown,
    message: paragraphs(report, outcomeBelow(report), output?.firstError),
  };
}

/** What is known, the error's text, an excerpt of the output, the remedy, and what else to say. */
function paragraphs(report: Report, opening: Text, excerpt: ShownOutput['lastLines']): string {
  const { cause, link, others } = report;
  const parts = [opening.markdown.trim()];
  if (cause) parts.push(cause.errorText);
  if (excerpt) parts.push(`${excerpt.label.markdown}\n${excerpt.text}`);
  if (cause) parts.push(plainBlocks(cause.remedy));
  for (const { line, remedy } of others) parts.push(plainBlocks([say`${line}.`, ...remedy]));
  if (link !== undefined) parts.push(`More: ${link}`);
  return parts.filter((part) => part !== '').join('\n\n');
}
