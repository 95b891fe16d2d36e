import { describeAnswer, isTransient, requestIds, type Answer } from '../azure/answer.ts';
import { AKS_SERVER } from '../azure/cloud.ts';
import { COLLECT_LIMIT } from '../collect/collection.ts';
import type { CollectProblem, Failure, FilesProblem, StartFacts } from '../failure.ts';
import { NO_BOUNDARY_EXIT_CODE } from '../pod/stream.ts';
import { MAX_TIMEOUT_HOURS } from '../pod/submission.ts';
import { formatBytes, formatCount } from '../text/bytes.ts';
import { clockTime, formatDuration } from '../text/duration.ts';
import { list, say, withoutPeriod, type Text } from '../text/say.ts';
import { visibleLines } from '../text/visible.ts';
import { biggestFiles } from './file-lists.ts';
import type { Block, Message } from './message.ts';
import { expression, json } from './paste.ts';
import {
  ARM,
  ARM_UNREACHABLE,
  ENTRA,
  find,
  NETWORK,
  SESSION,
  signsOf,
  SUBMISSION,
} from './rows.ts';
import {
  COMMAND_RESULTS,
  durationInput,
  READ_CLUSTER,
  RUN_COMMAND,
  valuesOf,
  type Situation,
} from './values.ts';
import { write, type Messages, type Values } from './writer.ts';

/** Which message of messages.md, and what its own placeholders stand for. */
type Choice = { readonly name: string; readonly facts?: Values };

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
  return write(name, { values, words: situation.words, messages });
}

/** Decides which message a failure gets, and with what. */
function choose(failure: Failure, situation: Situation): Choice {
  const { code } = failure;
  switch (code) {
    case 'invalid-inputs': {
      const { names, problems } = failure;
      const [problem, ...others] = problems;
      // At a prompt, nothing has to be short.
      if (problem !== undefined && others.length === 0 && !situation.words.isStep) {
        return { name: 'invalid-option', facts: { problem: withoutPeriod(problem) } };
      }
      return {
        name: code,
        facts: {
          names: names.length === 0 ? undefined : list(names),
          problems: items(problems),
        },
      };
    }
    case 'files':
      return { name: `files-${failure.problem.kind}`, facts: filesFacts(failure.problem) };
    case 'too-large':
      return {
        name: code,
        facts: {
          packed: failure.afterPacking,
          size: exactSize(failure.bytes),
          limit: exactSize(failure.limit),
          biggest: biggestFiles(failure.biggest),
        },
      };

    case 'no-id-token':
      return { name: situation.startedBy ?? code };
    case 'id-token':
      return find(NETWORK, { status: 0, text: failure.detail }, situation) ?? { name: code };
    case 'entra':
      return entra(failure, situation);
    case 'no-session':
    case 'session-failed': {
      const { detail } = failure;
      const signs = { text: detail, code: aadstsIn(detail) };
      return find(SESSION, signs, situation) ?? { name: code };
    }
    case 'cloud-metadata': {
      const signs = signsOf(failure.answer);
      return find([...NETWORK, ARM_UNREACHABLE], signs, situation) ?? { name: code };
    }

    case 'run-command-disabled':
      return { name: situation.cluster.resourceGroup.startsWith(HUB_GROUP) ? 'fleet-hub' : code };
    case 'cluster-unreadable':
      return arm(failure.answer, READ_CLUSTER, situation) ?? { name: code };
    case 'submission-refused':
      return arm(failure.answer, RUN_COMMAND, situation) ?? { name: code };
    case 'submission-unclear':
      return find(SUBMISSION, signsOf(failure.answer), situation) ?? { name: code };
    case 'result-missing':
      return arm(failure.answer, COMMAND_RESULTS, situation) ?? { name: code };
    case 'result-forbidden':
      return { name: code, facts: deniedIn(failure.answer, COMMAND_RESULTS, situation) };

    case 'did-not-start':
      return didNotStart(failure.submissions);
    case 'start-unclear': {
      const { minutesApart } = failure;
      const apart = minutesApart && formatDuration(minutesApart * 60);
      return { name: code, facts: { apart, ...startFacts(failure) } };
    }
    case 'no-answer-in-time': {
      const { answer, seconds } = failure;
      const signedOut = answer?.kind === 'unanswered' && answer.sent === 'unsigned';
      const time = formatDuration(seconds);
      return { name: code, facts: { time, signedOut, ...startFacts(failure) } };
    }
    case 'cancelled':
      return { name: code, facts: startFacts(failure) };
    case 'not-waited': {
      const { jobId = 'JOB_ID', commandId, words } = situation;
      const output = expression(`needs.${jobId}.outputs.command-id`);
      return { name: code, facts: { commandIdHere: words.isStep ? output : commandId } };
    }
    case 'aks-failed':
      return aksFailed(failure.reason, failure.afterTenMinutes);
    case 'unproven': {
      const { containerExitCode } = failure;
      const restarted = containerExitCode === NO_BOUNDARY_EXIT_CODE;
      const ended = restarted ? undefined : containerExitCode;
      return { name: code, facts: { restarted, containerExitCode: ended } };
    }
    case 'outputs-lost':
      return { name: code, facts: { isChanged: failure.isChanged } };

    case 'exit-code': {
      const { exitCode, allowed } = failure;
      const { showsNoError = false, words } = situation;
      const codes = allowed && words.isStep ? [0, ...allowed].join(', ') : undefined;
      return {
        name: code,
        facts: {
          exitCode,
          codes,
          noError: showsNoError,
          oneWithoutError: showsNoError && exitCode === 1,
        },
      };
    }
    case 'timed-out': {
      const { seconds } = failure;
      const longer = Math.min(seconds * 2, MAX_TIMEOUT_HOURS * 3600);
      return {
        name: code,
        facts: {
          time: formatDuration(seconds),
          longer: longer > seconds ? durationInput(longer) : undefined,
        },
      };
    }
    case 'no-tool': {
      const { tool } = failure;
      return { name: tool === 'disk' ? 'no-disk' : code, facts: { tool } };
    }
    case 'outputs-malformed':
      return { name: code, facts: { line: failure.line, problem: failure.problem } };
    case 'collect':
      return collectChoice(failure.problem);
    case 'cluster-stopped':
    case 'pod-refused':
    case 'no-bash':
    case 'no-namespace':
    case 'no-variables':
    case 'output-lost':
    case 'outputs-too-large':
    case 'outputs-unwritable':
    case 'unexpected':
      return { name: code };
  }
}

function items(texts: readonly Text[]): readonly Block[] {
  return [{ kind: 'items', items: texts }];
}

function filesFacts(problem: FilesProblem): Values {
  switch (problem.kind) {
    case 'no-match': {
      const { patterns, emptyFolder, nearest } = problem;
      return {
        patterns: list(patterns),
        emptyFolder: emptyFolder === '' ? undefined : emptyFolder,
        emptyWorkspace: emptyFolder === '',
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

/** Explains Entra's answer, with what it compares: the claims of the ID token. */
function entra(
  { answer, claims, resource }: Failure & { readonly code: 'entra' },
  situation: Situation,
): Choice {
  const signs = signsOf(answer);
  const found = find([...NETWORK, ...ENTRA], { ...signs, code: aadstsIn(signs.text) }, situation);
  const name = found?.name ?? (isTransient(answer) ? 'entra-temporary' : 'entra');

  // A claim that could not be read is empty.
  const issuer = claims.issuer || 'ISSUER';
  const subject = claims.subject || 'SUBJECT';
  const audience = claims.audience || (situation.application?.audience ?? 'AUDIENCE');
  const credentialName = nameFor(subject);
  const entraIssuer = found?.facts['entraIssuer'];
  return {
    name,
    facts: {
      ...found?.facts,
      issuer,
      subject,
      audience,
      entraIssuer: entraIssuer === issuer ? undefined : entraIssuer,
      resource: resource === AKS_SERVER ? `${resource} (AKS)` : resource,
      subjectWithIds: IMMUTABLE.test(subject),
      subjectByName: BY_NAME.test(subject),
      branchOrTag: situation.words.isStep && subject.includes(':ref:refs/'),
      credentialName,
      credential: json({ name: credentialName, issuer, subject, audiences: [audience] }),
    },
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

/** A Fleet Manager puts its hub into a resource group whose name begins with `FL_`. */
const HUB_GROUP = 'FL_';

/** Explains ARM's answer to a request that needs a permission, if its cause is known. */
function arm(answer: Answer, permission: string, situation: Situation): Choice | undefined {
  const found = find([...NETWORK, ...ARM], signsOf(answer), situation);
  return (
    found && { ...found, facts: { ...found.facts, ...deniedIn(answer, permission, situation) } }
  );
}

/** The permission and the identity that ARM names. */
function deniedIn(answer: Answer, permission: string, { application }: Situation): Values {
  const { text } = signsOf(answer);
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

function didNotStart(submissions: number): Choice {
  const many = submissions > 1 ? submissions : undefined;
  return { name: 'did-not-start', facts: { submissions: many } };
}

function aksFailed(reason: string, afterTenMinutes = false): Choice {
  if (/^Unschedulable\b/i.test(reason)) return didNotStart(1);
  if (/ImagePullBackOff|ErrImagePull/i.test(reason)) return { name: 'image-not-pulled' };

  const evicted = /^Evicted\b/i.test(reason);
  return { name: 'aks-failed', facts: { evicted, afterTenMinutes } };
}

/** Why the files could not be collected. */
function collectChoice(problem: CollectProblem): Choice {
  switch (problem.kind) {
    case 'uncollected':
      return { name: `collect-${problem.because}`, facts: { limit: COLLECT_LIMIT / 1024 } };
    case 'invalid':
      return { name: 'collect-invalid', facts: { problem: problem.problem } };
    case 'lost':
      return { name: 'collect-lost' };
    case 'unwritable':
      return { name: 'collect-unwritable', facts: { detail: problem.detail } };
    case 'no-match':
      return { name: 'collect-no-match', facts: { patterns: list(problem.patterns) } };
  }
}

/** What a service or a program said, whatever the message about it. Foreign text. */
function errorTextOf(failure: Failure): string {
  if ('detail' in failure) return failure.detail;
  if ('reason' in failure) return failure.reason;
  if ('answer' in failure && failure.answer !== undefined) return answerText(failure.answer);
  return '';
}

/** Status, code, message, and the IDs that Azure support asks for. */
function answerText(answer: Answer): string {
  if (answer.kind === 'unanswered') {
    return answer.sent === 'unsigned' ? answer.cause : `Connection error: ${answer.cause}`;
  }
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}
