import { NO_BOUNDARY_EXIT_CODE } from '../../pod/stream.ts';
import { formatDuration } from '../../text/duration.ts';
import {
  expression,
  foreign,
  say,
  sh,
  message,
  yaml,
  type Message,
  type Prose,
  type Remedy,
} from '../message.ts';
import type { Known } from './known.ts';
import { signsOf } from './network.ts';
import { checkWhetherItRan, inputsToWait, seeResult, waitForItLater } from './remedies.ts';
import type { Failures } from './row.ts';

/** How to find room for the command's pod. */
function makeRoom({ cluster, inputs }: Known): Remedy {
  const { subscriptionId, resourceGroup, name } = cluster;
  return [
    say`
      The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from
      mcr.microsoft.com. Check whether a node has that much free capacity and no taints, and read
      the events:
    `,
    sh`az aks nodepool list --subscription ${subscriptionId} -g ${resourceGroup} --cluster-name ${name} --output table`,
    sh`kubectl get pods,events --namespace aks-command`,
    say`To give the autoscaler more time:`,
    inputs({ 'start-timeout': '3m', 'start-retries': 5 }),
  ];
}

function stopPod({ commandId }: Known): Remedy {
  if (commandId === undefined) return [];
  const pod = `command-${commandId}`;
  return [
    say`To stop ${pod}, on a machine that reaches the cluster (AKS Automatic refuses this):`,
    sh`kubectl delete pod ${pod} --namespace aks-command`,
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

/** @param reason AKS's own */
function didNotStart(reason: string, remedy: Remedy): Message {
  const sentence = say`AKS could not start the command's pod in time.`;
  return message('did-not-start', [sentence, ...remedy], { title: titleWithNodes(reason) });
}

/** The scheduler's own count of nodes in the headline, if AKS passes it on. */
function titleWithNodes(reason: string): Prose | undefined {
  const nodes = /\b\d{1,6}\/\d{1,6} nodes are available(?::[^.\n]{1,200})?/.exec(reason)?.[0];
  return nodes === undefined
    ? undefined
    : say`AKS could not start the command's pod: ${foreign('nodes', nodes)}`;
}

export const POD_FAILURES = {
  'did-not-start': ({ submissions, answer }, known) =>
    didNotStart(answer ? signsOf(answer).text : '', [
      submissions > 1 && say`It was submitted ${submissions} times.`,
      ...makeRoom(known),
    ]),
  'start-unclear': (_failure, known) =>
    message('start-unclear', [
      say`AKS stopped waiting for the command's pod, and it is unknown whether it started later.`,
      ...checkWhetherItRan(known),
      ...makeRoom(known),
    ]),
  'pod-refused': (_failure, known) =>
    message('pod-refused', [
      say`The pod says that it ran nothing, but nothing confirms it.`,
      ...checkWhetherItRan(known),
    ]),
  'no-answer-in-time': ({ answer, seconds }, known) =>
    message('no-answer-in-time', [
      say`The command gave no result within ${formatDuration(seconds)}.`,
      answer?.kind === 'unanswered' &&
        answer.sent === 'unsigned' &&
        say`
          In the end, ${known.words.step} could not sign in to Azure anymore, so it could not read
          the result.
        `,
      ...waitForItLater(known),
      ...stopPod(known),
    ]),
  cancelled: (_failure, known) => {
    const sentence =
      known.place === 'workflow' ? say`The step was canceled.` : say`Waiting was interrupted.`;
    switch (known.state) {
      case 'running':
        return message('cancelled', [sentence, ...waitForItLater(known), ...stopPod(known)]);
      case 'unknown':
        return message('cancelled', [sentence, ...checkWhetherItRan(known), ...stopPod(known)]);
      default:
        return message('cancelled', [sentence]);
    }
  },
  'not-waited': (_failure, known) =>
    message(
      'not-waited',
      [
        say`The command was submitted, and ${known.words.step} does not wait for it.`,
        ...seeResult(known),
        ...(known.place === 'workflow'
          ? waitInLaterJob(known)
          : [say`To wait for it:`, inputsToWait(known)]),
        ...stopPod(known),
      ],
      { title: say`submitted, not waiting for the result` },
    ),
  'aks-failed': ({ reason, afterTenMinutes: isLong }, known) => {
    if (/^Unschedulable\b/i.test(reason)) {
      return didNotStart(reason, [...checkWhetherItRan(known), ...makeRoom(known)]);
    }
    if (/ImagePullBackOff|ErrImagePull/i.test(reason)) {
      return message('command-image', [
        say`The cluster could not pull the image of the command's pod.`,
        say`
          The nodes must be able to reach mcr.microsoft.com and *.data.mcr.microsoft.com, directly
          or through a cache.
        `,
      ]);
    }

    // A reason of one word, or Evicted with details.
    const [word] = /^Evicted\b|^[A-Z]{1,60}$/i.exec(reason) ?? [];
    const name = word === undefined ? undefined : foreign('reason', word);
    return message(
      'aks-failed',
      [
        say`AKS reported a failure without an exit code.`,
        /^Evicted\b/i.test(reason) &&
          say`${name}: Kubernetes evicts a pod when its node runs low on memory or disk.`,
        ...(isLong ? afterTenMinutes(known) : []),
        ...checkWhetherItRan(known),
      ],
      { title: name && say`AKS reported ${name}, without an exit code` },
    );
  },
  'no-exit-code': (_failure, known) =>
    message('no-exit-code', [
      say`AKS reported the end of the command without an exit code.`,
      ...checkWhetherItRan(known),
    ]),
  'not-begun': ({ containerExitCode: exitCode }, known) => {
    const isRestarted = exitCode === NO_BOUNDARY_EXIT_CODE;
    const hasEnded = exitCode !== undefined && !isRestarted;
    return message('not-begun', [
      say`The log does not say that the command began, so it is unknown whether it ran.`,
      hasEnded &&
        say`
          AKS reports exit code ${exitCode} for its container, which probably ended before the
          command began.
        `,
      isRestarted &&
        say`Its container was probably restarted, and the command may have run before that.`,
      ...checkWhetherItRan(known),
    ]);
  },
  'no-boundary': (_failure, known) =>
    message('no-boundary', [
      say`
        The output lacks the first line of ${known.words.action}'s script, so the exit code cannot
        be trusted.
      `,
      ...checkWhetherItRan(known),
    ]),
} satisfies Partial<Failures>;

function waitInLaterJob(known: Known): Remedy {
  const { jobId = 'JOB_ID', stepId } = known;
  return [
    say`To wait for it in a later job, pass its ID on.`,
    stepId === undefined && say`Give the step an id, and use it instead of STEP_ID.`,
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
