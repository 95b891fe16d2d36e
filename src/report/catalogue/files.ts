import type { FilesProblem } from '../../failure.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { biggestLines } from '../file-lists.ts';
import type { Values } from './paste.ts';
import { SMALLER, lines, text, type Entries, type Text } from './row.ts';

export const FILE_PROBLEMS: Readonly<Record<FilesProblem['kind'], Text>> = {
  'no-match': text('files-no-match', [
    'No files were found for {patterns}.',
    '[workflow] The workspace is empty{emptyWorkspace?}. Check out the repository in an earlier step: actions/checkout.',
    '[prompt] The current folder is empty{emptyWorkspace?}.',
    'The folder {emptyFolder?} is empty.',
    '{hints?}',
    '[workflow] Check the path below working-directory, and that an earlier step creates the files (actions/checkout). Dotfiles need include-hidden-files or a pattern that spells out the dot. If the files are optional:',
    '[prompt] Check the path below the current folder or --working-directory. Dotfiles need --include-hidden-files or a pattern that spells out the dot. If the files are optional:',
    '@ if-no-files-found: warn',
  ]),
  'invalid-pattern': text('files-invalid-pattern', [
    'The files pattern {path} cannot be used: {detail}.',
    'Patterns are relative to {input:working-directory} and cannot leave it. To send files from elsewhere, set {input:working-directory}.',
  ]),
  'slow-pattern': text('files-slow-pattern', [
    'The files pattern {path} takes too long to match.',
    'All patterns together have {limit} seconds, and this one took the most. Use fewer * in a name and fewer alternatives in braces, or list only the folders that the command needs.',
  ]),
  'working-directory-outside': text('working-directory-outside', [
    'The {input:working-directory} {path} is outside {noun:workspace}.',
    '[workflow] Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an earlier step.',
  ]),
  'working-directory-missing': text('working-directory-missing', [
    'The {input:working-directory} {path} does not exist or is not a folder.',
    '[workflow] It is relative to the workspace. An earlier step must create it, such as actions/checkout or a step that renders manifests.',
    '[prompt] It is relative to the current folder.',
  ]),
  'working-directory-git': text('working-directory-git', [
    'The {input:working-directory} {path} is inside .git.',
    'Git may keep a token there, so it is not sent. Set {input:working-directory} to the folder with your files.',
  ]),
  'too-many': text('files-too-many', [
    'There are more than {limit} files to search or send in {path}.',
    'List the folders that the command needs instead of their parent. Symbolic links between folders multiply the files.',
  ]),
  'unsafe-name': text('files-unsafe-name', [
    'Some unzip programs would change the name of the file {path}.',
    'It could then replace another file in the pod. Names cannot contain control characters or backslashes, or end with a version such as ;1. Rename the file, or exclude it with {noun:exclusion}.',
  ]),
  swapped: text('files-swapped', [
    'The file {path} was replaced while it was being read.',
    'Another process writes to {noun:workspace}. Wait for it to finish first.',
  ]),
  outside: text('files-outside', [
    'The file {path} leads out of {noun:workspace}, to {target}.',
    'Links out of {noun:workspace} are not followed. Exclude it with {noun:exclusion}, or copy the file into {noun:workspace} first.',
  ]),
  'broken-link': text('files-broken-link', [
    'The symbolic link {path} points to nothing.',
    'Fix it, or exclude it with {noun:exclusion}.',
  ]),
  'link-cycle': text('files-link-cycle', [
    'The symbolic link {path} leads back to a folder that contains it.',
    'Exclude it with {noun:exclusion}.',
  ]),
  unreadable: text('files-unreadable', [
    'The file {path} cannot be read.',
    'Check its permissions. A container may have created it as root. If it is a file, you can exclude it with {noun:exclusion}. If it is a folder, list only the folders that the command needs.',
  ]),
  'not-a-file': text('files-not-a-file', [
    '{path} is neither a file nor a folder.',
    'Sockets, pipes, and devices cannot be sent. Exclude it with {noun:exclusion}.',
  ]),
  'own-folder': text('files-own-folder', [
    'The file {path} is in a folder that is reserved for {noun:action}.',
    'Rename the folder .aks-run-command, or exclude it with {noun:exclusion}.',
  ]),
};

export const FILES_TOO_LARGE = text('files-too-large', [
  'The files take {size}, but {noun:action} packs at most {limit}.',
  SMALLER,
]);

export const INPUT_FAILURES = {
  'invalid-inputs': {
    sentence: lines(
      '[workflow] Inputs of the step are missing or invalid.',
      '[prompt] Options are missing or invalid.',
    ),
    title: lines(
      '[workflow] inputs missing or invalid: {names}',
      '[prompt] options missing or invalid: {names}',
    ),
    move: '- {problems}',
    read: ({ problems }) => ({ values: { problems, names: namesOf(problems) } }),
  },
  files: {
    ...FILE_PROBLEMS['no-match'],
    read: ({ problem }) => ({ ...FILE_PROBLEMS[problem.kind], values: valuesOf(problem) }),
  },
  'too-large': {
    sentence: 'The request would take {size}, but Azure accepts at most {limit}.',
    move: SMALLER,
    read: ({ packed, bytes, limit, biggest }) => ({
      ...(!packed && FILES_TOO_LARGE),
      values: { size: exactSize(bytes), limit: exactSize(limit), biggest: biggestLines(biggest) },
    }),
  },
} satisfies Partial<Entries>;

/** The inputs that the problems begin with. These names are ours. */
function namesOf(problems: readonly string[]): string {
  const names = [...new Set(problems.flatMap((problem) => problem.split(/[ :]/, 1)))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
}

function valuesOf(problem: FilesProblem): Values {
  switch (problem.kind) {
    case 'no-match': {
      const { emptyFolder, hints } = problem.advice;
      return {
        patterns: problem.patterns.map((pattern) => JSON.stringify(pattern)).join(', '),
        emptyWorkspace: emptyFolder === '' ? '' : undefined,
        emptyFolder: emptyFolder === '' ? undefined : emptyFolder,
        hints,
      };
    }
    case 'too-many':
    case 'slow-pattern':
      return { path: problem.path, limit: formatCount(problem.limit) };
    default:
      return problem;
  }
}

function exactSize(bytes: number): string {
  return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}
