import { lines, SMALLER } from './moves.ts';
import type { Values } from './paste.ts';
import { biggestLines } from './biggest.ts';
import type { Entries, Row, Text } from './row.ts';
import type { FilesProblem } from '../../failure.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';

const TOO_LARGE = lines(SMALLER, '{biggest?}');

/** What is wrong with a file or a pattern. */
export const FILE_PROBLEMS: Readonly<Record<FilesProblem['kind'], Text>> = {
  'no-match': {
    section: 'files-no-match',
    sentence: 'No files were found for {patterns}.',
    move: lines(
      '[workflow] The workspace is empty{emptyWorkspace?}. Check out the repository in an earlier step: actions/checkout.',
      '[prompt] The current folder is empty{emptyWorkspace?}.',
      'The folder {emptyFolder?} is empty.',
      '{hints?}',
      '[workflow] Check the path below working-directory, and that an earlier step creates the files (actions/checkout). Dotfiles need include-hidden-files or a pattern that spells out the dot. If the files are optional:',
      '[prompt] Check the path below the current folder or --working-directory. Dotfiles need --include-hidden-files or a pattern that spells out the dot. If the files are optional:',
      '@ if-no-files-found: warn',
    ),
  },
  'invalid-pattern': {
    section: 'files-invalid-pattern',
    sentence: 'The files pattern {path} cannot be used: {detail}.',
    move: 'Patterns are relative to {input:working-directory} and cannot leave it. To send files from elsewhere, set {input:working-directory}.',
  },
  'working-directory-outside': {
    section: 'working-directory-outside',
    sentence: lines(
      '[workflow] The working-directory {path} is outside the workspace and RUNNER_TEMP.',
      '[prompt] The --working-directory {path} is outside the current folder.',
    ),
    move: lines(
      '[workflow] Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an earlier step.',
    ),
  },
  'working-directory-missing': {
    section: 'working-directory-missing',
    sentence: 'The {input:working-directory} {path} does not exist or is not a folder.',
    move: lines(
      '[workflow] It is relative to the workspace. An earlier step must create it, such as actions/checkout or a step that renders manifests.',
      '[prompt] It is relative to the current folder.',
    ),
  },
  'working-directory-git': {
    section: 'working-directory-git',
    sentence: 'The {input:working-directory} {path} is inside .git.',
    move: 'Git may keep a token there, so it is not sent. Set {input:working-directory} to the folder with your files.',
  },
  'too-many': {
    section: 'files-too-many',
    sentence: 'There are more than {limit} files to search or send in {path}.',
    move: 'List the folders that the command needs instead of their parent. Symbolic links between folders multiply the files.',
  },
  'unsafe-name': {
    section: 'files-unsafe-name',
    sentence: 'Some unzip programs would change the name of the file {path}.',
    move: 'It could then replace another file in the pod. Names cannot contain control characters or backslashes, or end with a version such as ;1. Rename the file, or exclude it with {noun:exclusion}.',
  },
  swapped: {
    section: 'files-swapped',
    sentence: 'The file {path} was replaced while it was being read.',
    move: 'Another process writes to {noun:workspace}. Wait for it to finish first.',
  },
  outside: {
    section: 'files-outside',
    sentence: 'The file {path} leads out of {noun:workspace}, to {target}.',
    move: 'Links out of {noun:workspace} are not followed. Exclude it with {noun:exclusion}, or copy the file into {noun:workspace} first.',
  },
  'broken-link': {
    section: 'files-broken-link',
    sentence: 'The symbolic link {path} points to nothing.',
    move: 'Fix it, or exclude it with {noun:exclusion}.',
  },
  'link-cycle': {
    section: 'files-link-cycle',
    sentence: 'The symbolic link {path} leads back to a folder that contains it.',
    move: 'Exclude it with {noun:exclusion}.',
  },
  unreadable: {
    section: 'files-unreadable',
    sentence: 'The file {path} cannot be read.',
    move: 'Check its permissions. A container may have created it as root. If it is a file, you can exclude it with {noun:exclusion}. If it is a folder, list only the folders that the command needs.',
  },
  'not-a-file': {
    section: 'files-not-a-file',
    sentence: '{path} is neither a file nor a folder.',
    move: 'Sockets, pipes, and devices cannot be sent. Exclude it with {noun:exclusion}.',
  },
  'own-folder': {
    section: 'files-own-folder',
    sentence: 'The file {path} is in a folder that is reserved for {noun:action}.',
    move: 'Rename the folder .aks-run-command, or exclude it with {noun:exclusion}.',
  },
};

/** Sizes. The first row that fits counts. */
export const SIZES: readonly Row[] = [
  {
    section: 'files-too-large',
    match: { service: 'action', codes: ['files-too-large'] },
    sentence: 'The files take {size}, but {noun:action} packs at most {limit}.',
    move: TOO_LARGE,
  },
];

function valuesOf(problem: FilesProblem): Values {
  switch (problem.kind) {
    case 'no-match':
      return noMatchValues(problem);
    case 'too-many':
      return { path: problem.path, limit: problem.limit.toLocaleString('en-US') };
    default:
      return problem;
  }
}

function noMatchValues({ patterns, advice }: Extract<FilesProblem, { kind: 'no-match' }>): Values {
  const { emptyFolder, hints } = advice;
  return {
    patterns: patterns.map((pattern) => JSON.stringify(pattern)).join(', '),
    emptyWorkspace: emptyFolder === '' ? '' : undefined,
    emptyFolder: emptyFolder === '' ? undefined : emptyFolder,
    hints,
  };
}

export const FILES_FAILURES: Entries<'files' | 'too-large'> = {
  files: {
    ...FILE_PROBLEMS['no-match'],
    read: ({ problem }) => ({
      text: FILE_PROBLEMS[problem.kind],
      values: valuesOf(problem),
    }),
  },
  'too-large': {
    section: 'too-large',
    sentence: 'The request would take {size}, but Azure accepts at most {limit}.',
    move: TOO_LARGE,
    read: ({ packed, bytes, limit, biggest }) => ({
      ...(!packed && { signs: { service: 'action', code: 'files-too-large' } }),
      values: {
        size: exactSize(bytes),
        limit: exactSize(limit),
        biggest: biggestLines(biggest),
      },
    }),
  },
};

function exactSize(bytes: number): string {
  return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}
