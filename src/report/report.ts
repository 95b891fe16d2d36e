import type { Target } from '../azure/port.ts';
import type { Host } from '../hosts/port.ts';
import type { PackedTask } from '../pod/submission.ts';
import { clockTime, formatDuration } from '../text/duration.ts';
import { collectFailure, type State, type Verdict } from '../verdict.ts';
import { NOTHING_KNOWN, phrasing, type Known } from './catalogue/known.ts';
import { shownOutput, type ShownOutput } from './excerpt.ts';
import { explain } from './explain.ts';
import { GUIDE } from './guide.ts';
import { titleOf, type Message, type Prose } from './message.ts';
import { readFindings, showsNoError } from './output-hints.ts';

/** The command that the step runs, as far as it is known. */
export type Invocation = {
  /** Absent if the inputs are invalid. */
  readonly target?: Target | undefined;
  /** Also absent if the step waited for an earlier command. */
  readonly command?: string | undefined;
  /** The input `namespace`, if it is set. */
  readonly namespace?: string | undefined;
  readonly packed?: PackedTask | undefined;
};

export type Report = Invocation & {
  readonly verdict: Omit<Verdict, 'output'>;
  /** Why, and what to do: the cause first, then hints about the output. */
  readonly explanations: readonly Message[];
  /** What the command wrote; absent if nothing came back. Foreign text. */
  readonly output?: ShownOutput | undefined;
  /** The address of docs/TROUBLESHOOTING.md at the version that runs, if it is known. */
  readonly docs?: string | undefined;
};

/** How messages describe each state. */
export const STATES: Readonly<Record<State, { sign: string; sentence: string; headline: string }>> =
  {
    succeeded: { sign: '✅', sentence: 'The command ran and succeeded.', headline: 'succeeded' },
    failed: { sign: '❌', sentence: 'The command ran and failed.', headline: 'failed' },
    'not-started': { sign: '❌', sentence: 'The command did not run.', headline: 'did not run' },
    running: {
      sign: '⏳',
      sentence: 'The command may still be running in the cluster.',
      headline: 'still running',
    },
    unknown: {
      sign: '❓',
      sentence: 'The command may or may not have run.',
      headline: 'may or may not have run',
    },
    'dry-run': {
      sign: '📦',
      sentence: 'The command did not run.',
      headline: 'dry run, the command did not run',
    },
  };

/** Explains a verdict in the words of the host. */
export function reportOn(verdict: Verdict, invocation: Invocation, host: Host): Report {
  const known = knownAbout(verdict, invocation, host);
  const { output, ...outcome } = verdict;
  const { failure, state, exitCode } = outcome;
  // The errors that a successful command printed are not why the step fails.
  const hasErrors = state === 'failed' && output !== undefined && exitCode !== 0;
  const findings = hasErrors ? readFindings(output.text, exitCode, known) : undefined;
  const hints = findings?.hints ?? [];

  const explanations: Message[] = [];
  // If a hint says why, the exit code is not a cause, but only a fact about the command.
  if (failure && (failure.code !== 'exit-code' || hints.length === 0)) {
    explanations.push(explain(failure, known));
  }
  explanations.push(...hints);
  for (const other of [verdict.outputsProblem, collectFailure(verdict.collected)]) {
    // If no step outputs came back, perhaps there were none.
    if (other === undefined || other.code === 'outputs-lost') continue;
    if (other.code !== failure?.code) explanations.push(explain(other, known));
  }

  return {
    ...invocation,
    verdict: outcome,
    output: output && shownOutput(output, findings?.firstError),
    explanations,
    docs: troubleshooting(host),
  };
}

function knownAbout(verdict: Verdict, invocation: Invocation, host: Host): Known {
  const { state, commandId, output } = verdict;
  const { target = NOTHING_KNOWN, command, namespace, packed } = invocation;
  const { variable } = host;
  return {
    ...NOTHING_KNOWN,
    ...phrasing(host.words),
    cluster: target.cluster,
    cloud: target.cloud,
    application: target.application,
    command,
    namespace,
    packed,
    commandId,
    state,
    inGitHubActions: variable('GITHUB_ACTIONS') === 'true',
    startedBy: startedBy(host),
    jobId: nameInExpression(variable('GITHUB_JOB')),
    stepId: nameInExpression(variable('GITHUB_ACTION')),
    showsNoError: output && showsNoError(output.text),
  };
}

/**
 * The id of a job or a step, if expressions in the workflow can use it. The runner makes up a name
 * for a step without an id.
 */
function nameInExpression(name: string | undefined): string | undefined {
  return name !== undefined && /^(?!__)[A-Za-z_][\w-]*$/.test(name) ? name : undefined;
}

function startedBy(host: Host): Known['startedBy'] {
  if (host.variable('GITHUB_ACTOR') === 'dependabot[bot]') return 'dependabot';
  return host.isFromFork() ? 'fork' : undefined;
}

/**
 * The document of the version that runs. The runner says which repository and which ref the action
 * came from.
 */
function troubleshooting({ variable }: Host): string | undefined {
  const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
  const ref = variable('GITHUB_ACTION_REF') ?? '';
  const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
  const isKnown =
    /^[\w.-]+\/[\w.-]+$/.test(repository) &&
    /^[\w./-]+$/.test(ref) &&
    /^https:\/\/[\w.:-]+$/.test(server);
  return isKnown ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}

/** The address of what the document says about the first explanation, if it says more. */
export function moreAbout({ docs, explanations: [first] }: Report): string | undefined {
  const isKnown = docs !== undefined && first !== undefined && GUIDE.has(first.section);
  return isKnown ? `${docs}#${first.section}` : undefined;
}

/**
 * What is known about the command, in one sentence. Empty if the first explanation already says it.
 */
export function commandOutcome({ verdict, explanations }: Report): string {
  const { state, exitCode, failure } = verdict;
  const exited = `The command exited with code ${exitCode}.`;
  switch (failure?.code) {
    case 'exit-code': {
      // `exit-code`, or `exit-code-137`.
      const isSaid = explanations[0]?.section.startsWith('exit-code');
      return isSaid ? '' : exited;
    }
    case 'timed-out':
    case 'not-waited':
      return '';
    case 'outputs-malformed':
    case 'outputs-too-large':
    case 'outputs-lost':
    case 'output-lost':
    case 'collect':
      return exitCode === 0 ? 'The command itself succeeded.' : exited;
    case 'cancelled':
    case 'start-unclear':
    case 'no-answer-in-time': {
      const { startUnseen, mayStartUntil } = failure;
      if (mayStartUntil !== undefined) {
        const status = state === 'running' ? 'has not started yet' : 'may or may not have run';
        return `The command ${status}, and may still start until ${clockTime(mayStartUntil)}.`;
      }
      return startUnseen ? 'Azure has not shown that the command started.' : STATES[state].sentence;
    }
    default:
      return STATES[state].sentence;
  }
}

/**
 * The cluster and the cause: `prod-weu: exit code 1`.
 *
 * @param cause if not the first explanation's title
 */
export function headline(report: Report, cause = titleOfFirst(report)): Prose {
  const { state, failure, exitCode = 0 } = report.verdict;
  const name = `${nameOf(report)}: `;
  if (failure && cause) return { kind: 'prose', parts: [name, ...cause.parts] };

  const isAllowed = state === 'succeeded' && exitCode !== 0;
  const allowed = isAllowed ? `, exit code ${exitCode} (allowed)` : '';
  return { kind: 'prose', parts: [name + STATES[state].headline + allowed] };
}

function titleOfFirst({ explanations: [first] }: Report): Prose | undefined {
  return first && titleOf(first);
}

/** The name of the cluster, or of this action if there is none. */
export function nameOf({ target }: Report): string {
  const name = target?.cluster.name ?? '';
  return name === '' ? 'AKS Run Command' : name;
}

/** `2m 03s`. AKS counts whole seconds, so 0 means less than one. */
export function spokenDuration(seconds: number): string {
  return seconds === 0 ? 'less than 1s' : formatDuration(seconds);
}
