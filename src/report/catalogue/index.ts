import type { FailureCode } from '../../failure.ts';
import { AKS, POD_FAILURES } from './aks.ts';
import { ARM, ARM_FAILURES, FLEET_HUB, SUBMISSION } from './arm.ts';
import { COMMAND_FAILURES, UNWRITTEN } from './command.ts';
import { ENTRA, SIGN_IN_FAILURES, STARTED_BY } from './entra.ts';
import { FILE_PROBLEMS, INPUT_FAILURES, SIZES } from './files.ts';
import { POD_OUTPUT } from './pod-output.ts';
import { fits, type Entries, type Groups, type Row, type Signs } from './row.ts';

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

/** Everything that is known, in one list. */
export const CATALOGUE: readonly Row[] = [
  ...ROWS,
  ...Object.entries(OWN).map(([code, own]) => ({
    section: code,
    ...own,
    match: { service: 'action' as const, codes: [code] },
  })),
  { ...UNWRITTEN, match: { service: 'action', codes: ['outputs-unwritable'] } },
  { ...FLEET_HUB, match: { service: 'action', codes: ['run-command-disabled'] } },
  ...Object.values(STARTED_BY).map((text) => ({
    ...text,
    match: { service: 'action' as const, codes: ['no-id-token'] },
  })),
  ...Object.entries(FILE_PROBLEMS).map(([kind, text]) => ({
    ...text,
    match: { service: 'action' as const, codes: [kind] },
  })),
];
