import type { Failure, FailureCode } from '../failure.ts';
import { AKS, POD_FAILURES } from './catalogue/aks.ts';
import { ARM, ARM_FAILURES, SUBMISSION } from './catalogue/arm.ts';
import { COMMAND_FAILURES, outputsUnwritable } from './catalogue/command.ts';
import { ENTRA, SESSION, SIGN_IN_FAILURES } from './catalogue/entra.ts';
import { INPUT_FAILURES } from './catalogue/files.ts';
import { knownFrom, type Context } from './catalogue/known.ts';
import { NETWORK } from './catalogue/network.ts';
import { EXIT_CODES, OUTPUT } from './catalogue/pod-output.ts';
import type { Failures } from './catalogue/row.ts';
import type { Message } from './message.ts';

/** All rows that a failure or an output is looked up in. */
export const ROWS = [
  ...SUBMISSION,
  ...NETWORK,
  ...ENTRA,
  ...SESSION,
  ...ARM,
  ...AKS,
  ...OUTPUT,
  ...EXIT_CODES,
];

const FAILURES = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...ARM_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
} satisfies Failures;

/** The sections of messages that are not looked up, but written for one failure. */
export type OwnSection = Exclude<
  | ReturnType<(typeof FAILURES)[FailureCode]>['section']
  | ReturnType<typeof outputsUnwritable>['section'],
  (typeof ROWS)[number]['section']
>;

/** Explains a failure to people. */
export function explain<Code extends FailureCode>(
  failure: Failure<Code>,
  context: Context,
): Message {
  const write = (FAILURES as Failures)[failure.code];
  return write(failure, knownFrom(context));
}
