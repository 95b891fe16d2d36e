import { readFileSync } from 'node:fs';
import * as causes from '../../../src/report/known-causes.ts';
import { readMessages } from '../../../src/report/writer.ts';

export const MARKDOWN = readFileSync(
  new URL('../../../src/report/messages.md', import.meta.url),
  'utf8',
);

/** The messages of a step. A mistake in one of them fails the test that writes it. */
export const MESSAGES = readMessages(MARKDOWN, (mistake) => {
  throw new Error(mistake);
});

/** All known causes, whatever is looked up in them. */
export const KNOWN_CAUSES: readonly causes.KnownCause[] = [
  causes.NETWORK,
  causes.ENTRA,
  causes.SESSION,
  causes.ARM,
  causes.SUBMISSION,
  causes.STOP,
  causes.OUTPUT,
  causes.EXIT_CODES,
].flat();
