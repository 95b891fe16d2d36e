import { readFileSync } from 'node:fs';
import * as rows from '../../../src/report/rows.ts';
import { readMessages } from '../../../src/report/writer.ts';

export const MARKDOWN = readFileSync(
  new URL('../../../src/report/messages.md', import.meta.url),
  'utf8',
);

/** The messages of a step. A mistake in one of them fails the test that writes it. */
export const MESSAGES = readMessages(MARKDOWN, (mistake) => {
  throw new Error(mistake);
});

/** All rows, whatever is looked up in them. */
export const ROWS: readonly rows.Row[] = [
  rows.NETWORK,
  rows.ENTRA,
  rows.SESSION,
  rows.ARM,
  rows.SUBMISSION,
  rows.OUTPUT,
  [rows.KILLED],
].flat();
