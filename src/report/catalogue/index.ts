import type { FailureCode } from '../../failure.ts';
import { AKS, POD_FAILURES } from './aks.ts';
import { ARM, ARM_FAILURES, FLEET_HUB, SUBMISSION } from './arm.ts';
import { COMMAND_FAILURES, UNWRITTEN } from './command.ts';
import { ENTRA, SIGN_IN_FAILURES, STARTED_BY } from './entra.ts';
import { FILE_PROBLEMS, INPUT_FAILURES, SIZES } from './files.ts';
import { POD_OUTPUT } from './pod-output.ts';
import { fits, type Entries, type Groups, type Row, type Signs, type Text } from './row.ts';

const ROWS: readonly Row[] = [...ENTRA, ...ARM, ...SUBMISSION, ...AKS, ...SIZES, ...POD_OUTPUT];

/** The action's own failures, by code. */
export const OWN: Entries<FailureCode> = {
  ...INPUT_FAILURES,
  ...SIGN_IN_FAILURES,
  ...ARM_FAILURES,
  ...POD_FAILURES,
  ...COMMAND_FAILURES,
};

/** The first row that fits, and what it found. */
export function lookUp(signs: Signs): { readonly row: Row; readonly groups: Groups } | undefined {
  for (const row of ROWS) {
    const groups = fits(row.match, signs);
    if (groups) return { row, groups };
  }
  return undefined;
}

/** Texts of the action's own failures that say more than the text of their code, by what they are looked up by. */
const OWN_DETAILS: readonly (readonly [code: string, text: Text])[] = [
  ['outputs-unwritable', UNWRITTEN],
  ['run-command-disabled', FLEET_HUB],
  ...Object.values(STARTED_BY).map((text) => ['no-id-token', text] as const),
  ...Object.entries(FILE_PROBLEMS),
];

/** Everything that is known, in one list. */
export const CATALOGUE: readonly Row[] = [
  ...ROWS,
  ...[...Object.entries(OWN), ...OWN_DETAILS].map(([code, text]) => ({
    section: code,
    ...text,
    match: { service: 'action' as const, codes: [code] },
  })),
];
