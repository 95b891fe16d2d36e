import { biggestLines } from '../file-lists.ts';
import type { CollectProblem } from '../../failure.ts';
import { formatBytes } from '../../text/bytes.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Values } from './paste.ts';
import { lines, text, type Entries } from './row.ts';

/** The cause if the command may have succeeded, but what it wrote for later steps did not arrive. */
const UNUSABLE = 'step outputs unusable';

const POD_ENDED =
  'The pod ended before it could send them, most likely at its memory limit of 1 GiB.';

const LESS =
  'Collect fewer files, or have a Kubernetes Job with workload identity upload them from the cluster.';

/** What happened to the collected files, and what to do. */
const COLLECT = {
  files: ['there are more than 2,000', LESS, '{largest?}'],
  unpacked: ['they take {size}, more than 32 MiB', LESS, '{largest?}'],
  sent: ['they take {size} as sent, more than 300 KiB', LESS, '{largest?}'],
  size: ['their names alone take more than 300 KiB', LESS],
  time: ['it took longer than 40 seconds', 'Collect fewer files.'],
  disk: [
    'the pod could not store them',
    'Its disk is full, or something deleted the files .aks-run-command.* in /tmp. Collect fewer files.',
  ],
  refused: [
    'what arrived is invalid ({problem})',
    'None of them was kept. Something in the pod changed them while they were sent. Have the command wait for its background processes, or collect fewer files.',
  ],
  lost: ['they did not come back', POD_ENDED],
  unwritable: [
    'they could not be saved on this machine ({detail})',
    'None of them was kept.',
    '[workflow] Free up space for temporary files.',
    '[prompt] Free up space in the folder of --collect-to, or, without it, for temporary files.',
  ],
  'no-match': [
    'nothing matched {patterns}',
    "Patterns are relative to the command's working folder. If the files are optional:",
    '@ if-no-files-collected: warn',
  ],
} satisfies Record<string, readonly [string, ...string[]]>;

/** The step outputs of a command that succeeded, if the runner does not accept them. */
export const UNWRITTEN = text('outputs-unwritable', [
  'The step outputs could not be written.',
  'Check that the disk of {noun:runner} is not full, and that nothing removes its temporary files.',
]);

export const COMMAND_FAILURES = {
  'exit-code': {
    sentence: 'The command exited with code {exitCode}.',
    title: 'exit code {exitCode}',
    move: lines(
      '[workflow] 0 is not allowed: use {codes?}.',
      '[workflow] @ allowed-exit-codes: {codes?}',
    ),
    read: ({ exitCode, allowed }) => ({
      values: { exitCode: String(exitCode), ...(allowed && { codes: [0, ...allowed].join(', ') }) },
    }),
  },
  'timed-out': {
    sentence: 'The command timed out after {duration}.',
    move: lines('If it needs more time:', '@ timeout: {longer}'),
    read: ({ seconds }) => ({
      values: { duration: formatDuration(seconds), longer: `${Math.ceil((seconds * 2) / 60)}m` },
    }),
  },
  'no-bash': {
    sentence: 'The pod has no bash, but {input:shell} asks for it.',
    move: lines('Leave out {input:shell}, to use bash if there is one, or set:', '@ shell: sh'),
  },
  'no-tool': {
    sentence: 'The pod has no {tool}, which {noun:action} needs to run a command.',
    move: lines(
      '{coreutils?}It needs coreutils. If your cluster replaces the image of run command, add them to yours.',
      '{disk?}Its disk is full or read-only.',
    ),
    read: ({ tool }) => ({
      values: tool === 'disk' ? { tool: 'folder to write to', disk: '' } : { tool, coreutils: '' },
    }),
  },
  'no-namespace': {
    sentence:
      "The namespace {namespace} could not be set as kubectl's default, so the command did not run.",
    title: "kubectl's default namespace could not be set",
    move: lines(
      '{Noun:action} sets it in a copy of the kubeconfig in the pod, and kubectl could not make that copy. To see why, leave out {input:namespace} and run:',
      '$ kubectl config view --flatten',
      'To act in the namespace without a copy, leave out {input:namespace} and pass it in the command:',
      '$ kubectl --namespace {namespace} get pods',
    ),
    read: ({ detail }) => ({ words: detail }),
  },
  'no-variables': {
    sentence: 'The pod could not read the variables of {input:env}, so the command did not run.',
    move: 'Run it again. If it keeps failing, please report this bug with the command id.',
  },
  'output-lost': {
    sentence: 'The command exited, but part of its output was lost in the pod.',
    move: "Either the pod's disk was full, or the command deleted the folder .aks-run-command.* in /tmp. Leave it in place.",
  },
  'outputs-malformed': {
    title: UNUSABLE,
    sentence: 'Line {line} of what the command wrote to $GITHUB_OUTPUT {problem}.',
    move: lines(
      'A line is NAME=value. JSON fits on one line with jq -c. For a value of several lines:',
      `$ printf 'NAME<<EOF\\n%s\\nEOF\\n' "$(cat FILE)" >> "$GITHUB_OUTPUT"`,
    ),
    read: ({ line, problem }) => ({ values: { line: String(line), problem } }),
  },
  'outputs-too-large': {
    title: UNUSABLE,
    sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
    move: 'jq -c makes JSON smaller. Print large results instead, and read them from {noun:output}, or collect them as files with {input:collect}.',
  },
  'outputs-lost': {
    title: UNUSABLE,
    sentence: 'The step outputs of the command did not come back.',
    move: POD_ENDED,
  },
  collect: {
    sentence: 'The files could not be collected: {what}.',
    move: '',
    read: ({ problem }) => {
      const { kind } = problem;
      const [what, ...move] =
        COLLECT[kind === 'over' ? problem.limit : kind === 'uncollected' ? problem.because : kind];
      return {
        sentence: `The files could not be collected: ${what}.`,
        move: lines(...move),
        values: valuesOf(problem),
      };
    },
  },
  unexpected: {
    title: 'unexpected error',
    sentence: 'Unexpected error. Please report this bug.',
    move: 'Include the error above. {Noun:debug} for more detail in the log.',
    read: ({ detail }) => ({ words: detail }),
  },
} satisfies Partial<Entries>;

function valuesOf(problem: CollectProblem): Values {
  switch (problem.kind) {
    case 'over':
      return { size: formatBytes(problem.bytes), largest: biggestLines(problem.biggest) };
    case 'no-match':
      return { patterns: problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', ') };
    default:
      return problem;
  }
}
