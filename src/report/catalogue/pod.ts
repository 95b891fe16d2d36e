import type { Failure, StartFacts } from '../../failure.ts';
import { NO_BOUNDARY_EXIT_CODE } from '../../pod/stream.ts';
import { clockTime, formatDuration } from '../../text/duration.ts';
import { plain, say, type Text } from '../../text/say.ts';
import type { Content, Remedy } from '../message.ts';
import { expression, sh, yaml } from '../paste.ts';
import type { Known } from './known.ts';
import { signsOf } from './network.ts';
import {
  checkWhetherItRan,
  inputsToWait,
  seeResult,
  stopCommand,
  waitForItLater,
} from './remedies.ts';
import type { Failures } from './row.ts';

/** How to find room for the command's pod. */
function makeRoom({ cluster, inputs }: Known): Remedy {
  const { subscriptionId, resourceGroup, name } = cluster;
  return [
    say`
      The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from
      ${'mcr.microsoft.com'}. Check whether a node has that much free capacity and no taints, and
      read the events:
    `,
    sh`az aks nodepool list --subscription ${subscriptionId} -g ${resourceGroup} --cluster-name ${name} --output table`,
    sh`kubectl get pods,events --namespace aks-command`,
    say`To give the autoscaler more time:`,
    inputs({ 'start-timeout': '3m', 'start-retries': 5 }),
  ];
}

/** Reported by two users, but undocumented: edwardsp/azcluster, azure-powershell#19133. */
function afterTenMinutes({ inputs }: Known): Remedy {
  return [
    say`
      Some users report that AKS ends commands after about ten minutes; Microsoft documents no such
      limit. For longer work, have the command create a Kubernetes Job, which runs on its own, and
      do not wait for the command:
    `,
    inputs({ wait: false }),
  ];
}

/** @param reason AKS's own, perhaps with the scheduler's count of nodes */
function didNotStart(reason: string, remedy: Remedy): Content {
  const nodes = /\b\d{1,6}\/\d{1,6} nodes are available(?::[^.\n]{1,200})?/.exec(reason)?.[0];
  return {
    line:
      nodes === undefined
        ? say`AKS could not start the command's pod in time`
        : say`AKS could not start the command's pod in time: ${nodes}`,
    section: 'did-not-start',
    remedy,
  };
}

/** What is known about a command that was not seen to start. */
function whetherItStarted(
  { startUnseen, mayStartUntil }: StartFacts,
  { state }: Known,
): Text | undefined {
  if (mayStartUntil !== undefined) {
    const status =
      state === 'running'
        ? say`As far as Azure has shown, the command has not started yet`
        : say`The command may or may not have run`;
    return say`${status}, and may still start until ${plain(clockTime(mayStartUntil))}.`;
  }
  return startUnseen ? say`Azure has not shown that the command started.` : undefined;
}

/** Why the end of a start-by time could not be proven, or only late. */
function clocksApart(
  { minutesApart }: Failure & { readonly code: 'start-unclear' },
  { words }: Known,
): Remedy {
  if (minutesApart === undefined) return [];
  return [
    say`
      The clock of ${words.runner} and the dates of Azure's answers differ by about
      ${plain(formatDuration(minutesApart * 60))}. Until the earlier of them is past the time at which the
      command may start, nothing proves that it did not run. Check that clock, and whether a proxy
      changes dates.
    `,
  ];
}

export const POD_FAILURES = {
  'did-not-start': ({ submissions, answer }, known) =>
    didNotStart(answer ? signsOf(answer).text : '', [
      submissions > 1 && say`The command was submitted ${submissions} times.`,
      ...makeRoom(known),
    ]),
  'start-unclear': (failure, known) => ({
    line: say`
      AKS stopped waiting for the command's pod, and it is unknown whether it started later
    `,
    outcome: whetherItStarted(failure, known),
    section: 'start-unclear',
    remedy: [...clocksApart(failure, known), ...checkWhetherItRan(known), ...makeRoom(known)],
  }),
  'pod-refused': (_failure, known) => ({
    line: say`The pod says that it ran nothing, but nothing confirms it`,
    section: 'start-unclear',
    remedy: checkWhetherItRan(known),
  }),
  'no-answer-in-time': (failure, known) => ({
    line: say`The command gave no result within ${plain(formatDuration(failure.seconds))}`,
    outcome: whetherItStarted(failure, known),
    section: 'no-answer-in-time',
    remedy: [
      failure.answer?.kind === 'unanswered' &&
        failure.answer.sent === 'unsigned' &&
        say`
          In the end, ${known.words.step} could not sign in to Azure anymore, so it could not read
          the result.
        `,
      ...waitForItLater(known),
      ...stopCommand(known),
    ],
  }),
  cancelled: (failure, known) => ({
    line: known.isStep ? say`The step was canceled` : say`Waiting was interrupted`,
    outcome: whetherItStarted(failure, known),
    section: 'cancelled',
    remedy: afterCancel(failure, known),
  }),
  'not-waited': (_failure, known) => ({
    line: say`The command was submitted, and ${known.words.step} does not wait for it`,
    outcome: say``,
    section: 'no-answer-in-time',
    remedy: [
      ...seeResult(known),
      ...(known.isStep ? waitInLaterJob(known) : [say`To wait for it:`, inputsToWait(known)]),
      ...stopCommand(known),
    ],
  }),
  'aks-failed': ({ reason, afterTenMinutes: isLong }, known) => {
    if (/^Unschedulable\b/i.test(reason)) {
      return didNotStart(reason, [...checkWhetherItRan(known), ...makeRoom(known)]);
    }
    if (/ImagePullBackOff|ErrImagePull/i.test(reason)) return noImage();

    // A reason of one word, or Evicted with details.
    const [word] = /^Evicted\b|^[A-Z]{1,60}$/i.exec(reason) ?? [];
    return {
      line: word
        ? say`AKS reported ${word}, without an exit code`
        : say`AKS reported a failure without an exit code`,
      section: 'aks-failed',
      remedy: [
        /^Evicted\b/i.test(reason) &&
          say`Kubernetes evicts a pod when its node runs low on memory or disk.`,
        ...(isLong ? afterTenMinutes(known) : []),
        ...checkWhetherItRan(known),
      ],
    };
  },
  'no-exit-code': (_failure, known) => ({
    line: say`AKS reported the end of the command without an exit code`,
    section: 'aks-failed',
    remedy: checkWhetherItRan(known),
  }),
  'not-begun': ({ containerExitCode: exitCode }, known) => {
    const isRestarted = exitCode === NO_BOUNDARY_EXIT_CODE;
    const hasEnded = exitCode !== undefined && !isRestarted;
    return {
      line: say`The log does not say that the command began, so it is unknown whether it ran`,
      section: 'aks-failed',
      remedy: [
        hasEnded &&
          say`
            AKS reports exit code ${exitCode} for its container, which probably ended before the
            command began.
          `,
        isRestarted &&
          say`Its container was probably restarted, and the command may have run before that.`,
        ...checkWhetherItRan(known),
      ],
    };
  },
  'no-boundary': (_failure, known) => ({
    line: say`
      The output lacks the first line of ${known.words.action}'s script, so the exit code cannot be
      trusted
    `,
    section: 'aks-failed',
    remedy: checkWhetherItRan(known),
  }),
} satisfies Partial<Failures>;

function afterCancel({ hash }: Failure & { readonly code: 'cancelled' }, known: Known): Remedy {
  const searchable = { ...known, hash };
  if (known.state === 'running') return [...waitForItLater(known), ...stopCommand(known)];
  if (known.state !== 'unknown') return [];
  return [...checkWhetherItRan(searchable), ...stopCommand(searchable)];
}

function noImage(): Content {
  return {
    line: say`The cluster could not pull the image of the command's pod`,
    remedy: [
      say`
        The nodes must be able to reach ${'mcr.microsoft.com'} and ${'*.data.mcr.microsoft.com'},
        directly or through a cache.
      `,
    ],
  };
}

function waitInLaterJob(known: Known): Remedy {
  const { jobId = 'JOB_ID', stepId } = known;
  return [
    say`To wait for it in a later job, pass its ID on.`,
    stepId === undefined && say`Give the step an ${'id'}, and use it instead of ${'STEP_ID'}.`,
    say`In the job ${jobId}:`,
    yaml`
      outputs:
        command-id: ${expression(`steps.${stepId ?? 'STEP_ID'}.outputs.command-id`)}
    `,
    say`In the job that waits:`,
    yaml`needs: ${jobId}`,
    inputsToWait(known, expression(`needs.${jobId}.outputs.command-id`)),
  ];
}
