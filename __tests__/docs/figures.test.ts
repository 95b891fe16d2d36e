import { expect, test } from '@jest/globals';
import { API_VERSION } from '../../src/azure/cloud.ts';
import { parseCommandId } from '../../src/azure/command-result.ts';
import { COLLECT_LIMIT } from '../../src/collect/collection.ts';
import { failureOf } from '../../src/failure.ts';
import { checkZip } from '../../src/files/pack.ts';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { advance, beforeTheFirstPoll, type FollowPlan } from '../../src/lifecycle/follow.ts';
import { STOP_SECONDS } from '../../src/lifecycle/stop.ts';
import { FILE_LIMIT, LOG_LIMIT } from '../../src/pod/stream.ts';
import { OUTPUT_LIMIT } from '../../src/report/outputs.ts';
import { readDocument } from './markdown.ts';

// Figures that the code decides, where documents name them.

const id = parseCommandId('0'.repeat(32));
if (id === undefined) throw new Error('This is no ID of a command');
const momentAt = (at: number) => ({ monotonic: at, runner: at, azure: at });
const plan: FollowPlan = {
  id,
  submittedAt: momentAt(0),
  answeredAt: momentAt(0),
  startedWithin: Infinity,
  goneAfter: { missingMs: Infinity, pastStartByMs: Infinity },
};

/** How many seconds pass between two requests, so many minutes after the submission. */
function secondsBetween(minutes: number): number {
  const at = minutes * 60_000;
  const poll = {
    answer: { kind: 'answered', status: 202, headers: { 'x-ms-request-id': 'x' }, body: '' },
    askedAt: momentAt(at),
    answeredAt: momentAt(at),
    pastStartByMs: -Infinity,
    random: 0,
  } as const;
  const next = advance(beforeTheFirstPoll(plan).known, poll, plan);
  return next.kind === 'waiting' ? next.waitMs / 1000 : NaN;
}

/** The largest value of an input, as the message about a wrong one names it. */
function largest(input: string): string {
  const { invalid } = readInputs({
    words: WORKFLOW,
    input: (name) => (name === input ? 'wrong' : ''),
    isGiven: () => false,
    problems: [],
    variable: () => undefined,
  });
  const said = invalid?.problems
    .map(({ plain }) => plain)
    .find((text) => text.startsWith(`${input}: `));
  return / to (\w+)\.$/.exec(said ?? '')?.[1] ?? 'no largest value';
}

/** How many bytes a request may have. */
function requestLimit(): number {
  try {
    checkZip(Infinity, []);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'too-large') return failure.limit;
  }
  return NaN;
}

/** What is left in base64: three of four bytes. */
const DECODED = 3 / 4;
/** The same in lines, of 76 characters and a line break. */
const DECODED_LINES = (DECODED * 76) / 77;
const REQUEST_MIB = requestLimit() / 1024 / 1024;
const COLLECTED_KB = Math.floor((COLLECT_LIMIT * DECODED_LINES) / 10_000) * 10;

const KIB = (bytes: number) => `${bytes / 1024} KiB`;
const EVERY = [secondsBetween(0.9), secondsBetween(14.9), secondsBetween(15)] as const;

const STOP_TIME = `${['one', 'two', 'three'][STOP_SECONDS / 60 - 1]} minutes`;

test.each([
  ['action.yml', `up to \`${largest('timeout')}\`. Then the pod stops it`],
  ['action.yml', `may start, up to \`${largest('start-timeout')}\``],
  ['action.yml', `from \`0\` to \`${largest('start-retries')}\``],
  ['action.yml', `Up to about ${REQUEST_MIB * DECODED} MiB, compressed`],
  ['action.yml', `Up to about ${COLLECTED_KB} KB.`],
  ['action.yml', `at most the last ${KIB(OUTPUT_LIMIT)}`],
  ['action.yml', `the ${KIB(LOG_LIMIT)} that AKS keeps`],
  ['action.yml', `waits for its end, all within ${STOP_TIME}`],
  ['docs/REFERENCE.md', `waits for its end, all within ${STOP_TIME}`],
  ['docs/REFERENCE.md', `\`$GITHUB_STEP_SUMMARY\`, up to ${KIB(FILE_LIMIT)} each`],
  ['docs/USE.md', `room for ${KIB(COLLECT_LIMIT)} as sent`],
  ['docs/USE.md', `That is about ${COLLECTED_KB} KB of files`],
  ['docs/COMMAND_LINE.md', `waits up to ${STOP_TIME} for its end`],
  ['docs/LIMITS.md', `takes up to ${STOP_TIME}`],
  ['docs/DECISIONS.md', `Every request to AKS uses \`${API_VERSION}\``],
  ['docs/LIMITS.md', `about ${REQUEST_MIB * DECODED} MiB, compressed`],
  ['docs/LIMITS.md', `requests of at most ${REQUEST_MIB} MiB`],
  ['docs/LIMITS.md', `up to \`${largest('timeout')}\``],
  ['docs/LIMITS.md', `AKS keeps ${KIB(LOG_LIMIT)}`],
  ['docs/LIMITS.md', `every ${EVERY[0]} s in the first minute`],
  ['docs/LIMITS.md', `every ${EVERY[1]} s up to 15 minutes, and every ${EVERY[2]} s after that`],
  [
    'docs/LIMITS.md',
    `up to ${EVERY[0]} s after a short command, and up to ${EVERY[2]} s after a long`,
  ],
])('%s says: %s', (document, text) => {
  expect(nearestPart(readDocument(document), text)).toContain(text);
});

/** The paragraph, item, or row of a document that has a text, or most of its words. */
function nearestPart(document: string, text: string): string {
  const parts = document
    .split(/\n\s*(?=\n|\||- |[\w-]+:)/)
    .map((part) => part.replaceAll(/\s+/g, ' ').trim());
  const words = text.split(' ');
  const shared = (part: string) => words.filter((word) => part.split(' ').includes(word)).length;
  const nearest = parts.reduce((best, part) => (shared(part) > shared(best) ? part : best));
  return parts.find((part) => part.includes(text)) ?? nearest;
}
