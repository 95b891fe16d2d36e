import { describeAnswer, requestIds, serviceError, type Answer } from '../../azure/answer.ts';

/** An answer's words, for a report: status, code, message, and the ids that Azure's support asks for. Foreign text. */
export function wordsOf(answer: Answer): string {
  if (answer.kind === 'unanswered') return `Connection error: ${answer.cause}`;
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}

/** What an answer is looked up by. */
export function signsOf(answer: Answer): { code: string; status: number; text: string } {
  if (answer.kind === 'unanswered') return { code: '', status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: answer.echoes ? '' : message };
}

/** Entra's own number in a message. */
export function aadsts(text: string): { code?: string } {
  const code = /AADSTS\d{4,8}/.exec(text)?.[0];
  return code === undefined ? {} : { code };
}
