import { describeAnswer, requestIds, type Answer } from '../azure/answer.ts';
import type { Failure } from '../failure.ts';
import { visibleLines } from '../text/visible.ts';
import { POD_FAILURES } from './catalogue/aks.ts';
import { ARM_FAILURES } from './catalogue/arm.ts';
import { COMMAND_FAILURES } from './catalogue/command.ts';
import { SIGN_IN_FAILURES } from './catalogue/entra.ts';
import { INPUT_FAILURES } from './catalogue/files.ts';
import type { Known } from './catalogue/known.ts';
import type { Failures } from './catalogue/row.ts';
import type { Message } from './message.ts';

const FAILURES: Failures = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...ARM_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
};

/** Explains a failure to the user. */
export function explain(failure: Failure, known: Known): Message {
  const write = FAILURES[failure.code] as (failure: Failure, known: Known) => Message;
  // A proxy's HTML page says nothing.
  const errorText = errorTextOf(failure).replace(/<(?:!doctype|html)\b[^]*/i, '');
  return { ...write(failure, known), errorText: visibleLines(errorText).trim() };
}

/** What a service or a program said, whatever the message about it. Foreign text. */
function errorTextOf(failure: Failure): string {
  if ('detail' in failure) return failure.detail;
  if ('reason' in failure) return failure.reason;
  if ('answer' in failure && failure.answer !== undefined) return answerText(failure.answer);
  return '';
}

/** Status, code, message, and the IDs that Azure support asks for. */
function answerText(answer: Answer): string {
  if (answer.kind === 'unanswered') {
    return answer.sent === 'unsigned' ? answer.cause : `Connection error: ${answer.cause}`;
  }
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}
