import { lines } from './moves.ts';
import type { Entries } from './row.ts';
import type { CollectProblem } from '../../failure.ts';
import { formatBytes } from '../../files/bytes.ts';
import { formatDuration } from '../../lifecycle/duration.ts';

/** The command itself, and what it handed over. */
export const COMMAND_FAILURES: Entries<
  | 'exit-code'
  | 'timed-out'
  | 'no-bash'
  | 'no-variables'
  | 'output-lost'
  | 'outputs-malformed'
  | 'outputs-too-large'
  | 'outputs-lost'
  | 'collect'
  | 'unexpected'
> = {
  'exit-code': {
    section: 'exit-code',
    sentence: 'The command exited with code {exitCode}.',
    title: 'exit code {exitCode}',
    move: '',
    read: ({ exitCode }) => ({ values: { exitCode: String(exitCode) } }),
  },
  'timed-out': {
    section: 'timed-out',
    sentence: 'The command timed out after {duration}.',
    move: lines('If it needs longer:', '@ timeout: {longer}'),
    read: ({ seconds }) => ({
      values: { duration: formatDuration(seconds), longer: `${Math.ceil((seconds * 2) / 60)}m` },
    }),
  },
  'no-bash': {
    section: 'no-bash',
    sentence: lines(
      '[workflow] The pod has no bash, which the input shell asks for.',
      '[prompt] The pod has no bash, which --shell asks for.',
    ),
    move: lines('Leave {input:shell} out, which takes sh where there is no bash, or set:', '@ shell: sh'),
  },
  'no-variables': {
    section: 'no-variables',
    sentence: 'The pod could not read the variables of {input:env}, so the command did not run.',
    move: 'Run it again. If it keeps failing, please report this bug with the command id.',
  },
  'output-lost': {
    section: 'output-lost',
    sentence: 'The command exited, but part of its output was lost in the pod.',
    move: 'Either the disk of the pod was full, or the command deleted the files .aks-run-command.* in the folder for temporary files. Leave them in place.',
  },
  'outputs-malformed': {
    section: 'outputs-malformed',
    sentence: 'What the command wrote to $GITHUB_OUTPUT cannot be read: line {line} {problem}.',
    move: 'A line is NAME=value, or a block: NAME<<DELIMITER, the lines of the value, DELIMITER on a line of its own.',
    read: ({ line, problem }) => ({ values: { line: String(line), problem } }),
  },
  'outputs-too-large': {
    section: 'outputs-too-large',
    sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
    move: 'Print large results instead: {noun:output} has all that the command printed.',
  },
  'outputs-lost': {
    section: 'outputs-lost',
    sentence: 'The step outputs of the command did not come back.',
    move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
  },
  collect: {
    section: 'collect',
    sentence: 'The files could not be collected: {what}.',
    move: '{move}',
    read: ({ problem }) => ({ values: collectWords(problem) }),
  },
  unexpected: {
    section: 'unexpected',
    sentence: '{Noun:action} met an error that it did not expect.',
    move: 'That is a defect of {noun:action}: please report it with the words above. {Noun:debug}, and the log tells more.',
    read: ({ detail }) => ({ words: detail }),
  },
};

const LESS =
  'It is compressed already. Collect fewer files, or have a Job with workload identity upload them from the cluster.';

/** What happened to the collected files, and what to do. */
function collectWords(problem: CollectProblem): { what: string; move: string } {
  switch (problem.kind) {
    case 'over':
      return { what: overLimit(problem), move: [LESS, biggestOf(problem)].filter(Boolean).join('\n') };
    case 'refused':
      return {
        what: `what arrived is refused, ${problem.problem}`,
        move: 'Nothing of them was kept. Something in the pod changed them on their way: collect fewer files, or wait in the command for its background processes.',
      };
    case 'uncollected':
      return uncollected(problem.because);
    case 'lost':
      return {
        what: 'they did not come back',
        move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
      };
    case 'unwritable':
      return {
        what: `they could not be written here (${problem.detail})`,
        move: 'Nothing of them was kept. Free space in the folder for temporary files.',
      };
    case 'no-match':
      return {
        what: `nothing matched ${problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`,
        move: lines(
          "Patterns start at the command's working folder. If the files may be missing:",
          '@ if-no-files-collected: warn',
        ),
      };
  }
}

function overLimit({ limit, bytes }: CollectProblem & { kind: 'over' }): string {
  switch (limit) {
    case 'files':
      return 'there are more than 2,000';
    case 'unpacked':
      return `they take ${formatBytes(bytes ?? 0)}, more than 32 MiB`;
    case 'sent':
      return `they take ${formatBytes(bytes ?? 0)} compressed, more than 300 KiB`;
  }
}

function biggestOf({ biggest }: CollectProblem & { kind: 'over' }): string {
  if (biggest.length === 0) return '';
  return `The biggest: ${biggest.map(({ path, bytes }) => `${JSON.stringify(path)} (${formatBytes(bytes)})`).join(', ')}`;
}

function uncollected(because: string): { what: string; move: string } {
  switch (because) {
    case 'time':
      return {
        what: 'it took longer than 40 seconds',
        move: 'Collect fewer files.',
      };
    case 'disk':
      return {
        what: 'the pod could not write them down',
        move: 'Its disk is full, or something deleted the files in .aks-run-command. Collect fewer files.',
      };
    case 'size':
      return { what: 'their names alone take more than 300 KiB', move: LESS };
    default:
      return {
        what: `the pod has no ${because}`,
        move: 'Run the command where the tool is, or print what you need.',
      };
  }
}
