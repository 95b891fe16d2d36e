import { serviceError, type Answer } from '../azure/answer.ts';
import { AKS_SERVER } from '../azure/cloud.ts';
import { COLLECT_LIMIT } from '../collect/collection.ts';
import type { CollectProblem, FailureOf, FilesProblem, StartFacts } from '../failure.ts';
import { NO_BOUNDARY_EXIT_CODE } from '../pod/stream.ts';
import { formatBytes, formatCount } from '../text/bytes.ts';
import { clockTime, formatDuration } from '../text/duration.ts';
import { list, say, withoutPeriod, type Text } from '../text/say.ts';
import { mayRun } from '../verdict.ts';
import type { Block } from './message.ts';
import { expression, json } from './paste.ts';
import { findPod, type Situation } from './values.ts';
import type { Values } from './writer.ts';

export function inputFacts({ names, problems }: FailureOf<'invalid-inputs'>): Values {
  const [problem = say``] = problems;
  return {
    names: names.length === 0 ? undefined : list(names),
    problems: items(problems),
    problem: withoutPeriod(problem),
  };
}

export function exitCodeFacts(
  { exitCode, allowed }: FailureOf<'exit-code'>,
  { showsNoError = false, words }: Situation,
): Values {
  // A command that ended with 0 has no line that ended it.
  const noError = showsNoError && exitCode !== 0;
  return {
    // A failure has what its line needs, whatever is known besides.
    exitCode,
    codes: allowed && words.isStep ? [0, ...allowed].join(', ') : undefined,
    noError,
    oneWithoutError: noError && exitCode === 1,
  };
}

function items(texts: readonly Text[]): readonly Block[] {
  return [{ kind: 'items', items: texts }];
}

export function filesFacts(problem: FilesProblem): Values {
  switch (problem.kind) {
    case 'no-match': {
      const { patterns, nearest } = problem;
      return {
        patterns: list(patterns),
        didYouMean: nearest.map((name) => say`Did you mean ${name}?`),
      };
    }
    case 'all-excluded':
      return { patterns: list(problem.patterns), exclusions: list(problem.exclusions) };
    case 'invalid-pattern': {
      const { invalid } = problem;
      return {
        one: invalid.length === 1,
        invalid: items(invalid.map(({ line, problem }) => say`${line}: ${problem}.`)),
      };
    }
    case 'outside':
      return { path: problem.path, target: problem.target };
    case 'too-many':
      return { path: problem.path, limit: formatCount(problem.limit) };
    case 'working-directory-outside':
    case 'working-directory-missing':
    case 'broken-link':
    case 'unreadable':
    case 'not-a-file':
    case 'own-folder':
    case 'unsafe-name':
      return { path: problem.path };
  }
}

export function exactSize(bytes: number): Text {
  return say`${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

/** What Entra compares: the claims of the ID token. */
export function signInFacts(
  { answer, claims, resource }: FailureOf<'entra'>,
  situation: Situation,
): Values {
  // A claim that could not be read is empty.
  const issuer = claims.issuer || 'ISSUER';
  const subject = claims.subject || 'SUBJECT';
  const audience = claims.audience || (situation.application?.audience ?? 'AUDIENCE');
  const credentialName = nameFor(subject);
  const entraIssuer = / issuer '([^']{1,300})'/.exec(messageIn(answer))?.[1];
  return {
    issuer,
    subject,
    audience,
    entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
    resource: resource === AKS_SERVER ? say`${resource} (AKS)` : resource,
    subjectWithIds: IMMUTABLE.test(subject),
    subjectByName: BY_NAME.test(subject),
    branchOrTag: situation.words.isStep && subject.includes(':ref:refs/'),
    credentialName,
    credential: json({ name: credentialName, issuer, subject, audiences: [audience] }),
  };
}

/**
 * A subject with the numeric IDs of the owner and the repository, which a new owner of the names
 * does not have.
 */
const IMMUTABLE = /^repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/;
/** The same with the names alone. */
const BY_NAME = /^repo:[^/:@\s]{1,100}\/[^/:@\s]{1,100}:/;

/** A name for a credential. Entra allows 3 to 120 letters, digits, `-`, and `_`. */
function nameFor(subject: string): string {
  const words = subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `github-${words}`.slice(0, 120).replace(/-$/, '');
}

/** The permission and the identity that ARM names. */
export function deniedIn(answer: Answer, permission: string, { application }: Situation): Values {
  const text = messageIn(answer);
  const named = /perform action '([\w./]{1,200})'/.exec(text)?.[1];
  const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
  return {
    permission: named ?? permission,
    principal: application?.clientId ?? objectId ?? 'CLIENT_ID',
  };
}

/** What is known about a command that was not seen to start. */
export function startFacts({ startUnseen = false, mayStartUntil }: StartFacts): Values {
  const isLate = mayStartUntil !== undefined;
  return {
    mayStartUntil: isLate ? clockTime(mayStartUntil) : undefined,
    startUnseen: startUnseen && !isLate,
  };
}

export function startUnclearFacts(failure: FailureOf<'start-unclear'>): Values {
  const { minutesApart } = failure;
  const apart = minutesApart && formatDuration(minutesApart * 60);
  return { apart, ...startFacts(failure) };
}

export function noAnswerFacts(failure: FailureOf<'no-answer-in-time'>): Values {
  const { answer, seconds } = failure;
  const signedOut = answer?.kind === 'unanswered' && answer.sent === 'unsigned';
  return { time: formatDuration(seconds), signedOut, ...startFacts(failure) };
}

export function notWaitedFacts(
  _failure: FailureOf<'not-waited'>,
  { jobId = 'JOB_ID', commandId, words }: Situation,
): Values {
  const output = expression(`needs.${jobId}.outputs.command-id`);
  return { commandIdHere: words.isStep ? output : commandId };
}

export function cancelFacts(
  failure: FailureOf<'cancelled'>,
  { commandId, isStateSaved = false, state, words }: Situation,
): Values {
  const isOpen = mayRun(state);
  const byPostStep = isOpen && words.isStep && isStateSaved;
  return {
    ...startFacts(failure),
    findPod: findPod(commandId, failure.hash),
    byPostStep,
    byHand: isOpen && !byPostStep,
  };
}

export function notStoppedFacts(
  failure: FailureOf<'not-stopped'>,
  { commandId }: Situation,
): Values {
  const { startUnseen = false, mayStartUntil, hash } = failure;
  const tooLate = startUnseen && hash !== undefined && mayStartUntil === undefined;
  return { ...startFacts(failure), findPod: findPod(commandId, hash), tooLate };
}

export function unprovenFacts({ containerExitCode }: FailureOf<'unproven'>): Values {
  const restarted = containerExitCode === NO_BOUNDARY_EXIT_CODE;
  return { restarted, containerExitCode: restarted ? undefined : containerExitCode };
}

export function collectFacts(problem: CollectProblem): Values {
  switch (problem.kind) {
    case 'uncollected':
      return { limit: COLLECT_LIMIT / 1024 };
    case 'invalid':
      return { problem: problem.problem };
    case 'unwritable':
      return { detail: problem.detail };
    case 'no-match':
      return { patterns: list(problem.patterns) };
    case 'lost':
      return {};
  }
}

/** What an answer says. Untrusted text. */
function messageIn(answer: Answer): string {
  return answer.kind === 'unanswered' ? answer.cause : serviceError(answer.body).message;
}
