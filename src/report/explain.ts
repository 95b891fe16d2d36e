import type { Failure } from '../failure.ts';
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
  return write(failure, known);
}
