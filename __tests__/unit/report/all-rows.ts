import { ARM, SUBMISSION } from '../../../src/report/catalogue/arm.ts';
import { ENTRA, SESSION } from '../../../src/report/catalogue/entra.ts';
import { NETWORK } from '../../../src/report/catalogue/network.ts';
import { KILLED, OUTPUT } from '../../../src/report/catalogue/pod-output.ts';
import type { Row } from '../../../src/report/catalogue/row.ts';

/** All rows of the catalogue, whatever is looked up in them. */
export const ROWS: readonly Row[] = [
  ...SUBMISSION,
  ...NETWORK,
  ...ENTRA,
  ...SESSION,
  ...ARM,
  ...OUTPUT,
  KILLED,
];
