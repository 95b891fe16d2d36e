import { ARM, SUBMISSION } from '../../../src/report/catalogue/cluster.ts';
import { NETWORK } from '../../../src/report/catalogue/network.ts';
import { KILLED, OUTPUT } from '../../../src/report/catalogue/output.ts';
import type { Row } from '../../../src/report/catalogue/row.ts';
import { ENTRA, SESSION } from '../../../src/report/catalogue/sign-in.ts';

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
