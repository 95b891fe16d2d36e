import { ARM, CLUSTER_FAILURES, SUBMISSION } from '../../../src/report/catalogue/cluster.ts';
import { COMMAND_FAILURES } from '../../../src/report/catalogue/command.ts';
import { INPUT_FAILURES } from '../../../src/report/catalogue/inputs.ts';
import { NETWORK } from '../../../src/report/catalogue/network.ts';
import { KILLED, OUTPUT } from '../../../src/report/catalogue/output.ts';
import { POD_FAILURES } from '../../../src/report/catalogue/pod.ts';
import type { Failures, Row } from '../../../src/report/catalogue/row.ts';
import { ENTRA, SESSION, SIGN_IN_FAILURES } from '../../../src/report/catalogue/sign-in.ts';

/** All rows of the catalogue, whatever is looked up in them. */
export const ROWS: readonly Row[] = [
  ...NETWORK,
  ...ENTRA,
  ...SESSION,
  ...ARM,
  ...SUBMISSION,
  ...OUTPUT,
  KILLED,
];

/** The codes of all failures. */
export const CODES: readonly string[] = Object.keys({
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...CLUSTER_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
} satisfies Failures);
