import { readFileSync } from 'node:fs';
import type { KnownCause } from '../../../src/messages/known-causes.ts';
import { EXIT_CODES, OUTPUT } from '../../../src/messages/output-causes.ts';
import * as services from '../../../src/messages/service-causes.ts';
import { readMessages } from '../../../src/messages/writer.ts';

export const MARKDOWN = readFileSync(
  new URL('../../../src/messages/messages.md', import.meta.url),
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
