import type { Failure } from '../failure.ts';
import { POD_FAILURES } from './catalogue/aks.ts';
import { ARM, ARM_FAILURES, SUBMISSION } from './catalogue/arm.ts';
import { COMMAND_FAILURES } from './catalogue/command.ts';
import { ENTRA, SESSION, SIGN_IN_FAILURES } from './catalogue/entra.ts';
import { INPUT_FAILURES } from './catalogue/files.ts';
import { knownFrom, type Context, type Known } from './catalogue/known.ts';
import { NETWORK } from './catalogue/network.ts';
import { EXIT_CODES, OUTPUT } from './catalogue/pod-output.ts';
import type { Failures, Row } from './catalogue/row.ts';
import type { Message } from './message.ts';

/** All rows in which a failure or a line of output is looked up. */
export const ROWS: readonly Row[] = [
  ...SUBMISSION,
  ...NETWORK,
  ...ENTRA,
  ...SESSION,
  ...ARM,
  ...OUTPUT,
  ...EXIT_CODES,
];

const FAILURES: Failures = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...ARM_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
};

/** Explains a failure to the user. */
export function explain(failure: Failure, context: Context): Message {
  const write = FAILURES[failure.code] as (failure: Failure, known: Known) => Message;
  return write(failure, knownFrom(context));
}
