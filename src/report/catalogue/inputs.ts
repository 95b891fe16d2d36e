import type { FilesProblem } from '../../failure.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { list, plain, say, withoutPeriod, type Text } from '../../text/say.ts';
import type { Content } from '../message.ts';
import type { Known } from './known.ts';
import { exclusion, sendLess } from './remedies.ts';
import type { Failures } from './row.ts';

function explainFiles(problem: FilesProblem, known: Known): Content {
  const { input, isStep, words } = known;
  switch (problem.kind) {
    case 'no-match':
      return noMatch(problem, known);
    case 'invalid-pattern': {
      const { invalid } = problem;
      const items = invalid.map(({ line, problem }) => say`${line}: ${problem}.`);
      return {
        line:
          invalid.length === 1
            ? say`A pattern of ${input('files')} cannot be used`
            : say`Some patterns of ${input('files')} cannot be used`,
        remedy: [
          { kind: 'items', items },
          say`
            Patterns are relative to ${input('working-directory')} and cannot leave it. To send
            files from elsewhere, set ${input('working-directory')}.
          `,
        ],
      };
    }
    case 'working-directory-outside':
      return {
        line: say`
          ${input('working-directory')} is ${problem.path}, which is outside ${words.workspace}
        `,
        remedy: [
          isStep &&
            say`
              Only files in the workspace or below ${'RUNNER_TEMP'} can be sent. Copy the files
              there in an earlier step.
            `,
        ],
      };
    case 'working-directory-missing':
      return {
        line: say`
          ${input('working-directory')} is ${problem.path}, which does not exist or is not a folder
        `,
        remedy: [
          isStep
            ? say`
                It is relative to the workspace. An earlier step must create it, such as
                ${'actions/checkout'} or a step that renders manifests.
              `
            : say`It is relative to the current folder.`,
        ],
      };
    case 'too-many':
      return {
        line: say`
          There are more than ${plain(formatCount(problem.limit))} files to send in ${problem.path}
        `,
        remedy: [
          say`
            List the folders that the command needs instead of their parent. Symbolic links between
            folders multiply the files.
          `,
        ],
      };
    case 'unsafe-name':
      return {
        line: say`Some unzip programs would change the name of the file ${problem.path}`,
        remedy: [
          say`
            It could then replace another file in the pod. Names must be UTF-8, and cannot contain
            control characters or backslashes, or end with a version such as ${';1'}. Rename the
            file, or exclude it with ${exclusion(known)}.
          `,
        ],
      };
    case 'outside':
      return {
        line: say`The file ${problem.path} leads out of ${words.workspace}, to ${problem.target}`,
        remedy: [
          say`
            Links out of ${words.workspace} are not followed. Exclude it with ${exclusion(known)},
            or copy the file into ${words.workspace} first.
          `,
        ],
      };
    case 'broken-link':
      return {
        line: say`The symbolic link ${problem.path} points to nothing`,
        remedy: [say`Fix it, or exclude it with ${exclusion(known)}.`],
      };
    case 'unreadable':
      return {
        line: say`The file ${problem.path} cannot be read`,
        remedy: [
          say`
            Check its permissions. A container may have created it as root. If it is a file, you can
            exclude it with ${exclusion(known)}. If it is a folder, list only the folders that the
            command needs.
          `,
        ],
      };
    case 'not-a-file':
      return {
        line: say`${problem.path} is neither a file nor a folder`,
        remedy: [
          say`Sockets, pipes, and devices cannot be sent. Exclude it with ${exclusion(known)}.`,
        ],
      };
    case 'own-folder':
      return {
        line: say`The file ${problem.path} is in a folder that is reserved for ${words.action}`,
        remedy: [
          say`Rename the folder ${'.aks-run-command'}, or exclude it with ${exclusion(known)}.`,
        ],
      };
  }
}

function noMatch(problem: FilesProblem & { readonly kind: 'no-match' }, known: Known): Content {
  const { patterns, emptyFolder, nearest } = problem;
  const { input, inputs, isStep } = known;
  return {
    line: say`No files were found for ${list(patterns)}`,
    remedy: [
      emptyFolder !== undefined && folderIsEmpty(emptyFolder, known),
      ...nearest.map((name) => say`Did you mean ${name}?`),
      isStep
        ? say`
            Check the path below ${input('working-directory')}, and that an earlier step creates the
            files (${'actions/checkout'}).
          `
        : say`Check the path below the current folder or ${input('working-directory')}.`,
      isStep && say`Write one pattern per line, without commas, dashes, or quotes.`,
      say`
        Dotfiles need ${input('include-hidden-files')} or a pattern that spells out the dot. If the
        files are optional:
      `,
      inputs({ 'if-no-files-found': 'warn' }),
    ],
  };
}

/** @param folder as given, or '' for the workspace */
function folderIsEmpty(folder: string, { isStep }: Known): Text {
  if (folder !== '') return say`The folder ${folder} is empty.`;
  return isStep
    ? say`
        The workspace is empty. Check out the repository in an earlier step: ${'actions/checkout'}.
      `
    : say`The current folder is empty.`;
}

export const INPUT_FAILURES = {
  'invalid-inputs': ({ names, problems }, { isStep }) => {
    const [first, ...others] = problems;
    // At a prompt, nothing has to be short.
    if (first !== undefined && others.length === 0 && !isStep) {
      return { line: withoutPeriod(first) };
    }
    const what = isStep ? say`Inputs` : say`Options`;
    const which = names.length === 0 ? say`` : say`: ${list(names)}`;
    return {
      line: say`${what} are missing or invalid${which}`,
      remedy: [{ kind: 'items', items: problems }],
    };
  },
  files: ({ problem }, known) => explainFiles(problem, known),
  'too-large': ({ afterPacking, bytes, limit, biggest }, known) => {
    const size = exactSize(bytes);
    const most = exactSize(limit);
    return {
      line: afterPacking
        ? say`The request would take ${size}, but Azure accepts at most ${most}`
        : say`The files take ${size}, but ${known.words.action} packs at most ${most}`,
      section: 'too-large',
      remedy: sendLess(known, biggest),
    };
  },
} satisfies Partial<Failures>;

function exactSize(bytes: number): Text {
  return say`${plain(formatBytes(bytes))} (${plain(formatCount(bytes))} bytes)`;
}
