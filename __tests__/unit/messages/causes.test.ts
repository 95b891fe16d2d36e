import { describe, expect, test } from '@jest/globals';
import { serviceError } from '../../../src/azure/answer.ts';
import type { Code, Failure } from '../../../src/failure.ts';
import { explain } from '../../../src/messages/explain.ts';
import type { KnownCause } from '../../../src/messages/known-causes.ts';
import {
  ARM,
  ARM_UNREACHABLE,
  ENTRA,
  NETWORK,
  SESSION,
  SUBMISSION,
} from '../../../src/messages/service-causes.ts';
import { NOTHING_KNOWN } from '../../../src/messages/values.ts';
import { MESSAGES } from './all-messages.ts';
import { FAILURES, required } from './provocations.ts';

/** The causes that a failure may have, by what talks to a service when it fails. */
const CAUSES = {
  'id-token': NETWORK,
  entra: [...NETWORK, ...ENTRA],
  'no-session': SESSION,
  'session-failed': SESSION,
  'cloud-metadata': [...NETWORK, ARM_UNREACHABLE],
  'cluster-unreadable': [...NETWORK, ...ARM],
  'submission-refused': [...NETWORK, ...ARM],
  'submission-unclear': SUBMISSION,
  'result-missing': ARM,
} satisfies Partial<Record<Code, readonly KnownCause[]>>;

/** The failures whose words have a cause of this name, whatever they are. */
const BY_NAME = Map.groupBy(FAILURES, nameOf);

describe.each(Object.entries(CAUSES))('%s has the causes', (code, causes) => {
  const sample = required(FAILURES.find((failure) => failure.code === code));

  test.each(causes.map(({ name }) => name))('%s', (name) => {
    const samples = BY_NAME.get(name) ?? [];
    const names = samples.map((other) => nameOf({ ...sample, ...wordsOf(other, sample) }));
    expect(names).toContain(name);
  });
});

function nameOf(failure: Failure): string {
  return explain(failure, NOTHING_KNOWN, MESSAGES).name;
}

/** The words of a failure, as another one has them. */
function wordsOf(failure: Failure, sample: Failure): object {
  if (!('answer' in failure)) return 'detail' in failure ? { detail: failure.detail } : {};
  const { answer } = failure;
  if ('answer' in sample || answer === undefined) return { answer };
  const isAnswered = answer.kind === 'answered';
  return { detail: isAnswered ? serviceError(answer.body).message : answer.cause };
}
