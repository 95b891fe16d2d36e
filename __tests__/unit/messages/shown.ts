import { plainBlocks } from '../../../src/report/blocks.ts';
import type { Message } from '../../../src/messages/message.ts';

/** A message as a log shows it, part by part. */
export function shown({ name, line, outcome, errorText, remedy }: Message) {
  return {
    name,
    line: line.markdown,
    outcome: outcome?.markdown ?? '',
    errorText,
    remedy: plainBlocks(remedy),
  };
}
