import type { CollectProblem } from '../../failure.ts';
import { formatDuration } from '../../text/duration.ts';
import { capitalized, list, plain, say, type Text } from '../../text/say.ts';
import type { Remedy } from '../message.ts';
import { sh } from '../paste.ts';
import type { Known } from './known.ts';
import type { Failures } from './row.ts';

const POD_ENDED = say`
  The pod ended before it could send them, most likely at its memory limit of 1 GiB.
`;

const OUTPUTS_CHANGED = say`
  The command, or a process that it left behind, removed or changed ${'$GITHUB_OUTPUT'} while it was
  sent. Have the command wait for its background processes.
`;

/**
 * What is known about a command that may have succeeded, but of which something did not come back.
 */
function howItEnded({ exitCode }: Known): Text {
  return exitCode === 0
    ? say`The command itself succeeded.`
    : say`The command exited with code ${exitCode}.`;
}

export const COMMAND_FAILURES = {
  'exit-code': ({ exitCode, allowed }, { input, inputs, isStep, showsNoError }) => {
    const codes = allowed && [0, ...allowed].join(', ');
    const isShown = codes !== undefined && isStep;
    return {
      line: say`The command exited with code ${exitCode}`,
      outcome: say``,
      section: 'exit-code',
      remedy: [
        isShown && say`Exit code 0 is not allowed. To allow it:`,
        isShown && inputs({ 'allowed-exit-codes': codes }),
        showsNoError &&
          say`
            Nothing in its output looks like an error. To see which line ended the command, start it
            with ${'set -x'}. AKS keeps what that prints, secrets in ${input('env')} included.
          `,
        showsNoError &&
          exitCode === 1 &&
          say`
            ${'grep'} exits with 1 if it finds nothing. ${'test'} and ${'['} exit with 1 if the
            condition is false.
          `,
      ],
    };
  },
  'timed-out': ({ seconds }, { inputs }) => ({
    line: say`The command timed out after ${plain(formatDuration(seconds))}`,
    outcome: say``,
    section: 'timed-out',
    remedy: [say`If it needs more time:`, inputs({ timeout: `${Math.ceil((seconds * 2) / 60)}m` })],
  }),
  'no-bash': (_failure, { input, inputs }) => ({
    line: say`The pod has no ${'bash'}, but ${input('shell')} asks for it`,
    remedy: [
      say`Leave out ${input('shell')}, to use bash if there is one, or set:`,
      inputs({ shell: 'sh' }),
    ],
  }),
  'no-tool': ({ tool }, { input, words }) =>
    tool === 'disk'
      ? {
          line: say`The pod has no folder to write to, which ${words.action} needs`,
          remedy: [say`Its disk is full or read-only.`],
        }
      : {
          line: say`The pod has no ${tool}, which ${words.action} needs to run a command`,
          remedy: [
            say`
              It needs coreutils, and GNU tar for ${input('collect')}. If your cluster replaces the
              image of run command, add them to yours.
            `,
          ],
        },
  'no-namespace': (_failure, { input, namespace = 'NAMESPACE', words }) => ({
    line: say`The namespace ${namespace} could not be set as kubectl's default`,
    remedy: [
      say`
        ${capitalized(words.action)} sets it in a copy of the kubeconfig in the pod, and kubectl
        could not make that copy. To see why, leave out ${input('namespace')} and run:
      `,
      sh`kubectl config view --flatten`,
      say`
        To act in the namespace without a copy, leave out ${input('namespace')} and pass it in the
        command:
      `,
      sh`kubectl --namespace ${namespace} get pods`,
    ],
  }),
  'no-variables': (_failure, { input }) => ({
    line: say`The pod could not read the variables of ${input('env')}`,
    remedy: [say`Run it again. If it keeps failing, please report this bug with the command ID.`],
  }),
  'output-lost': (_failure, known) => ({
    line: say`Part of the command's output was lost in the pod`,
    outcome: howItEnded(known),
    remedy: [
      say`
        Either the pod's disk was full, or the command deleted the folder ${'.aks-run-command.*'} in
        ${'/tmp'}. Leave it in place.
      `,
    ],
  }),
  'outputs-malformed': ({ line, problem }, known) => ({
    line: say`The step outputs are unusable: line ${line} of ${'$GITHUB_OUTPUT'} ${problem}`,
    outcome: howItEnded(known),
    section: 'outputs-malformed',
    remedy: [
      say`
        A line is ${'NAME=value'}. JSON fits on one line with ${'jq -c'}. For a value of several
        lines:
      `,
      sh`printf 'NAME<<EOF\\n%s\\nEOF\\n' "$(cat FILE)" >> "$GITHUB_OUTPUT"`,
    ],
  }),
  'outputs-too-large': (_failure, known) => ({
    line: say`
      The step outputs are unusable: the command wrote more than 64 KiB to ${'$GITHUB_OUTPUT'}
    `,
    outcome: howItEnded(known),
    section: 'outputs-malformed',
    remedy: [
      say`
        ${'jq -c'} makes JSON smaller. Print large results instead, and read them from
        ${known.isStep ? 'output-file' : 'stdout'}, or collect them as files with
        ${known.input('collect')}.
      `,
    ],
  }),
  'outputs-lost': ({ isChanged }, known) => ({
    line: say`The step outputs of the command did not come back`,
    outcome: howItEnded(known),
    section: 'outputs-malformed',
    remedy: [isChanged ? OUTPUTS_CHANGED : POD_ENDED],
  }),
  'outputs-unwritable': (_failure, { words }) => ({
    line: say`The step outputs could not be written`,
    remedy: [
      say`
        Check that the disk of ${words.runner} is not full, and that nothing removes its temporary
        files.
      `,
    ],
  }),
  collect: ({ problem }, known) => {
    const [why, ...remedy] = whyNotCollected(problem, known);
    return {
      line: say`The files could not be collected: ${why}`,
      outcome: howItEnded(known),
      section: 'collect',
      remedy,
    };
  },
  unexpected: (_failure, { words }) => ({
    line: say`An unexpected error occurred`,
    remedy: [
      say`
        Please report this bug, with the error above. ${capitalized(words.debug)} for more detail in
        the log.
      `,
    ],
  }),
} satisfies Partial<Failures>;

/** Why the files could not be collected, and what to do. */
function whyNotCollected(
  problem: CollectProblem,
  { inputs, isStep }: Known,
): readonly [why: Text, ...remedy: Remedy] {
  switch (problem.kind) {
    case 'uncollected':
      return UNCOLLECTED[problem.because];
    case 'invalid':
      return [
        say`what arrived is invalid (${problem.problem})`,
        say`
          None of them was kept. A process in the pod probably changed them while they were sent, or
          the pod ran out of memory. Have the command wait for its background processes, or collect
          fewer files.
        `,
      ];
    case 'lost':
      return [say`they did not come back`, POD_ENDED];
    case 'unwritable':
      return [
        say`they could not be saved on this machine (${problem.detail})`,
        say`None of them was kept.`,
        isStep
          ? say`Free up space for temporary files.`
          : say`
              Free up space in the folder of ${'--collect-to'}, or, without it, for temporary files.
            `,
      ];
    case 'no-match':
      return [
        say`nothing matched ${list(problem.patterns)}`,
        say`Patterns are relative to the command's working folder. If the files are optional:`,
        inputs({ 'if-no-files-collected': 'warn' }),
      ];
  }
}

const UNCOLLECTED = {
  size: [
    say`they take more than 300 KiB as sent`,
    say`
      Collect fewer files, or have a Kubernetes Job with workload identity upload them from the
      cluster.
    `,
  ],
  time: [
    say`packing took longer than 30 seconds, or was killed`,
    say`The pod may have run out of memory. Collect fewer files.`,
  ],
  disk: [
    say`the pod could not pack them`,
    say`Its disk may be full. Collect fewer files, or write less to the pod's disk.`,
  ],
} as const;
