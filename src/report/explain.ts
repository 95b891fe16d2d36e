import { describeAnswer, requestIds, type Answer } from '../azure/answer.ts';
import type { Failure } from '../failure.ts';
import { visibleLines } from '../text/visible.ts';
import { CLUSTER_FAILURES } from './catalogue/cluster.ts';
import { COMMAND_FAILURES } from './catalogue/command.ts';
import { INPUT_FAILURES } from './catalogue/inputs.ts';
import type { Known } from './catalogue/known.ts';
import { POD_FAILURES } from './catalogue/pod.ts';
import type { Failures } from './catalogue/row.ts';
import { SIGN_IN_FAILURES } from './catalogue/sign-in.ts';
import { toMessage, type Content, type Message } from './message.ts';

/** What to say about each failure, in the order of a run's stages. */
const FAILURES: Failures = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...CLUSTER_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
};

/** Explains a failure to the user. */
export function explain(failure: Failure, known: Known): Message {
  const { code } = failure;
  const write = FAILURES[code] as (failure: Failure, known: Known) => Content;
  // A proxy's HTML page says nothing.
  const errorText = errorTextOf(failure).replace(/<(?:!doctype|html)\b[^]*/i, '');
  return toMessage(code, write(failure, known), visibleLines(errorText).trim());
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
