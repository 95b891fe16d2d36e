import { titleOf, type Message } from '../../../src/report/message.ts';
import { plainBlocks, plainText } from '../../../src/report/plain-text.ts';

/** A message as plain text, part by part. */
export function shown(message: Message) {
  return {
    section: message.section,
    title: plainText(titleOf(message)),
    sentence: plainText(message.sentence),
    errorText: message.errorText,
    remedy: plainBlocks(message.remedy),
  };
}
