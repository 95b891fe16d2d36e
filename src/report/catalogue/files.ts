import type { FilesProblem, InvalidPattern } from '../../failure.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { code, item, list, message, say, type Message, type Prose } from '../message.ts';
import type { Known } from './known.ts';
import { exclusion, sendLess } from './remedies.ts';
import type { Failures } from './row.ts';

function explainFiles(problem: FilesProblem, known: Known): Message {
  const { input, inputs, place, words } = known;
  const isWorkflow = place === 'workflow';
  switch (problem.kind) {
    case 'no-match': {
      const { emptyFolder, nearest } = problem;
      const patterns = problem.patterns.map((pattern) => JSON.stringify(pattern));
      return message('files-no-match', [
        say`No files were found for ${list(patterns)}.`,
        emptyFolder !== undefined && emptyFolderProse(emptyFolder, known),
        ...nearest.map((name) => say`Did you mean ${name}?`),
        isWorkflow
          ? say`
              Check the path below ${input('working-directory')}, and that an earlier step creates
              the files (${code('actions/checkout')}).
            `
          : say`Check the path below the current folder or ${input('working-directory')}.`,
        isWorkflow && say`Write one pattern per line, without commas, dashes, or quotes.`,
        say`
          Dotfiles need ${input('include-hidden-files')} or a pattern that spells out the dot. If
          the files are optional:
        `,
        inputs({ 'if-no-files-found': 'warn' }),
      ]);
    }
    case 'invalid-pattern': {
      const [first, ...others] = problem.invalid;
      return message('files-invalid-pattern', [
        invalidPattern(first),
        ...others.map(invalidPattern),
        say`
          Patterns are relative to ${input('working-directory')} and cannot leave it. To send files
          from elsewhere, set ${input('working-directory')}.
        `,
      ]);
    }
    case 'working-directory-outside':
      return message('working-directory-outside', [
        say`The ${input('working-directory')} ${problem.path} is outside ${words.workspace}.`,
        isWorkflow &&
          say`
            Only files in the workspace or below RUNNER_TEMP can be sent. Copy the files there in an
            earlier step.
          `,
      ]);
    case 'working-directory-missing':
      return message('working-directory-missing', [
        say`The ${input('working-directory')} ${problem.path} does not exist or is not a folder.`,
        isWorkflow
          ? say`
              It is relative to the workspace. An earlier step must create it, such as
              actions/checkout or a step that renders manifests.
            `
          : say`It is relative to the current folder.`,
      ]);
    case 'too-many':
      return message('files-too-many', [
        say`
          There are more than ${formatCount(problem.limit)} files to send in ${problem.path}.
        `,
        say`
          List the folders that the command needs instead of their parent. Symbolic links between
          folders multiply the files.
        `,
      ]);
    case 'unsafe-name':
      return message('files-unsafe-name', [
        say`Some unzip programs would change the name of the file ${problem.path}.`,
        say`
          It could then replace another file in the pod. Names must be UTF-8, and cannot contain
          control characters or backslashes, or end with a version such as ;1. Rename the file, or
          exclude it with ${exclusion(known)}.
        `,
      ]);
    case 'outside':
      return message('files-outside', [
        say`The file ${problem.path} leads out of ${words.workspace}, to ${problem.target}.`,
        say`
          Links out of ${words.workspace} are not followed. Exclude it with ${exclusion(known)}, or
          copy the file into ${words.workspace} first.
        `,
      ]);
    case 'broken-link':
      return message('files-broken-link', [
        say`The symbolic link ${problem.path} points to nothing.`,
        say`Fix it, or exclude it with ${exclusion(known)}.`,
      ]);
    case 'unreadable':
      return message('files-unreadable', [
        say`The file ${problem.path} cannot be read.`,
        say`
          Check its permissions. A container may have created it as root. If it is a file, you can
          exclude it with ${exclusion(known)}. If it is a folder, list only the folders that the
          command needs.
        `,
      ]);
    case 'not-a-file':
      return message('files-not-a-file', [
        say`${problem.path} is neither a file nor a folder.`,
        say`Sockets, pipes, and devices cannot be sent. Exclude it with ${exclusion(known)}.`,
      ]);
    case 'own-folder':
      return message('files-own-folder', [
        say`The file ${problem.path} is in a folder that is reserved for ${words.action}.`,
        say`Rename the folder .aks-run-command, or exclude it with ${exclusion(known)}.`,
      ]);
  }
}

function invalidPattern({ line, problem }: InvalidPattern): Prose {
  return say`The files pattern ${line} cannot be used: ${problem}.`;
}

/** `folder`: as given, or '' for the workspace. */
function emptyFolderProse(folder: string, { place }: Known): Prose {
  if (folder !== '') return say`The folder ${folder} is empty.`;
  return place === 'workflow'
    ? say`
        The workspace is empty. Check out the repository in an earlier step:
        ${code('actions/checkout')}.
      `
    : say`The current folder is empty.`;
}

export const INPUT_FAILURES = {
  'invalid-inputs': ({ problems }, { place }) => {
    const names = namesOf(problems);
    const items = problems.map((problem) => item(say`${problem}`));
    return place === 'workflow'
      ? message('invalid-inputs', [say`Inputs of the step are missing or invalid.`, ...items], {
          title: say`inputs missing or invalid: ${names}`,
        })
      : message('invalid-inputs', [say`Options are missing or invalid.`, ...items], {
          title: say`options missing or invalid: ${names}`,
        });
  },
  files: ({ problem }, known) => explainFiles(problem, known),
  'too-large': ({ afterPacking, bytes, limit, biggest }, known) => {
    const size = exactSize(bytes);
    const most = exactSize(limit);
    return afterPacking
      ? message('too-large', [
          say`The request would take ${size}, but Azure accepts at most ${most}.`,
          ...sendLess(known, biggest),
        ])
      : message('files-too-large', [
          say`The files take ${size}, but ${known.words.action} packs at most ${most}.`,
          ...sendLess(known, biggest),
        ]);
  },
} satisfies Partial<Failures>;

/** The inputs that the problems begin with. These names are ours. */
function namesOf(problems: readonly string[]): Prose {
  const names = [...new Set(problems.flatMap((problem) => problem.split(/[ :]/, 1)))];
  return names.length > 3 ? say`${list(names.slice(0, 3))}, …` : list(names);
}

function exactSize(bytes: number): string {
  return `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}
