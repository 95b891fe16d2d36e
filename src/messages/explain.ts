import type { Code, Failure, FailureOf } from '../failure.ts';
import { visibleLines } from '../text/visible.ts';
import { rowOf, saidIn } from './failures.ts';
import { lookUp } from './known-causes.ts';
import type { Message } from './message.ts';
import { valuesOf, type Situation } from './values.ts';
import { writeMessage, type Choice, type Messages } from './writer.ts';

/** Explains a failure to the user. */
export function explain(failure: Failure, situation: Situation, messages: Messages): Message {
  const message = compose(choose(failure, situation), situation, messages);
  // A proxy's HTML page says nothing.
  const errorText = saidIn(failure).replace(/<(?:!doctype|html)\b[^]*/i, '');
  return { ...message, errorText: visibleLines(errorText).trim() };
}

/** Writes a message for this situation. */
export function compose(
  { name, facts }: Choice,
  situation: Situation,
  messages: Messages,
): Message {
  const values = { ...valuesOf(situation), ...facts };
  return writeMessage(name, { values, words: situation.words, messages });
}

/** Decides which message a failure gets, and with what. */
function choose<C extends Code>(failure: FailureOf<C>, situation: Situation): Choice {
  const row = rowOf(failure);
  const facts = row.facts?.(failure, situation) ?? {};
  const cause = row.causes && lookUp(row.causes.of, row.causes.by(failure), situation);
  if (cause) return { name: cause.name, facts: { ...facts, ...cause.facts } };

  return { name: row.name?.(failure, situation) ?? failure.code, facts };
}
