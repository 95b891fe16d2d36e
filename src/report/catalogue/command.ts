import type { CollectProblem } from '../../failure.ts';
import { formatCount } from '../../text/bytes.ts';
import { formatDuration } from '../../text/duration.ts';
import {
  capitalized,
  code,
  list,
  message,
  say,
  sh,
  type Message,
  type Prose,
  type Remedy,
} from '../message.ts';
import type { Known } from './known.ts';
import type { Failures } from './row.ts';

/**
 * The cause if the command may have succeeded, but what it wrote for later steps did not arrive.
 */
const UNUSABLE = say`step outputs unusable`;

const POD_ENDED = say`
  The pod ended before it could send them, most likely at its memory limit of 1 GiB.
`;

const COLLECT_LESS = say`
  Collect fewer files, or have a Kubernetes Job with workload identity upload them from the cluster.
`;

export const COMMAND_FAILURES = {
  'exit-code': ({ exitCode, allowed }, { inputs, place, showsNoError }) => {
    const codes = allowed && [0, ...allowed].join(', ');
    const isShown = codes !== undefined && place === 'workflow';
    return message(
      'exit-code',
      [
        say`The command exited with code ${exitCode}.`,
        isShown && say`0 is not allowed: use ${codes}.`,
        isShown && inputs({ 'allowed-exit-codes': codes }),
        showsNoError &&
          say`
            Nothing in its output looks like an error. To see which line ended the command, start it
            with ${code('set -x')}.
          `,
        showsNoError &&
          exitCode === 1 &&
          say`
            ${code('grep')} exits with 1 if it finds nothing. ${code('test')} and ${code('[')} exit
            with 1 if the condition is false.
          `,
      ],
      { title: say`exit code ${exitCode}` },
    );
  },
  'timed-out': ({ seconds }, { inputs }) =>
    message('timed-out', [
      say`The command timed out after ${formatDuration(seconds)}.`,
      say`If it needs more time:`,
      inputs({ timeout: `${Math.ceil((seconds * 2) / 60)}m` }),
    ]),
  'no-bash': (_failure, { input, inputs }) =>
    message('no-bash', [
      say`The pod has no bash, but ${input('shell')} asks for it.`,
      say`Leave out ${input('shell')}, to use bash if there is one, or set:`,
      inputs({ shell: 'sh' }),
    ]),
  'no-tool': ({ tool }, { input, words }) =>
    tool === 'disk'
      ? message('no-tool', [
          say`The pod has no folder to write to, which ${words.action} needs to run a command.`,
          say`Its disk is full or read-only.`,
        ])
      : message('no-tool', [
          say`The pod has no ${tool}, which ${words.action} needs to run a command.`,
          say`
            It needs coreutils, and GNU tar for ${input('collect')}. If your cluster replaces the
            image of run command, add them to yours.
          `,
        ]),
  'no-namespace': (_failure, { input, namespace = 'NAMESPACE', words }) =>
    message(
      'no-namespace',
      [
        say`The namespace ${namespace} could not be set as kubectl's default.`,
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
      { title: say`kubectl's default namespace could not be set` },
    ),
  'no-variables': (_failure, { input }) =>
    message('no-variables', [
      say`The pod could not read the variables of ${input('env')}.`,
      say`Run it again. If it keeps failing, please report this bug with the command id.`,
    ]),
  'output-lost': () =>
    message('output-lost', [
      say`The command exited, but part of its output was lost in the pod.`,
      say`
        Either the pod's disk was full, or the command deleted the folder
        ${code('.aks-run-command.*')} in /tmp. Leave it in place.
      `,
    ]),
  'outputs-malformed': ({ line, problem }) =>
    message(
      'outputs-malformed',
      [
        say`Line ${line} of what the command wrote to ${code('$GITHUB_OUTPUT')} ${problem}.`,
        say`
          A line is ${code('NAME=value')}. JSON fits on one line with ${code('jq -c')}. For a value
          of several lines:
        `,
        sh`printf 'NAME<<EOF\\n%s\\nEOF\\n' "$(cat FILE)" >> "$GITHUB_OUTPUT"`,
      ],
      { title: UNUSABLE },
    ),
  'outputs-too-large': (_failure, { input, place }) =>
    message(
      'outputs-too-large',
      [
        say`The command wrote more than 64 KiB to ${code('$GITHUB_OUTPUT')}.`,
        say`
          ${code('jq -c')} makes JSON smaller. Print large results instead, and read them from
          ${place === 'workflow' ? code('output-file') : 'stdout'}, or collect them as files with
          ${input('collect')}.
        `,
      ],
      { title: UNUSABLE },
    ),
  'outputs-lost': () =>
    message('outputs-lost', [say`The step outputs of the command did not come back.`, POD_ENDED], {
      title: UNUSABLE,
    }),
  'outputs-unwritable': (_failure, { words }) =>
    message('outputs-unwritable', [
      say`The step outputs could not be written.`,
      say`
        Check that the disk of ${words.runner} is not full, and that nothing removes its temporary
        files.
      `,
    ]),
  collect: ({ problem }, known) => notCollected(problem, known),
  unexpected: (_failure, { words }) =>
    message(
      'unexpected',
      [
        say`Unexpected error. Please report this bug.`,
        say`Include the error above. ${capitalized(words.debug)} for more detail in the log.`,
      ],
      { title: say`unexpected error` },
    ),
} satisfies Partial<Failures>;

/** Why the files could not be collected, and what to do. */
function notCollected(problem: CollectProblem, { inputs, place }: Known): Message {
  const because = (why: Prose, ...remedy: Remedy) =>
    message('collect', [say`The files could not be collected: ${why}.`, ...remedy]);
  switch (problem.kind) {
    case 'uncollected': {
      const uncollected = {
        size: [say`they take more than 300 KiB as sent`, COLLECT_LESS],
        time: [
          say`packing them took longer than 30 seconds, or was killed`,
          say`The pod may have run out of memory. Collect fewer files.`,
        ],
        disk: [
          say`the pod could not pack them`,
          say`Its disk may be full. Collect fewer files, or write less to the pod's disk.`,
        ],
      } as const;
      return because(...uncollected[problem.because]);
    }
    case 'invalid':
      return because(
        say`what arrived is invalid (${problem.problem})`,
        say`
          None of them was kept. A process in the pod probably changed them while they were sent, or
          the pod ran out of memory. Have the command wait for its background processes, or collect
          fewer files.
        `,
      );
    case 'lost':
      return because(say`they did not come back`, POD_ENDED);
    case 'unwritable':
      return because(
        say`they could not be saved on this machine (${problem.detail})`,
        say`None of them was kept.`,
        place === 'workflow'
          ? say`Free up space for temporary files.`
          : say`
              Free up space in the folder of ${code('--collect-to')}, or, without it, for temporary
              files.
            `,
      );
    case 'no-match':
      return because(
        say`nothing matched ${patternList(problem.patterns)}`,
        say`Patterns are relative to the command's working folder. If the files are optional:`,
        inputs({ 'if-no-files-collected': 'warn' }),
      );
  }
}

const PATTERNS_LISTED = 20;

function patternList(patterns: readonly string[]): Prose {
  const listed = patterns.slice(0, PATTERNS_LISTED).map((pattern) => JSON.stringify(pattern));
  const more = patterns.length - listed.length;
  return more === 0 ? list(listed) : say`${list(listed)}, and ${formatCount(more)} more`;
}
