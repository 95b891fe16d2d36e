import { lines } from './moves.ts';
import type { Entries } from './row.ts';
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
    sentence: 'The pod has no bash, which the input shell asks for.',
    move: lines('Leave {input:shell} out, which takes sh where there is no bash, or set:', '@ shell: sh'),
  },
  'no-variables': {
    section: 'no-variables',
    sentence: 'The pod could not read the variables of env, so the command did not run.',
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
    move: 'Print large results instead: output-file has all that the command printed.',
  },
  'outputs-lost': {
    section: 'outputs-lost',
    sentence: 'The step outputs of the command did not come back.',
    move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
  },
  unexpected: {
    section: 'unexpected',
    sentence: 'The action met an error that it did not expect.',
    move: 'That is a defect of the action: please report it with the words above. Re-run the job with debug logging enabled, and the log tells more.',
    read: ({ detail }) => ({ words: detail }),
  },
};
