import { readFileSync } from 'node:fs';
import type { KnownCause } from '../../../src/report/known-causes.ts';
import { EXIT_CODES, OUTPUT } from '../../../src/report/output-causes.ts';
import * as services from '../../../src/report/service-causes.ts';
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
export const KNOWN_CAUSES: readonly KnownCause[] = [
  ...Object.values(services).flat(),
  ...OUTPUT,
  ...EXIT_CODES,
];
