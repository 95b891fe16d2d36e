import {
  describeAnswer,
  isTransient,
  requestIds,
  serviceError,
  type Answer,
} from '../azure/answer.ts';
import { AKS_SERVER } from '../azure/cloud.ts';
import { COLLECT_LIMIT } from '../collect/collection.ts';
import type { CollectProblem, Failure, FilesProblem, StartFacts, StopProblem } from '../failure.ts';
import { NO_BOUNDARY_EXIT_CODE } from '../pod/stream.ts';
import { formatBytes, formatCount } from '../text/bytes.ts';
import { clockTime, formatDuration } from '../text/duration.ts';
import { list, say, withoutPeriod, type Text } from '../text/say.ts';
import { visibleLines } from '../text/visible.ts';
import { mayRun } from '../verdict.ts';
import { biggestFiles } from './file-lists.ts';
import type { Block, Message } from './message.ts';
import { expression, json } from './paste.ts';
import { lookUp, type KnownCause, type Signs } from './known-causes.ts';
import {
  ARM,
  ARM_UNREACHABLE,
  ENTRA,
  NETWORK,
  SESSION,
  STOP,
  SUBMISSION,
} from './service-causes.ts';
import {
  COMMAND_RESULTS,
  durationInput,
  READ_CLUSTER,
  RUN_COMMAND,
  valuesOf,
  type Situation,
} from './values.ts';
import { writeMessage, type Choice, type Messages, type Values } from './writer.ts';

/** Users report that AKS ended commands after about ten minutes: no longer timeout is suggested. */
const AKS_MAY_END_AFTER = 600;

/** Explains a failure to the user. */
export function explain(failure: Failure, situation: Situation, messages: Messages): Message {
  const hash = 'hash' in failure ? failure.hash : undefined;
  const message = compose(choose(failure, situation), { ...situation, hash }, messages);
  // A proxy's HTML page says nothing.
  const errorText = errorTextOf(failure).replace(/<(?:!doctype|html)\b[^]*/i, '');
  return { ...message, errorText: visibleLines(errorText).trim() };
}

/** Writes a message for this situation. */
export function compose(
  { name, facts }: Choice,
  situation: Situation,
  messages: Messages,
): Message {
  const values = { ...valuesOf(situation), ...facts };
  return writeMessage(name, { values, words: situation.words, messages });
}

/** Decides which message a failure gets, and with what. */
function choose(failure: Failure, situation: Situation): Choice {
  const facts = factsOf(failure, situation);
  const cause = lookUp(CAUSES[failure.code] ?? [], signsIn(failure), situation);
  return cause
    ? { name: cause.name, facts: { ...facts, ...cause.facts } }
    : { name: nameOf(failure, situation), facts };
}

/** In what to look up the words of a service, by the code of the failure. */
const CAUSES: Partial<Record<Failure['code'], readonly KnownCause[]>> = {
  'id-token': NETWORK,
  entra: [...NETWORK, ...ENTRA],
  'no-session': SESSION,
  'session-failed': SESSION,
  'cloud-metadata': [...NETWORK, ARM_UNREACHABLE],
  'cluster-unreadable': [...NETWORK, ...ARM],
  'submission-refused': [...NETWORK, ...ARM],
  'submission-unclear': SUBMISSION,
  'result-missing': [...NETWORK, ...ARM],
  'not-stopped': STOP,
};

/** What the words of a service are looked up by. */
function signsIn(failure: Failure): Signs {
  if (failure.code === 'not-stopped') {
    return { text: failure.problem.kind === 'rejected' ? failure.problem.detail : '' };
  }
  if ('detail' in failure) {
    return { status: 0, text: failure.detail, code: aadstsIn(failure.detail) };
  }
  if (!('answer' in failure) || failure.answer === undefined) return {};
  const { answer } = failure;
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  const isEntra = failure.code === 'entra';
  return { code: isEntra ? aadstsIn(message) : code, status: answer.status, text: message };
}

/** What an answer says. Untrusted text. */
function messageIn(answer: Answer): string {
  return answer.kind === 'unanswered' ? answer.cause : serviceError(answer.body).message;
}

/** The message of a failure of which no other cause is known: most have one by their code. */
function nameOf(failure: Failure, situation: Situation): string {
  const { code } = failure;
  if (code === 'invalid-inputs' && isOneOption(failure, situation)) return 'invalid-option';
  if (code === 'files') return `files-${failure.problem.kind}`;
  if (code === 'collect') return `collect-${nameOfProblem(failure.problem)}`;
  if (code === 'not-stopped') return `stop-${failure.problem.kind}`;
  if (code === 'stopped') return nameOfEnd(failure);
  if (code === 'no-id-token') return situation.startedBy ?? code;
  if (code === 'entra' && isTransient(failure.answer)) return 'entra-temporary';
  if (code === 'run-command-disabled' && isHub(situation)) return 'fleet-hub';
  if (code === 'aks-failed' && /^Unschedulable\b/i.test(failure.reason)) return 'unschedulable';
  if (code === 'aks-failed' && /ImagePullBackOff|ErrImagePull/i.test(failure.reason)) {
    return 'image-not-pulled';
  }
  if (code === 'no-tool' && failure.tool === 'disk') return 'no-disk';
  return code;
}

/** What the placeholders of the message stand for. */
function factsOf(failure: Failure, situation: Situation): Values {
  switch (failure.code) {
    case 'invalid-inputs':
      return inputFacts(failure);
    case 'files':
      return filesFacts(failure.problem);
    case 'too-large':
      return {
        packed: failure.afterPacking,
        size: exactSize(failure.bytes),
        limit: exactSize(failure.limit),
        biggest: biggestFiles(failure.biggest),
      };
    case 'entra':
      return signInFacts(failure, situation);

    case 'cluster-unreadable':
      return deniedIn(failure.answer, READ_CLUSTER, situation);
    case 'submission-refused':
      return deniedIn(failure.answer, RUN_COMMAND, situation);
    case 'result-missing':
    case 'result-forbidden':
      return deniedIn(failure.answer, COMMAND_RESULTS, situation);

    case 'did-not-start':
      return { submissions: failure.submissions > 1 ? failure.submissions : undefined };
    case 'start-unclear': {
      const { minutesApart } = failure;
      const apart = minutesApart && formatDuration(minutesApart * 60);
      return { apart, ...startFacts(failure) };
    }
    case 'no-answer-in-time': {
      const { answer, seconds } = failure;
      const signedOut = answer?.kind === 'unanswered' && answer.sent === 'unsigned';
      return { time: formatDuration(seconds), signedOut, ...startFacts(failure) };
    }
    case 'cancelled': {
      const { isStateSaved = false, state, words } = situation;
      const isOpen = mayRun(state);
      const byPostStep = isOpen && words.isStep && isStateSaved;
      return { ...startFacts(failure), byPostStep, byHand: isOpen && !byPostStep };
    }
    case 'not-stopped': {
      const { startUnseen = false, mayStartUntil, hash } = failure;
      const tooLate = startUnseen && hash !== undefined && mayStartUntil === undefined;
      return { ...startFacts(failure), tooLate };
    }
    case 'not-waited': {
      const { jobId = 'JOB_ID', commandId, words } = situation;
      const output = expression(`needs.${jobId}.outputs.command-id`);
      return { commandIdHere: words.isStep ? output : commandId };
    }
    case 'aks-failed': {
      const { reason, silent, started, podStarted } = failure;
      const evicted = /^Evicted\b/i.test(reason);
      return { evicted, silent, started, podStarted, ...startFacts(failure) };
    }
    case 'unproven': {
      const { containerExitCode, started } = failure;
      const restarted = containerExitCode === NO_BOUNDARY_EXIT_CODE;
      return { restarted, started, containerExitCode: restarted ? undefined : containerExitCode };
    }

    case 'exit-code':
      return exitCodeFacts(failure, situation);
    case 'timed-out': {
      const { seconds } = failure;
      const isShort = seconds < AKS_MAY_END_AFTER;
      return {
        time: formatDuration(seconds),
        longer: isShort ? durationInput(AKS_MAY_END_AFTER) : undefined,
      };
    }
    case 'no-tool':
      return { tool: failure.tool };
    case 'outputs-malformed':
      return { line: failure.line, problem: failure.problem };
    case 'outputs-lost':
      return { isChanged: failure.isChanged };
    case 'collect':
      return collectFacts(failure.problem);

    case 'stopped':
    case 'no-id-token':
    case 'id-token':
    case 'no-session':
    case 'session-failed':
    case 'cloud-metadata':
    case 'run-command-disabled':
    case 'cluster-stopped':
    case 'submission-unclear':
    case 'pod-refused':
    case 'no-bash':
    case 'no-namespace':
    case 'no-variables':
    case 'output-lost':
    case 'outputs-too-large':
    case 'outputs-unwritable':
    case 'unexpected':
      return {};
  }
}

type FailureOf<Code extends Failure['code']> = Failure & { readonly code: Code };

/** Whether there is one mistake at a prompt, where nothing has to be short. */
function isOneOption({ problems }: FailureOf<'invalid-inputs'>, { words }: Situation): boolean {
  return problems.length === 1 && !words.isStep;
}

function inputFacts({ names, problems }: FailureOf<'invalid-inputs'>): Values {
  const [problem = say``] = problems;
  return {
    names: names.length === 0 ? undefined : list(names),
    problems: items(problems),
    problem: withoutPeriod(problem),
  };
}

function exitCodeFacts(
  { exitCode, allowed }: FailureOf<'exit-code'>,
  { showsNoError = false, words }: Situation,
): Values {
  // A command that ended with 0 has no line that ended it.
  const noError = showsNoError && exitCode !== 0;
  return {
    exitCode,
    codes: allowed && words.isStep ? [0, ...allowed].join(', ') : undefined,
    noError,
    oneWithoutError: noError && exitCode === 1,
  };
}

function items(texts: readonly Text[]): readonly Block[] {
  return [{ kind: 'items', items: texts }];
}

function filesFacts(problem: FilesProblem): Values {
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

function exactSize(bytes: number): Text {
  return say`${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

/** What Entra compares: the claims of the ID token. */
function signInFacts(
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

/** The number of Entra's error. */
function aadstsIn(text: string): string | undefined {
  return /AADSTS\d{4,8}/.exec(text)?.[0];
}

/** Whether it is a Fleet Manager's hub, whose resource group has a name that begins with `FL_`. */
function isHub({ cluster }: Situation): boolean {
  return cluster.resourceGroup.startsWith('FL_');
}

/** The permission and the identity that ARM names. */
function deniedIn(answer: Answer, permission: string, { application }: Situation): Values {
  const text = messageIn(answer);
  const named = /perform action '([\w./]{1,200})'/.exec(text)?.[1];
  const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
  return {
    permission: named ?? permission,
    principal: application?.clientId ?? objectId ?? 'CLIENT_ID',
  };
}

/** What is known about a command that was not seen to start. */
function startFacts({ startUnseen = false, mayStartUntil }: StartFacts): Values {
  const isLate = mayStartUntil !== undefined;
  return {
    mayStartUntil: isLate ? clockTime(mayStartUntil) : undefined,
    startUnseen: startUnseen && !isLate,
  };
}

/** How a command ended that was to be stopped, as the names of messages have it. */
function nameOfEnd({ signaled }: FailureOf<'stopped'>): string {
  if (signaled === undefined) return 'ended-in-doubt';
  return signaled ? 'stopped' : 'ended-before-stop';
}

/** Why files could not be collected, as the names of messages have it. */
function nameOfProblem(problem: CollectProblem): string {
  return problem.kind === 'uncollected' ? problem.because : problem.kind;
}

function collectFacts(problem: CollectProblem): Values {
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

/** What a service or a program said, whatever the message about it. Untrusted text. */
function errorTextOf(failure: Failure): string {
  if (failure.code === 'not-stopped') return errorTextOfStop(failure.problem);
  if ('detail' in failure) return failure.detail;
  if ('reason' in failure) return failure.reason;
  if ('answer' in failure && failure.answer !== undefined) return answerText(failure.answer);
  return '';
}

function errorTextOfStop(problem: StopProblem): string {
  if (problem.kind === 'rejected') return problem.detail;
  return problem.kind === 'not-run' && problem.failure ? errorTextOf(problem.failure) : '';
}

/** Status, code, message, and the IDs that Azure support asks for. */
function answerText(answer: Answer): string {
  if (answer.kind === 'unanswered') {
    return answer.sent === 'unsigned' ? answer.cause : `Connection error: ${answer.cause}`;
  }
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}
